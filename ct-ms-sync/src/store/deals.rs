//! Deals: the order of each lead as last seen, and what its deal was last told.

use std::collections::BTreeSet;

use jiff::Timestamp;
use moysklad_api::Id;
use moysklad_api::customer_order::CustomerOrder;
use sqlx::any::AnyRow;
use sqlx::{Any, Row, Transaction};

use super::{Cursor, Ledger, SeenPayment, failed, moment, read_json, write_json};
use crate::error::{Error, Result};
use crate::explanation::What;
use crate::lead::LeadKey;
use crate::mapping::{DealContent, OrderSnapshot};

/// How far the deal of a lead is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DealStage {
    /// Nothing has been sent.
    Due,
    /// It is being sent, or was when the sync stopped: whether it exists is not known.
    Intent,
    /// It exists.
    Made,
}

impl DealStage {
    fn word(self) -> &'static str {
        match self {
            Self::Due => "due",
            Self::Intent => "intent",
            Self::Made => "made",
        }
    }

    fn read(word: &str) -> Result<Self> {
        [Self::Due, Self::Intent, Self::Made]
            .into_iter()
            .find(|stage| stage.word() == word)
            .ok_or_else(|| Error::store_text("the stage of a deal is damaged"))
    }
}

/// A lead that has its order, and the deal that goes with it.
#[derive(Clone, Debug)]
pub(crate) struct DealRow {
    pub(crate) lead: LeadKey,
    pub(crate) at: Timestamp,
    pub(crate) stage: DealStage,
    pub(crate) seen: OrderSnapshot,
    pub(crate) told: Option<DealContent>,
}

impl Ledger {
    /// Writes down the orders made from leads; their deals are due from now on.
    ///
    /// Changes of orders and payments are watched from `watch_from` on, unless they are already.
    pub(crate) async fn orders_made(
        &self,
        made: &[(LeadKey, Timestamp, OrderSnapshot)],
        watch_from: Option<Timestamp>,
    ) -> Result<()> {
        let doing = "cannot write down an order";
        let mut transaction = self.begin().await?;
        for (lead, at, order) in made {
            sqlx::query(
                "INSERT INTO deals (pair, lead, lead_ms, order_id, stage, seen, changed, checked_ms) VALUES ($1, $2, $3, $4, 'due', $5, 0, $6) \
                 ON CONFLICT (pair, lead) DO NOTHING",
            )
            .bind(&self.pair)
            .bind(lead.to_string())
            .bind(at.as_millisecond())
            .bind(order.id.to_string())
            .bind(write_json("an order", order)?)
            .bind(order.updated.as_millisecond())
            .execute(&mut *transaction)
            .await
            .map_err(failed(doing))?;
            // What the person said and who they are is kept no longer than it is needed.
            sqlx::query(
                "UPDATE leads SET stage = 'carried', body = NULL WHERE pair = $1 AND lead = $2",
            )
            .bind(&self.pair)
            .bind(lead.to_string())
            .execute(&mut *transaction)
            .await
            .map_err(failed(doing))?;
            let id = order.id.to_string();
            self.tell_in(&mut transaction, *lead, What::Order, &id)
                .await?;
        }
        if let Some(from) = watch_from {
            for cursor in [Cursor::Orders, Cursor::PaymentsIn, Cursor::CashIns] {
                sqlx::query("INSERT INTO cursors (pair, name, at_ms) VALUES ($1, $2, $3) ON CONFLICT (pair, name) DO NOTHING")
                    .bind(&self.pair)
                    .bind(cursor.name())
                    .bind(from.as_millisecond())
                    .execute(&mut *transaction)
                    .await
                    .map_err(failed(doing))?;
            }
        }
        Self::commit(transaction).await
    }

    /// Deals that are due, or whose making ended unclear.
    pub(crate) async fn deals_to_make(&self) -> Result<Vec<DealRow>> {
        self.deals("AND stage <> 'made'").await
    }

