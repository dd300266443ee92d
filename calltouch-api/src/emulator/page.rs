//! Pages of a journal: `page`, `limit` and the envelope around the records.

use serde_json::{Value, json};

use super::{query::Query, refusal::Refusal};

/// The most records a page holds, and how many it holds unless told otherwise.
const MAX_LIMIT: u64 = 1000;

/// The page asked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked {
    page: u64,
    limit: u64,
}

impl Asked {
    /// Reads the page; without `page` there is none, whatever `limit` says.
    pub(super) fn read(query: &Query) -> Result<Option<Self>, Refusal> {
        let limit = query.number("limit")?.unwrap_or(MAX_LIMIT);
        if !(1..=MAX_LIMIT).contains(&limit) {
            return Err(Refusal::invalid("limit", "limit: 1 to 1000 expected"));
        }
        match query.number("page")? {
            Some(0) => Err(Refusal::invalid("page", "page: pages are counted from 1")),
            page => Ok(page.map(|page| Self { page, limit })),
        }
    }

    /// The first page, for a journal that always answers in pages.
    pub(super) fn read_or_first(query: &Query) -> Result<Self, Refusal> {
        let first = Self {
            page: 1,
            limit: query.number("limit")?.unwrap_or(MAX_LIMIT),
        };
        Ok(Self::read(query)?.unwrap_or(first))
    }
}

/// Writes the rows of the page in its envelope, all of them as a bare array without a page.
pub(super) fn answer<T>(asked: Option<Asked>, rows: &[T], show: impl Fn(&T) -> Value) -> Value {
    let Some(Asked { page, limit }) = asked else {
        return rows.iter().map(show).collect();
    };
    let size = usize::try_from(limit).unwrap_or(usize::MAX);
    let skipped = usize::try_from((page - 1).saturating_mul(limit)).unwrap_or(usize::MAX);
    let records: Vec<_> = rows.iter().skip(skipped).take(size).map(show).collect();
    json!({
        "page": page,
        "pageTotal": rows.len().div_ceil(size),
        "pageSize": limit,
        "recordsTotal": rows.len(),
        "records": records,
    })
}
