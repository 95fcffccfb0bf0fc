//! HISTORY: the last changes with their reasons.

use super::{
    Argument, Command, choose, day, earned, holding,
    place::{self, Place, Request},
};
use crate::{
    conversation::{Context, Conversation, Turn},
    language::{Language, Line, Reply},
    program::words::Words,
    purse::Recent,
    segment::count,
};

/// HISTORY, HISTORIAL … and HISTORY with a shop's name.
pub const COMMAND: Command = Command {
    name: "history",
    words: "words-history",
    argument: Argument::Shop,
    // A shop without a program has nothing to tell but the welcome.
    is_told: |program, _| program.version > 0,
    answer,
};

fn answer(conversation: &Conversation, argument: Option<&str>, context: &Context<'_>) -> Turn {
    let has_any = |place: &Place<'_>| !place.purse().recent.is_empty();
    let request = Request { command: COMMAND.name, shop: argument, said: None, uses: has_any, none: "history-none" };
    place::at(request, conversation, context, |place| {
        let language = context.language(conversation);
        Turn::keeping(conversation, language).saying(tell(place, language, context), Some(place.shop.id))
    })
}

/// The latest first, as many as fit.
fn tell(place: &Place<'_>, language: Language, context: &Context<'_>) -> Reply {
    let lines: Vec<Line> = place.purse().recent.iter().map(|recent| line(place, recent, context)).collect();
    let reply = |most: usize| lines.iter().take(most).cloned().fold(Reply::from(place.line("history")), Reply::below);
    let voice = context.voice(place.shop, language);
    let fits = |most: &usize| count(&voice.write(&reply(*most))).segments <= choose::SEGMENTS_MAX;
    reply((1..=lines.len()).rev().find(fits).unwrap_or(1))
}

fn line(place: &Place<'_>, recent: &Recent, context: &Context<'_>) -> Line {
    let of_stamps = recent.points == 0;
    let moved = match of_stamps {
        true => Line::new("stamps-moved").count("count", recent.stamps),
        false => holding::points(recent.points, &place.program().unit),
    };
    let moved = if recent.points > 0 || (of_stamps && recent.stamps > 0) { earned::gain(moved) } else { moved };
    let line =
        Line::new("history-line").part("moved", moved).part("day", day::written(recent.on, place.today(context)));
    match named(place, recent) {
        Some(name) => line.words("why", name),
        None => line.part("why", Line::new(why(&recent.cause))),
    }
}

/// What the merchant calls it, where that says more than the kind of cause.
fn named<'p>(place: &'p Place<'_>, recent: &Recent) -> Option<&'p Words> {
    let of = recent.of.as_deref()?;
    match recent.cause.as_str() {
        "reward" => Some(&place.program().reward(of)?.name),
        "code" | "action" | "birthday" => place.program().rule(of)?.name.as_ref(),
        _ => None,
    }
}

fn why(cause: &str) -> &'static str {
    match cause {
        "sale" => "why-sale",
        "refund" | "referral_reversed" => "why-refund",
        "joined" => "why-joined",
        "code" => "why-code",
        "check_in" => "why-check-in",
        "action" => "why-action",
        "cancelled" | "voucher_lapsed" => "why-given-back",
        "lapsed" => "why-lapsed",
        "birthday" => "why-birthday",
        "referral" => "why-friend",
        _ => "why-other",
    }
}
