//! Organizations (юрлица): the companies of the account itself.
//!
//! [`Client::organizations`](crate::Client::organizations) is the way to them.
//!
//! See [МойСклад: юрлицо](https://dev.moysklad.ru/doc/api/remap/1.2/).

use crate::employee::Employee;
use uuid::Uuid;

use crate::counterparty::{Account, CompanyType};
use crate::entity::{
    Create, Delete, DeleteMany, Entity, Parts, Resource, Update as CanUpdate, WithAttributes,
    WithMetadata,
};
use crate::group::Group;
use crate::id::Id;
use crate::meta::Untyped;
use crate::moment::Moment;
use crate::query::{Exact, Field, Linked, Ordered, Reference, Sortable, Text};

mod model;
mod write;

pub use model::{CompanyVat, Organization};
pub use write::{New, Update};

impl Entity for Organization {
    const TYPE: &'static str = "organization";
}

impl Create for Organization {
    type New = New;

    fn sync_id(new: &New) -> Option<Uuid> {
        new.sync_id
    }
}

impl CanUpdate for Organization {
    type Update = Update;
}

impl Delete for Organization {}
impl DeleteMany for Organization {}
impl WithMetadata for Organization {}
impl WithAttributes for Organization {}

impl Resource<Organization> {
    /// The bank accounts (счета) of one organization.
    #[must_use]
    pub fn accounts(&self, organization: Id<Organization>) -> Parts<Organization, Account> {
        self.parts(organization)
    }
}

/// The id.
pub const ID: Field<Organization, Exact<Id<Organization>>, Sortable> = Field::new("id");
/// The account.
pub const ACCOUNT_ID: Field<Organization, Exact<Uuid>> = Field::new("accountId");
/// The UUID that its creator gave it.
pub const SYNC_ID: Field<Organization, Exact<Uuid>> = Field::new("syncId");
/// The name.
pub const NAME: Field<Organization, Text, Sortable> = Field::new("name");
/// The code that people give.
pub const CODE: Field<Organization, Text, Sortable> = Field::new("code");
/// The code that programs give.
pub const EXTERNAL_CODE: Field<Organization, Text, Sortable> = Field::new("externalCode");
/// The phone number.
pub const PHONE: Field<Organization, Text, Sortable> = Field::new("phone");
/// The e-mail address.
pub const EMAIL: Field<Organization, Text, Sortable> = Field::new("email");
/// The fax number.
pub const FAX: Field<Organization, Text, Sortable> = Field::new("fax");
/// The comment (комментарий).
pub const DESCRIPTION: Field<Organization, Text, Sortable> = Field::new("description");
/// The actual address.
pub const ACTUAL_ADDRESS: Field<Organization, Text> = Field::new("actualAddress");
/// The legal address.
pub const LEGAL_ADDRESS: Field<Organization, Text> = Field::new("legalAddress");
/// The full name.
pub const LEGAL_TITLE: Field<Organization, Text> = Field::new("legalTitle");
/// The taxpayer number (ИНН).
pub const INN: Field<Organization, Text> = Field::new("inn");
/// The code of registration (КПП).
pub const KPP: Field<Organization, Text> = Field::new("kpp");
/// The legal form.
pub const COMPANY_TYPE: Field<Organization, Exact<CompanyType>> = Field::new("companyType");
/// Whether it is in the archive; both values for all.
pub const ARCHIVED: Field<Organization, Exact<bool>, Sortable> = Field::new("archived");
/// Whether all departments share it.
pub const SHARED: Field<Organization, Exact<bool>> = Field::new("shared");
/// When it was created.
pub const CREATED: Field<Organization, Ordered<Moment>, Sortable> = Field::new("created");
/// When it was last changed.
pub const UPDATED: Field<Organization, Ordered<Moment>, Sortable> = Field::new("updated");
/// The employee who owns it.
pub const OWNER: Field<Organization, Reference<Employee>> = Field::new("owner");
/// The bank accounts (счета).
pub const ACCOUNTS: Field<Organization, Linked<Account>> = Field::new("accounts");
/// The department that owns it (отдел).
pub const GROUP: Field<Organization, Linked<Group>> = Field::new("group");
/// The bonus programme (бонусная программа).
pub const BONUS_PROGRAM: Field<Organization, Linked<Untyped>> = Field::new("bonusProgram");
