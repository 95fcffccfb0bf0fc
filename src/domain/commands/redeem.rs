//! REDEEM: points become a voucher, whose code is shown at the counter. By a reward's number in REWARDS, by its name, or by
//! how many points where points are money.

mod said;

use chrono::Duration;
use uuid::Uuid;

use super::{
    Argument, Command, choose, day,
    holding::{self, points},
    is_keep, is_no,
    place::{self, Place, Request},
    rewards::{list, listed, more, reward_lines, voucher_line, voucher_lines},
};
use crate::{
    conversation::{Context, Conversation, Question, Step, Turn},
    effect::Effect,
    language::{Language, Line, Reply},
    program::{earn::Period, reward::Reward},
    purse::{
        NotIssued,
        draw::shown,
        spend::{Purchase, worth_of},
    },
    segment::count,
    text::Text,
};
use said::Said;

/// REDEEM, REDEEM 2, REDEEM FREE COFFEE, REDEEM 50.
pub const COMMAND: Command =
    Command { name: "redeem", words: "words-redeem", argument: Argument::Reward, is_told: |_, _| false, answer };

/// How long we wait for the number of a reward: one that comes later must not spend points. (House rule.)
const QUESTION_LAPSES_AFTER: Duration = Duration::hours(1);
/// The most vouchers that one text lists.
const VOUCHERS_MAX: usize = 4;

fn answer(conversation: &Conversation, argument: Option<&str>, context: &Context<'_>) -> Turn {
    let has_something =
        |place: &Place<'_>| !place.program().for_sale().is_empty() || !place.purse().vouchers.is_empty();
    let request =
        Request { command: COMMAND.name, shop: None, said: argument, uses: has_something, none: "rewards-none" };
    place::at(request, conversation, context, |place| {
        let desk = Desk { conversation, place, context };
        match argument {
            Some(said) => desk.serve(said),
            None => desk.offer(),
        }
    })
}

/// The answer to "Which one?" or "How many?"; `None` when it is none.
pub fn take_answer(
    (shop_id, reward_ids): (Uuid, &[String]),
    conversation: &Conversation,
    text: &Text,
    context: &Context<'_>,
) -> Option<Turn> {
    let closed = Conversation { question: None, ..conversation.clone() };
    if is_no(text) || is_keep(text) {
        let turn = Turn::keeping(&closed, context.language(conversation));
        return Some(turn.saying(Line::new("leave-kept"), Some(shop_id)));
    }
    let place = Place::of(context.directory.shop(shop_id)?, context)?;
    let desk = Desk { conversation: &closed, place: &place, context };
    if let [only] = reward_ids
        && let Some(money) = place.program().reward(only).filter(|reward| reward.is_money())
    {
        let many = said::amount(text.normal(), &place.program().unit)?;
        return Some(desk.issue(money, Some(many)));
    }
    let rewards: Vec<&Reward> = reward_ids.iter().filter_map(|id| place.program().reward(id)).collect();
    let language = context.language(conversation);
    let picked = choose::pick(text, rewards.iter().map(|reward| reward.name.in_language(language)))?;
    Some(desk.issue(rewards.get(picked)?, None))
}

/// "Which one?" once more; `None` where there is nothing to choose from any more.
pub fn reminder(shop_id: Uuid, language: Language, context: &Context<'_>) -> Option<Reply> {
    let place = Place::of(context.directory.shop(shop_id)?, context)?;
    (!fitting(&place, context).is_empty()).then(|| which(&place, "redeem-which", &[], language, context))
}

/// What a reward costs the member now, or why they cannot have it.
pub fn cost(place: &Place<'_>, reward: &Reward, context: &Context<'_>) -> Result<i64, NotIssued> {
    // Where points are money, any number of them will do.
    let points = reward.is_money().then(|| place.purse().available.max(1));
    place.purse().cost_of(place.program(), wanted(place, reward, points), context.now)
}

/// How many points are missing for a reward, where nothing else is.
pub fn missing(place: &Place<'_>, reward: &Reward, context: &Context<'_>) -> Option<i64> {
    match cost(place, reward, context) {
        Err(NotIssued::TooFew { cost, available }) => Some(cost - available),
        _ => None,
    }
}

