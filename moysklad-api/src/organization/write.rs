//! What organizations are created and changed from.

use super::model::CompanyVat;
use crate::address::Address;
use crate::attribute::AttributeValue;
use crate::counterparty::CompanyType;
use crate::counterparty::NewAccount;
use crate::decimal::Number;
use crate::employee::Employee;
use crate::group::Group;
use crate::meta::Ref;
use crate::meta::Untyped;
use crate::moment::Moment;
use crate::patch::Patch;
use crate::patch::empty_text;
use crate::requisites;
use rust_decimal::Decimal;
use serde::Serialize;
use serde_with::serde_as;
use serde_with::skip_serializing_none;
use uuid::Uuid;

/// An organization to be created; only the name is required.
#[serde_as]
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct New {
    /// The name.
    pub name: String,
    /// The UUID that makes creating twice the same as once.
    pub sync_id: Option<Uuid>,
    /// The code that programs give; not unique.
    pub external_code: Option<String>,
    /// The code that people give.
    pub code: Option<String>,
    /// The legal form; a company if not said.
    pub company_type: Option<CompanyType>,
    /// The phone number.
    pub phone: Option<String>,
    /// The e-mail address.
    pub email: Option<String>,
    /// The fax number.
    pub fax: Option<String>,
    /// The comment (комментарий).
    pub description: Option<String>,
    /// The additional fields.
    #[serde(
        skip_serializing_if = "crate::attribute::is_unsaid",
        serialize_with = "crate::attribute::write"
    )]
    pub attributes: Vec<AttributeValue>,
    /// The actual address (фактический адрес).
    pub actual_address: Option<String>,
    /// The actual address by its parts; the text is overlooked then.
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
    /// The bank accounts (счета); one must be in the accounting currency.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub accounts: Vec<NewAccount>,
    /// The director (руководитель).
    pub director: Option<String>,
    /// The director's position.
    pub director_position: Option<String>,
    /// The chief accountant (главный бухгалтер).
    pub chief_accountant: Option<String>,
    /// Whether it pays VAT (плательщик НДС).
    pub payer_vat: Option<bool>,
    /// The bonus programme.
    pub bonus_program: Option<Ref<Untyped>>,
    /// Whether it goes to the archive.
    pub archived: Option<bool>,
    /// Requisites in Uzbekistan.
    #[serde(rename = "mod__requisites__uz")]
    pub requisites_uz: Option<requisites::Uzbekistan>,
    /// Requisites in Kazakhstan.
    #[serde(rename = "mod__requisites__kz")]
    pub requisites_kz: Option<requisites::Kazakhstan>,
    /// The VAT rate of advance payments, in percent.
    #[serde_as(as = "Option<Number>")]
    pub advance_payment_vat: Option<Decimal>,
    /// Number of the contract on marking (договор с ЦРПТ).
    pub tracking_contract_number: Option<String>,
    /// Date of the contract on marking.
    pub tracking_contract_date: Option<Moment>,
    /// The VAT of the organization in Russia.
    #[serde(rename = "companyVat__ru")]
    pub company_vat: Option<CompanyVat>,
    /// The number in ЕГАИС (ФСРАР ИД).
    pub fsrar_id: Option<String>,
    /// Whether it takes part in ЕГАИС.
    pub is_egais_enable: Option<bool>,
    /// The address of the transport module of ЕГАИС (УТМ).
    pub utm_url: Option<String>,
    /// The employee who owns it (владелец).
    pub owner: Option<Ref<Employee>>,
    /// The department that owns it (отдел).
    pub group: Option<Ref<Group>>,
    /// Whether all departments share it (общий доступ).
    pub shared: Option<bool>,
}

impl New {
    /// Names the organization.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            sync_id: None,
            external_code: None,
            code: None,
            company_type: None,
            phone: None,
            email: None,
            fax: None,
            description: None,
            attributes: Vec::new(),
            actual_address: None,
            actual_address_full: None,
            inn: None,
            kpp: None,
            legal_title: None,
            legal_first_name: None,
            legal_last_name: None,
            legal_middle_name: None,
            legal_address: None,
            legal_address_full: None,
            ogrn: None,
            ogrnip: None,
            okpo: None,
            certificate_number: None,
            certificate_date: None,
            accounts: Vec::new(),
            director: None,
            director_position: None,
            chief_accountant: None,
            payer_vat: None,
            bonus_program: None,
            archived: None,
            requisites_uz: None,
            requisites_kz: None,
            advance_payment_vat: None,
            tracking_contract_number: None,
            tracking_contract_date: None,
            company_vat: None,
            fsrar_id: None,
            is_egais_enable: None,
            utm_url: None,
            owner: None,
            group: None,
            shared: None,
        }
    }

    /// Makes creating twice the same as once.
    #[must_use]
    pub fn sync_id(mut self, sync_id: Uuid) -> Self {
        self.sync_id = Some(sync_id);
        self
    }

    /// Sets the code that programs give.
    #[must_use]
    pub fn external_code(mut self, external_code: impl Into<String>) -> Self {
        self.external_code = Some(external_code.into());
        self
    }

    /// Sets the legal form.
    #[must_use]
    pub fn company_type(mut self, company_type: CompanyType) -> Self {
        self.company_type = Some(company_type);
        self
    }

    /// Sets the taxpayer number.
    #[must_use]
    pub fn inn(mut self, inn: impl Into<String>) -> Self {
        self.inn = Some(inn.into());
        self
    }

    /// Sets additional fields.
    #[must_use]
    pub fn attributes(mut self, attributes: Vec<AttributeValue>) -> Self {
        self.attributes = attributes;
        self
    }
}

