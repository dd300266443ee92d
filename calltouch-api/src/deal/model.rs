//! A deal as the journal shows it, and a row of an answer.

use crate::lenient;
use crate::page::Record;
use crate::tag::TagGroup;
use crate::text::Text;
use crate::visit::{GoogleAds, YandexDirect};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Says what became of a row of a batch that succeeded.
#[serde_with::apply(
    Option => #[serde(default, skip_serializing_if = "Option::is_none")],
    Option<u64> => #[serde(deserialize_with = "lenient::unsigned")],
)]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Saved {
    /// Number of the deal in the CRM.
    #[serde(deserialize_with = "lenient::string")]
    pub order_number: Option<String>,
    /// Id of the deal in Calltouch.
    pub calltouch_order_id: Option<u64>,
    /// Fields this version has no name for.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// Describes a deal (сделка) of the journal, with sums in roubles.
///
/// The shape is known from one client program only, so nothing is sure to be there.
#[serde_with::apply(
    Option => #[serde(default, skip_serializing_if = "Option::is_none")],
    Option<u64> => #[serde(deserialize_with = "lenient::unsigned")],
    Option<Decimal> => #[serde(deserialize_with = "lenient::amount", serialize_with = "rust_decimal::serde::str_option::serialize")],
    Option<Client> => #[serde(deserialize_with = "lenient::object")],
    Option<Visit> => #[serde(deserialize_with = "lenient::object")],
    Option<Origin> => #[serde(deserialize_with = "lenient::object")],
    Vec<TagGroup> => #[serde(default, deserialize_with = "lenient::list", skip_serializing_if = "Vec::is_empty")],
)]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Deal {
    /// Id of the deal in Calltouch.
    pub order_id: Option<u64>,
    /// Number of the deal in the CRM.
    #[serde(deserialize_with = "lenient::string")]
    pub order_number: Option<String>,
    /// Name.
    pub order_name: Option<Text>,
    /// Status.
    pub order_status: Option<Text>,
    /// Funnel (воронка).
    pub funnel: Option<Text>,
    /// When the deal was made, Moscow time; see [`Text::timestamp`].
    pub order_date: Option<Text>,
    /// When it was recorded, Moscow time.
    pub created_date: Option<Text>,
    /// When it was changed last, Moscow time.
    pub updated_date: Option<Text>,
    /// Planned sum (бюджет сделки), roubles.
    pub planned_amount: Option<Decimal>,
    /// Sum of the closed deal, roubles.
    pub completed_amount: Option<Decimal>,
    /// Manager: a name or an object.
    pub manager: Option<Value>,
    /// Comments: a text or a list.
    pub comment: Option<Value>,
    /// Tags by origin; only if asked for.
    pub tags: Vec<TagGroup>,
    /// Id of the site.
    pub site_id: Option<u64>,
    /// Who the deal is with.
    pub client: Option<Client>,
    /// The visit that gets the credit.
    pub visit: Option<Visit>,
    /// The lead the deal came from.
    pub order_source: Option<Origin>,
    /// Where the deal was recorded.
    pub service: Option<Value>,
    /// Fields this version has no name for.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

impl Record for Deal {
    const ID: &'static str = "orderId";

    fn id(&self) -> Option<u64> {
        self.order_id
    }
}

/// Describes the person of a deal.
#[serde_with::apply(
    Option => #[serde(default, skip_serializing_if = "Option::is_none")],
    Vec<String> => #[serde(default, deserialize_with = "lenient::strings", skip_serializing_if = "Vec::is_empty")],
)]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Client {
    /// Name (ФИО).
    pub fio: Option<Text>,
    /// Phones.
    pub phones: Vec<String>,
    /// E-mails.
    pub emails: Vec<String>,
    /// Fields this version has no name for.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// Describes the visit that gets the credit for a deal.
#[serde_with::apply(
    Option => #[serde(default, skip_serializing_if = "Option::is_none")],
    Option<u64> => #[serde(deserialize_with = "lenient::unsigned")],
    Option<YandexDirect> => #[serde(deserialize_with = "lenient::object")],
    Option<GoogleAds> => #[serde(deserialize_with = "lenient::object")],
)]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Visit {
    /// Id of the visit.
    pub session_id: Option<u64>,
    /// Source of the traffic (источник).
    pub source: Option<Text>,
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
    /// Search phrase.
    pub keyword: Option<Text>,
    /// City by address.
    pub city: Option<Text>,
    /// Address of the visitor.
    pub ip: Option<Text>,
    /// Page the visitor came from.
    #[serde(rename = "ref")]
    pub referrer: Option<Text>,
    /// Landing page.
    pub url: Option<Text>,
    /// Which visit got the credit (модель атрибуции).
    pub attribution: Option<Text>,
    /// Client id of Yandex.Metrica.
    pub ya_client_id: Option<Text>,
    /// Client id of Google Analytics.
    pub ga_client_id: Option<Text>,
    /// Advertisement in Yandex.Direct.
    pub yandex_direct: Option<YandexDirect>,
    /// Advertisement in Google Ads.
    #[serde(rename = "googleAdWords")]
    pub google_ads: Option<GoogleAds>,
    /// Fields this version has no name for.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// Names the lead a deal came from (`orderSource`).
#[serde_with::apply(
    Option => #[serde(default, skip_serializing_if = "Option::is_none")],
    Option<u64> => #[serde(deserialize_with = "lenient::unsigned")],
    Option<i64> => #[serde(deserialize_with = "lenient::signed")],
)]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Origin {
    /// Kind of lead (`type`), as `CALL`.
    #[serde(rename = "type")]
    pub kind: Option<Text>,
    /// Name of the form, of a request.
    pub form_name: Option<Text>,
    /// Id of the call.
    pub call_id: Option<u64>,
    /// Id of the request.
    pub request_id: Option<u64>,
    /// Length of the talk in seconds.
    pub duration: Option<i64>,
    /// Page the call was made from.
    pub call_url: Option<Text>,
    /// Fields this version has no name for.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}
