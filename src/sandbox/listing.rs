//! The Messages list: filters, and pages that stay put while new texts arrive.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use serde::Serialize;

use super::CarrierSettings;
use super::mailbox::Mailbox;
use super::message::{API_VERSION, Message, Resource};
use super::refusal::Refusal;

const PAGE_SIZE_DEFAULT: usize = 50;
const PAGE_SIZE_MAX: usize = 1000;

/// What was asked for.
#[derive(Debug, Default)]
pub(super) struct Query {
    to: Option<String>,
    from: Option<String>,
    /// Only texts sent at or after this.
    sent_from: Option<DateTime<Utc>>,
    /// Only texts sent before this.
    sent_before: Option<DateTime<Utc>>,
    page_size: usize,
    page: u64,
    cursor: Option<Cursor>,
    /// The filters as they were written, for the links to other pages.
    filters: Vec<(String, String)>,
}

/// Where a page begins: beside a text, whatever has arrived since.
#[derive(Debug, Clone, Copy)]
enum Cursor {
    OlderThan(u64),
    NewerThan(u64),
}

#[derive(Serialize)]
struct Page<'a> {
    end: usize,
    first_page_uri: String,
    next_page_uri: Option<String>,
    page: u64,
    page_size: usize,
    previous_page_uri: Option<String>,
    messages: Vec<Resource<'a>>,
    start: usize,
    uri: String,
}

impl Query {
    /// Reads the query string; unknown names are ignored, as Twilio does.
    pub fn read(query: &str) -> Result<Self, Refusal> {
        let mut read = Self { page_size: PAGE_SIZE_DEFAULT, ..Self::default() };
        for (name, value) in form_urlencoded::parse(query.as_bytes()).into_owned() {
            match name.as_str() {
                "To" => read.to = Some(value.clone()),
                "From" => read.from = Some(value.clone()),
                "DateSent" => {
                    let day = day_of(read_moment(&value)?.first)?;
                    read.sent_from = Some(day.first);
                    read.sent_before = Some(day.after);
                }
                "DateSent>" => read.sent_from = Some(read_moment(&value)?.first),
                "DateSent<" => read.sent_before = Some(read_moment(&value)?.after),
                "PageSize" => read.page_size = read_number::<usize>(&value)?.clamp(1, PAGE_SIZE_MAX),
                "Page" => read.page = read_number(&value)?,
                "PageToken" => read.cursor = Some(read_cursor(&value)?),
                _ => continue,
            }
            if !name.starts_with("Page") {
                read.filters.push((name, value));
            }
        }
        Ok(read)
    }

    /// The page as JSON.
    pub fn answer(&self, mailbox: &Mailbox, settings: &CarrierSettings) -> String {
        let (messages, older, newer) = self.pick(mailbox);
        let link = |page: u64, token: Option<String>| self.link(settings, page, token);
        let start = usize::try_from(self.page).unwrap_or(0).saturating_mul(self.page_size);
        let page = Page {
            end: (start + messages.len()).saturating_sub(1),
            first_page_uri: link(0, None),
            next_page_uri: messages
                .last()
                .filter(|_| older)
                .map(|last| link(self.page + 1, Some(format!("PA{}", last.number)))),
            page: self.page,
            page_size: self.page_size,
            previous_page_uri: messages
                .first()
                .filter(|_| newer)
                .map(|first| link(self.page.saturating_sub(1), Some(format!("PB{}", first.number)))),
            messages: messages
                .iter()
                .map(|message| message.resource(&settings.account_sid, &settings.path_prefix))
                .collect(),
            start,
            uri: link(self.page, self.cursor.map(Cursor::token)),
        };
        serde_json::to_string(&page).unwrap_or_default()
    }

