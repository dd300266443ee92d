//! Everything that can be set: one plain struct, built in code or read from TOML.
//!
//! Start at [`Config`]. Every setting has the default of the hosted service, so only
//! [`CalltouchConfig::site_id`] must be given.
//!
//! Names, comments and custom fields can be templates
//! ([minijinja](https://docs.rs/minijinja), the syntax of Jinja2), such as `{{ phone }}` or
//! `{% if duration %}{{ duration // 60 }} мин{% endif %}`. They may use these values of the lead,
//! each of which is an empty text when the lead has none:
//!
//! | value | what it is |
//! |---|---|
//! | `kind` | `call` or `request` |
//! | `id`, `site`, `key` | Calltouch's id of the lead, number of the site, the lead key |
//! | `date`, `time`, `moment` | when, in Moscow: `20.11.2026`, `09:12`, `2026-11-20 09:12:44` |
//! | `phone`, `email` | the contacts as Calltouch gave them |
//! | `phone_e164` | the phone in one spelling (`+79151234567`) |
//! | `name` | the person's name, of requests |
//! | `duration` | seconds, of calls |
//! | `source`, `medium`, `utm_source` … `utm_term`, `gclid`, `tags` | the [source fields](crate::SOURCE_FIELDS) by code |

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::lead::LeadKind;
use crate::source_field;
use crate::template::Templates;

mod counterparties;
mod deals;
mod leads;
mod orders;
mod webhooks;

pub use counterparties::{Counterparties, LegalForm, MatchBy, OnMatch};
pub use deals::{Budget, Deals, StateKind};
pub use leads::{Leads, Select, WithoutPhone};
pub use orders::{FieldValue, OnKnownCounterparty, Orders};
pub use webhooks::Webhooks;

/// All settings of one pair: a Calltouch site and a МойСклад account.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// The Calltouch side.
    pub calltouch: CalltouchConfig,
    /// Which of the four flows run.
    pub flows: Flows,
    /// Which leads are carried.
    pub leads: Leads,
    /// How counterparties (контрагенты) are met and made.
    pub counterparties: Counterparties,
    /// How orders (заказы покупателей) are made.
    pub orders: Orders,
    /// What deals (сделки) say.
    pub deals: Deals,
    /// When cycles run.
    pub cycle: Cycle,
    /// Where webhooks (вебхуки) are sent to.
    pub webhooks: Webhooks,
}

/// The Calltouch side of the pair.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CalltouchConfig {
    /// Number of the site (ID личного кабинета). Must be given.
    pub site_id: u64,
}

/// The four flows, each of which can be paused.
///
/// What waits for a paused flow goes on when it is activated again; a lead that has its order
/// still gets its deal.
// Four switches are four flags: no two of them exclude each other.
#[allow(clippy::struct_excessive_bools)]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Flows {
    /// Flow 1: a call becomes a counterparty, an order and a deal.
    pub calls: bool,
    /// Flow 2: a request becomes the same.
    pub requests: bool,
    /// Flow 3: a changed order updates its deal.
    pub order_updates: bool,
    /// Flow 4: a done order closes its deal.
    pub order_closing: bool,
}

impl Flows {
    /// Whether leads of this kind become orders.
    pub(crate) fn carry(&self, kind: LeadKind) -> bool {
        match kind {
            LeadKind::Call => self.calls,
            LeadKind::Request => self.requests,
        }
    }
}

impl Default for Flows {
    fn default() -> Self {
        Self {
            calls: true,
            requests: true,
            order_updates: true,
            order_closing: true,
        }
    }
}

/// When cycles run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Cycle {
    /// Seconds between the end of a cycle and the start of the next (1 or more).
    pub period_seconds: u32,
}

impl Default for Cycle {
    fn default() -> Self {
        Self {
            period_seconds: 300,
        }
    }
}

impl Config {
    /// The defaults for one site.
    #[must_use]
    pub fn new(site_id: u64) -> Self {
        Self {
            calltouch: CalltouchConfig { site_id },
            ..Self::default()
        }
    }

    /// Reads a configuration file.
    ///
    /// # Errors
    ///
    /// [`Error::is_config`], naming line, column and field.
    pub fn from_toml(text: &str) -> Result<Self, Error> {
        let config: Self = toml::from_str(text).map_err(|error| {
            let before = error
                .span()
                .and_then(|span| text.get(..span.start))
                .unwrap_or_default();
            let line = before.matches('\n').count() + 1;
            let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
            Error::config(format!(
                "line {line}, column {column}: {}",
                error.message().replace('\n', "; ")
            ))
        })?;
        config.check()?;
        Ok(config)
    }

