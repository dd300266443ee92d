//! Invoices to customers (счета покупателям).
//!
//! [`Client::invoices_out`](crate::Client::invoices_out) finds, creates and changes them; [`New`] and
//! [`Update`] are what they are created and changed from.
//!
//! See [МойСклад: счёт покупателю](https://dev.moysklad.ru/doc/api/remap/1.2/).

use crate::contract::Contract;
use crate::counterparty::Account;
use crate::counterparty::Counterparty;
use crate::customer_order::CustomerOrder;
use crate::demand::Demand;
use crate::employee::Employee;
use crate::entity::{
    Base, Create, Delete, DeleteMany, Entity, Parts, Resource, Template, Trash,
    Update as CanUpdate, WithAttributes, WithMetadata, WithStates,
};
use crate::file::File;
use crate::group::Group;
use crate::id::Id;
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

mod model;
pub mod position;
mod write;

pub use model::InvoiceOut;
pub use write::{New, Update};

impl Entity for InvoiceOut {
    const TYPE: &'static str = "invoiceout";
    const SORTS_BY_ID: bool = true;
}

impl Create for InvoiceOut {
    type New = New;

    fn sync_id(new: &New) -> Option<Uuid> {
        new.sync_id
    }
}

impl CanUpdate for InvoiceOut {
    type Update = Update;
}

impl Delete for InvoiceOut {}
impl DeleteMany for InvoiceOut {}
impl WithMetadata for InvoiceOut {}
impl WithAttributes for InvoiceOut {}
impl WithStates for InvoiceOut {}
impl Trash for InvoiceOut {}
impl Template for InvoiceOut {}

impl Base<InvoiceOut> for CustomerOrder {
    const FIELD: &'static str = "customerOrder";
}

impl Resource<InvoiceOut> {
    /// The positions (позиции) of one invoice.
    #[must_use]
    pub fn positions(&self, invoice: Id<InvoiceOut>) -> Parts<InvoiceOut, position::Position> {
        self.parts(invoice)
    }
}

/// The id.
pub const ID: Field<InvoiceOut, Exact<Id<InvoiceOut>>, Sortable> = Field::new("id");
/// The account.
pub const ACCOUNT_ID: Field<InvoiceOut, Exact<Uuid>> = Field::new("accountId");
/// The UUID that its creator gave it.
pub const SYNC_ID: Field<InvoiceOut, Exact<Uuid>, Sortable> = Field::new("syncId");
/// The number (номер).
pub const NAME: Field<InvoiceOut, Text, Sortable> = Field::new("name");
/// The code that people give (код).
pub const CODE: Field<InvoiceOut, Text> = Field::new("code");
/// The code that programs give (внешний код); not unique.
pub const EXTERNAL_CODE: Field<InvoiceOut, Text, Sortable> = Field::new("externalCode");
/// The comment (комментарий).
pub const DESCRIPTION: Field<InvoiceOut, Text, Sortable> = Field::new("description");
/// The date of the document, exact to the minute.
pub const MOMENT: Field<InvoiceOut, Ordered<Moment>, Sortable> = Field::new("moment");
/// When it was created.
pub const CREATED: Field<InvoiceOut, Ordered<Moment>, Sortable> = Field::new("created");
/// When it was last changed.
pub const UPDATED: Field<InvoiceOut, Ordered<Moment>, Sortable> = Field::new("updated");
/// When it went to the trash (корзина), if it did.
pub const DELETED: Field<InvoiceOut, Ordered<Moment>> = Field::new("deleted");
/// Whether it is in the trash; both values for all.
pub const IS_DELETED: Field<InvoiceOut, Exact<bool>> = Field::new("isDeleted");
/// Whether it counts (проведён).
pub const APPLICABLE: Field<InvoiceOut, Exact<bool>, Sortable> = Field::new("applicable");
/// Whether it was printed (напечатан).
pub const PRINTED: Field<InvoiceOut, Exact<bool>> = Field::new("printed");
/// Whether it was published (опубликован).
pub const PUBLISHED: Field<InvoiceOut, Exact<bool>> = Field::new("published");
/// Whether all departments share it (общий доступ).
pub const SHARED: Field<InvoiceOut, Exact<bool>> = Field::new("shared");
/// The sum, in kopecks.
pub const SUM: Field<InvoiceOut, Ordered<Money>, Sortable> = Field::new("sum");
/// The counterparty (контрагент); now and then an organization.
pub const AGENT: Field<InvoiceOut, Reference<Counterparty>> = Field::new("agent");
/// The organization of the account (юрлицо).
pub const ORGANIZATION: Field<InvoiceOut, Reference<Organization>> = Field::new("organization");
/// The state (статус).
pub const STATE: Field<InvoiceOut, Reference<State>> = Field::new("state");
/// The state, by its name.
pub const STATE_NAME: Field<InvoiceOut, Text> = Field::new("state.name");
/// The contract (договор).
pub const CONTRACT: Field<InvoiceOut, Reference<Contract>> = Field::new("contract");
/// The project (проект).
pub const PROJECT: Field<InvoiceOut, Reference<Project>> = Field::new("project");
/// The sales channel (канал продаж).
pub const SALES_CHANNEL: Field<InvoiceOut, Reference<SalesChannel>> = Field::new("salesChannel");
/// The employee who owns it (владелец).
pub const OWNER: Field<InvoiceOut, Reference<Employee>> = Field::new("owner");
/// The department that owns it (отдел).
pub const GROUP: Field<InvoiceOut, Reference<Group>> = Field::new("group");
/// Who changed it last, by login.
pub const UPDATED_BY: Field<InvoiceOut, Text, Sortable> = Field::new("updatedBy");
/// The store (склад).
pub const STORE: Field<InvoiceOut, Reference<Store>> = Field::new("store");
/// When it is to be paid (планируемая дата оплаты).
pub const PAYMENT_PLANNED_MOMENT: Field<InvoiceOut, Ordered<Moment>, Sortable> =
    Field::new("paymentPlannedMoment");
/// What its positions hold.
pub const ASSORTMENT: Field<InvoiceOut, References<Untyped>> = Field::new("assortment");
/// The positions (позиции); with rows if the request expanded them.
pub const POSITIONS: Field<InvoiceOut, Linked<position::Position>> = Field::new("positions");
/// The bank account of the counterparty.
pub const AGENT_ACCOUNT: Field<InvoiceOut, Linked<Account>> = Field::new("agentAccount");
/// The bank account of the organization.
pub const ORGANIZATION_ACCOUNT: Field<InvoiceOut, Linked<Account>> =
    Field::new("organizationAccount");
/// The order it belongs to (заказ покупателя).
pub const CUSTOMER_ORDER: Field<InvoiceOut, Linked<CustomerOrder>> = Field::new("customerOrder");
/// The shipments (отгрузки).
pub const DEMANDS: Field<InvoiceOut, Linked<Demand>> = Field::new("demands");
/// The payments (платежи).
pub const PAYMENTS: Field<InvoiceOut, Linked<Untyped>> = Field::new("payments");
/// The files (файлы).
pub const FILES: Field<InvoiceOut, Linked<File>> = Field::new("files");