    /// The texts of the page, newest first, and whether there are older and newer ones.
    fn pick<'a>(&self, mailbox: &'a Mailbox) -> (Vec<&'a Message>, bool, bool) {
        // A phone's own texts are few; everything else is a walk through the ring.
        let phone = [&self.to, &self.from].into_iter().flatten().find(|phone| mailbox.knows(phone));
        match phone {
            Some(phone) => self.pick_from(mailbox.messages_of(phone)),
            None => self.pick_from(mailbox.messages()),
        }
    }

    fn pick_from<'a>(&self, messages: impl DoubleEndedIterator<Item = &'a Message>) -> (Vec<&'a Message>, bool, bool) {
        let mut fitting = messages.filter(|message| self.fits(message));
        let wanted = self.page_size + 1;
        match self.cursor {
            Some(Cursor::NewerThan(number)) => {
                let mut newer: Vec<_> =
                    fitting.by_ref().filter(|message| message.number > number).take(wanted).collect();
                let more = newer.len() == wanted;
                newer.truncate(self.page_size);
                newer.reverse();
                (newer, true, more)
            }
            cursor => {
                let limit = cursor.map_or(u64::MAX, |cursor| match cursor {
                    Cursor::OlderThan(number) | Cursor::NewerThan(number) => number,
                });
                let skipped = if cursor.is_none() { self.page.saturating_mul(self.page_size as u64) } else { 0 };
                let mut older: Vec<_> = fitting
                    .rev()
                    .filter(|message| message.number < limit)
                    .skip(usize::try_from(skipped).unwrap_or(usize::MAX))
                    .take(wanted)
                    .collect();
                let more = older.len() == wanted;
                older.truncate(self.page_size);
                (older, more, self.page > 0)
            }
        }
    }

    fn fits(&self, message: &Message) -> bool {
        let after = |bound: DateTime<Utc>| message.sent_at.is_some_and(|at| at >= bound);
        let before = |bound: DateTime<Utc>| message.sent_at.is_some_and(|at| at < bound);
        self.to.as_ref().is_none_or(|to| *to == message.to)
            && self.from.as_ref().is_none_or(|from| *from == message.from)
            && self.sent_from.is_none_or(after)
            && self.sent_before.is_none_or(before)
    }

    fn link(&self, settings: &CarrierSettings, page: u64, token: Option<String>) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(&self.filters);
        query.append_pair("PageSize", &self.page_size.to_string());
        query.append_pair("Page", &page.to_string());
        if let Some(token) = token {
            query.append_pair("PageToken", &token);
        }
        let (prefix, account) = (&settings.path_prefix, &settings.account_sid);
        format!("{prefix}/{API_VERSION}/Accounts/{account}/Messages.json?{}", query.finish())
    }
}

impl Cursor {
    fn token(self) -> String {
        match self {
            Self::OlderThan(number) => format!("PA{number}"),
            Self::NewerThan(number) => format!("PB{number}"),
        }
    }
}

/// From the first instant of what was written to the one after the last: a day, or a second.
struct Moment {
    first: DateTime<Utc>,
    after: DateTime<Utc>,
}

/// `YYYY-MM-DD` in GMT, or a date and time in RFC 3339.
fn read_moment(value: &str) -> Result<Moment, Refusal> {
    let day = value.parse::<NaiveDate>().ok().and_then(whole_day);
    let second = || {
        let first = DateTime::parse_from_rfc3339(value).ok()?.to_utc();
        Some(Moment { first, after: first.checked_add_signed(chrono::TimeDelta::seconds(1))? })
    };
    day.or_else(second).ok_or_else(no_moment)
}

/// Twilio's libraries write a day as its midnight, and "sent on" means the whole day.
fn day_of(moment: DateTime<Utc>) -> Result<Moment, Refusal> {
    whole_day(moment.date_naive()).ok_or_else(no_moment)
}

fn whole_day(day: NaiveDate) -> Option<Moment> {
    let after = day.checked_add_days(Days::new(1))?;
    Some(Moment { first: day.and_time(NaiveTime::MIN).and_utc(), after: after.and_time(NaiveTime::MIN).and_utc() })
}

fn no_moment() -> Refusal {
    Refusal::new(400, 20001, "DateSent must be YYYY-MM-DD, in GMT")
}

fn read_number<T: std::str::FromStr>(value: &str) -> Result<T, Refusal> {
    value.parse().map_err(|_| Refusal::new(400, 20001, "PageSize and Page must be whole numbers"))
}

fn read_cursor(value: &str) -> Result<Cursor, Refusal> {
    let older = value.strip_prefix("PA").and_then(|number| number.parse().ok()).map(Cursor::OlderThan);
    let newer = || value.strip_prefix("PB").and_then(|number| number.parse().ok()).map(Cursor::NewerThan);
    older.or_else(newer).ok_or_else(|| Refusal::new(400, 20001, "PageToken is not one of ours"))
}
