//! Flow 2: a request (заявка) becomes a deal, a counterparty and an order.
//!
//! Trigger: a request in the journal.

use std::collections::BTreeMap;

use calltouch_api::Text;
use calltouch_api::request::Request;
use jiff::Timestamp;

use crate::config::Config;
use crate::contact::{Email, Phone};
use crate::lead::{Lead, LeadKey, Marks};
use crate::source_field::{joined, tags, value};

/// The lead of a request; there is always one.
#[allow(clippy::unnecessary_wraps)] // The shape that a call's lead has too.
pub(crate) fn lead(request: &Request, config: &Config, now: Timestamp) -> Option<Lead> {
    let client = request.client.as_ref();
    let phones: Vec<&str> = client
        .iter()
        .flat_map(|client| &client.phones)
        .filter_map(|phone| phone.phone_number.as_ref().and_then(Text::value))
        .collect();
    let emails: Vec<&str> = client
        .iter()
        .flat_map(|client| &client.contacts)
        .filter_map(|contact| contact.contact_value.as_ref().and_then(Text::value))
        .filter(|text| text.contains('@'))
        .collect();
    let region = config.counterparties.phone_region;
    Some(Lead {
        key: LeadKey::request(config.calltouch.site_id, request.request_id),
        at: request.created_at().unwrap_or(now),
        phones: distinct(phones.iter().flat_map(|text| Phone::all_in(text, region))),
        emails: distinct(emails.iter().flat_map(|text| Email::all_in(text))),
        name: client.and_then(|client| value(client.fio.as_ref())),
        phone_text: phones.first().map(|text| text.trim().to_owned()),
        email_text: emails.first().map(|text| text.trim().to_owned()),
        source_fields: source_fields(request),
        marks: Marks {
            unique: request.unique_request.unwrap_or_default(),
            target: request.target_request.unwrap_or_default(),
            unique_target: request.uniq_target_request.unwrap_or_default(),
            duration: None,
            tags: tags(&request.request_tags, |_| true),
            source: request
                .session
                .as_ref()
                .and_then(|session| value(session.source.as_ref())),
        },
    })
}

fn source_fields(request: &Request) -> BTreeMap<String, String> {
    let session = request.session.as_ref();
    let from_session = |field: fn(&calltouch_api::request::Session) -> Option<&Text>| {
        session.and_then(|s| value(field(s)))
    };
    [
        ("source", from_session(|s| s.source.as_ref())),
        ("medium", from_session(|s| s.medium.as_ref())),
        ("utm_source", from_session(|s| s.utm_source.as_ref())),
        ("utm_medium", from_session(|s| s.utm_medium.as_ref())),
        ("utm_campaign", from_session(|s| s.utm_campaign.as_ref())),
        ("utm_content", from_session(|s| s.utm_content.as_ref())),
        ("utm_term", from_session(|s| s.utm_term.as_ref())),
        ("gclid", from_session(|s| s.gua_client_id.as_ref())),
        ("tags", joined(&tags(&request.request_tags, |_| true))),
    ]
    .into_iter()
    .filter_map(|(code, value)| Some((code.to_owned(), value?)))
    .collect()
}

fn distinct<T: PartialEq>(items: impl Iterator<Item = T>) -> Vec<T> {
    items.fold(Vec::new(), |mut kept, item| {
        if !kept.contains(&item) {
            kept.push(item);
        }
        kept
    })
}
