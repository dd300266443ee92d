//! Ringing somebody up, as the form of a widget does.

use crate::batch::is_blank;
use crate::client::Client;
use crate::error::{Error, Reason, Result};
use crate::lenient;
use crate::period;
use crate::request::is_no_session;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

const OPERATION: &str = "leads.request_callback";
const PATH: &str = "/widget-service/v1/api/widget-request/user-form/create";
/// The most further fields of a form.
const MOST_FIELDS: usize = 5;
/// The most tags.
const MOST_TAGS: usize = 10;

/// Describes whom to ring up (серверный обратный звонок).
///
/// ```
/// use calltouch_api::lead::Callback;
///
/// let callback = Callback::new("widget-key", "79990000001").field("Город", "Тверь").tag("сайт");
/// # let _ = callback;
/// ```
#[serde_with::apply(
    Option => #[serde(skip_serializing_if = "Option::is_none")],
    Vec => #[serde(skip_serializing_if = "Vec::is_empty")],
)]
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[must_use = "nobody is rung up until it is sent"]
pub struct Callback {
    route_key: String,
    phone: String,
    fields: Vec<Field>,
    session_id: Option<String>,
    schedule_time: Option<String>,
    utm_source: Option<String>,
    utm_medium: Option<String>,
    utm_campaign: Option<String>,
    utm_content: Option<String>,
    utm_term: Option<String>,
    call_url: Option<String>,
    tags: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct Field {
    name: String,
    value: String,
}

impl Callback {
    /// Names the widget by its key (`routeKey`), and the phone to ring.
    pub fn new(route_key: impl Into<String>, phone: impl Into<String>) -> Self {
        Self {
            route_key: route_key.into(),
            phone: phone.into(),
            fields: Vec::new(),
            session_id: None,
            schedule_time: None,
            utm_source: None,
            utm_medium: None,
            utm_campaign: None,
            utm_content: None,
            utm_term: None,
            call_url: None,
            tags: Vec::new(),
        }
    }

    /// Adds a field of the form; the service takes five.
    pub fn field(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        let (name, value) = (name.into(), value.into());
        self.fields.push(Field { name, value });
        self
    }

    /// Sets the visit; nothing, `undefined` and `null` are left out.
    pub fn session_id(mut self, id: impl Into<String>) -> Self {
        self.session_id = Some(id.into()).filter(|id| !is_no_session(id));
        self
    }

    /// Sets when to ring; at once, unless set.
    pub fn schedule(mut self, at: Timestamp) -> Self {
        self.schedule_time = Some(period::moment(at));
        self
    }

    /// Sets the mark `utm_source`.
    pub fn utm_source(mut self, value: impl Into<String>) -> Self {
        self.utm_source = Some(value.into());
        self
    }

    /// Sets the mark `utm_medium`.
    pub fn utm_medium(mut self, value: impl Into<String>) -> Self {
        self.utm_medium = Some(value.into());
        self
    }

    /// Sets the mark `utm_campaign`.
    pub fn utm_campaign(mut self, value: impl Into<String>) -> Self {
        self.utm_campaign = Some(value.into());
        self
    }

    /// Sets the mark `utm_content`.
    pub fn utm_content(mut self, value: impl Into<String>) -> Self {
        self.utm_content = Some(value.into());
        self
    }

    /// Sets the mark `utm_term`.
    pub fn utm_term(mut self, value: impl Into<String>) -> Self {
        self.utm_term = Some(value.into());
        self
    }

    /// Sets the page the person was on.
    pub fn call_url(mut self, url: impl Into<String>) -> Self {
        self.call_url = Some(url.into());
        self
    }

    /// Adds a tag; the service takes ten.
    pub fn tag(mut self, tag: impl Into<String>) -> Self {
        self.tags.push(tag.into());
        self
    }

    fn problem(&self) -> Option<String> {
        if is_blank(&self.route_key) || is_blank(&self.phone) {
            Some("a callback needs the key of a widget and a phone".to_owned())
        } else if self.fields.len() > MOST_FIELDS {
            Some(format!("a callback has at most {MOST_FIELDS} fields"))
        } else if self.tags.len() > MOST_TAGS {
            Some(format!("a callback has at most {MOST_TAGS} tags"))
        } else {
            None
        }
    }
}

/// Says that somebody will be rung up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CallbackAccepted {
    /// Id of the request of the widget.
    #[serde(deserialize_with = "lenient::id")]
    pub widget_request_id: u64,
}

#[derive(Deserialize)]
struct Answer {
    data: CallbackAccepted,
}

pub(super) async fn send(client: &Client, callback: &Callback) -> Result<CallbackAccepted> {
    if let Some(problem) = callback.problem() {
        let reason = Reason::Input(problem);
        return Err(Error::new(OPERATION, client.site_id(), false, reason));
    }
    let answer: Answer = client.transport().post(OPERATION, PATH, callback).await?;
    Ok(answer.data)
}
