//! Leads and how far each is: waiting for its order, carried, or left out by a rule.

use std::collections::BTreeMap;

use sqlx::Row;

use super::{Ledger, failed, read_json, write_json};
use crate::error::Result;
use crate::lead::{Lead, LeadKey, LeftOut};

/// How a page of leads changed the ledger.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Noted {
    pub(crate) new: u64,
    /// How many of the new ones each rule left out.
    pub(crate) left_out: BTreeMap<LeftOut, u64>,
}

/// A lead that is not carried yet.
#[derive(Clone, Debug)]
pub(crate) struct Waiting {
    pub(crate) lead: Lead,
    /// Its counterparty, when that was found or made before.
    pub(crate) counterparty: Option<String>,
}

impl Ledger {
    /// Writes down a page of leads.
    ///
    /// A lead that was left out before is looked at again, since Calltouch adds tags and marks
    /// after the call; one that waits or is carried stays as it is.
    pub(crate) async fn note_leads(&self, leads: &[(Lead, Option<LeftOut>)]) -> Result<Noted> {
        let doing = "cannot write down a lead";
        let mut noted = Noted::default();
        let mut transaction = self.begin().await?;
        for (lead, rule) in leads {
            let stage: Option<String> =
                sqlx::query("SELECT stage FROM leads WHERE pair = $1 AND lead = $2")
                    .bind(&self.pair)
                    .bind(lead.key.to_string())
                    .fetch_optional(&mut *transaction)
                    .await
                    .and_then(|row| row.map(|row| row.try_get(0)).transpose())
                    .map_err(failed(doing))?;
            match (stage.as_deref(), rule) {
                (None, _) | (Some("left_out"), None) => noted.new += 1,
                _ => continue,
            }
            if let Some(rule) = rule {
                *noted.left_out.entry(*rule).or_default() += 1;
            }
            let (stage, body) = if rule.is_some() {
                ("left_out", None)
            } else {
                ("waiting", Some(write_json("a lead", lead)?))
            };
            sqlx::query(
                "INSERT INTO leads (pair, lead, stage, left_out_by, body) VALUES ($1, $2, $3, $4, $5) \
                 ON CONFLICT (pair, lead) DO UPDATE SET stage = excluded.stage, left_out_by = excluded.left_out_by, body = excluded.body",
            )
            .bind(&self.pair)
            .bind(lead.key.to_string())
            .bind(stage)
            .bind(rule.map(LeftOut::setting))
            .bind(body)
            .execute(&mut *transaction)
            .await
            .map_err(failed(doing))?;
        }
        Self::commit(transaction).await?;
        Ok(noted)
    }

    /// Every lead that still has no order, in the order of work.
    pub(crate) async fn waiting_leads(&self) -> Result<Vec<Waiting>> {
        let doing = "cannot read the waiting leads";
        let rows = sqlx::query(
            "SELECT body, counterparty FROM leads WHERE pair = $1 AND stage = 'waiting'",
        )
        .bind(&self.pair)
        .fetch_all(&self.pool)
        .await
        .map_err(failed(doing))?;
        let mut leads = rows
            .iter()
            .map(|row| {
                let body: Option<String> = row.try_get(0).map_err(failed(doing))?;
                Ok(Waiting {
                    lead: read_json("a waiting lead", &body.unwrap_or_default())?,
                    counterparty: row.try_get(1).map_err(failed(doing))?,
                })
            })
            .collect::<Result<Vec<_>>>()?;
        leads.sort_by_cached_key(|waiting| waiting.lead.order_of_work());
        Ok(leads)
    }

    /// Remembers which counterparty each lead belongs to.
    pub(crate) async fn keep_counterparties(&self, found: &[(LeadKey, String)]) -> Result<()> {
        let mut transaction = self.begin().await?;
        for (lead, counterparty) in found {
            sqlx::query("UPDATE leads SET counterparty = $3 WHERE pair = $1 AND lead = $2")
                .bind(&self.pair)
                .bind(lead.to_string())
                .bind(counterparty)
                .execute(&mut *transaction)
                .await
                .map_err(failed("cannot remember a counterparty"))?;
        }
        Self::commit(transaction).await
    }

