//! Settings of the user, of counterparties, and the price types (типы цен).

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use super::entity_types;
use super::error::ServiceErrors;
use super::href::{Links, Target};
use super::validate::{text, whole};
use super::world::{PriceType, World};

/// The most price types of an account.
const MOST_PRICE_TYPES: usize = 100;

/// Settings of the user that name an object, and its type.
const DEFAULTS: [(&str, &str); 5] = [
    ("defaultCompany", "organization"),
    ("defaultCustomerCounterparty", "counterparty"),
    ("defaultPurchaseCounterparty", "counterparty"),
    ("defaultPlace", "store"),
    ("defaultProject", "project"),
];

/// Settings of the user that are texts.
const TEXTS: [&str; 4] = ["defaultScreen", "locale", "mailFooter", "printFormat"];

impl World {
    pub(crate) fn shown_user_settings(&self, links: Links<'_>) -> Value {
        let mut shown = Map::new();
        let meta = json!({
            "href": format!("{}/context/usersettings", links.base),
            "type": "usersettings",
            "mediaType": "application/json",
        });
        shown.insert("meta".into(), meta);
        for (name, value) in [
            ("locale", json!("ru_RU")),
            ("printFormat", json!("pdf")),
            ("fieldsPerRow", json!(3)),
            ("autoShowReports", json!(false)),
        ] {
            shown.insert(name.into(), value);
        }
        for (name, value) in &self.account.user_settings {
            let mut value = value.clone();
            links.rebase(&mut value);
            shown.insert(name.clone(), value);
        }
        shown.into()
    }

    /// Changes the settings that the body names; `null` empties one.
    pub(crate) fn update_user_settings(&mut self, body: &Value) -> Result<(), ServiceErrors> {
        let wrong = |name: &str, expected| ServiceErrors::wrong_type(name, expected);
        let body = body.as_object();
        let body = body.ok_or_else(|| wrong("usersettings", "Object"))?;
        let mut settings = self.account.user_settings.clone();
        for (name, value) in body {
            let linked = DEFAULTS.iter().find(|(known, _)| known == name);
            let read = match (name.as_str(), linked) {
                (_, Some(_)) | ("mailFooter" | "defaultScreen", _) if value.is_null() => {
                    settings.remove(name);
                    continue;
                }
                (_, Some((_, keyword))) => {
                    let reference = self.reference(name, &[*keyword], value)?;
                    let kind = entity_types::find(reference.kind);
                    self.renderer_of_own(|shown| {
                        let meta = kind.map(|kind| shown.object_meta(kind, reference.id));
                        json!({"meta": meta})
                    })
                }
                ("autoShowReports", _) => value
                    .as_bool()
                    .ok_or_else(|| wrong(name, "Boolean"))?
                    .into(),
                ("fieldsPerRow", _) => whole(value).ok_or_else(|| wrong(name, "Int"))?.into(),
                (known, _) if TEXTS.contains(&known) => {
                    text(name, value, 4096)?.unwrap_or_default().into()
                }
                _ => continue,
            };
            settings.insert(name.clone(), read);
        }
        self.account.user_settings = settings;
        Ok(())
    }

    pub(crate) fn shown_counterparty_settings(&self, links: Links<'_>) -> Value {
        let codes = self.account.unique_codes;
        json!({
            "meta": {
                "href": format!("{}/entity/counterparty/settings", links.base),
                "type": "counterpartysettings",
                "mediaType": "application/json",
            },
            "uniqueCodeRules": {
                "checkUniqueCode": codes.check,
                "fillUniqueCode": codes.fill,
            },
            "createShared": codes.create_shared,
        })
    }

    /// Changes the settings of counterparties that the body names.
    pub(crate) fn update_counterparty_settings(
        &mut self,
        body: &Value,
    ) -> Result<(), ServiceErrors> {
        let mut codes = self.account.unique_codes;
        for (path, flag) in [
            ("/uniqueCodeRules/checkUniqueCode", &mut codes.check),
            ("/uniqueCodeRules/fillUniqueCode", &mut codes.fill),
            ("/createShared", &mut codes.create_shared),
        ] {
            if let Some(value) = body.pointer(path) {
                let name = path.rsplit('/').next().unwrap_or_default();
                let read = value.as_bool();
                *flag = read.ok_or_else(|| ServiceErrors::wrong_type(name, "Boolean"))?;
            }
        }
        self.account.unique_codes = codes;
        Ok(())
    }

    /// Replaces the whole list of price types: those with `meta` stay, the others are new.
    pub(crate) fn replace_price_types(&mut self, rows: &[Value]) -> Result<(), ServiceErrors> {
        if rows.is_empty() {
            let text = "Список типов цен не может быть пустым";
            return Err(ServiceErrors::price_types(42001, text));
        }
        if rows.len() > MOST_PRICE_TYPES {
            let text = "Не более 100 типов цен";
            return Err(ServiceErrors::price_types(42000, text));
        }
        let at = self.clock.now();
        let mut types: Vec<PriceType> = Vec::with_capacity(rows.len());
        for row in rows {
            let mut read = match row.pointer("/meta/href").and_then(Value::as_str) {
                Some(href) => {
                    let id = Target::parse(href).and_then(Target::id);
                    let mut known = self.account.price_types.iter();
                    let found = known.find(|known| Some(known.id) == id);
                    found
                        .cloned()
                        .ok_or_else(ServiceErrors::unknown_price_type)?
                }
                None => PriceType {
                    id: self.mint.id(at),
                    name: String::new(),
                    external_code: self.mint.external_code(),
                },
            };
            for (name, target) in [
                ("name", &mut read.name),
                ("externalCode", &mut read.external_code),
            ] {
                if let Some(value) = row.get(name) {
                    let value = text(name, value, 255)?;
                    *target = value.ok_or_else(|| ServiceErrors::required(name))?;
                }
            }
            if read.name.is_empty() {
                return Err(ServiceErrors::required("name"));
            }
            types.push(read);
        }
        let names: HashSet<&str> = types.iter().map(|known| known.name.as_str()).collect();
        if names.len() < types.len() {
            return Err(ServiceErrors::not_unique("name"));
        }
        self.account.price_types = types;
        Ok(())
    }
}
