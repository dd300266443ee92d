//! Dead letters: leads and changes that could not be written, with the reason and the next try.

use std::collections::HashMap;

use jiff::{Timestamp, ToSpan};
use sqlx::any::AnyRow;
use sqlx::{Any, Row, Transaction};

use super::{Ledger, failed, moment};
use crate::error::{Error, Result};
use crate::explanation::What;
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
    pub(crate) said: Said,
}

/// What a refusal says beside its words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Said {
    /// The service's own code.
    pub(crate) code: Option<i64>,
    /// The field that the service named.
    pub(crate) field: Option<String>,
    /// What to do about it, in words.
    pub(crate) remedy: Option<&'static str>,
}

/// Which dead letters are tried again at once.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Replay {
    /// Every one.
    All,
    /// Those of one lead.
    Lead(LeadKey),
    /// Those whose step, reason, field or remedy has this text in it, in small or capital letters.
    About(String),
}

impl Replay {
    fn takes(&self, letter: &DeadLetter) -> bool {
        match self {
            Self::All => true,
            Self::Lead(lead) => letter.key == *lead,
            Self::About(text) => {
                let text = text.to_lowercase();
                let said = [&letter.field, &letter.remedy].into_iter().flatten();
                let said = said.map(String::as_str);
                let mut said = said.chain([letter.step.as_str(), &letter.reason]);
                said.any(|one| one.to_lowercase().contains(&text))
            }
        }
    }
}

impl Ledger {
    /// Writes down what could not be written.
    pub(crate) async fn bury(&self, failures: &[Failure], now: Timestamp) -> Result<()> {
        let doing = "cannot write down a dead letter";
        let mut transaction = self.begin().await?;
        for failure in failures {
            let before: Option<(i64, String)> = sqlx::query(
                "SELECT attempts, reason FROM dead_letters WHERE pair = $1 AND lead = $2 AND step = $3",
            )
            .bind(&self.pair)
            .bind(failure.lead.to_string())
            .bind(failure.step.as_str())
            .fetch_optional(&mut *transaction)
            .await
            .and_then(|row| {
                row.map(|row| Ok((row.try_get(0)?, row.try_get(1)?)))
                    .transpose()
            })
            .map_err(failed(doing))?;
            let tries = before.as_ref().map_or(0, |(tries, _)| *tries);
            let attempts = tries.saturating_add(1);
            let pause = if failure.refused {
                pause_minutes(attempts)
            } else {
                0
            };
            let next_try = now.checked_add(pause.minutes()).unwrap_or(now);
            sqlx::query(
                "INSERT INTO dead_letters (pair, lead, step, reason, attempts, next_try_ms, code, field, remedy) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) \
                 ON CONFLICT (pair, lead, step) DO UPDATE SET reason = excluded.reason, attempts = excluded.attempts, next_try_ms = excluded.next_try_ms, \
                 code = excluded.code, field = excluded.field, remedy = excluded.remedy",
            )
            .bind(&self.pair)
            .bind(failure.lead.to_string())
            .bind(failure.step.as_str())
            .bind(&failure.reason)
            .bind(attempts)
            .bind(next_try.as_millisecond())
            .bind(failure.said.code)
            .bind(&failure.said.field)
            .bind(failure.said.remedy)
            .execute(&mut *transaction)
            .await
            .map_err(failed(doing))?;
            // The same refusal again is nothing new.
            if before.is_none_or(|(_, reason)| reason != failure.reason) {
                let detail = format!("{}: {}", failure.step.as_str(), failure.reason);
                self.tell_in(&mut transaction, failure.lead, What::DeadLetter, &detail)
                    .await?;
            }
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
            let taken =
                sqlx::query("DELETE FROM dead_letters WHERE pair = $1 AND lead = $2 AND step = $3")
                    .bind(&self.pair)
                    .bind(lead.to_string())
                    .bind(step.as_str())
                    .execute(&mut *transaction)
                    .await
                    .map_err(failed("cannot take back a dead letter"))?;
            if taken.rows_affected() > 0 {
                self.tell_in(&mut transaction, lead, What::Revived, step.as_str())
                    .await?;
            }
        }
        Self::commit(transaction).await
    }

    /// Takes back what was said of a lead on its way to its order: it no longer goes there.
    pub(super) async fn drop_letters_in(
        &self,
        transaction: &mut Transaction<'_, Any>,
        lead: LeadKey,
    ) -> Result<()> {
        sqlx::query(
            "DELETE FROM dead_letters WHERE pair = $1 AND lead = $2 AND step IN ($3, $4, $5)",
        )
        .bind(&self.pair)
        .bind(lead.to_string())
        .bind(Step::Lead.as_str())
        .bind(Step::Counterparty.as_str())
        .bind(Step::Order.as_str())
        .execute(&mut **transaction)
        .await
        .map_err(failed("cannot take back a dead letter"))?;
        Ok(())
    }

    /// Ends the pause of letters, and counts them; the next cycle tries them as if for the first
    /// time.
    pub(crate) async fn replay(&self, which: &Replay) -> Result<u64> {
        let letters = self.dead_letters().await?;
        let mut replayed = 0;
        let mut transaction = self.begin().await?;
        for letter in letters.iter().filter(|letter| which.takes(letter)) {
            sqlx::query(
                "UPDATE dead_letters SET next_try_ms = 0, attempts = 0 WHERE pair = $1 AND lead = $2 AND step = $3",
            )
            .bind(&self.pair)
            .bind(letter.key.to_string())
            .bind(letter.step.as_str())
            .execute(&mut *transaction)
            .await
            .map_err(failed("cannot replay a dead letter"))?;
            replayed += 1;
        }
        Self::commit(transaction).await?;
        Ok(replayed)
    }

