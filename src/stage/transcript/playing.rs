//! Playing a transcript on a stage: what is read, against what is written.

use std::collections::HashMap;

use super::{Step, Time, Transcript, TranscriptError};
use crate::stage::{
    Stage, StageError, TYPING,
    counter::{self, Deed},
};

impl Transcript {
    /// Plays it and compares what is read, word for word. The first phone to appear is [`phone_of`] `phones_from`.
    pub async fn play(&self, stage: &Stage, phones_from: usize) -> Result<(), TranscriptError> {
        let mut phones = Phones::from(phones_from);
        for step in &self.steps {
            for Heard { line, body, read, expected, .. } in step.play(stage, &mut phones).await? {
                if read != expected {
                    return Err(TranscriptError::Differs { line, body, expected, read });
                }
            }
        }
        Ok(())
    }

    /// Plays it, whatever is read: the line, the name of the phone and the replies of each text; what is said at the counter
    /// stands under [`OUTCOME`].
    pub async fn read(
        &self,
        stage: &Stage,
        phones_from: usize,
    ) -> Result<Vec<(usize, String, Vec<String>)>, TranscriptError> {
        let mut phones = Phones::from(phones_from);
        let mut heard = Vec::new();
        for step in &self.steps {
            let played = step.play(stage, &mut phones).await?;
            heard.extend(played.into_iter().map(|heard| (heard.line, heard.who, heard.read)));
        }
        Ok(heard)
    }
}

/// What a phone read because of a step.
struct Heard {
    line: usize,
    who: String,
    body: String,
    expected: Vec<String>,
    read: Vec<String>,
}

/// The phones of a conversation, in the order in which they appear, and the codes that were given out in it.
struct Phones {
    names: Vec<String>,
    from: usize,
    /// As they are shown, in the order in which they were read: `{code 1}` is the first.
    codes: Vec<String>,
    deeds: usize,
    /// How many texts a phone had read before something happened that it may be told of.
    read_before: HashMap<String, usize>,
}

impl Phones {
    fn from(from: usize) -> Self {
        Self { names: Vec::new(), from, codes: Vec::new(), deeds: 0, read_before: HashMap::new() }
    }

    /// Codes are different each time: in what was read they stand by their number.
    fn mask(&mut self, mut read: String, known: &[String]) -> String {
        let mut found: Vec<(usize, &String)> = known.iter().filter_map(|code| Some((read.find(code)?, code))).collect();
        found.sort_unstable();
        for (_, code) in found {
            if !self.codes.contains(code) {
                self.codes.push(code.clone());
            }
        }
        for (place, code) in self.codes.iter().enumerate() {
            read = read.replace(code.as_str(), &format!("{{code {}}}", place + 1));
        }
        for (name, number) in self.numbers() {
            read = read.replace(&number, &format!("{{{name}}}"));
        }
        read
    }

    /// The names of phones with their numbers.
    fn numbers(&self) -> impl Iterator<Item = (&String, String)> {
        let numbers = self.names.iter().enumerate().map(|(place, name)| (name, phone_of(self.from + place)));
        numbers.filter(|(name, _)| !name.is_empty())
    }

    /// In what is texted the number of a code stands for it, and a name in braces for the number of a phone.
    fn unmask(&self, body: &str) -> String {
        let codes = self.codes.iter().enumerate();
        let body =
            codes.fold(body.to_owned(), |body, (place, code)| body.replace(&format!("{{code {}}}", place + 1), code));
        self.numbers().fold(body, |body, (name, number)| body.replace(&format!("{{{name}}}"), &number))
    }

    /// All codes that were given to a phone of the conversation.
    async fn codes_given(&self, stage: &Stage) -> Result<Vec<String>, StageError> {
        let mut codes = Vec::new();
        for place in 0..self.names.len() {
            codes.extend(stage.codes_of(&phone_of(self.from + place)).await?);
        }
        Ok(codes)
    }

    /// What is sent to other phones from now on is read when something else happens.
    fn mark_read(&mut self, stage: &Stage, but: &str) {
        for place in 0..self.names.len() {
            let phone = phone_of(self.from + place);
            if phone != but {
                let read = stage.carrier.messages_to(&phone).len();
                self.read_before.entry(phone).or_insert(read);
            }
        }
    }

    /// Whose number is texted has a phone, though it has texted nothing yet.
    fn meet(&mut self, body: &str) {
        let named = body.split('{').skip(1).filter_map(|rest| rest.split('}').next());
        for name in named.filter(|name| name.chars().all(char::is_alphabetic) && !name.is_empty()) {
            self.number_of(name);
        }
    }

    fn number_of(&mut self, who: &str) -> String {
        let known = self.names.iter().position(|name| name == who);
        let place = known.unwrap_or_else(|| {
            self.names.push(who.to_owned());
            self.names.len() - 1
        });
        phone_of(self.from + place)
    }
}

impl Step {
    async fn play(&self, stage: &Stage, phones: &mut Phones) -> Result<Vec<Heard>, TranscriptError> {
        let (line, played) = match self {
            Self::Pass { line, time, read } => (line, pass(stage, phones, (*time, read)).await),
            Self::Text { line, who, body, replies } => {
                (line, text(stage, phones, (who, body)).await.map(|read| vec![heard(who, body, replies, read)]))
            }
            Self::Counter { line, shop, written, outcome, read } => {
                (line, at_counter(stage, phones, (shop, written), outcome, read).await)
            }
        };
        let played = played.map_err(|error| TranscriptError::Stage { line: *line, error })?;
        Ok(played.into_iter().map(|heard| Heard { line: *line, ..heard }).collect())
    }
}

