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
use serde_json::Value;
use tracing::warn;

use crate::error::Result;

/// Rows a page asks for; the most that МойСклад gives.
const PAGE: u32 = 1000;
/// How far before the last known change reading starts again, since a slow write can appear behind
/// the cursor.
const OVERLAP_SECONDS: i64 = 300;

/// What a changed row is read as.
pub(crate) trait Changed: DeserializeOwned + Send {}

impl<R: DeserializeOwned + Send> Changed for R {}

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
    pub(crate) async fn next_page<R: Changed>(&mut self) -> Result<Option<ChangedPage<R>>> {
        if self.done {
            return Ok(None);
        }
        let mut page = self.list.clone().offset(self.offset);
        if let Some(from) = self.from {
            page = page.filter(self.updated.ge(from));
        }
        let rows = page.send_as::<Value>().await?.rows;
        let last = rows.last().and_then(updated);
        self.done = rows.len() < PAGE as usize;
        if last > self.from {
            self.from = last;
            self.offset = 0;
        } else {
            self.offset = self.offset.saturating_add(PAGE);
        }
        Ok((!rows.is_empty()).then(|| ChangedPage::read(rows)))
    }
}

/// Rows of one page.
#[derive(Debug)]
pub(crate) struct ChangedPage<R> {
    pub(crate) rows: Vec<R>,
    /// Rows that are not what they should be: the id, and what is wrong.
    pub(crate) unreadable: Vec<(String, String)>,
    /// The latest change among all of them.
    pub(crate) read_to: Option<Timestamp>,
}

impl<R: Changed> ChangedPage<R> {
    /// Reads each row on its own: an odd one must not hold up the others.
    pub(crate) fn read(page: Vec<Value>) -> Self {
        let read_to = page.iter().filter_map(updated).map(Moment::timestamp).max();
        let (mut rows, mut unreadable) = (Vec::with_capacity(page.len()), Vec::new());
        for row in page {
            let id = row
                .get("id")
                .and_then(Value::as_str)
                .unwrap_or("unknown")
                .to_owned();
            match serde_path_to_error::deserialize(row) {
                Ok(row) => rows.push(row),
                Err(error) => {
                    let what = format!("`{}` of {id} cannot be read", error.path());
                    warn!(what, "a changed row is left out");
                    unreadable.push((id, what));
                }
            }
        }
        Self {
            rows,
            unreadable,
            read_to,
        }
    }
}

fn updated(row: &Value) -> Option<Moment> {
    row.get("updated")?.as_str()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;
    use serde_json::json;

    use super::*;

    #[derive(Debug, Deserialize)]
    struct Row {
        sum: u32,
    }

    #[test]
    fn an_odd_row_is_named_and_the_others_are_read() {
        let page = vec![
            json!({"id": "a", "sum": 1, "updated": "2026-11-20 10:00:00.000"}),
            json!({"id": "b", "sum": "abc", "updated": "2026-11-20 11:00:00.000"}),
            json!({"id": "c", "sum": 3, "updated": ""}),
        ];

        let page = ChangedPage::<Row>::read(page);

        assert_eq!(
            page.rows.iter().map(|row| row.sum).collect::<Vec<_>>(),
            [1, 3]
        );
        assert_eq!(
            page.unreadable,
            [("b".to_owned(), "`sum` of b cannot be read".to_owned())]
        );
        assert_eq!(page.read_to, Some("2026-11-20T08:00:00Z".parse().unwrap()));
    }
}
