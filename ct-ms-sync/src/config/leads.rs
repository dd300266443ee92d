//! Which leads are carried, and what becomes of those without a phone.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

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
    /// Leads with neither phone, e-mail nor name: calls from a hidden number (скрытый номер).
    pub hidden_number: WithoutPhone,
    /// Leads with a name and neither phone nor e-mail.
    pub name_only: WithoutPhone,
    /// Leads with an e-mail and no phone.
    pub email_only: WithoutPhone,
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
            hidden_number: WithoutPhone::OwnCounterparty,
            name_only: WithoutPhone::OwnCounterparty,
            email_only: WithoutPhone::OwnCounterparty,
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

/// What becomes of a lead without a phone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WithoutPhone {
    /// An order of the counterparty that its e-mail leads to, else of a new one.
    #[default]
    OwnCounterparty,
    /// An order of one counterparty «Скрытый номер» that all such leads of the site share.
    SharedCounterparty,
    /// Nothing: the lead is left out.
    LeaveOut,
}