    /// Forgets counterparties that are gone, and which leads were meant for them.
    pub(crate) async fn forget_counterparties(&self, gone: &[(LeadKey, String)]) -> Result<()> {
        let doing = "cannot forget a counterparty";
        let mut transaction = self.begin().await?;
        for (lead, counterparty) in gone {
            sqlx::query("UPDATE leads SET counterparty = NULL WHERE pair = $1 AND lead = $2")
                .bind(&self.pair)
                .bind(lead.to_string())
                .execute(&mut *transaction)
                .await
                .map_err(failed(doing))?;
            sqlx::query("DELETE FROM contacts WHERE pair = $1 AND counterparty = $2")
                .bind(&self.pair)
                .bind(counterparty)
                .execute(&mut *transaction)
                .await
                .map_err(failed(doing))?;
        }
        Self::commit(transaction).await
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use jiff::Timestamp;

    use super::*;
    use crate::lead::Marks;
    use crate::store::Store;

    fn lead(id: u64, second: i64) -> Lead {
        Lead {
            key: LeadKey::call(7, id),
            at: Timestamp::from_second(second).unwrap(),
            phones: Vec::new(),
            emails: Vec::new(),
            name: None,
            phone_text: None,
            email_text: None,
            source_fields: BTreeMap::new(),
            marks: Marks::default(),
        }
    }

    async fn ledger() -> Ledger {
        Store::open("sqlite::memory:").await.unwrap().ledger("pair")
    }

    #[tokio::test]
    async fn a_lead_read_twice_is_new_once() {
        let ledger = ledger().await;
        let page = [(lead(1, 10), None), (lead(2, 20), Some(LeftOut::Select))];

        let first = ledger.note_leads(&page).await.unwrap();
        let second = ledger.note_leads(&page).await.unwrap();

        assert_eq!(
            (first.new, first.left_out),
            (2, BTreeMap::from([(LeftOut::Select, 1)]))
        );
        assert_eq!(second, Noted::default());
        assert_eq!(ledger.waiting_leads().await.unwrap().len(), 1);
    }

    #[tokio::test]
    async fn a_lead_that_becomes_a_target_later_is_carried() {
        let ledger = ledger().await;
        ledger
            .note_leads(&[(lead(1, 10), Some(LeftOut::Select))])
            .await
            .unwrap();

        let noted = ledger.note_leads(&[(lead(1, 10), None)]).await.unwrap();

        assert_eq!(noted.new, 1);
        assert_eq!(ledger.waiting_leads().await.unwrap()[0].lead, lead(1, 10));
    }

    #[tokio::test]
    async fn leads_wait_in_the_order_of_their_time() {
        let ledger = ledger().await;
        let page: Vec<_> = [(3, 30), (1, 30), (2, 20)]
            .map(|(id, second)| (lead(id, second), None))
            .into();
        ledger.note_leads(&page).await.unwrap();

        let waiting = ledger.waiting_leads().await.unwrap();

        assert_eq!(
            waiting
                .iter()
                .map(|waiting| waiting.lead.key.id())
                .collect::<Vec<_>>(),
            [2, 1, 3]
        );
    }

    #[tokio::test]
    async fn two_pairs_in_one_store_do_not_see_each_other() {
        let store = Store::open("sqlite::memory:").await.unwrap();
        store
            .ledger("one")
            .note_leads(&[(lead(1, 10), None)])
            .await
            .unwrap();

        assert!(
            store
                .ledger("other")
                .waiting_leads()
                .await
                .unwrap()
                .is_empty()
        );
        assert_eq!(
            store
                .ledger("other")
                .note_leads(&[(lead(1, 10), None)])
                .await
                .unwrap()
                .new,
            1
        );
    }
}
