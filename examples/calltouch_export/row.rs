//! One line of the table.

use calltouch_api::call::Call;
use calltouch_api::{Text, call::CallPhase};
use serde::Serialize;

/// A call as the table shows it; words that mean nothing are left empty.
#[derive(Debug, Serialize)]
pub(crate) struct Row<'a> {
    call_id: u64,
    started_at: Option<String>,
    phase: Option<&'a str>,
    caller: Option<&'a str>,
    dialled: Option<&'a str>,
    duration: Option<i64>,
    successful: Option<bool>,
    unique: Option<bool>,
    target: Option<bool>,
    source: Option<&'a str>,
    medium: Option<&'a str>,
    campaign: Option<&'a str>,
    keyword: Option<&'a str>,
    tags: String,
}

impl<'a> Row<'a> {
    pub(crate) fn new(call: &'a Call) -> Self {
        let tags: Vec<&str> = call
            .call_tags
            .iter()
            .flat_map(|group| group.names.iter().map(String::as_str))
            .collect();
        Self {
            call_id: call.call_id,
            started_at: call.started_at().map(|at| at.to_string()),
            phase: call.call_phase.as_ref().map(CallPhase::as_str),
            caller: value(call.caller_number.as_ref()),
            dialled: value(call.phone_number.as_ref()),
            duration: call.duration,
            successful: call.successful,
            unique: call.unique_call,
            target: call.target_call,
            source: value(call.source.as_ref()),
            medium: value(call.medium.as_ref()),
            campaign: value(call.utm_campaign.as_ref()),
            keyword: value(call.keyword.as_ref()),
            tags: tags.join(", "),
        }
    }
}

fn value(text: Option<&Text>) -> Option<&str> {
    text.and_then(Text::value)
}
