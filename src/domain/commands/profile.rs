//! PROFILE: what a shop knows of the member; it asks for what is missing, and again for what shall be changed.

use super::{
    Argument, Command, choose,
    place::{self, Place, Request},
    sign_up,
};
use crate::{
    conversation::{Context, Conversation, Turn},
    language::{Language, Line, Reply},
    profile::question::{AnswerKind, Asked},
    segment::count,
    shop::Shop,
};

/// PROFILE, PERFIL … and PROFILE 2 to change the second.
pub const COMMAND: Command = Command {
    name: "profile",
    words: "words-profile",
    argument: Argument::Number,
    is_told: |_, shop| shop.sign_up.first().is_some(),
    answer,
};

fn answer(conversation: &Conversation, argument: Option<&str>, context: &Context<'_>) -> Turn {
    let asks = |place: &Place<'_>| place.shop.sign_up.first().is_some();
    let request = Request { command: COMMAND.name, shop: None, said: argument, uses: asks, none: "profile-none" };
    place::at(request, conversation, context, |place| {
        let turn = Turn::keeping(conversation, context.language(conversation));
        match argument.and_then(|said| numbered(place.shop, said)) {
            Some(asked) => sign_up::ask(turn, &asked, false, place.shop, None, context),
            None => tell(place, turn, context),
        }
    })
}

fn numbered(shop: &Shop, said: &str) -> Option<Asked> {
    shop.sign_up.all().nth(said.parse::<usize>().ok()?.checked_sub(1)?)
}

/// What is known, and the first question that is not answered.
fn tell(place: &Place<'_>, turn: Turn, context: &Context<'_>) -> Turn {
    let language = turn.language;
    let known: Vec<Line> = known(place, language, context);
    let silent = turn.clone();
    let mut turn = match sign_up::first_unanswered(place.shop.sign_up.first(), place.shop, context) {
        Some(asked) => sign_up::ask(turn, &asked, false, place.shop, None, context),
        None => turn.saying(Line::new("profile-change"), Some(place.shop.id)),
    };
    let Some(rest) = turn.last_said() else { return silent };
    let reply = |most: usize| {
        let lines = known.iter().take(most).cloned();
        lines.fold(Reply::from(place.line("profile")), Reply::below).above(rest.clone())
    };
    let voice = context.voice(place.shop, language);
    let fits = |most: &usize| count(&voice.write(&reply(*most))).segments <= choose::SEGMENTS_MAX;
    if !known.is_empty() {
        *rest = reply((1..=known.len()).rev().find(fits).unwrap_or(1));
    }
    turn
}

/// Each answer with the number of its question.
fn known(place: &Place<'_>, language: Language, context: &Context<'_>) -> Vec<Line> {
    let told = |(asked, number): (Asked, i64)| Some(told(place, &asked, language, context)?.count("number", number));
    place.shop.sign_up.all().zip(1..).filter_map(told).collect()
}

fn told(place: &Place<'_>, asked: &Asked, language: Language, context: &Context<'_>) -> Option<Line> {
    match asked {
        Asked::FirstName => {
            let name = context.member_at(place.shop)?.first_name.as_deref()?;
            Some(Line::new("profile-first-name").text("answer", name))
        }
        Asked::Birthday => {
            let birthday = place.held.person.birthday?;
            Some(Line::new("profile-birthday").text("answer", birthday.written_in(language.code())))
        }
        Asked::Own(id) => {
            let answer = place.held.person.answers.get(id)?;
            let question = place.shop.sign_up.own_question(id)?;
            let line = Line::new("profile-own").text("prompt", question.prompt.as_str());
            Some(match (&question.kind, answer.as_str()) {
                (AnswerKind::YesNo, "yes") => line.part("answer", Line::new("profile-yes")),
                (AnswerKind::YesNo, "no") => line.part("answer", Line::new("profile-no")),
                _ => line.text("answer", answer.as_str()),
            })
        }
    }
}
