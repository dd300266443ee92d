//! Dead letters: leads and changes that could not be written, with the reason and the next try.

use std::collections::{HashMap, HashSet};

use jiff::{Timestamp, ToSpan};
use sqlx::Row;

use super::{Ledger, failed, moment};
use crate::error::{Error, Result};
use crate::lead::LeadKey;
use crate::report::{DeadLetter, Step};

/// Shortest pause before a refused item is tried again; it grows fourfold with every try.
const FIRST_PAUSE_MINUTES: i64 = 5;
/// Longest pause between two tries.
const LONGEST_PAUSE_MINUTES: i64 = 12 * 60;

/// Why an item could not be written, and whether the next cycle may try it at once.
#[derive(Clone, Debug)]
pub(crate) struct Failure {
    pub(crate) lead: LeadKey,
    pub(crate) step: Step,
    pub(crate) reason: String,
    /// Whether the service said no to the item itself, so that trying at once is of no use.
    pub(crate) refused: bool,
}

impl Ledger {
    /// Writes down what could not be written.
    pub(crate) async fn bury(&self, failures: &[Failure], now: Timestamp) -> Result<()> {
        let doing = "cannot write down a dead letter";
        let mut transaction = self.begin().await?;
        for failure in failures {
            let tries: Option<i64> = sqlx::query(
                "SELECT attempts FROM dead_letters WHERE pair = $1 AND lead = $2 AND step = $3",
            )
            .bind(&self.pair)
            .bind(failure.lead.to_string())
            .bind(failure.step.as_str())
            .fetch_optional(&mut *transaction)
            .await
            .and_then(|row| row.map(|row| row.try_get(0)).transpose())
            .map_err(failed(doing))?;
            let attempts = tries.unwrap_or(0).saturating_add(1);
            let pause = if failure.refused {
                pause_minutes(attempts)
            } else {
                0
            };
            let next_try = now.checked_add(pause.minutes()).unwrap_or(now);
            sqlx::query(
                "INSERT INTO dead_letters (pair, lead, step, reason, attempts, next_try_ms) VALUES ($1, $2, $3, $4, $5, $6) \
                 ON CONFLICT (pair, lead, step) DO UPDATE SET reason = excluded.reason, attempts = excluded.attempts, next_try_ms = excluded.next_try_ms",
            )
            .bind(&self.pair)
            .bind(failure.lead.to_string())
            .bind(failure.step.as_str())
            .bind(&failure.reason)
            .bind(attempts)
            .bind(next_try.as_millisecond())
            .execute(&mut *transaction)
            .await
            .map_err(failed(doing))?;
        }
        Self::commit(transaction).await
    }

    /// Takes letters back whose step has succeeded.
    pub(crate) async fn revive(
        &self,
        leads: impl Iterator<Item = LeadKey>,
        step: Step,
    ) -> Result<()> {
        let mut transaction = self.begin().await?;
        for lead in leads {
            sqlx::query("DELETE FROM dead_letters WHERE pair = $1 AND lead = $2 AND step = $3")
                .bind(&self.pair)
                .bind(lead.to_string())
                .bind(step.as_str())
                .execute(&mut *transaction)
                .await
                .map_err(failed("cannot take back a dead letter"))?;
        }
        Self::commit(transaction).await
    }

    /// Every dead letter.
    pub(crate) async fn dead_letters(&self) -> Result<Vec<DeadLetter>> {
        Ok(self
            .letters()
            .await?
            .into_iter()
            .map(|(letter, _)| letter)
            .collect())
    }

    /// Every lead with a dead letter of the step.
    pub(crate) async fn buried(&self, step: Step) -> Result<HashSet<LeadKey>> {
        let letters = self.letters().await?.into_iter();
        Ok(letters
            .filter(|(letter, _)| letter.step == step)
            .map(|(letter, _)| letter.key)
            .collect())
    }

    /// Items of a step whose pause is not over yet.
    pub(crate) async fn resting(
        &self,
        step: Step,
        now: Timestamp,
    ) -> Result<HashMap<LeadKey, Timestamp>> {
        Ok(self
            .letters()
            .await?
            .into_iter()
            .filter(|(letter, next_try)| letter.step == step && *next_try > now)
            .map(|(letter, next_try)| (letter.key, next_try))
            .collect())
    }

    async fn letters(&self) -> Result<Vec<(DeadLetter, Timestamp)>> {
        let doing = "cannot read the dead letters";
        let rows = sqlx::query("SELECT lead, step, reason, next_try_ms FROM dead_letters WHERE pair = $1 ORDER BY lead, step")
            .bind(&self.pair)
            .fetch_all(&self.pool)
            .await
            .map_err(failed(doing))?;
        rows.iter()
            .map(|row| {
                let lead: String = row.try_get(0).map_err(failed(doing))?;
                let step: String = row.try_get(1).map_err(failed(doing))?;
                let letter = DeadLetter {
                    key: lead
                        .parse()
                        .map_err(|_| Error::store_text("the lead of a dead letter is damaged"))?,
                    step: Step::read(&step)
                        .ok_or_else(|| Error::store_text("the step of a dead letter is damaged"))?,
                    reason: row.try_get(2).map_err(failed(doing))?,
                };
                Ok((letter, moment(row.try_get(3).map_err(failed(doing))?)?))
            })
            .collect()
    }
}

/// Minutes to rest after so many refusals.
fn pause_minutes(attempts: i64) -> i64 {
    let growth = u32::try_from(attempts.saturating_sub(1)).unwrap_or(u32::MAX);
    FIRST_PAUSE_MINUTES
        .saturating_mul(4_i64.saturating_pow(growth))
        .min(LONGEST_PAUSE_MINUTES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_up_to_half_a_day() {
        let pauses: Vec<i64> = [1, 2, 3, 4, 5, 1000].map(pause_minutes).to_vec();
        assert_eq!(pauses, [5, 20, 80, 320, 720, 720]);
    }
}
