//! What happens at the counter of a transcript, in a line that a shop owner can read:
//!
//! ```text
//! at the counter: Ana visits
//! at the counter: Ana spends 12.50 by card as 17
//! at the counter: Ana buys 2 iced coffee at 3.50, 1 bread at 5 by store card
//! at the counter: Ana returns 17 · returns 5.00 of 17 · returns 1 coffee of 17
//! at the counter: Ana is given 50 for a long wait · loses 50 for a mistake
//! at the counter: Ana does trade-in · becomes a paying member
//! at the counter: Ana redeems {code 1} · cancels {code 1}
//! at the counter: Ana visits and is invited
//! at the counter: Ana moves to Eva
//! at the counter: Bo becomes staff
//! at the counter: 3 codes of pack are printed · 1 code of pack for 30 days is printed · the code of the day is read
//! ```
//!
//! What comes of it stands below, behind `=`. An article's name is its category and its number at the till alike. The counter
//! is that of the first shop; that of another is named: `at the counter of Crumb & Co: Ana visits`.

use crate::{
    domain::{
        money::{Amount, Currency},
        program::sale::{Item, Sale},
        purse::{draw::shown, refund::Returned},
        shop::Shop,
    },
    service::till::{Done, What},
};

/// What is done at the counter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// For a member, by the name of their phone; empty for the phone without a name.
    For(String, Doing),
    /// The same, and whoever is no member yet is invited.
    Inviting(String, Doing),
    /// Single-use codes of a rule are printed, good for so many days where it is said.
    Print(usize, String, Option<i64>),
    /// The code of the day is read from the wall.
    ReadCodeOfDay,
    /// A phone, by its name, is authorised to record by text.
    Hire(String),
    /// What is on one phone moves to another, by their names.
    Move(String, String),
}

/// What is done for a member. Amounts as they are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doing {
    /// A sale, or a visit without anything bought.
    Sell {
        /// Paid in all; reckoned from the articles where nothing is said.
        amount: Option<String>,
        /// Tax within it.
        tax: Option<String>,
        /// (how many, what, at which price)
        articles: Vec<(i64, String, String)>,
        /// How it is paid.
        payment: Option<String>,
        /// Its number.
        number: Option<String>,
    },
    /// A return: of what, of which sale.
    Return(Option<String>, Vec<(i64, String, String)>, String),
    /// Points by hand, with the reason.
    Adjust(i64, String),
    /// An action, by its rule.
    Act(String),
    /// The paid membership.
    Join,
    /// A voucher is redeemed.
    Redeem(String),
    /// A voucher is cancelled.
    Cancel(String),
}

const VERBS: &[&str] = &["visits", "spends", "buys", "returns", "is", "loses", "does", "becomes", "redeems", "cancels"];

/// Reads what stands behind "at the counter:"; `None` for what is none of the forms.
pub fn read(written: &str) -> Option<Deed> {
    let words: Vec<&str> = written.split_whitespace().collect();
    if let [count, "code" | "codes", "of", rule, "is" | "are", "printed"] = words.as_slice() {
        return Some(Deed::Print(count.parse().ok()?, (*rule).to_owned(), None));
    }
    if let [count, "code" | "codes", "of", rule, "for", days, "day" | "days", "is" | "are", "printed"] =
        words.as_slice()
    {
        return Some(Deed::Print(count.parse().ok()?, (*rule).to_owned(), Some(days.parse().ok()?)));
    }
    if words == ["the", "code", "of", "the", "day", "is", "read"] {
        return Some(Deed::ReadCodeOfDay);
    }
    if let [who, "becomes", "staff"] = words.as_slice() {
        return Some(Deed::Hire((*who).to_owned()));
    }
    if let [who, "moves", "to", other] = words.as_slice() {
        return Some(Deed::Move((*who).to_owned(), (*other).to_owned()));
    }
    if let [words @ .., "and", "is", "invited"] = words.as_slice()
        && let Some(Deed::For(who, doing)) = read(&words.join(" "))
    {
        return Some(Deed::Inviting(who, doing));
    }
    let (who, words) = match words.as_slice() {
        [verb, ..] if VERBS.contains(verb) => ("", words.as_slice()),
        [who, rest @ ..] => (*who, rest),
        [] => return None,
    };
    Some(Deed::For(who.to_owned(), doing(words)?))
}

