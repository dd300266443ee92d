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
    pub(crate) async fn keep_contacts(
        &self,
        known: &[KnownCounterparty],
        read_to: Option<Timestamp>,
    ) -> Result<()> {
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
            self.advance_in(&mut transaction, Cursor::Counterparties, to)
                .await?;
        }
        Self::commit(transaction).await
    }

    /// Counterparties with this contact: those in use before archived ones, the oldest first.
    pub(crate) async fn with_contact(
        &self,
        contact: &str,
        archived_too: bool,
    ) -> Result<Vec<String>> {
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
        rows.iter()
            .map(|row| row.try_get(0).map_err(failed(doing)))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;

    fn known(id: &str, second: i64, archived: bool, contacts: &[&str]) -> KnownCounterparty {
        KnownCounterparty {
            id: id.into(),
            created: Timestamp::from_second(second).unwrap(),
            archived,
            contacts: contacts.iter().map(|&contact| contact.into()).collect(),
        }
    }

    async fn ledger() -> Ledger {
        Store::open("sqlite::memory:").await.unwrap().ledger("pair")
    }

    #[tokio::test]
    async fn of_several_counterparties_the_oldest_in_use_comes_first() {
        let ledger = ledger().await;
        let all = [
            known("young", 30, false, &["+7915"]),
            known("old", 20, false, &["+7915"]),
            known("archived", 10, true, &["+7915"]),
        ];
        ledger.keep_contacts(&all, None).await.unwrap();

        assert_eq!(
            ledger.with_contact("+7915", false).await.unwrap(),
            ["old", "young"]
        );
        assert_eq!(
            ledger.with_contact("+7915", true).await.unwrap(),
            ["old", "young", "archived"]
        );
    }

    #[tokio::test]
    async fn a_contact_that_was_taken_off_leads_nowhere() {
        let ledger = ledger().await;
        ledger
            .keep_contacts(&[known("one", 10, false, &["+7915", "a@b.example"])], None)
            .await
            .unwrap();

        ledger
            .keep_contacts(&[known("one", 10, false, &["+7926"])], None)
            .await
            .unwrap();

        assert!(ledger.with_contact("+7915", true).await.unwrap().is_empty());
        assert!(
            ledger
                .with_contact("a@b.example", true)
                .await
                .unwrap()
                .is_empty()
        );
        assert_eq!(ledger.with_contact("+7926", true).await.unwrap(), ["one"]);
    }
}
