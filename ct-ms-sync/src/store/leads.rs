//! Leads and how far each is: waiting for its order, carried, or left out by a rule.

use std::collections::BTreeMap;

use jiff::Timestamp;
use sqlx::{Any, Row, Transaction};

use super::{Ledger, failed, moment, read_json, write_json};
use crate::error::{Error, Result};
use crate::explanation::What;
use crate::lead::{Lead, LeadKey, LeadKind, LeftOut};
use crate::report::Step;

/// Leads that are worked on in one go; as many as one bulk request takes.
const PORTION: i64 = 1000;
/// How many digits of a place in the order of work tell its moment.
const MS_DIGITS: usize = 15;
/// After every place in the order of work, until the year 30 000 or so.
const AFTER_ALL: &str = "9";

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

/// Where a portion of leads ended, and the next one begins.
#[derive(Clone, Debug, Default)]
pub(crate) struct Place {
    work_order: String,
    lead: String,
}

/// How far the ledger says a lead is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LeadRow {
    pub(crate) stage: LeadStage,
    pub(crate) counterparty: Option<String>,
    /// Fingerprint of the configuration.
    pub(crate) config: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LeadStage {
    Waiting,
    /// It has its order.
    Carried,
    LeftOut(LeftOut),
}

impl LeadStage {
    fn read(stage: &str, rule: Option<&str>) -> Result<Self> {
        let damaged = || Error::store_text("the stage of a lead is damaged");
        match (stage, rule) {
            ("waiting", _) => Ok(Self::Waiting),
            ("carried", _) => Ok(Self::Carried),
            ("left_out", Some(rule)) => LeftOut::read(rule).map(Self::LeftOut).ok_or_else(damaged),
            _ => Err(damaged()),
        }
    }
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
            self.judge_in(&mut transaction, lead, *rule).await?;
        }
        Self::commit(transaction).await?;
        Ok(noted)
    }

    /// Writes down what the configuration of now makes of a lead.
    async fn judge_in(
        &self,
        transaction: &mut Transaction<'_, Any>,
        lead: &Lead,
        rule: Option<LeftOut>,
    ) -> Result<()> {
        let (stage, body) = if rule.is_some() {
            ("left_out", None)
        } else {
            ("waiting", Some(write_json("a lead", lead)?))
        };
        sqlx::query(
            "INSERT INTO leads (pair, lead, stage, left_out_by, body, work_order, config) VALUES ($1, $2, $3, $4, $5, $6, $7) \
             ON CONFLICT (pair, lead) DO UPDATE SET stage = excluded.stage, left_out_by = excluded.left_out_by, body = excluded.body, \
             counterparty = NULL, work_order = excluded.work_order, config = excluded.config",
        )
        .bind(&self.pair)
        .bind(lead.key.to_string())
        .bind(stage)
        .bind(rule.map(LeftOut::setting))
        .bind(body)
        .bind(work_order(lead))
        .bind(&*self.stamp.config)
        .execute(&mut **transaction)
        .await
        .map_err(failed("cannot write down a lead"))?;
        if let Some(rule) = rule {
            self.drop_letters_in(transaction, lead.key).await?;
            let what = What::LeftOut;
            return self
                .tell_in(transaction, lead.key, what, rule.setting())
                .await;
        }
        let detail = format!("{} of {}", lead.key.kind().as_str(), lead.at);
        self.tell_in(transaction, lead.key, What::Noted, &detail)
            .await
    }

    /// Judges leads that wait since another configuration was in force by that of now.
    ///
    /// So a lead is chosen, matched and ordered under one configuration, whichever it was noted
    /// under. One whose order may have been sent stays with the configuration of that order.
    pub(crate) async fn judge_waiting_again(
        &self,
        judge: impl Fn(&Lead) -> Option<LeftOut> + Send + Sync,
    ) -> Result<()> {
        let doing = "cannot read the waiting leads";
        loop {
            let rows = sqlx::query(
                "SELECT body FROM leads WHERE pair = $1 AND stage = 'waiting' AND config <> $2 AND own_order = 0 LIMIT $3",
            )
            .bind(&self.pair)
            .bind(&*self.stamp.config)
            .bind(PORTION)
            .fetch_all(&self.pool)
            .await
            .map_err(failed(doing))?;
            if rows.is_empty() {
                return Ok(());
            }
            let mut transaction = self.begin().await?;
            for row in &rows {
                let body: Option<String> = row.try_get(0).map_err(failed(doing))?;
                let lead: Lead = read_json("a waiting lead", &body.unwrap_or_default())?;
                let rule = judge(&lead);
                self.judge_in(&mut transaction, &lead, rule).await?;
            }
            Self::commit(transaction).await?;
        }
    }

    /// The next leads, in the order of work, that wait for this step and may be tried now.
    ///
    /// A lead waits for its counterparty until it has one, and for its order after that. Those that
    /// come after the place `until` are left for later.
    pub(crate) async fn next_waiting(
        &self,
        step: Step,
        now: Timestamp,
        place: &mut Place,
        until: Option<&Place>,
    ) -> Result<Vec<Waiting>> {
        let doing = "cannot read the waiting leads";
        let has_counterparty = if step == Step::Counterparty {
            "counterparty IS NULL"
        } else {
            "counterparty IS NOT NULL"
        };
        let text = format!(
            "SELECT body, counterparty, work_order, lead FROM leads \
             WHERE pair = $1 AND stage = 'waiting' AND {has_counterparty} AND (work_order, lead) > ($2, $3) \
             AND (work_order, lead) <= ($4, $5) \
             AND NOT EXISTS (SELECT 1 FROM dead_letters WHERE dead_letters.pair = leads.pair \
             AND dead_letters.lead = leads.lead AND dead_letters.step = $6 AND dead_letters.next_try_ms > $7) \
             ORDER BY work_order, lead LIMIT $8"
        );
        let (last_order, last_lead) =
            until.map_or((AFTER_ALL, ""), |until| (&*until.work_order, &*until.lead));
        let rows = sqlx::query(sqlx::AssertSqlSafe(text))
            .bind(&self.pair)
            .bind(&place.work_order)
            .bind(&place.lead)
            .bind(last_order)
            .bind(last_lead)
            .bind(step.as_str())
            .bind(now.as_millisecond())
            .bind(PORTION)
            .fetch_all(&self.pool)
            .await
            .map_err(failed(doing))?;
        if let Some(last) = rows.last() {
            *place = Place {
                work_order: last.try_get(2).map_err(failed(doing))?,
                lead: last.try_get(3).map_err(failed(doing))?,
            };
        }
        rows.iter()
            .map(|row| {
                let body: Option<String> = row.try_get(0).map_err(failed(doing))?;
                Ok(Waiting {
                    lead: read_json("a waiting lead", &body.unwrap_or_default())?,
                    counterparty: row.try_get(1).map_err(failed(doing))?,
                })
            })
            .collect()
    }

    /// The moment of the last lead that waits and may be tried now.
    pub(crate) async fn last_waiting(&self, now: Timestamp) -> Result<Option<Timestamp>> {
        let doing = "cannot read the waiting leads";
        let row = sqlx::query(
            "SELECT work_order FROM leads WHERE pair = $1 AND stage = 'waiting' \
             AND NOT EXISTS (SELECT 1 FROM dead_letters WHERE dead_letters.pair = leads.pair \
             AND dead_letters.lead = leads.lead AND dead_letters.next_try_ms > $2) \
             ORDER BY work_order DESC LIMIT 1",
        )
        .bind(&self.pair)
        .bind(now.as_millisecond())
        .fetch_optional(&self.pool)
        .await
        .map_err(failed(doing))?;
        let Some(row) = row else {
            return Ok(None);
        };
        let place: String = row.try_get(0).map_err(failed(doing))?;
        let ms = place.get(..MS_DIGITS).and_then(|ms| ms.parse().ok());
        ms.map(moment).transpose()
    }

    /// How far a lead is; nothing when it was never noted.
    pub(crate) async fn lead(&self, lead: LeadKey) -> Result<Option<LeadRow>> {
        let doing = "cannot read a lead";
        let row = sqlx::query(
            "SELECT stage, left_out_by, counterparty, config FROM leads WHERE pair = $1 AND lead = $2",
        )
        .bind(&self.pair)
        .bind(lead.to_string())
        .fetch_optional(&self.pool)
        .await
        .map_err(failed(doing))?;
        row.map(|row| {
            let stage: String = row.try_get(0).map_err(failed(doing))?;
            let rule: Option<String> = row.try_get(1).map_err(failed(doing))?;
            Ok(LeadRow {
                stage: LeadStage::read(&stage, rule.as_deref())?,
                counterparty: row.try_get(2).map_err(failed(doing))?,
                config: row.try_get(3).map_err(failed(doing))?,
            })
        })
        .transpose()
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
            self.tell_in(&mut transaction, *lead, What::Counterparty, counterparty)
                .await?;
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
            self.tell_in(
                &mut transaction,
                *lead,
                What::CounterpartyGone,
                counterparty,
            )
            .await?;
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

/// Sorts as the order of work does, by any collation: digits of one length.
fn work_order(lead: &Lead) -> String {
    let ms = lead.at.as_millisecond().max(0);
    let kind = match lead.key.kind() {
        LeadKind::Call => 0,
        LeadKind::Request => 1,
    };
    format!("{ms:0MS_DIGITS$}{kind}{:020}", lead.key.id())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use jiff::Timestamp;

    use super::*;
    use crate::lead::Marks;
    use crate::store::{Failure, Said, Store};

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

    /// Every lead that waits for its counterparty.
    async fn waiting(ledger: &Ledger) -> Vec<Lead> {
        let mut place = Place::default();
        let mut all = Vec::new();
        loop {
            let now = Timestamp::from_second(1000).unwrap();
            let portion = ledger.next_waiting(Step::Counterparty, now, &mut place, None);
            let portion = portion.await.unwrap();
            if portion.is_empty() {
                return all;
            }
            all.extend(portion.into_iter().map(|waiting| waiting.lead));
        }
    }

    async fn ledger() -> Ledger {
        Store::for_test().await.ledger("pair")
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
        assert_eq!(waiting(&ledger).await.len(), 1);
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
        assert_eq!(waiting(&ledger).await, [lead(1, 10)]);
    }

    #[tokio::test]
    async fn leads_wait_in_the_order_of_their_time() {
        let ledger = ledger().await;
        let page: Vec<_> = [(3, 30), (1, 30), (2, 20)]
            .map(|(id, second)| (lead(id, second), None))
            .into();
        ledger.note_leads(&page).await.unwrap();

        let waiting = waiting(&ledger).await;

        let ids: Vec<u64> = waiting.iter().map(|lead| lead.key.id()).collect();
        assert_eq!(ids, [2, 1, 3]);
    }

    #[tokio::test]
    async fn every_waiting_lead_comes_once_though_portions_are_small() {
        let ledger = ledger().await;
        let page: Vec<_> = (0..2500).map(|id| (lead(id, 10), None)).collect();
        ledger.note_leads(&page).await.unwrap();

        let waiting = waiting(&ledger).await;

        let ids: Vec<u64> = waiting.iter().map(|lead| lead.key.id()).collect();
        assert_eq!(ids, (0..2500).collect::<Vec<_>>());
    }

    #[tokio::test]
    async fn a_lead_that_rests_waits_for_the_end_of_its_pause() {
        let ledger = ledger().await;
        ledger
            .note_leads(&[(lead(1, 10), None), (lead(2, 20), None)])
            .await
            .unwrap();
        let failure = |refused| Failure {
            lead: LeadKey::call(7, 1),
            step: Step::Counterparty,
            reason: "no".into(),
            refused,
            said: Said::default(),
        };
        let now = Timestamp::from_second(1000).unwrap();
        ledger.bury(&[failure(true)], now).await.unwrap();

        assert_eq!(waiting(&ledger).await, [lead(2, 20)]);
        ledger.bury(&[failure(false)], now).await.unwrap();
        assert_eq!(waiting(&ledger).await.len(), 2);
    }

    #[tokio::test]
    async fn a_portion_ends_at_the_place_that_is_given() {
        let store = Store::open("sqlite::memory:").await.unwrap();
        let ledger = store.ledger("one");
        let leads: Vec<_> = [(1, 10), (2, 20), (3, 30)]
            .map(|(id, second)| (lead(id, second), None))
            .to_vec();
        ledger.note_leads(&leads).await.unwrap();
        let found: Vec<_> = (1..=3)
            .map(|n| (LeadKey::call(7, n), "anna".to_owned()))
            .collect();
        let now = Timestamp::from_second(1000).unwrap();
        let mut settled = Place::default();
        let step = Step::Counterparty;
        let two = &leads[..2];
        ledger.keep_counterparties(&found[2..]).await.unwrap();
        let first = ledger
            .next_waiting(step, now, &mut settled, None)
            .await
            .unwrap();
        assert_eq!(first.len(), two.len());
        ledger.keep_counterparties(&found[..2]).await.unwrap();

        let mut place = Place::default();
        let until = ledger
            .next_waiting(Step::Order, now, &mut place, Some(&settled))
            .await
            .unwrap();
        let rest = ledger
            .next_waiting(Step::Order, now, &mut place, None)
            .await
            .unwrap();

        let keys = |portion: Vec<Waiting>| {
            portion
                .iter()
                .map(|one| one.lead.key.id())
                .collect::<Vec<_>>()
        };
        assert_eq!((keys(until), keys(rest)), (vec![1, 2], vec![3]));
        assert_eq!(ledger.last_waiting(now).await.unwrap(), Some(leads[2].0.at));
    }

    #[tokio::test]
    async fn a_lead_that_waits_is_judged_by_the_configuration_that_will_carry_it() {
        let store = Store::for_test().await;
        let stamped = |config| store.ledger("pair").stamped(Timestamp::now, config);
        let (before, after) = (stamped("before"), stamped("after"));
        before
            .note_leads(&[(lead(1, 10), None), (lead(2, 20), None)])
            .await
            .unwrap();
        let key = LeadKey::call(7, 2);
        before
            .keep_counterparties(&[(key, "someone".into())])
            .await
            .unwrap();

        let rule = |lead: &Lead| (lead.key.id() == 1).then_some(LeftOut::MinDuration);
        after.judge_waiting_again(rule).await.unwrap();

        let stage = after
            .lead(LeadKey::call(7, 1))
            .await
            .unwrap()
            .unwrap()
            .stage;
        assert_eq!(stage, LeadStage::LeftOut(LeftOut::MinDuration));
        let row = after.lead(key).await.unwrap().unwrap();
        let expected = LeadRow {
            stage: LeadStage::Waiting,
            counterparty: None,
            config: "after".into(),
        };
        assert_eq!(row, expected);
        after
            .judge_waiting_again(|_| panic!("judged twice"))
            .await
            .unwrap();
    }

    #[tokio::test]
    async fn two_pairs_in_one_store_do_not_see_each_other() {
        let store = Store::for_test().await;
        store
            .ledger("one")
            .note_leads(&[(lead(1, 10), None)])
            .await
            .unwrap();

        assert!(waiting(&store.ledger("other")).await.is_empty());
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
