//! What the fleet is told of a pair; nothing of it is secret.

use std::collections::BTreeSet;
use std::path::Path;

use ct_ms_sync::Config;
use examples::arguments::Days;
use examples::failure::Failure;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::schedule::Kind;

/// A Calltouch site and a МойСклад account.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Pair {
    /// Names the pair: letters, digits, `-`, `_` and `.`.
    pub(crate) name: String,
    /// Number of the Calltouch site.
    pub(crate) site_id: u64,
    /// The МойСклад user whose budget of requests the pair spends. Pairs of one user run one after
    /// the other, whichever worker has them.
    pub(crate) moysklad_user: String,
    /// The name under which the secrets are found.
    pub(crate) credentials: String,
    /// Seconds from one cycle to the next.
    #[serde(default = "usual_period")]
    pub(crate) period_seconds: u32,
    /// Seconds between two looks at changed orders, if these are to have cycles of their own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) status_period_seconds: Option<u32>,
    /// Whether both sides of yesterday are compared every day.
    #[serde(default)]
    pub(crate) reconcile: bool,
    /// Days of the past to carry, FROM..TO.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) backfill: Option<String>,
    /// Whether the pair is left alone.
    #[serde(default)]
    pub(crate) paused: bool,
    /// Where Calltouch is, if not where it usually is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) calltouch_url: Option<String>,
    /// Where МойСклад is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) moysklad_url: Option<String>,
    /// Settings of the sync that differ from the defaults.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub(crate) config: Map<String, Value>,
}

fn usual_period() -> u32 {
    300
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    pair: Vec<Pair>,
}

/// Reads a file of pairs and checks each.
pub(crate) fn read(file: &Path) -> Result<Vec<Pair>, Failure> {
    let wrong = |what: String| Failure::Setting(format!("{}: {what}", file.display()));
    let text = std::fs::read_to_string(file).map_err(|error| wrong(error.to_string()))?;
    let pairs = if file.extension().is_some_and(|ending| ending == "jsonl") {
        lines(&text).map_err(wrong)?
    } else {
        toml::from_str::<File>(&text)
            .map_err(|error| wrong(error.to_string().trim().replace('\n', " ")))?
            .pair
    };
    let mut names = BTreeSet::new();
    for pair in &pairs {
        pair.check()
            .map_err(|what| wrong(format!("pair `{}`: {what}", pair.name)))?;
        if !names.insert(pair.name.as_str()) {
            return Err(wrong(format!("two pairs are called `{}`", pair.name)));
        }
    }
    Ok(pairs)
}

fn lines(text: &str) -> Result<Vec<Pair>, String> {
    let lines = text.lines().zip(1..);
    lines
        .filter(|(line, _)| !line.trim().is_empty())
        .map(|(line, n)| serde_json::from_str(line).map_err(|error| format!("line {n}: {error}")))
        .collect()
}

impl Pair {
    fn check(&self) -> Result<(), String> {
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        if self.name.is_empty() || !self.name.chars().all(plain) {
            return Err("a name has letters, digits, `-`, `_` and `.`".into());
        }
        if self.moysklad_user.trim().is_empty() || self.moysklad_user.len() > 128 {
            return Err("`moysklad_user` has 1 to 128 characters".into());
        }
        if self.period_seconds == 0 || self.status_period_seconds == Some(0) {
            return Err("a period has 1 second or more".into());
        }
        if let Some(days) = &self.backfill {
            days.parse::<Days>()?;
        }
        for kind in Kind::ALL {
            self.config(kind)?;
        }
        Ok(())
    }

    /// Whether changed orders are looked at in cycles of their own.
    pub(crate) fn is_split(&self) -> bool {
        self.status_period_seconds.is_some()
    }

    /// Whether the pair has jobs beside its cycles.
    pub(crate) fn has_more_jobs(&self) -> bool {
        self.is_split() || self.reconcile || self.backfill.is_some()
    }

    /// The settings of the sync for jobs of a kind.
    pub(crate) fn config(&self, kind: Kind) -> Result<Config, String> {
        let told = |error: &dyn std::fmt::Display| format!("config: {error}");
        let mut value =
            serde_json::to_value(Config::new(self.site_id)).map_err(|error| told(&error))?;
        merge(&mut value, &self.config);
        let mut config: Config = serde_json::from_value(value).map_err(|error| told(&error))?;
        config.cycle.period_seconds = self.period_seconds;
        if config.calltouch.site_id != self.site_id {
            return Err("config: `calltouch.site_id` is not the site of the pair".into());
        }
        if self.is_split() {
            match kind {
                Kind::Live => {
                    config.flows.order_updates = false;
                    config.flows.order_closing = false;
                }
                Kind::Status => {
                    config.flows.calls = false;
                    config.flows.requests = false;
                }
                Kind::Reconcile | Kind::Backfill => {}
            }
        }
        config.check().map_err(|error| told(&error))?;
        Ok(config)
    }
}

/// Puts values over others, table by table.
fn merge(under: &mut Value, over: &Map<String, Value>) {
    let Value::Object(under) = under else { return };
    for (key, value) in over {
        match (under.get_mut(key), value) {
            (Some(inner @ Value::Object(_)), Value::Object(table)) => merge(inner, table),
            _ => {
                under.insert(key.clone(), value.clone());
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by a panic")]
mod tests {
    use super::*;

    fn pair(more: &str) -> Pair {
        let text = format!(
            "[[pair]]\nname = \"a\"\nsite_id = 7\nmoysklad_user = \"u\"\ncredentials = \"a\"\n{more}"
        );
        toml::from_str::<File>(&text).unwrap().pair.remove(0)
    }

    #[test]
    fn settings_of_a_pair_lie_over_the_defaults() {
        let pair = pair("[pair.config.deals]\nstatus_on_success = \"PAID\"");
        let config = pair.config(Kind::Live).unwrap();
        assert_eq!(config.deals.status_on_success, "PAID");
        assert_eq!(config.deals.status_on_creation, "PENDING");
        assert_eq!(config.calltouch.site_id, 7);
    }

    #[test]
    fn a_setting_that_is_none_is_refused_with_its_name() {
        let error = pair("config = { deels = {} }").check().unwrap_err();
        assert!(error.contains("deels"), "{error}");
    }

    #[test]
    fn every_flow_is_in_one_of_the_two_cycles_of_a_split_pair() {
        let pair = pair("status_period_seconds = 60");
        let live = pair.config(Kind::Live).unwrap().flows;
        let status = pair.config(Kind::Status).unwrap().flows;
        assert!(live.calls && live.requests && !live.order_updates && !live.order_closing);
        assert!(!status.calls && !status.requests && status.order_updates && status.order_closing);
    }
}
