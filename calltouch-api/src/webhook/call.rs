//! A call as a webhook tells it.

use super::fields::Fields;
use super::visit::Visit;
use crate::call::CallPhase;
use crate::tag::{TagGroup, TagKind};
use crate::text::Text;
use jiff::Timestamp;

/// Describes a call that began, ended or changed.
///
/// What was not chosen in the cabinet, or cannot be read, is `None` or empty; [`Call::fields`] has
/// everything as it was sent.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Call {
    /// Id of the call in Calltouch.
    pub id: Option<u64>,
    /// Whether the call goes on or has ended.
    pub phase: Option<CallPhase>,
    /// What changed, if this is about a change.
    pub changed_fields: Vec<String>,
    /// Who rang, digits.
    pub caller_phone: Option<Text>,
    /// The tracked number that was dialled, digits.
    pub phone_number: Option<Text>,
    /// Where the call went on to.
    pub redirect_number: Option<Text>,
    /// Sub-pool of the number.
    pub sub_pool_name: Option<Text>,
    /// Kind of pool.
    pub pool: Option<Text>,
    /// Length of the talk in seconds.
    pub duration: Option<i64>,
    /// Wait for an answer in seconds.
    pub waiting_time: Option<i64>,
    /// When the call began: by `timestamp`, else by `calltime`.
    pub started_at: Option<Timestamp>,
    /// When the webhook was sent; of two about one call, the later one is right.
    pub sent_at: Option<Timestamp>,
    /// Whether the call was answered.
    pub successful: Option<bool>,
    /// How the call ended, English words.
    pub status_details: Option<Text>,
    /// Whether the call is unique (уникальный).
    pub unique: Option<bool>,
    /// Whether the call is a target (целевой).
    pub target: Option<bool>,
    /// Whether the call is a unique target (уникально-целевой).
    pub unique_target: Option<bool>,
    /// Whether a callback form made the call.
    pub callback: Option<bool>,
    /// Whether the call came in working hours.
    pub work_time: Option<bool>,
    /// Rating of the call, 0 to 5.
    pub rating: Option<u8>,
    /// Tags by origin.
    pub tags: Vec<TagGroup>,
    /// Where the recording is.
    pub recording_url: Option<Text>,
    /// Page the call was made from.
    pub call_url: Option<Text>,
    /// Stable pseudonym of the caller, 32 hex digits.
    pub ct_caller_id: Option<Text>,
    /// Id of the SIP session.
    pub sip_call_id: Option<Text>,
    /// Id of the call in the PBX (`callReferenceNumber`).
    pub call_reference_id: Option<Text>,
    /// Id of the callback request.
    pub callback_request_id: Option<u64>,
    /// Whether this was the last attempt to ring back.
    pub callback_final_attempt: Option<bool>,
    /// Id of the deal in Calltouch.
    pub order_id: Option<u64>,
    /// Id of the site.
    pub site_id: Option<u64>,
    /// Name of the site.
    pub site_name: Option<Text>,
    /// Manager.
    pub manager: Option<Text>,
    /// The visit behind the call.
    pub visit: Visit,
    /// Everything that was sent, as it was sent.
    pub fields: Fields,
}

impl Call {
    pub(super) fn new(fields: Fields) -> Self {
        Self {
            id: fields.number("id"),
            phase: fields.text("callphase").map(CallPhase::from),
            changed_fields: fields.list("changedFields"),
            caller_phone: fields.text("callerphone"),
            phone_number: fields.text("phonenumber"),
            redirect_number: fields.text("redirectNumber"),
            sub_pool_name: fields.text("subPoolName"),
            pool: fields.text("pool"),
            duration: fields.number("duration"),
            waiting_time: fields.number("waiting_time"),
            started_at: fields
                .moment("timestamp")
                .or_else(|| fields.moment("calltime")),
            sent_at: fields.moment("sendingTimestamp"),
            successful: fields.flag("status", "successful"),
            status_details: fields.text("statusDetails"),
            unique: fields.flag("unique", "unique"),
            target: fields.flag("targetcall", "target"),
            unique_target: fields.flag("uniqtargetcall", "uniqtarget"),
            callback: fields.flag("callback", "callback"),
            work_time: fields.flag("worktime", "worktime"),
            rating: fields.number("rating"),
            tags: tags(&fields),
            recording_url: fields.text("reclink"),
            call_url: fields.text("callUrl"),
            ct_caller_id: fields.text("ctCallerId"),
            sip_call_id: fields.text("sip_call_id"),
            call_reference_id: fields.text("callReferenceNumber"),
            callback_request_id: fields.number("callback_request_id"),
            callback_final_attempt: fields.flag("callback_final_attempt", "true"),
            order_id: fields.number("orderId"),
            site_id: fields.number("siteId"),
            site_name: fields.text("siteName"),
            manager: fields.text("manager"),
            visit: Visit::new(&fields),
            fields,
        }
    }
}

