//! The token shows nowhere, whatever goes wrong and however much is logged.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    unreachable_pub,
    dead_code
)]

#[path = "wire/server.rs"]
mod server;

use calltouch_api::deal::{Matching, legacy};
use calltouch_api::lead::AddTags;
use calltouch_api::request::Form;
use calltouch_api::{Client, Limiter, Period};
use jiff::civil::date;
use serde_json::json;
use server::{SITE, TOKEN, builder, client};
use std::error::Error;
use std::fmt::Write as _;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tracing_subscriber::fmt::format::FmtSpan;
use tracing_subscriber::util::SubscriberInitExt;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

/// Keeps what is logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Everything an error can be made to say, its causes included.
fn all_words(error: &(dyn Error + 'static)) -> String {
    let mut words = format!("{error} {error:?} {error:#?}");
    let mut cause = error.source();
    while let Some(error) = cause {
        write!(words, " {error} {error:?}").unwrap();
        cause = error.source();
    }
    words
}

fn assert_clean(words: &str) {
    let encoded = "s3cr%2Ft.T0ken%2Bx";
    for secret in [
        TOKEN,
        encoded,
        "clientApiId",
        "79990000001",
        "a@b.example",
        "private body",
    ] {
        assert!(!words.contains(secret), "{secret} in: {words}");
    }
}

fn deal() -> calltouch_api::deal::New {
    calltouch_api::deal::New::new("crm-1", "PENDING", jiff::Timestamp::UNIX_EPOCH)
        .comment("private body")
        .contacts(
            calltouch_api::deal::Contacts::new()
                .phone("79990000001")
                .email("a@b.example"),
        )
}

/// One test for all, since the subscriber is the process's.
#[tokio::test]
async fn neither_errors_nor_logs_show_the_token_a_contact_or_a_body() {
    let log = Log::default();
    let writer = log.clone();
    tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
        .with_span_events(FmtSpan::FULL)
        .with_writer(move || writer.clone())
        .with_ansi(false)
        .finish()
        .init();
    let echo = format!("token {TOKEN} or s3cr%2Ft.T0ken%2Bx of 79990000001, a@b.example");
    let day = Period::day(date(2026, 11, 20));
    let answers = [
        ResponseTemplate::new(403).set_body_json(json!({"message": echo})),
        ResponseTemplate::new(400).set_body_json(json!({"data": {"apiErrorData": {"errorMessage": echo}}})),
        ResponseTemplate::new(400)
            .set_body_json(json!({"data": {"validationErrorData": {"violations": [{"message": echo, "field": echo}]}}})),
        ResponseTemplate::new(200).set_body_json(json!({"data": {"orders": [{"orderNumber": "crm-1", "error": echo}]}})),
        ResponseTemplate::new(200).set_body_json(json!({"records": [{"callId": echo}]})),
        ResponseTemplate::new(200).set_body_string(format!("<html>{echo}")),
        ResponseTemplate::new(302).insert_header("Location", format!("/support/?clientApiId={TOKEN}")),
        ResponseTemplate::new(500).set_body_string(echo.clone()),
        ResponseTemplate::new(200).set_delay(Duration::from_mins(1)),
    ];

    for template in answers {
        let server = MockServer::start().await;
        Mock::given(any())
            .respond_with(template)
            .mount(&server)
            .await;
        let client = builder(&server)
            .timeout(Duration::from_millis(100))
            .attempts(2)
            .build()
            .unwrap();
        assert_clean(&all_words(&client.calls().find(1, day).await.unwrap_err()));
        assert_clean(&all_words(
            &client.statistics().total(day).await.unwrap_err(),
        ));
        let form = Form::new("private body")
            .phone("79990000001")
            .email("a@b.example");
        assert_clean(&all_words(
            &client.requests().register(form).await.unwrap_err(),
        ));
        let old = legacy::New::new(legacy::Lead::CallId(1)).comment("private body");
        if let Err(error) = client.deals().register_legacy(old).await {
            assert_clean(&all_words(&error));
        }
        let mut sink = tokio::io::sink();
        if let Err(error) = client.calls().recording(1).write_to(&mut sink).await {
            assert_clean(&all_words(&error));
        }
        let tags = AddTags::new(["private body"]).matching(Matching::call(1));
        let outcomes = client.leads().tag(vec![tags]).await;
        assert_clean(&all_words(outcomes[0].as_ref().unwrap_err()));
        let outcomes = client.deals().create(vec![deal()]).send().await;
        assert_clean(&all_words(outcomes[0].as_ref().unwrap_err()));
        assert_clean(&format!("{client:?} {:?}", client.calls().list(day)));
    }
    let nowhere = Client::builder(SITE, TOKEN)
        .base_url("http://127.0.0.1:1")
        .limiter(Limiter::unlimited())
        .retry_delay(Duration::from_millis(1))
        .build()
        .unwrap();
    assert_clean(&all_words(
        &nowhere.calls().list(day).send().await.unwrap_err(),
    ));
    let server = MockServer::start().await;
    Mock::given(any())
        .respond_with(ResponseTemplate::new(200).set_body_string("[]"))
        .mount(&server)
        .await;
    client(&server).requests().list(day).send().await.unwrap();

    let logged = log.0.lock().unwrap().clone();
    let logged = String::from_utf8(logged).unwrap();
    // The mock server logs in the same process; what it says is not ours.
    let ours: String = logged
        .lines()
        .filter(|line| !line.contains("wiremock"))
        .fold(String::new(), |all, line| all + line + "\n");
    assert!(ours.contains("calltouch.request"), "{ours}");
    assert!(
        ours.contains("/calls-service/RestAPI/{siteId}/calls-diary/calls"),
        "{ours}"
    );
    assert!(ours.contains("http.response.status_code=403"), "{ours}");
    assert!(ours.contains("repeating the request"), "{ours}");
    assert_clean(&ours);
}
