//! Pages of a journal, and journals as streams of pages.

use crate::error::Result;
use crate::lenient;
use crate::period::Period;
use async_stream::try_stream;
use futures_util::{Stream, TryStreamExt, stream};
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use std::collections::HashSet;
use std::fmt;
use std::future::Future;
use std::marker::PhantomData;

/// How often a shrinking journal is stepped back in before it is read on as it is.
const MOST_STEPS_BACK: u32 = 10;

/// Holds one page of a journal.
///
/// The counts are what the service said; a bare list of records reads as a whole journal on one page.
#[derive(Clone, Debug, PartialEq, serde::Deserialize)]
#[serde(
    remote = "Self",
    rename_all = "camelCase",
    bound = "T: Deserialize<'de>"
)]
#[non_exhaustive]
pub struct Page<T> {
    /// The number of this page; the first one is 1.
    #[serde(default, deserialize_with = "lenient::count")]
    pub page: Option<u32>,
    /// How many pages there are; 0 or 1 when there is nothing.
    #[serde(default, deserialize_with = "lenient::count", alias = "totalPage")]
    pub page_total: Option<u32>,
    /// How many records a page holds at most.
    #[serde(default, deserialize_with = "lenient::count")]
    pub page_size: Option<u32>,
    /// How many records there are on all pages.
    #[serde(
        default,
        deserialize_with = "lenient::unsigned",
        alias = "recordsCount"
    )]
    pub records_total: Option<u64>,
    /// The records of this page.
    #[serde(deserialize_with = "lenient::list")]
    pub records: Vec<T>,
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Page<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(PageVisitor(PhantomData))
    }
}

/// Reads the envelope of a page, or a bare list.
struct PageVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for PageVisitor<T> {
    type Value = Page<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a page of records")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Page<T>, A::Error> {
        Page::deserialize(MapAccessDeserializer::new(map))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Page<T>, A::Error> {
        let records = lenient::list(SeqAccessDeserializer::new(seq))?;
        let count = u64::try_from(records.len()).ok();
        Ok(Page {
            page: Some(1),
            page_total: Some(1),
            page_size: None,
            records_total: count,
            records,
        })
    }
}

/// Reads window after window, page after page, as the caller asks for more.
///
/// A record whose `key` was seen in this window or the one before is dropped: rows move over the edge
/// of a page when new ones come in. When rows go away meanwhile, the page before is read again.
pub(crate) fn pages<T, F, Fut>(
    windows: impl Iterator<Item = Period> + Send,
    first_page: u32,
    key: fn(&T) -> Option<u64>,
    fetch: F,
) -> impl Stream<Item = Result<Page<T>>> + Send
where
    T: Send,
    F: Fn(Period, u32) -> Fut + Send,
    Fut: Future<Output = Result<Page<T>>> + Send,
{
    try_stream! {
        let mut before = HashSet::new();
        let mut number = first_page.max(1);
        for window in windows {
            let mut seen = HashSet::new();
            let mut total = None;
            let mut steps_back = 0;
            loop {
                let mut page = fetch(window, number).await?;
                let next = next_page(&page, number);
                let received = page.records.len();
                page.records.retain(|record| match key(record) {
                    Some(id) => seen.insert(id) && !before.contains(&id),
                    None => true,
                });
                let only_repeats = received > 0 && page.records.is_empty();
                let shrunk = matches!((total, page.records_total), (Some(was), Some(is)) if is < was);
                let endless = page.page_total.is_none() && only_repeats;
                total = page.records_total;
                if !page.records.is_empty() {
                    yield page;
                }
                if shrunk && number > 1 && steps_back < MOST_STEPS_BACK {
                    steps_back += 1;
                    number -= 1;
                    continue;
                }
                match next {
                    // A server that ignores the page number would give the same page for ever.
                    Some(next) if !endless => number = next,
                    _ => break,
                }
            }
            before = seen;
            number = 1;
        }
    }
}

/// The number of the page after this one, if there is one.
///
/// `page_total` counts at the time of this page, so an empty page is the end whatever it says.
fn next_page<T>(page: &Page<T>, number: u32) -> Option<u32> {
    let more = page.page_total.is_none_or(|total| number < total);
    if page.records.is_empty() || !more {
        None
    } else {
        number.checked_add(1)
    }
}

