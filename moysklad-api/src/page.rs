//! Pages of a list.

use serde::{Deserialize, Deserializer};
use serde_with::{As, DefaultOnNull};

use crate::meta::ListMeta;

/// One page of a list.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Page<T> {
    /// The objects of this page.
    pub rows: Vec<T>,
    /// How many objects match in all, at the time of this page.
    pub size: u64,
    /// How many objects stand before this page.
    pub offset: u64,
}

impl<T> Page<T> {
    /// The page of a list that nothing can match.
    pub(crate) const fn empty() -> Self {
        Self {
            rows: Vec::new(),
            size: 0,
            offset: 0,
        }
    }

    /// Where the next page begins; none if this is the last.
    #[must_use]
    pub fn next_offset(&self) -> Option<u64> {
        let rows = u64::try_from(self.rows.len()).unwrap_or(u64::MAX);
        let seen = self.offset.saturating_add(rows);
        // `size` counts objects at the time of this page, so objects deleted meanwhile can leave
        // it too high; an empty page is the only sure end.
        (rows > 0 && seen < self.size).then_some(seen)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Page<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(bound = "T: Deserialize<'de>")]
        struct Wire<T> {
            #[serde(default)]
            meta: Option<ListMeta>,
            #[serde(with = "As::<DefaultOnNull>")]
            rows: Vec<T>,
        }
        let Wire { meta, rows } = Wire::deserialize(deserializer)?;
        let meta = meta.unwrap_or_default();
        let count = u64::try_from(rows.len()).unwrap_or(u64::MAX);
        let offset = meta.offset.unwrap_or(0);
        let size = meta.size.unwrap_or_else(|| offset.saturating_add(count));
        Ok(Self { rows, size, offset })
    }
}

impl<T> IntoIterator for Page<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.rows.into_iter()
    }
}
