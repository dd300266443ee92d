//! Customer orders (заказы покупателей).
//!
//! [`Client::customer_orders`](crate::Client::customer_orders) finds, creates and changes them;
//! [`New`] and [`Update`] are what they are created and changed from.
//!
//! See [МойСклад: заказ покупателя](https://dev.moysklad.ru/doc/api/remap/1.2/).

use crate::contract::Contract;
use crate::employee::Employee;
use crate::file::File;
use crate::group::Group;
use crate::project::Project;
use crate::sales_channel::SalesChannel;
use crate::store::Store;
use uuid::Uuid;

use crate::counterparty::{Account, Counterparty};
use crate::demand::Demand;
use crate::entity::{
    Create, Delete, DeleteMany, Entity, Parts, Resource, Template, Trash, Update as CanUpdate,
    WithAttributes, WithMetadata, WithStates,
};
use crate::id::Id;
use crate::invoice_out::InvoiceOut;
use crate::meta::Untyped;
use crate::moment::Moment;
use crate::money::Money;
use crate::organization::Organization;
use crate::query::{
    Exact, Field, Linked, Ordered, Reference, References, Sortable, Text, Unfiltered,
};
use crate::state::State;

mod model;
pub mod note;
pub mod position;
mod write;

pub use model::CustomerOrder;
pub use write::{New, Update};

impl Entity for CustomerOrder {
    const TYPE: &'static str = "customerorder";
    const SORTS_BY_ID: bool = true;
}

impl Create for CustomerOrder {
    type New = New;

    fn sync_id(new: &New) -> Option<Uuid> {
        new.sync_id
    }
}

impl CanUpdate for CustomerOrder {
    type Update = Update;
}

impl Delete for CustomerOrder {}
impl DeleteMany for CustomerOrder {}
impl WithMetadata for CustomerOrder {}
impl WithAttributes for CustomerOrder {}
impl WithStates for CustomerOrder {}
impl Trash for CustomerOrder {}
impl Template for CustomerOrder {}

impl Resource<CustomerOrder> {
    /// The positions (позиции) of one order.
    #[must_use]
    pub fn positions(&self, order: Id<CustomerOrder>) -> Parts<CustomerOrder, position::Position> {
        self.parts(order)
    }

    /// The notes (события) in the feed of one order.
    #[must_use]
    pub fn notes(&self, order: Id<CustomerOrder>) -> Parts<CustomerOrder, note::Note> {
        self.parts(order)
    }
}

