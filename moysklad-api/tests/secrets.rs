//! Secrets and contacts: neither errors nor `Debug` nor traces show them.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use std::cell::RefCell;
use std::fmt::Write as _;
use std::sync::Once;
use std::time::Duration;

use moysklad_api::counterparty;
use moysklad_api::{Client, Credentials, Pace};
use serde_json::json;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

const TOKEN: &str = "s3cret-t0ken-value";
const PASSWORD: &str = "pa55-w0rd-value";
const PHONE: &str = "+79151234567";
const EMAIL: &str = "petr@vector.example";

thread_local! {
    /// What was traced on this thread, at every level; each test runs on a thread of its own.
    static TRACED: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Writes down everything that is traced. Tracing decides once for all threads what is of
/// interest, so there is one subscriber for all tests.
struct Everything;

impl Visit for Everything {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        TRACED.with_borrow_mut(|traced| writeln!(traced, "{field}={value:?}").unwrap());
    }
}

impl Subscriber for Everything {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }
    fn new_span(&self, span: &Attributes<'_>) -> Id {
        span.record(&mut Everything);
        Id::from_u64(1)
    }
    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut Everything);
    }
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn event(&self, event: &Event<'_>) {
        event.record(&mut Everything);
    }
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

/// Starts to write down, with nothing written yet.
fn trace() {
    static GLOBAL: Once = Once::new();
    GLOBAL.call_once(|| tracing::subscriber::set_global_default(Everything).unwrap());
    TRACED.take();
}

fn builder(server: &MockServer, credentials: Credentials) -> Client {
    Client::builder(credentials)
        .base_url(format!("{}/api/remap/1.2", server.uri()))
        .pace(Pace::unlimited())
        .timeout(Duration::from_millis(200))
        .attempts(2)
        .build()
        .unwrap()
}

/// Everything that a failing write and a failing list show of themselves.
async fn shown(client: &Client) -> String {
    let new = counterparty::New::new("n").phone(PHONE).email(EMAIL);
    let list = client
        .counterparties()
        .list()
        .filter(counterparty::PHONE.eq(PHONE))
        .search(EMAIL);
    let create = client.counterparties().create(new.clone());
    let many = client.counterparties().create_many(vec![new]);
    let mut shown = format!("{client:?}{list:?}{create:?}{many:?}");
    let error = list.send().await.unwrap_err();
    write!(shown, "{error}{error:?}{error:#?}").unwrap();
    let mut source = std::error::Error::source(&error);
    while let Some(cause) = source {
        write!(shown, "{cause}{cause:?}").unwrap();
        source = cause.source();
    }
    let error = create.send().await.unwrap_err();
    write!(shown, "{error}{error:?}").unwrap();
    for row in many.send().await {
        let error = row.unwrap_err();
        write!(shown, "{error}{error:?}").unwrap();
    }
    shown
}

fn check(shown: &str) {
    for secret in [
        TOKEN,
        PASSWORD,
        "cGE1NS13MHJkLXZhbHVl",
        "9151234567",
        "petr",
        "bearer",
        "basic",
    ] {
        assert!(
            !shown.to_lowercase().contains(&secret.to_lowercase()),
            "{secret} in {shown}"
        );
    }
}

#[tokio::test]
async fn neither_credentials_nor_contacts_show_anywhere() {
    for (credentials, secret) in [
        (Credentials::token(TOKEN), TOKEN),
        (Credentials::login("admin@shop", PASSWORD), PASSWORD),
    ] {
        let said = format!("{secret} {PHONE} +7 (915) 123-45-67 «{EMAIL}»");
        let refused = json!({"errors": [
            {"error": said, "parameter": said, "error_message": said, "moreInfo": said, "code": 3015},
        ]});
        let garbled = json!({"meta": {"size": 1}, "id": said, "rows": [{"id": said, "name": "n"}]});
        for answer in [
            ResponseTemplate::new(412).set_body_json(refused.clone()),
            ResponseTemplate::new(401).set_body_json(refused.clone()),
            ResponseTemplate::new(500).set_body_json(refused),
            ResponseTemplate::new(200).set_body_json(garbled),
            ResponseTemplate::new(200).set_body_string(said.clone()),
            ResponseTemplate::new(302).insert_header("location", said.replace(['«', '»'], "")),
            ResponseTemplate::new(200).set_delay(Duration::from_secs(5)),
        ] {
            let server = MockServer::start().await;
            Mock::given(any()).respond_with(answer).mount(&server).await;
            trace();
            let shown = shown(&builder(&server, credentials.clone())).await;
            let traced = TRACED.take();
            assert!(
                traced.contains("url.template=\"entity/counterparty\""),
                "{traced}"
            );
            check(&shown);
            check(&traced);
        }
    }
}

#[tokio::test]
async fn an_unreachable_server_shows_nothing_either() {
    for credentials in [
        Credentials::token(TOKEN),
        Credentials::login("admin@shop", PASSWORD),
    ] {
        let client = Client::builder(credentials)
            .base_url("http://127.0.0.1:1/api/remap/1.2")
            .pace(Pace::unlimited())
            .attempts(1)
            .build()
            .unwrap();

        check(&shown(&client).await);
    }
}

#[test]
fn settings_show_no_credentials() {
    let builder = Client::builder(Credentials::login("admin@shop", PASSWORD));

    check(&format!("{builder:?}{:?}", Credentials::token(TOKEN)));
}

#[tokio::test]
async fn every_attempt_is_a_span_with_the_standard_names() {
    let server = MockServer::start().await;
    Mock::given(any())
        .respond_with(ResponseTemplate::new(502))
        .up_to_n_times(1)
        .mount(&server)
        .await;
    Mock::given(any())
        .respond_with(ResponseTemplate::new(404))
        .mount(&server)
        .await;
    trace();
    let id = moysklad_api::Id::new(uuid::Uuid::from_u128(7));

    let client = builder(&server, Credentials::token(TOKEN));
    assert!(client.counterparties().get(id).send().await.is_err());
    let traced = TRACED.take();
    for line in [
        "otel.name=GET entity/counterparty/{id}",
        "http.request.method=GET",
        "url.template=\"entity/counterparty/{id}\"",
        "http.request.resend_count=0",
        "http.request.resend_count=1",
        "http.response.status_code=502",
        "http.response.status_code=404",
        "error.type=\"refused\"",
    ] {
        assert!(
            traced.lines().any(|traced| traced == line),
            "{line} not in {traced}"
        );
    }
    assert!(!traced.contains(&id.to_string()));
}
