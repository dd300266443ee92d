//! The visit behind a lead of a webhook.

use super::fields::Fields;
use crate::attribution::Attribution;
use crate::text::Text;

/// Describes the visit behind the lead, and where its traffic came from.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Visit {
    /// Which visit got the credit (модель атрибуции).
    pub attribution: Option<Attribution>,
    /// Source of the traffic (источник).
    pub source: Option<Text>,
    /// Kind of the traffic (канал).
    pub medium: Option<Text>,
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
    /// Id of the visit.
    pub session_id: Option<u64>,
    /// Client id of Google Analytics (`gcid`).
    pub google_client_id: Option<Text>,
    /// Client id of Yandex.Metrica.
    pub ya_client_id: Option<Text>,
    /// The cookie `_ct`, 18–19 digits.
    pub ct_client_id: Option<u64>,
    /// The cookie `_ct_client_global_id`, a UUID.
    pub ct_global_id: Option<Text>,
    /// Tracked domain.
    pub hostname: Option<Text>,
    /// Landing page.
    pub url: Option<Text>,
    /// Page the visitor came from.
    pub referrer: Option<Text>,
    /// City by address.
    pub city: Option<Text>,
    /// Browser.
    pub browser: Option<Text>,
    /// Operating system.
    pub os: Option<Text>,
    /// Kind of device.
    pub device: Option<Text>,
    /// Address of the visitor.
    pub ip: Option<Text>,
    /// Browser as it names itself.
    pub user_agent: Option<Text>,
    /// Parameters that were sent to Calltouch.
    pub attrs: Option<Text>,
}

impl Visit {
    pub(super) fn new(fields: &Fields) -> Self {
        Self {
            attribution: fields.number("attribution").map(i64::into),
            source: fields.text("source"),
            medium: fields.text("medium"),
            utm_source: fields.text("utm_source"),
            utm_medium: fields.text("utm_medium"),
            utm_campaign: fields.text("utm_campaign"),
            utm_content: fields.text("utm_content"),
            utm_term: fields.text("utm_term"),
            session_id: fields.number("sessionId"),
            google_client_id: fields.text("gcid"),
            ya_client_id: fields.text("yaClientId"),
            ct_client_id: fields.number("ctClientId"),
            ct_global_id: fields.text("ctGlobalId"),
            hostname: fields.text("hostname"),
            url: fields.text("url"),
            referrer: fields.text("ref"),
            city: fields.text("city"),
            browser: fields.text("browser"),
            os: fields.text("os"),
            device: fields.text("device"),
            ip: fields.text("ip"),
            user_agent: fields.text("userAgent"),
            attrs: fields.text("attrs"),
        }
    }
}
