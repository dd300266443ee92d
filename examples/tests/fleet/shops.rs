//! Many shops on emulators: sites of one Calltouch, accounts of МойСклад.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use calltouch_api::emulator as calltouch;
use examples::sides::yesterday;
use moysklad_api::emulator as moysklad;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::process::Command;
use tokio::time::{Instant, sleep};

use crate::process::{Ended, Running, program, run};

/// The first site; the others follow.
const FIRST_SITE: u64 = 1000;
pub(crate) const WEBHOOK_SECRET: &str = "an-invented-secret-77aa";

pub(crate) struct Shops {
    pub(crate) calltouch: calltouch::Emulator,
    pub(crate) moysklad: Vec<moysklad::Emulator>,
    sites: u64,
    /// Leads of each site.
    leads: u64,
    folder: TempDir,
}

impl Shops {
    /// So many sites, shared out over so many accounts.
    pub(crate) async fn open(sites: u64, accounts: u64) -> Self {
        let mut builder = calltouch::Emulator::builder()
            .limits(false)
            .site_id(FIRST_SITE)
            .token("calltouch-token");
        for site in 1..sites {
            builder = builder.site(FIRST_SITE + site, "calltouch-token");
        }
        let mut moysklad = Vec::new();
        for _ in 0..accounts {
            let builder = moysklad::Emulator::builder().limits(false);
            moysklad.push(builder.token("moysklad-token").start().await.unwrap());
        }
        Self {
            calltouch: builder.start().await.unwrap(),
            moysklad,
            sites,
            leads: 0,
            folder: tempfile::tempdir().unwrap(),
        }
    }

    pub(crate) fn site(n: u64) -> u64 {
        FIRST_SITE + n
    }

    fn account(&self, n: u64) -> &moysklad::Emulator {
        let accounts = u64::try_from(self.moysklad.len()).unwrap();
        &self.moysklad[usize::try_from(n % accounts).unwrap()]
    }

    /// Gives every site so many more leads, of yesterday.
    pub(crate) fn add_leads(&mut self, more: u64) {
        let day = yesterday().strftime("%d/%m/%Y").to_string();
        for n in 0..self.sites {
            for lead in self.leads..self.leads + more {
                let date = format!("{day} {:02}:{:02}:00", 9 + lead / 60, lead % 60);
                self.calltouch.add_call(call(n, lead, &date));
            }
        }
        self.leads += more;
    }

    /// Gives a site many leads, spread over days of the past.
    pub(crate) fn add_history(&self, n: u64, leads: u64, days: u64) {
        for lead in 0..leads {
            let before = i64::try_from(2 + lead % days).unwrap();
            let day = yesterday().saturating_sub(jiff::Span::new().days(before));
            let date = format!(
                "{} {:02}:{:02}:00",
                day.strftime("%d/%m/%Y"),
                lead / 60 % 24,
                lead % 60
            );
            self.calltouch.add_call(call(n, 1_000_000 + lead, &date));
        }
    }

    /// Writes the file of pairs; each is changed as it is said.
    pub(crate) fn pairs(&self, change: impl Fn(u64, &mut Value)) -> PathBuf {
        let mut lines = String::new();
        for n in 0..self.sites {
            let account = self.account(n).base_url();
            let mut pair = json!({
                "name": format!("shop-{n}"),
                "site_id": Self::site(n),
                "moysklad_user": account,
                "credentials": "all",
                "calltouch_url": self.calltouch.base_url(),
                "moysklad_url": account,
                "config": {"leads": {"since": yesterday().to_string()}},
            });
            change(n, &mut pair);
            lines.push_str(&pair.to_string());
            lines.push('\n');
        }
        self.write("pairs.jsonl", &lines)
    }

