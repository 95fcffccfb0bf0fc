//! Forms: read whole, bounded, and only those that our own page sent in this session.

use std::{future::Future, pin::Pin, rc::Rc};

use actix_web::{FromRequest, HttpMessage, HttpRequest, dev::Payload, web};
use serde::de::DeserializeOwned;
use subtle::ConstantTimeEq;

use super::{trouble::Trouble, viewer::Viewer};
use crate::service::change::Mistake;

/// The most bytes of a form.
const FORM_BYTES_MAX: usize = 64 * 1024;

/// A form that was sent. Missing fields are empty; unknown ones are left alone.
pub(super) struct Posted<T>(pub(super) T);

impl<T: DeserializeOwned + 'static> FromRequest for Posted<T> {
    type Error = Trouble;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Trouble>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let body = web::Payload::from_request(request, payload);
        let viewer = request.extensions().get::<Rc<Viewer>>().cloned();
        Box::pin(async move {
            let body = body.await.map_err(|_| Trouble::StaleForm)?;
            let bytes = body.to_bytes_limited(FORM_BYTES_MAX).await;
            let bytes = bytes.ok().and_then(Result::ok).ok_or(Trouble::StaleForm)?;
            if let Some(viewer) = viewer {
                check_csrf(&bytes, &viewer.csrf)?;
            }
            read(&bytes).map(Self)
        })
    }
}

/// Reads a form: fields of one name are joined as a list would be, by the last one.
fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Trouble> {
    web::Query::<T>::from_query(std::str::from_utf8(bytes).map_err(|_| Trouble::StaleForm)?)
        .map(web::Query::into_inner)
        .map_err(|_| Trouble::StaleForm)
}

/// Whether the form is one that this session's page made.
fn check_csrf(bytes: &[u8], wanted: &str) -> Result<(), Trouble> {
    let mut fields = form_urlencoded::parse(bytes);
    let sent = fields.find(|(name, _)| name == "csrf").map(|(_, value)| value).unwrap_or_default();
    if bool::from(sent.as_bytes().ct_eq(wanted.as_bytes())) { Ok(()) } else { Err(Trouble::StaleForm) }
}

/// What is wrong in a form, field by field, as its page shows it.
#[derive(Debug, Clone, Default)]
pub(super) struct Hints(Vec<(String, String)>);

impl Hints {
    /// Says what is wrong with a field.
    pub(super) fn add(&mut self, field: &str, hint: impl Into<String>) {
        self.0.push((field.to_owned(), hint.into()));
    }

    /// Whether something is wrong.
    pub(super) fn any(&self) -> bool {
        !self.0.is_empty()
    }

    /// What is wrong with a field.
    pub(super) fn of(&self, field: &str) -> Option<&str> {
        self.0.iter().find(|(name, _)| name == field).map(|(_, hint)| &**hint)
    }
}

impl From<Vec<Mistake>> for Hints {
    fn from(mistakes: Vec<Mistake>) -> Self {
        Self(mistakes.into_iter().map(|Mistake { field, sentence }| (field, capitalised(&sentence))).collect())
    }
}

fn capitalised(sentence: &str) -> String {
    let mut chars = sentence.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_of_another_session_is_refused() {
        assert_eq!(check_csrf(b"name=Ana&csrf=abc", "abc"), Ok(()));
        for wrong in ["name=Ana", "csrf=", "csrf=ab", "csrf=abcd&csrf=abc"] {
            assert_eq!(check_csrf(wrong.as_bytes(), "abc"), Err(Trouble::StaleForm), "{wrong}");
        }
    }
}
