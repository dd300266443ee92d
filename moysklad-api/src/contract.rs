//! Contracts (договоры).
//!
//! [`Client::contracts`](crate::Client::contracts) finds, creates and changes them; [`New`] and
//! [`Update`] are what they are created and changed from.
//!
//! See [МойСклад: договор](https://dev.moysklad.ru/doc/api/remap/1.2/).

use crate::counterparty::Account;
use crate::counterparty::Counterparty;
use crate::employee::Employee;
use crate::entity::{
    Create, Delete, DeleteMany, Entity, Update as CanUpdate, WithAttributes, WithMetadata,
    WithStates,
};
use crate::group::Group;
use crate::id::Id;
use crate::moment::Moment;
use crate::organization::Organization;
use crate::query::{Exact, Field, Linked, Ordered, Reference, Sortable, Text};
use crate::state::State;
use uuid::Uuid;

mod model;
mod write;

pub use model::{Contract, ContractType, RewardType};
pub use write::{New, Update};

impl Entity for Contract {
    const TYPE: &'static str = "contract";
}

impl Create for Contract {
    type New = New;
}

impl CanUpdate for Contract {
    type Update = Update;
}

impl Delete for Contract {}
impl DeleteMany for Contract {}
impl WithMetadata for Contract {}
impl WithAttributes for Contract {}
impl WithStates for Contract {}

/// The id.
pub const ID: Field<Contract, Exact<Id<Contract>>, Sortable> = Field::new("id");
/// The account.
pub const ACCOUNT_ID: Field<Contract, Exact<Uuid>> = Field::new("accountId");
/// The number (номер).
pub const NAME: Field<Contract, Text, Sortable> = Field::new("name");
/// The code that people give (код).
pub const CODE: Field<Contract, Text, Sortable> = Field::new("code");
/// The code that programs give (внешний код); not unique.
pub const EXTERNAL_CODE: Field<Contract, Text, Sortable> = Field::new("externalCode");
/// The comment (комментарий).
pub const DESCRIPTION: Field<Contract, Text, Sortable> = Field::new("description");
/// When it was last changed.
pub const UPDATED: Field<Contract, Ordered<Moment>, Sortable> = Field::new("updated");
/// Whether it is in the archive; both values for all.
pub const ARCHIVED: Field<Contract, Exact<bool>, Sortable> = Field::new("archived");
/// The employee who owns it (владелец).
pub const OWNER: Field<Contract, Reference<Employee>> = Field::new("owner");
/// The department that owns it (отдел).
pub const GROUP: Field<Contract, Reference<Group>> = Field::new("group");
/// Whether all departments share it (общий доступ).
pub const SHARED: Field<Contract, Exact<bool>> = Field::new("shared");
/// The counterparty (контрагент); now and then an organization.
pub const AGENT: Field<Contract, Reference<Counterparty>> = Field::new("agent");
/// The organization of the account (юрлицо).
pub const OWN_AGENT: Field<Contract, Reference<Organization>> = Field::new("ownAgent");
/// The date (дата договора).
pub const MOMENT: Field<Contract, Ordered<Moment>, Sortable> = Field::new("moment");
/// The state (статус).
pub const STATE: Field<Contract, Reference<State>> = Field::new("state");
/// The bank account of the counterparty.
pub const AGENT_ACCOUNT: Field<Contract, Linked<Account>> = Field::new("agentAccount");
/// The bank account of the organization.
pub const ORGANIZATION_ACCOUNT: Field<Contract, Linked<Account>> =
    Field::new("organizationAccount");