    /// Deals that exist and whose order says something else than they were told.
    pub(crate) async fn deals_to_update(&self) -> Result<Vec<DealRow>> {
        self.deals("AND stage = 'made' AND changed = 1").await
    }

    /// Every deal that exists.
    pub(crate) async fn deals_made_before(&self) -> Result<Vec<DealRow>> {
        self.deals("AND stage = 'made'").await
    }

    async fn deals(&self, which: &'static str) -> Result<Vec<DealRow>> {
        let doing = "cannot read the deals";
        let text = format!(
            "SELECT lead, lead_ms, stage, seen, told FROM deals WHERE pair = $1 {which} ORDER BY lead_ms, lead"
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(text))
            .bind(&self.pair)
            .fetch_all(&self.pool)
            .await
            .map_err(failed(doing))?;
        rows.iter().map(deal_row).collect()
    }

    /// The deal of a lead, once the lead has its order.
    pub(crate) async fn deal(&self, lead: LeadKey) -> Result<Option<DealRow>> {
        let row = sqlx::query(
            "SELECT lead, lead_ms, stage, seen, told FROM deals WHERE pair = $1 AND lead = $2",
        )
        .bind(&self.pair)
        .bind(lead.to_string())
        .fetch_optional(&self.pool)
        .await
        .map_err(failed("cannot read a deal"))?;
        row.as_ref().map(deal_row).transpose()
    }

    /// Every lead whose order is one of these.
    pub(crate) async fn deals_of_orders(
        &self,
        orders: impl Iterator<Item = &str>,
    ) -> Result<Vec<DealRow>> {
        let doing = "cannot look up an order";
        let mut found = Vec::new();
        for order in orders {
            let rows = sqlx::query("SELECT lead, lead_ms, stage, seen, told FROM deals WHERE pair = $1 AND order_id = $2")
                .bind(&self.pair)
                .bind(order)
                .fetch_all(&self.pool)
                .await
                .map_err(failed(doing))?;
            for row in &rows {
                found.push(deal_row(row)?);
            }
        }
        Ok(found)
    }

    /// Moves deals to a stage.
    pub(crate) async fn set_stage(
        &self,
        leads: impl Iterator<Item = LeadKey>,
        stage: DealStage,
    ) -> Result<()> {
        let mut transaction = self.begin().await?;
        for lead in leads {
            sqlx::query("UPDATE deals SET stage = $3 WHERE pair = $1 AND lead = $2")
                .bind(&self.pair)
                .bind(lead.to_string())
                .bind(stage.word())
                .execute(&mut *transaction)
                .await
                .map_err(failed("cannot write down a deal"))?;
        }
        Self::commit(transaction).await
    }

    /// Writes down deals that exist, with what they say; `None` when that is not known, so that
    /// the next update tells them.
    pub(crate) async fn deals_made(&self, made: &[(LeadKey, Option<DealContent>)]) -> Result<()> {
        self.told("UPDATE deals SET stage = 'made', told = $3, changed = $4 WHERE pair = $1 AND lead = $2", made, What::Deal).await
    }

    /// Writes down what deals were told.
    pub(crate) async fn deals_told(&self, told: &[(LeadKey, Option<DealContent>)]) -> Result<()> {
        self.told(
            "UPDATE deals SET told = $3, changed = $4 WHERE pair = $1 AND lead = $2",
            told,
            What::DealUpdate,
        )
        .await
    }

    async fn told(
        &self,
        statement: &'static str,
        told: &[(LeadKey, Option<DealContent>)],
        what: What,
    ) -> Result<()> {
        let mut transaction = self.begin().await?;
        for (lead, content) in told {
            sqlx::query(statement)
                .bind(&self.pair)
                .bind(lead.to_string())
                .bind(
                    content
                        .as_ref()
                        .map(|content| write_json("a deal", content))
                        .transpose()?,
                )
                .bind(i64::from(content.is_none()))
                .execute(&mut *transaction)
                .await
                .map_err(failed("cannot write down a deal"))?;
            let detail = content.as_ref().map_or_else(
                || "what it says is not known".to_owned(),
                DealContent::to_string,
            );
            self.tell_in(&mut transaction, *lead, what, &detail).await?;
        }
        Self::commit(transaction).await
    }

