//! Pages of a journal, and journals as streams of pages.

mod sheet;

pub(crate) use sheet::{Record, Sheet};

use crate::error::{Error, Reason, RecordError, Result};
use crate::period::Period;
use async_stream::try_stream;
use futures_util::{Stream, TryStreamExt, stream};
use std::collections::HashSet;
use std::future::Future;

/// How often a shrinking journal is stepped back in before it is read on as it is.
const MOST_STEPS_BACK: u32 = 10;

/// Holds one page of a journal.
///
/// The counts are what the service said; a bare list of records reads as a whole journal on one page.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Page<T> {
    /// The number of this page; the first one is 1.
    pub page: Option<u32>,
    /// How many pages there are; 0 or 1 when there is nothing.
    pub page_total: Option<u32>,
    /// How many records a page holds at most.
    pub page_size: Option<u32>,
    /// How many records there are on all pages.
    pub records_total: Option<u64>,
    /// The records of this page.
    pub records: Vec<T>,
    /// What else the page held and could not be read; one record costs only itself.
    pub rejected: Vec<RecordError>,
}

impl<T> From<Sheet<T>> for Page<T> {
    fn from(sheet: Sheet<T>) -> Self {
        let (mut records, mut rejected) = (Vec::new(), Vec::new());
        for record in sheet.records {
            match record {
                Ok(record) => records.push(record),
                Err(error) => rejected.push(error),
            }
        }
        Self {
            page: sheet.page,
            page_total: sheet.page_total,
            page_size: sheet.page_size,
            records_total: sheet.records_total,
            records,
            rejected,
        }
    }
}

