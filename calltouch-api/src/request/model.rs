//! A request as the journal shows it.

use super::nested::{Client, Order, Session};
use crate::lenient;
use crate::page::Record;
use crate::tag::TagGroup;
use crate::text::Text;
use crate::visit::{Comment, Dcm, GoogleAds, MapVisit, YandexDirect};
use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};

/// Describes a request (заявка).
///
/// Only the id is sure to be there; what was not asked for, or does not exist, is `None` or empty.
#[serde_with::apply(
    Option => #[serde(default, skip_serializing_if = "Option::is_none")],
    Option<u64> => #[serde(deserialize_with = "lenient::unsigned")],
    Option<i64> => #[serde(deserialize_with = "lenient::signed")],
    Option<bool> => #[serde(deserialize_with = "lenient::flag")],
    Option<Client> => #[serde(deserialize_with = "lenient::object")],
    Option<Session> => #[serde(deserialize_with = "lenient::object")],
    Option<YandexDirect> => #[serde(deserialize_with = "lenient::object")],
    Option<GoogleAds> => #[serde(deserialize_with = "lenient::object")],
    Vec<TagGroup> => #[serde(default, deserialize_with = "lenient::list", skip_serializing_if = "Vec::is_empty")],
    Vec<MapVisit> => #[serde(default, deserialize_with = "lenient::list", skip_serializing_if = "Vec::is_empty")],
    Vec<Comment> => #[serde(default, deserialize_with = "lenient::list", skip_serializing_if = "Vec::is_empty")],
    Vec<Order> => #[serde(default, deserialize_with = "lenient::list", skip_serializing_if = "Vec::is_empty")],
    Vec<Dcm> => #[serde(default, deserialize_with = "lenient::list", skip_serializing_if = "Vec::is_empty")],
)]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(remote = "Self", rename_all = "camelCase")]
#[non_exhaustive]
pub struct Request {
    /// Id of the request in Calltouch.
    #[serde(deserialize_with = "lenient::id")]
    pub request_id: u64,
    /// Number of the request at its sender; without one, the id as text.
    pub request_number: Option<Text>,
    /// Id of the site.
    pub site_id: Option<u64>,
    /// When the request was made, **milliseconds** since the epoch.
    pub date: Option<i64>,
    /// When the request was made, `dd/mm/yyyy HH:MM:SS` of Moscow time; see [`Request::created_at`].
    pub date_str: Option<Text>,
    /// Name of the form.
    pub subject: Option<Text>,
    /// Page the form was sent from.
    pub request_url: Option<Text>,
    /// Kind of request.
    pub request_type: Option<Text>,
    /// How far the request has come.
    pub status: Option<Text>,
    /// Manager set through the API.
    pub manager: Option<Text>,
    /// Whether the request is unique (уникальная).
    pub unique_request: Option<bool>,
    /// Whether the request is a target (целевая).
    pub target_request: Option<bool>,
    /// Whether the request is a unique target (уникально-целевая).
    pub uniq_target_request: Option<bool>,
    /// The cookie `_ct`, 18–19 digits.
    pub ct_client_id: Option<u64>,
    /// The cookie `_ct_client_global_id`, a UUID.
    pub ct_global_id: Option<Text>,
    /// Tracked domain.
    pub hostname: Option<Text>,
    /// Who made the request.
    pub client: Option<Client>,
    /// The visit; none if the form was not on a tracked page.
    pub session: Option<Session>,
    /// Comments.
    pub comments: Vec<Comment>,
    /// Deals of the request, in their older shape.
    pub orders: Vec<Order>,
    /// Single deal of an older kind.
    pub order: Option<Value>,
    /// The way to the request; only if asked for.
    pub map_visits: Vec<MapVisit>,
    /// Tags by origin (`RequestTags`, or `requestTags` in its stead); only if asked for.
    #[serde(rename = "RequestTags")]
    pub request_tags: Vec<TagGroup>,
    /// Advertisement in Yandex.Direct; only if asked for.
    pub yandex_direct: Option<YandexDirect>,
    /// Advertisement in Google Ads; only if asked for.
    #[serde(rename = "googleAdWords")]
    pub google_ads: Option<GoogleAds>,
    /// What Google Campaign Manager got; only if asked for.
    pub dcm: Vec<Dcm>,
    /// What a widget asked for, in its own shape.
    pub widget_info: Option<Value>,
    /// Custom fields, in their own shape; only if asked for.
    pub custom_fields: Option<Value>,
    /// Fields this version has no name for.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

impl<'de> Deserialize<'de> for Request {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut read = Self::deserialize(deserializer)?;
        lenient::adopt(
            &mut read.request_tags,
            &mut read.extra,
            "requestTags",
            lenient::list,
        );
        Ok(read)
    }
}

impl Serialize for Request {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Self::serialize(self, serializer)
    }
}

impl Record for Request {
    const ID: &'static str = "requestId";

    fn id(&self) -> Option<u64> {
        Some(self.request_id)
    }
}

impl Request {
    /// Tells when the request was made: by its milliseconds, else by its Moscow date.
    #[must_use]
    pub fn created_at(&self) -> Option<Timestamp> {
        self.date
            .and_then(|millis| Timestamp::from_millisecond(millis).ok())
            .or_else(|| self.date_str.as_ref()?.timestamp())
    }
}
