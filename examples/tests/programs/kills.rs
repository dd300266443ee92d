//! `kill -9` at random moments, again and again, while leads are carried and managers work.
//!
//! `KILL_SEED` draws other moments.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};
use tokio::time::{Instant, sleep};

use crate::emulators::text;
use crate::leads::{self, SITE};
use crate::pair::{Pair, replaced};

/// Each round begins with new emulators and an empty store.
const ROUNDS: u64 = 10;
const KILLS_A_ROUND: u64 = 5;
/// Fewer requests than a program sends from its start to the end of its first cycle, so that it
/// needs several lives to get there.
const LONGEST_LIFE: u64 = 12;
/// How long a program may take to ask for something; far above what any needs.
const PATIENCE: Duration = Duration::from_mins(1);
const LEADS: u64 = 150;
const PEOPLE: u64 = 70;

/// SplitMix64: the same seed gives the same moments.
struct Dice(u64);

impl Dice {
    fn seeded() -> Self {
        let seed = std::env::var("KILL_SEED").map_or(11, |seed| seed.parse().unwrap());
        println!("KILL_SEED={seed}");
        Self(seed)
    }

    /// A number below `end`.
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let number = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let number = (number ^ (number >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (number ^ (number >> 31)) % end
    }

    /// Waits until the services were asked so often, and a moment more.
    ///
    /// Counted in requests, a moment is the same however busy the machine is.
    async fn wait(&mut self, pair: &Pair) {
        let aim = asked(pair).await + self.below(LONGEST_LIFE);
        let end = Instant::now() + PATIENCE;
        while asked(pair).await < aim {
            assert!(Instant::now() < end, "the program asks for nothing");
            sleep(Duration::from_millis(2)).await;
        }
        sleep(Duration::from_millis(self.below(30))).await;
    }
}

/// How many requests both services had.
async fn asked(pair: &Pair) -> u64 {
    let mut requests = 0;
    for side in [&pair.emulators.calltouch, &pair.emulators.moysklad] {
        requests += side.stats().await["requests"].as_u64().unwrap();
    }
    requests
}

fn key_of(lead: u64) -> String {
    if lead.is_multiple_of(3) {
        format!("ct-{SITE}-request-{lead}")
    } else {
        format!("ct-{SITE}-call-{lead}")
    }
}

/// Writes a day on which everybody comes about twice.
fn write_leads(folder: &Path) {
    let day = leads::day().strftime("%d/%m/%Y").to_string();
    let at = |lead: u64| format!("{day} {:02}:{:02}:00", 9 + lead / 60, lead % 60);
    let phone = |lead: u64| format!("7926{:07}", lead % PEOPLE);
    let (requests, calls): (Vec<u64>, Vec<u64>) =
        (0..LEADS).partition(|lead| lead.is_multiple_of(3));
    let calls: Vec<Value> = calls
        .into_iter()
        .map(|lead| {
            json!({"callId": lead, "siteId": SITE, "date": at(lead), "callphase": "calldisconnected",
                   "callerNumber": phone(lead), "source": "yandex"})
        })
        .collect();
    let requests: Vec<Value> = requests
        .into_iter()
        .map(|lead| {
            let phones = json!([{"phoneNumber": phone(lead), "phoneType": "MOBILE"}]);
            json!({"requestId": lead, "siteId": SITE, "dateStr": at(lead),
                   "client": {"fio": "Клиент", "phones": phones, "contacts": []}})
        })
        .collect();
    std::fs::write(folder.join("calls.json"), json!(calls).to_string()).unwrap();
    std::fs::write(folder.join("requests.json"), json!(requests).to_string()).unwrap();
}

/// A manager, and what the deals of his orders have to say in the end: status and revenue.
struct Manager {
    states: Vec<Value>,
    product: Value,
    told: BTreeMap<String, (String, String)>,
}

impl Manager {
    async fn of(pair: &Pair) -> Self {
        let moysklad = &pair.emulators.moysklad;
        let metadata = "/entity/customerorder/metadata";
        let metadata = moysklad.ask(Method::GET, metadata, None).await;
        let product = json!({"name": "Диван"});
        let path = "/entity/product";
        Self {
            states: metadata["states"].as_array().unwrap().clone(),
            product: moysklad.ask(Method::POST, path, Some(product)).await,
            told: BTreeMap::new(),
        }
    }

