//! What is known of the МойСклад account: its organization, and the set-up as last read.

use jiff::tz::Offset;
use jiff::{Timestamp, ToSpan};
use tracing::warn;
use uuid::Uuid;

use super::{Known, Sync};
use crate::error::{Error, Result};
use crate::setup::{self, ChosenOrganization, Setup};
use crate::store::Ledger;

/// How long the account's states, fields and organization are taken as read.
const SETUP_MINUTES: i64 = 60;
/// Namespace of the key under which a set-up is kept.
const SETUP_NAMESPACE: Uuid = Uuid::from_u128(0x3f62_90ae_d415_5b7c_8c03_7e1d_a2b9_5f48);

impl Sync {
    /// The organization of new orders, known or looked up; or why there is none, with the account.
    pub(super) async fn organization(
        &self,
        running: &mut Known,
        now: Timestamp,
    ) -> Result<FoundOrganization> {
        let found = |chosen, obstacle, was_known| FoundOrganization {
            chosen,
            obstacle,
            was_known,
        };
        // What no longer holds of the set-up may be its organization.
        if let Some((organization, read)) = *running
            && read >= oldest_setup(now)
            && self.has_setup(&self.ledger(organization), now).await?
        {
            return Ok(found(organization, None, true));
        }
        let moysklad = &self.inner.moysklad;
        match setup::organization(moysklad, &self.inner.config.orders).await {
            Ok(organization) => {
                *running = Some((organization, now));
                Ok(found(organization, None, false))
            }
            Err(error) if error.stops_only_new_orders() => {
                *running = None;
                let nobody = ChosenOrganization {
                    id: moysklad_api::Id::new(Uuid::nil()),
                    account: setup::account(moysklad).await?,
                };
                Ok(found(nobody, Some(error), false))
            }
            Err(error) => Err(error),
        }
    }

    /// The part of the store that belongs to this site and this account.
    pub(super) fn ledger(&self, organization: ChosenOrganization) -> Ledger {
        let inner = &*self.inner;
        let site = inner.config.calltouch.site_id;
        let pair = format!("ct-{site}:ms-{}", organization.account);
        inner
            .store
            .ledger(pair)
            .stamped(inner.clock, &inner.fingerprint)
    }

    /// The start of the configured day in Moscow.
    pub(super) fn since(&self) -> Option<Timestamp> {
        let day = self.inner.config.leads.since?;
        Offset::constant(3).to_timestamp(day.at(0, 0, 0, 0)).ok()
    }

    /// Whether a set-up is kept that is not too old.
    pub(super) async fn has_setup(&self, ledger: &Ledger, now: Timestamp) -> Result<bool> {
        let kept = ledger.setup(&self.setup_key()?).await?;
        Ok(kept.is_some_and(|(_, read)| read >= oldest_setup(now)))
    }

    /// The set-up, kept or read anew.
    ///
    /// While something of it is not as it has to be, which is the `obstacle`, it holds as much as
    /// changes of orders need.
    pub(super) async fn setup(
        &self,
        ledger: &Ledger,
        organization: ChosenOrganization,
        obstacle: Option<Error>,
        now: Timestamp,
    ) -> Result<FoundSetup> {
        let kept = self.kept_setup(ledger).await?;
        if let Some((setup, read)) = &kept
            && is_fresh(setup, *read, organization, now)
        {
            return Ok(FoundSetup {
                setup: setup.clone(),
                states_changed: false,
                obstacle,
            });
        }
        let moysklad = &self.inner.moysklad;
        let kept = kept.map(|(kept, _)| kept);
        let read = match obstacle {
            Some(obstacle) => Err(obstacle),
            None => setup::read(&self.pen(), &self.inner.config.orders, organization.id).await,
        };
        match read {
            Ok((setup, _)) => {
                self.keep(ledger, &setup, now).await?;
                Ok(FoundSetup {
                    states_changed: kept.is_some_and(|kept| kept.states != setup.states),
                    setup,
                    obstacle: None,
                })
            }
            Err(error) if error.stops_only_new_orders() => {
                warn!(%error, "new orders wait");
                let initial_state = kept.and_then(|kept| kept.initial_state);
                Ok(FoundSetup {
                    setup: Setup::of_states(moysklad, initial_state).await?,
                    states_changed: false,
                    obstacle: Some(error),
                })
            }
            Err(error) => Err(error),
        }
    }

    /// The set-up as last read, and when that was.
    pub(super) async fn kept_setup(&self, ledger: &Ledger) -> Result<Option<(Setup, Timestamp)>> {
        let kept = ledger.setup(&self.setup_key()?).await?;
        Ok(kept.and_then(|(text, read)| Some((serde_json::from_str(&text).ok()?, read))))
    }

    pub(super) async fn keep(&self, ledger: &Ledger, setup: &Setup, now: Timestamp) -> Result<()> {
        let text = serde_json::to_string(setup)
            .map_err(|_| Error::store_text("the set-up cannot be written"))?;
        ledger.keep_setup(&self.setup_key()?, &text, now).await
    }

    /// Changes with every setting that the set-up depends on.
    fn setup_key(&self) -> Result<String> {
        let settings = serde_json::to_vec(&self.inner.config.orders)
            .map_err(|_| Error::config("`orders` cannot be written"))?;
        Ok(Uuid::new_v5(&SETUP_NAMESPACE, &settings).to_string())
    }
}

/// The organization of new orders, as far as it is known.
pub(super) struct FoundOrganization {
    pub(super) chosen: ChosenOrganization,
    /// Why no order can be made.
    pub(super) obstacle: Option<Error>,
    /// Whether it was known without asking.
    pub(super) was_known: bool,
}

/// The set-up of a cycle, and what is wrong with it.
pub(super) struct FoundSetup {
    pub(super) setup: Setup,
    /// Whether the states are others than those kept before.
    pub(super) states_changed: bool,
    /// Why no order can be made.
    pub(super) obstacle: Option<Error>,
}

/// Whether a set-up that was read then is still good.
pub(super) fn is_fresh(
    setup: &Setup,
    read: Timestamp,
    organization: ChosenOrganization,
    now: Timestamp,
) -> bool {
    read >= oldest_setup(now) && setup.organization == organization.id
}

/// The earliest moment at which a set-up that is still good was read.
fn oldest_setup(now: Timestamp) -> Timestamp {
    now.checked_sub(SETUP_MINUTES.minutes())
        .unwrap_or(Timestamp::UNIX_EPOCH)
}
