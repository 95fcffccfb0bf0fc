//! A webhook's form: `application/x-www-form-urlencoded`, decoded, in the order it came.

use std::borrow::Cow;

use crate::Unreadable;

/// Most parameters a form may have. Twilio sends about 20, and 40 with ten pictures.
pub const PARAMETERS_MAX: usize = 500;

/// The parameters of a form, decoded. Blank values, repeated names and the order are kept: the signature covers them.
#[derive(Clone, PartialEq, Eq)]
pub struct Form<'body> {
    params: Vec<(Cow<'body, str>, Cow<'body, str>)>,
}

impl<'body> Form<'body> {
    /// Reads the raw body of a request. Bytes that are not UTF-8 become U+FFFD, and so will not fit a signature.
    pub fn parse(body: &'body [u8]) -> Result<Self, Unreadable> {
        let mut params = Vec::with_capacity(24);
        for param in form_urlencoded::parse(body) {
            if params.len() == PARAMETERS_MAX {
                return Err(Unreadable::TooManyParameters(PARAMETERS_MAX));
            }
            params.push(param);
        }
        Ok(Self { params })
    }

    /// The first value of that name, blank or not.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.params.iter().find(|(known, _)| known == name).map(|(_, value)| &**value)
    }

    /// The first value of that name, if there is more to it than blanks.
    pub fn get_filled(&self, name: &str) -> Option<&str> {
        self.get(name).filter(|value| !value.trim().is_empty())
    }

    /// Every name and value, in the order they came.
    pub fn params(&self) -> impl ExactSizeIterator<Item = (&str, &str)> {
        self.params.iter().map(|(name, value)| (&**name, &**value))
    }
}

/// Names only: values are what people wrote and who they are.
impl std::fmt::Debug for Form<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.params.iter().map(|(name, _)| name)).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(body: &[u8]) -> Vec<(String, String)> {
        Form::parse(body).unwrap().params().map(|(name, value)| (name.into(), value.into())).collect()
    }

    fn pair(name: &str, value: &str) -> (String, String) {
        (name.into(), value.into())
    }

    #[test]
    fn blanks_duplicates_and_order_are_kept() {
        let expected = [pair("b", "2"), pair("a", ""), pair("b", "1"), pair("c", "")];
        assert_eq!(pairs(b"b=2&a=&b=1&c"), expected);
        assert_eq!(pairs(b""), []);
    }

    #[test]
    fn values_are_decoded_once() {
        assert_eq!(pairs(b"Body=a+b%20c%2B%252B"), [pair("Body", "a b c+%2B")]);
    }

    #[test]
    fn bytes_that_are_no_text_do_not_stop_the_reading() {
        assert_eq!(pairs(b"a=%FF%zz&\xFFb=1"), [pair("a", "\u{FFFD}%zz"), pair("\u{FFFD}b", "1")]);
    }

    #[test]
    fn the_first_of_a_repeated_name_counts() {
        let form = Form::parse(b"To=&To=2&Body=+").unwrap();
        assert_eq!((form.get("To"), form.get_filled("To")), (Some(""), None));
        assert_eq!((form.get("Body"), form.get_filled("Body")), (Some(" "), None));
        assert_eq!(form.get("From"), None);
    }

    #[test]
    fn a_form_of_endless_parameters_is_refused() {
        assert_eq!(pairs("a&".repeat(PARAMETERS_MAX).as_bytes()).len(), PARAMETERS_MAX);
        let endless = "a&".repeat(PARAMETERS_MAX + 1);
        assert_eq!(Form::parse(endless.as_bytes()), Err(Unreadable::TooManyParameters(PARAMETERS_MAX)));
    }

    #[test]
    fn debug_shows_no_values() {
        assert_eq!(format!("{:?}", Form::parse(b"From=%2B14155550123").unwrap()), r#"["From"]"#);
    }
}
