//! What stands in the fields: of a shop as it is kept, or as somebody typed it.

use crate::domain::{
    profile::question::{AnswerKind, OwnQuestion},
    shop::Shop,
};

/// The fields of all sections, by name. A box that is not ticked is not there.
#[derive(Debug, Clone, Default)]
pub(super) struct Typed(Vec<(String, String)>);

/// The fields that are boxes to tick, by section.
const BOXES: &[(&str, &[&str])] =
    &[("questions", &["first_name", "birthday"]), ("telling", &["earned", "reward_reached", "level"])];

impl Typed {
    /// As somebody sent them.
    pub(super) fn sent(fields: Vec<(String, String)>) -> Self {
        Self(fields)
    }

    /// As they are kept.
    pub(super) fn of(shop: &Shop) -> Self {
        let mut typed = Self::default();
        typed.put("name", &shop.name);
        typed.put("contact", &shop.contact);
        typed.put("terms", &shop.terms);
        typed.put("language", shop.language.code());
        typed.put("time_zone", shop.time_zone.name());
        typed.put("currency", &shop.currency);
        typed.put("sender", shop.sender_id);
        typed.put("opt_in", shop.opt_in.word());
        typed.put("welcome_points", shop.welcome_points);
        typed.put("messages_per_month", shop.messages_per_month);
        typed.put("date_order", shop.date_order.word());
        typed.tick("first_name", shop.sign_up.first_name);
        typed.tick("birthday", shop.sign_up.birthday);
        typed.put("lapse_hours", hours(shop.sign_up.lapse_after_minutes));
        shop.sign_up.own.iter().enumerate().for_each(|(at, question)| typed.put_question(at, question));
        let told = &shop.telling;
        typed.tick("earned", told.earned);
        typed.tick("reward_reached", told.reward_reached);
        typed.tick("level", told.level);
        typed.put("reward_near_stamps", told.reward_near_stamps);
        typed.put("reward_near_points", told.reward_near_points);
        typed.put("voucher_lapses_days", told.voucher_lapses_days);
        typed.put("points_lapse_days", told.points_lapse_days);
        typed.put("welcome_back_days", told.welcome_back_days);
        typed.put("bundle_minutes", told.bundle_minutes);
        typed.put("texts_per_week", told.texts_per_week);
        typed
    }

    fn put_question(&mut self, at: usize, question: &OwnQuestion) {
        let (kind, options) = match &question.kind {
            AnswerKind::FreeText => ("free_text", String::new()),
            AnswerKind::Choice { options } => ("choice", options.join("\n")),
            AnswerKind::YesNo => ("yes_no", String::new()),
        };
        self.put(&format!("own-{at}-id"), &question.id);
        self.put(&format!("own-{at}-prompt"), &question.prompt);
        self.put(&format!("own-{at}-kind"), kind);
        self.put(&format!("own-{at}-options"), options);
    }

    fn put(&mut self, name: &str, value: impl ToString) {
        self.0.push((name.to_owned(), value.to_string()));
    }

    fn tick(&mut self, name: &str, is_ticked: bool) {
        if is_ticked {
            self.put(name, "on");
        }
    }

    /// A field; empty where it is not there.
    pub(super) fn field(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// A field of one of the shop's own questions.
    pub(super) fn own(&self, at: &usize, name: &str) -> &str {
        self.field(&format!("own-{at}-{name}"))
    }

    /// Whether a field is there, or a box ticked.
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(known, _)| known == name)
    }

    /// These over what is kept; boxes of this section that are not here are not ticked.
    pub(super) fn over(mut self, kept: &Self, section: &str) -> Self {
        let boxes = BOXES.iter().find(|(known, _)| *known == section).map_or(&[][..], |(_, boxes)| boxes);
        let missing = kept.0.iter().filter(|(name, _)| !self.has(name) && !boxes.contains(&name.as_str()));
        let missing: Vec<_> = missing.cloned().collect();
        self.0.extend(missing);
        self
    }
}

/// Minutes as hours, to the quarter.
fn hours(minutes: u16) -> String {
    let (whole, rest) = (minutes / 60, minutes % 60);
    if rest == 0 { whole.to_string() } else { format!("{:.2}", f32::from(minutes) / 60.0) }
}
