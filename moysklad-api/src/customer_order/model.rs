//! Customer orders as the service sends them.

use super::position::Position;
use crate::address::Address;
use crate::attribute::AttributeValue;
use crate::contract::Contract;
use crate::counterparty::Account;
use crate::counterparty::Counterparty;
use crate::demand::Demand;
use crate::employee::Employee;
use crate::file::File;
use crate::group::Group;
use crate::id::Id;
use crate::invoice_out::InvoiceOut;
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
use crate::tax_system::TaxSystem;
use serde::Deserialize;
use serde_with::As;
use serde_with::DefaultOnNull;
use uuid::Uuid;

/// An order of a customer (заказ покупателя).
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CustomerOrder {
    /// What the service tells about the object.
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub meta: Meta,
    /// The id.
    pub id: Id<CustomerOrder>,
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
    /// The sum after discounts, in kopecks (сумма заказа).
    pub sum: Option<Money>,
    /// What is paid, in kopecks (оплачено).
    pub payed_sum: Option<Money>,
    /// What is shipped, in kopecks (отгружено).
    pub shipped_sum: Option<Money>,
    /// What is invoiced, in kopecks (сумма счетов).
    pub invoiced_sum: Option<Money>,
    /// What is reserved, in kopecks (сумма товаров в резерве).
    pub reserved_sum: Option<Money>,
    /// Whether VAT counts (учитывается НДС).
    pub vat_enabled: Option<bool>,
    /// Whether prices include VAT.
    pub vat_included: Option<bool>,
    /// The VAT, in kopecks.
    pub vat_sum: Option<Money>,
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
    /// The store (склад).
    pub store: Option<Ref<Store>>,
    /// The positions (позиции); with rows if the request expanded them.
    pub positions: Option<Nested<Position>>,
    /// When it is to be shipped.
    pub delivery_planned_moment: Option<Moment>,
    /// Where to (адрес доставки).
    pub shipment_address: Option<String>,
    /// Where to, by parts.
    pub shipment_address_full: Option<Address>,
    /// The tax system (система налогообложения).
    pub tax_system: Option<TaxSystem>,
    /// The payments linked to the order.
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub payments: Vec<Ref<Untyped>>,
    /// The prepayments linked to the order.
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub prepayments: Vec<Ref<Untyped>>,
    /// The shipments (отгрузки) of the order.
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub demands: Vec<Ref<Demand>>,
    /// The invoices (счета) of the order.
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub invoices_out: Vec<Ref<InvoiceOut>>,
    /// The purchase orders (заказы поставщикам) of the order.
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub purchase_orders: Vec<Ref<Untyped>>,
    /// The production tasks of the order.
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub production_tasks: Vec<Ref<Untyped>>,
    /// The moves (перемещения) of the order.
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub moves: Vec<Ref<Untyped>>,
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
    /// The version of the object, in older answers.
    pub version: Option<i64>,
    /// The linked documents, in older answers.
    pub documents: Option<Nested<Untyped>>,
    /// The employee who owns it (владелец).
    pub owner: Option<Ref<Employee>>,
    /// The department that owns it (отдел).
    pub group: Option<Ref<Group>>,
    /// Whether all departments share it (общий доступ).
    pub shared: Option<bool>,
}
