//! Events of trigger scenarios.

use crate::batch::is_blank;
use crate::client::Client;
use crate::error::{Error, Reason, Result};
use crate::period;
use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::Serialize;
use serde_json::{Map, Value, json};

const OPERATION: &str = "leads.send_event";
const PATH: &str = "/lead-service/v1/api/calltouch-leads/custom-event";

/// Describes an event of a trigger scenario (пользовательское событие).
///
/// It is flat: one value a field. [`Event::field`] and [`Event::date`] set what has no setter here, under
/// the name of the service.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(transparent)]
#[must_use = "an event does nothing until it is sent"]
pub struct Event(Map<String, Value>);

impl Event {
    /// Names the scenario and the event, whose key has to be unique.
    pub fn new(scenario_id: impl Into<String>, unique_key: impl Into<String>) -> Self {
        Self(Map::new())
            .field("scenarioId", scenario_id)
            .field("uniqueKey", unique_key)
    }

    fn set(mut self, name: impl Into<String>, value: Value) -> Self {
        self.0.insert(name.into(), value);
        self
    }

    /// Sets a field by the name of the service, as `utmCampaign`.
    pub fn field(self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.set(name, Value::String(value.into()))
    }

    /// Sets a date by the name of the service, in Moscow time.
    pub fn date(self, name: impl Into<String>, at: Timestamp) -> Self {
        self.field(name, period::iso_moment(at))
    }

    /// Sets the phone (`phoneNumber`).
    pub fn phone(self, phone: impl Into<String>) -> Self {
        self.field("phoneNumber", phone)
    }

    /// Sets the e-mail (`email`).
    pub fn email(self, email: impl Into<String>) -> Self {
        self.field("email", email)
    }

    /// Sets the name of the person (ФИО, `fio`).
    pub fn name(self, name: impl Into<String>) -> Self {
        self.field("fio", name)
    }

    /// Sets the id of the client in Calltouch (`clientId`).
    pub fn client_id(self, id: u64) -> Self {
        self.set("clientId", json!(id))
    }

    /// Sets the source (источник) and the medium (канал) of the traffic.
    pub fn source(self, source: impl Into<String>, medium: impl Into<String>) -> Self {
        self.field("source", source).field("medium", medium)
    }

    /// Sets the cookie `_ct` (`ctClientId`), which goes out as text so that no digit is lost.
    pub fn ct_client_id(self, id: u64) -> Self {
        self.field("ctClientId", id.to_string())
    }

    /// Sets the funnel of the deal (`dealFunnel`).
    pub fn deal_funnel(self, funnel: impl Into<String>) -> Self {
        self.field("dealFunnel", funnel)
    }

    /// Sets the status the deal has (`dealStatus`).
    pub fn deal_status(self, status: impl Into<String>) -> Self {
        self.field("dealStatus", status)
    }

    /// Sets the status the deal had and the one it has now (`previousDealStatus`, `newDealStatus`).
    pub fn deal_moved(self, from: impl Into<String>, to: impl Into<String>) -> Self {
        self.field("previousDealStatus", from)
            .field("newDealStatus", to)
    }

    /// Sets the sum of the deal (`dealRevenue`), roubles.
    pub fn deal_revenue(self, sum: Decimal) -> Self {
        self.field("dealRevenue", sum.to_string())
    }

    fn is_named(&self) -> bool {
        ["scenarioId", "uniqueKey"].iter().all(|name| {
            let value = self.0.get(*name).and_then(Value::as_str);
            value.is_some_and(|value| !is_blank(value))
        })
    }
}

pub(super) async fn send(client: &Client, event: &Event) -> Result<()> {
    if !event.is_named() {
        let what = "an event needs the id of its scenario and a unique key".to_owned();
        let reason = Reason::Input(what);
        return Err(Error::new(OPERATION, client.site_id(), false, reason));
    }
    client.transport().tell(OPERATION, PATH, event).await
}
