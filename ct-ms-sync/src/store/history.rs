//! What happened to each lead, in the order in which it did.
//!
//! An event is written in the transaction of the change that it tells of, so both are there or
//! neither is. No event holds a contact.

use sqlx::{Any, Row, Transaction};

use super::{Ledger, failed, moment};
use crate::error::{Error, Result};
use crate::explanation::{HistoryEntry, What};
use crate::lead::LeadKey;

impl Ledger {
    /// Adds an event to the history of a lead.
    pub(super) async fn tell_in(
        &self,
        transaction: &mut Transaction<'_, Any>,
        lead: LeadKey,
        what: What,
        detail: &str,
    ) -> Result<()> {
        sqlx::query(
            "INSERT INTO history (pair, lead, nth, at_ms, what, detail, config) \
             SELECT $1, $2, COALESCE(MAX(nth), 0) + 1, $3, $4, $5, $6 FROM history WHERE pair = $1 AND lead = $2",
        )
        .bind(&self.pair)
        .bind(lead.to_string())
        .bind((self.stamp.clock)().as_millisecond())
        .bind(what.as_str())
        .bind(detail)
        .bind(&*self.stamp.config)
        .execute(&mut **transaction)
        .await
        .map_err(failed("cannot write down what happened to a lead"))?;
        Ok(())
    }

    /// Everything that happened to a lead, the first first.
    pub(crate) async fn history(&self, lead: LeadKey) -> Result<Vec<HistoryEntry>> {
        let doing = "cannot read what happened to a lead";
        let rows = sqlx::query(
            "SELECT at_ms, what, detail, config FROM history WHERE pair = $1 AND lead = $2 ORDER BY nth",
        )
        .bind(&self.pair)
        .bind(lead.to_string())
        .fetch_all(&self.pool)
        .await
        .map_err(failed(doing))?;
        rows.iter()
            .map(|row| {
                let what: String = row.try_get(1).map_err(failed(doing))?;
                Ok(HistoryEntry {
                    at: moment(row.try_get(0).map_err(failed(doing))?)?,
                    what: What::read(&what)
                        .ok_or_else(|| Error::store_text("an event of a lead is damaged"))?,
                    detail: row.try_get(2).map_err(failed(doing))?,
                    configuration: row.try_get(3).map_err(failed(doing))?,
                })
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;

    #[tokio::test]
    async fn events_of_one_moment_keep_their_order_and_their_lead() {
        let store = Store::for_test().await;
        let clock = || jiff::Timestamp::UNIX_EPOCH;
        let ledger = store.ledger("pair").stamped(clock, "c1");
        let (one, other) = (LeadKey::call(7, 1), LeadKey::call(7, 2));
        let mut transaction = ledger.begin().await.unwrap();
        for (lead, what) in [
            (one, What::Noted),
            (other, What::LeftOut),
            (one, What::Counterparty),
            (one, What::Order),
        ] {
            ledger
                .tell_in(&mut transaction, lead, what, "so")
                .await
                .unwrap();
        }
        Ledger::commit(transaction).await.unwrap();

        let events = ledger.history(one).await.unwrap();

        let told: Vec<What> = events.iter().map(|event| event.what).collect();
        assert_eq!(told, [What::Noted, What::Counterparty, What::Order]);
        assert_eq!(
            (events[0].detail.as_str(), events[0].configuration.as_str()),
            ("so", "c1")
        );
        assert!(store.ledger("other").history(one).await.unwrap().is_empty());
    }
}
