//! Reads what was typed into a section; every mistake is hinted at, field by field.

use std::{fmt::Display, ops::RangeInclusive, str::FromStr};

use uuid::Uuid;

use super::typed::Typed;
use crate::{
    console::{form::Hints, say::Say},
    domain::{
        language::Language,
        money::Currency,
        profile::question::{AnswerKind, LAPSE_MINUTES, OPTIONS, OWN_QUESTIONS_MAX, OwnQuestion, SignUpQuestions},
        shop::Shop,
        telling::{BUNDLE_MINUTES, DAYS, NEAR_POINTS, NEAR_STAMPS, TEXTS_PER_WEEK, Telling},
    },
    service::{
        fields::{self, CONTACT_CHARS_MAX, NAME_CHARS_MAX},
        senders::SenderName,
        shops::ShopChanges,
    },
};

/// The most characters of a question's id.
const ID_CHARS_MAX: usize = 30;

/// Reads fields, and hints at what is wrong.
struct Reader<'a> {
    typed: &'a Typed,
    say: Say,
    hints: &'a mut Hints,
}

impl Reader<'_> {
    fn read<T, E>(
        &mut self,
        field: &str,
        read: impl FnOnce(String) -> Result<T, E>,
        hint: impl FnOnce(Say) -> String,
    ) -> Option<T> {
        let read = read(self.typed.field(field).to_owned());
        if read.is_err() {
            self.hints.add(field, hint(self.say));
        }
        read.ok()
    }

    /// A whole number within bounds.
    fn number<T: FromStr + PartialOrd + Display + Copy>(
        &mut self,
        field: &str,
        bounds: RangeInclusive<T>,
    ) -> Option<T> {
        let number = self.typed.field(field).trim().parse::<T>().ok().filter(|number| bounds.contains(number));
        if number.is_none() {
            let (least, most) = (bounds.start().to_string(), bounds.end().to_string());
            self.hints.add(field, self.say.of2("hint-number-between", "least", least, "most", most));
        }
        number
    }
}

/// Name, contact, language, time zone, currency, number. The currency may be fixed, and the number is the owner's to change.
pub(super) fn shop(
    typed: &Typed,
    shop: &Shop,
    (is_currency_fixed, may_change_number): (bool, bool),
    say: Say,
    hints: &mut Hints,
) -> ShopChanges {
    let mut reader = Reader { typed, say, hints };
    let choose = |say: Say| say.t("hint-choose");
    let known_currency = |code: String| {
        let code = fields::currency(code)?;
        Currency::from_code(&code).is_some().then_some(code).ok_or("unknown")
    };
    let is_other = |field: &str, now: &str| typed.has(field) && typed.field(field) != now;
    let currency = (!is_currency_fixed && is_other("currency", &shop.currency))
        .then(|| reader.read("currency", known_currency, choose))
        .flatten();
    let sender = (may_change_number && is_other("sender", &shop.sender_id.to_string()))
        .then(|| reader.read("sender", |id| Uuid::try_parse(&id), |say| say.t("hint-number")))
        .flatten();
    ShopChanges {
        name: reader.read("name", fields::name, |say| say.n("hint-shop-name", NAME_CHARS_MAX)),
        contact: reader.read("contact", fields::contact, |say| say.n("hint-line", CONTACT_CHARS_MAX)),
        terms: reader.read("terms", fields::terms, |say| say.t("hint-terms")),
        language: reader.read("language", |code| Language::from_code(&code).ok_or(()), choose),
        time_zone: reader.read("time_zone", fields::time_zone, choose),
        currency,
        sender: sender.map(SenderName::Id),
        ..ShopChanges::default()
    }
}

/// How one joins, and what one is told to expect.
pub(super) fn joining(typed: &Typed, say: Say, hints: &mut Hints) -> ShopChanges {
    let mut reader = Reader { typed, say, hints };
    ShopChanges {
        opt_in: reader.read("opt_in", fields::opt_in, |say| say.t("hint-choose")),
        welcome_points: reader.number("welcome_points", 0..=1_000_000),
        messages_per_month: reader.number("messages_per_month", 1..=100),
        ..ShopChanges::default()
    }
}

/// What new members are asked.
pub(super) fn questions(typed: &Typed, say: Say, hints: &mut Hints) -> ShopChanges {
    let mut reader = Reader { typed, say, hints };
    let date_order = reader.read("date_order", fields::date_order, |say| say.t("hint-choose"));
    let minutes = |hours: String| {
        let hours = hours.trim().replace(',', ".").parse::<f64>().map_err(|_| ())?;
        let minutes = (hours * 60.0).round();
        let fits = minutes >= f64::from(*LAPSE_MINUTES.start()) && minutes <= f64::from(*LAPSE_MINUTES.end());
        // Within these bounds it is a whole number of minutes.
        fits.then_some(minutes as u16).ok_or(())
    };
    let lapse = reader.read("lapse_hours", minutes, |say| say.t("hint-lapse-hours"));
    let (places, own): (Vec<usize>, Vec<OwnQuestion>) = own_questions(typed).into_iter().unzip();
    let asked = SignUpQuestions {
        first_name: typed.has("first_name"),
        birthday: typed.has("birthday"),
        own,
        lapse_after_minutes: lapse.unwrap_or(SignUpQuestions::default().lapse_after_minutes),
    };
    for mistake in asked.mistakes() {
        let (field, hint) = hint_at(&mistake.path, mistake.sentence, &places, say);
        if hints.of(&field).is_none() {
            hints.add(&field, hint);
        }
    }
    ShopChanges { sign_up: Some(asked), date_order, ..ShopChanges::default() }
}

