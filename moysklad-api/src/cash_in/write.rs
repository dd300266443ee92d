//! What cash payments are created and changed from.

use crate::attribute::AttributeValue;
use crate::contract::Contract;
use crate::counterparty::Counterparty;
use crate::customer_order::CustomerOrder;
use crate::employee::Employee;
use crate::group::Group;
use crate::meta::Ref;
use crate::moment::Moment;
use crate::money::Money;
use crate::operation::Operation;
use crate::organization::Organization;
use crate::patch::Patch;
use crate::project::Project;
use crate::rate::Rate;
use crate::sales_channel::SalesChannel;
use crate::state::State;
use serde::Serialize;
use serde_with::skip_serializing_none;
use uuid::Uuid;

/// A payment to be created.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct New {
    /// The organization of the account.
    pub organization: Ref<Organization>,
    /// The counterparty (контрагент).
    pub agent: Ref<Counterparty>,
    /// The UUID that makes creating twice the same as once.
    pub sync_id: Option<Uuid>,
    /// The number; the service numbers by itself if not said.
    pub name: Option<String>,
    /// The code that people give.
    pub code: Option<String>,
    /// The code that programs give; not unique.
    pub external_code: Option<String>,
    /// The date of the document, exact to the minute; now if not said.
    pub moment: Option<Moment>,
    /// Whether it counts (проведён); it does if not said.
    pub applicable: Option<bool>,
    /// The comment (комментарий).
    pub description: Option<String>,
    /// The state (статус); the first one if not said.
    pub state: Option<Ref<State>>,
    /// The sum, in kopecks; none if not said.
    pub sum: Option<Money>,
    /// The VAT, in kopecks.
    pub vat_sum: Option<Money>,
    /// The documents that are paid, and how much of each.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub operations: Vec<Operation>,
    /// The purpose (назначение платежа).
    pub payment_purpose: Option<String>,
    /// The contract (договор).
    pub contract: Option<Ref<Contract>>,
    /// The project (проект).
    pub project: Option<Ref<Project>>,
    /// The sales channel (канал продаж).
    pub sales_channel: Option<Ref<SalesChannel>>,
    /// The currency and its rate.
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
    /// Names who is paid and who pays.
    #[must_use]
    pub fn new(
        organization: impl Into<Ref<Organization>>,
        agent: impl Into<Ref<Counterparty>>,
    ) -> Self {
        Self {
            organization: organization.into(),
            agent: agent.into(),
            sync_id: None,
            name: None,
            code: None,
            external_code: None,
            moment: None,
            applicable: None,
            description: None,
            state: None,
            sum: None,
            vat_sum: None,
            operations: Vec::new(),
            payment_purpose: None,
            contract: None,
            project: None,
            sales_channel: None,
            rate: None,
            attributes: Vec::new(),
            owner: None,
            group: None,
            shared: None,
        }
    }

    /// Makes creating twice the same as once.
    #[must_use]
    pub fn sync_id(mut self, sync_id: Uuid) -> Self {
        self.sync_id = Some(sync_id);
        self
    }

    /// Sets the number.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sets the code that programs give.
    #[must_use]
    pub fn external_code(mut self, external_code: impl Into<String>) -> Self {
        self.external_code = Some(external_code.into());
        self
    }

    /// Sets the date.
    #[must_use]
    pub fn moment(mut self, moment: Moment) -> Self {
        self.moment = Some(moment);
        self
    }

    /// Sets the comment.
    #[must_use]
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// Sets the state.
    #[must_use]
    pub fn state(mut self, state: impl Into<Ref<State>>) -> Self {
        self.state = Some(state.into());
        self
    }

    /// Sets the sum, in kopecks.
    #[must_use]
    pub fn sum(mut self, sum: Money) -> Self {
        self.sum = Some(sum);
        self
    }

    /// Sets the purpose.
    #[must_use]
    pub fn payment_purpose(mut self, payment_purpose: impl Into<String>) -> Self {
        self.payment_purpose = Some(payment_purpose.into());
        self
    }

    /// Links a project.
    #[must_use]
    pub fn project(mut self, project: impl Into<Ref<Project>>) -> Self {
        self.project = Some(project.into());
        self
    }

    /// Links a sales channel.
    #[must_use]
    pub fn sales_channel(mut self, sales_channel: impl Into<Ref<SalesChannel>>) -> Self {
        self.sales_channel = Some(sales_channel.into());
        self
    }

    /// Gives it to an employee.
    #[must_use]
    pub fn owner(mut self, owner: impl Into<Ref<Employee>>) -> Self {
        self.owner = Some(owner.into());
        self
    }

    /// Gives it to a department.
    #[must_use]
    pub fn group(mut self, group: impl Into<Ref<Group>>) -> Self {
        self.group = Some(group.into());
        self
    }

    /// Sets additional fields.
    #[must_use]
    pub fn attributes(mut self, attributes: Vec<AttributeValue>) -> Self {
        self.attributes = attributes;
        self
    }

    /// Lets so much of the payment count for an order.
    #[must_use]
    pub fn operation(mut self, order: impl Into<Ref<CustomerOrder>>, linked: Money) -> Self {
        self.operations.push(Operation::new(&order.into(), linked));
        self
    }
}

/// A change of a payment; what it does not name stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Update {
    /// The organization of the account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization: Option<Ref<Organization>>,
    /// The counterparty (контрагент).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent: Option<Ref<Counterparty>>,
    /// The number; the service numbers by itself if not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The code that people give.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub code: Patch<String>,
    /// The code that programs give; not unique.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub external_code: Patch<String>,
    /// The date of the document, exact to the minute; now if not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moment: Option<Moment>,
    /// Whether it counts (проведён); it does if not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub applicable: Option<bool>,
    /// The comment (комментарий).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub description: Patch<String>,
    /// The state (статус); the first one if not said.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub state: Patch<Ref<State>>,
    /// The sum, in kopecks; none if not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sum: Option<Money>,
    /// The VAT, in kopecks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vat_sum: Option<Money>,
    /// The documents that are paid, and how much of each, all of them: those not named are deleted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operations: Option<Vec<Operation>>,
    /// The purpose (назначение платежа).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub payment_purpose: Patch<String>,
    /// The contract (договор).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub contract: Patch<Ref<Contract>>,
    /// The project (проект).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub project: Patch<Ref<Project>>,
    /// The sales channel (канал продаж).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub sales_channel: Patch<Ref<SalesChannel>>,
    /// The currency and its rate.
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
