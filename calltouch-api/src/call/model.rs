//! A call as the journal shows it.

use super::nested::{CallbackInfo, Order, Phrase};
use crate::attribution::{self, Attribution};
use crate::lenient;
use crate::page::Record;
use crate::tag::TagGroup;
use crate::text::Text;
use crate::visit::{Comment, Dcm, GoogleAds, MapVisit, NamedValue, YandexDirect};
use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};
use std::fmt;

/// Describes a call (звонок).
///
/// Only the id is sure to be there; what was not asked for, or does not exist, is `None` or empty.
#[serde_with::apply(
    Option => #[serde(default, skip_serializing_if = "Option::is_none")],
    Option<u64> => #[serde(deserialize_with = "lenient::unsigned")],
    Option<i64> => #[serde(deserialize_with = "lenient::signed")],
    Option<bool> => #[serde(deserialize_with = "lenient::flag")],
    Option<Attribution> => #[serde(deserialize_with = "attribution::read")],
    Option<YandexDirect> => #[serde(deserialize_with = "lenient::object")],
    Option<GoogleAds> => #[serde(deserialize_with = "lenient::object")],
    Option<Dcm> => #[serde(deserialize_with = "lenient::object")],
    Option<CallbackInfo> => #[serde(deserialize_with = "lenient::object")],
    Vec<TagGroup> => #[serde(default, deserialize_with = "lenient::list", skip_serializing_if = "Vec::is_empty")],
    Vec<NamedValue> => #[serde(default, deserialize_with = "lenient::list", skip_serializing_if = "Vec::is_empty")],
    Vec<MapVisit> => #[serde(default, deserialize_with = "lenient::list", skip_serializing_if = "Vec::is_empty")],
    Vec<Comment> => #[serde(default, deserialize_with = "lenient::list", skip_serializing_if = "Vec::is_empty")],
    Vec<Phrase> => #[serde(default, deserialize_with = "lenient::list", skip_serializing_if = "Vec::is_empty")],
    Vec<Order> => #[serde(default, deserialize_with = "lenient::list", skip_serializing_if = "Vec::is_empty")],
    Vec<String> => #[serde(default, deserialize_with = "lenient::strings", skip_serializing_if = "Vec::is_empty")],
)]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(remote = "Self", rename_all = "camelCase")]
#[non_exhaustive]
pub struct Call {
    /// Id of the call in Calltouch.
    #[serde(deserialize_with = "lenient::id")]
    pub call_id: u64,
    /// Whether the call goes on or has ended.
    #[serde(rename = "callphase")]
    pub call_phase: Option<CallPhase>,
    /// Which visit got the credit (модель атрибуции).
    pub attribution: Option<Attribution>,
    /// Tags by origin; only if asked for.
    pub call_tags: Vec<TagGroup>,
    /// When the call began, `dd/mm/yyyy HH:MM:SS` of Moscow time; see [`Call::started_at`].
    pub date: Option<Text>,
    /// When the call began, seconds since the epoch.
    pub timestamp: Option<i64>,
    /// Length of the talk in seconds; below zero on some calls of a PBX.
    pub duration: Option<i64>,
    /// Wait for an answer in seconds.
    pub waiting_connect: Option<i64>,
    /// Who rang, digits.
    pub caller_number: Option<Text>,
    /// The tracked number that was dialled (номер, на который звонили), digits.
    pub phone_number: Option<Text>,
    /// Where the call went on to: digits or a SIP address.
    pub redirect_number: Option<Text>,
    /// Manager set through the API.
    pub manager: Option<Text>,
    /// Whether the call was answered.
    pub successful: Option<bool>,
    /// Whether the call is unique (уникальный).
    pub unique_call: Option<bool>,
    /// Whether the call is a target (целевой).
    pub target_call: Option<bool>,
    /// Whether the call is a unique target (уникально-целевой).
    pub uniq_target_call: Option<bool>,
    /// Whether a callback form made the call.
    pub callback_call: Option<bool>,
    /// City by address, Latin letters.
    pub city: Option<Text>,
    /// Source of the traffic (источник); of an offline number the number itself.
    pub source: Option<Text>,
    /// Kind of the traffic (канал).
    pub medium: Option<Text>,
    /// Search phrase.
    pub keyword: Option<Text>,
    /// Landing page.
    pub url: Option<Text>,
    /// Page the call was made from.
    pub call_url: Option<Text>,
    /// Page the visitor came from.
    #[serde(rename = "ref")]
    pub referrer: Option<Text>,
    /// Tracked domain.
    pub hostname: Option<Text>,
    /// The mark `utm_source`.
    pub utm_source: Option<Text>,
    /// The mark `utm_medium`.
    pub utm_medium: Option<Text>,
    /// The mark `utm_campaign`.
    pub utm_campaign: Option<Text>,
    /// The mark `utm_content`.
    pub utm_content: Option<Text>,
    /// The mark `utm_term`.
    pub utm_term: Option<Text>,
    /// Id of the visit; none on an offline number.
    pub session_id: Option<u64>,
    /// When the visit began, `dd/mm/yyyy HH:MM:SS` of Moscow time.
    pub session_date: Option<Text>,
    /// Stable pseudonym of the caller, 32 hex digits.
    pub ct_caller_id: Option<Text>,
    /// The cookie `_ct`, 18–19 digits.
    pub ct_client_id: Option<u64>,
    /// The cookie `_ct_client_global_id`, a UUID.
    pub ct_global_id: Option<Text>,
    /// Client id of **Google Analytics**; `gaClientId` stands in for it.
    pub client_id: Option<Text>,
    /// Client id of Yandex.Metrica.
    pub ya_client_id: Option<Text>,
    /// Id of the SIP session.
    pub sip_call_id: Option<Text>,
    /// Id of the call in the PBX of the customer.
    pub call_reference_id: Option<Text>,
    /// Empty in everything seen so far.
    pub call_client_unique_id: Option<Value>,
    /// Browser as it names itself.
    pub user_agent: Option<Text>,
    /// Address of the visitor.
    pub ip: Option<Text>,
    /// Kind of device, as `smartphone`.
    pub device: Option<Text>,
    /// Operating system.
    pub os: Option<Text>,
    /// Browser.
    pub browser: Option<Text>,
    /// Id of the site.
    pub site_id: Option<u64>,
    /// Name of the site.
    pub site_name: Option<Text>,
    /// Sub-pool of the number; of an offline number the number itself.
    pub sub_pool_name: Option<Text>,
    /// Kind of pool.
    pub pool_type: Option<Text>,
    /// How the call ended, English words.
    pub status_details: Option<Text>,
    /// More marks of paid traffic.
    pub additional_tags: Vec<NamedValue>,
    /// The way to the call; only if asked for.
    pub map_visits: Vec<MapVisit>,
    /// Parameters that were sent to Calltouch, in their own shape; only if asked for.
    pub attrs: Option<Value>,
    /// Comments; only if asked for.
    pub comments: Vec<Comment>,
    /// The talk as text; only if asked for.
    pub phrases: Vec<Phrase>,
    /// Phones spoken in the talk.
    pub phones_in_text: Vec<String>,
    /// Deals of the call; only if asked for.
    pub orders: Vec<Order>,
    /// Single deal of an older kind; empty in everything seen so far.
    pub order: Option<Value>,
    /// Advertisement in Yandex.Direct; only if asked for.
    pub yandex_direct: Option<YandexDirect>,
    /// Advertisement in Google Ads; only if asked for.
    #[serde(rename = "googleAdWords")]
    pub google_ads: Option<GoogleAds>,
    /// What Google Campaign Manager got; only if asked for.
    pub dcm: Option<Dcm>,
    /// What the callback form knew; only if asked for.
    pub callback_info: Option<CallbackInfo>,
    /// Custom fields, in their own shape; only if asked for.
    pub custom_fields: Option<Value>,
    /// Fields this version has no name for.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

impl<'de> Deserialize<'de> for Call {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut read = Self::deserialize(deserializer)?;
        lenient::adopt(
            &mut read.client_id,
            &mut read.extra,
            "gaClientId",
            serde_json::from_value,
        );
        Ok(read)
    }
}

