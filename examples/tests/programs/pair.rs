//! A pair that can be synced: emulators with leads, a configuration, a store of its own.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tempfile::TempDir;
use tokio::process::Command;

use crate::emulators::{Emulators, text};
use crate::leads;
use crate::process::{Ended, Running, program, run};

/// Emulators, and all that `two_way_sync` needs to work on them.
pub(crate) struct Pair {
    pub(crate) emulators: Emulators,
    folder: TempDir,
    since: String,
}

impl Pair {
    /// The small day of this test, with the limits of both services on.
    pub(crate) async fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        leads::write(folder.path());
        let leads = folder.path().to_owned();
        Self::over(leads, leads::day().to_string(), folder, &[]).await
    }

    /// The leads of another folder, from a day on.
    pub(crate) async fn of(leads: &Path, since: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self::over(leads.to_owned(), since.to_owned(), folder, &[]).await
    }

    /// The same, with services that answer any number of requests.
    pub(crate) async fn without_limits(leads: &Path, since: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self::over(leads.to_owned(), since.to_owned(), folder, &["--no-limits"]).await
    }

    async fn over(leads: PathBuf, since: String, folder: TempDir, more: &[&str]) -> Self {
        let mut arguments = vec!["--leads", leads.to_str().unwrap()];
        arguments.extend(more);
        let emulators = Emulators::start(&arguments).await;
        let pair = Self {
            emulators,
            folder,
            since,
        };
        pair.configure(|text| text);
        pair
    }

    /// Writes the example configuration with the site filled in and, on top, a change of its text.
    pub(crate) fn configure(&self, change: impl FnOnce(String) -> String) {
        let example = concat!(env!("CARGO_MANIFEST_DIR"), "/sync.toml");
        let text = std::fs::read_to_string(example).unwrap();
        let site_id = &self.emulators.ready["calltouch"]["site_id"];
        let text = replaced(&text, "site_id = 0", &format!("site_id = {site_id}"));
        std::fs::write(self.config(), change(text)).unwrap();
    }

    fn config(&self) -> PathBuf {
        self.folder.path().join("sync.toml")
    }

    fn store(&self) -> PathBuf {
        self.folder.path().join("store.sqlite")
    }

    /// Removes all that the sync remembers.
    pub(crate) fn lose_store(&self) {
        std::fs::remove_file(self.store()).unwrap();
        for rest in ["store.sqlite-wal", "store.sqlite-shm"] {
            let rest = self.folder.path().join(rest);
            if rest.exists() {
                std::fs::remove_file(rest).unwrap();
            }
        }
    }

    /// `two_way_sync` on the emulators, with a store of its own that begins empty.
    pub(crate) fn sync_elsewhere(&self, arguments: &[&str]) -> Command {
        let mut command = self.bare(arguments);
        command
            .args(["--since", &self.since])
            .args(["--store", "sqlite:elsewhere.sqlite"]);
        command
    }

    /// `two_way_sync` on the emulators, with the store and the first day of this pair.
    pub(crate) fn sync(&self, arguments: &[&str]) -> Command {
        let mut command = self.bare(arguments);
        command
            .args(["--since", &self.since])
            .args(["--store", &format!("sqlite:{}", self.store().display())]);
        command
    }

    /// `two_way_sync` with the configuration and credentials of this pair and nothing else.
    pub(crate) fn bare(&self, arguments: &[&str]) -> Command {
        let mut command = program("two_way_sync");
        command
            .current_dir(self.folder.path())
            .arg("--config")
            .arg(self.config())
            .args(arguments)
            .env("CALLTOUCH_TOKEN", &self.emulators.calltouch.token)
            .env("CALLTOUCH_BASE_URL", &self.emulators.calltouch.base_url)
            .env("MOYSKLAD_TOKEN", &self.emulators.moysklad.token)
            .env("MOYSKLAD_BASE_URL", &self.emulators.moysklad.base_url);
        command
    }

    /// Starts `two_way_sync` and does not wait for its end.
    pub(crate) fn start_sync(&self, arguments: &[&str]) -> Running {
        Running::start(self.sync(arguments))
    }

    /// Runs one cycle that must succeed, and returns its report.
    pub(crate) async fn once(&self) -> Value {
        let ended = run(self.sync(&["--once", "--json"])).await;
        assert_eq!(ended.code, Some(0), "{ended:?}");
        report(&ended)
    }

    /// Everything both services hold.
    pub(crate) async fn dumps(&self) -> [Value; 2] {
        [
            self.emulators.calltouch.dump().await,
            self.emulators.moysklad.dump().await,
        ]
    }

    /// Asserts one order and one deal for each lead of the small day, and nobody twice.
    pub(crate) async fn assert_carried_exactly_once(&self) {
        let (calltouch, moysklad) = (&self.emulators.calltouch, &self.emulators.moysklad);
        let orders = moysklad.all("customerorder").await;
        let deals = calltouch.all("deals").await;
        let people = moysklad.all("counterparty").await;
        let leads: BTreeSet<String> = [501, 502, 503, 504]
            .map(|id| format!("ct-{}-call-{id}", leads::SITE))
            .into_iter()
            .chain([601, 602].map(|id| format!("ct-{}-request-{id}", leads::SITE)))
            .collect();
        let keys = |rows: &[Value], key: &str| -> BTreeSet<String> {
            rows.iter().map(|row| text(&row[key])).collect()
        };
        assert_eq!(keys(&orders, "externalCode"), leads);
        assert_eq!(keys(&deals, "orderNumber"), leads);
        assert_eq!(orders.len(), leads::LEADS, "a lead has two orders");
        assert_eq!(deals.len(), leads::LEADS, "a lead has two deals");
        assert_eq!(people.len(), leads::KNOWN + leads::NEW_PEOPLE);
    }
}

/// The one line of JSON that a program printed.
pub(crate) fn report(ended: &Ended) -> Value {
    assert_eq!(ended.stdout.lines().count(), 1, "{ended:?}");
    serde_json::from_str(&ended.stdout).unwrap()
}

/// Replaces a piece of a text that must be there.
pub(crate) fn replaced(text: &str, piece: &str, other: &str) -> String {
    assert!(text.contains(piece), "`{piece}` is not there");
    text.replacen(piece, other, 1)
}