/// A change of an organization; what it does not name stays as it is.
#[serde_as]
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Update {
    /// The new name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The code that programs give; not unique.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub external_code: Patch<String>,
    /// The code that people give.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub code: Patch<String>,
    /// The legal form; a company if not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub company_type: Option<CompanyType>,
    /// The phone number.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub phone: Patch<String>,
    /// The e-mail address.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub email: Patch<String>,
    /// The fax number.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub fax: Patch<String>,
    /// The comment (комментарий).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub description: Patch<String>,
    /// The additional fields to change; others keep their values.
    #[serde(
        skip_serializing_if = "crate::attribute::is_unsaid",
        serialize_with = "crate::attribute::write"
    )]
    pub attributes: Vec<AttributeValue>,
    /// The actual address (фактический адрес).
    #[serde(skip_serializing_if = "Patch::is_keep", serialize_with = "empty_text")]
    pub actual_address: Patch<String>,
    /// The actual address by its parts; the text is overlooked then.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub actual_address_full: Patch<Address>,
    /// Taxpayer number (ИНН).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub inn: Patch<String>,
    /// Code of registration (КПП), of companies.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub kpp: Patch<String>,
    /// Full name (полное наименование).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub legal_title: Patch<String>,
    /// First name, of people and entrepreneurs.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub legal_first_name: Patch<String>,
    /// Family name, of people and entrepreneurs.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub legal_last_name: Patch<String>,
    /// Patronymic, of people and entrepreneurs.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub legal_middle_name: Patch<String>,
    /// Legal address (юридический адрес).
    #[serde(skip_serializing_if = "Patch::is_keep", serialize_with = "empty_text")]
    pub legal_address: Patch<String>,
    /// Legal address by its parts.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub legal_address_full: Patch<Address>,
    /// State registration number (ОГРН), of companies.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub ogrn: Patch<String>,
    /// State registration number (ОГРНИП), of entrepreneurs.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub ogrnip: Patch<String>,
    /// Code of the enterprise (ОКПО).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub okpo: Patch<String>,
    /// Number of the certificate, of entrepreneurs.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub certificate_number: Patch<String>,
    /// Date of the certificate, of entrepreneurs.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub certificate_date: Patch<Moment>,
    /// The bank accounts (счета); one must be in the accounting currency, all of them: those not named are deleted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accounts: Option<Vec<NewAccount>>,
    /// The director (руководитель).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub director: Patch<String>,
    /// The director's position.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub director_position: Patch<String>,
    /// The chief accountant (главный бухгалтер).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub chief_accountant: Patch<String>,
    /// Whether it pays VAT (плательщик НДС).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payer_vat: Option<bool>,
    /// The bonus programme.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub bonus_program: Patch<Ref<Untyped>>,
    /// Whether it goes to the archive.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub archived: Option<bool>,
    /// Requisites in Uzbekistan.
    #[serde(rename = "mod__requisites__uz", skip_serializing_if = "Patch::is_keep")]
    pub requisites_uz: Patch<requisites::Uzbekistan>,
    /// Requisites in Kazakhstan.
    #[serde(rename = "mod__requisites__kz", skip_serializing_if = "Patch::is_keep")]
    pub requisites_kz: Patch<requisites::Kazakhstan>,
    /// The VAT rate of advance payments, in percent.
    #[serde_as(as = "Option<Number>")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub advance_payment_vat: Option<Decimal>,
    /// Number of the contract on marking (договор с ЦРПТ).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub tracking_contract_number: Patch<String>,
    /// Date of the contract on marking.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub tracking_contract_date: Patch<Moment>,
    /// The VAT of the organization in Russia.
    #[serde(rename = "companyVat__ru", skip_serializing_if = "Option::is_none")]
    pub company_vat: Option<CompanyVat>,
    /// The number in ЕГАИС (ФСРАР ИД).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub fsrar_id: Patch<String>,
    /// Whether it takes part in ЕГАИС.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_egais_enable: Option<bool>,
    /// The address of the transport module of ЕГАИС (УТМ).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub utm_url: Patch<String>,
    /// The employee who owns it (владелец).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub owner: Patch<Ref<Employee>>,
    /// The department that owns it (отдел).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub group: Patch<Ref<Group>>,
    /// Whether all departments share it (общий доступ).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shared: Option<bool>,
}
