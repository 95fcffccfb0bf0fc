//! What speaks for and against a phrase, in the words of the page, while one types and when it was sent.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use askama::Template;
use serde::Deserialize;
use uuid::Uuid;

use crate::{
    console::{
        page::{Page, html},
        say::Say,
        trouble::Trouble,
        viewer::AtShop,
    },
    domain::{
        keyword::{Objection, Phrase, PhraseError},
        shop::Shop,
    },
    http::Gateway,
    service::keyword_check::{self, Asked, Checked},
};

/// What speaks for and against a phrase.
pub(in crate::console) struct Verdict {
    /// `good`, `warn`, `bad`, or nothing where nothing was typed.
    pub(in crate::console) kind: &'static str,
    /// What there is to say.
    pub(in crate::console) sentences: Vec<String>,
    /// Phrases that are free.
    pub(in crate::console) suggestions: Vec<String>,
    /// What stands above them.
    pub(in crate::console) suggest: String,
}

#[derive(Template)]
#[template(path = "keyword_verdict.html")]
struct VerdictPart {
    verdict: Verdict,
}

impl Verdict {
    /// Nothing was typed yet.
    pub(in crate::console) fn none() -> Self {
        Self { kind: "", sentences: Vec::new(), suggestions: Vec::new(), suggest: String::new() }
    }

    /// About a phrase for a shop; the keyword that shall be changed to it is not in its own way.
    pub(in crate::console) fn of(
        gateway: &Gateway,
        say: Say,
        (shop, sender_id): (&Shop, Uuid),
        phrase: &str,
        keyword_id: Option<Uuid>,
    ) -> Self {
        if phrase.trim().is_empty() {
            return Self::none();
        }
        let asked = Asked { phrase, sender_id, shop: Some(shop), keyword_id };
        let checked = keyword_check::check(&gateway.directory.read().directory, asked, gateway.clock.now());
        Self::told(say, phrase, &checked)
    }

    fn told(say: Say, phrase: &str, checked: &Checked) -> Self {
        let (kind, mut sentences) = match (checked.is_free(), checked.objections.is_empty()) {
            (true, true) => ("good", vec![say.t("keyword-free")]),
            (true, false) => ("warn", vec![say.t("keyword-free-but")]),
            (false, _) => ("bad", Vec::new()),
        };
        // What refuses is said alone: the rest would only matter without it.
        let told = checked.objections.iter().filter(|objection| objection.refuses != checked.is_free());
        sentences.extend(told.map(|objection| in_words(say, phrase, objection)));
        let suggestions = checked.suggestions.iter().map(|phrase| phrase.display().to_owned()).collect();
        Self { kind, sentences, suggestions, suggest: say.t("keyword-rather") }
    }
}

fn in_words(say: Say, phrase: &str, objection: &Objection) -> String {
    if objection.code == "phrase" {
        return match Phrase::parse(phrase) {
            Err(PhraseError::Reserved(word)) => say.of("objection-word", "word", word.to_uppercase()),
            Err(PhraseError::Empty) => say.word("objection", "empty"),
            Err(PhraseError::TooManyWords(words)) => say.n("objection-words", words),
            Err(PhraseError::TooLong) => say.word("objection", "too-long"),
            Ok(_) => say.word("objection", "control"),
        };
    }
    let key = format!("objection-{}", objection.code);
    let other = objection.other.clone().unwrap_or_default();
    say.find(&key).map_or_else(|| objection.sentence.clone(), |_| say.of(&key, "other", other))
}

/// A phrase while it is typed.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(in crate::console) struct Typed {
    phrase: String,
    keyword: Option<Uuid>,
}

/// The verdict alone, as a part of the page that shows it.
pub(in crate::console) async fn check(
    request: HttpRequest,
    at: AtShop,
    gateway: web::Data<Gateway>,
    typed: web::Query<Typed>,
) -> Result<HttpResponse, Trouble> {
    let say = Page::of_shop(&request, &at.shop, "keywords").say;
    let sender_id = {
        let known = gateway.directory.read();
        let keyword = typed.keyword.and_then(|id| known.directory.keyword(id));
        keyword.filter(|keyword| keyword.shop_id == at.shop.id).map_or(at.shop.sender_id, |keyword| keyword.sender_id)
    };
    let verdict = Verdict::of(&gateway, say, (&at.shop, sender_id), &typed.phrase, typed.keyword);
    Ok(html(StatusCode::OK, &VerdictPart { verdict }))
}
