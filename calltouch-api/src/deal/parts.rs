//! What a deal is written with: contacts and products.

use rust_decimal::Decimal;
use serde::Serialize;

/// The body of the two methods that take whole deals.
#[serde_with::skip_serializing_none]
#[derive(Serialize)]
pub(super) struct Orders<'a, R> {
    pub(super) crm: Option<&'a str>,
    pub(super) orders: Vec<&'a R>,
}

/// Describes a product of a deal (товар); the price is in the currency of the deal.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[must_use = "a product does nothing until a deal has it"]
pub struct Product {
    name: String,
    #[serde(with = "rust_decimal::serde::str")]
    price: Decimal,
    #[serde(skip_serializing_if = "Option::is_none")]
    brand: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    category: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    variant: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    quantity: Option<u64>,
}

impl Product {
    /// Names a product and the price of one piece.
    pub fn new(name: impl Into<String>, price: Decimal) -> Self {
        let name = name.into();
        Self {
            name,
            price,
            brand: None,
            category: None,
            variant: None,
            quantity: None,
        }
    }

    /// Sets the brand.
    pub fn brand(mut self, brand: impl Into<String>) -> Self {
        self.brand = Some(brand.into());
        self
    }

    /// Sets the category.
    pub fn category(mut self, category: impl Into<String>) -> Self {
        self.category = Some(category.into());
        self
    }

    /// Sets the variant.
    pub fn variant(mut self, variant: impl Into<String>) -> Self {
        self.variant = Some(variant.into());
        self
    }

    /// Sets how many pieces there are.
    pub fn quantity(mut self, pieces: u64) -> Self {
        self.quantity = Some(pieces);
        self
    }
}

/// Collects the contacts of a deal: the main ones, and any number of others.
///
/// The first value of a kind is the main one, every further one goes to the others.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[must_use = "contacts do nothing until a deal has them"]
pub struct Contacts {
    #[serde(skip_serializing_if = "is_default")]
    main_contacts: Main,
    #[serde(skip_serializing_if = "is_default")]
    other_contacts: Others,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

#[serde_with::skip_serializing_none]
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Main {
    fio: Option<String>,
    phone_number: Option<String>,
    email: Option<String>,
    wa_phone: Option<String>,
    tg_id: Option<String>,
    tg_username: Option<String>,
    vk_id: Option<String>,
}

#[serde_with::apply(Vec => #[serde(skip_serializing_if = "Vec::is_empty")])]
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
struct Others {
    phone_number: Vec<String>,
    email: Vec<String>,
    wa_phone: Vec<String>,
    tg_id: Vec<String>,
    tg_username: Vec<String>,
    vk_id: Vec<String>,
}

/// Puts a value first if nobody is, else behind.
fn add(main: &mut Option<String>, others: &mut Vec<String>, value: impl Into<String>) {
    match main {
        None => *main = Some(value.into()),
        Some(_) => others.push(value.into()),
    }
}

impl Contacts {
    /// Starts without any.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the name of the person (ФИО).
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.main_contacts.fio = Some(name.into());
        self
    }

    /// Adds a phone, in any spelling.
    pub fn phone(mut self, phone: impl Into<String>) -> Self {
        add(
            &mut self.main_contacts.phone_number,
            &mut self.other_contacts.phone_number,
            phone,
        );
        self
    }

    /// Adds an e-mail.
    pub fn email(mut self, email: impl Into<String>) -> Self {
        add(
            &mut self.main_contacts.email,
            &mut self.other_contacts.email,
            email,
        );
        self
    }

    /// Adds a phone of WhatsApp.
    pub fn wa_phone(mut self, phone: impl Into<String>) -> Self {
        add(
            &mut self.main_contacts.wa_phone,
            &mut self.other_contacts.wa_phone,
            phone,
        );
        self
    }

    /// Adds an id of Telegram.
    pub fn tg_id(mut self, id: impl Into<String>) -> Self {
        add(
            &mut self.main_contacts.tg_id,
            &mut self.other_contacts.tg_id,
            id,
        );
        self
    }

    /// Adds a name of Telegram.
    pub fn tg_username(mut self, name: impl Into<String>) -> Self {
        add(
            &mut self.main_contacts.tg_username,
            &mut self.other_contacts.tg_username,
            name,
        );
        self
    }

    /// Adds an id of VK.
    pub fn vk_id(mut self, id: impl Into<String>) -> Self {
        add(
            &mut self.main_contacts.vk_id,
            &mut self.other_contacts.vk_id,
            id,
        );
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_first_contact_of_a_kind_is_the_main_one() {
        let contacts = Contacts::new()
            .name("Анна")
            .phone("1")
            .phone("2")
            .phone("3")
            .email("a@b.example");

        assert_eq!(
            serde_json::to_value(contacts).unwrap(),
            json!({
                "mainContacts": {"fio": "Анна", "phoneNumber": "1", "email": "a@b.example"},
                "otherContacts": {"phoneNumber": ["2", "3"]},
            })
        );
    }
}
