//! History, some days at a time.

use std::time::Duration;

use calltouch_api::Period;
use futures_util::{Stream, stream};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use tokio_util::sync::CancellationToken;

use super::Sync;
use crate::error::{Error, Result};
use crate::progress::Progress;
use crate::store::Range;

/// Leads that a slice is meant to bring, so that few requests carry many and memory stays small.
const LEADS: u64 = 2000;
/// Most days of a slice; Calltouch is asked for no more than a month at once.
const MOST_DAYS: i64 = 31;
/// Between two slices: enough for another process that waits for its turn to take it.
const BREATH: Duration = Duration::from_millis(100);

/// How long the index of contacts is taken as read; as long as cycles usually are apart.
const CONTACTS_MINUTES: i64 = 5;

/// Where a backfill is.
struct Position {
    sync: Sync,
    range: Range,
    /// The first day to carry; not known before the store is asked.
    next: Option<Date>,
    /// How many days the next slice has.
    days: i64,
    /// When the index of contacts was brought up to date.
    contacts_read: Option<Timestamp>,
}

impl Sync {
    /// Carries the leads of some days of the past, Moscow time, both days included.
    ///
    /// Each item of the stream is a slice of days that has been carried: from journal to deals,
    /// exactly once, like a cycle. Nothing happens while nobody asks for the next item, and
    /// memory does not grow with the number of days. A backfill that ended half-way, in whatever
    /// way, goes on after its last slice when it is asked for the same days again, and one that has
    /// ended reads them anew; leads that are carried already are left as they are. Cycles may run between the slices: what they have
    /// read up to is neither used nor moved.
    ///
    /// # Errors
    ///
    /// An item is an error, and the last one, when something stops a whole cycle; see
    /// [`run_once`](Self::run_once). [`Error::is_config`] when the days are in the wrong order.
    pub fn backfill(
        &self,
        from: Date,
        to: Date,
    ) -> impl Stream<Item = Result<Progress>> + Send + use<> {
        let position = Position {
            sync: self.clone(),
            range: Range { from, to },
            next: None,
            days: 1,
            contacts_read: None,
        };
        stream::try_unfold(position, Position::step)
    }
}

impl Position {
    /// Carries the next slice.
    async fn step(mut self) -> Result<Option<(Progress, Self)>> {
        let Range { from, to } = self.range;
        if from > to {
            return Err(Error::config(format!(
                "a backfill from {from} cannot end before, on {to}"
            )));
        }
        let sync = self.sync.clone();
        if self.next.is_some() {
            tokio::time::sleep(BREATH).await;
        }
        let mut running = sync.inner.running.lock().await;
        let next = if let Some(next) = self.next {
            next
        } else {
            let pair = sync.enter_awake(&mut running).await?;
            let next = pair.ledger.backfilled_to(self.range).await?;
            // One that has ended begins anew: settings may let more through than they did.
            if next > to { from } else { next }
        };
        if next > to {
            return Ok(None);
        }
        let last = next.saturating_add((self.days - 1).days()).min(to);
        let after = last.saturating_add(1.day());
        let stop = CancellationToken::new();
        let work = async {
            let pair = sync.enter(&mut running).await?;
            let ledger = pair.ledger.clone();
            let days = Period::new(next, last)?;
            let leads = sync.read_journals(&pair, Some(days)).await?;
            // What waits is carried by the next cycle too, so the slice is done with its journal.
            let now = pair.now;
            let mut cycle = sync.carry(pair, leads, &stop).await?;
            // Reading the index anew brings back all that the slices before have made, which it
            // knows already.
            let fresh = self.contacts_read.filter(|read| *read > aged(now));
            cycle.contacts_read = fresh.is_some();
            let (report, contacts_read) = cycle.run_leads().await?;
            // A slice that changed somebody's contacts leaves the index to be read anew.
            self.contacts_read = contacts_read.then_some(fresh.unwrap_or(now));
            ledger.backfilled(self.range, after).await?;
            Ok(report)
        };
        let report = sync.watched(Box::pin(work)).await?;
        self.days = days_for(self.days, report.leads.seen);
        self.next = Some(after);
        let progress = Progress {
            from: next,
            to: last,
            days_done: count(from, last),
            days: count(from, to),
            report,
        };
        drop(running);
        Ok(Some((progress, self)))
    }
}

/// When an index that has to be read again was read.
fn aged(now: Timestamp) -> Timestamp {
    now.checked_sub(CONTACTS_MINUTES.minutes()).unwrap_or(now)
}

/// How many days bring about as many leads as a slice is meant to, judged by the last one.
fn days_for(days: i64, seen: u64) -> i64 {
    let seen = i64::try_from(seen).unwrap_or(i64::MAX).max(1);
    let target = i64::try_from(LEADS).unwrap_or(i64::MAX);
    // A quiet night says little about the days after it.
    let most = days.saturating_mul(7).min(MOST_DAYS);
    (days.saturating_mul(target) / seen).clamp(1, most.max(1))
}

/// How many days there are from one day to another, both included.
fn count(from: Date, to: Date) -> u32 {
    let days = from.until(to).map_or(0, |span| span.get_days());
    u32::try_from(days).unwrap_or(0) + 1
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn slices_grow_over_quiet_days_and_shrink_over_busy_ones() {
        let table = [
            ((1, 0), 7),
            ((7, 10), 31),
            ((31, 100), 31),
            ((1, 2000), 1),
            ((1, 500), 4),
            ((31, 62_000), 1),
            ((10, 1_000_000), 1),
        ];
        for ((days, seen), expected) in table {
            assert_eq!(
                days_for(days, seen),
                expected,
                "{seen} leads in {days} days"
            );
        }
    }

    #[test]
    fn both_days_count() {
        assert_eq!(count(date(2026, 11, 20), date(2026, 11, 20)), 1);
        assert_eq!(count(date(2026, 1, 1), date(2026, 12, 31)), 365);
    }
}
