//! How many webhooks came, and how many of them a cycle has answered.
//!
//! A webhook says no more than that it is time to look, so a count is all there is to remember.

use jiff::Timestamp;
use sqlx::Row;

use super::{Ledger, failed, moment};
use crate::error::Result;

/// What webhooks have asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    /// Webhooks so far.
    pub(crate) received: i64,
    /// How many of them came before a cycle that was carried through.
    pub(crate) handled: i64,
    /// When the first of those that wait came.
    pub(crate) first: Timestamp,
}

impl Mark {
    /// Since when webhooks wait for a cycle; nothing while none waits.
    pub(crate) fn waiting_since(self) -> Option<Timestamp> {
        (self.received > self.handled).then_some(self.first)
    }
}

impl Ledger {
    /// What webhooks have asked for; nothing when none ever came.
    pub(crate) async fn mark(&self) -> Result<Option<Mark>> {
        let doing = "cannot read the marks of webhooks";
        let row = sqlx::query("SELECT received, handled, first_ms FROM marks WHERE pair = $1")
            .bind(&self.pair)
            .fetch_optional(&self.pool)
            .await
            .map_err(failed(doing))?;
        row.map(|row| {
            Ok(Mark {
                received: row.try_get(0).map_err(failed(doing))?,
                handled: row.try_get(1).map_err(failed(doing))?,
                first: moment(row.try_get(2).map_err(failed(doing))?)?,
            })
        })
        .transpose()
    }

    /// Writes down that so many more webhooks came, the first of them at `first`.
    #[cfg_attr(
        not(feature = "webhooks"),
        allow(dead_code, reason = "the receiver marks")
    )]
    pub(crate) async fn add_marks(&self, more: u64, first: Timestamp) -> Result<()> {
        sqlx::query(
            "INSERT INTO marks (pair, received, handled, first_ms) VALUES ($1, $2, 0, $3) \
             ON CONFLICT (pair) DO UPDATE SET received = marks.received + excluded.received, \
             first_ms = CASE WHEN marks.handled < marks.received THEN marks.first_ms ELSE excluded.first_ms END",
        )
        .bind(&self.pair)
        .bind(i64::try_from(more).unwrap_or(i64::MAX))
        .bind(first.as_millisecond())
        .execute(&self.pool)
        .await
        .map_err(failed("cannot mark a webhook"))?;
        Ok(())
    }

    /// Writes down that a cycle, begun at `begun`, has answered the webhooks that had come by then.
    pub(crate) async fn answer_marks(&self, received: i64, begun: Timestamp) -> Result<()> {
        sqlx::query(
            "UPDATE marks SET handled = $2, first_ms = CASE WHEN received > $2 THEN $3 ELSE first_ms END \
             WHERE pair = $1 AND handled < $2",
        )
        .bind(&self.pair)
        .bind(received)
        .bind(begun.as_millisecond())
        .execute(&self.pool)
        .await
        .map_err(failed("cannot take back the marks of webhooks"))?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[tokio::test]
    async fn a_webhook_that_comes_during_a_cycle_waits_for_the_next() {
        let ledger = Store::for_test().await.ledger("pair");
        ledger.add_marks(3, at(10)).await.unwrap();
        ledger.add_marks(2, at(11)).await.unwrap();
        let seen = ledger.mark().await.unwrap().unwrap();
        assert_eq!((seen.received, seen.waiting_since()), (5, Some(at(10))));

        ledger.add_marks(1, at(13)).await.unwrap();
        ledger.answer_marks(seen.received, at(12)).await.unwrap();

        let left = ledger.mark().await.unwrap().unwrap();
        assert_eq!((left.received, left.waiting_since()), (6, Some(at(12))));
        ledger.answer_marks(left.received, at(14)).await.unwrap();
        assert_eq!(ledger.mark().await.unwrap().unwrap().waiting_since(), None);
        ledger.add_marks(1, at(20)).await.unwrap();
        let next = ledger.mark().await.unwrap().unwrap();
        assert_eq!(next.waiting_since(), Some(at(20)));
    }

    #[tokio::test]
    async fn an_older_cycle_does_not_take_an_answer_back() {
        let ledger = Store::for_test().await.ledger("pair");
        ledger.add_marks(3, at(10)).await.unwrap();
        ledger.answer_marks(3, at(11)).await.unwrap();

        ledger.answer_marks(1, at(9)).await.unwrap();

        assert_eq!(ledger.mark().await.unwrap().unwrap().waiting_since(), None);
    }
}