    /// Writes down orders as they are now, the payments that were looked at, and how far the
    /// reading is, all or nothing.
    ///
    /// With each order stands whether its deal has to be told.
    pub(crate) async fn orders_seen(
        &self,
        seen: &[(LeadKey, OrderSnapshot, bool)],
        payments: &[SeenPayment],
        read_to: Option<(Cursor, Timestamp)>,
    ) -> Result<()> {
        let mut transaction = self.begin().await?;
        for (lead, order, changed) in seen {
            sqlx::query("UPDATE deals SET seen = $3, changed = $4 WHERE pair = $1 AND lead = $2")
                .bind(&self.pair)
                .bind(lead.to_string())
                .bind(write_json("an order", order)?)
                .bind(i64::from(*changed))
                .execute(&mut *transaction)
                .await
                .map_err(failed("cannot write down a changed order"))?;
        }
        self.payments_seen_in(&mut transaction, payments).await?;
        self.read_to_in(&mut transaction, read_to).await?;
        Self::commit(transaction).await
    }

    /// So many of the orders that were last looked at before a moment, longest ago first.
    pub(crate) async fn orders_to_check(
        &self,
        before: Timestamp,
        most: u32,
    ) -> Result<BTreeSet<Id<CustomerOrder>>> {
        let doing = "cannot read which orders to look at";
        let rows = sqlx::query(
            "SELECT order_id FROM deals WHERE pair = $1 AND checked_ms < $2 ORDER BY checked_ms, lead LIMIT $3",
        )
        .bind(&self.pair)
        .bind(before.as_millisecond())
        .bind(i64::from(most))
        .fetch_all(&self.pool)
        .await
        .map_err(failed(doing))?;
        rows.iter()
            .map(|row| {
                let id: String = row.try_get(0).map_err(failed(doing))?;
                id.parse()
                    .map_err(|_| Error::store_text("the order of a lead is damaged"))
            })
            .collect()
    }

    /// Writes down that these orders have been looked at.
    pub(crate) async fn orders_checked(
        &self,
        orders: &[Id<CustomerOrder>],
        now: Timestamp,
    ) -> Result<()> {
        let mut transaction = self.begin().await?;
        for order in orders {
            sqlx::query("UPDATE deals SET checked_ms = $3 WHERE pair = $1 AND order_id = $2")
                .bind(&self.pair)
                .bind(order.to_string())
                .bind(now.as_millisecond())
                .execute(&mut *transaction)
                .await
                .map_err(failed("cannot write down which orders were looked at"))?;
        }
        self.advance_in(&mut transaction, Cursor::OrderChecks, now)
            .await?;
        Self::commit(transaction).await
    }

    async fn read_to_in(
        &self,
        transaction: &mut Transaction<'_, Any>,
        read_to: Option<(Cursor, Timestamp)>,
    ) -> Result<()> {
        match read_to {
            Some((cursor, to)) => self.advance_in(transaction, cursor, to).await,
            None => Ok(()),
        }
    }
}

fn deal_row(row: &AnyRow) -> Result<DealRow> {
    let wrong = failed("cannot read a deal");
    let lead: String = row.try_get(0).map_err(&wrong)?;
    let stage: String = row.try_get(2).map_err(&wrong)?;
    let seen: String = row.try_get(3).map_err(&wrong)?;
    let told: Option<String> = row.try_get(4).map_err(&wrong)?;
    Ok(DealRow {
        lead: lead
            .parse()
            .map_err(|_| Error::store_text("the lead of a deal is damaged"))?,
        at: moment(row.try_get(1).map_err(&wrong)?)?,
        stage: DealStage::read(&stage)?,
        seen: read_json("an order", &seen)?,
        told: told.map(|text| read_json("a deal", &text)).transpose()?,
    })
}
