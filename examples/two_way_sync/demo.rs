//! A whole day between two emulators: leads come in, a manager works, deals follow.

use std::process::ExitCode;
use std::time::Instant;

use calltouch_api::emulator as calltouch;
use ct_ms_sync::{Config, Report, Store, Sync};
use examples::day::Day;
use examples::failure::{Failure, other};
use jiff::{Timestamp, ToSpan, tz::Offset};
use moysklad_api::{Credentials, emulator as moysklad};

use crate::table;

/// Number of the invented site.
const SITE: u64 = 25918;

pub(crate) async fn run(json: bool) -> Result<ExitCode, Failure> {
    let started = Instant::now();
    let say = |line: &str| {
        if !json {
            println!("{line}");
        }
    };
    let yesterday = Offset::constant(3)
        .to_datetime(Timestamp::now())
        .date()
        .saturating_sub(1.day());
    let day = Day::on(yesterday);
    let calltouch = calltouch::Emulator::builder()
        .site_id(SITE)
        .start()
        .await
        .map_err(other)?;
    let moysklad = moysklad::Emulator::builder().start().await.map_err(other)?;
    say(&format!(
        "Calltouch and МойСклад are emulated at {} and {}.\nThe day: {} calls, {} requests; {} counterparties are known.",
        calltouch.base_url(),
        moysklad.base_url(),
        day.calls.len(),
        day.requests.len(),
        day.counterparties.len()
    ));
    seed(day, &calltouch, &moysklad)?;

    let sync = sync(&calltouch, &moysklad, yesterday).await?;
    let created = sync.prepare().await?;
    say(&format!(
        "\nPreparation: {} custom fields created: {}.",
        created.len(),
        created.join(", ")
    ));

    let mut reports = Vec::new();
    let mut cycle = async |what: &str| -> Result<(), Failure> {
        let report = sync.run_once().await?;
        say(&format!("\nCycle {}: {what}\n{report}", reports.len() + 1));
        reports.push(report);
        Ok(())
    };
    cycle("the leads of the day are carried.").await?;
    let manager = Manager {
        moysklad: &moysklad,
    };
    manager.work(
        &format!("ct-{SITE}-call-1001"),
        "Подтвержден",
        &[(12_990_000, 1.0), (350_050, 2.0)],
        None,
    )?;
    manager.work(
        &format!("ct-{SITE}-call-1005"),
        "Собран",
        &[(4_500_000, 1.0)],
        Some(4_500_000),
    )?;
    manager.work(
        &format!("ct-{SITE}-request-2001"),
        "Подтвержден",
        &[(7_812_345, 1.0)],
        None,
    )?;
    cycle("a manager has filled and confirmed three orders; one is paid.").await?;
    manager.work(
        &format!("ct-{SITE}-call-1001"),
        "Отгружен",
        &[],
        Some(5_000_000),
    )?;
    manager.work(&format!("ct-{SITE}-call-1005"), "Доставлен", &[], None)?;
    manager.work(&format!("ct-{SITE}-call-1006"), "Отменен", &[], None)?;
    cycle("one order is shipped and paid in part, one delivered, one cancelled.").await?;
    cycle("nothing has changed, so nothing is written.").await?;

    let quiet = reports.last().is_some_and(Report::wrote_nothing);
    if json {
        let lines = serde_json::to_string(&reports).map_err(other)?;
        println!("{lines}");
    } else {
        println!("\n{}", table::both_sides(&calltouch, &moysklad));
        let refused = calltouch.stats().answered_429 + moysklad.stats().answered_429;
        println!(
            "Answers 429 (too many requests): {refused}. Time in all: {:.1} s.",
            started.elapsed().as_secs_f64()
        );
    }
    if quiet {
        Ok(ExitCode::SUCCESS)
    } else {
        Err(Failure::Other(
            "the last cycle wrote something though nothing had changed".into(),
        ))
    }
}

fn seed(
    day: Day,
    calltouch: &calltouch::Emulator,
    moysklad: &moysklad::Emulator,
) -> Result<(), Failure> {
    for call in day.calls {
        calltouch.add_call(call);
    }
    for request in day.requests {
        calltouch.add_request(request);
    }
    for counterparty in day.counterparties {
        moysklad.add("counterparty", counterparty).map_err(other)?;
    }
    Ok(())
}

async fn sync(
    calltouch: &calltouch::Emulator,
    moysklad: &moysklad::Emulator,
    since: jiff::civil::Date,
) -> Result<Sync, Failure> {
    let mut config = Config::new(SITE);
    config.leads.since = Some(since);
    config
        .deals
        .status_by_state
        .insert("Отменен".into(), "CANCELED".into());
    let calltouch = calltouch_api::Client::builder(SITE, calltouch.token())
        .base_url(calltouch.base_url())
        .build()
        .map_err(other)?;
    let credentials = Credentials::token(moysklad.token());
    let moysklad = moysklad_api::Client::builder(credentials)
        .base_url(moysklad.base_url())
        .build()
        .map_err(other)?;
    let store = Store::open("sqlite::memory:").await?;
    Ok(Sync::builder(config, calltouch, moysklad, store).build()?)
}

/// The person who works on the orders in МойСклад.
struct Manager<'a> {
    moysklad: &'a moysklad::Emulator,
}

impl Manager<'_> {
    /// Moves the order of a lead to a state, fills it (kopecks a piece, quantity) and takes a payment (kopecks).
    fn work(
        &self,
        lead: &str,
        state: &str,
        positions: &[(i64, f64)],
        payment: Option<i64>,
    ) -> Result<(), Failure> {
        let orders = self.moysklad.all("customerorder");
        let order = orders.iter().find(|order| order["externalCode"] == lead);
        let id = order
            .and_then(|order| order["id"].as_str())
            .ok_or_else(|| other(format!("there is no order for {lead}")))?;
        if !positions.is_empty() {
            self.moysklad.set_positions(id, positions).map_err(other)?;
        }
        if let Some(kopecks) = payment {
            self.moysklad.pay(id, kopecks).map_err(other)?;
        }
        self.moysklad.set_order_state(id, state).map_err(other)?;
        Ok(())
    }
}
