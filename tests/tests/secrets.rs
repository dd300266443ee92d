//! All flows and all error paths with everything logged: neither a secret nor a contact of
//! anybody stands in a log, an error, a report, a verdict or a panic.

#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

use std::error::Error as _;
use std::io;
use std::ops::Range;
use std::panic;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use calltouch_api::emulator as calltouch;
use ct_ms_sync::{Report, Result, Store, Sync};
use moysklad_api::Credentials;
use moysklad_api::emulator as moysklad;
use serde_json::{Value, json};
use tests::seed::{call, call_key, request, request_key};
use tests::{Pair, Proxy, Verdict};

const LOGIN: &str = "olga.admin@shop";
const PASSWORD: &str = "pa55-word-of-olga";
/// Login and password as HTTP sends them, without padding.
const BASIC: &str = "b2xnYS5hZG1pbkBzaG9wOnBhNTUtd29yZC1vZi1vbGdh";
const WRONG: &str = "wrong-secret-0123456789";

/// Everything that was said, wherever.
#[derive(Clone, Default)]
struct Said(Arc<Mutex<String>>);

impl Said {
    fn add(&self, text: &str) {
        let mut said = self.0.lock().unwrap();
        said.push_str(text);
        said.push('\n');
    }

    fn outcome(&self, outcome: &Result<Report>) {
        match outcome {
            Ok(report) => {
                self.add(&format!("{report}\n{report:?}\n{report:#?}"));
                self.add(&serde_json::to_string(report).unwrap());
            }
            Err(error) => {
                self.add(&format!("{error}\n{error:?}\n{error:#?}"));
                let mut cause = error.source();
                while let Some(error) = cause {
                    self.add(&format!("{error}\n{error:?}"));
                    cause = error.source();
                }
            }
        }
    }
}

