//! A day of the sync in both directions: leads become orders, what is done to orders comes back.

use calltouch_api::emulator as calltouch;
use ct_ms_sync::{Config, Store, Sync};
use examples::day::Day;
use jiff::tz::Offset;
use jiff::{Timestamp, ToSpan};
use moysklad_api::emulator::Emulator;

use crate::recorder::{Exchange, Recorder};

const SITE: u64 = 25918;

/// What the sync and МойСклад say to one another in a day.
pub(crate) async fn tape() -> Vec<Exchange> {
    let moscow = Offset::constant(3).to_datetime(Timestamp::now());
    let date = moscow.date().saturating_sub(1.day());
    let day = Day::on(date);
    let calltouch = calltouch::Emulator::builder()
        .site_id(SITE)
        .start()
        .await
        .unwrap();
    let recorder = Recorder::start().await;
    for call in day.calls {
        calltouch.add_call(call);
    }
    for request in day.requests {
        calltouch.add_request(request);
    }
    for counterparty in day.counterparties {
        recorder.emulator.add("counterparty", counterparty).unwrap();
    }
    let mut config = Config::new(SITE);
    config.leads.since = Some(date);
    let client = calltouch_api::Client::builder(SITE, calltouch.token())
        .base_url(calltouch.base_url())
        .build()
        .unwrap();
    let store = Store::open("sqlite::memory:").await.unwrap();
    let sync = Sync::builder(config, client, recorder.client(), store)
        .build()
        .unwrap();

    sync.check().await;
    sync.prepare().await.unwrap();
    let report = sync.run_once().await.unwrap();
    assert!(report.dead_letters.is_empty(), "{report}");
    let moysklad = &recorder.emulator;
    work(moysklad, "call-1001", "Подтвержден", Some(12_990_000));
    work(moysklad, "request-2001", "Собран", None);
    sync.run_once().await.unwrap();
    work(moysklad, "call-1001", "Доставлен", Some(5_000_000));
    work(moysklad, "call-1006", "Отменен", None);
    let report = sync.run_once().await.unwrap();
    assert!(
        !report.wrote_nothing(),
        "the manager's work has gone unseen"
    );
    let report = sync.run_once().await.unwrap();
    assert!(report.wrote_nothing(), "{report}");
    recorder.tape().await
}

/// A manager fills the order of a lead, takes a payment in kopecks and moves the order on.
fn work(moysklad: &Emulator, lead: &str, state: &str, kopecks: Option<i64>) {
    let code = format!("ct-{SITE}-{lead}");
    let orders = moysklad.all("customerorder");
    let order = orders
        .iter()
        .find(|order| order["externalCode"] == *code)
        .unwrap();
    let id = order["id"].as_str().unwrap();
    if let Some(kopecks) = kopecks {
        moysklad.set_positions(id, &[(kopecks, 2.0)]).unwrap();
        moysklad.pay(id, kopecks).unwrap();
    }
    moysklad.set_order_state(id, state).unwrap();
}