/// The rewards that can be had now.
pub fn fitting<'p>(place: &'p Place<'_>, context: &Context<'_>) -> Vec<&'p Reward> {
    let is_worth_something = |reward: &Reward| {
        !reward.is_money() || worth_of(place.program(), reward, place.purse().available).is_some_and(|worth| worth > 0)
    };
    let can_be_had = |reward: &&Reward| cost(place, reward, context).is_ok() && is_worth_something(reward);
    listed(place, context).into_iter().filter(can_be_had).collect()
}

/// What the cost of a reward is worth as money.
pub fn worth(place: &Place<'_>, reward: &Reward) -> String {
    money(place, reward, reward.cost.unwrap_or(0))
}

fn money(place: &Place<'_>, reward: &Reward, points: i64) -> String {
    place.program().currency.write(worth_of(place.program(), reward, points).unwrap_or(0))
}

fn wanted<'r>(place: &Place<'_>, reward: &'r Reward, points: Option<i64>) -> Purchase<'r> {
    Purchase { reward: &reward.id, points, stock_left: place.held.stock_left(&reward.id) }
}

/// The question, vouchers that are held already, and the rewards by their numbers in REWARDS, as many as fit.
fn which(place: &Place<'_>, key: &'static str, held: &[Line], language: Language, context: &Context<'_>) -> Reply {
    let lines = reward_lines(place, context);
    let reply = |most: usize| {
        let head = match held {
            [] => Reply::from(place.line(key)),
            held => held.iter().cloned().fold(Reply::from(place.line("vouchers")), Reply::below).below(Line::new(key)),
        };
        lines.iter().take(most).cloned().chain(more(lines.len() - most)).fold(head, Reply::below)
    };
    let voice = context.voice(place.shop, language);
    let fits = |most: &usize| count(&voice.write(&reply(*most))).segments <= choose::SEGMENTS_MAX;
    reply((1..=lines.len()).rev().find(fits).unwrap_or(lines.len().min(2)))
}

/// Where one member is served.
struct Desk<'d> {
    conversation: &'d Conversation,
    place: &'d Place<'d>,
    context: &'d Context<'d>,
}

