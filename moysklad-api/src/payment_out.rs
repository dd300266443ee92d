//! Outgoing payments by bank (исходящие платежи).
//!
//! [`Client::payments_out`](crate::Client::payments_out) finds, creates and changes them; [`New`] and
//! [`Update`] are what they are created and changed from.
//!
//! See [МойСклад: исходящий платёж](https://dev.moysklad.ru/doc/api/remap/1.2/).

use crate::contract::Contract;
use crate::counterparty::Account;
use crate::counterparty::Counterparty;
use crate::employee::Employee;
use crate::entity::{
    Create, Delete, DeleteMany, Entity, Template, Trash, Update as CanUpdate, WithAttributes,
    WithMetadata, WithStates,
};
use crate::expense_item::ExpenseItem;
use crate::file::File;
use crate::group::Group;
use crate::id::Id;
use crate::meta::Untyped;
use crate::moment::Moment;
use crate::money::Money;
use crate::organization::Organization;
use crate::project::Project;
use crate::query::{Exact, Field, Linked, Ordered, Reference, Sortable, Text, Unfiltered};
use crate::sales_channel::SalesChannel;
use crate::state::State;
use uuid::Uuid;

mod model;
mod write;

pub use model::PaymentOut;
pub use write::{New, Update};

impl Entity for PaymentOut {
    const TYPE: &'static str = "paymentout";
    const SORTS_BY_ID: bool = true;
}

impl Create for PaymentOut {
    type New = New;

    fn sync_id(new: &New) -> Option<Uuid> {
        new.sync_id
    }
}

impl CanUpdate for PaymentOut {
    type Update = Update;
}

impl Delete for PaymentOut {}
impl DeleteMany for PaymentOut {}
impl WithMetadata for PaymentOut {}
impl WithAttributes for PaymentOut {}
impl WithStates for PaymentOut {}
impl Trash for PaymentOut {}
impl Template for PaymentOut {}

/// The id.
pub const ID: Field<PaymentOut, Exact<Id<PaymentOut>>, Sortable> = Field::new("id");
/// The account.
pub const ACCOUNT_ID: Field<PaymentOut, Exact<Uuid>> = Field::new("accountId");
/// The UUID that its creator gave it.
pub const SYNC_ID: Field<PaymentOut, Exact<Uuid>, Sortable> = Field::new("syncId");
/// The number (номер).
pub const NAME: Field<PaymentOut, Text, Sortable> = Field::new("name");
/// The code that people give (код).
pub const CODE: Field<PaymentOut, Text> = Field::new("code");
/// The code that programs give (внешний код); not unique.
pub const EXTERNAL_CODE: Field<PaymentOut, Text, Sortable> = Field::new("externalCode");
/// The comment (комментарий).
pub const DESCRIPTION: Field<PaymentOut, Text, Sortable> = Field::new("description");
/// The date of the document, exact to the minute.
pub const MOMENT: Field<PaymentOut, Ordered<Moment>, Sortable> = Field::new("moment");
/// When it was created.
pub const CREATED: Field<PaymentOut, Ordered<Moment>, Sortable> = Field::new("created");
/// When it was last changed.
pub const UPDATED: Field<PaymentOut, Ordered<Moment>, Sortable> = Field::new("updated");
/// When it went to the trash (корзина), if it did.
pub const DELETED: Field<PaymentOut, Ordered<Moment>> = Field::new("deleted");
/// Whether it is in the trash; both values for all.
pub const IS_DELETED: Field<PaymentOut, Exact<bool>> = Field::new("isDeleted");
/// Whether it counts (проведён).
pub const APPLICABLE: Field<PaymentOut, Exact<bool>, Sortable> = Field::new("applicable");
/// Whether it was printed (напечатан).
pub const PRINTED: Field<PaymentOut, Exact<bool>> = Field::new("printed");
/// Whether it was published (опубликован).
pub const PUBLISHED: Field<PaymentOut, Exact<bool>> = Field::new("published");
/// Whether all departments share it (общий доступ).
pub const SHARED: Field<PaymentOut, Exact<bool>> = Field::new("shared");
/// The sum, in kopecks.
pub const SUM: Field<PaymentOut, Ordered<Money>, Sortable> = Field::new("sum");
/// Who is paid: a counterparty, an organization or an employee (контрагент).
pub const AGENT: Field<PaymentOut, Reference<Counterparty>> = Field::new("agent");
/// The organization of the account (юрлицо).
pub const ORGANIZATION: Field<PaymentOut, Reference<Organization>> = Field::new("organization");
/// The state (статус).
pub const STATE: Field<PaymentOut, Reference<State>> = Field::new("state");
/// The state, by its name.
pub const STATE_NAME: Field<PaymentOut, Text> = Field::new("state.name");
/// The contract (договор).
pub const CONTRACT: Field<PaymentOut, Reference<Contract>> = Field::new("contract");
/// The project (проект).
pub const PROJECT: Field<PaymentOut, Reference<Project>> = Field::new("project");
/// The sales channel (канал продаж).
pub const SALES_CHANNEL: Field<PaymentOut, Reference<SalesChannel>> = Field::new("salesChannel");
/// The employee who owns it (владелец).
pub const OWNER: Field<PaymentOut, Reference<Employee>> = Field::new("owner");
/// The department that owns it (отдел).
pub const GROUP: Field<PaymentOut, Reference<Group>> = Field::new("group");
/// Who changed it last, by login.
pub const UPDATED_BY: Field<PaymentOut, Text, Sortable> = Field::new("updatedBy");
/// The expense item (статья расходов).
pub const EXPENSE_ITEM: Field<PaymentOut, Reference<ExpenseItem>> = Field::new("expenseItem");
/// The purpose (назначение платежа).
pub const PAYMENT_PURPOSE: Field<PaymentOut, Text, Sortable> = Field::new("paymentPurpose");
/// The bank account that is paid.
pub const AGENT_ACCOUNT: Field<PaymentOut, Linked<Account>> = Field::new("agentAccount");
/// The bank account that pays.
pub const ORGANIZATION_ACCOUNT: Field<PaymentOut, Linked<Account>> =
    Field::new("organizationAccount");
/// The documents that are paid, and how much of each (связанные операции).
pub const OPERATIONS: Field<PaymentOut, Linked<Untyped>> = Field::new("operations");
/// The files (файлы).
pub const FILES: Field<PaymentOut, Linked<File>> = Field::new("files");
/// The version of the object.
pub const VERSION: Field<PaymentOut, Unfiltered, Sortable> = Field::new("version");
