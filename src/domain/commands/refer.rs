//! REFER: the member's own code, and a link that opens a friend's message ready to send.

use super::{
    Argument, Command, choose,
    holding::points,
    place::{self, Place, Request},
};
use crate::{
    conversation::{Context, Conversation, Turn},
    effect::Effect,
    language::{Language, Line, Reply},
    program::{Program, earn::Period},
    purse::thanks::friends_counter,
    segment::count,
    shop::Keyword,
};

/// REFER, INVITE, INVITAR … and REFER with a shop's name.
pub const COMMAND: Command = Command {
    name: "refer",
    words: "words-refer",
    argument: Argument::Shop,
    is_told: |program, _| program.referral().is_some(),
    answer,
};

/// The most letters and the digits of a code.
const LETTERS_MAX: usize = 10;
const DIGITS: usize = 5;

fn answer(conversation: &Conversation, argument: Option<&str>, context: &Context<'_>) -> Turn {
    let thanks = |place: &Place<'_>| place.program().referral().is_some();
    let request = Request { command: COMMAND.name, shop: argument, said: None, uses: thanks, none: "refer-none" };
    place::at(request, conversation, context, |place| {
        let language = context.language(conversation);
        let turn = Turn::keeping(conversation, language);
        let Some(keyword) = context.directory.offer_of(place.shop, context.sender.id, language, context.now) else {
            return turn.saying(place.line("refer-none"), Some(place.shop.id));
        };
        let (turn, code) = match &place.held.referral_code {
            Some(code) => (turn, code.clone()),
            None => {
                let code = new_code(place, keyword, context);
                let keep = Effect::KeepReferralCode { shop_id: place.shop.id, code: code.clone() };
                (turn.with(keep), code)
            }
        };
        turn.saying(tell(place, keyword, &code, language, context), Some(place.shop.id))
    })
}

/// The link says all that is needed: where the words do not fit as well, it stands alone.
fn tell(place: &Place<'_>, keyword: &Keyword, code: &str, language: Language, context: &Context<'_>) -> Reply {
    let words = format!("{} {code}", keyword.phrase.display());
    let address = context.sender.address.as_str();
    let line = place.line("refer").text("words", words.as_str()).text("number", address);
    let link = Line::new("refer-link").text("link", link(address, &words));
    let thanks = thanks(place, context);
    let reply = |first: Line| thanks.iter().cloned().fold(Reply::from(first), Reply::behind).behind(link.clone());
    let in_words = reply(line);
    match count(&context.voice(place.shop, language).write(&in_words)).segments <= choose::SEGMENTS_MAX {
        true => in_words,
        false => reply(place.line("refer-short")),
    }
}

/// The form that iPhones and Android phones both open with the text filled in: Apple's wants an ampersand, the standard
/// (RFC 5724) a question mark.
fn link(address: &str, words: &str) -> String {
    let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._~".contains(byte);
    let encoded =
        words.bytes().map(|byte| if is_plain(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") });
    format!("sms:{address}?&body={}", encoded.collect::<String>())
}

/// Who is thanked, and with what.
fn thanks(place: &Place<'_>, context: &Context<'_>) -> Option<Line> {
    let (rule, referral) = place.program().referral()?;
    let thanked = place.purse().used(&friends_counter(&rule.id), Period::Year, place.today(context));
    let mine = gift(referral.points, referral.reward.as_deref(), place.program());
    let mine = mine.filter(|_| thanked < referral.friends_a_year_max);
    let theirs = gift(referral.friend_points, referral.friend_reward.as_deref(), place.program());
    match (mine, theirs) {
        (Some(mine), Some(theirs)) => Some(Line::new("refer-both").part("mine", mine).part("theirs", theirs)),
        (Some(mine), None) => Some(Line::new("refer-me").part("mine", mine)),
        (None, Some(theirs)) => Some(Line::new("refer-friend").part("theirs", theirs)),
        (None, None) => None,
    }
}

fn gift(some: i64, reward: Option<&str>, program: &Program) -> Option<Line> {
    match (some, reward.and_then(|id| program.reward(id))) {
        (0, None) => None,
        (some, None) => Some(points(some, &program.unit)),
        (0, Some(reward)) => Some(Line::new("gift").words("name", &reward.name)),
        (some, Some(reward)) => {
            Some(Line::new("points-and-gift").part("points", points(some, &program.unit)).words("name", &reward.name))
        }
    }
}

/// The first name in plain capitals, or else the first word of the keyword, and a few digits.
fn new_code(place: &Place<'_>, keyword: &Keyword, context: &Context<'_>) -> String {
    let name = context.member_at(place.shop).and_then(|member| member.first_name.as_deref());
    let letters = name.map(plain_letters).filter(|letters| !letters.is_empty());
    let of_keyword = || plain_letters(keyword.phrase.normal().split(' ').next().unwrap_or_default());
    let letters = letters.unwrap_or_else(of_keyword);
    let letters = if letters.is_empty() { "AMIGO".to_owned() } else { letters };
    format!("{letters}{}", context.draw().number(DIGITS))
}

fn plain_letters(name: &str) -> String {
    let normal = crate::text::Text::read(name);
    let letters = normal.normal().chars().filter(char::is_ascii_alphabetic).take(LETTERS_MAX);
    letters.map(|letter| letter.to_ascii_uppercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_link_opens_the_message_and_names_become_plain_capitals() {
        assert_eq!(link("+14155550100", "COFFEE PLS ANNA7"), "sms:+14155550100?&body=COFFEE%20PLS%20ANNA7");
        assert_eq!(link("+1", "café"), "sms:+1?&body=caf%C3%A9");
        assert_eq!(["Zoë", "Jean-Luc", "小雅"].map(plain_letters), ["ZOE", "JEANLUC", ""].map(str::to_owned));
        assert!(Language::all().all(|language| !language.words(COMMAND.words).is_empty()));
    }
}