impl Serialize for Call {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Self::serialize(self, serializer)
    }
}

impl Record for Call {
    const ID: &'static str = "callId";

    fn id(&self) -> Option<u64> {
        Some(self.call_id)
    }
}

impl Call {
    /// Tells when the call began: by its seconds, else by its Moscow date.
    #[must_use]
    pub fn started_at(&self) -> Option<Timestamp> {
        self.timestamp
            .and_then(|seconds| Timestamp::from_second(seconds).ok())
            .or_else(|| self.date.as_ref()?.timestamp())
    }
}

/// Says how far a call has come (`callphase`).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "Text", into = "String")]
#[non_exhaustive]
pub enum CallPhase {
    /// The talk goes on, `callconnected`.
    Connected,
    /// The call has ended, `calldisconnected`.
    Disconnected,
    /// A phase newer than this crate, as the service wrote it.
    Other(String),
}

impl CallPhase {
    /// Shows the word on the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Connected => "callconnected",
            Self::Disconnected => "calldisconnected",
            Self::Other(word) => word,
        }
    }
}

impl From<Text> for CallPhase {
    fn from(word: Text) -> Self {
        match word.as_str().trim().to_ascii_lowercase().as_str() {
            "callconnected" => Self::Connected,
            "calldisconnected" => Self::Disconnected,
            _ => Self::Other(word.into_string()),
        }
    }
}

impl From<&str> for CallPhase {
    fn from(word: &str) -> Self {
        Self::from(Text::from(word))
    }
}

impl From<CallPhase> for String {
    fn from(phase: CallPhase) -> Self {
        phase.as_str().to_owned()
    }
}

impl fmt::Display for CallPhase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