/// The id.
pub const ID: Field<CustomerOrder, Exact<Id<CustomerOrder>>, Sortable> = Field::new("id");
/// The account.
pub const ACCOUNT_ID: Field<CustomerOrder, Exact<Uuid>> = Field::new("accountId");
/// The UUID that its creator gave it.
pub const SYNC_ID: Field<CustomerOrder, Exact<Uuid>, Sortable> = Field::new("syncId");
/// The number.
pub const NAME: Field<CustomerOrder, Text, Sortable> = Field::new("name");
/// The code that people give.
pub const CODE: Field<CustomerOrder, Text> = Field::new("code");
/// The code that programs give.
pub const EXTERNAL_CODE: Field<CustomerOrder, Text, Sortable> = Field::new("externalCode");
/// The comment (комментарий).
pub const DESCRIPTION: Field<CustomerOrder, Text, Sortable> = Field::new("description");
/// The date of the document.
pub const MOMENT: Field<CustomerOrder, Ordered<Moment>, Sortable> = Field::new("moment");
/// When it was created.
pub const CREATED: Field<CustomerOrder, Ordered<Moment>, Sortable> = Field::new("created");
/// When it was last changed.
pub const UPDATED: Field<CustomerOrder, Ordered<Moment>, Sortable> = Field::new("updated");
/// When it went to the trash.
pub const DELETED: Field<CustomerOrder, Ordered<Moment>> = Field::new("deleted");
/// Whether it is in the trash; both values for all.
pub const IS_DELETED: Field<CustomerOrder, Exact<bool>> = Field::new("isDeleted");
/// Whether it counts (проведён).
pub const APPLICABLE: Field<CustomerOrder, Exact<bool>, Sortable> = Field::new("applicable");
/// Whether it was printed.
pub const PRINTED: Field<CustomerOrder, Exact<bool>> = Field::new("printed");
/// Whether it was published.
pub const PUBLISHED: Field<CustomerOrder, Exact<bool>> = Field::new("published");
/// Whether all departments share it.
pub const SHARED: Field<CustomerOrder, Exact<bool>> = Field::new("shared");
/// The sum, in kopecks.
pub const SUM: Field<CustomerOrder, Ordered<Money>, Sortable> = Field::new("sum");
/// The counterparty (контрагент).
pub const AGENT: Field<CustomerOrder, Reference<Counterparty>> = Field::new("agent");
/// The organization of the account.
pub const ORGANIZATION: Field<CustomerOrder, Reference<Organization>> = Field::new("organization");
/// The state (статус).
pub const STATE: Field<CustomerOrder, Reference<State>> = Field::new("state");
/// The state, by its name.
pub const STATE_NAME: Field<CustomerOrder, Text> = Field::new("state.name");
/// The contract (договор).
pub const CONTRACT: Field<CustomerOrder, Reference<Contract>> = Field::new("contract");
/// The project (проект).
pub const PROJECT: Field<CustomerOrder, Reference<Project>> = Field::new("project");
/// The sales channel (канал продаж).
pub const SALES_CHANNEL: Field<CustomerOrder, Reference<SalesChannel>> = Field::new("salesChannel");
/// The employee who owns it.
pub const OWNER: Field<CustomerOrder, Reference<Employee>> = Field::new("owner");
/// The department that owns it.
pub const GROUP: Field<CustomerOrder, Reference<Group>> = Field::new("group");
/// Who changed it last, by login.
pub const UPDATED_BY: Field<CustomerOrder, Text, Sortable> = Field::new("updatedBy");
/// When it is to be shipped.
pub const DELIVERY_PLANNED_MOMENT: Field<CustomerOrder, Ordered<Moment>, Sortable> =
    Field::new("deliveryPlannedMoment");
/// Where to.
pub const SHIPMENT_ADDRESS: Field<CustomerOrder, Text> = Field::new("shipmentAddress");
/// The store (склад).
pub const STORE: Field<CustomerOrder, Reference<Store>> = Field::new("store");
/// What its positions order.
pub const ASSORTMENT: Field<CustomerOrder, References<Untyped>> = Field::new("assortment");
/// The version of the object.
pub const VERSION: Field<CustomerOrder, Unfiltered, Sortable> = Field::new("version");
/// The positions (позиции).
pub const POSITIONS: Field<CustomerOrder, Linked<position::Position>> = Field::new("positions");
/// The bank account of the counterparty.
pub const AGENT_ACCOUNT: Field<CustomerOrder, Linked<Account>> = Field::new("agentAccount");
/// The bank account of the organization.
pub const ORGANIZATION_ACCOUNT: Field<CustomerOrder, Linked<Account>> =
    Field::new("organizationAccount");
/// The payments (платежи).
pub const PAYMENTS: Field<CustomerOrder, Linked<Untyped>> = Field::new("payments");
/// The shipments (отгрузки).
pub const DEMANDS: Field<CustomerOrder, Linked<Demand>> = Field::new("demands");
/// The invoices (счета покупателям).
pub const INVOICES_OUT: Field<CustomerOrder, Linked<InvoiceOut>> = Field::new("invoicesOut");
/// The purchase orders (заказы поставщикам).
pub const PURCHASE_ORDERS: Field<CustomerOrder, Linked<Untyped>> = Field::new("purchaseOrders");
/// The files (файлы).
pub const FILES: Field<CustomerOrder, Linked<File>> = Field::new("files");
