//! CODE: single-use codes from packs, receipts and events, and the shop's code of the day.

use super::{
    Argument, Command, earned, hint,
    place::{self, Place, Request},
};
use crate::{
    conversation::{Context, Conversation, FoundCode, Turn},
    language::{Line, Reply},
    program::earn::{Event, check_in::code_of_day},
    purse::draw::typed,
    shop::Shop,
    text::Text,
};

/// CODE, CHECK IN, CODIGO … with a code behind it.
pub const COMMAND: Command = Command {
    name: "code",
    words: "words-code",
    argument: Argument::Code,
    is_told: |program, _| takes_any(program),
    answer,
};

/// How many digits the code of the day has.
const DIGITS_OF_DAY: usize = 4;
/// Shown as examples; the alphabet of ours has none of these at once.
const EXAMPLE: &str = "K7QM-3XWD";
const EXAMPLE_OF_DAY: &str = "1234";

fn takes_any(program: &crate::program::Program) -> bool {
    program.takes_codes() || program.check_in().is_some()
}

/// Whether what stands behind CODE may be one.
pub fn may_be(said: &str) -> bool {
    let code = typed(said);
    let has_vowel = code.chars().any(|sign| "AEIOU".contains(sign));
    let has_digit = code.chars().any(|sign| sign.is_ascii_digit());
    (4..=24).contains(&code.len()) && code.is_ascii() && (has_digit || !has_vowel)
}

fn answer(conversation: &Conversation, argument: Option<&str>, context: &Context<'_>) -> Turn {
    match argument {
        Some(said) => take(conversation, &typed(said), context),
        None => about(conversation, None, context, |place| {
            let example = if place.program().takes_codes() { EXAMPLE } else { EXAMPLE_OF_DAY };
            place.line("code-which").text("example", example)
        }),
    }
}

