//! Step 1: new leads are read from Calltouch's journals and written down.

use std::pin::pin;

use calltouch_api::Period;
use futures_util::{Stream, StreamExt, TryStreamExt};
use jiff::civil::Date;
use jiff::tz::Offset;
use jiff::{Timestamp, ToSpan};

use crate::config::Config;
use crate::error::Result;
use crate::flow::{call, request};
use crate::lead::Lead;
use crate::report::LeadCounts;
use crate::store::{Cursor, Ledger};

/// Leads written down in one go.
const BATCH: usize = 1000;

/// Reads the journals of leads.
///
/// This needs nothing of МойСклад, and comes before anything is prepared there: while Calltouch
/// cannot be read, nothing is written anywhere.
pub(crate) struct Journals<'a> {
    pub(crate) config: &'a Config,
    pub(crate) calltouch: &'a calltouch_api::Client,
    pub(crate) ledger: &'a Ledger,
    /// Leads before this moment are not carried.
    pub(crate) start: Timestamp,
    pub(crate) now: Timestamp,
}

impl Journals<'_> {
    /// Writes down what is new, and counts it.
    pub(crate) async fn read(&self) -> Result<LeadCounts> {
        let mut counts = LeadCounts::default();
        if self.config.flows.calls {
            let period = self.period(Cursor::Calls).await?;
            let calls = self
                .calltouch
                .calls()
                .list(period)
                .with_call_tags()
                .stream();
            self.note(&mut counts, Cursor::Calls, calls, call::lead)
                .await?;
        }
        if self.config.flows.requests {
            let period = self.period(Cursor::Requests).await?;
            let requests = self.calltouch.requests().list(period).with_tags().stream();
            self.note(&mut counts, Cursor::Requests, requests, request::lead)
                .await?;
        }
        Ok(counts)
    }

    /// The days to read: from a little before the last known lead to tomorrow, whatever the clocks say.
    async fn period(&self, cursor: Cursor) -> Result<Period> {
        let start = day(self.start);
        let from = match self.ledger.cursor(cursor).await? {
            Some(last) => day(last)
                .saturating_sub(i64::from(self.config.leads.lookback_days).days())
                .max(start),
            None => start,
        };
        let to = day(self.now).max(start).saturating_add(1.day());
        Ok(Period::new(from, to)?)
    }

    /// Writes the leads of a journal down as they come, and how far it has been read when it has ended.
    async fn note<T>(
        &self,
        counts: &mut LeadCounts,
        cursor: Cursor,
        journal: impl Stream<Item = calltouch_api::Result<T>>,
        lead: fn(&T, &Config, Timestamp) -> Option<Lead>,
    ) -> Result<()> {
        let mut last: Option<Timestamp> = None;
        let mut batches = pin!(journal.try_chunks(BATCH));
        while let Some(batch) = batches.next().await {
            let batch = batch.map_err(|error| error.1)?;
            let judged: Vec<_> = batch
                .iter()
                .filter_map(|item| lead(item, self.config, self.now))
                .filter(|lead| lead.at >= self.start)
                .map(|lead| {
                    let rule = lead.left_out_by(&self.config.leads);
                    (lead, rule)
                })
                .collect();
            last = last.max(judged.iter().map(|(lead, _)| lead.at).max());
            let noted = self.ledger.note_leads(&judged).await?;
            counts.seen += judged.len() as u64;
            counts.new += noted.new;
            counts.left_out += noted.left_out.values().sum::<u64>();
            for (rule, n) in noted.left_out {
                *counts.left_out_by.entry(rule).or_default() += n;
            }
        }
        // A lead dated in the future must not hide later ones.
        match last {
            Some(last) => self.ledger.advance(cursor, last.min(self.now)).await,
            None => Ok(()),
        }
    }
}

/// The day in Moscow.
pub(crate) fn day(at: Timestamp) -> Date {
    Offset::constant(3).to_datetime(at).date()
}
