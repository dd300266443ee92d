//! Reading what changed since a moment, without losing rows that move while they are read.
//!
//! Pages by offset lose a row whenever an earlier one moves to the end. So each page starts at the
//! last `updated` of the page before, and an offset is used only among rows of one and the same
//! moment.

use jiff::{Timestamp, ToSpan};
use moysklad_api::Moment;
use moysklad_api::entity::{Entity, List};
use moysklad_api::query::{Field, Order, Ordered, Sortable};
use serde::de::DeserializeOwned;

use crate::error::Result;

/// Rows a page asks for; the most that МойСклад gives.
const PAGE: u32 = 1000;
/// How far before the last known change reading starts again, since a slow write can appear behind
/// the cursor.
const OVERLAP_SECONDS: i64 = 300;

/// A row that knows when it was changed.
pub(crate) trait Changed: DeserializeOwned + Send {
    fn updated(&self) -> Option<Moment>;
}

/// Reads rows by `updated`, oldest first.
pub(crate) struct Changes<T> {
    list: List<T>,
    updated: Field<T, Ordered<Moment>, Sortable>,
    from: Option<Moment>,
    offset: u32,
    done: bool,
}

impl<T: Entity> Changes<T> {
    /// Starts a little before `since`, or at the very beginning.
    ///
    /// `ties` orders rows that changed at one and the same moment.
    pub(crate) fn new(
        list: List<T>,
        updated: Field<T, Ordered<Moment>, Sortable>,
        ties: Order<T>,
        since: Option<Timestamp>,
    ) -> Self {
        let from = since.map(|since| {
            let from = since.checked_sub(OVERLAP_SECONDS.seconds());
            Moment::from(from.unwrap_or(since))
        });
        Self {
            list: list.order(updated.asc()).order(ties).limit(PAGE),
            updated,
            from,
            offset: 0,
            done: false,
        }
    }

    /// The next page; nothing after the last one.
    pub(crate) async fn next_page<R: Changed>(&mut self) -> Result<Option<Vec<R>>> {
        if self.done {
            return Ok(None);
        }
        let mut page = self.list.clone().offset(self.offset);
        if let Some(from) = self.from {
            page = page.filter(self.updated.ge(from));
        }
        let rows = page.send_as::<R>().await?.rows;
        let last = rows.last().and_then(Changed::updated);
        self.done = rows.len() < PAGE as usize;
        if last > self.from {
            self.from = last;
            self.offset = 0;
        } else {
            self.offset = self.offset.saturating_add(PAGE);
        }
        Ok((!rows.is_empty()).then_some(rows))
    }
}

/// The latest change of a page.
pub(crate) fn read_to<R: Changed>(rows: &[R]) -> Option<Timestamp> {
    rows.iter()
        .filter_map(Changed::updated)
        .map(Moment::timestamp)
        .max()
}
