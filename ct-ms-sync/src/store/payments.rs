//! Payments already looked at, and the orders they name: an edit that unlinks an order must be
//! noticed on that order too.

use jiff::Timestamp;
use sqlx::{Any, Row, Transaction};

use super::{Ledger, failed, moment, read_json, write_json};
use crate::error::Result;

/// A payment (платёж) as it was when last looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SeenPayment {
    pub(crate) id: String,
    pub(crate) updated: Timestamp,
    /// Ids of the orders its operations name.
    pub(crate) orders: Vec<String>,
}

impl Ledger {
    /// The payment as it was when last looked at.
    pub(crate) async fn payment(&self, id: &str) -> Result<Option<SeenPayment>> {
        let doing = "cannot read a payment";
        let row =
            sqlx::query("SELECT updated_ms, orders FROM payments WHERE pair = $1 AND payment = $2")
                .bind(&self.pair)
                .bind(id)
                .fetch_optional(&self.pool)
                .await
                .map_err(failed(doing))?;
        row.map(|row| {
            let orders: String = row.try_get(1).map_err(failed(doing))?;
            Ok(SeenPayment {
                id: id.to_owned(),
                updated: moment(row.try_get(0).map_err(failed(doing))?)?,
                orders: read_json("a payment", &orders)?,
            })
        })
        .transpose()
    }

    pub(super) async fn payments_seen_in(
        &self,
        transaction: &mut Transaction<'_, Any>,
        payments: &[SeenPayment],
    ) -> Result<()> {
        for payment in payments {
            sqlx::query(
                "INSERT INTO payments (pair, payment, updated_ms, orders) VALUES ($1, $2, $3, $4) \
                 ON CONFLICT (pair, payment) DO UPDATE SET updated_ms = excluded.updated_ms, orders = excluded.orders",
            )
            .bind(&self.pair)
            .bind(&payment.id)
            .bind(payment.updated.as_millisecond())
            .bind(write_json("a payment", &payment.orders)?)
            .execute(&mut **transaction)
            .await
            .map_err(failed("cannot write down a payment"))?;
        }
        Ok(())
    }
}
