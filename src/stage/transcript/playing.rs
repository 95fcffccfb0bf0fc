//! Playing a transcript on a stage: what is read, against what is written.

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

    /// Plays it, whatever is read: the line, the name of the phone and the replies of each text.
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
}

impl Phones {
    fn from(from: usize) -> Self {
        Self { names: Vec::new(), from, codes: Vec::new(), deeds: 0 }
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
        read
    }

    /// In what is texted the number of a code stands for it.
    fn unmask(&self, body: &str) -> String {
        let codes = self.codes.iter().enumerate();
        codes.fold(body.to_owned(), |body, (place, code)| body.replace(&format!("{{code {}}}", place + 1), code))
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
            Self::Counter { line, shop, written, outcome } => {
                let told = do_at_counter(stage, phones, (shop, written)).await;
                (line, told.map(|told| vec![heard("", written, outcome, vec![told])]))
            }
        };
        let played = played.map_err(|error| TranscriptError::Stage { line: *line, error })?;
        Ok(played.into_iter().map(|heard| Heard { line: *line, ..heard }).collect())
    }
}

fn heard(who: &str, body: &str, expected: &[String], read: Vec<String>) -> Heard {
    Heard { line: 0, who: who.to_owned(), body: body.to_owned(), expected: expected.to_vec(), read }
}

/// Lets time go by; what phones read meanwhile, those that read nothing and should not left out.
async fn pass(
    stage: &Stage,
    phones: &mut Phones,
    (time, written): (Time, &[(String, String)]),
) -> Result<Vec<Heard>, StageError> {
    for (who, _) in written {
        phones.number_of(who);
    }
    let names = phones.names.clone();
    let numbers: Vec<String> = names.iter().map(|who| phones.number_of(who)).collect();
    let before: Vec<usize> = numbers.iter().map(|phone| stage.carrier.messages_to(phone).len()).collect();
    stage.pass(span_until(stage, time)?).await?;
    let mut all = Vec::new();
    for ((who, phone), before) in names.iter().zip(&numbers).zip(before) {
        let read: Vec<String> =
            stage.carrier.messages_to(phone).into_iter().skip(before).map(|sent| sent.body).collect();
        let expected: Vec<String> =
            written.iter().filter(|(reader, _)| reader == who).map(|(_, reply)| reply.clone()).collect();
        if !read.is_empty() || !expected.is_empty() {
            let known = stage.codes_of(phone).await?;
            let read = read.into_iter().map(|read| phones.mask(read, &known)).collect();
            all.push(heard(who, &time.to_string(), &expected, read));
        }
    }
    Ok(all)
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
    let read = stage.text(&phone, &phones.unmask(body)).await?;
    let known = stage.codes_of(&phone).await?;
    Ok(read.into_iter().map(|read| phones.mask(read, &known)).collect())
}

async fn do_at_counter(
    stage: &Stage,
    phones: &mut Phones,
    (shop, written): (&str, &str),
) -> Result<String, StageError> {
    stage.clock.advance(TYPING);
    phones.deeds += 1;
    let (told, mut known) = match counter::read(written) {
        Some(Deed::For(who, doing)) => {
            let phone = phones.number_of(&who);
            let doing = doing.with_codes(|code| phones.unmask(code));
            let number = format!("{}-{}", phones.from, phones.deeds);
            let told = stage.at_counter((shop, &phone), &doing, &number).await?;
            (told, stage.codes_of(&phone).await?)
        }
        Some(Deed::Print(count, rule, days)) => {
            let codes = stage.print_codes(shop, (count, &rule, days)).await?;
            (codes.join(" "), codes)
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
