//! A comment for a lead.

use super::matching_problem;
use crate::batch::{Row, is_blank};
use crate::deal::Matching;
use serde::Serialize;

/// Describes a comment to add to a lead (комментарий).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[must_use = "a comment is not added until it is sent"]
pub struct Comment {
    matching: Vec<Matching>,
    add_comment: String,
}

impl Comment {
    /// Holds the text.
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            matching: Vec::new(),
            add_comment: text.into(),
        }
    }

    /// Adds a way to find the lead; the first one that finds something wins.
    pub fn matching(mut self, matching: Matching) -> Self {
        self.matching.push(matching);
        self
    }
}

impl Row for Comment {
    fn key(&self) -> Option<&str> {
        None
    }

    fn problem(&self) -> Option<String> {
        if is_blank(&self.add_comment) {
            return Some("the comment is empty".to_owned());
        }
        matching_problem(&self.matching)
    }
}
