//! Step 1: new leads are read from Calltouch's journals and written down.

use std::mem;
use std::pin::pin;

use calltouch_api::Period;
use futures_util::{Stream, StreamExt};
use jiff::civil::Date;
use jiff::tz::Offset;
use jiff::{Timestamp, ToSpan};
use tracing::warn;

use crate::config::Config;
use crate::error::Result;
use crate::flow::{call, request};
use crate::lead::{Lead, LeadKey};
use crate::report::{LeadCounts, Step};
use crate::store::{Cursor, Failure, Ledger, Said};

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
    /// Days of the past to read in the place of what is new; no cursor moves then.
    pub(crate) days: Option<Period>,
}

impl Journals<'_> {
    /// Writes down what is new, and counts it.
    pub(crate) async fn read(&self) -> Result<LeadCounts> {
        let rules = &self.config.leads;
        let judge = |lead: &Lead| lead.left_out_by(rules);
        self.ledger.judge_waiting_again(judge).await?;
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
        if let Some(days) = self.days {
            return Ok(days);
        }
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
        let mut journal = pin!(journal);
        let mut last: Option<Timestamp> = None;
        let mut batch = Vec::new();
        loop {
            let item = journal.next().await;
            let ended = item.is_none();
            match item {
                Some(Ok(item)) => batch.extend(lead(&item, self.config, self.now)),
                Some(Err(error)) => self.bury(cursor, error).await?,
                None => {}
            }
            if ended || batch.len() >= BATCH {
                batch.retain(|lead| self.takes(lead));
                last = last.max(batch.iter().map(|lead| lead.at).max());
                self.note_batch(counts, mem::take(&mut batch)).await?;
            }
            if ended {
                break;
            }
        }
        // A lead dated in the future must not hide later ones.
        match last {
            Some(last) if self.days.is_none() => {
                self.ledger.advance(cursor, last.min(self.now)).await
            }
            _ => Ok(()),
        }
    }

    /// Whether the lead is of the time that is read.
    fn takes(&self, lead: &Lead) -> bool {
        self.days.is_some() || lead.at >= self.start
    }

    async fn note_batch(&self, counts: &mut LeadCounts, batch: Vec<Lead>) -> Result<()> {
        if self.ledger.has_buried(Step::Lead).await? {
            let readable = batch.iter().map(|lead| lead.key);
            self.ledger.revive(readable, Step::Lead).await?;
        }
        let judged: Vec<_> = batch
            .into_iter()
            .map(|lead| {
                let rule = lead.left_out_by(&self.config.leads);
                (lead, rule)
            })
            .collect();
        let noted = self.ledger.note_leads(&judged).await?;
        counts.seen += judged.len() as u64;
        counts.new += noted.new;
        counts.left_out += noted.left_out.values().sum::<u64>();
        for (rule, n) in noted.left_out {
            *counts.left_out_by.entry(rule).or_default() += n;
        }
        Ok(())
    }

    /// A record that cannot be read is shown, and does not hold up the others.
    async fn bury(&self, cursor: Cursor, error: calltouch_api::Error) -> Result<()> {
        let Some(record) = error.record() else {
            return Err(error.into());
        };
        let site = self.config.calltouch.site_id;
        let key = record.id().map(|id| match cursor {
            Cursor::Requests => LeadKey::request(site, id),
            _ => LeadKey::call(site, id),
        });
        warn!(%error, "a record of the journal is left out");
        let failure = key.map(|lead| Failure {
            lead,
            step: Step::Lead,
            reason: error.to_string(),
            refused: false,
            said: Said {
                remedy: Some("look at the record in Calltouch's journal, or update this program"),
                field: error.field().map(str::to_owned),
                code: None,
            },
        });
        self.ledger.bury(failure.as_slice(), self.now).await
    }
}

/// The day in Moscow.
pub(crate) fn day(at: Timestamp) -> Date {
    Offset::constant(3).to_datetime(at).date()
}
