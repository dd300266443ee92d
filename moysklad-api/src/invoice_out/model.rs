//! Invoices to customers as the service sends them.

use super::position::Position;
use crate::attribute::AttributeValue;
use crate::contract::Contract;
use crate::counterparty::Account;
use crate::counterparty::Counterparty;
use crate::customer_order::CustomerOrder;
use crate::demand::Demand;
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
use crate::organization::Organization;
use crate::project::Project;
use crate::rate::Rate;
use crate::sales_channel::SalesChannel;
use crate::state::State;
use crate::store::Store;
use serde::Deserialize;
use serde_with::{As, DefaultOnNull};
use uuid::Uuid;

/// An invoice to a customer (счёт покупателю).
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct InvoiceOut {
    /// What the service tells about the object.
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub meta: Meta,
    /// The id.
    pub id: Id<InvoiceOut>,
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
    /// When it is to be paid (планируемая дата оплаты).
    pub payment_planned_moment: Option<Moment>,
    /// Whether VAT counts (учитывается НДС).
    pub vat_enabled: Option<bool>,
    /// Whether prices include VAT (НДС включён).
    pub vat_included: Option<bool>,
    /// The VAT, in kopecks (сумма НДС).
    pub vat_sum: Option<Money>,
    /// The sum after discounts, in kopecks (сумма счёта).
    pub sum: Option<Money>,
    /// What is paid, in kopecks (оплачено).
    pub payed_sum: Option<Money>,
    /// What is shipped, in kopecks (отгружено).
    pub shipped_sum: Option<Money>,
    /// The organization of the account (юрлицо).
    pub organization: Option<Ref<Organization>>,
    /// The bank account of the organization.
    pub organization_account: Option<Ref<Account>>,
    /// The counterparty (контрагент); now and then an organization.
    pub agent: Option<Ref<Counterparty>>,
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
    /// The positions (позиции); with rows if the request expanded them.
    pub positions: Option<Nested<Position>>,
    /// The sales channel (канал продаж).
    pub sales_channel: Option<Ref<SalesChannel>>,
    /// The order it belongs to (заказ покупателя).
    pub customer_order: Option<Ref<CustomerOrder>>,
    /// The shipments (отгрузки).
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub demands: Vec<Ref<Demand>>,
    /// The payments (платежи).
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub payments: Vec<Ref<Untyped>>,
    /// The additional fields that have a value (дополнительные поля).
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub attributes: Vec<AttributeValue>,
    /// The files (файлы).
    pub files: Option<Nested<File>>,
    /// Whether it was printed (напечатан).
    pub printed: Option<bool>,
    /// Whether it was published (опубликован).
    pub published: Option<bool>,
    /// The linked documents, in older answers.
    pub documents: Option<Nested<Untyped>>,
    /// The employee who owns it (владелец).
    pub owner: Option<Ref<Employee>>,
    /// The department that owns it (отдел).
    pub group: Option<Ref<Group>>,
    /// Whether all departments share it (общий доступ).
    pub shared: Option<bool>,
}
