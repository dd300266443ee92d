//! Contacts of known counterparties, so that a lead is matched without a request.

use jiff::Timestamp;
use sqlx::Row;

use super::{Cursor, Ledger, failed};
use crate::error::Result;

/// A counterparty (контрагент) and every contact that leads to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct KnownCounterparty {
    pub(crate) id: String,
    pub(crate) created: Timestamp,
    pub(crate) archived: bool,
    /// Phones and e-mails, in one spelling.
    pub(crate) contacts: Vec<String>,
}

impl Ledger {
    /// Writes down counterparties as they are now, then moves the cursor.
    pub(crate) async fn keep_contacts(&self, known: &[KnownCounterparty], read_to: Option<Timestamp>) -> Result<()> {
        let doing = "cannot write down a contact";
        let mut transaction = self.begin().await?;
        for counterparty in known {
            sqlx::query("DELETE FROM contacts WHERE pair = $1 AND counterparty = $2")
                .bind(&self.pair)
                .bind(&counterparty.id)
                .execute(&mut *transaction)
                .await
                .map_err(failed(doing))?;
            for contact in &counterparty.contacts {
                sqlx::query(
                    "INSERT INTO contacts (pair, contact, counterparty, created_ms, archived) VALUES ($1, $2, $3, $4, $5) \
                     ON CONFLICT (pair, contact, counterparty) DO NOTHING",
                )
                .bind(&self.pair)
                .bind(contact)
                .bind(&counterparty.id)
                .bind(counterparty.created.as_millisecond())
                .bind(i64::from(counterparty.archived))
                .execute(&mut *transaction)
                .await
                .map_err(failed(doing))?;
            }
        }
        if let Some(to) = read_to {
            self.advance_in(&mut transaction, Cursor::Counterparties, to).await?;
        }
        Self::commit(transaction).await
    }

    /// Counterparties with this contact: those in use before archived ones, the oldest first.
    pub(crate) async fn with_contact(&self, contact: &str, archived_too: bool) -> Result<Vec<String>> {
        let doing = "cannot look up a contact";
        let rows = sqlx::query(
            "SELECT counterparty FROM contacts WHERE pair = $1 AND contact = $2 AND archived <= $3 \
             ORDER BY archived, created_ms, counterparty",
        )
        .bind(&self.pair)
        .bind(contact)
        .bind(i64::from(archived_too))
        .fetch_all(&self.pool)
        .await
        .map_err(failed(doing))?;
        rows.iter().map(|row| row.try_get(0).map_err(failed(doing))).collect()
    }
}
