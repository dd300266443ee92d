//! What customer orders are created and changed from.

use super::position;
use crate::address::Address;
use crate::attribute::AttributeValue;
use crate::contract::Contract;
use crate::counterparty::Account;
use crate::counterparty::Counterparty;
use crate::employee::Employee;
use crate::group::Group;
use crate::meta::Ref;
use crate::moment::Moment;
use crate::organization::Organization;
use crate::patch::Patch;
use crate::patch::empty_text;
use crate::project::Project;
use crate::rate::Rate;
use crate::sales_channel::SalesChannel;
use crate::state::State;
use crate::store::Store;
use crate::tax_system::TaxSystem;
use serde::Serialize;
use serde_with::skip_serializing_none;
use uuid::Uuid;

/// An order to be created.
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
    /// The positions (позиции), 1000 at most.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub positions: Vec<position::New>,
    /// The contract (договор).
    pub contract: Option<Ref<Contract>>,
    /// The project (проект).
    pub project: Option<Ref<Project>>,
    /// The sales channel (канал продаж).
    pub sales_channel: Option<Ref<SalesChannel>>,
    /// The bank account of the counterparty.
    pub agent_account: Option<Ref<Account>>,
    /// The bank account of the organization.
    pub organization_account: Option<Ref<Account>>,
    /// The store (склад).
    pub store: Option<Ref<Store>>,
    /// Whether VAT counts (учитывается НДС).
    pub vat_enabled: Option<bool>,
    /// Whether prices include VAT.
    pub vat_included: Option<bool>,
    /// When it is to be shipped, exact to the minute.
    pub delivery_planned_moment: Option<Moment>,
    /// Where to (адрес доставки).
    pub shipment_address: Option<String>,
    /// Where to, by parts; the text is overlooked then.
    pub shipment_address_full: Option<Address>,
    /// The tax system (система налогообложения).
    pub tax_system: Option<TaxSystem>,
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
    /// Names who sells and who buys.
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
            positions: Vec::new(),
            contract: None,
            project: None,
            sales_channel: None,
            agent_account: None,
            organization_account: None,
            store: None,
            vat_enabled: None,
            vat_included: None,
            delivery_planned_moment: None,
            shipment_address: None,
            shipment_address_full: None,
            tax_system: None,
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

    /// Sets the positions.
    #[must_use]
    pub fn positions(mut self, positions: Vec<position::New>) -> Self {
        self.positions = positions;
        self
    }

    /// Takes the goods from a store.
    #[must_use]
    pub fn store(mut self, store: impl Into<Ref<Store>>) -> Self {
        self.store = Some(store.into());
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
}

/// A change of an order; what it does not name stays as it is.
///
/// A new organization or counterparty needs its new bank account too, if the order has one.
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
    /// The positions (позиции), 1000 at most, all of them: those not named are deleted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub positions: Option<Vec<position::New>>,
    /// The contract (договор).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub contract: Patch<Ref<Contract>>,
    /// The project (проект).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub project: Patch<Ref<Project>>,
    /// The sales channel (канал продаж).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub sales_channel: Patch<Ref<SalesChannel>>,
    /// The bank account of the counterparty.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub agent_account: Patch<Ref<Account>>,
    /// The bank account of the organization.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub organization_account: Patch<Ref<Account>>,
    /// The store (склад).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub store: Patch<Ref<Store>>,
    /// Whether VAT counts (учитывается НДС).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vat_enabled: Option<bool>,
    /// Whether prices include VAT.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vat_included: Option<bool>,
    /// When it is to be shipped, exact to the minute.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub delivery_planned_moment: Patch<Moment>,
    /// Where to (адрес доставки).
    #[serde(skip_serializing_if = "Patch::is_keep", serialize_with = "empty_text")]
    pub shipment_address: Patch<String>,
    /// Where to, by parts; the text is overlooked then.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub shipment_address_full: Patch<Address>,
    /// The tax system (система налогообложения).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub tax_system: Patch<TaxSystem>,
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
