//! What invoices to customers are created and changed from.

use super::position;
use crate::attribute::AttributeValue;
use crate::contract::Contract;
use crate::counterparty::Account;
use crate::counterparty::Counterparty;
use crate::customer_order::CustomerOrder;
use crate::employee::Employee;
use crate::group::Group;
use crate::meta::Ref;
use crate::moment::Moment;
use crate::organization::Organization;
use crate::patch::Patch;
use crate::project::Project;
use crate::rate::Rate;
use crate::sales_channel::SalesChannel;
use crate::state::State;
use crate::store::Store;
use serde::Serialize;
use serde_with::skip_serializing_none;
use uuid::Uuid;

/// An invoice to be created.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct New {
    /// The organization of the account (юрлицо).
    pub organization: Ref<Organization>,
    /// The counterparty (контрагент); now and then an organization.
    pub agent: Ref<Counterparty>,
    /// The UUID that makes creating twice the same as once.
    pub sync_id: Option<Uuid>,
    /// The number (номер).
    pub name: Option<String>,
    /// The code that people give (код).
    pub code: Option<String>,
    /// The code that programs give (внешний код); not unique.
    pub external_code: Option<String>,
    /// The date of the document, exact to the minute.
    pub moment: Option<Moment>,
    /// Whether it counts (проведён).
    pub applicable: Option<bool>,
    /// The comment (комментарий).
    pub description: Option<String>,
    /// When it is to be paid (планируемая дата оплаты).
    pub payment_planned_moment: Option<Moment>,
    /// Whether VAT counts (учитывается НДС).
    pub vat_enabled: Option<bool>,
    /// Whether prices include VAT (НДС включён).
    pub vat_included: Option<bool>,
    /// The bank account of the organization.
    pub organization_account: Option<Ref<Account>>,
    /// The bank account of the counterparty.
    pub agent_account: Option<Ref<Account>>,
    /// The store (склад).
    pub store: Option<Ref<Store>>,
    /// The state (статус).
    pub state: Option<Ref<State>>,
    /// The contract (договор).
    pub contract: Option<Ref<Contract>>,
    /// The project (проект).
    pub project: Option<Ref<Project>>,
    /// The currency and its rate (валюта).
    pub rate: Option<Rate>,
    /// The positions (позиции).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub positions: Vec<position::New>,
    /// The sales channel (канал продаж).
    pub sales_channel: Option<Ref<SalesChannel>>,
    /// The order it belongs to (заказ покупателя).
    pub customer_order: Option<Ref<CustomerOrder>>,
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
            payment_planned_moment: None,
            vat_enabled: None,
            vat_included: None,
            organization_account: None,
            agent_account: None,
            store: None,
            state: None,
            contract: None,
            project: None,
            rate: None,
            positions: Vec::new(),
            sales_channel: None,
            customer_order: None,
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

    /// Sets the number (номер).
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sets the code that programs give (внешний код); not unique.
    #[must_use]
    pub fn external_code(mut self, external_code: impl Into<String>) -> Self {
        self.external_code = Some(external_code.into());
        self
    }

    /// Sets the date of the document, exact to the minute.
    #[must_use]
    pub fn moment(mut self, moment: Moment) -> Self {
        self.moment = Some(moment);
        self
    }

    /// Sets the comment (комментарий).
    #[must_use]
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// Sets the state (статус).
    #[must_use]
    pub fn state(mut self, state: impl Into<Ref<State>>) -> Self {
        self.state = Some(state.into());
        self
    }

    /// Sets the positions (позиции).
    #[must_use]
    pub fn positions(mut self, positions: Vec<position::New>) -> Self {
        self.positions = positions;
        self
    }

    /// Sets the order it belongs to (заказ покупателя).
    #[must_use]
    pub fn customer_order(mut self, customer_order: impl Into<Ref<CustomerOrder>>) -> Self {
        self.customer_order = Some(customer_order.into());
        self
    }

    /// Sets the store (склад).
    #[must_use]
    pub fn store(mut self, store: impl Into<Ref<Store>>) -> Self {
        self.store = Some(store.into());
        self
    }

    /// Says when it is to be paid (планируемая дата оплаты).
    #[must_use]
    pub fn payment_planned_moment(mut self, payment_planned_moment: Moment) -> Self {
        self.payment_planned_moment = Some(payment_planned_moment);
        self
    }

    /// Sets additional fields.
    #[must_use]
    pub fn attributes(mut self, attributes: Vec<AttributeValue>) -> Self {
        self.attributes = attributes;
        self
    }
}

/// A change of an invoice; what it does not name stays as it is.
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
    /// The date of the document, exact to the minute.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moment: Option<Moment>,
    /// Whether it counts (проведён).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub applicable: Option<bool>,
    /// The comment (комментарий).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub description: Patch<String>,
    /// When it is to be paid (планируемая дата оплаты).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub payment_planned_moment: Patch<Moment>,
    /// Whether VAT counts (учитывается НДС).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vat_enabled: Option<bool>,
    /// Whether prices include VAT (НДС включён).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vat_included: Option<bool>,
    /// The organization of the account (юрлицо).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization: Option<Ref<Organization>>,
    /// The bank account of the organization.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub organization_account: Patch<Ref<Account>>,
    /// The counterparty (контрагент); now and then an organization.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent: Option<Ref<Counterparty>>,
    /// The bank account of the counterparty.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub agent_account: Patch<Ref<Account>>,
    /// The store (склад).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub store: Patch<Ref<Store>>,
    /// The state (статус).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub state: Patch<Ref<State>>,
    /// The contract (договор).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub contract: Patch<Ref<Contract>>,
    /// The project (проект).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub project: Patch<Ref<Project>>,
    /// The currency and its rate (валюта).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub rate: Patch<Rate>,
    /// The positions (позиции), all of them: those not named are deleted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub positions: Option<Vec<position::New>>,
    /// The sales channel (канал продаж).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub sales_channel: Patch<Ref<SalesChannel>>,
    /// The order it belongs to (заказ покупателя).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub customer_order: Patch<Ref<CustomerOrder>>,
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
