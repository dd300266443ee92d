//! Contacts of known counterparties, so that a lead is matched without a request.

use jiff::Timestamp;
use sqlx::Row;
use sqlx::any::AnyRow;

use super::{Cursor, Ledger, failed};
use crate::error::Result;

/// A counterparty (контрагент) and every contact that leads to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct KnownCounterparty {
    pub(crate) id: String,
    pub(crate) created: Timestamp,
    pub(crate) archived: bool,
    /// Whether its own phone is filled in.
    pub(crate) has_phone: bool,
    /// Whether its own e-mail is filled in.
    pub(crate) has_email: bool,
    /// Phones and e-mails, its own and those of its contact persons, in one spelling.
    pub(crate) contacts: Vec<String>,
}

/// A counterparty that a contact leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ContactOwner {
    pub(crate) id: String,
    /// Whether its own phone is filled in.
    pub(crate) has_phone: bool,
    /// Whether its own e-mail is filled in.
    pub(crate) has_email: bool,
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
                    "INSERT INTO contacts (pair, contact, counterparty, created_ms, archived, has_phone, has_email) VALUES ($1, $2, $3, $4, $5, $6, $7) \
                     ON CONFLICT (pair, contact, counterparty) DO NOTHING",
                )
                .bind(&self.pair)
                .bind(contact)
                .bind(&counterparty.id)
                .bind(counterparty.created.as_millisecond())
                .bind(i64::from(counterparty.archived))
                .bind(i64::from(counterparty.has_phone))
                .bind(i64::from(counterparty.has_email))
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
    ) -> Result<Vec<ContactOwner>> {
        let doing = "cannot look up a contact";
        let flag = |row: &AnyRow, at: usize| -> Result<bool> {
            let value: i64 = row.try_get(at).map_err(failed(doing))?;
            Ok(value != 0)
        };
        let rows = sqlx::query(
            "SELECT counterparty, has_phone, has_email FROM contacts WHERE pair = $1 AND contact = $2 AND archived <= $3 \
             ORDER BY archived, created_ms, counterparty",
        )
        .bind(&self.pair)
        .bind(contact)
        .bind(i64::from(archived_too))
        .fetch_all(&self.pool)
        .await
        .map_err(failed(doing))?;
        rows.iter()
            .map(|row| {
                Ok(ContactOwner {
                    id: row.try_get(0).map_err(failed(doing))?,
                    has_phone: flag(row, 1)?,
                    has_email: flag(row, 2)?,
                })
            })
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
            has_phone: contacts.iter().any(|contact| contact.starts_with('+')),
            has_email: contacts.iter().any(|contact| contact.contains('@')),
            contacts: contacts.iter().map(|&contact| contact.into()).collect(),
        }
    }

    async fn ids(ledger: &Ledger, contact: &str, archived_too: bool) -> Vec<String> {
        let owners = ledger.with_contact(contact, archived_too).await.unwrap();
        owners.into_iter().map(|owner| owner.id).collect()
    }

    async fn ledger() -> Ledger {
        Store::for_test().await.ledger("pair")
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

        assert_eq!(ids(&ledger, "+7915", false).await, ["old", "young"]);
        assert_eq!(
            ids(&ledger, "+7915", true).await,
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
        assert_eq!(ids(&ledger, "+7926", true).await, ["one"]);
    }

    #[tokio::test]
    async fn it_is_known_which_contact_a_counterparty_lacks() {
        let ledger = ledger().await;
        ledger
            .keep_contacts(&[known("one", 10, false, &["+7915"])], None)
            .await
            .unwrap();

        let owners = ledger.with_contact("+7915", false).await.unwrap();

        assert_eq!((owners[0].has_phone, owners[0].has_email), (true, false));
    }
}
