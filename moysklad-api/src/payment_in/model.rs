//! Incoming payments as the service sends them.

use crate::attribute::AttributeValue;
use crate::contract::Contract;
use crate::counterparty::Account;
use crate::counterparty::Counterparty;
use crate::employee::Employee;
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
use serde_with::As;
use serde_with::DefaultOnNull;
use uuid::Uuid;

/// An incoming payment by bank (входящий платёж).
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct PaymentIn {
    /// What the service tells about the object.
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub meta: Meta,
    /// The id.
    pub id: Id<PaymentIn>,
    /// The account.
    pub account_id: Option<Uuid>,
    /// The UUID that its creator gave it.
    pub sync_id: Option<Uuid>,
    /// The number (номер).
    pub name: String,
    /// The code that people give.
    pub code: Option<String>,
    /// The code that programs give; not unique.
    pub external_code: Option<String>,
    /// When it was created.
    pub created: Option<Moment>,
    /// When it was last changed.
    pub updated: Option<Moment>,
    /// The date of the document, exact to the minute.
    pub moment: Option<Moment>,
    /// When it went to the trash (корзина), if it did.
    pub deleted: Option<Moment>,
    /// Whether it counts (проведён).
    pub applicable: Option<bool>,
    /// The comment (комментарий).
    pub description: Option<String>,
    /// The sum, in kopecks.
    pub sum: Option<Money>,
    /// The VAT, in kopecks.
    pub vat_sum: Option<Money>,
    /// The documents that are paid, and how much of each.
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub operations: Vec<Operation>,
    /// The purpose (назначение платежа).
    pub payment_purpose: Option<String>,
    /// The number of the incoming document.
    pub incoming_number: Option<String>,
    /// The date of the incoming document.
    pub incoming_date: Option<Moment>,
    /// The state (статус).
    pub state: Option<Ref<State>>,
    /// The counterparty (контрагент); now and then an organization.
    pub agent: Option<Ref<Counterparty>>,
    /// The organization of the account.
    pub organization: Option<Ref<Organization>>,
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
    /// The invoice-facture (счёт-фактура).
    pub facture_out: Option<Ref<Untyped>>,
    /// The currency and its rate.
    pub rate: Option<Rate>,
    /// The additional fields that have a value.
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub attributes: Vec<AttributeValue>,
    /// The files.
    pub files: Option<Nested<File>>,
    /// Whether it was printed.
    pub printed: Option<bool>,
    /// Whether it was published.
    pub published: Option<bool>,
    /// The employee who owns it (владелец).
    pub owner: Option<Ref<Employee>>,
    /// The department that owns it (отдел).
    pub group: Option<Ref<Group>>,
    /// Whether all departments share it (общий доступ).
    pub shared: Option<bool>,
}