fn doing(words: &[&str]) -> Option<Doing> {
    let join = |words: &[&str]| words.join(" ");
    match words {
        ["visits", rest @ ..] => sell(None, Vec::new(), rest),
        ["spends", amount, rest @ ..] => sell(Some((*amount).to_owned()), Vec::new(), rest),
        ["buys", rest @ ..] => {
            let end = rest.iter().position(is_next_part).unwrap_or(rest.len());
            sell(None, articles(&rest[..end])?, &rest[end..])
        }
        ["returns", number] => Some(Doing::Return(None, Vec::new(), (*number).to_owned())),
        ["returns", amount, "of", number] => {
            Some(Doing::Return(Some((*amount).to_owned()), Vec::new(), (*number).to_owned()))
        }
        ["returns", rest @ .., "of", number] => Some(Doing::Return(None, articles(rest)?, (*number).to_owned())),
        ["is", "given", points, "for", reason @ ..] => Some(Doing::Adjust(points.parse().ok()?, join(reason))),
        ["loses", points, "for", reason @ ..] => Some(Doing::Adjust(-points.parse::<i64>().ok()?, join(reason))),
        ["does", action] => Some(Doing::Act((*action).to_owned())),
        ["becomes", "a", "paying", "member"] => Some(Doing::Join),
        ["redeems", code @ ..] => Some(Doing::Redeem(join(code))),
        ["cancels", code @ ..] => Some(Doing::Cancel(join(code))),
        _ => None,
    }
}

/// Whether what is bought, or how it is paid, ends at a word.
fn is_next_part(word: &&str) -> bool {
    ["by", "as", "with"].contains(word)
}

/// "by store card", "as 17", "with 1.00 tax" in any order.
fn sell(amount: Option<String>, articles: Vec<(i64, String, String)>, mut rest: &[&str]) -> Option<Doing> {
    let (mut tax, mut payment, mut number) = (None, None, None);
    while !rest.is_empty() {
        rest = match rest {
            ["by", paid @ ..] if !paid.is_empty() => {
                let end = paid.iter().position(is_next_part).unwrap_or(paid.len());
                payment = Some(paid[..end].join(" "));
                &paid[end..]
            }
            ["as", said, rest @ ..] => {
                number = Some((*said).to_owned());
                rest
            }
            ["with", said, "tax", rest @ ..] => {
                tax = Some((*said).to_owned());
                rest
            }
            _ => return None,
        };
    }
    Some(Doing::Sell { amount, tax, articles, payment, number })
}

/// "2 coffee at 3.50, 1 bread at 5".
fn articles(words: &[&str]) -> Option<Vec<(i64, String, String)>> {
    let written = words.join(" ");
    let one = |part: &str| {
        let words: Vec<&str> = part.split_whitespace().collect();
        match words.as_slice() {
            [count, name @ .., "at", price] if !name.is_empty() => {
                Some((count.parse().ok()?, name.join(" "), (*price).to_owned()))
            }
            [count, name @ ..] if !name.is_empty() => Some((count.parse().ok()?, name.join(" "), "0".to_owned())),
            _ => None,
        }
    };
    written.split(", ").map(one).collect()
}

impl Doing {
    /// The same, with the codes that stand by their numbers.
    pub fn with_codes(self, code_of: impl Fn(&str) -> String) -> Self {
        match self {
            Self::Redeem(code) => Self::Redeem(code_of(&code)),
            Self::Cancel(code) => Self::Cancel(code_of(&code)),
            other => other,
        }
    }

    /// As the till takes it; `number` is for a sale without one.
    pub fn order(&self, shop: &Shop, number: &str, now: chrono::DateTime<chrono::Utc>) -> Option<What> {
        let currency = Currency::from_code(&shop.currency).unwrap_or_default();
        let minor = |written: &str| Some(written.parse::<Amount>().ok()?.minor(currency));
        let items =
            |articles: &[(i64, String, String)]| articles.iter().map(|article| item(article, currency)).collect();
        Some(match self {
            Self::Sell { amount, tax, articles, payment, number: said } => {
                let items: Vec<Item> = items(articles);
                let sum = items.iter().map(|item| item.quantity * item.unit_price).sum();
                What::Sale(Sale {
                    id: said.clone().unwrap_or_else(|| number.to_owned()),
                    amount: amount.as_deref().map_or(Some(sum), minor)?,
                    tax: tax.as_deref().map_or(Some(0), minor)?,
                    items,
                    payment: payment.clone(),
                    at: now,
                })
            }
            Self::Return(amount, articles, sale) => {
                let returned = match amount {
                    Some(amount) => Returned::Amount(minor(amount)?),
                    None if articles.is_empty() => Returned::All,
                    None => Returned::Items(items(articles)),
                };
                What::Refund { sale_id: sale.clone(), returned, refund_id: number.to_owned() }
            }
            Self::Adjust(points, reason) => What::Adjust { points: *points, reason: reason.clone() },
            Self::Act(action) => What::Action(action.clone()),
            Self::Join => What::Prolong,
            Self::Redeem(code) => What::Redeem(code.clone()),
            Self::Cancel(code) => What::Cancel(code.clone()),
        })
    }
}