/// The questions that say something, each with its place on the page.
fn own_questions(typed: &Typed) -> Vec<(usize, OwnQuestion)> {
    let mut found: Vec<(usize, OwnQuestion)> = Vec::new();
    for at in 0..OWN_QUESTIONS_MAX {
        let prompt = typed.own(&at, "prompt").trim().to_owned();
        if prompt.is_empty() {
            continue;
        }
        let options = typed.own(&at, "options").lines().map(str::trim).filter(|option| !option.is_empty());
        let kind = match typed.own(&at, "kind") {
            "choice" => AnswerKind::Choice { options: options.map(str::to_owned).collect() },
            "yes_no" => AnswerKind::YesNo,
            _ => AnswerKind::FreeText,
        };
        let known = typed.own(&at, "id").trim().to_owned();
        let is_used = |id: &str| found.iter().any(|(_, other)| other.id == id);
        let id = if known.is_empty() || is_used(&known) { new_id(&prompt, is_used) } else { known };
        found.push((at, OwnQuestion { id, prompt, kind }));
    }
    found
}

/// A name for a question, made of its words; those who read profiles by the API see it.
fn new_id(prompt: &str, is_used: impl Fn(&str) -> bool) -> String {
    let letters =
        prompt.to_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' }).collect::<String>();
    let made = letters.split_whitespace().filter(|word| word.len() > 2).take(3).collect::<Vec<_>>().join("_");
    let made: String = made.chars().take(ID_CHARS_MAX - 3).collect();
    let made =
        if made.is_empty() || matches!(made.as_str(), "first_name" | "birthday") { format!("q_{made}") } else { made };
    let numbered = (2..).map(|number| format!("{made}_{number}"));
    std::iter::once(made.clone()).chain(numbered).take(ID_CHARS_MAX).find(|id| !is_used(id)).unwrap_or(made)
}

/// Where on the page a mistake is, and what to say of it: `own[0].options[2]` is in the box of options of the first question.
fn hint_at(path: &str, sentence: String, places: &[usize], say: Say) -> (String, String) {
    let part = |text: &str| text.split(['.', '[']).next().unwrap_or_default().to_owned();
    let own = path.strip_prefix("own[").and_then(|rest| rest.split_once(']'));
    let Some((at, rest)) = own else {
        return if path == "lapse_after_minutes" {
            ("lapse_hours".to_owned(), say.t("hint-lapse-hours"))
        } else {
            (path.to_owned(), sentence)
        };
    };
    let at = at.parse::<usize>().ok().and_then(|at| places.get(at)).copied().unwrap_or_default();
    let field = part(rest.trim_start_matches('.'));
    let field = if field == "id" { "prompt".to_owned() } else { field };
    let whole_list = rest == ".options";
    let hint = if whole_list {
        say.of2("hint-options", "least", OPTIONS.start().to_string(), "most", OPTIONS.end().to_string())
    } else {
        sentence
    };
    (format!("own-{at}-{field}"), hint)
}

/// What members are told without having asked.
pub(super) fn telling(typed: &Typed, say: Say, hints: &mut Hints) -> ShopChanges {
    let mut reader = Reader { typed, say, hints };
    let told = (|| {
        let near_stamps = reader.number("reward_near_stamps", NEAR_STAMPS);
        let near_points = reader.number("reward_near_points", NEAR_POINTS);
        let voucher = reader.number("voucher_lapses_days", DAYS);
        let points = reader.number("points_lapse_days", DAYS);
        let back = reader.number("welcome_back_days", DAYS);
        let bundle = reader.number("bundle_minutes", BUNDLE_MINUTES);
        let per_week = reader.number("texts_per_week", TEXTS_PER_WEEK);
        Some(Telling {
            earned: typed.has("earned"),
            reward_reached: typed.has("reward_reached"),
            level: typed.has("level"),
            reward_near_stamps: near_stamps?,
            reward_near_points: near_points?,
            voucher_lapses_days: voucher?,
            points_lapse_days: points?,
            welcome_back_days: back?,
            bundle_minutes: bundle?,
            texts_per_week: per_week?,
        })
    })();
    ShopChanges { telling: told, ..ShopChanges::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(fields: &[(&str, &str)]) -> Typed {
        Typed::sent(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn questions_are_read_with_names_of_their_own_and_mistakes_are_where_they_were_made() {
        let say = Say::new(None, Some("en"));
        let mut hints = Hints::default();
        let sent = typed(&[
            ("lapse_hours", "24"),
            ("date_order", "month_first"),
            ("own-0-prompt", ""),
            ("own-1-prompt", "Oily, dry or normal skin?"),
            ("own-1-kind", "choice"),
            ("own-1-options", "Oily\n\n Dry "),
            ("own-2-prompt", "First name of your dog?"),
            ("own-2-kind", "choice"),
            ("own-2-options", "Rex"),
        ]);
        let asked = questions(&sent, say, &mut hints).sign_up.unwrap();
        assert_eq!(asked.own[0].id, "oily_dry_normal");
        assert_eq!(asked.own[0].kind, AnswerKind::Choice { options: vec!["Oily".to_owned(), "Dry".to_owned()] });
        assert!(hints.of("own-2-options").is_some() && hints.of("own-1-options").is_none());
    }

    #[test]
    fn a_name_of_a_question_is_never_that_of_another() {
        assert_eq!(new_id("咖啡？", |_| false), "q_");
        assert_eq!(new_id("Milk or sugar?", |id| id == "milk_sugar"), "milk_sugar_2");
        assert!(new_id(&"extraordinarily ".repeat(9), |_| false).len() <= ID_CHARS_MAX);
    }
}