impl Desk<'_> {
    fn turn(&self) -> Turn {
        Turn::keeping(self.conversation, self.context.language(self.conversation))
    }

    fn say(&self, reply: impl Into<Reply>) -> Turn {
        self.turn().saying(reply, Some(self.place.shop.id))
    }

    fn refuse(&self, key: &'static str, reward: &Reward) -> Line {
        self.place.line(key).words("name", &reward.name)
    }

    /// Nothing is named: the one reward that can be had, a choice of several, and the vouchers held already.
    fn offer(&self) -> Turn {
        let (place, context) = (self.place, self.context);
        let held: Vec<Line> = voucher_lines(place, context).into_iter().take(VOUCHERS_MAX).collect();
        match (fitting(place, context).as_slice(), held.is_empty()) {
            ([], false) => self.say(held.into_iter().fold(Reply::from(place.line("vouchers")), Reply::below)),
            ([], true) => self.nothing_fits(),
            ([only], true) => self.issue(only, None),
            ([..], true) => self.ask("redeem-which", &[]),
            ([..], false) => self.ask("redeem-or", &held),
        }
    }

    fn ask(&self, key: &'static str, held: &[Line]) -> Turn {
        let listed = listed(self.place, self.context).into_iter().map(|reward| reward.id.clone());
        let language = self.context.language(self.conversation);
        let reply = which(self.place, key, held, language, self.context);
        // One that is money is asked about once it is picked.
        self.wait(listed.collect()).saying(reply, Some(self.place.shop.id))
    }

    fn wait(&self, rewards: Vec<String>) -> Turn {
        let question = Question::new(Step::Redeem { shop_id: self.place.shop.id, rewards }, self.context.now);
        self.turn().asking(Question { lapses_at: self.context.now + QUESTION_LAPSES_AFTER, ..question })
    }

    /// There is no reward that can be had: what is missing for the nearest.
    fn nothing_fits(&self) -> Turn {
        let listed = listed(self.place, self.context);
        let missing = |reward: &&&Reward| missing(self.place, reward, self.context).unwrap_or(i64::MAX);
        match listed.iter().min_by_key(missing) {
            Some(reward) => self.issue(reward, None),
            None => self.say(self.place.line("rewards-none")),
        }
    }

    /// A reward, a voucher's code or a number of points is named.
    fn serve(&self, said: &str) -> Turn {
        match Said::read(said, self.place, self.context) {
            Said::Reward(reward, points) => self.issue(reward, points),
            Said::Held(voucher) => match voucher_line(self.place, voucher, self.context) {
                Some(line) => self.say(Reply::from(self.place.line("vouchers")).below(line)),
                None => self.say(self.place.line("redeem-unknown")),
            },
            Said::Unknown => self.say(self.place.line("redeem-unknown")),
        }
    }

    /// Buys a reward, or says why not.
    fn issue(&self, reward: &Reward, points: Option<i64>) -> Turn {
        let (place, context) = (self.place, self.context);
        if reward.is_money() && points.is_none_or(|points| worth_of(place.program(), reward, points).unwrap_or(0) <= 0)
        {
            return match cost(place, reward, context) {
                Ok(_) => self.ask_how_many(reward),
                Err(NotIssued::TooFew { .. }) => self.tell_worth(),
                Err(why) => self.say(self.why_not(reward, &why)),
            };
        }
        let mut draw = context.draw();
        // The voucher's code names what caused it.
        let occasion = context.occasion("reward", draw.clone().voucher(), place.shop);
        match place.purse().clone().issue(place.program(), wanted(place, reward, points), occasion, &mut draw) {
            Ok(change) => {
                let Some(voucher) = change.issued.last() else { return self.turn() };
                let line = match reward.is_money() {
                    true => Line::new("redeemed-money").text("amount", money(place, reward, voucher.points)),
                    false => Line::new("redeemed").words("name", &reward.name),
                };
                let line = line.text("shop", place.shop.name.as_str()).text("code", shown(&voucher.code));
                let line = line.part("day", day::written(voucher.last_day, place.today(context)));
                let left = Line::new("redeemed-left").part("held", points_left(place, &change.purse));
                let reply = Reply::from(line).behind(left);
                self.turn().with(Effect::post(place.shop.id, change)).saying(reply, Some(place.shop.id))
            }
            // More than there is: any other number will do.
            Err(NotIssued::TooFew { available, .. }) if reward.is_money() && available > 0 => self.ask_how_many(reward),
            Err(NotIssued::TooFew { .. }) if reward.is_money() => self.tell_worth(),
            Err(why) => self.say(self.why_not(reward, &why)),
        }
    }

    /// Without points there is nothing to ask: what they are worth says more than that one is missing.
    fn tell_worth(&self) -> Turn {
        self.say(list(self.place, self.context.language(self.conversation), self.context))
    }

    fn ask_how_many(&self, money: &Reward) -> Turn {
        let unit = &self.place.program().unit;
        let line = self.place.line("redeem-how-many").unit(unit).part("cost", points(money.cost.unwrap_or(0), unit));
        let line = line.text("amount", worth(self.place, money)).part("held", holding::of(&self.place.held));
        self.wait(vec![money.id.clone()]).saying(line, Some(self.place.shop.id))
    }

    fn why_not(&self, reward: &Reward, why: &NotIssued) -> Line {
        let (program, today) = (self.place.program(), self.place.today(self.context));
        match why {
            NotIssued::TooFew { cost, available } => self
                .refuse("redeem-too-few", reward)
                .part("cost", points(*cost, &program.unit))
                .part("held", points(*available, &program.unit))
                .count("missing", cost - available),
            NotIssued::Level(level) => match program.level(level) {
                Some(level) => self.refuse("redeem-level", reward).words("level", &level.name),
                None => self.place.line("redeem-unknown"),
            },
            NotIssued::NotToday => match reward.from.filter(|from| today < *from) {
                Some(from) => self.refuse("redeem-not-yet", reward).part("day", day::written(from, today)),
                None => self.refuse("redeem-over", reward),
            },
            NotIssued::Limit(limit) => self.again(reward, limit.per),
            NotIssued::OutOfStock => self.refuse("redeem-sold-out", reward),
            NotIssued::NoSuchReward | NotIssued::Points(_) => self.place.line("redeem-unknown"),
        }
    }

    fn again(&self, reward: &Reward, per: Period) -> Line {
        let today = self.place.today(self.context);
        match per.next(today) {
            Some(next) => self.refuse("redeem-again", reward).part("day", day::written(next, today)),
            None => self.refuse("redeem-had", reward),
        }
    }
}

fn points_left(place: &Place<'_>, purse: &crate::purse::Purse) -> Line {
    points(purse.available, &place.program().unit)
}
