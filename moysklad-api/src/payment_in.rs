//! Incoming payments by bank (входящие платежи).
//!
//! [`Client::payments_in`](crate::Client::payments_in) is the way to them. What a payment pays for
//! are its [`Operation`](crate::operation::Operation)s.
//!
//! See [МойСклад: входящий платёж](https://dev.moysklad.ru/doc/api/remap/1.2/).

use crate::contract::Contract;
use crate::counterparty::Account;
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

pub use model::PaymentIn;
pub use write::{New, Update};

impl Entity for PaymentIn {
    const TYPE: &'static str = "paymentin";
    const SORTS_BY_ID: bool = true;
}

impl Create for PaymentIn {
    type New = New;

    fn sync_id(new: &New) -> Option<Uuid> {
        new.sync_id
    }
}

impl CanUpdate for PaymentIn {
    type Update = Update;
}

impl Delete for PaymentIn {}
impl DeleteMany for PaymentIn {}
impl WithMetadata for PaymentIn {}
impl WithAttributes for PaymentIn {}
impl WithStates for PaymentIn {}
impl Trash for PaymentIn {}
impl Template for PaymentIn {}

impl Base<PaymentIn> for CustomerOrder {
    const FIELD: &'static str = "operations";
    const MANY: bool = true;
}

impl Base<PaymentIn> for Demand {
    const FIELD: &'static str = "operations";
    const MANY: bool = true;
}

impl Base<PaymentIn> for InvoiceOut {
    const FIELD: &'static str = "operations";
    const MANY: bool = true;
}

/// The id.
pub const ID: Field<PaymentIn, Exact<Id<PaymentIn>>, Sortable> = Field::new("id");
/// The account.
pub const ACCOUNT_ID: Field<PaymentIn, Exact<Uuid>> = Field::new("accountId");
/// The UUID that its creator gave it.
pub const SYNC_ID: Field<PaymentIn, Exact<Uuid>, Sortable> = Field::new("syncId");
/// The number.
pub const NAME: Field<PaymentIn, Text, Sortable> = Field::new("name");
/// The code that people give.
pub const CODE: Field<PaymentIn, Text> = Field::new("code");
/// The code that programs give.
pub const EXTERNAL_CODE: Field<PaymentIn, Text, Sortable> = Field::new("externalCode");
/// The comment (комментарий).
pub const DESCRIPTION: Field<PaymentIn, Text, Sortable> = Field::new("description");
/// The date of the document.
pub const MOMENT: Field<PaymentIn, Ordered<Moment>, Sortable> = Field::new("moment");
/// When it was created.
pub const CREATED: Field<PaymentIn, Ordered<Moment>, Sortable> = Field::new("created");
/// When it was last changed.
pub const UPDATED: Field<PaymentIn, Ordered<Moment>, Sortable> = Field::new("updated");
/// When it went to the trash.
pub const DELETED: Field<PaymentIn, Ordered<Moment>> = Field::new("deleted");
/// Whether it is in the trash; both values for all.
pub const IS_DELETED: Field<PaymentIn, Exact<bool>> = Field::new("isDeleted");
/// Whether it counts (проведён).
pub const APPLICABLE: Field<PaymentIn, Exact<bool>, Sortable> = Field::new("applicable");
/// Whether it was printed.
pub const PRINTED: Field<PaymentIn, Exact<bool>> = Field::new("printed");
/// Whether it was published.
pub const PUBLISHED: Field<PaymentIn, Exact<bool>> = Field::new("published");
/// Whether all departments share it.
pub const SHARED: Field<PaymentIn, Exact<bool>> = Field::new("shared");
/// The sum, in kopecks.
pub const SUM: Field<PaymentIn, Ordered<Money>, Sortable> = Field::new("sum");
/// The counterparty (контрагент).
pub const AGENT: Field<PaymentIn, Reference<Counterparty>> = Field::new("agent");
/// The organization of the account.
pub const ORGANIZATION: Field<PaymentIn, Reference<Organization>> = Field::new("organization");
/// The state (статус).
pub const STATE: Field<PaymentIn, Reference<State>> = Field::new("state");
/// The state, by its name.
pub const STATE_NAME: Field<PaymentIn, Text> = Field::new("state.name");
/// The contract (договор).
pub const CONTRACT: Field<PaymentIn, Reference<Contract>> = Field::new("contract");
/// The project (проект).
pub const PROJECT: Field<PaymentIn, Reference<Project>> = Field::new("project");
/// The sales channel (канал продаж).
pub const SALES_CHANNEL: Field<PaymentIn, Reference<SalesChannel>> = Field::new("salesChannel");
/// The employee who owns it.
pub const OWNER: Field<PaymentIn, Reference<Employee>> = Field::new("owner");
/// The department that owns it.
pub const GROUP: Field<PaymentIn, Reference<Group>> = Field::new("group");
/// Who changed it last, by login.
pub const UPDATED_BY: Field<PaymentIn, Text, Sortable> = Field::new("updatedBy");
/// The purpose (назначение платежа).
pub const PAYMENT_PURPOSE: Field<PaymentIn, Text, Sortable> = Field::new("paymentPurpose");
/// The number of the incoming document.
pub const INCOMING_NUMBER: Field<PaymentIn, Text, Sortable> = Field::new("incomingNumber");
/// The date of the incoming document.
pub const INCOMING_DATE: Field<PaymentIn, Ordered<Moment>, Sortable> = Field::new("incomingDate");
/// The bank account that pays.
pub const AGENT_ACCOUNT: Field<PaymentIn, Linked<Account>> = Field::new("agentAccount");
/// The bank account that is paid.
pub const ORGANIZATION_ACCOUNT: Field<PaymentIn, Linked<Account>> =
    Field::new("organizationAccount");
/// The documents that are paid, and how much of each (связанные операции).
pub const OPERATIONS: Field<PaymentIn, Linked<Untyped>> = Field::new("operations");
/// The files (файлы).
pub const FILES: Field<PaymentIn, Linked<File>> = Field::new("files");
/// The invoice for taxes (счёт-фактура).
pub const FACTURE_OUT: Field<PaymentIn, Linked<Untyped>> = Field::new("factureOut");
/// The version of the object.
pub const VERSION: Field<PaymentIn, Unfiltered, Sortable> = Field::new("version");