    /// Checks what the types cannot.
    ///
    /// # Errors
    ///
    /// [`Error::is_config`], naming the field and what is allowed.
    pub fn check(&self) -> Result<(), Error> {
        self.webhooks.check()?;
        let wrong =
            |field: &str, allowed: &str| Err(Error::config(format!("`{field}` must be {allowed}")));
        if self.calltouch.site_id == 0 {
            return wrong("calltouch.site_id", "the number of your Calltouch site");
        }
        if !(1..=30).contains(&self.leads.lookback_days) {
            return wrong("leads.lookback_days", "from 1 to 30");
        }
        if self.cycle.period_seconds == 0 {
            return wrong("cycle.period_seconds", "1 or more");
        }
        let deals = &self.deals;
        let texts = [
            ("deals.crm", &deals.crm),
            ("deals.status_on_creation", &deals.status_on_creation),
            ("deals.status_on_success", &deals.status_on_success),
            ("deals.status_on_delete", &deals.status_on_delete),
            ("deals.paid_sum_field", &deals.paid_sum_field),
        ];
        let optional = [
            ("orders.organization", &self.orders.organization),
            ("orders.store", &self.orders.store),
            ("orders.sales_channel", &self.orders.sales_channel),
            ("orders.project", &self.orders.project),
            ("orders.owner", &self.orders.owner),
            ("orders.group", &self.orders.group),
            ("orders.initial_state", &self.orders.initial_state),
            ("deals.status_on_failure", &deals.status_on_failure),
        ];
        let named = optional
            .into_iter()
            .filter_map(|(field, text)| Some((field, text.as_ref()?)));
        let states = deals
            .success_states
            .iter()
            .map(|name| ("deals.success_states", name))
            .chain(
                deals
                    .silent_states
                    .iter()
                    .map(|name| ("deals.silent_states", name)),
            )
            .chain(
                deals
                    .status_by_state_type
                    .values()
                    .map(|status| ("deals.status_by_state_type", status)),
            );
        let map = deals
            .status_by_state
            .iter()
            .flat_map(|(state, status)| [state, status]);
        let map = map.map(|text| ("deals.status_by_state", text));
        for (field, text) in texts.into_iter().chain(named).chain(states).chain(map) {
            if text.trim().is_empty() {
                return wrong(field, "a text that is not blank");
            }
        }
        source_field::check(&self.orders)?;
        Templates::new(self)?.check()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_alone_is_a_whole_configuration() {
        let config = Config::from_toml("[calltouch]\nsite_id = 7").unwrap();
        assert_eq!(config, Config::new(7));
    }

    #[test]
    fn a_misspelt_key_is_named_with_its_place_and_the_allowed_ones() {
        let error =
            Config::from_toml("[calltouch]\nsite_id = 7\n[leads]\nselct = \"all\"").unwrap_err();
        let text = error.to_string();
        assert!(error.is_config());
        for part in ["line 4, column 1", "`selct`", "`select`"] {
            assert!(text.contains(part), "{text}");
        }
        assert_eq!(text.lines().count(), 1, "{text}");
    }

    #[test]
    fn a_wrong_word_names_the_allowed_ones() {
        let error =
            Config::from_toml("[calltouch]\nsite_id = 7\n[deals]\nbudget = \"all\"").unwrap_err();
        assert!(error.to_string().contains("order_sum"), "{error}");
    }

    #[test]
    fn a_missing_site_is_named() {
        for text in ["", "[calltouch]\nsite_id = 0"] {
            assert!(
                Config::from_toml(text)
                    .unwrap_err()
                    .to_string()
                    .contains("calltouch.site_id")
            );
        }
    }

    #[test]
    fn a_blank_text_is_refused_wherever_it_stands() {
        for (table, line) in [
            ("deals", "status_on_failure = \"\""),
            ("deals", "success_states = [\" \"]"),
            ("deals", "status_by_state = { \"Собран\" = \"\" }"),
            ("orders", "initial_state = \"\""),
        ] {
            let text = format!("[calltouch]\nsite_id = 7\n[{table}]\n{line}");
            let error = Config::from_toml(&text).unwrap_err().to_string();
            assert!(error.contains("not blank"), "{line}: {error}");
        }
    }

    #[test]
    fn an_unknown_country_is_refused() {
        let text = "[calltouch]\nsite_id = 7\n[counterparties]\nphone_region = \"Russia\"";
        assert!(
            Config::from_toml(text)
                .unwrap_err()
                .to_string()
                .contains("country code")
        );
    }

    #[test]
    fn every_setting_survives_a_round_trip() {
        let mut config = Config::new(7);
        config.leads.since = Some(jiff::civil::date(2026, 11, 20));
        config
            .deals
            .status_by_state
            .insert("Отменен".into(), "CANCELED".into());
        let text = toml::to_string(&config).unwrap();
        assert_eq!(Config::from_toml(&text).unwrap(), config);
    }
}