impl io::Write for Said {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut said = self.0.lock().unwrap();
        said.push_str(&String::from_utf8_lossy(bytes));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What must never be said: tokens and passwords as they are and as they are sent, and every
/// spelling of a contact.
fn unspeakable(pair: &Pair) -> Vec<String> {
    let calltouch = pair.calltouch.token().to_owned();
    let sent = calltouch
        .replace('+', "%2B")
        .replace('/', "%2F")
        .replace('=', "%3D");
    let mut words = vec![calltouch, sent, pair.moysklad.token()];
    words.extend([PASSWORD, LOGIN, BASIC, WRONG].map(str::to_owned));
    for person in 0..PEOPLE {
        let number = format!("{person:03}");
        words.push(format!("9154443{number}"));
        words.push(format!("915) 444-3{}-{}", &number[..1], &number[1..]));
        words.push(format!("444-3{}-{}", &number[..1], &number[1..]));
        words.push(format!("person{number}.secret"));
    }
    words
}

/// People whom leads of this story come from.
const PEOPLE: u64 = 400;

/// A call and a request of somebody new, spelled differently, and a later change of the orders.
fn new_leads(pair: &Pair, person: u64) {
    let number = format!("{person:03}");
    pair.call(call(person, &format!("79154443{number}")));
    let spelled = format!("+7 (915) 444-3{}-{}", &number[..1], &number[1..]);
    let email = format!("Person{number}.Secret@mail.example");
    pair.request(request(1000 + person, "Некто", &spelled, &email));
}

async fn cycle(pair: &Pair, said: &Said) -> Result<Report> {
    let outcome = pair.try_cycle().await;
    said.outcome(&outcome);
    outcome
}

fn sync_as(pair: &Pair, calltouch: &str, moysklad: Credentials, store: Store) -> Sync {
    let calltouch =
        calltouch_api::Client::builder(pair.config.calltouch.site_id, calltouch.to_owned())
            .base_url(&pair.calltouch_url)
            .limiter(calltouch_api::Limiter::unlimited())
            .build()
            .unwrap();
    let moysklad = pair.moysklad_client_as(moysklad);
    Sync::builder(pair.config.clone(), calltouch, moysklad, store)
        .clock(tests::now)
        .build()
        .unwrap()
}

/// A service that quotes what it was sent, in its words for people.
fn quote(asked: &tests::Asked) -> Verdict {
    if asked.route.starts_with("POST ") && asked.route.contains("/entity/counterparty") {
        let sent = asked.body.to_string();
        let error = json!({"errors": [{"error": format!("Неправильное значение: {sent}"),
            "code": 3015, "parameter": "email", "moreInfo": sent, "error_message": sent}]});
        return Verdict::Answer(400, error);
    }
    Verdict::Pass
}

fn calltouch_faults() -> impl Iterator<Item = calltouch::Fault> {
    use calltouch::FaultKind::{
        Delay, DropAfterCommit, DropBeforeCommit, Empty, Html, Status, Truncate,
    };
    let routes = [
        "GET /calls-service/RestAPI/{id}/calls-diary/calls",
        "GET /calls-service/RestAPI/requests",
        "GET /calls-service/RestAPI/{id}/orders-diary/orders",
        "POST /lead-service/v1/api/client-order/create",
        "POST /lead-service/v1/api/client-order/update",
    ];
    routes.into_iter().flat_map(|route| {
        [
            Status(400),
            Status(403),
            Status(429),
            Status(500),
            DropBeforeCommit,
            DropAfterCommit,
            Truncate,
            Html,
            Empty,
            Delay(Duration::from_millis(600)),
        ]
        .map(|kind| calltouch::Fault::new(route).kind(kind).times(1))
    })
}

fn moysklad_faults() -> impl Iterator<Item = moysklad::Fault> {
    use moysklad::FaultKind::{
        Delay, DropAfterCommit, DropBeforeCommit, Empty, Html, Status, Truncate,
    };
    let routes = [
        "GET /entity/organization",
        "GET /entity/customerorder/metadata",
        "GET /entity/counterparty",
        "POST /entity/counterparty",
        "POST /entity/customerorder",
        "GET /entity/customerorder",
        "GET /entity/paymentin",
        "GET /entity/cashin",
    ];
    routes.into_iter().flat_map(|route| {
        [
            Status(400),
            Status(401),
            Status(403),
            Status(412),
            Status(429),
            Status(500),
            DropBeforeCommit,
            DropAfterCommit,
            Truncate,
            Html,
            Empty,
            Delay(Duration::from_millis(600)),
        ]
        .map(|kind| moysklad::Fault::new(route).kind(kind).times(1))
    })
}

/// The flows, as they should be.
async fn work(pair: &Pair, said: &Said, people: &mut Range<u64>) {
    for _ in 0..3 {
        new_leads(pair, people.next().unwrap());
    }
    let sync = pair.sync().await;
    said.add(&format!("{sync:?} {:?}", pair.config));
    said.add(&format!("{:?}", sync.prepare().await.unwrap()));
    said.add(&format!("{:?}", sync.check().await));
    cycle(pair, said).await.unwrap();
    pair.fill_order(&call_key(0), 12_345);
    pair.move_order(&call_key(0), "Отгружен");
    pair.move_order(&request_key(1001), "Доставлен");
    pair.pay(&request_key(1002), 700);
    cycle(pair, said).await.unwrap();
}

/// Every bad answer on every route.
async fn meet_faults(pair: &mut Pair, said: &Said, people: &mut Range<u64>) {
    let patience = pair.timeout;
    pair.timeout = Duration::from_millis(400);
    let mut failed = 0;
    for fault in calltouch_faults() {
        let person = people.next().unwrap();
        new_leads(pair, person);
        pair.move_order(
            &call_key(0),
            if person.is_multiple_of(2) {
                "Собран"
            } else {
                "Отгружен"
            },
        );
        pair.calltouch.add_fault(fault);
        failed += usize::from(cycle(pair, said).await.is_err());
        pair.calltouch.clear_faults();
    }
    for fault in moysklad_faults() {
        new_leads(pair, people.next().unwrap());
        pair.advance(Duration::from_hours(2));
        pair.moysklad.add_fault(fault);
        failed += usize::from(cycle(pair, said).await.is_err());
        pair.moysklad.clear_faults();
    }
    assert!(failed > 50, "{failed} cycles failed");
    pair.timeout = patience;
    // And what is said when a request is tried again.
    pair.attempts = 3;
    let calltouch = calltouch::Fault::new("*").kind(calltouch::FaultKind::Status(503));
    pair.calltouch.add_fault(calltouch.times(1));
    let moysklad = moysklad::Fault::new("*").kind(moysklad::FaultKind::Status(503));
    pair.moysklad.add_fault(moysklad.times(1));
    new_leads(pair, people.next().unwrap());
    cycle(pair, said).await.unwrap();
    pair.attempts = 1;
}

/// Records that are no leads, with contacts in the wrong places.
async fn read_odd_records(pair: &Pair, said: &Said, people: &mut Range<u64>) {
    let odd = |field: &str, value: Value| json!({ field: value });
    for (field, value) in [
        ("callerNumber", json!({"number": "79154443000"})),
        ("date", json!("79154443000")),
        ("callTags", json!("person000.secret@mail.example")),
        ("timestamp", json!({"phone": "79154443000"})),
        ("duration", json!("79154443000 s")),
    ] {
        let person = people.next().unwrap();
        new_leads(pair, person);
        pair.calltouch.update_call(person, odd(field, value));
        let _ = cycle(pair, said).await;
    }
}

/// Refused rows, whose refusal quotes them.
async fn be_quoted(pair: &mut Pair, said: &Said, people: &mut Range<u64>) {
    let honest = pair.moysklad_url.clone();
    let proxy = Proxy::before(&honest, quote).await;
    pair.moysklad_url = proxy.base_url();
    for _ in 0..3 {
        new_leads(pair, people.next().unwrap());
    }
    pair.advance(Duration::from_hours(24));
    let report = cycle(pair, said).await.unwrap();
    assert!(!report.dead_letters.is_empty(), "{report}");
    pair.moysklad_url = honest;
}

/// Credentials that are refused, of both kinds.
async fn be_refused(pair: &Pair, said: &Said) {
    let open = async |pair: &Pair| Store::open(&pair.store_url()).await.unwrap();
    for (calltouch, moysklad) in [
        (WRONG, Credentials::token(pair.moysklad.token())),
        (pair.calltouch.token(), Credentials::token(WRONG)),
        (pair.calltouch.token(), Credentials::login(LOGIN, PASSWORD)),
    ] {
        pair.advance(Duration::from_hours(2));
        said.add(&format!("{moysklad:?}"));
        let sync = sync_as(pair, calltouch, moysklad, open(pair).await);
        let outcome = sync.run_once().await;
        assert!(outcome.as_ref().is_err_and(ct_ms_sync::Error::is_refused));
        said.outcome(&outcome);
        let check = sync.check().await;
        said.add(&format!(
            "{check}\n{check:?}\n{}",
            serde_json::to_string(&check).unwrap()
        ));
    }
}

#[tokio::test]
async fn nothing_that_is_said_holds_a_secret_or_a_contact() {
    let said = Said::default();
    let writer = said.clone();
    tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .init();
    let panics = said.clone();
    let usual = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        panics.add(&format!("PANIC {panic}"));
        usual(panic);
    }));
    let mut pair = Pair::start().await;
    let mut people = 0..PEOPLE;

    work(&pair, &said, &mut people).await;
    meet_faults(&mut pair, &said, &mut people).await;
    read_odd_records(&pair, &said, &mut people).await;
    be_quoted(&mut pair, &said, &mut people).await;
    be_refused(&pair, &said).await;
    // Nobody there at all.
    pair.calltouch_url = "http://127.0.0.1:1".into();
    said.outcome(&pair.try_cycle().await);

    drop(panic::take_hook());
    let said = said.0.lock().unwrap().to_lowercase();
    for target in [
        "trace ",
        "ct_ms_sync",
        "moysklad_api",
        "calltouch_api",
        "dead letter",
    ] {
        assert!(
            said.contains(target),
            "{target} says nothing, so nothing is proved"
        );
    }
    assert!(!said.contains("panic "), "somebody panicked");
    for word in unspeakable(&pair) {
        let found = said.find(&word.to_lowercase()).map(|at| {
            let start = said[..at].rfind('\n').map_or(0, |line| line + 1);
            said[start..].lines().next().unwrap_or_default().to_owned()
        });
        assert_eq!(found, None, "{word} is said");
    }
}
