//! How the units of a currency are called.

use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

/// The forms of the word for a unit, as Russian counts (формы единиц).
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct UnitName {
    /// The grammatical gender of the word (род).
    pub gender: Option<Gender>,
    /// The form with one: «рубль».
    pub s1: Option<String>,
    /// The form with two: «рубля».
    pub s2: Option<String>,
    /// The form with five: «рублей».
    pub s5: Option<String>,
}

/// The grammatical gender of a word (род).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Gender {
    /// Masculine (мужской).
    Masculine,
    /// Feminine (женский).
    Feminine,
    /// A word newer than this crate, as the service sent it.
    #[serde(untagged)]
    Unknown(String),
}

impl Gender {
    /// The word as the service writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Masculine => "masculine",
            Self::Feminine => "feminine",
            Self::Unknown(word) => word,
        }
    }
}
