//! Flow 1: a call (звонок) becomes a deal, a counterparty and an order.
//!
//! Trigger: an incoming call in the journal that has ended.

use std::collections::BTreeMap;

use calltouch_api::call::{Call, CallPhase};
use calltouch_api::{TagKind, Text};
use jiff::Timestamp;

use crate::config::Config;
use crate::contact::Phone;
use crate::lead::{Lead, LeadKey, Marks};
use crate::source_field::{joined, tags, value};

/// The lead of a call; nothing while the call goes on.
pub(crate) fn lead(call: &Call, config: &Config, now: Timestamp) -> Option<Lead> {
    if call.call_phase == Some(CallPhase::Connected) {
        return None;
    }
    let number = call.caller_number.as_ref().and_then(Text::value);
    Some(Lead {
        key: LeadKey::call(config.calltouch.site_id, call.call_id),
        at: call.started_at().unwrap_or(now),
        phones: number
            .map(|number| Phone::all_in(number, config.counterparties.phone_region))
            .unwrap_or_default(),
        emails: Vec::new(),
        name: None,
        phone_text: number.map(str::to_owned),
        email_text: None,
        source_fields: source_fields(call),
        marks: Marks {
            unique: call.unique_call.unwrap_or_default(),
            target: call.target_call.unwrap_or_default(),
            unique_target: call.uniq_target_call.unwrap_or_default(),
            duration: call.duration,
            tags: tags(&call.call_tags, |_| true),
            source: value(call.source.as_ref()),
        },
    })
}

fn source_fields(call: &Call) -> BTreeMap<String, String> {
    let mut shown = tags(&call.call_tags, |kind| *kind == TagKind::AutoCt);
    shown.extend(tags(&call.call_tags, |kind| *kind == TagKind::AutoPn));
    [
        ("source", value(call.source.as_ref())),
        ("medium", value(call.medium.as_ref())),
        ("utm_source", value(call.utm_source.as_ref())),
        ("utm_medium", value(call.utm_medium.as_ref())),
        ("utm_campaign", value(call.utm_campaign.as_ref())),
        ("utm_content", value(call.utm_content.as_ref())),
        ("utm_term", value(call.utm_term.as_ref())),
        ("gclid", value(call.client_id.as_ref())),
        ("tags", joined(&shown)),
    ]
    .into_iter()
    .filter_map(|(code, value)| Some((code.to_owned(), value?)))
    .collect()
}
