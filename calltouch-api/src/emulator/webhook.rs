//! Webhooks (вебхуки) about calls and requests, sent to whoever subscribed.

use std::fmt;

use serde_json::Value;
use url::Url;

use super::{
    Emulator,
    field::{self, Object},
    lead::{Lead, LeadKind},
    state::State,
};

pub(super) mod delivery;
mod parameters;

/// The phase of a call that has ended.
const ENDED: &str = "calldisconnected";

/// How a webhook is sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum WebhookMethod {
    /// By GET, the parameters in the query.
    Get,
    /// By POST, the parameters as a form.
    #[default]
    Post,
}

/// What a webhook tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum WebhookEvent {
    /// A call has begun (начало звонка).
    CallStart,
    /// A call has ended (завершение звонка).
    CallEnd,
    /// A request is recorded (заявка).
    Request,
    /// A call or a request has changed; `changedFields` names the parameters that differ.
    Change,
}

/// A subscription to webhooks, as the cabinet lets its user set one up.
///
/// ```
/// use calltouch_api::emulator::{Webhook, WebhookEvent, WebhookMethod};
///
/// let webhook = Webhook::new("http://127.0.0.1:8080/calltouch?secret=s")
///     .method(WebhookMethod::Get)
///     .events([WebhookEvent::CallEnd, WebhookEvent::Request])
///     .parameters(["id", "requestId", "leadtype", "callerphone"]);
/// # let _ = webhook;
/// ```
#[derive(Clone)]
#[must_use = "a webhook is sent only after it is added to an emulator"]
pub struct Webhook {
    url: String,
    method: WebhookMethod,
    events: Option<Vec<WebhookEvent>>,
    parameters: Option<Vec<String>>,
    site_id: Option<u64>,
}

impl Webhook {
    /// Sends every event with every parameter to the address, as a form by POST.
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            method: WebhookMethod::default(),
            events: None,
            parameters: None,
            site_id: None,
        }
    }

    /// Sets how it is sent.
    pub fn method(mut self, method: WebhookMethod) -> Self {
        self.method = method;
        self
    }

    /// Sets the events it is sent for.
    pub fn events(mut self, events: impl IntoIterator<Item = WebhookEvent>) -> Self {
        self.events = Some(events.into_iter().collect());
        self
    }

    /// Sets the parameters that are sent, in this order.
    pub fn parameters(mut self, names: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.parameters = Some(names.into_iter().map(Into::into).collect());
        self
    }

    /// Sets the site (сайт) whose leads it tells of; that of the emulator's builder by default.
    pub fn site_id(mut self, site_id: u64) -> Self {
        self.site_id = Some(site_id);
        self
    }

    fn wants(&self, event: WebhookEvent) -> bool {
        let events = self.events.as_ref();
        events.is_none_or(|events| events.contains(&event))
    }

    /// The names of the parameters it sends.
    fn names(&self) -> Vec<&str> {
        match &self.parameters {
            Some(names) => names.iter().map(String::as_str).collect(),
            None => parameters::NAMES.to_vec(),
        }
    }

    /// The address, once the settings are found to be good.
    fn check(&self) -> Result<Url, InvalidWebhook> {
        let url = Url::parse(&self.url).map_err(InvalidWebhook::Address)?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(InvalidWebhook::Scheme);
        }
        let unknown = self
            .names()
            .into_iter()
            .find(|name| !parameters::NAMES.contains(name));
        match unknown {
            Some(name) => Err(InvalidWebhook::Parameter(name.to_owned())),
            None => Ok(url),
        }
    }
}

impl fmt::Debug for Webhook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The address is left out: receivers keep their secret in it.
        f.debug_struct("Webhook")
            .field("method", &self.method)
            .field("events", &self.events)
            .field("parameters", &self.parameters)
            .field("site_id", &self.site_id)
            .finish_non_exhaustive()
    }
}

/// A webhook that cannot be sent.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidWebhook {
    /// The address cannot be read.
    #[error("the address of the webhook is no URL")]
    Address(#[source] url::ParseError),
    /// The address is not of the web.
    #[error("the address of the webhook must begin with http:// or https://")]
    Scheme,
    /// The service has no such parameter.
    #[error("webhooks have no parameter `{0}`")]
    Parameter(String),
    /// The HTTP client of the emulator cannot be built.
    #[error("no HTTP client for webhooks")]
    Client(#[source] reqwest::Error),
}

/// Tells of a call or a request that is new.
pub(super) fn report_arrival(state: &State, lead: Lead) {
    let Some(record) = watched(state, lead) else {
        return;
    };
    let event = match lead.kind {
        LeadKind::Request => WebhookEvent::Request,
        LeadKind::Call if has_ended(record) => WebhookEvent::CallEnd,
        LeadKind::Call => WebhookEvent::CallStart,
    };
    send(state, lead, event, &parameters::of(state, lead, record));
}

/// Tells of a call that has ended, or of what has become different.
pub(super) fn report_change(state: &State, lead: Lead, before: &Object) {
    let Some(record) = watched(state, lead) else {
        return;
    };
    let mut parameters = parameters::of(state, lead, record);
    if lead.kind == LeadKind::Call && has_ended(record) && !has_ended(before) {
        send(state, lead, WebhookEvent::CallEnd, &parameters);
        return;
    }
    let changed = parameters::changed(&parameters::of(state, lead, before), &parameters);
    if !changed.is_empty() {
        parameters.insert("changedFields", changed.join(","));
        send(state, lead, WebhookEvent::Change, &parameters);
    }
}

fn has_ended(call: &Object) -> bool {
    field::raw(call, "callphase") == ENDED
}

/// The lead, if anybody wants to hear of its site.
fn watched(state: &State, lead: Lead) -> Option<&Object> {
    let site = lead.site(state)?;
    state.webhooks.watch(site).then(|| lead.get(state))?
}

fn send(state: &State, lead: Lead, event: WebhookEvent, parameters: &parameters::Parameters) {
    if let Some(site) = lead.site(state) {
        state.webhooks.send(site, event, parameters);
    }
}

impl Emulator {
    /// Subscribes to webhooks (вебхуки); from now on they are really sent.
    ///
    /// Calls and requests report when they are added, changed or registered over the API; those
    /// that are loaded or imported do not. Each address gets its webhooks one after the other and
    /// each of them once: what cannot be delivered is lost, as nothing is known of repeats.
    ///
    /// # Errors
    ///
    /// The address is no `http` or `https` URL, or a parameter is unknown.
    pub fn add_webhook(&self, webhook: Webhook) -> Result<(), InvalidWebhook> {
        let url = webhook.check()?;
        let mut state = self.shared.state();
        let site = webhook.site_id.unwrap_or(self.site_id);
        state.webhooks.add(webhook, url, site)
    }

    /// Ends all subscriptions; what waits to be sent is dropped.
    pub fn clear_webhooks(&self) {
        self.shared.state().webhooks.clear();
    }

    /// Sends what the cabinet's test button sends: every parameter as its own name in braces.
    pub fn test_webhooks(&self) {
        self.shared.state().webhooks.test();
    }

    /// Waits until every webhook so far was sent and answered, or has failed.
    pub async fn webhooks_sent(&self) {
        let mut pending = self.shared.state().webhooks.pending();
        // The error is the end of the emulator, after which nothing is sent.
        let _ = pending.wait_for(|pending| *pending == 0).await;
    }
}

/// A value as webhooks write it: text, empty where there is none.
fn text(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}