    /// Every dead letter.
    pub(crate) async fn dead_letters(&self) -> Result<Vec<DeadLetter>> {
        let rows = sqlx::query(
            "SELECT lead, step, reason, code, field, remedy FROM dead_letters WHERE pair = $1 ORDER BY lead, step",
        )
        .bind(&self.pair)
        .fetch_all(&self.pool)
        .await
        .map_err(failed(READING))?;
        rows.iter().map(letter).collect()
    }

    /// The dead letters of one lead.
    pub(crate) async fn dead_letters_of(&self, lead: LeadKey) -> Result<Vec<DeadLetter>> {
        let rows = sqlx::query(
            "SELECT lead, step, reason, code, field, remedy FROM dead_letters WHERE pair = $1 AND lead = $2 ORDER BY step",
        )
        .bind(&self.pair)
        .bind(lead.to_string())
        .fetch_all(&self.pool)
        .await
        .map_err(failed(READING))?;
        rows.iter().map(letter).collect()
    }

    /// Whether any lead has a dead letter of the step.
    pub(crate) async fn has_buried(&self, step: Step) -> Result<bool> {
        let row = sqlx::query("SELECT 1 FROM dead_letters WHERE pair = $1 AND step = $2 LIMIT 1")
            .bind(&self.pair)
            .bind(step.as_str())
            .fetch_optional(&self.pool)
            .await
            .map_err(failed(READING))?;
        Ok(row.is_some())
    }

    /// Items of a step whose pause is not over yet.
    pub(crate) async fn resting(
        &self,
        step: Step,
        now: Timestamp,
    ) -> Result<HashMap<LeadKey, Timestamp>> {
        let rows = sqlx::query(
            "SELECT lead, next_try_ms FROM dead_letters WHERE pair = $1 AND step = $2 AND next_try_ms > $3",
        )
        .bind(&self.pair)
        .bind(step.as_str())
        .bind(now.as_millisecond())
        .fetch_all(&self.pool)
        .await
        .map_err(failed(READING))?;
        rows.iter()
            .map(|row| {
                let lead: String = row.try_get(0).map_err(failed(READING))?;
                let next_try = moment(row.try_get(1).map_err(failed(READING))?)?;
                Ok((key(&lead)?, next_try))
            })
            .collect()
    }
}

const READING: &str = "cannot read the dead letters";

fn key(text: &str) -> Result<LeadKey> {
    text.parse()
        .map_err(|_| Error::store_text("the lead of a dead letter is damaged"))
}

fn letter(row: &AnyRow) -> Result<DeadLetter> {
    let lead: String = row.try_get(0).map_err(failed(READING))?;
    let step: String = row.try_get(1).map_err(failed(READING))?;
    Ok(DeadLetter {
        key: key(&lead)?,
        step: Step::read(&step)
            .ok_or_else(|| Error::store_text("the step of a dead letter is damaged"))?,
        reason: row.try_get(2).map_err(failed(READING))?,
        code: row.try_get(3).map_err(failed(READING))?,
        field: row.try_get(4).map_err(failed(READING))?,
        remedy: row.try_get(5).map_err(failed(READING))?,
    })
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
    use crate::store::Store;

    #[test]
    fn pauses_grow_up_to_half_a_day() {
        let pauses: Vec<i64> = [1, 2, 3, 4, 5, 1000].map(pause_minutes).to_vec();
        assert_eq!(pauses, [5, 20, 80, 320, 720, 720]);
    }

    fn failure(id: u64, step: Step, reason: &str) -> Failure {
        Failure {
            lead: LeadKey::call(7, id),
            step,
            reason: reason.into(),
            refused: true,
            said: Said {
                field: Some("phone".into()).filter(|_| id == 3),
                ..Said::default()
            },
        }
    }

    #[tokio::test]
    async fn a_replay_ends_the_pauses_of_what_it_names_and_of_nothing_else() {
        let table = [
            (Replay::All, vec![]),
            (Replay::Lead(LeadKey::call(7, 1)), vec![2, 3]),
            (Replay::About("имя ЗАНЯТО".into()), vec![2, 3]),
            (Replay::About("counterparty".into()), vec![1, 3]),
            (Replay::About("Phone".into()), vec![1, 2]),
            (Replay::About("nothing of the kind".into()), vec![1, 2, 3]),
        ];
        for (which, still_resting) in table {
            let ledger = Store::for_test().await.ledger("pair");
            let letters = [
                failure(1, Step::Order, "Имя занято"),
                failure(2, Step::Counterparty, "no"),
                failure(3, Step::Order, "no"),
            ];
            let now = Timestamp::from_second(1000).unwrap();
            ledger.bury(&letters, now).await.unwrap();

            let replayed = ledger.replay(&which).await.unwrap();

            let mut resting = ledger.resting(Step::Order, now).await.unwrap();
            resting.extend(ledger.resting(Step::Counterparty, now).await.unwrap());
            let mut resting: Vec<u64> = resting.keys().map(|lead| lead.id()).collect();
            resting.sort_unstable();
            assert_eq!(resting, still_resting, "{which:?}");
            assert_eq!(replayed, 3 - still_resting.len() as u64, "{which:?}");
        }
    }
}