/// Turns pages into their records.
pub(crate) fn records<T: Send>(
    pages: impl Stream<Item = Result<Page<T>>> + Send,
) -> impl Stream<Item = Result<T>> + Send {
    pages
        .map_ok(|page| stream::iter(page.records.into_iter().map(Ok)))
        .try_flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::{Error, Reason};
    use futures_util::FutureExt;
    use jiff::civil::date;
    use std::sync::Mutex;

    fn page(total: Option<u32>, records: &[u64]) -> Page<u64> {
        Page {
            page: None,
            page_total: total,
            page_size: None,
            records_total: None,
            records: records.to_vec(),
        }
    }

    /// Reads one window whose answers are given, and counts the requests.
    fn read(first: u32, answers: Vec<Page<u64>>) -> (Vec<u64>, Vec<u32>) {
        let asked = Mutex::new(Vec::new());
        let answers = Mutex::new(answers.into_iter());
        let windows = std::iter::once(Period::day(date(2026, 1, 1)));
        let all = records(pages(
            windows,
            first,
            |id| Some(*id),
            |_, number| {
                asked.lock().unwrap().push(number);
                let answer = answers.lock().unwrap().next();
                async move { Ok(answer.expect("no more answers")) }
            },
        ));
        let all = all.try_collect().now_or_never().unwrap().unwrap();
        (all, asked.into_inner().unwrap())
    }

    #[test]
    fn reading_ends_with_the_last_page() {
        let (all, asked) = read(1, vec![page(Some(2), &[1, 2]), page(Some(2), &[3])]);

        assert_eq!((all, asked), (vec![1, 2, 3], vec![1, 2]));
    }

    #[test]
    fn reading_ends_with_an_empty_page_whatever_the_count_says() {
        for total in [Some(0), Some(1), Some(9), None] {
            let (all, asked) = read(1, vec![page(total, &[])]);

            assert_eq!((all, asked), (vec![], vec![1]), "{total:?}");
        }
    }

    #[test]
    fn a_server_that_ignores_the_page_number_is_not_asked_for_ever() {
        let (all, asked) = read(1, vec![page(None, &[1, 2]), page(None, &[1, 2])]);

        assert_eq!((all, asked), (vec![1, 2], vec![1, 2]));
    }

    #[test]
    fn rows_pushed_over_an_edge_come_once() {
        let pages = vec![
            page(Some(3), &[1, 2]),
            page(Some(3), &[1, 2]),
            page(Some(3), &[2, 3]),
        ];

        let (all, asked) = read(1, pages);

        assert_eq!((all, asked), (vec![1, 2, 3], vec![1, 2, 3]));
    }

    #[test]
    fn rows_pulled_over_an_edge_are_not_lost() {
        let counted = |total, count, records: &[u64]| Page {
            records_total: Some(count),
            ..page(Some(total), records)
        };

        // 1 goes away after the first page, so 3 moves to it.
        let (all, asked) = read(
            1,
            vec![
                counted(3, 5, &[1, 2]),
                counted(2, 4, &[4, 5]),
                counted(2, 4, &[2, 3]),
                counted(2, 4, &[4, 5]),
            ],
        );

        assert_eq!((all, asked), (vec![1, 2, 4, 5, 3], vec![1, 2, 1, 2]));
    }

    #[test]
    fn reading_goes_on_where_it_is_told_to() {
        let (all, asked) = read(3, vec![page(Some(3), &[5])]);

        assert_eq!((all, asked), (vec![5], vec![3]));
    }

    #[test]
    fn a_failure_ends_the_stream() {
        let windows = Period::new(date(2026, 1, 1), date(2026, 1, 2))
            .unwrap()
            .windows(1);
        let failing = pages(
            windows,
            1,
            |id: &u64| Some(*id),
            |_, _| async { Err(Error::local("test", Reason::Input("no".into()))) },
        );

        let all: Vec<_> = futures_util::StreamExt::collect(failing)
            .now_or_never()
            .unwrap();

        assert_eq!(all.len(), 1);
        assert!(all[0].is_err());
    }

    #[test]
    fn a_page_reads_from_its_envelope_its_aliases_and_a_bare_list() {
        let table = [
            r#"{"page":1,"pageTotal":1,"recordsTotal":2,"records":[7,8]}"#,
            r#"{"page":"1","totalPage":"1","recordsCount":"2","records":[7,8],"new":true}"#,
            "[7,8]",
        ];
        for json in table {
            let page: Page<u64> = serde_json::from_str(json).unwrap();
            assert_eq!(
                (page.page_total, page.records_total),
                (Some(1), Some(2)),
                "{json}"
            );
            assert_eq!(page.records, [7, 8], "{json}");
        }
        let null: Page<u64> = serde_json::from_str(r#"{"pageTotal":0,"records":null}"#).unwrap();
        assert!(null.records.is_empty());
        assert!(serde_json::from_str::<Page<u64>>(r#"{"message":"no"}"#).is_err());
    }
}
