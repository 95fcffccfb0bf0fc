//! The phones: what each of them texts, and what it must have read in the end.

use std::sync::Arc;

use anyhow::Context;
use hyper::header::{AUTHORIZATION, HeaderName, HeaderValue};
use secrecy::ExposeSecret;
use serde_json::json;

use super::access::Access;
use super::report::Verdict;
use super::setup::{KEYWORD, LaunchShop, SALE_POINTS, WELCOME_POINTS};
use crate::providers::twilio::signature::SIGNATURE_HEADER;
use crate::sandbox::{Carrier, InboundText};
use crate::yardstick::line::{Prepared, WEBHOOK_PATH, path_at};
use crate::yardstick::player::Answer;

/// What a phone texts, or what happens at the counter for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ask {
    /// The keyword of the shop.
    Join,
    /// BAL.
    Balance,
    /// A purchase that the till records; the member is told of it.
    Purchase,
}

impl Ask {
    fn words(self) -> &'static str {
        match self {
            Self::Join => KEYWORD,
            Self::Balance => "BAL",
            Self::Purchase => "",
        }
    }

    /// Whether the reply says the right thing: all name the shop and the balance, and of the answers only the confirmation of a
    /// sign-up says how to stop. What a member is told unasked says so now and then.
    fn is_answered_by(self, reply: &str, shop: &LaunchShop) -> bool {
        let earned = if self == Self::Purchase { SALE_POINTS } else { 0 };
        reply.contains(&format!("{}:", shop.name))
            && reply.contains(&format!("{} points", WELCOME_POINTS + earned))
            && (self == Self::Purchase || reply.contains("STOP") == (self == Self::Join))
    }
}

/// Phones that all text the same at the same time.
#[derive(Debug)]
pub struct Crowd {
    phones: Vec<Phone>,
    asked: Vec<Ask>,
}

#[derive(Debug)]
struct Phone {
    number: String,
    /// Index of the shop it texts.
    shop: usize,
    taken: u64,
    unclear: u64,
}

impl Phone {
    /// A text of its own, signed as the provider does.
    fn text(&self, words: &str, access: &Access, carrier: &Carrier, shop: &LaunchShop) -> anyhow::Result<Prepared> {
        let form = carrier.signed_form(&InboundText::new(&self.number, &shop.sender, words));
        let signature = form.signature.parse().context("the signature does not fit a header")?;
        Ok(Prepared {
            path: path_at(&access.base, WEBHOOK_PATH)?,
            body: form.body.into(),
            content_type: HeaderValue::from_static("application/x-www-form-urlencoded; charset=UTF-8"),
            proof: (HeaderName::from_bytes(SIGNATURE_HEADER.as_bytes())?, signature),
        })
    }

    /// A purchase as the shop's till reports it; its number is the phone's.
    fn purchase(&self, access: &Access, shop: &LaunchShop) -> anyhow::Result<Prepared> {
        let amount = json!({ "minor": SALE_POINTS * 100, "currency": "USD" });
        let purchase = json!({ "phone": self.number, "sale_id": self.number, "amount": amount });
        let key = format!("Bearer {}", access.api_key.expose_secret());
        Ok(Prepared {
            path: path_at(&access.base, &format!("/v1/shops/{}/purchases", shop.id))?,
            body: serde_json::to_vec(&purchase)?.into(),
            content_type: HeaderValue::from_static("application/json"),
            proof: (AUTHORIZATION, key.parse().context("the key does not fit a header")?),
        })
    }
}

impl Crowd {
    /// So many phones whose numbers begin with the `first` of this run, spread evenly over the shops.
    pub fn gather(run: u32, first: u32, count: u32, shops: usize) -> Self {
        let phones = (first..first + count)
            .zip((0..shops).cycle())
            .map(|(serial, shop)| Phone { number: format!("+999{run:04}{serial:07}"), shop, taken: 0, unclear: 0 })
            .collect();
        Self { phones, asked: Vec::new() }
    }

    /// How many phones there are.
    pub fn len(&self) -> u64 {
        self.phones.len() as u64
    }

