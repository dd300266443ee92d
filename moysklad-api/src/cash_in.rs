//! Incoming payments in cash (приходные ордера).
//!
//! [`Client::cash_ins`](crate::Client::cash_ins) is the way to them. What a payment pays for
//! are its [`Operation`](crate::operation::Operation)s.
//!
//! See [МойСклад: приходный ордер](https://dev.moysklad.ru/doc/api/remap/1.2/).

use crate::contract::Contract;
use crate::customer_order::CustomerOrder;
use crate::demand::Demand;
use crate::employee::Employee;
use crate::file::File;
use crate::group::Group;
use crate::invoice_out::InvoiceOut;
use crate::meta::Untyped;
use crate::project::Project;
use crate::sales_channel::SalesChannel;
use uuid::Uuid;

use crate::counterparty::Counterparty;
use crate::entity::{
    Base, Create, Delete, DeleteMany, Entity, Template, Trash, Update as CanUpdate, WithAttributes,
    WithMetadata, WithStates,
};
use crate::id::Id;
use crate::moment::Moment;
use crate::money::Money;
use crate::organization::Organization;
use crate::query::{Exact, Field, Linked, Ordered, Reference, Sortable, Text, Unfiltered};
use crate::state::State;

mod model;
mod write;

pub use model::CashIn;
pub use write::{New, Update};

impl Entity for CashIn {
    const TYPE: &'static str = "cashin";
    const SORTS_BY_ID: bool = true;
}

impl Create for CashIn {
    type New = New;

    fn sync_id(new: &New) -> Option<Uuid> {
        new.sync_id
    }
}

impl CanUpdate for CashIn {
    type Update = Update;
}

impl Delete for CashIn {}
impl DeleteMany for CashIn {}
impl WithMetadata for CashIn {}
impl WithAttributes for CashIn {}
impl WithStates for CashIn {}
impl Trash for CashIn {}
impl Template for CashIn {}

impl Base<CashIn> for CustomerOrder {
    const FIELD: &'static str = "operations";
    const MANY: bool = true;
}

impl Base<CashIn> for Demand {
    const FIELD: &'static str = "operations";
    const MANY: bool = true;
}

impl Base<CashIn> for InvoiceOut {
    const FIELD: &'static str = "operations";
    const MANY: bool = true;
}

/// The id.
pub const ID: Field<CashIn, Exact<Id<CashIn>>, Sortable> = Field::new("id");
/// The account.
pub const ACCOUNT_ID: Field<CashIn, Exact<Uuid>> = Field::new("accountId");
/// The UUID that its creator gave it.
pub const SYNC_ID: Field<CashIn, Exact<Uuid>, Sortable> = Field::new("syncId");
/// The number.
pub const NAME: Field<CashIn, Text, Sortable> = Field::new("name");
/// The code that people give.
pub const CODE: Field<CashIn, Text> = Field::new("code");
/// The code that programs give.
pub const EXTERNAL_CODE: Field<CashIn, Text, Sortable> = Field::new("externalCode");
/// The comment (комментарий).
pub const DESCRIPTION: Field<CashIn, Text, Sortable> = Field::new("description");
/// The date of the document.
pub const MOMENT: Field<CashIn, Ordered<Moment>, Sortable> = Field::new("moment");
/// When it was created.
pub const CREATED: Field<CashIn, Ordered<Moment>, Sortable> = Field::new("created");
/// When it was last changed.
pub const UPDATED: Field<CashIn, Ordered<Moment>, Sortable> = Field::new("updated");
/// When it went to the trash.
pub const DELETED: Field<CashIn, Ordered<Moment>> = Field::new("deleted");
/// Whether it is in the trash; both values for all.
pub const IS_DELETED: Field<CashIn, Exact<bool>> = Field::new("isDeleted");
/// Whether it counts (проведён).
pub const APPLICABLE: Field<CashIn, Exact<bool>, Sortable> = Field::new("applicable");
/// Whether it was printed.
pub const PRINTED: Field<CashIn, Exact<bool>> = Field::new("printed");
/// Whether it was published.
pub const PUBLISHED: Field<CashIn, Exact<bool>> = Field::new("published");
/// Whether all departments share it.
pub const SHARED: Field<CashIn, Exact<bool>> = Field::new("shared");
/// The sum, in kopecks.
pub const SUM: Field<CashIn, Ordered<Money>, Sortable> = Field::new("sum");
/// The counterparty (контрагент).
pub const AGENT: Field<CashIn, Reference<Counterparty>> = Field::new("agent");
/// The organization of the account.
pub const ORGANIZATION: Field<CashIn, Reference<Organization>> = Field::new("organization");
/// The state (статус).
pub const STATE: Field<CashIn, Reference<State>> = Field::new("state");
/// The state, by its name.
pub const STATE_NAME: Field<CashIn, Text> = Field::new("state.name");
/// The contract (договор).
pub const CONTRACT: Field<CashIn, Reference<Contract>> = Field::new("contract");
/// The project (проект).
pub const PROJECT: Field<CashIn, Reference<Project>> = Field::new("project");
/// The sales channel (канал продаж).
pub const SALES_CHANNEL: Field<CashIn, Reference<SalesChannel>> = Field::new("salesChannel");
/// The employee who owns it.
pub const OWNER: Field<CashIn, Reference<Employee>> = Field::new("owner");
/// The department that owns it.
pub const GROUP: Field<CashIn, Reference<Group>> = Field::new("group");
/// Who changed it last, by login.
pub const UPDATED_BY: Field<CashIn, Text, Sortable> = Field::new("updatedBy");
/// The purpose.
pub const PAYMENT_PURPOSE: Field<CashIn, Text, Sortable> = Field::new("paymentPurpose");
/// The documents that are paid, and how much of each (связанные операции).
pub const OPERATIONS: Field<CashIn, Linked<Untyped>> = Field::new("operations");
/// The files (файлы).
pub const FILES: Field<CashIn, Linked<File>> = Field::new("files");
/// The invoice for taxes (счёт-фактура).
pub const FACTURE_OUT: Field<CashIn, Linked<Untyped>> = Field::new("factureOut");
/// The version of the object.
pub const VERSION: Field<CashIn, Unfiltered, Sortable> = Field::new("version");
