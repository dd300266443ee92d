//! Shipments to customers (отгрузки).
//!
//! [`Client::demands`](crate::Client::demands) finds, creates and changes them; [`New`] and
//! [`Update`] are what they are created and changed from.
//!
//! See [МойСклад: отгрузка](https://dev.moysklad.ru/doc/api/remap/1.2/).

use crate::contract::Contract;
use crate::counterparty::Account;
use crate::counterparty::Counterparty;
use crate::customer_order::CustomerOrder;
use crate::employee::Employee;
use crate::entity::{
    Base, Create, Delete, DeleteMany, Entity, Parts, Resource, Template, Trash,
    Update as CanUpdate, WithAttributes, WithMetadata, WithStates,
};
use crate::file::File;
use crate::group::Group;
use crate::id::Id;
use crate::invoice_out::InvoiceOut;
use crate::meta::Untyped;
use crate::moment::Moment;
use crate::money::Money;
use crate::organization::Organization;
use crate::project::Project;
use crate::query::{Exact, Field, Linked, Ordered, Reference, References, Sortable, Text};
use crate::sales_channel::SalesChannel;
use crate::state::State;
use crate::store::Store;
use uuid::Uuid;

mod declaration;
mod model;
pub mod position;
mod tracking;
mod write;

pub use declaration::{CountryName, Declaration};
pub use model::{Demand, Overhead, OverheadDistribution};
pub use tracking::{TrackingCode, TrackingCode1162, TrackingCodeType};
pub use write::{New, Update};

impl Entity for Demand {
    const TYPE: &'static str = "demand";
    const SORTS_BY_ID: bool = true;
}

impl Create for Demand {
    type New = New;

    fn sync_id(new: &New) -> Option<Uuid> {
        new.sync_id
    }
}

impl CanUpdate for Demand {
    type Update = Update;
}

impl Delete for Demand {}
impl DeleteMany for Demand {}
impl WithMetadata for Demand {}
impl WithAttributes for Demand {}
impl WithStates for Demand {}
impl Trash for Demand {}
impl Template for Demand {}

impl Base<Demand> for CustomerOrder {
    const FIELD: &'static str = "customerOrder";
}

impl Base<Demand> for InvoiceOut {
    const FIELD: &'static str = "invoicesOut";
    const MANY: bool = true;
}

impl Resource<Demand> {
    /// The positions (позиции) of one shipment.
    #[must_use]
    pub fn positions(&self, shipment: Id<Demand>) -> Parts<Demand, position::Position> {
        self.parts(shipment)
    }
}

/// The id.
pub const ID: Field<Demand, Exact<Id<Demand>>, Sortable> = Field::new("id");
/// The account.
pub const ACCOUNT_ID: Field<Demand, Exact<Uuid>> = Field::new("accountId");
/// The UUID that its creator gave it.
pub const SYNC_ID: Field<Demand, Exact<Uuid>, Sortable> = Field::new("syncId");
/// The number (номер).
pub const NAME: Field<Demand, Text, Sortable> = Field::new("name");
/// The code that people give (код).
pub const CODE: Field<Demand, Text> = Field::new("code");
/// The code that programs give (внешний код); not unique.
pub const EXTERNAL_CODE: Field<Demand, Text, Sortable> = Field::new("externalCode");
/// The comment (комментарий).
pub const DESCRIPTION: Field<Demand, Text, Sortable> = Field::new("description");
/// The date of the document, exact to the minute.
pub const MOMENT: Field<Demand, Ordered<Moment>, Sortable> = Field::new("moment");
/// When it was created.
pub const CREATED: Field<Demand, Ordered<Moment>, Sortable> = Field::new("created");
/// When it was last changed.
pub const UPDATED: Field<Demand, Ordered<Moment>, Sortable> = Field::new("updated");
/// When it went to the trash (корзина), if it did.
pub const DELETED: Field<Demand, Ordered<Moment>> = Field::new("deleted");
/// Whether it is in the trash; both values for all.
pub const IS_DELETED: Field<Demand, Exact<bool>> = Field::new("isDeleted");
/// Whether it counts (проведён).
pub const APPLICABLE: Field<Demand, Exact<bool>, Sortable> = Field::new("applicable");
/// Whether it was printed (напечатан).
pub const PRINTED: Field<Demand, Exact<bool>> = Field::new("printed");
/// Whether it was published (опубликован).
pub const PUBLISHED: Field<Demand, Exact<bool>> = Field::new("published");
/// Whether all departments share it (общий доступ).
pub const SHARED: Field<Demand, Exact<bool>> = Field::new("shared");
/// The sum, in kopecks.
pub const SUM: Field<Demand, Ordered<Money>, Sortable> = Field::new("sum");
/// The counterparty (контрагент); now and then an organization.
pub const AGENT: Field<Demand, Reference<Counterparty>> = Field::new("agent");
/// The organization of the account (юрлицо).
pub const ORGANIZATION: Field<Demand, Reference<Organization>> = Field::new("organization");
/// The state (статус).
pub const STATE: Field<Demand, Reference<State>> = Field::new("state");
/// The state, by its name.
pub const STATE_NAME: Field<Demand, Text> = Field::new("state.name");
/// The contract (договор).
pub const CONTRACT: Field<Demand, Reference<Contract>> = Field::new("contract");
/// The project (проект).
pub const PROJECT: Field<Demand, Reference<Project>> = Field::new("project");
/// The sales channel (канал продаж).
pub const SALES_CHANNEL: Field<Demand, Reference<SalesChannel>> = Field::new("salesChannel");
/// The employee who owns it (владелец).
pub const OWNER: Field<Demand, Reference<Employee>> = Field::new("owner");
/// The department that owns it (отдел).
pub const GROUP: Field<Demand, Reference<Group>> = Field::new("group");
/// Who changed it last, by login.
pub const UPDATED_BY: Field<Demand, Text, Sortable> = Field::new("updatedBy");
/// The store (склад).
pub const STORE: Field<Demand, Reference<Store>> = Field::new("store");
/// Where to (адрес доставки).
pub const SHIPMENT_ADDRESS: Field<Demand, Text> = Field::new("shipmentAddress");
/// What its positions hold.
pub const ASSORTMENT: Field<Demand, References<Untyped>> = Field::new("assortment");
/// The positions (позиции); with rows if the request expanded them.
pub const POSITIONS: Field<Demand, Linked<position::Position>> = Field::new("positions");
/// The bank account of the counterparty.
pub const AGENT_ACCOUNT: Field<Demand, Linked<Account>> = Field::new("agentAccount");
/// The bank account of the organization.
pub const ORGANIZATION_ACCOUNT: Field<Demand, Linked<Account>> = Field::new("organizationAccount");
/// The order it belongs to (заказ покупателя).
pub const CUSTOMER_ORDER: Field<Demand, Linked<CustomerOrder>> = Field::new("customerOrder");
/// The invoices (счета покупателям).
pub const INVOICES_OUT: Field<Demand, Linked<InvoiceOut>> = Field::new("invoicesOut");
/// The payments (платежи).
pub const PAYMENTS: Field<Demand, Linked<Untyped>> = Field::new("payments");
/// The returns (возвраты).
pub const RETURNS: Field<Demand, Linked<Untyped>> = Field::new("returns");
/// The files (файлы).
pub const FILES: Field<Demand, Linked<File>> = Field::new("files");
