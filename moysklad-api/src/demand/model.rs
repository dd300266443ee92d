//! Shipments to customers as the service sends them.

use super::position::Position;
use crate::address::Address;
use crate::attribute::AttributeValue;
use crate::contract::Contract;
use crate::counterparty::Account;
use crate::counterparty::Counterparty;
use crate::customer_order::CustomerOrder;
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
use serde::Deserialize;
use serde::Serialize;
use serde_with::skip_serializing_none;
use serde_with::{As, DefaultOnNull};
use uuid::Uuid;

/// A shipment to a customer (отгрузка).
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Demand {
    /// What the service tells about the object.
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub meta: Meta,
    /// The id.
    pub id: Id<Demand>,
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
    /// Whether VAT counts (учитывается НДС).
    pub vat_enabled: Option<bool>,
    /// Whether prices include VAT (НДС включён).
    pub vat_included: Option<bool>,
    /// The VAT, in kopecks (сумма НДС).
    pub vat_sum: Option<Money>,
    /// The sum after discounts, in kopecks (сумма отгрузки).
    pub sum: Option<Money>,
    /// What is paid, in kopecks (оплачено).
    pub payed_sum: Option<Money>,
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
    /// Where to (адрес доставки).
    pub shipment_address: Option<String>,
    /// Where to, by parts.
    pub shipment_address_full: Option<Address>,
    /// The costs that are spread over the positions (накладные расходы).
    pub overhead: Option<Overhead>,
    /// The order it belongs to (заказ покупателя).
    pub customer_order: Option<Ref<CustomerOrder>>,
    /// The tax invoice issued (счёт-фактура выданный).
    pub facture_out: Option<Ref<Untyped>>,
    /// The returns (возвраты).
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub returns: Vec<Ref<Untyped>>,
    /// The payments (платежи).
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub payments: Vec<Ref<Untyped>>,
    /// The production tasks (производственные задания).
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub production_tasks: Vec<Ref<Untyped>>,
    /// The invoices (счета покупателям).
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub invoices_out: Vec<Ref<InvoiceOut>>,
    /// The name of the cargo (наименование груза).
    pub cargo_name: Option<String>,
    /// Who carries (перевозчик).
    pub carrier: Option<Ref<Counterparty>>,
    /// Who receives (грузополучатель).
    pub consignee: Option<Ref<Counterparty>>,
    /// How many places (всего мест).
    pub good_pack_quantity: Option<i64>,
    /// What the sender asks for (указания грузоотправителя).
    pub shipping_instructions: Option<String>,
    /// The id of a state contract (государственный контракт).
    pub state_contract_id: Option<String>,
    /// What carries (транспортное средство).
    pub transport_facility: Option<String>,
    /// The vehicle's number (номер автомобиля).
    pub transport_facility_number: Option<String>,
    /// Who sends (грузоотправитель).
    pub consignor: Option<Ref<Counterparty>>,
    /// The number of the transport document (номер транспортного документа).
    pub shipping_document_number: Option<String>,
    /// The date of the transport document.
    pub shipping_document_date: Option<Moment>,
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

/// Costs that are spread over the positions (накладные расходы).
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Overhead {
    /// The sum, in kopecks.
    pub sum: Option<Money>,
    /// How the sum is spread.
    pub distribution: Option<OverheadDistribution>,
}

/// How costs are spread over positions (распределение).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum OverheadDistribution {
    /// By weight (по весу).
    Weight,
    /// By volume (по объёму).
    Volume,
    /// By price (по цене).
    Price,
    /// A word newer than this crate, as the service sent it.
    #[serde(untagged)]
    Unknown(String),
}

impl OverheadDistribution {
    /// The word as the service writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Weight => "weight",
            Self::Volume => "volume",
            Self::Price => "price",
            Self::Unknown(word) => word,
        }
    }
}
