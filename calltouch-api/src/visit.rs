//! What calls and requests have in common: visits, advertising ids, comments.

use crate::lenient;
use crate::text::Text;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Describes one visit of the site on the way to the lead (`mapVisits`).
#[serde_with::apply(
    Option => #[serde(default, skip_serializing_if = "Option::is_none")],
    Option<u64> => #[serde(deserialize_with = "lenient::unsigned")],
    Vec<NamedValue> => #[serde(default, deserialize_with = "lenient::list", skip_serializing_if = "Vec::is_empty")],
)]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct MapVisit {
    /// Id of the visit, the cookie `_ct_session_id`.
    pub session_id: Option<u64>,
    /// When the visit began, `dd/mm/yyyy HH:MM:SS` of Moscow time.
    pub session_date: Option<Text>,
    /// Source of the traffic (источник).
    pub source: Option<Text>,
    /// Kind of the traffic (канал).
    pub medium: Option<Text>,
    /// Search phrase.
    pub keyword: Option<Text>,
    /// Landing page.
    pub url: Option<Text>,
    /// Page the visitor came from.
    #[serde(rename = "ref")]
    pub referrer: Option<Text>,
    /// City by address.
    pub city: Option<Text>,
    /// Address of the visitor.
    pub ip: Option<Text>,
    /// Browser as it names itself.
    pub user_agent: Option<Text>,
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
    /// Client id of Google Analytics.
    pub gua_client_id: Option<Text>,
    /// The cookie `_ct`, 18–19 digits.
    pub ct_client_id: Option<u64>,
    /// The cookie `_ct_client_global_id`, a UUID.
    pub ct_global_id: Option<Text>,
    /// More marks of paid traffic.
    pub additional_tags: Vec<NamedValue>,
    /// Fields this version has no name for.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// Holds a name and a value.
#[serde_with::apply(Option => #[serde(default, skip_serializing_if = "Option::is_none")])]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct NamedValue {
    /// The name.
    pub name: Option<Text>,
    /// The value.
    pub value: Option<Text>,
    /// Fields this version has no name for.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// Holds a comment on a lead (комментарий).
#[serde_with::apply(
    Option => #[serde(default, skip_serializing_if = "Option::is_none")],
    Option<u64> => #[serde(deserialize_with = "lenient::unsigned")],
)]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Comment {
    /// Id of the comment.
    pub comment_id: Option<u64>,
    /// Id of the request, on a request.
    pub request_id: Option<u64>,
    /// Id of the call, on a call.
    pub call_id: Option<u64>,
    /// The text.
    pub comment: Option<Text>,
    /// Id of the user who wrote it.
    pub party_id: Option<u64>,
    /// Login of the user who wrote it.
    pub party_name: Option<Text>,
    /// Fields this version has no name for.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// Holds the ids of the advertisement in Yandex.Direct (Яндекс.Директ).
#[serde_with::apply(
    Option => #[serde(default, deserialize_with = "lenient::signed", skip_serializing_if = "Option::is_none")],
)]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct YandexDirect {
    /// Id of the campaign.
    pub campaign_id: Option<i64>,
    /// Id of the group of advertisements.
    pub ad_group_id: Option<i64>,
    /// Id of the advertisement.
    pub ad_id: Option<i64>,
    /// Id of the condition it was shown for.
    pub criteria_id: Option<i64>,
    /// Fields this version has no name for.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// Holds the ids of the advertisement in Google Ads (`googleAdWords`).
#[serde_with::apply(
    Option => #[serde(default, deserialize_with = "lenient::signed", skip_serializing_if = "Option::is_none")],
)]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct GoogleAds {
    /// Id of the campaign.
    pub campaign_id: Option<i64>,
    /// Id of the group of advertisements.
    pub ad_group_id: Option<i64>,
    /// Id of the creative.
    pub creative_id: Option<i64>,
    /// Id of the condition it was shown for.
    pub criteria_id: Option<i64>,
    /// Fields this version has no name for.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// Says what became of sending the lead to Google Campaign Manager (`dcm`).
#[serde_with::apply(Option => #[serde(default, skip_serializing_if = "Option::is_none")])]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Dcm {
    /// Id of the profile.
    #[serde(rename = "profileIdDCM", deserialize_with = "lenient::unsigned")]
    pub profile_id: Option<u64>,
    /// Id of the configuration.
    pub floodlight_configuration_id: Option<Text>,
    /// Id of the activity.
    pub floodlight_activity_id: Option<Text>,
    /// What became of it.
    pub request_status: Option<Text>,
    /// What went wrong.
    pub request_errors: Option<Text>,
    /// Fields this version has no name for.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}
