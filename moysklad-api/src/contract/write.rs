//! What contracts are created and changed from.

use super::model::ContractType;
use super::model::RewardType;
use crate::attribute::AttributeValue;
use crate::counterparty::Account;
use crate::counterparty::Counterparty;
use crate::employee::Employee;
use crate::group::Group;
use crate::meta::Ref;
use crate::moment::Moment;
use crate::money::Money;
use crate::organization::Organization;
use crate::patch::Patch;
use crate::rate::Rate;
use crate::state::State;
use serde::Serialize;
use serde_with::skip_serializing_none;

/// A contract to be created.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct New {
    /// The organization of the account (юрлицо).
    pub own_agent: Ref<Organization>,
    /// The counterparty (контрагент); now and then an organization.
    pub agent: Ref<Counterparty>,
    /// The number (номер).
    pub name: Option<String>,
    /// The code that people give (код).
    pub code: Option<String>,
    /// The code that programs give (внешний код); not unique.
    pub external_code: Option<String>,
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
    /// The state (статус).
    pub state: Option<Ref<State>>,
    /// The bank account of the organization.
    pub organization_account: Option<Ref<Account>>,
    /// The bank account of the counterparty.
    pub agent_account: Option<Ref<Account>>,
    /// The currency and its rate (валюта).
    pub rate: Option<Rate>,
    /// The additional fields.
    #[serde(
        skip_serializing_if = "crate::attribute::is_unsaid",
        serialize_with = "crate::attribute::write"
    )]
    pub attributes: Vec<AttributeValue>,
    /// The employee who owns it (владелец).
    pub owner: Option<Ref<Employee>>,
    /// The department that owns it (отдел).
    pub group: Option<Ref<Group>>,
    /// Whether all departments share it (общий доступ).
    pub shared: Option<bool>,
}

impl New {
    /// Names who concludes it: an organization of the account and a counterparty.
    #[must_use]
    pub fn new(
        own_agent: impl Into<Ref<Organization>>,
        agent: impl Into<Ref<Counterparty>>,
    ) -> Self {
        Self {
            own_agent: own_agent.into(),
            agent: agent.into(),
            name: None,
            code: None,
            external_code: None,
            archived: None,
            moment: None,
            description: None,
            sum: None,
            contract_type: None,
            reward_type: None,
            reward_percent: None,
            state: None,
            organization_account: None,
            agent_account: None,
            rate: None,
            attributes: Vec::new(),
            owner: None,
            group: None,
            shared: None,
        }
    }

    /// Sets the number (номер).
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sets the code that people give (код).
    #[must_use]
    pub fn code(mut self, code: impl Into<String>) -> Self {
        self.code = Some(code.into());
        self
    }

    /// Sets the code that programs give (внешний код); not unique.
    #[must_use]
    pub fn external_code(mut self, external_code: impl Into<String>) -> Self {
        self.external_code = Some(external_code.into());
        self
    }

    /// Sets the comment (комментарий).
    #[must_use]
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// Sets the date (дата договора).
    #[must_use]
    pub fn moment(mut self, moment: Moment) -> Self {
        self.moment = Some(moment);
        self
    }

    /// Sets the sum, in kopecks (сумма договора).
    #[must_use]
    pub fn sum(mut self, sum: Money) -> Self {
        self.sum = Some(sum);
        self
    }

    /// Says what the contract is about (тип договора).
    #[must_use]
    pub fn contract_type(mut self, contract_type: ContractType) -> Self {
        self.contract_type = Some(contract_type);
        self
    }

    /// Sets the state (статус).
    #[must_use]
    pub fn state(mut self, state: impl Into<Ref<State>>) -> Self {
        self.state = Some(state.into());
        self
    }

    /// Sets additional fields.
    #[must_use]
    pub fn attributes(mut self, attributes: Vec<AttributeValue>) -> Self {
        self.attributes = attributes;
        self
    }
}

/// A change of a contract; what it does not name stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Update {
    /// The number (номер).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The code that people give (код).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub code: Patch<String>,
    /// The code that programs give (внешний код); not unique.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub external_code: Patch<String>,
    /// Whether it is in the archive.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub archived: Option<bool>,
    /// The date (дата договора).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moment: Option<Moment>,
    /// The comment (комментарий).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub description: Patch<String>,
    /// The sum, in kopecks (сумма договора).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sum: Option<Money>,
    /// What the contract is about (тип договора).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub contract_type: Patch<ContractType>,
    /// How the reward is counted (тип вознаграждения).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub reward_type: Patch<RewardType>,
    /// The reward, in percent from 0 to 100.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reward_percent: Option<i64>,
    /// The organization of the account (юрлицо).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub own_agent: Option<Ref<Organization>>,
    /// The counterparty (контрагент); now and then an organization.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent: Option<Ref<Counterparty>>,
    /// The state (статус).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub state: Patch<Ref<State>>,
    /// The bank account of the organization.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub organization_account: Patch<Ref<Account>>,
    /// The bank account of the counterparty.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub agent_account: Patch<Ref<Account>>,
    /// The currency and its rate (валюта).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub rate: Patch<Rate>,
    /// The additional fields to change; others keep their values.
    #[serde(
        skip_serializing_if = "crate::attribute::is_unsaid",
        serialize_with = "crate::attribute::write"
    )]
    pub attributes: Vec<AttributeValue>,
    /// The employee who owns it (владелец).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub owner: Patch<Ref<Employee>>,
    /// The department that owns it (отдел).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub group: Patch<Ref<Group>>,
    /// Whether all departments share it (общий доступ).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shared: Option<bool>,
}
