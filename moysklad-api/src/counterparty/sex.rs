//! The sex of a person.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use serde_with::{DeserializeFromStr, SerializeDisplay};

/// The sex of a person (пол).
#[derive(Clone, Debug, PartialEq, Eq, Hash, SerializeDisplay, DeserializeFromStr)]
#[non_exhaustive]
pub enum Sex {
    /// Male.
    Male,
    /// Female.
    Female,
    /// A word newer than this crate, as the service sent it.
    Unknown(String),
}

impl Sex {
    /// The word as the service writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Male => "MALE",
            Self::Female => "FEMALE",
            Self::Unknown(word) => word,
        }
    }
}

impl fmt::Display for Sex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Sex {
    type Err = Infallible;

    fn from_str(word: &str) -> Result<Self, Infallible> {
        Ok(match word {
            "MALE" => Self::Male,
            "FEMALE" => Self::Female,
            other => Self::Unknown(other.to_owned()),
        })
    }
}
