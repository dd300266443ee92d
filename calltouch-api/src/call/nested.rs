//! What hangs on a call: its talk, its deals, its callback form.

use crate::lenient;
use crate::text::Text;
use crate::visit::NamedValue;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Holds one phrase of the talk (`phrases`).
#[serde_with::apply(
    Option => #[serde(default, skip_serializing_if = "Option::is_none")],
    Option<i64> => #[serde(deserialize_with = "lenient::signed")],
)]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Phrase {
    /// Who spoke: 1 the operator, 0 the client.
    pub channel: Option<i64>,
    /// When, `MM:SS` from the start.
    pub time: Option<Text>,
    /// What was said.
    pub message: Option<Text>,
    /// Fields this version has no name for.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// Describes a deal of the call (сделка), with sums in roubles.
#[serde_with::apply(
    Option => #[serde(default, skip_serializing_if = "Option::is_none")],
    Option<u64> => #[serde(deserialize_with = "lenient::unsigned")],
    Option<Decimal> => #[serde(deserialize_with = "lenient::amount", serialize_with = "rust_decimal::serde::str_option::serialize")],
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
    /// Date of the deal, Moscow time.
    pub order_date: Option<Text>,
    /// When the deal was made (дата создания), Moscow time.
    pub created_date: Option<Text>,
    /// When the deal was closed (дата завершения), Moscow time.
    pub completed_date: Option<Text>,
    /// Planned sum (бюджет сделки), roubles.
    pub planned_amount: Option<Decimal>,
    /// Sum of the closed deal, roubles.
    pub completed_amount: Option<Decimal>,
    /// Fields this version has no name for.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// Says what the callback form knew (`callbackInfo`).
#[serde_with::apply(
    Option => #[serde(default, skip_serializing_if = "Option::is_none")],
    Option<u64> => #[serde(deserialize_with = "lenient::unsigned")],
    Option<bool> => #[serde(deserialize_with = "lenient::flag")],
    Vec<NamedValue> => #[serde(default, deserialize_with = "lenient::list", skip_serializing_if = "Vec::is_empty")],
)]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CallbackInfo {
    /// Id of the callback request.
    pub callback_request_id: Option<u64>,
    /// Whether this was the last attempt to ring back.
    pub callback_final_attempt: Option<bool>,
    /// Id of the lead form of Facebook.
    pub facebook_leadgen_id: Option<u64>,
    /// Id of the lead.
    pub lead_id: Option<u64>,
    /// Id of the advertisement.
    pub ad_id: Option<u64>,
    /// Name of the campaign.
    pub leads_campaign_name: Option<Text>,
    /// E-mail given in the form.
    pub email: Option<Text>,
    /// What else the form asked for.
    pub fields: Vec<NamedValue>,
    /// Fields this version has no name for.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}