/// Says a line at a place where codes are taken.
fn about(
    conversation: &Conversation,
    said: Option<&str>,
    context: &Context<'_>,
    line: impl Fn(&Place<'_>) -> Line,
) -> Turn {
    let uses = |place: &Place<'_>| takes_any(place.program());
    let request = Request { command: COMMAND.name, shop: None, said, uses, none: "codes-none" };
    place::at(request, conversation, context, |place| {
        Turn::keeping(conversation, context.language(conversation)).saying(line(place), Some(place.shop.id))
    })
}

fn take(conversation: &Conversation, code: &str, context: &Context<'_>) -> Turn {
    if let Some(found) = context.found.codes.iter().find(|found| found.typed == code) {
        return single(found, conversation, context);
    }
    if is_of_day(code)
        && let Some(turn) = check_in(code, conversation, context)
    {
        return turn;
    }
    about(conversation, Some(code), context, |place| place.line("code-unknown"))
}

/// A single-use code that stands in a text without the word CODE; `None` where there is none.
pub fn take_bare(conversation: &Conversation, context: &Context<'_>) -> Option<Turn> {
    Some(single(context.found.codes.first()?, conversation, context))
}

/// Whether the whole text is a single-use code.
pub fn is_one(text: &Text, context: &Context<'_>) -> bool {
    !context.found.codes.is_empty() && context.found.codes.iter().any(|found| found.typed == typed(text.normal()))
}

/// Four digits alone; `None` where no shop of the member's has a code of the day.
pub fn take_bare_of_day(conversation: &Conversation, text: &Text, context: &Context<'_>) -> Option<Turn> {
    is_of_day(text.normal()).then(|| check_in(text.normal(), conversation, context)).flatten()
}

fn is_of_day(code: &str) -> bool {
    code.len() == DIGITS_OF_DAY && code.bytes().all(|digit| digit.is_ascii_digit())
}

fn single(found: &FoundCode, conversation: &Conversation, context: &Context<'_>) -> Turn {
    let language = context.language(conversation);
    let turn = Turn::keeping(conversation, language);
    let places = place::all(conversation, context);
    let Some(place) = places.iter().find(|place| place.program().id == found.program_id) else {
        return elsewhere(found, turn, conversation, context);
    };
    let say = |line: Line| turn.clone().saying(line, Some(place.shop.id));
    if found.is_used {
        return say(place.line("code-used"));
    }
    let rule = place.program().rule(&found.rule);
    let Some(rule) = rule.filter(|_| found.ends_at.is_none_or(|end| context.now < end)) else {
        return say(place.line("code-over"));
    };
    if let Some(next) = earned::used_up(place, rule, context) {
        return say(earned::again(place, next, "code-enough", "code-enough-ever", place.today(context)));
    }
    let occasion = context.occasion("code", found.hash.as_str(), place.shop);
    let (change, award) = earned::judge(place, Event::Code(&rule.id), occasion, context);
    if award.is_nothing() {
        return say(place.line("not-now"));
    }
    let reply = earned::told(place.line("code-taken"), place, (&change, &award), context);
    earned::keep(turn.clone(), place, change, Some(found.hash.clone())).saying(reply, Some(place.shop.id))
}

/// A code of a program in which they are no member: how to become one, where that is possible here.
fn elsewhere(found: &FoundCode, turn: Turn, conversation: &Conversation, context: &Context<'_>) -> Turn {
    let here = context.directory.shops_on(context.sender.id).filter(|shop| shop.program_id == found.program_id);
    let offer = |shop: &Shop| {
        let keyword = context.directory.offer_of(shop, context.sender.id, turn.language, context.now)?;
        Some(Line::new("code-join").text("shop", shop.name.as_str()).text("phrase", keyword.phrase.display()))
    };
    match here.filter_map(offer).next() {
        Some(line) => turn.clone().saying(line, None),
        None if context.memberships().next().is_none() => hint::not_a_member(conversation, context),
        None => about(conversation, Some(&found.typed), context, |place| place.line("code-unknown")),
    }
}

/// The code of the day, of whichever shop of the member's programs it is; `None` where none has one.
fn check_in(code: &str, conversation: &Conversation, context: &Context<'_>) -> Option<Turn> {
    let turn = Turn::keeping(conversation, context.language(conversation));
    let mut places = place::all(conversation, context);
    places.retain(|place| place.program().check_in().is_some() && !place.program().secret.is_empty());
    let hangs_at = |place: &Place<'_>, shop: &&Shop| {
        let day = context.now.with_timezone(&shop.time_zone).date_naive();
        shop.program_id == place.program().id && code_of_day(&place.program().secret, shop.id, day) == code
    };
    for place in &places {
        if let Some(shop) = context.directory.shops_on(context.sender.id).find(|shop| hangs_at(place, shop)) {
            return Some(visit(&Place { shop, held: place.held.clone() }, turn, context));
        }
    }
    let first = places.first()?;
    Some(turn.saying(first.line("check-in-wrong"), Some(first.shop.id)))
}

fn visit(place: &Place<'_>, turn: Turn, context: &Context<'_>) -> Turn {
    let Some((rule, _)) = place.program().check_in() else { return turn };
    let today = place.today(context);
    if let Some(next) = earned::used_up(place, rule, context) {
        let line = earned::again(place, next, "check-in-again", "check-in-enough", today);
        return turn.saying(line, Some(place.shop.id));
    }
    // One may check in more than once a day: the count of entries tells the visits apart.
    let id = format!("{}:{today}#{}", place.shop.id, place.purse().entries);
    let occasion = context.occasion("check_in", id, place.shop);
    let (change, award) = earned::judge(place, Event::CheckIn(&rule.id), occasion, context);
    if award.is_nothing() {
        return turn.saying(place.line("not-now"), Some(place.shop.id));
    }
    let reply: Reply = earned::told(place.line("check-in-done"), place, (&change, &award), context);
    earned::keep(turn, place, change, None).saying(reply, Some(place.shop.id))
}
