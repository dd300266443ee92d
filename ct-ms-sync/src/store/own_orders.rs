//! Leads that were given an order of their own, before it is known to be there.
//!
//! Whether a lead is left out depends on the settings, and whether it joins an open order on the
//! moment. Once an order may have been sent, neither must be decided anew.

use std::collections::HashSet;

use sqlx::Row;

use super::{Ledger, failed};
use crate::error::{Error, Result};
use crate::lead::LeadKey;

impl Ledger {
    /// Waiting leads that were given an order of their own.
    pub(crate) async fn own_orders(&self) -> Result<HashSet<LeadKey>> {
        let doing = "cannot read what was decided about a lead";
        let rows = sqlx::query(
            "SELECT lead FROM leads WHERE pair = $1 AND stage = 'waiting' AND own_order = 1",
        )
        .bind(&self.pair)
        .fetch_all(&self.pool)
        .await
        .map_err(failed(doing))?;
        rows.iter()
            .map(|row| {
                let lead: String = row.try_get(0).map_err(failed(doing))?;
                lead.parse()
                    .map_err(|_| Error::store_text("a waiting lead is damaged"))
            })
            .collect()
    }

    /// Writes down, or takes back, that leads get an order of their own.
    pub(crate) async fn set_own_orders(&self, leads: &[LeadKey], own: bool) -> Result<()> {
        let mut transaction = self.begin().await?;
        for lead in leads {
            sqlx::query("UPDATE leads SET own_order = $3 WHERE pair = $1 AND lead = $2")
                .bind(&self.pair)
                .bind(lead.to_string())
                .bind(i64::from(own))
                .execute(&mut *transaction)
                .await
                .map_err(failed("cannot write down what was decided about a lead"))?;
        }
        Self::commit(transaction).await
    }
}
