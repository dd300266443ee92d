//! The attribution model: which visit gets the credit for a lead.

use crate::lenient;
use serde::{Deserialize, Deserializer, Serialize};

/// Says which visit of a client gets the credit for the lead (модель атрибуции).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "i64", into = "i64")]
#[non_exhaustive]
pub enum Attribution {
    /// The last visit (последнее взаимодействие), `0` on the wire.
    Last,
    /// The last visit that was not direct (последний непрямой), `1` on the wire; the cabinet's default.
    LastNonDirect,
    /// A number newer than this crate.
    Other(i64),
}

impl Attribution {
    /// Shows the number that stands for the model on the wire.
    #[must_use]
    pub fn code(self) -> i64 {
        match self {
            Self::Last => 0,
            Self::LastNonDirect => 1,
            Self::Other(code) => code,
        }
    }
}

impl From<i64> for Attribution {
    fn from(code: i64) -> Self {
        match code {
            0 => Self::Last,
            1 => Self::LastNonDirect,
            other => Self::Other(other),
        }
    }
}

impl From<Attribution> for i64 {
    fn from(model: Attribution) -> Self {
        model.code()
    }
}

/// Reads the model from a number or its text, for `deserialize_with`.
pub(crate) fn read<'de, D: Deserializer<'de>>(d: D) -> Result<Option<Attribution>, D::Error> {
    lenient::signed(d).map(|code| code.map(Attribution::from))
}
