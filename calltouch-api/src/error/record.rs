//! One record of a journal that cannot be read, among others that can.

use super::reason::{path, wanted};
use std::fmt;

/// Says which record of a page cannot be read, and why.
///
/// The record itself does not show, since it holds somebody's phone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordError {
    index: usize,
    id: Option<u64>,
    field: String,
    wanted: String,
}

impl RecordError {
    pub(crate) fn new(
        index: usize,
        id: Option<u64>,
        error: &serde_path_to_error::Error<serde_json::Error>,
    ) -> Self {
        Self {
            index,
            id,
            field: path(error),
            wanted: wanted(error.inner()),
        }
    }

    /// Shows the place of the record in its answer; the first one is 0.
    #[must_use]
    pub fn index(&self) -> usize {
        self.index
    }

    /// Shows the id of the record (`callId`, `requestId`, `orderId`), if that can be read.
    #[must_use]
    pub fn id(&self) -> Option<u64> {
        self.id
    }

    /// Names the field that cannot be read, as `mapVisits[0].sessionId`.
    #[must_use]
    pub fn field(&self) -> Option<&str> {
        (!self.field.is_empty()).then_some(&self.field)
    }
}

impl fmt::Display for RecordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("cannot read ")?;
        if let Some(field) = self.field() {
            write!(f, "`{field}` of ")?;
        }
        match self.id {
            Some(id) => write!(f, "the record {id}")?,
            None => write!(f, "the record at place {}", self.index)?,
        }
        write!(f, ": {}", self.wanted)
    }
}

impl std::error::Error for RecordError {}
