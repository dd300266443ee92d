//! How counterparties are met and made.

use serde::{Deserialize, Serialize};

use crate::contact::Region;

/// How counterparties (контрагенты) are met and made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Counterparties {
    /// What makes the counterparty of a call a known one.
    pub match_calls_by: MatchBy,
    /// What makes the counterparty of a request a known one.
    pub match_requests_by: MatchBy,
    /// What is done with a known counterparty.
    pub on_match: OnMatch,
    /// Template of the name of new counterparties; the [module](super) says what it may use.
    ///
    /// Without it, or where it gives nothing: the person's name, else the phone, else the e-mail.
    pub name: Option<String>,
    /// Legal form (тип контрагента) of new counterparties.
    pub legal_form: LegalForm,
    /// Country of numbers written without a country code, as an ISO 3166 code.
    pub phone_region: Region,
    /// Whether archived counterparties are met too.
    pub match_archived: bool,
}

impl Default for Counterparties {
    fn default() -> Self {
        Self {
            match_calls_by: MatchBy::Phone,
            match_requests_by: MatchBy::PhoneOrEmail,
            on_match: OnMatch::UseAsIs,
            name: None,
            legal_form: LegalForm::Individual,
            phone_region: Region::default(),
            match_archived: false,
        }
    }
}

/// Which contact makes two people one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MatchBy {
    /// The same phone.
    Phone,
    /// The same e-mail.
    Email,
    /// The same phone, else the same e-mail.
    PhoneOrEmail,
    /// Nothing: every lead makes a counterparty.
    Off,
}

impl MatchBy {
    pub(crate) fn phone(self) -> bool {
        matches!(self, Self::Phone | Self::PhoneOrEmail)
    }

    pub(crate) fn email(self) -> bool {
        matches!(self, Self::Email | Self::PhoneOrEmail)
    }
}

/// What is done with a counterparty that is known already.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnMatch {
    /// It stays as it is.
    UseAsIs,
    /// Its empty phone and e-mail are filled from the lead; what is there is never overwritten.
    FillEmpty,
}

/// Legal form (тип контрагента) of a new counterparty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LegalForm {
    /// A person (физическое лицо).
    Individual,
    /// A company (юридическое лицо).
    Legal,
    /// A sole trader (индивидуальный предприниматель).
    Entrepreneur,
}