    /// Fills some order that is there and moves it into some state.
    async fn work(&mut self, pair: &Pair, dice: &mut Dice) {
        let moysklad = &pair.emulators.moysklad;
        let orders = moysklad.all("customerorder").await;
        if orders.is_empty() {
            return;
        }
        let order = &orders[usize::try_from(dice.below(orders.len() as u64)).unwrap()];
        let (name, status) = [
            ("Подтвержден", "Подтвержден"),
            ("Отгружен", "Отгружен"),
            ("Доставлен", "COMPLETED"),
        ][usize::try_from(dice.below(3)).unwrap()];
        let mut known = self.states.iter();
        let state = known.find(|state| state["name"] == name);
        let roubles = 1 + dice.below(9000);
        let position = json!({"assortment": {"meta": self.product["meta"]},
                              "price": roubles * 100, "quantity": 1});
        let body = json!({"state": {"meta": state.unwrap()["meta"]}, "positions": [position]});
        let path = format!("/entity/customerorder/{}", text(&order["id"]));
        moysklad.ask(Method::PUT, &path, Some(body)).await;
        self.told.insert(
            text(&order["externalCode"]),
            (status.to_owned(), roubles.to_string()),
        );
    }
}

async fn start(folder: &Path) -> Pair {
    write_leads(folder);
    let pair = Pair::without_limits(folder, &leads::day().to_string()).await;
    pair.configure(|text| replaced(&text, "period_seconds = 300", "period_seconds = 1"));
    // Requests that take a moment are what most kills hit.
    for side in [&pair.emulators.calltouch, &pair.emulators.moysklad] {
        side.break_by(json!({"route": "*", "kind": "delay", "delay_ms": 20}))
            .await;
    }
    pair
}

async fn assert_exact(pair: &Pair, manager: &Manager) {
    let orders = pair.emulators.moysklad.all("customerorder").await;
    let deals = pair.emulators.calltouch.all("deals").await;
    let people = pair.emulators.moysklad.all("counterparty").await;
    let expected: BTreeSet<String> = (0..LEADS).map(key_of).collect();
    let keys = |rows: &[Value], key: &str| -> BTreeSet<String> {
        rows.iter().map(|row| text(&row[key])).collect()
    };
    assert_eq!(keys(&orders, "externalCode"), expected);
    assert_eq!(keys(&deals, "orderNumber"), expected);
    assert_eq!(orders.len(), expected.len(), "a lead has two orders");
    assert_eq!(deals.len(), expected.len(), "a lead has two deals");
    assert_eq!(keys(&people, "phone").len() as u64, PEOPLE);
    assert_eq!(people.len() as u64, PEOPLE, "a person is there twice");
    for deal in &deals {
        let key = text(&deal["orderNumber"]);
        let untouched = ("PENDING".to_owned(), "0".to_owned());
        let (status, revenue) = manager.told.get(&key).unwrap_or(&untouched);
        assert_eq!(deal["status"], *status, "{key}");
        let told = deal["revenue"].to_string();
        assert_eq!(told.trim_matches('"'), revenue, "{key}");
    }
}

#[tokio::test]
async fn fifty_kills_at_random_moments_lose_and_double_nothing() {
    let mut dice = Dice::seeded();
    let mut told = 0;
    // Kills before an order is made, before the last deal is, and after.
    let mut moments = [0; 3];
    for _ in 0..ROUNDS {
        let folder = tempfile::tempdir().unwrap();
        let pair = start(folder.path()).await;
        let mut manager = Manager::of(&pair).await;
        for _ in 0..KILLS_A_ROUND {
            let sync = pair.start_sync(&[]);
            dice.wait(&pair).await;
            sync.signal("KILL").await;
            let ended = sync.end().await;
            assert_eq!(ended.code, None, "it ended by itself: {ended:?}");
            let orders = pair.emulators.moysklad.all("customerorder").await.len() as u64;
            let deals = pair.emulators.calltouch.all("deals").await.len() as u64;
            moments[usize::from(orders > 0) + usize::from(deals >= LEADS)] += 1;
            manager.work(&pair, &mut dice).await;
        }

        pair.once().await;
        let idle = pair.once().await;

        assert_eq!(
            idle["deals"],
            json!({"created": 0, "updated": 0, "closed": 0})
        );
        assert_exact(&pair, &manager).await;
        told += manager.told.len();
    }
    println!("killed before the orders, before the deals, afterwards: {moments:?}");
    assert!(told > 5, "the managers found {told} orders only");
    assert!(moments[0] + moments[1] > 5, "{moments:?}");
}

#[tokio::test]
async fn of_two_programs_on_one_store_either_can_be_killed_at_any_moment() {
    let mut dice = Dice::seeded();
    let folder = tempfile::tempdir().unwrap();
    let pair = start(folder.path()).await;
    let mut manager = Manager::of(&pair).await;
    let mut programs = [pair.start_sync(&[]), pair.start_sync(&[])];
    for kill in 0..12 {
        dice.wait(&pair).await;
        let program = &mut programs[kill % 2];
        let killed = std::mem::replace(program, pair.start_sync(&[]));
        killed.signal("KILL").await;
        assert_eq!(killed.end().await.code, None);
        manager.work(&pair, &mut dice).await;
    }
    for mut program in programs {
        // Only one that has reported is ready to be stopped.
        program.line().await;
        program.signal("TERM").await;
        let ended = program.end().await;
        assert_eq!(ended.code, Some(0), "{ended:?}");
    }

    pair.once().await;
    pair.once().await;

    assert_exact(&pair, &manager).await;
}
