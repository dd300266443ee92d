//! Both sides of a sync: real accounts, or emulators with an invented history.

use calltouch_api::emulator as calltouch;
use ct_ms_sync::{Config, Store, Sync};
use jiff::civil::Date;
use jiff::tz::Offset;
use jiff::{Timestamp, ToSpan};
use moysklad_api::{Credentials, emulator as moysklad};
use serde_json::Value;

use crate::accounts;
use crate::arguments::Accounts;
use crate::day::Day;
use crate::emulated::SITE;
use crate::failure::{Failure, other};

/// How far the ids of one day are from those of the next.
pub const IDS_A_DAY: u64 = 10_000;

/// A sync, and the emulators that it works on, if it does.
#[derive(Debug)]
pub struct Sides {
    /// The sync.
    pub sync: Sync,
    /// Both services, unless they are real.
    pub emulators: Option<Emulators>,
}

/// Emulators of both services.
#[derive(Debug)]
pub struct Emulators {
    /// Calltouch.
    pub calltouch: calltouch::Emulator,
    /// МойСклад.
    pub moysklad: moysklad::Emulator,
}

impl Sides {
    /// Opens the accounts that are named, else emulators with so many days of leads up to
    /// yesterday, which is the day from which cycles carry them.
    ///
    /// # Errors
    ///
    /// When the environment or the configuration is wrong, or the store cannot be opened.
    pub async fn open(accounts: &Accounts, days: u32) -> Result<Self, Failure> {
        let Some(file) = &accounts.config else {
            return Self::emulated(days, Config::new(SITE)).await;
        };
        let config = accounts::config(file, None)?;
        let calltouch = accounts::calltouch(&config)?;
        let moysklad = accounts::moysklad()?;
        let store = Store::open(&accounts.store).await?;
        Ok(Self {
            sync: Sync::builder(config, calltouch, moysklad, store).build()?,
            emulators: None,
        })
    }

    /// Starts emulators, as [`open`](Self::open) does, for a sync with this configuration.
    ///
    /// # Errors
    ///
    /// When no port can be listened on, or the configuration is wrong.
    pub async fn emulated(days: u32, mut config: Config) -> Result<Self, Failure> {
        let emulators = Emulators::start().await?;
        for n in 0..days {
            emulators.add_day(n)?;
        }
        config.leads.since = Some(yesterday());
        let calltouch = calltouch_api::Client::builder(SITE, emulators.calltouch.token())
            .base_url(emulators.calltouch.base_url())
            .build()
            .map_err(other)?;
        let credentials = Credentials::token(emulators.moysklad.token());
        let moysklad = moysklad_api::Client::builder(credentials)
            .base_url(emulators.moysklad.base_url())
            .build()
            .map_err(other)?;
        let store = Store::open("sqlite::memory:").await?;
        Ok(Self {
            sync: Sync::builder(config, calltouch, moysklad, store).build()?,
            emulators: Some(emulators),
        })
    }
}

impl Emulators {
    async fn start() -> Result<Self, Failure> {
        let calltouch = calltouch::Emulator::builder().site_id(SITE);
        Ok(Self {
            calltouch: calltouch.start().await.map_err(other)?,
            moysklad: moysklad::Emulator::builder().start().await.map_err(other)?,
        })
    }

    /// Adds the invented day, so many days before yesterday.
    fn add_day(&self, before: u32) -> Result<(), Failure> {
        let day = Day::on(yesterday().saturating_sub(i64::from(before).days()));
        for call in day.calls {
            self.calltouch.add_call(shifted(call, "callId", before));
        }
        for request in day.requests {
            let request = shifted(request, "requestId", before);
            self.calltouch.add_request(request);
        }
        if before == 0 {
            for counterparty in day.counterparties {
                let added = self.moysklad.add("counterparty", counterparty);
                added.map_err(other)?;
            }
        }
        Ok(())
    }

    /// Moves the order of a lead to a state and fills it with one position, in kopecks.
    ///
    /// # Errors
    ///
    /// When there is no such order or state.
    pub fn work(&self, lead: &str, state: &str, kopecks: i64) -> Result<(), Failure> {
        let orders = self.moysklad.all("customerorder");
        let order = orders
            .iter()
            .find(|order| order.get("externalCode").and_then(Value::as_str) == Some(lead));
        let id = order
            .and_then(|order| order.get("id")?.as_str())
            .ok_or_else(|| other(format!("there is no order for {lead}")))?;
        let filled = self.moysklad.set_positions(id, &[(kopecks, 1.0)]);
        filled.map_err(other)?;
        let moved = self.moysklad.set_order_state(id, state);
        moved.map_err(other).map(drop)
    }
}

/// Key of a call of the invented day of yesterday.
#[must_use]
pub fn call_key(id: u64) -> String {
    format!("ct-{SITE}-call-{id}")
}

/// Key of a request of the invented day of yesterday.
#[must_use]
pub fn request_key(id: u64) -> String {
    format!("ct-{SITE}-request-{id}")
}

/// Today in Moscow.
#[must_use]
pub fn today() -> Date {
    Offset::constant(3).to_datetime(Timestamp::now()).date()
}

/// Yesterday in Moscow.
#[must_use]
pub fn yesterday() -> Date {
    today().saturating_sub(1.day())
}

/// A record whose id no other day has.
fn shifted(mut record: Value, id: &str, day: u32) -> Value {
    if let Some(number) = record.get_mut(id)
        && let Some(old) = number.as_u64()
    {
        *number = (old + u64::from(day) * IDS_A_DAY).into();
    }
    record
}