fn heard(who: &str, body: &str, expected: &[String], read: Vec<String>) -> Heard {
    Heard { line: 0, who: who.to_owned(), body: body.to_owned(), expected: expected.to_vec(), read }
}

/// Under this name stands what is said at the counter.
pub const OUTCOME: &str = "=";

/// Does something at the counter: what comes of it, and what phones read because of it.
async fn at_counter(
    stage: &Stage,
    phones: &mut Phones,
    deed: (&str, &str),
    outcome: &[String],
    written: &[(String, String)],
) -> Result<Vec<Heard>, StageError> {
    if let Some(Deed::For(who, _) | Deed::Inviting(who, _)) = counter::read(deed.1) {
        phones.number_of(&who);
    }
    let before = phones.so_far(stage, written);
    let told = do_at_counter(stage, phones, deed).await?;
    stage.settled().await?;
    let mut all = vec![heard(OUTCOME, deed.1, outcome, vec![told])];
    all.extend(phones.read_since(stage, before, deed.1, written).await?);
    Ok(all)
}

/// Lets time go by; what phones read meanwhile, those that read nothing and should not left out.
async fn pass(
    stage: &Stage,
    phones: &mut Phones,
    (time, written): (Time, &[(String, String)]),
) -> Result<Vec<Heard>, StageError> {
    let before = phones.so_far(stage, written);
    stage.pass(span_until(stage, time)?).await?;
    phones.read_since(stage, before, &time.to_string(), written).await
}

impl Phones {
    /// How many texts each phone has had, by its name.
    fn so_far(&mut self, stage: &Stage, written: &[(String, String)]) -> Vec<(String, usize)> {
        for (who, _) in written {
            self.number_of(who);
        }
        let names = self.names.clone();
        let had = |who: String| {
            let phone = self.number_of(&who);
            let had = self.read_before.remove(&phone).unwrap_or_else(|| stage.carrier.messages_to(&phone).len());
            (who, had)
        };
        names.into_iter().map(had).collect()
    }

    /// What phones have read since, against what they should.
    async fn read_since(
        &mut self,
        stage: &Stage,
        before: Vec<(String, usize)>,
        because_of: &str,
        written: &[(String, String)],
    ) -> Result<Vec<Heard>, StageError> {
        let mut all = Vec::new();
        for (who, before) in before {
            let phone = self.number_of(&who);
            let read: Vec<String> =
                stage.carrier.messages_to(&phone).into_iter().skip(before).map(|sent| sent.body).collect();
            let expected: Vec<String> =
                written.iter().filter(|(reader, _)| *reader == who).map(|(_, reply)| reply.clone()).collect();
            if !read.is_empty() || !expected.is_empty() {
                let known = stage.codes_of(&phone).await?;
                let read = read.into_iter().map(|read| self.mask(read, &known)).collect();
                all.push(heard(&who, because_of, &expected, read));
            }
        }
        Ok(all)
    }
}

fn span_until(stage: &Stage, time: Time) -> Result<chrono::Duration, StageError> {
    let moment = match time {
        Time::Later(span) => return Ok(span),
        Time::Until(moment) => moment,
    };
    let at = moment.and_local_timezone(chrono_tz::America::Los_Angeles).earliest();
    let span = at.map(|at| at.to_utc() - stage.clock.now()).filter(|span| *span > chrono::Duration::zero());
    span.ok_or_else(|| StageError::Other(format!("{moment} is over already, or never is")))
}

async fn text(stage: &Stage, phones: &mut Phones, (who, body): (&str, &str)) -> Result<Vec<String>, StageError> {
    stage.clock.advance(TYPING);
    let phone = phones.number_of(who);
    phones.meet(body);
    if body.contains('{') {
        phones.mark_read(stage, &phone);
    }
    phones.read_before.remove(&phone);
    let read = stage.text(&phone, &phones.unmask(body)).await?;
    let known = phones.codes_given(stage).await?;
    Ok(read.into_iter().map(|read| phones.mask(read, &known)).collect())
}

async fn do_at_counter(
    stage: &Stage,
    phones: &mut Phones,
    (shop, written): (&str, &str),
) -> Result<String, StageError> {
    stage.clock.advance(TYPING);
    phones.deeds += 1;
    let deed = counter::read(written);
    let invites = matches!(deed, Some(Deed::Inviting(..)));
    let (told, mut known) = match deed {
        Some(Deed::For(who, doing) | Deed::Inviting(who, doing)) => {
            let phone = phones.number_of(&who);
            let doing = doing.with_codes(|code| phones.unmask(code));
            let number = format!("{}-{}", phones.from, phones.deeds);
            let told = stage.at_counter((shop, &phone), (&doing, invites), &number).await?;
            (told, stage.codes_of(&phone).await?)
        }
        Some(Deed::Print(count, rule, days)) => {
            let codes = stage.print_codes(shop, (count, &rule, days)).await?;
            (codes.join(" "), codes)
        }
        Some(Deed::Move(who, other)) => {
            let (from, into) = (phones.number_of(&who), phones.number_of(&other));
            (stage.merge(shop, (&from, &into)).await?, Vec::new())
        }
        Some(Deed::Hire(who)) => {
            let phone = phones.number_of(&who);
            stage.hire(shop, &phone, &who).await?;
            ("staff".to_owned(), Vec::new())
        }
        Some(Deed::ReadCodeOfDay) => {
            let code = stage.code_of_day(shop)?;
            (code.clone(), vec![code])
        }
        None => return Err(StageError::Other(format!("{written:?} is nothing that is done at a counter"))),
    };
    known.sort_unstable();
    Ok(phones.mask(told, &known))
}

/// The number of the phone that is the `index`th to appear.
pub fn phone_of(index: usize) -> String {
    format!("+1415555{:04}", 1001 + index)
}
