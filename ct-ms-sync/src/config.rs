//! Everything that can be set: one plain struct, built in code or read from TOML.
//!
//! Start at [`Config`]. Every setting has the default of the hosted service, so only
//! [`CalltouchConfig::site_id`] must be given.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::contact::Region;
use crate::error::Error;

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
}

/// The Calltouch side of the pair.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CalltouchConfig {
    /// Number of the site (ID личного кабинета). Must be given.
    pub site_id: u64,
}

/// The four flows, each of which can be paused.
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

/// Which leads (звонки и заявки) are carried.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Leads {
    /// Leads from this day on, Moscow time. Without it: from the first start on.
    pub since: Option<Date>,
    /// Which leads by Calltouch's own marks.
    pub select: Select,
    /// Calls shorter than this many seconds are left out.
    pub min_duration_seconds: u32,
    /// Leads with one of these tags are left out.
    pub excluded_tags: Vec<String>,
    /// Leads of these sources (`source`) are left out.
    pub excluded_sources: Vec<String>,
    /// How many days before the last known lead the journals are read again, for leads that
    /// Calltouch learns of late (1 to 30).
    pub lookback_days: u8,
}

impl Default for Leads {
    fn default() -> Self {
        Self {
            since: None,
            select: Select::All,
            min_duration_seconds: 0,
            excluded_tags: Vec::new(),
            excluded_sources: Vec::new(),
            lookback_days: 1,
        }
    }
}

/// Leads by Calltouch's marks (целевой, уникальный).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Select {
    /// Every lead.
    #[default]
    All,
    /// Target leads (целевые).
    Target,
    /// Unique leads (уникальные).
    Unique,
    /// Leads that Calltouch marks as unique and target (уникально-целевые).
    UniqueTarget,
}

/// How counterparties (контрагенты) are met and made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Counterparties {
    /// What makes the counterparty of a call a known one.
    pub match_calls_by: MatchBy,
    /// What makes the counterparty of a request a known one.
    pub match_requests_by: MatchBy,
    /// Legal form (тип контрагента) of new counterparties.
    pub legal_form: LegalForm,
    /// Country of numbers written without a country code, as an ISO 3166 code.
    pub phone_region: Region,
    /// Whether archived counterparties are met too.
    pub match_archived: bool,
}

impl Default for Counterparties {
    fn default() -> Self {
        Self {
            match_calls_by: MatchBy::Phone,
            match_requests_by: MatchBy::PhoneOrEmail,
            legal_form: LegalForm::Individual,
            phone_region: Region::default(),
            match_archived: false,
        }
    }
}

/// Which contact makes two people one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MatchBy {
    /// The same phone.
    Phone,
    /// The same e-mail.
    Email,
    /// The same phone, else the same e-mail.
    PhoneOrEmail,
    /// Nothing: every lead makes a counterparty.
    Off,
}

impl MatchBy {
    pub(crate) fn phone(self) -> bool {
        matches!(self, Self::Phone | Self::PhoneOrEmail)
    }

    pub(crate) fn email(self) -> bool {
        matches!(self, Self::Email | Self::PhoneOrEmail)
    }
}

/// Legal form (тип контрагента) of a new counterparty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LegalForm {
    /// A person (физическое лицо).
    Individual,
    /// A company (юридическое лицо).
    Legal,
    /// A sole trader (индивидуальный предприниматель).
    Entrepreneur,
}

/// How orders (заказы покупателей) are made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Orders {
    /// Name or id of the organization (юрлицо). Without it: the only one of the account.
    pub organization: Option<String>,
    /// Name of the state (статус) of new orders.
    ///
    /// Without it: «Новый», else the first state of the account.
    pub initial_state: Option<String>,
    /// Whether the source fields (дополнительные поля) that the account lacks are created.
    ///
    /// With `false`, a cycle refuses to start while one is missing.
    pub create_missing_fields: bool,
}

impl Default for Orders {
    fn default() -> Self {
        Self {
            organization: None,
            initial_state: None,
            create_missing_fields: true,
        }
    }
}

/// What deals (сделки) say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Deals {
    /// Name of the CRM that Calltouch shows.
    pub crm: String,
    /// Status of a new deal.
    pub status_on_creation: String,
    /// Status of the deal of a done order.
    pub status_on_success: String,
    /// Names of states that count as done, beside those of the type `Successful`.
    pub success_states: Vec<String>,
    /// Deal status by name of the order's state; a state that is not named gives its own name.
    pub status_by_state: BTreeMap<String, String>,
    /// Deal status of orders in a state of the type `Unsuccessful` that `status_by_state` does not name.
    ///
    /// Without it: the name of the state.
    pub status_on_failure: Option<String>,
    /// Which sum of the order is the budget of the deal.
    pub budget: Budget,
    /// Custom field of the deal that takes the paid sum, in roubles.
    pub paid_sum_field: String,
}

impl Default for Deals {
    fn default() -> Self {
        Self {
            crm: "МойСклад".to_owned(),
            status_on_creation: "PENDING".to_owned(),
            status_on_success: "COMPLETED".to_owned(),
            success_states: Vec::new(),
            status_by_state: BTreeMap::new(),
            status_on_failure: None,
            budget: Budget::OrderSum,
            paid_sum_field: "payed_sum".to_owned(),
        }
    }
}

/// Which sum of the order is the budget (бюджет) of the deal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Budget {
    /// Sum of the order after discounts.
    OrderSum,
    /// What has been paid.
    PaidSum,
    /// What has been shipped.
    ShippedSum,
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
            ("deals.paid_sum_field", &deals.paid_sum_field),
        ];
        let optional = [
            ("orders.organization", &self.orders.organization),
            ("orders.initial_state", &self.orders.initial_state),
            ("deals.status_on_failure", &deals.status_on_failure),
        ];
        let named = optional
            .into_iter()
            .filter_map(|(field, text)| Some((field, text.as_ref()?)));
        let states = deals
            .success_states
            .iter()
            .map(|name| ("deals.success_states", name));
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
        Ok(())
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
