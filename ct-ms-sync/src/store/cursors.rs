//! How far each list has been read. A cursor moves only past what is stored.

use jiff::Timestamp;
use sqlx::{Any, Row, Transaction};

use super::{Ledger, failed, moment};
use crate::error::Result;

/// What is read piece by piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cursor {
    /// Calltouch's journal of calls, by their time.
    Calls,
    /// Calltouch's journal of requests, by their time.
    Requests,
    /// Counterparties, by `updated`.
    Counterparties,
    /// Orders, by `updated`.
    Orders,
    /// Incoming payments (входящие платежи), by `updated`.
    PaymentsIn,
    /// Cash receipts (приходные ордера), by `updated`.
    CashIns,
    /// Orders looked at again, by when that was.
    OrderChecks,
}

impl Cursor {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Calls => "calls",
            Self::Requests => "requests",
            Self::Counterparties => "counterparties",
            Self::Orders => "orders",
            Self::PaymentsIn => "payments_in",
            Self::CashIns => "cash_ins",
            Self::OrderChecks => "order_checks",
        }
    }
}

impl Ledger {
    /// How far the list has been read; nothing when it never was.
    pub(crate) async fn cursor(&self, cursor: Cursor) -> Result<Option<Timestamp>> {
        let doing = "cannot read a cursor";
        let row = sqlx::query("SELECT at_ms FROM cursors WHERE pair = $1 AND name = $2")
            .bind(&self.pair)
            .bind(cursor.name())
            .fetch_optional(&self.pool)
            .await
            .map_err(failed(doing))?;
        row.map(|row| moment(row.try_get(0).map_err(failed(doing))?))
            .transpose()
    }

    /// Moves the cursor forward; it never goes back.
    pub(crate) async fn advance(&self, cursor: Cursor, to: Timestamp) -> Result<()> {
        let mut transaction = self.begin().await?;
        self.advance_in(&mut transaction, cursor, to).await?;
        Self::commit(transaction).await
    }

    pub(super) async fn advance_in(
        &self,
        transaction: &mut Transaction<'_, Any>,
        cursor: Cursor,
        to: Timestamp,
    ) -> Result<()> {
        sqlx::query(
            "INSERT INTO cursors (pair, name, at_ms) VALUES ($1, $2, $3) \
             ON CONFLICT (pair, name) DO UPDATE SET at_ms = excluded.at_ms WHERE excluded.at_ms > cursors.at_ms",
        )
        .bind(&self.pair)
        .bind(cursor.name())
        .bind(to.as_millisecond())
        .execute(&mut **transaction)
        .await
        .map_err(failed("cannot move a cursor"))?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;

    #[tokio::test]
    async fn a_cursor_never_goes_back() {
        let ledger = Store::for_test().await.ledger("pair");
        let at = |second| Timestamp::from_second(second).unwrap();
        assert_eq!(ledger.cursor(Cursor::Orders).await.unwrap(), None);

        ledger.advance(Cursor::Orders, at(20)).await.unwrap();
        ledger.advance(Cursor::Orders, at(10)).await.unwrap();

        assert_eq!(ledger.cursor(Cursor::Orders).await.unwrap(), Some(at(20)));
        assert_eq!(ledger.cursor(Cursor::Calls).await.unwrap(), None);
    }
}