/// Reads window after window, page after page, as the caller asks for more.
///
/// A record whose id was seen in this window or the one before is dropped: rows move over the edge
/// of a page when new ones come in. When rows go away meanwhile, the page before is read again.
pub(crate) fn sheets<T, F, Fut>(
    windows: impl Iterator<Item = Period> + Send,
    first_page: u32,
    fetch: F,
) -> impl Stream<Item = Result<Sheet<T>>> + Send
where
    T: Record,
    F: Fn(Period, u32) -> Fut + Send,
    Fut: Future<Output = Result<Sheet<T>>> + Send,
{
    try_stream! {
        let mut before = HashSet::new();
        let mut number = first_page.max(1);
        for window in windows {
            let mut seen = HashSet::new();
            let mut total = None;
            let mut steps_back = 0;
            loop {
                let mut sheet = fetch(window, number).await?;
                let next = next_page(&sheet, number);
                sheet.records.retain(|record| match key(record) {
                    Some(key) => seen.insert(key) && !before.contains(&key),
                    None => true,
                });
                // Records without an id are no sign of a new page: they may be the same ones again.
                let nothing_new = !sheet.records.iter().any(|record| key(record).is_some());
                let shrunk = matches!((total, sheet.records_total), (Some(was), Some(is)) if is < was);
                let endless = sheet.page_total.is_none() && nothing_new;
                total = sheet.records_total;
                if !sheet.records.is_empty() {
                    yield sheet;
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

/// What tells a record from others, and whether it could be read: a repeat may be in better shape.
fn key<T: Record>(record: &Result<T, RecordError>) -> Option<(u64, bool)> {
    match record {
        Ok(record) => Some((record.id()?, true)),
        Err(error) => Some((error.id()?, false)),
    }
}

/// The number of the page after this one, if there is one.
///
/// `page_total` counts at the time of this page, so an empty page is the end whatever it says.
fn next_page<T>(sheet: &Sheet<T>, number: u32) -> Option<u32> {
    let more = sheet.page_total.is_none_or(|total| number < total);
    if sheet.records.is_empty() || !more {
        None
    } else {
        number.checked_add(1)
    }
}

/// Turns pages into their records; one that cannot be read is an error in its place, not the end.
pub(crate) fn records<T: Send>(
    operation: &'static str,
    site_id: u64,
    sheets: impl Stream<Item = Result<Sheet<T>>> + Send,
) -> impl Stream<Item = Result<T>> + Send {
    let read = move |record: Result<T, RecordError>| {
        record.map_err(|error| Error::new(operation, site_id, true, Reason::Record(error)))
    };
    // On the heap, so that whoever holds the stream stays small.
    Box::pin(sheets)
        .map_ok(move |sheet| stream::iter(sheet.records.into_iter().map(read)))
        .try_flatten()
}

/// Searches a stream of records, past those that cannot be read.
///
/// If the wanted one does not turn up, it may be one of them, so the first of those is the outcome.
pub(crate) async fn find<T>(
    records: impl Stream<Item = Result<T>>,
    wanted: impl Fn(&T) -> bool,
) -> Result<Option<T>> {
    let mut records = Box::pin(records);
    let mut unread = None;
    loop {
        match records.try_next().await {
            Ok(Some(record)) if wanted(&record) => return Ok(Some(record)),
            Ok(Some(_)) => {}
            Ok(None) => return unread.map_or(Ok(None), Err),
            Err(error) if error.is_record() => {
                unread.get_or_insert(error);
            }
            Err(error) => return Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt;
    use jiff::civil::date;
    use std::sync::Mutex;

    /// A record that is its id.
    #[derive(Debug, PartialEq, serde::Deserialize)]
    struct Numbered(u64);

    impl Record for Numbered {
        const ID: &'static str = "id";

        fn id(&self) -> Option<u64> {
            Some(self.0)
        }
    }

    fn page(total: Option<u32>, records: &[u64]) -> Sheet<Numbered> {
        Sheet {
            page: None,
            page_total: total,
            page_size: None,
            records_total: None,
            records: records.iter().map(|id| Ok(Numbered(*id))).collect(),
        }
    }

    /// Reads one window whose answers are given, and counts the requests.
    fn read(first: u32, answers: Vec<Sheet<Numbered>>) -> (Vec<u64>, Vec<u32>) {
        let asked = Mutex::new(Vec::new());
        let answers = Mutex::new(answers.into_iter());
        let windows = std::iter::once(Period::day(date(2026, 1, 1)));
        let all = sheets(windows, first, |_, number| {
            asked.lock().unwrap().push(number);
            let answer = answers.lock().unwrap().next();
            async move { Ok(answer.expect("no more answers")) }
        });
        let all: Vec<Numbered> = records("test", 1, all)
            .try_collect()
            .now_or_never()
            .unwrap()
            .unwrap();
        let all = all.into_iter().map(|record| record.0).collect();
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
    fn nor_is_one_whose_records_have_no_id() {
        let odd = || serde_json::from_str(r#"[{"name":1}]"#).unwrap();
        let asked = Mutex::new(0);
        let windows = std::iter::once(Period::day(date(2026, 1, 1)));

        let all = sheets::<Numbered, _, _>(windows, 1, |_, _| {
            *asked.lock().unwrap() += 1;
            async move {
                Ok(Sheet {
                    page_total: None,
                    ..odd()
                })
            }
        });
        let all: Vec<_> = futures_util::StreamExt::collect(records("test", 1, all))
            .now_or_never()
            .unwrap();

        assert!(all.len() == 1 && all[0].is_err());
        assert_eq!(*asked.lock().unwrap(), 1);
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
        let counted = |total, count, records: &[u64]| Sheet {
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
        let failing = sheets::<Numbered, _, _>(windows, 1, |_, _| async {
            Err(Error::local("test", Reason::Input("no".into())))
        });
        let failing = records("test", 1, failing);

        let all: Vec<_> = futures_util::StreamExt::collect(failing)
            .now_or_never()
            .unwrap();

        assert_eq!(all.len(), 1);
        assert!(all[0].is_err());
    }

    fn with_an_odd_one() -> Sheet<Numbered> {
        serde_json::from_str(r#"{"pageTotal":1,"records":[1,{"id":7},3]}"#).unwrap()
    }

    #[test]
    fn a_record_that_cannot_be_read_is_an_error_in_its_place() {
        let sheets = futures_util::stream::iter([Ok(with_an_odd_one())]);

        let all: Vec<_> = futures_util::StreamExt::collect(records("test", 1, sheets))
            .now_or_never()
            .unwrap();

        assert_eq!(all[0].as_ref().unwrap(), &Numbered(1));
        let error = all[1].as_ref().unwrap_err();
        assert!(error.is_record());
        assert_eq!(error.record().and_then(RecordError::id), Some(7));
        assert_eq!(all[2].as_ref().unwrap(), &Numbered(3));
        assert_eq!(all.len(), 3);
    }

    #[test]
    fn a_search_looks_past_what_it_cannot_read_and_admits_it() {
        let search = |wanted: u64| {
            let sheets = futures_util::stream::iter([Ok(with_an_odd_one())]);
            find(records("test", 1, sheets), move |record: &Numbered| {
                record.0 == wanted
            })
            .now_or_never()
            .unwrap()
        };

        assert_eq!(search(3).unwrap(), Some(Numbered(3)));
        assert!(search(9).unwrap_err().is_record());
    }
}
