//! Contracts as the service sends them.

use crate::attribute::AttributeValue;
use crate::counterparty::Account;
use crate::counterparty::Counterparty;
use crate::employee::Employee;
use crate::group::Group;
use crate::id::Id;
use crate::meta::Meta;
use crate::meta::Ref;
use crate::moment::Moment;
use crate::money::Money;
use crate::organization::Organization;
use crate::rate::Rate;
use crate::state::State;
use serde::Deserialize;
use serde::Serialize;
use serde_with::{As, DefaultOnNull};
use uuid::Uuid;

/// A contract with a counterparty (договор).
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Contract {
    /// What the service tells about the object.
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub meta: Meta,
    /// The id.
    pub id: Id<Contract>,
    /// The account.
    pub account_id: Option<Uuid>,
    /// The number (номер).
    pub name: String,
    /// The code that people give (код).
    pub code: Option<String>,
    /// The code that programs give (внешний код); not unique.
    pub external_code: Option<String>,
    /// When it was last changed.
    pub updated: Option<Moment>,
    /// Whether it is in the archive.
    pub archived: Option<bool>,
    /// The date (дата договора).
    pub moment: Option<Moment>,
    /// The comment (комментарий).
    pub description: Option<String>,
    /// The sum, in kopecks (сумма договора).
    pub sum: Option<Money>,
    /// What the contract is about (тип договора).
    pub contract_type: Option<ContractType>,
    /// How the reward is counted (тип вознаграждения).
    pub reward_type: Option<RewardType>,
    /// The reward, in percent from 0 to 100.
    pub reward_percent: Option<i64>,
    /// The organization of the account (юрлицо).
    pub own_agent: Option<Ref<Organization>>,
    /// The counterparty (контрагент); now and then an organization.
    pub agent: Option<Ref<Counterparty>>,
    /// The state (статус).
    pub state: Option<Ref<State>>,
    /// The bank account of the organization.
    pub organization_account: Option<Ref<Account>>,
    /// The bank account of the counterparty.
    pub agent_account: Option<Ref<Account>>,
    /// The currency and its rate (валюта).
    pub rate: Option<Rate>,
    /// The additional fields that have a value (дополнительные поля).
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub attributes: Vec<AttributeValue>,
    /// Whether it was printed (напечатан).
    pub printed: Option<bool>,
    /// Whether it was published (опубликован).
    pub published: Option<bool>,
    /// The employee who owns it (владелец).
    pub owner: Option<Ref<Employee>>,
    /// The department that owns it (отдел).
    pub group: Option<Ref<Group>>,
    /// Whether all departments share it (общий доступ).
    pub shared: Option<bool>,
}

/// What a contract is about (тип договора).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum ContractType {
    /// Selling for somebody else (договор комиссии).
    Commission,
    /// Buying and selling (договор купли-продажи).
    Sales,
    /// A word newer than this crate, as the service sent it.
    #[serde(untagged)]
    Unknown(String),
}

impl ContractType {
    /// The word as the service writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Commission => "Commission",
            Self::Sales => "Sales",
            Self::Unknown(word) => word,
        }
    }
}

/// How the reward of a commission is counted (тип вознаграждения).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum RewardType {
    /// In percent of the sales (процент от суммы продажи).
    PercentOfSales,
    /// Not at all (не рассчитывать).
    None,
    /// A word newer than this crate, as the service sent it.
    #[serde(untagged)]
    Unknown(String),
}

impl RewardType {
    /// The word as the service writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::PercentOfSales => "PercentOfSales",
            Self::None => "None",
            Self::Unknown(word) => word,
        }
    }
}
