//! What counterparties are created and changed from.

use super::account;
use super::contact_person;
use super::model::Discount;
use super::sex::Sex;
use crate::address::Address;
use crate::attribute::AttributeValue;
use crate::counterparty::CompanyType;
use crate::employee::Employee;
use crate::group::Group;
use crate::meta::Ref;
use crate::meta::Untyped;
use crate::moment::Moment;
use crate::patch::Patch;
use crate::patch::empty_text;
use crate::price_type::PriceType;
use crate::requisites;
use crate::state::State;
use serde::Serialize;
use serde_with::skip_serializing_none;
use uuid::Uuid;

/// A counterparty to be created; only the name is required.
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
    /// The legal form (тип контрагента); a company if not said.
    pub company_type: Option<CompanyType>,
    /// The phone number, kept as it is written.
    pub phone: Option<String>,
    /// The e-mail address, checked by the service.
    pub email: Option<String>,
    /// The fax number.
    pub fax: Option<String>,
    /// The comment (комментарий).
    pub description: Option<String>,
    /// The groups (группы), 255 characters in all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// The state (статус).
    pub state: Option<Ref<State>>,
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
    /// Date of birth, of people.
    pub birth_date: Option<Moment>,
    /// Sex, of people.
    pub sex: Option<Sex>,
    /// The bank accounts (счета).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub accounts: Vec<account::New>,
    /// The contact persons (контактные лица).
    #[serde(rename = "contactpersons", skip_serializing_if = "Vec::is_empty")]
    pub contact_persons: Vec<contact_person::New>,
    /// Number of the discount card.
    pub discount_card_number: Option<String>,
    /// The discounts (скидки).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub discounts: Vec<Discount>,
    /// The bonus programme.
    pub bonus_program: Option<Ref<Untyped>>,
    /// The price type (тип цен).
    pub price_type: Option<Ref<PriceType>>,
    /// Whether it goes to the archive.
    pub archived: Option<bool>,
    /// Requisites in Uzbekistan.
    #[serde(rename = "mod__requisites__uz")]
    pub requisites_uz: Option<requisites::Uzbekistan>,
    /// Requisites in Kazakhstan.
    #[serde(rename = "mod__requisites__kz")]
    pub requisites_kz: Option<requisites::Kazakhstan>,
    /// The employee who owns it (владелец).
    pub owner: Option<Ref<Employee>>,
    /// The department that owns it (отдел).
    pub group: Option<Ref<Group>>,
    /// Whether all departments share it (общий доступ).
    pub shared: Option<bool>,
}

impl New {
    /// Names the counterparty.
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
            tags: Vec::new(),
            state: None,
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
            birth_date: None,
            sex: None,
            accounts: Vec::new(),
            contact_persons: Vec::new(),
            discount_card_number: None,
            discounts: Vec::new(),
            bonus_program: None,
            price_type: None,
            archived: None,
            requisites_uz: None,
            requisites_kz: None,
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

    /// Sets the phone number.
    #[must_use]
    pub fn phone(mut self, phone: impl Into<String>) -> Self {
        self.phone = Some(phone.into());
        self
    }

    /// Sets the e-mail address.
    #[must_use]
    pub fn email(mut self, email: impl Into<String>) -> Self {
        self.email = Some(email.into());
        self
    }

    /// Sets the comment.
    #[must_use]
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// Sets the groups.
    #[must_use]
    pub fn tags(mut self, tags: Vec<String>) -> Self {
        self.tags = tags;
        self
    }

    /// Sets the state.
    #[must_use]
    pub fn state(mut self, state: impl Into<Ref<State>>) -> Self {
        self.state = Some(state.into());
        self
    }

    /// Sets additional fields.
    #[must_use]
    pub fn attributes(mut self, attributes: Vec<AttributeValue>) -> Self {
        self.attributes = attributes;
        self
    }

    /// Gives it to an employee.
    #[must_use]
    pub fn owner(mut self, owner: impl Into<Ref<Employee>>) -> Self {
        self.owner = Some(owner.into());
        self
    }

    /// Gives it to a department.
    #[must_use]
    pub fn group(mut self, group: impl Into<Ref<Group>>) -> Self {
        self.group = Some(group.into());
        self
    }

    /// Sets the actual address.
    #[must_use]
    pub fn actual_address(mut self, actual_address: impl Into<String>) -> Self {
        self.actual_address = Some(actual_address.into());
        self
    }

    /// Sets the taxpayer number.
    #[must_use]
    pub fn inn(mut self, inn: impl Into<String>) -> Self {
        self.inn = Some(inn.into());
        self
    }
}

/// A change of a counterparty; what it does not name stays as it is.
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
    /// The legal form (тип контрагента); a company if not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub company_type: Option<CompanyType>,
    /// The phone number, kept as it is written.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub phone: Patch<String>,
    /// The e-mail address, checked by the service.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub email: Patch<String>,
    /// The fax number.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub fax: Patch<String>,
    /// The comment (комментарий).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub description: Patch<String>,
    /// The groups (группы), all of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<String>>,
    /// The state (статус).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub state: Patch<Ref<State>>,
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
    /// Date of birth, of people.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub birth_date: Patch<Moment>,
    /// Sex, of people.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub sex: Patch<Sex>,
    /// The bank accounts (счета), all of them: those not named are deleted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accounts: Option<Vec<account::New>>,
    /// The contact persons (контактные лица), all of them: those not named are deleted.
    #[serde(rename = "contactpersons", skip_serializing_if = "Option::is_none")]
    pub contact_persons: Option<Vec<contact_person::New>>,
    /// Number of the discount card.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub discount_card_number: Patch<String>,
    /// The discounts (скидки).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discounts: Option<Vec<Discount>>,
    /// The bonus programme.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub bonus_program: Patch<Ref<Untyped>>,
    /// The price type (тип цен).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub price_type: Patch<Ref<PriceType>>,
    /// Whether it goes to the archive.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub archived: Option<bool>,
    /// Requisites in Uzbekistan.
    #[serde(rename = "mod__requisites__uz", skip_serializing_if = "Patch::is_keep")]
    pub requisites_uz: Patch<requisites::Uzbekistan>,
    /// Requisites in Kazakhstan.
    #[serde(rename = "mod__requisites__kz", skip_serializing_if = "Patch::is_keep")]
    pub requisites_kz: Patch<requisites::Kazakhstan>,
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
