//! Calltouch as a sender of webhooks: calls and requests, by GET or as a form.

use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use calltouch_api::call::CallPhase;
use calltouch_api::webhook::Event;

use super::{Meaning, Sender};

pub(super) struct Calltouch;

impl Sender for Calltouch {
    const NAME: &'static str = "calltouch";
    const METHODS: &'static [Method] = &[Method::GET, Method::POST];
    const GOOD: StatusCode = StatusCode::OK;

    fn meaning(site_id: u64, uri: &Uri, headers: &HeaderMap, body: &[u8]) -> Option<Meaning> {
        let kind = headers
            .get(CONTENT_TYPE)
            .and_then(|kind| kind.to_str().ok());
        let event = Event::read(uri.query().unwrap_or_default(), kind, body).ok()?;
        let of_site = match &event {
            // A call is carried once it has ended.
            Event::Call(call) if call.phase == Some(CallPhase::Connected) => None,
            Event::Call(call) => Some(call.site_id),
            Event::Request(request) => Some(request.site_id),
            // Deals and chats; the sync makes deals itself.
            _ => None,
        };
        // A webhook that does not say its site may be of ours.
        let ours = of_site.is_some_and(|of| of.is_none_or(|of| of == site_id));
        Some(if ours && !event.is_test() {
            Meaning::Look
        } else {
            Meaning::Nothing
        })
    }
}
