//! What outgoing payments in cash are created and changed from.

use crate::attribute::AttributeValue;
use crate::contract::Contract;
use crate::counterparty::Counterparty;
use crate::employee::Employee;
use crate::expense_item::ExpenseItem;
use crate::group::Group;
use crate::meta::Ref;
use crate::meta::Untyped;
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

/// An outgoing payment in cash to be created.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct New {
    /// The organization of the account (юрлицо).
    pub organization: Ref<Organization>,
    /// The counterparty (контрагент); now and then an organization.
    pub agent: Ref<Counterparty>,
    /// The expense item (статья расходов).
    pub expense_item: Ref<ExpenseItem>,
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
    /// The currency and its rate (валюта).
    pub rate: Option<Rate>,
    /// The contract (договор).
    pub contract: Option<Ref<Contract>>,
    /// Whether no closing documents will come (без закрывающих документов).
    pub no_closing_docs: Option<bool>,
    /// The reason (основание).
    pub payment_purpose: Option<String>,
    /// The project (проект).
    pub project: Option<Ref<Project>>,
    /// The sales channel (канал продаж).
    pub sales_channel: Option<Ref<SalesChannel>>,
    /// The state (статус).
    pub state: Option<Ref<State>>,
    /// The sum, in kopecks (сумма).
    pub sum: Option<Money>,
    /// The VAT, in kopecks (сумма НДС).
    pub vat_sum: Option<Money>,
    /// The tax invoice received (счёт-фактура полученный).
    pub facture_in: Option<Ref<Untyped>>,
    /// The documents that are paid, and how much of each (связанные операции).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub operations: Vec<Operation>,
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
    /// Names who pays, who is paid, and for what kind of expense.
    #[must_use]
    pub fn new(
        organization: impl Into<Ref<Organization>>,
        agent: impl Into<Ref<Counterparty>>,
        expense_item: impl Into<Ref<ExpenseItem>>,
    ) -> Self {
        Self {
            organization: organization.into(),
            agent: agent.into(),
            expense_item: expense_item.into(),
            sync_id: None,
            name: None,
            code: None,
            external_code: None,
            moment: None,
            applicable: None,
            description: None,
            rate: None,
            contract: None,
            no_closing_docs: None,
            payment_purpose: None,
            project: None,
            sales_channel: None,
            state: None,
            sum: None,
            vat_sum: None,
            facture_in: None,
            operations: Vec::new(),
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

    /// Sets the sum, in kopecks (сумма).
    #[must_use]
    pub fn sum(mut self, sum: Money) -> Self {
        self.sum = Some(sum);
        self
    }

    /// Sets the documents that are paid, and how much of each (связанные операции).
    #[must_use]
    pub fn operations(mut self, operations: Vec<Operation>) -> Self {
        self.operations = operations;
        self
    }

    /// Sets the reason (основание).
    #[must_use]
    pub fn payment_purpose(mut self, payment_purpose: impl Into<String>) -> Self {
        self.payment_purpose = Some(payment_purpose.into());
        self
    }

    /// Sets additional fields.
    #[must_use]
    pub fn attributes(mut self, attributes: Vec<AttributeValue>) -> Self {
        self.attributes = attributes;
        self
    }
}

/// A change of an outgoing payment in cash; what it does not name stays as it is.
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
    /// The currency and its rate (валюта).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub rate: Patch<Rate>,
    /// The organization of the account (юрлицо).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization: Option<Ref<Organization>>,
    /// The counterparty (контрагент); now and then an organization.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent: Option<Ref<Counterparty>>,
    /// The expense item (статья расходов).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expense_item: Option<Ref<ExpenseItem>>,
    /// The contract (договор).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub contract: Patch<Ref<Contract>>,
    /// Whether no closing documents will come (без закрывающих документов).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub no_closing_docs: Option<bool>,
    /// The reason (основание).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub payment_purpose: Patch<String>,
    /// The project (проект).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub project: Patch<Ref<Project>>,
    /// The sales channel (канал продаж).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub sales_channel: Patch<Ref<SalesChannel>>,
    /// The state (статус).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub state: Patch<Ref<State>>,
    /// The sum, in kopecks (сумма).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sum: Option<Money>,
    /// The VAT, in kopecks (сумма НДС).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vat_sum: Option<Money>,
    /// The tax invoice received (счёт-фактура полученный).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub facture_in: Patch<Ref<Untyped>>,
    /// The documents that are paid, and how much of each (связанные операции), all of them: those not named are deleted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operations: Option<Vec<Operation>>,
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
