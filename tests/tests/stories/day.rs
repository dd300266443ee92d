//! A whole day of leads: who becomes whose customer, what it costs, and that a second look is idle.

#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

use examples::day::Day;
use jiff::civil::Date;
use jiff::tz::Offset;
use serde_json::Value;
use tests::seed::{SITE, call};
use tests::{Pair, START, id_of};

/// What has to come of a day.
struct Expected {
    day: Date,
    leads: u64,
    counterparties_created: u64,
    /// `known-N`: the N-th counterparty known before; `new-N`: one made, the same for the same N.
    agent_of_lead: BTreeMap<String, String>,
}

/// The day of the folder that `LEADS_DIR` names; else a small one of our own.
fn day() -> (Day, Expected) {
    let Some(folder) = env::var_os("LEADS_DIR").map(PathBuf::from) else {
        return own_day();
    };
    let read = |name: &str| -> Value {
        let text =
            fs::read_to_string(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        serde_json::from_str(&text).unwrap()
    };
    let list = |name: &str| read(name).as_array().unwrap().clone();
    let expected = read("expected.json");
    let number = |name: &str| expected[name].as_u64().unwrap();
    let day = Day {
        calls: list("calls.json"),
        requests: list("requests.json"),
        counterparties: list("counterparties.json"),
    };
    let agents = expected["agent_of_lead"].as_object().unwrap();
    let expected = Expected {
        day: expected["day"].as_str().unwrap().parse().unwrap(),
        leads: number("leads"),
        counterparties_created: number("counterparties_created"),
        agent_of_lead: agents
            .iter()
            .map(|(lead, agent)| (lead.clone(), agent.as_str().unwrap().to_owned()))
            .collect(),
    };
    (day, expected)
}

fn own_day() -> (Day, Expected) {
    let date = Offset::constant(3).to_datetime(START).date();
    let agents = [
        ("call-1001", "new-1"),
        ("call-1002", "known-0"),
        ("request-2001", "new-2"),
        ("call-1003", "new-3"),
        ("call-1004", "new-1"),
        ("call-1005", "new-4"),
        ("request-2002", "new-2"),
        ("request-2003", "new-4"),
        ("call-1006", "new-5"),
        ("request-2004", "known-1"),
    ];
    let expected = Expected {
        day: date,
        leads: 10,
        counterparties_created: 5,
        agent_of_lead: agents
            .iter()
            .map(|(lead, agent)| (format!("ct-{SITE}-{lead}"), (*agent).to_owned()))
            .collect(),
    };
    (Day::on(date), expected)
}

/// Carries the day; returns the ids of the counterparties known before.
async fn carried(day: Day, expected: &Expected) -> (Pair, Vec<String>) {
    let mut pair = Pair::builder().limits().start().await;
    pair.config.leads.since = Some(expected.day);
    let known = day
        .counterparties
        .into_iter()
        .map(|one| {
            pair.moysklad.add("counterparty", one).unwrap()["id"]
                .as_str()
                .unwrap()
                .to_owned()
        })
        .collect();
    for call in day.calls {
        pair.call(call);
    }
    for request in day.requests {
        pair.request(request);
    }
    (pair, known)
}

#[tokio::test]
async fn every_lead_becomes_one_order_and_one_deal_of_the_right_customer() {
    let (day, expected) = day();
    let (pair, known) = carried(day, &expected).await;

    let report = pair.cycle().await;

    assert_eq!(report.dead_letters, []);
    assert_eq!(report.orders.created, expected.leads);
    assert_eq!(report.deals.created, expected.leads);
    assert_eq!(
        report.counterparties.created,
        expected.counterparties_created
    );
    let mut label_of_new: BTreeMap<String, String> = BTreeMap::new();
    let mut agents = BTreeMap::new();
    for order in pair.orders() {
        let agent = id_of(&order["agent"]);
        let lead = order["externalCode"].as_str().unwrap().to_owned();
        let label = match known.iter().position(|id| *id == agent) {
            Some(at) => format!("known-{at}"),
            // The first lead of a new counterparty names it; all others have to agree.
            None => label_of_new
                .entry(agent)
                .or_insert_with(|| expected.agent_of_lead[&lead].clone())
                .clone(),
        };
        agents.insert(lead, label);
    }
    assert_eq!(agents, expected.agent_of_lead);
    let mut labels: Vec<_> = label_of_new.values().collect();
    labels.sort();
    labels.dedup();
    assert_eq!(
        labels.len(),
        label_of_new.len(),
        "no label stands for two counterparties"
    );
    assert_eq!(pair.calltouch.deals().len() as u64, expected.leads);
}

#[tokio::test]
async fn a_day_costs_few_requests_and_a_second_look_writes_nothing() {
    let (day, expected) = day();
    let (pair, _) = carried(day, &expected).await;
    let first = pair.cycle().await;
    assert!(first.requests.moysklad <= 12, "{:?}", first.requests);
    assert!(
        first.requests.calltouch + first.requests.moysklad <= 20,
        "{:?}",
        first.requests
    );

    // A sync of its own, as a second process has.
    let second = pair.cycle().await;

    assert!(second.wrote_nothing(), "{second}");
    assert_eq!(second.leads.new, 0);
    assert!(second.requests.moysklad <= 4, "{:?}", second.requests);
    assert!(
        second.requests.calltouch + second.requests.moysklad <= 6,
        "{:?}",
        second.requests
    );
    assert_eq!(pair.calltouch.stats().answered_429, 0);
    assert_eq!(pair.moysklad.stats().answered_429, 0);
}

#[tokio::test]
async fn a_thousand_new_leads_cost_at_most_twenty_requests() {
    let pair = Pair::start().await;
    for id in 0..1000 {
        pair.call(call(id, &format!("7915{id:07}")));
    }

    let report = pair.cycle().await;

    assert_eq!((report.orders.created, report.deals.created), (1000, 1000));
    assert!(
        report.requests.calltouch + report.requests.moysklad <= 20,
        "{:?}",
        report.requests
    );
}

#[tokio::test]
async fn a_further_thousand_of_leads_costs_at_most_fourteen_requests() {
    let pair = Pair::start().await;
    for id in 0..2000 {
        pair.call(call(id, &format!("7915{id:07}")));
    }

    let report = pair.cycle().await;

    // So 10 000 leads stay under 150 requests.
    assert_eq!((report.orders.created, report.deals.created), (2000, 2000));
    assert!(
        report.requests.calltouch + report.requests.moysklad <= 20 + 14,
        "{:?}",
        report.requests
    );
}

#[test]
fn a_folder_of_leads_that_is_named_is_there() {
    if let Some(folder) = env::var_os("LEADS_DIR") {
        assert!(Path::new(&folder).join("expected.json").is_file());
    }
}
