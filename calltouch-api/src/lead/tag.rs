//! Tags for a lead.

use super::matching_problem;
use crate::addition::TagChange;
use crate::batch::{Row, is_blank};
use crate::deal::Matching;
use serde::Serialize;

/// Describes tags to add to a lead (теги).
///
/// ```
/// use calltouch_api::deal::Matching;
/// use calltouch_api::lead::AddTags;
///
/// let tags = AddTags::new(["VIP", "повторный"]).matching(Matching::call(24_000_001));
/// # let _ = tags;
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[must_use = "tags are not added until they are sent"]
pub struct AddTags {
    matching: Vec<Matching>,
    add_tags: TagChange,
}

impl AddTags {
    /// Names the tags to add to those that are there.
    pub fn new<T: Into<String>>(tags: impl IntoIterator<Item = T>) -> Self {
        Self {
            matching: Vec::new(),
            add_tags: TagChange::new(false, tags),
        }
    }

    /// Puts the tags in the place of those that were set before (`overwrite`).
    pub fn overwrite(mut self) -> Self {
        self.add_tags.overwrite = true;
        self
    }

    /// Adds a way to find the lead; the first one that finds something wins.
    pub fn matching(mut self, matching: Matching) -> Self {
        self.matching.push(matching);
        self
    }
}

impl Row for AddTags {
    fn key(&self) -> Option<&str> {
        None
    }

    fn problem(&self) -> Option<String> {
        if self.add_tags.tags.iter().all(|tag| is_blank(&tag.tag)) {
            return Some("there is no tag to add".to_owned());
        }
        matching_problem(&self.matching)
    }
}
