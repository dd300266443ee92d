//! Outgoing payments in cash (расходные ордера).
//!
//! [`Client::cash_outs`](crate::Client::cash_outs) finds, creates and changes them; [`New`] and
//! [`Update`] are what they are created and changed from.
//!
//! See [МойСклад: расходный ордер](https://dev.moysklad.ru/doc/api/remap/1.2/).

use crate::contract::Contract;
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

pub use model::CashOut;
pub use write::{New, Update};

impl Entity for CashOut {
    const TYPE: &'static str = "cashout";
    const SORTS_BY_ID: bool = true;
}

impl Create for CashOut {
    type New = New;

    fn sync_id(new: &New) -> Option<Uuid> {
        new.sync_id
    }
}

impl CanUpdate for CashOut {
    type Update = Update;
}

impl Delete for CashOut {}
impl DeleteMany for CashOut {}
impl WithMetadata for CashOut {}
impl WithAttributes for CashOut {}
impl WithStates for CashOut {}
impl Trash for CashOut {}
impl Template for CashOut {}

/// The id.
pub const ID: Field<CashOut, Exact<Id<CashOut>>, Sortable> = Field::new("id");
/// The account.
pub const ACCOUNT_ID: Field<CashOut, Exact<Uuid>> = Field::new("accountId");
/// The UUID that its creator gave it.
pub const SYNC_ID: Field<CashOut, Exact<Uuid>, Sortable> = Field::new("syncId");
/// The number (номер).
pub const NAME: Field<CashOut, Text, Sortable> = Field::new("name");
/// The code that people give (код).
pub const CODE: Field<CashOut, Text> = Field::new("code");
/// The code that programs give (внешний код); not unique.
pub const EXTERNAL_CODE: Field<CashOut, Text, Sortable> = Field::new("externalCode");
/// The comment (комментарий).
pub const DESCRIPTION: Field<CashOut, Text, Sortable> = Field::new("description");
/// The date of the document, exact to the minute.
pub const MOMENT: Field<CashOut, Ordered<Moment>, Sortable> = Field::new("moment");
/// When it was created.
pub const CREATED: Field<CashOut, Ordered<Moment>, Sortable> = Field::new("created");
/// When it was last changed.
pub const UPDATED: Field<CashOut, Ordered<Moment>, Sortable> = Field::new("updated");
/// When it went to the trash (корзина), if it did.
pub const DELETED: Field<CashOut, Ordered<Moment>> = Field::new("deleted");
/// Whether it is in the trash; both values for all.
pub const IS_DELETED: Field<CashOut, Exact<bool>> = Field::new("isDeleted");
/// Whether it counts (проведён).
pub const APPLICABLE: Field<CashOut, Exact<bool>, Sortable> = Field::new("applicable");
/// Whether it was printed (напечатан).
pub const PRINTED: Field<CashOut, Exact<bool>> = Field::new("printed");
/// Whether it was published (опубликован).
pub const PUBLISHED: Field<CashOut, Exact<bool>> = Field::new("published");
/// Whether all departments share it (общий доступ).
pub const SHARED: Field<CashOut, Exact<bool>> = Field::new("shared");
/// The sum, in kopecks.
pub const SUM: Field<CashOut, Ordered<Money>, Sortable> = Field::new("sum");
/// The counterparty (контрагент); now and then an organization.
pub const AGENT: Field<CashOut, Reference<Counterparty>> = Field::new("agent");
/// The organization of the account (юрлицо).
pub const ORGANIZATION: Field<CashOut, Reference<Organization>> = Field::new("organization");
/// The state (статус).
pub const STATE: Field<CashOut, Reference<State>> = Field::new("state");
/// The state, by its name.
pub const STATE_NAME: Field<CashOut, Text> = Field::new("state.name");
/// The contract (договор).
pub const CONTRACT: Field<CashOut, Reference<Contract>> = Field::new("contract");
/// The project (проект).
pub const PROJECT: Field<CashOut, Reference<Project>> = Field::new("project");
/// The sales channel (канал продаж).
pub const SALES_CHANNEL: Field<CashOut, Reference<SalesChannel>> = Field::new("salesChannel");
/// The employee who owns it (владелец).
pub const OWNER: Field<CashOut, Reference<Employee>> = Field::new("owner");
/// The department that owns it (отдел).
pub const GROUP: Field<CashOut, Reference<Group>> = Field::new("group");
/// Who changed it last, by login.
pub const UPDATED_BY: Field<CashOut, Text, Sortable> = Field::new("updatedBy");
/// The expense item (статья расходов).
pub const EXPENSE_ITEM: Field<CashOut, Reference<ExpenseItem>> = Field::new("expenseItem");
/// The reason (основание).
pub const PAYMENT_PURPOSE: Field<CashOut, Text, Sortable> = Field::new("paymentPurpose");
/// The documents that are paid, and how much of each (связанные операции).
pub const OPERATIONS: Field<CashOut, Linked<Untyped>> = Field::new("operations");
/// The files (файлы).
pub const FILES: Field<CashOut, Linked<File>> = Field::new("files");
/// The version of the object.
pub const VERSION: Field<CashOut, Unfiltered, Sortable> = Field::new("version");
