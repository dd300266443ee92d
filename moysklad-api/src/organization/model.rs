//! Organizations as the service sends them.

use crate::address::Address;
use crate::attribute::AttributeValue;
use crate::counterparty::Account;
use crate::counterparty::CompanyType;
use crate::decimal::Number;
use crate::employee::Employee;
use crate::group::Group;
use crate::id::Id;
use crate::meta::Meta;
use crate::meta::Nested;
use crate::meta::Ref;
use crate::meta::Untyped;
use crate::moment::Moment;
use crate::requisites;
use rust_decimal::Decimal;
use serde::Deserialize;
use serde::Serialize;
use serde_with::As;
use serde_with::DefaultOnNull;
use serde_with::serde_as;
use serde_with::skip_serializing_none;
use uuid::Uuid;

/// An organization of the account itself (юрлицо).
#[serde_as]
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Organization {
    /// What the service tells about the object.
    #[serde(default, with = "As::<DefaultOnNull>")]
    pub meta: Meta,
    /// The id.
    pub id: Id<Organization>,
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
    /// The legal form.
    pub company_type: Option<CompanyType>,
    /// The phone number.
    pub phone: Option<String>,
    /// The e-mail address.
    pub email: Option<String>,
    /// The fax number.
    pub fax: Option<String>,
    /// The comment (комментарий).
    pub description: Option<String>,
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
    /// The bank accounts (счета).
    pub accounts: Option<Nested<Account>>,
    /// The director (руководитель).
    pub director: Option<String>,
    /// The director's position.
    pub director_position: Option<String>,
    /// The chief accountant (главный бухгалтер).
    pub chief_accountant: Option<String>,
    /// Whether it pays VAT (плательщик НДС).
    pub payer_vat: Option<bool>,
    /// The VAT rate of advance payments, in percent.
    #[serde_as(as = "Option<Number>")]
    pub advance_payment_vat: Option<Decimal>,
    /// Number of the contract on marking.
    pub tracking_contract_number: Option<String>,
    /// Date of the contract on marking.
    pub tracking_contract_date: Option<Moment>,
    /// Whether it takes part in ЕГАИС.
    pub is_egais_enable: Option<bool>,
    /// The bonus programme.
    pub bonus_program: Option<Ref<Untyped>>,
    /// The bonus points.
    #[serde_as(as = "Option<Number>")]
    pub bonus_points: Option<Decimal>,
    /// Requisites in Uzbekistan.
    #[serde(rename = "mod__requisites__uz")]
    pub requisites_uz: Option<Box<requisites::Uzbekistan>>,
    /// Requisites in Kazakhstan.
    #[serde(rename = "mod__requisites__kz")]
    pub requisites_kz: Option<Box<requisites::Kazakhstan>>,
    /// The picture of the director's signature (подпись руководителя).
    pub director_sign: Option<Untyped>,
    /// The picture of the chief accountant's signature (подпись главного бухгалтера).
    pub chief_account_sign: Option<Untyped>,
    /// The picture of the stamp (печать).
    pub stamp: Option<Untyped>,
    /// The VAT of the organization in Russia.
    #[serde(rename = "companyVat__ru")]
    pub company_vat: Option<CompanyVat>,
    /// The number in ЕГАИС (ФСРАР ИД).
    pub fsrar_id: Option<String>,
    /// The address of the transport module of ЕГАИС (УТМ), in older answers.
    pub utm_url: Option<String>,
    /// The employee who owns it (владелец).
    pub owner: Option<Ref<Employee>>,
    /// The department that owns it (отдел).
    pub group: Option<Ref<Group>>,
    /// Whether all departments share it (общий доступ).
    pub shared: Option<bool>,
}

/// The VAT of an organization in Russia (НДС организации).
#[serde_as]
#[skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CompanyVat {
    /// Whether the organization has a rate of its own.
    pub use_company_vat: Option<bool>,
    /// The rate, in percent.
    #[serde_as(as = "Option<Number>")]
    pub default_company_vat: Option<Decimal>,
    /// Whether VAT counts by default.
    pub default_company_vat_enabled: Option<bool>,
}