    /// Writes the file of secrets.
    pub(crate) fn secrets(&self, moysklad_token: &str) -> PathBuf {
        let text = format!(
            "[all]\ncalltouch_token = \"calltouch-token\"\nmoysklad_token = \"{moysklad_token}\"\n\
             webhook_secret = \"{WEBHOOK_SECRET}\"\n"
        );
        self.write("secrets.toml", &text)
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let file = self.folder.path().join(name);
        std::fs::write(&file, text).unwrap();
        file
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// How many deals are missing yet.
    pub(crate) fn missing(&self) -> u64 {
        let there = u64::try_from(self.calltouch.deals().len()).unwrap();
        (self.sites * self.leads).saturating_sub(there)
    }

    /// Waits until no more than so many deals are missing.
    pub(crate) async fn until_missing(&self, most: u64, patience: Duration) {
        let end = Instant::now() + patience;
        while self.missing() > most {
            assert!(Instant::now() < end, "{} deals are missing", self.missing());
            sleep(Duration::from_millis(200)).await;
        }
    }

    /// One order and one deal for every lead, and nothing else.
    pub(crate) fn assert_exact(&self) {
        let keys = |n| {
            let site = Self::site(n);
            (0..self.leads).map(move |lead| format!("ct-{site}-call-{}", id(n, lead)))
        };
        let expected: BTreeSet<String> = (0..self.sites).flat_map(keys).collect();
        let deals = self.calltouch.deals();
        assert_eq!(texts(&deals, "orderNumber"), expected);
        assert_eq!(deals.len(), expected.len(), "a lead has two deals");
        let orders: Vec<Value> = self
            .moysklad
            .iter()
            .flat_map(|account| account.all("customerorder"))
            .collect();
        assert_eq!(texts(&orders, "externalCode"), expected);
        assert_eq!(orders.len(), expected.len(), "a lead has two orders");
        for n in 0..self.sites {
            let orders = self.account(n).all("customerorder");
            let own = texts(&orders, "externalCode");
            assert!(
                keys(n).all(|key| own.contains(&key)),
                "orders of another account"
            );
        }
    }
}

/// Ids of different sites differ.
fn id(n: u64, lead: u64) -> u64 {
    n * 10_000_000 + lead
}

fn call(n: u64, lead: u64, date: &str) -> Value {
    json!({
        "callId": id(n, lead),
        "siteId": Shops::site(n),
        "date": date,
        "callphase": "calldisconnected",
        "callerNumber": format!("79{:09}", (n * 100_003 + lead) % 1_000_000_000),
        "source": "yandex",
    })
}

fn texts(rows: &[Value], key: &str) -> BTreeSet<String> {
    let rows = rows.iter();
    rows.map(|row| row[key].as_str().unwrap().to_owned())
        .collect()
}

/// The program with a command of its own and arguments.
pub(crate) fn fleet(arguments: &[&str]) -> Command {
    let mut command = program("fleet");
    command.env_remove("DATABASE_URL").args(arguments);
    command
}

/// Enqueues pairs, to run at once.
pub(crate) async fn enqueue(pairs: &Path, url: &str) {
    enqueue_with(pairs, url, &["--now"]).await;
}

/// Enqueues pairs, to run when their turns come.
pub(crate) async fn enqueue_later(pairs: &Path, url: &str) {
    enqueue_with(pairs, url, &[]).await;
}

async fn enqueue_with(pairs: &Path, url: &str, more: &[&str]) {
    let pairs = pairs.to_str().unwrap();
    let mut command = fleet(&["enqueue", "--pairs", pairs, "--database", url]);
    command.args(more);
    let ended = run(command).await;
    assert_eq!(ended.code, Some(0), "{ended:?}");
}

/// Starts a process of workers, which is ready when this returns.
pub(crate) async fn work(url: &str, secrets: &Path, workers: u16, more: &[&str]) -> Running {
    let workers = workers.to_string();
    let secrets = secrets.to_str().unwrap();
    let mut command = fleet(&["work", "--workers", &workers, "--database", url]);
    command.args(["--credentials", secrets]).args(more);
    let mut process = Running::start(command);
    assert!(process.line().await.contains("workers"));
    process
}

/// Stops a process of workers, as a service manager does.
pub(crate) async fn stop(process: Running) -> Ended {
    process.signal("TERM").await;
    let ended = process.end().await;
    assert_eq!(ended.code, Some(0), "{ended:?}");
    ended
}