    /// Writes one request for each phone, signed or with the till's key. `told` hears how far it is.
    pub async fn prepare(
        &self,
        ask: Ask,
        access: &Access,
        carrier: &Carrier,
        shops: &[LaunchShop],
        mut told: impl FnMut(u64),
    ) -> anyhow::Result<Arc<[Prepared]>> {
        const CHUNK: usize = 1_000;
        let mut prepared = Vec::with_capacity(self.phones.len());
        for phones in self.phones.chunks(CHUNK) {
            for phone in phones {
                let shop = &shops[phone.shop];
                prepared.push(match ask {
                    Ask::Purchase => phone.purchase(access, shop)?,
                    Ask::Join | Ask::Balance => phone.text(ask.words(), access, carrier, shop)?,
                });
            }
            told(prepared.len() as u64);
            tokio::task::yield_now().await;
        }
        Ok(prepared.into())
    }

    /// Remembers what each phone's text met with.
    pub fn note(&mut self, ask: Ask, answers: &[Answer]) {
        self.asked.push(ask);
        for (phone, answer) in self.phones.iter_mut().zip(answers) {
            match answer {
                Answer::Taken => phone.taken += 1,
                Answer::Unclear => phone.unclear += 1,
                Answer::Refused => {}
            }
        }
    }

    /// Compares what every phone has read with what it asked. `read` gives a phone's number of replies, and the
    /// replies themselves, oldest first.
    pub fn check<'a>(&self, shops: &[LaunchShop], read: impl Fn(&str) -> (u64, Vec<&'a str>)) -> Verdict {
        let mut verdict = Verdict::default();
        for phone in &self.phones {
            let (count, replies) = read(&phone.number);
            verdict.lost += u64::from(count < phone.taken);
            verdict.doubled += u64::from(count > phone.taken + phone.unclear);
            // A phone with a text refused may well be told something else: it is counted already.
            let comparable = count == self.asked.len() as u64 && phone.taken == count;
            verdict.wrong += u64::from(comparable && !self.right(&replies, &shops[phone.shop]));
        }
        verdict
    }

    fn right(&self, replies: &[&str], shop: &LaunchShop) -> bool {
        replies.len() == self.asked.len()
            && self.asked.iter().zip(replies).all(|(ask, reply)| ask.is_answered_by(reply, shop))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WELCOME: &str = "Cafe: welcome! You have 25 points. Reply STOP to stop.";
    const BALANCE: &str = "Cafe: you have 25 points.";

    fn judge(answers: [Answer; 2], replies: &[&'static str]) -> (u64, u64, u64) {
        let shops = [LaunchShop { id: String::new(), sender: "+1".to_owned(), name: "Cafe".to_owned() }];
        let mut crowd = Crowd::gather(7, 0, 1, shops.len());
        crowd.note(Ask::Join, &answers[..1]);
        crowd.note(Ask::Balance, &answers[1..]);
        let Verdict { lost, doubled, wrong } = crowd.check(&shops, |number| {
            assert_eq!(number, "+99900070000000");
            (replies.len() as u64, replies.to_vec())
        });
        (lost, doubled, wrong)
    }

    #[test]
    fn a_phone_that_read_what_it_asked_is_fine() {
        assert_eq!(judge([Answer::Taken; 2], &[WELCOME, BALANCE]), (0, 0, 0));
    }

    #[test]
    fn a_missing_reply_is_lost_and_one_too_many_is_doubled() {
        assert_eq!(judge([Answer::Taken; 2], &[WELCOME]), (1, 0, 0));
        assert_eq!(judge([Answer::Taken; 2], &[WELCOME, BALANCE, BALANCE]), (0, 1, 0));
    }

    #[test]
    fn replies_in_the_wrong_order_or_with_another_balance_are_wrong() {
        assert_eq!(judge([Answer::Taken; 2], &[BALANCE, WELCOME]), (0, 0, 1));
        assert_eq!(judge([Answer::Taken; 2], &[WELCOME, "Cafe: you have 50 points."]), (0, 0, 1));
    }

    #[test]
    fn a_text_without_an_answer_may_or_may_not_have_been_taken() {
        for replies in [&[WELCOME][..], &[WELCOME, BALANCE]] {
            assert_eq!(judge([Answer::Taken, Answer::Unclear], replies), (0, 0, 0));
        }
        assert_eq!(judge([Answer::Taken, Answer::Refused], &[WELCOME, BALANCE]), (0, 1, 0));
    }

    #[test]
    fn phones_are_spread_evenly_and_never_share_a_number() {
        let crowd = Crowd::gather(1, 10, 8, 4);
        let numbers: std::collections::HashSet<_> = crowd.phones.iter().map(|phone| &phone.number).collect();
        assert_eq!(numbers.len(), 8);
        assert!((0..4).all(|shop| { crowd.phones.iter().filter(|phone| phone.shop == shop).count() == 2 }));
    }
}
