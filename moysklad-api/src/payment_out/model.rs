//! Outgoing payments by bank as the service sends them.

use crate::attribute::AttributeValue;
use crate::contract::Contract;
use crate::counterparty::Account;
use crate::counterparty::Counterparty;
use crate::employee::Employee;
use crate::expense_item::ExpenseItem;
use crate::file::File;
use crate::group::Group;
use crate::id::Id;
use crate::meta::Meta;
use crate::meta::Nested;
use crate::meta::Ref;
use crate::meta::Untyped;
use crate::moment::Moment;
use crate::money::Money;
use crate::operation::Operation;
use crate::organization::Organization;
use crate::project::Project;
use crate::rate::Rate;
use crate::sales_channel::SalesChannel;
use crate::state::State;
use serde::Deserialize;
use serde_with::{As, DefaultOnNull};
use uuid::Uuid;

/// An outgoing payment by bank (исходящий платёж).
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct PaymentOut {
    /// What the service tells about the object.
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub meta: Meta,
    /// The id.
    pub id: Id<PaymentOut>,
    /// The account.
    pub account_id: Option<Uuid>,
    /// The UUID that its creator gave it.
    pub sync_id: Option<Uuid>,
    /// The number (номер).
    pub name: String,
    /// The code that people give (код).
    pub code: Option<String>,
    /// The code that programs give (внешний код); not unique.
    pub external_code: Option<String>,
    /// When it was created.
    pub created: Option<Moment>,
    /// When it was last changed.
    pub updated: Option<Moment>,
    /// When it went to the trash (корзина), if it did.
    pub deleted: Option<Moment>,
    /// The date of the document, exact to the minute.
    pub moment: Option<Moment>,
    /// Whether it counts (проведён).
    pub applicable: Option<bool>,
    /// The comment (комментарий).
    pub description: Option<String>,
    /// The currency and its rate (валюта).
    pub rate: Option<Rate>,
    /// The organization of the account (юрлицо).
    pub organization: Option<Ref<Organization>>,
    /// Who is paid: a counterparty, an organization or an employee (контрагент).
    pub agent: Option<Ref<Counterparty>>,
    /// The expense item (статья расходов).
    pub expense_item: Option<Ref<ExpenseItem>>,
    /// The contract (договор).
    pub contract: Option<Ref<Contract>>,
    /// Whether no closing documents will come (без закрывающих документов).
    pub no_closing_docs: Option<bool>,
    /// The purpose (назначение платежа).
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
    /// The bank account that is paid.
    pub agent_account: Option<Ref<Account>>,
    /// The bank account that pays.
    pub organization_account: Option<Ref<Account>>,
    /// The documents that are paid, and how much of each (связанные операции).
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub operations: Vec<Operation>,
    /// The additional fields that have a value (дополнительные поля).
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub attributes: Vec<AttributeValue>,
    /// The files (файлы).
    pub files: Option<Nested<File>>,
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
