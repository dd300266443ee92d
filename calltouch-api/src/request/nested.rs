//! What hangs on a request: its client, its visit, its deals.

use crate::attribution::{self, Attribution};
use crate::lenient;
use crate::text::Text;
use crate::visit::NamedValue;
use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};

/// Describes who made the request.
#[serde_with::apply(
    Option => #[serde(default, skip_serializing_if = "Option::is_none")],
    Option<u64> => #[serde(deserialize_with = "lenient::unsigned")],
    Vec<Phone> => #[serde(default, deserialize_with = "lenient::list", skip_serializing_if = "Vec::is_empty")],
    Vec<Contact> => #[serde(default, deserialize_with = "lenient::list", skip_serializing_if = "Vec::is_empty")],
)]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Client {
    /// Id of the client in **Calltouch**; on a call the same word means Google Analytics.
    pub client_id: Option<u64>,
    /// Name (ФИО).
    pub fio: Option<Text>,
    /// Phones.
    pub phones: Vec<Phone>,
    /// Other contacts, e-mails above all.
    pub contacts: Vec<Contact>,
    /// Fields this version has no name for.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// Holds a phone of a client.
#[serde_with::apply(
    Option => #[serde(default, skip_serializing_if = "Option::is_none")],
)]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Phone {
    /// The number as it was given.
    pub phone_number: Option<Text>,
    /// Its kind, as `MOBILE`.
    pub phone_type: Option<Text>,
    /// Fields this version has no name for.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// Holds a contact of a client.
#[serde_with::apply(
    Option => #[serde(default, skip_serializing_if = "Option::is_none")],
)]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(remote = "Self", rename_all = "camelCase")]
#[non_exhaustive]
pub struct Contact {
    /// Its kind, as `EMAIL`; `type` stands in for it.
    pub contact_type: Option<Text>,
    /// The contact as it was given; `value` stands in for it.
    pub contact_value: Option<Text>,
    /// Fields this version has no name for.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

impl<'de> Deserialize<'de> for Contact {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut read = Self::deserialize(deserializer)?;
        lenient::adopt(
            &mut read.contact_type,
            &mut read.extra,
            "type",
            serde_json::from_value,
        );
        lenient::adopt(
            &mut read.contact_value,
            &mut read.extra,
            "value",
            serde_json::from_value,
        );
        Ok(read)
    }
}

impl Serialize for Contact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Self::serialize(self, serializer)
    }
}

/// Describes the visit from which the request was sent.
#[serde_with::apply(
    Option => #[serde(default, skip_serializing_if = "Option::is_none")],
    Option<u64> => #[serde(deserialize_with = "lenient::unsigned")],
    Option<Attribution> => #[serde(deserialize_with = "attribution::read")],
    Vec<NamedValue> => #[serde(default, deserialize_with = "lenient::list", skip_serializing_if = "Vec::is_empty")],
)]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(remote = "Self", rename_all = "camelCase")]
#[non_exhaustive]
pub struct Session {
    /// Id of the visit.
    pub session_id: Option<u64>,
    /// When the visit began, `dd/mm/yyyy HH:MM:SS` of Moscow time.
    pub session_date: Option<Text>,
    /// Search phrase; on a call the field is called `keyword`.
    pub keywords: Option<Text>,
    /// City by address.
    pub city: Option<Text>,
    /// Address of the visitor.
    pub ip: Option<Text>,
    /// Source of the traffic (источник).
    pub source: Option<Text>,
    /// Kind of the traffic (канал).
    pub medium: Option<Text>,
    /// Page the visitor came from.
    #[serde(rename = "ref")]
    pub referrer: Option<Text>,
    /// Landing page.
    pub url: Option<Text>,
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
    /// Client id of Google Analytics; `gaClientId` stands in for it.
    pub gua_client_id: Option<Text>,
    /// Client id of Yandex.Metrica.
    pub ya_client_id: Option<Text>,
    /// Which visit got the credit (модель атрибуции).
    pub attribution: Option<Attribution>,
    /// More marks of paid traffic.
    pub additional_tags: Vec<NamedValue>,
    /// Parameters that were sent to Calltouch, in their own shape.
    pub attrs: Option<Value>,
    /// The cookie `_ct_client_global_id`, a UUID.
    pub ct_global_id: Option<Text>,
    /// Kind of device.
    pub device: Option<Text>,
    /// Operating system.
    pub os: Option<Text>,
    /// Browser.
    pub browser: Option<Text>,
    /// Browser, in newer answers.
    pub browser_name: Option<Text>,
    /// Fields this version has no name for.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

impl<'de> Deserialize<'de> for Session {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut read = Self::deserialize(deserializer)?;
        lenient::adopt(
            &mut read.gua_client_id,
            &mut read.extra,
            "gaClientId",
            serde_json::from_value,
        );
        Ok(read)
    }
}

impl Serialize for Session {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Self::serialize(self, serializer)
    }
}

/// Describes a deal of the request (сделка) in its older shape, with sums in roubles.
#[serde_with::apply(
    Option => #[serde(default, skip_serializing_if = "Option::is_none")],
    Option<u64> => #[serde(deserialize_with = "lenient::unsigned")],
    Option<i64> => #[serde(deserialize_with = "lenient::signed")],
    Option<Decimal> => #[serde(deserialize_with = "lenient::amount", serialize_with = "rust_decimal::serde::str_option::serialize")],
    Option<Session> => #[serde(deserialize_with = "lenient::object")],
)]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Order {
    /// Id of the deal in Calltouch.
    pub order_id: Option<u64>,
    /// Number of the deal in the CRM.
    #[serde(deserialize_with = "lenient::string")]
    pub order_number: Option<String>,
    /// When the deal was made (дата создания), milliseconds since the epoch.
    pub date_created: Option<i64>,
    /// Status of the deal (статус сделки).
    pub status: Option<Text>,
    /// Planned sum (бюджет сделки), roubles.
    pub sum: Option<Decimal>,
    /// Final sum, roubles.
    pub real_sum: Option<Decimal>,
    /// Planned sum once more, roubles.
    pub order_sum: Option<Decimal>,
    /// Status once more.
    pub order_status: Option<Text>,
    /// Comments.
    pub order_comments: Option<Text>,
    /// Sum at present, roubles.
    pub current_amount: Option<Decimal>,
    /// How many comments there are.
    pub comments_count: Option<u64>,
    /// Id of the call, if the deal has one.
    pub call_id: Option<u64>,
    /// The visit.
    pub session: Option<Session>,
    /// Fields this version has no name for.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}
