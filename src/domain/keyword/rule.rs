//! By which rule a text is a keyword.

/// Why a text was taken for a keyword, for logs, transcripts and the curious.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KeywordRule {
    /// The normal form of the text is that of the phrase.
    Exact,
    /// With a picture before or behind.
    Picture,
    /// With a greeting, thanks, or please in another word: "hi, coffee please!" for COFFEE PLS.
    Courtesy,
    /// "Sign me up for COFFEE PLS".
    Request,
    /// The phrase more than once.
    Repeated,
    /// Blanks too few or too many: "COFFEEPLS".
    Joined,
}

impl KeywordRule {
    /// Its name in logs and in the API.
    pub fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Picture => "picture",
            Self::Courtesy => "courtesy",
            Self::Request => "request",
            Self::Repeated => "repeated",
            Self::Joined => "joined",
        }
    }
}
