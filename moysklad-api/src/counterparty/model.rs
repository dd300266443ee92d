//! Counterparties as the service sends them.

use super::account::Account;
use super::company_type::CompanyType;
use super::contact_person::ContactPerson;
use super::note::Note;
use super::sex::Sex;
use crate::address::Address;
use crate::attribute::AttributeValue;
use crate::decimal::Number;
use crate::employee::Employee;
use crate::file::File;
use crate::group::Group;
use crate::id::Id;
use crate::meta::Meta;
use crate::meta::Nested;
use crate::meta::Ref;
use crate::meta::Untyped;
use crate::moment::Moment;
use crate::money::Money;
use crate::price_type::PriceType;
use crate::requisites;
use crate::state::State;
use rust_decimal::Decimal;
use serde::Deserialize;
use serde::Serialize;
use serde_with::As;
use serde_with::DefaultOnNull;
use serde_with::serde_as;
use serde_with::skip_serializing_none;
use uuid::Uuid;

/// A person or a company that the account trades with (контрагент).
#[serde_as]
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Counterparty {
    /// What the service tells about the object.
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub meta: Meta,
    /// The id.
    pub id: Id<Counterparty>,
    /// The account.
    pub account_id: Option<Uuid>,
    /// The UUID that its creator gave it.
    pub sync_id: Option<Uuid>,
    /// The name.
    pub name: String,
    /// The code that people give.
    pub code: Option<String>,
    /// The code that programs give; not unique.
    pub external_code: Option<String>,
    /// When it was created.
    pub created: Option<Moment>,
    /// When it was last changed.
    pub updated: Option<Moment>,
    /// Whether it is in the archive.
    pub archived: Option<bool>,
    /// The legal form (тип контрагента).
    pub company_type: Option<CompanyType>,
    /// The phone number as someone typed it; the service does not tidy it.
    pub phone: Option<String>,
    /// The e-mail address.
    pub email: Option<String>,
    /// The fax number.
    pub fax: Option<String>,
    /// The comment (комментарий).
    pub description: Option<String>,
    /// The groups (группы), in lower case and in an order of the service.
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub tags: Vec<String>,
    /// The state (статус).
    pub state: Option<Ref<State>>,
    /// The additional fields that have a value.
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub attributes: Vec<AttributeValue>,
    /// The actual address (фактический адрес).
    pub actual_address: Option<String>,
    /// The actual address by its parts.
    pub actual_address_full: Option<Address>,
    /// Taxpayer number (ИНН).
    pub inn: Option<String>,
    /// Code of registration (КПП), of companies.
    pub kpp: Option<String>,
    /// Full name (полное наименование).
    pub legal_title: Option<String>,
    /// First name, of people and entrepreneurs.
    pub legal_first_name: Option<String>,
    /// Family name, of people and entrepreneurs.
    pub legal_last_name: Option<String>,
    /// Patronymic, of people and entrepreneurs.
    pub legal_middle_name: Option<String>,
    /// Legal address (юридический адрес).
    pub legal_address: Option<String>,
    /// Legal address by its parts.
    pub legal_address_full: Option<Address>,
    /// State registration number (ОГРН), of companies.
    pub ogrn: Option<String>,
    /// State registration number (ОГРНИП), of entrepreneurs.
    pub ogrnip: Option<String>,
    /// Code of the enterprise (ОКПО).
    pub okpo: Option<String>,
    /// Number of the certificate, of entrepreneurs.
    pub certificate_number: Option<String>,
    /// Date of the certificate, of entrepreneurs.
    pub certificate_date: Option<Moment>,
    /// Date of birth, of people.
    pub birth_date: Option<Moment>,
    /// Sex, of people.
    pub sex: Option<Sex>,
    /// The bank accounts (счета).
    pub accounts: Option<Nested<Account>>,
    /// The contact persons (контактные лица).
    #[serde(rename = "contactpersons")]
    pub contact_persons: Option<Nested<ContactPerson>>,
    /// The notes (события).
    pub notes: Option<Nested<Note>>,
    /// The files.
    pub files: Option<Nested<File>>,
    /// Number of the discount card.
    pub discount_card_number: Option<String>,
    /// The discounts (скидки).
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub discounts: Vec<Discount>,
    /// The bonus programme.
    pub bonus_program: Option<Ref<Untyped>>,
    /// The bonus points.
    #[serde_as(as = "Option<Number>")]
    pub bonus_points: Option<Decimal>,
    /// The price type (тип цен).
    pub price_type: Option<Ref<PriceType>>,
    /// What it bought for, in kopecks (сумма продаж).
    pub sales_amount: Option<Money>,
    /// Requisites in Uzbekistan.
    #[serde(rename = "mod__requisites__uz")]
    pub requisites_uz: Option<Box<requisites::Uzbekistan>>,
    /// Requisites in Kazakhstan.
    #[serde(rename = "mod__requisites__kz")]
    pub requisites_kz: Option<Box<requisites::Kazakhstan>>,
    /// The version of the object, in older answers.
    pub version: Option<i64>,
    /// The employee who owns it (владелец).
    pub owner: Option<Ref<Employee>>,
    /// The department that owns it (отдел).
    pub group: Option<Ref<Group>>,
    /// Whether all departments share it (общий доступ).
    pub shared: Option<bool>,
}

/// A discount of a counterparty (скидка).
#[serde_as]
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Discount {
    /// The discount programme.
    pub discount: Option<Ref<Untyped>>,
    /// The personal discount, in percent.
    #[serde_as(as = "Option<Number>")]
    pub personal_discount: Option<Decimal>,
    /// The accumulated discount, in percent.
    #[serde_as(as = "Option<Number>")]
    pub accumulation_discount: Option<Decimal>,
    /// What is added to the sum that the accumulation counts, in kopecks.
    pub demand_sum_correction: Option<Money>,
}
