//! Recordings of calls.

use calltouch_api::emulator::{Fault, FaultKind};
use reqwest::{StatusCode, header};
use serde_json::json;

use super::{CALLS, Service};

fn path(call: u64) -> String {
    format!("{CALLS}/{call}/download")
}

#[tokio::test]
async fn a_recording_comes_byte_for_byte_as_audio() {
    let service = Service::start().await;
    service.emulator.add_call(json!({ "callId": 1 }));
    let audio: Vec<u8> = (0..=255).cycle().take(10_000).collect();
    service.emulator.add_recording(1, audio.clone());

    let response = service.reading(&path(1), &[]).send().await.unwrap();

    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(response.headers()[header::CONTENT_TYPE], "audio/mpeg");
    assert_eq!(response.bytes().await.unwrap(), audio);
    let routes = service.emulator.stats().routes;
    assert_eq!(
        routes["GET /calls-service/RestAPI/{id}/calls-diary/calls/{id}/download"],
        1
    );
}

#[tokio::test]
async fn a_call_without_a_recording_is_not_found() {
    let service = Service::start_with(|builder| builder.site(7, "other")).await;
    service.emulator.add_call(json!({ "callId": 1 }));
    service
        .emulator
        .add_call(json!({ "callId": 2, "siteId": 7 }));
    service.emulator.add_recording(2, "of another site");
    service.emulator.add_recording(3, "of no call");

    for call in [1, 2, 3] {
        let (status, body) = service.read(&path(call), &[]).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{call}");
        assert!(body["message"].is_string());
    }
}

#[tokio::test]
async fn a_recording_needs_the_token() {
    let service = Service::start().await;
    service.emulator.add_call(json!({ "callId": 1 }));
    service.emulator.add_recording(1, "audio");
    let url = format!("{}{}", service.emulator.base_url(), path(1));
    let status = service.http.get(url).send().await.unwrap().status();
    assert_eq!(status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_recording_can_be_torn() {
    let service = Service::start().await;
    service.emulator.add_call(json!({ "callId": 1 }));
    service.emulator.add_recording(1, "half of this");
    service
        .emulator
        .add_fault(Fault::new("*").kind(FaultKind::Truncate));
    let response = service.reading(&path(1), &[]).send().await.unwrap();
    assert_eq!(response.content_length(), Some(12));
    assert!(response.bytes().await.is_err());
}