/// Reads the tags of every origin, as the journal groups them.
pub(super) fn tags(fields: &Fields) -> Vec<TagGroup> {
    let origins = [
        ("tags_manual", TagKind::Manual),
        ("tags_api", TagKind::WebApi),
        ("tags_auto_pn", TagKind::AutoPn),
        ("tags_auto_ct", TagKind::AutoCt),
        ("tags_auto_pr", TagKind::AutoPr),
        ("tags_auto_af", TagKind::AutoAf),
        ("tags_auto_gr", TagKind::AutoGr),
    ];
    origins
        .into_iter()
        .filter_map(|(name, kind)| {
            let names = fields.list(name);
            (!names.is_empty()).then(|| TagGroup {
                kind,
                names,
                ..TagGroup::default()
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attribution::Attribution;

    #[test]
    fn every_name_of_the_service_finds_its_field() {
        let call = Call::new(Fields::from_pairs([
            ("id", "24000001"),
            ("leadtype", "call"),
            ("callphase", "calldisconnected"),
            ("changedFields", "tags_manual,rating"),
            ("callerphone", "79990000001"),
            ("phonenumber", "74950000001"),
            ("redirectNumber", "74950000002"),
            ("subPoolName", "Остальные"),
            ("pool", "staticOnline"),
            ("duration", "-30"),
            ("waiting_time", "5"),
            ("calltime", "2023-11-15 01:13:20"),
            ("sendingTimestamp", "1700000300"),
            ("status", "unsuccessful"),
            ("statusDetails", "Connected."),
            ("unique", "true"),
            ("targetcall", "target"),
            ("uniqtargetcall", "non-uniqtarget"),
            ("callback", "non-callback"),
            ("worktime", "worktime"),
            ("rating", "4"),
            ("tags_manual", "Лид,VIP"),
            ("tags_api", "a"),
            ("reclink", "https://r.example/1"),
            ("callUrl", "https://shop.example/c"),
            ("ctCallerId", "0123456789abcdef0123456789abcdef"),
            ("sip_call_id", "s"),
            ("callReferenceNumber", "1.2"),
            ("callback_request_id", "8"),
            ("callback_final_attempt", "true"),
            ("orderId", "9"),
            ("siteId", "12345"),
            ("siteName", "shop.example"),
            ("manager", "Анна"),
            ("attribution", "1"),
            ("source", "yandex"),
            ("utm_term", "<не заполнено>"),
            ("gcid", "1.2"),
            ("ctClientId", "9007199254740993"),
            ("sessionId", "4794763832"),
            ("ref", "https://r.example/"),
            ("brandNew", "1"),
        ]));

        assert_eq!(call.id, Some(24_000_001));
        assert_eq!(call.phase, Some(CallPhase::Disconnected));
        assert_eq!(call.changed_fields, ["tags_manual", "rating"]);
        assert_eq!((call.duration, call.waiting_time), (Some(-30), Some(5)));
        let started = Timestamp::from_second(1_700_000_000).ok();
        assert_eq!(call.started_at, started);
        assert_eq!(call.sent_at, Timestamp::from_second(1_700_000_300).ok());
        assert_eq!(
            [
                call.successful,
                call.unique,
                call.target,
                call.unique_target
            ],
            [Some(false), Some(true), Some(true), Some(false)]
        );
        assert_eq!(
            [call.callback, call.work_time, call.callback_final_attempt],
            [Some(false), Some(true), Some(true)]
        );
        assert_eq!(call.rating, Some(4));
        let kinds: Vec<&str> = call.tags.iter().map(|group| group.kind.as_str()).collect();
        assert_eq!(kinds, ["MANUAL", "WEB-API"]);
        assert_eq!(call.visit.ct_client_id, Some(9_007_199_254_740_993));
        assert_eq!(call.visit.session_id, Some(4_794_763_832));
        assert_eq!(call.visit.attribution, Some(Attribution::LastNonDirect));
        assert_eq!(call.visit.utm_term.as_ref().and_then(Text::value), None);
        assert_eq!(call.fields.get("brandNew"), Some("1"));
        let texts = [
            &call.caller_phone,
            &call.phone_number,
            &call.redirect_number,
            &call.sub_pool_name,
            &call.pool,
            &call.status_details,
            &call.recording_url,
            &call.call_url,
            &call.ct_caller_id,
            &call.sip_call_id,
            &call.call_reference_id,
            &call.site_name,
            &call.manager,
            &call.visit.google_client_id,
            &call.visit.referrer,
        ];
        assert!(texts.iter().all(|text| text.is_some()), "{texts:?}");
        assert_eq!(
            [call.callback_request_id, call.order_id, call.site_id],
            [Some(8), Some(9), Some(12_345)]
        );
    }

    #[test]
    fn a_value_that_cannot_be_read_stays_in_the_fields() {
        let call = Call::new(Fields::from_pairs([("id", "x7"), ("rating", "300")]));

        assert_eq!((call.id, call.rating), (None, None));
        assert_eq!(call.fields.get("id"), Some("x7"));
    }
}
