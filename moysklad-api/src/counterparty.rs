//! Counterparties (контрагенты): the people and companies an account trades with.
//!
//! [`Client::counterparties`](crate::Client::counterparties) finds, creates and changes them;
//! [`New`] and [`Update`] are what they are created and changed from.
//!
//! See [МойСклад: контрагент](https://dev.moysklad.ru/doc/api/remap/1.2/).

use crate::employee::Employee;
use crate::file::File;
use crate::group::Group;
use uuid::Uuid;

use crate::entity::{
    Create, Delete, DeleteMany, Entity, Parts, Resource, Update as CanUpdate, WithAttributes,
    WithMetadata, WithStates,
};
use crate::id::Id;
use crate::meta::Untyped;
use crate::moment::Moment;
use crate::query::{Exact, Field, Linked, Ordered, Reference, Sortable, Text, Texts, Unfiltered};
use crate::state::State;

mod account;
mod company_type;
mod contact_person;
mod model;
pub mod note;
mod sex;
mod write;

pub use account::{Account, New as NewAccount, Update as AccountUpdate};
pub use company_type::CompanyType;
pub use contact_person::{ContactPerson, New as NewContactPerson, Update as ContactPersonUpdate};
pub use model::{Counterparty, Discount};
pub use sex::Sex;
pub use write::{New, Update};

impl Entity for Counterparty {
    const TYPE: &'static str = "counterparty";
    const SORTS_BY_ID: bool = true;
}

impl Create for Counterparty {
    type New = New;

    fn sync_id(new: &New) -> Option<Uuid> {
        new.sync_id
    }
}

impl CanUpdate for Counterparty {
    type Update = Update;
}

impl Delete for Counterparty {}
impl DeleteMany for Counterparty {}
impl WithMetadata for Counterparty {}
impl WithAttributes for Counterparty {}
impl WithStates for Counterparty {}

impl Resource<Counterparty> {
    /// The bank accounts (счета) of one counterparty.
    #[must_use]
    pub fn accounts(&self, counterparty: Id<Counterparty>) -> Parts<Counterparty, Account> {
        self.parts(counterparty)
    }

    /// The contact persons (контактные лица) of one counterparty.
    #[must_use]
    pub fn contact_persons(
        &self,
        counterparty: Id<Counterparty>,
    ) -> Parts<Counterparty, ContactPerson> {
        self.parts(counterparty)
    }

    /// The notes (события) in the feed of one counterparty.
    #[must_use]
    pub fn notes(&self, counterparty: Id<Counterparty>) -> Parts<Counterparty, note::Note> {
        self.parts(counterparty)
    }
}

/// The id.
pub const ID: Field<Counterparty, Exact<Id<Counterparty>>, Sortable> = Field::new("id");
/// The account.
pub const ACCOUNT_ID: Field<Counterparty, Exact<Uuid>> = Field::new("accountId");
/// The UUID that its creator gave it.
pub const SYNC_ID: Field<Counterparty, Exact<Uuid>> = Field::new("syncId");
/// The name.
pub const NAME: Field<Counterparty, Text, Sortable> = Field::new("name");
/// The code that people give.
pub const CODE: Field<Counterparty, Text, Sortable> = Field::new("code");
/// The code that programs give.
pub const EXTERNAL_CODE: Field<Counterparty, Text, Sortable> = Field::new("externalCode");
/// The phone number, compared as it was typed.
pub const PHONE: Field<Counterparty, Text, Sortable> = Field::new("phone");
/// The e-mail address.
pub const EMAIL: Field<Counterparty, Text, Sortable> = Field::new("email");
/// The fax number.
pub const FAX: Field<Counterparty, Text, Sortable> = Field::new("fax");
/// The comment (комментарий).
pub const DESCRIPTION: Field<Counterparty, Text, Sortable> = Field::new("description");
/// The actual address.
pub const ACTUAL_ADDRESS: Field<Counterparty, Text> = Field::new("actualAddress");
/// The legal address.
pub const LEGAL_ADDRESS: Field<Counterparty, Text> = Field::new("legalAddress");
/// The full name.
pub const LEGAL_TITLE: Field<Counterparty, Text> = Field::new("legalTitle");
/// The taxpayer number (ИНН).
pub const INN: Field<Counterparty, Text> = Field::new("inn");
/// The code of registration (КПП).
pub const KPP: Field<Counterparty, Text> = Field::new("kpp");
/// The number of the discount card.
pub const DISCOUNT_CARD_NUMBER: Field<Counterparty, Text> = Field::new("discountCardNumber");
/// The groups (группы).
pub const TAGS: Field<Counterparty, Texts> = Field::new("tags");
/// The numbers of the bank accounts.
pub const ACCOUNT_NUMBER: Field<Counterparty, Texts> = Field::new("accounts.accountnumber");
/// The price type, by its name.
pub const PRICE_TYPE: Field<Counterparty, Text> = Field::new("priceType");
/// The legal form.
pub const COMPANY_TYPE: Field<Counterparty, Exact<CompanyType>> = Field::new("companyType");
/// Whether it is in the archive; both values for all.
pub const ARCHIVED: Field<Counterparty, Exact<bool>, Sortable> = Field::new("archived");
/// Whether all departments share it.
pub const SHARED: Field<Counterparty, Exact<bool>> = Field::new("shared");
/// When it was created.
pub const CREATED: Field<Counterparty, Ordered<Moment>, Sortable> = Field::new("created");
/// When it was last changed.
pub const UPDATED: Field<Counterparty, Ordered<Moment>, Sortable> = Field::new("updated");
/// The state (статус).
pub const STATE: Field<Counterparty, Reference<State>> = Field::new("state");
/// The employee who owns it.
pub const OWNER: Field<Counterparty, Reference<Employee>> = Field::new("owner");
/// The department that owns it.
pub const GROUP: Field<Counterparty, Reference<Group>> = Field::new("group");
/// Who changed it last, by login.
pub const UPDATED_BY: Field<Counterparty, Text, Sortable> = Field::new("updatedBy");
/// The version of the object.
pub const VERSION: Field<Counterparty, Unfiltered, Sortable> = Field::new("version");
/// The bank accounts (счета).
pub const ACCOUNTS: Field<Counterparty, Linked<Account>> = Field::new("accounts");
/// The contact persons (контактные лица).
pub const CONTACT_PERSONS: Field<Counterparty, Linked<ContactPerson>> =
    Field::new("contactpersons");
/// The notes (события).
pub const NOTES: Field<Counterparty, Linked<note::Note>> = Field::new("notes");
/// The files (файлы).
pub const FILES: Field<Counterparty, Linked<File>> = Field::new("files");
/// The bonus programme (бонусная программа).
pub const BONUS_PROGRAM: Field<Counterparty, Linked<Untyped>> = Field::new("bonusProgram");