fn item((quantity, name, price): &(i64, String, String), currency: Currency) -> Item {
    let unit_price = price.parse::<Amount>().map_or(0, |price| price.minor(currency));
    let (sku, category) = (Some(name.clone()), Some(name.clone()));
    Item { sku, name: None, category, quantity: *quantity, unit_price }
}

/// How it went, in a line: `+12 (spend 6, tuesday 6) · 24 points · coffee 3`.
pub fn told(done: &Done) -> String {
    let mut parts = Vec::new();
    if done.is_repeat {
        parts.push("known already".to_owned());
    }
    let lines: Vec<String> = done.award.lines.iter().map(|line| format!("{} {}", line.rule, line.points)).collect();
    if done.award.points() > 0 {
        parts.push(format!("+{} ({})", done.award.points(), lines.join(", ")));
    }
    if done.taken_back > 0 {
        parts.push(format!("-{}", done.taken_back));
    }
    parts.push(format!("{} available", done.purse.available));
    if done.purse.pending_points() > 0 {
        parts.push(format!("{} pending", done.purse.pending_points()));
    }
    for (card, stamps) in &done.purse.cards {
        parts.push(format!("{card} {} given, {} filled", stamps.given, stamps.filled));
    }
    if let Some(level) = &done.purse.level {
        parts.push(format!("level {}", level.id));
    }
    for voucher in &done.issued {
        parts.push(format!("{} {}", voucher.reward, shown(&voucher.code)));
    }
    parts.join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_as_they_are_meant() {
        let sale = |amount: Option<&str>, payment: Option<&str>| Doing::Sell {
            amount: amount.map(str::to_owned),
            tax: None,
            articles: Vec::new(),
            payment: payment.map(str::to_owned),
            number: None,
        };
        assert_eq!(read("visits"), Some(Deed::For(String::new(), sale(None, None))));
        assert_eq!(
            read("Ana spends 12.50 by card"),
            Some(Deed::For("Ana".to_owned(), sale(Some("12.50"), Some("card"))))
        );
        assert_eq!(read("Ana spends 12.50 by store card as 7"), read("Ana spends 12.50 as 7 by store card"));
        assert!(matches!(read("Ana spends 12.50 by store card as 7"),
            Some(Deed::For(_, Doing::Sell { payment: Some(paid), .. })) if paid == "store card"));
        assert!(matches!(read("Ana buys 1 second hand at 30, 2 new"), Some(Deed::For(_, Doing::Sell { articles, .. }))
            if articles == [(1, "second hand".to_owned(), "30".to_owned()), (2, "new".to_owned(), "0".to_owned())]));
        let bought = vec![(2, "coffee".to_owned(), "3.50".to_owned()), (1, "bread".to_owned(), "5".to_owned())];
        assert!(matches!(read("Ana buys 2 coffee at 3.50, 1 bread at 5 as 7"),
            Some(Deed::For(_, Doing::Sell { articles, number: Some(_), .. })) if articles == bought));
        assert_eq!(
            read("returns 5.00 of 17"),
            Some(Deed::For(String::new(), Doing::Return(Some("5.00".to_owned()), Vec::new(), "17".to_owned())))
        );
        assert!(
            matches!(read("returns 1 coffee of 17"), Some(Deed::For(_, Doing::Return(None, articles, _))) if articles.len() == 1)
        );
        assert_eq!(read("3 codes of pack are printed"), Some(Deed::Print(3, "pack".to_owned(), None)));
        assert_eq!(read("Ana dances"), None);
    }
}
