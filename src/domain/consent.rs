//! Consent and its proof. (47 CFR 64.1200, GDPR Art. 7(1): who consents to what, when, how, and what was shown.)

/// What happened to a person's consent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConsentKind {
    /// They were asked and have not answered yet.
    Asked,
    /// They agreed.
    OptIn,
    /// They declined when asked.
    Declined,
    /// They withdrew it.
    OptOut,
    /// They asked for messages again.
    OptInAgain,
    /// They may have withdrawn it, and were asked: until they answer they are sent no marketing.
    NoMarketing,
    /// They were asked whether they had withdrawn it, and had not.
    Marketing,
}

/// How it came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConsentMethod {
    /// They texted a keyword.
    Keyword,
    /// They answered our question.
    Answer,
    /// They were invited by a text that they had not asked for.
    Invitation,
    /// They texted a reserved word such as STOP or START.
    ReservedWord,
    /// They said so in their own words.
    OwnWords,
    /// They texted a command such as LEAVE.
    Command,
    /// The provider's own opt-out handling told us (`OptOutType`).
    ProviderNotice,
    /// The carrier refused a text because they had opted out there (21610 and its kin).
    CarrierRefusal,
    /// It was given to another system, whose members were imported.
    Imported,
}

impl ConsentKind {
    /// The word in tables and in the API.
    pub fn word(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::OptIn => "opt_in",
            Self::Declined => "declined",
            Self::OptOut => "opt_out",
            Self::OptInAgain => "opt_in_again",
            Self::NoMarketing => "no_marketing",
            Self::Marketing => "marketing",
        }
    }
}

impl ConsentMethod {
    /// The word in tables and in the API.
    pub fn word(self) -> &'static str {
        match self {
            Self::Keyword => "keyword",
            Self::Answer => "answer",
            Self::Invitation => "invitation",
            Self::ReservedWord => "reserved_word",
            Self::OwnWords => "own_words",
            Self::Command => "command",
            Self::ProviderNotice => "provider_notice",
            Self::CarrierRefusal => "carrier_refusal",
            Self::Imported => "imported",
        }
    }
}
