//! Who asks, and the settings of the company.

use serde_json::{Value, json};
use uuid::Uuid;

use super::entity_types;
use super::error::ServiceErrors;
use super::expand::Expand;
use super::render::Renderer;
use super::store::Table;
use super::world::World;

impl Renderer<'_> {
    /// The employee on whose behalf a request runs, with his rights.
    pub(crate) fn current_employee(&self, login: &str) -> Result<Value, ServiceErrors> {
        let kind = World::kind("employee")?;
        let row = self.world.row(kind, self.world.employee_of(login))?;
        let mut shown = self.row(kind, row, &Expand::default());
        if let Some(map) = shown.as_object_mut() {
            if let Some(Value::Object(meta)) = map.get_mut("meta") {
                let href = format!("{}/context/employee", self.links.base);
                meta.insert("href".into(), href.into());
                meta.remove("uuidHref");
            }
            map.insert("permissions".into(), self.world.permissions(login));
        }
        Ok(shown)
    }

    /// The settings of the company (настройки компании).
    pub(crate) fn company_settings(&self) -> Result<Value, ServiceErrors> {
        let base = self.links.base;
        let account = &self.world.account;
        let kind = World::kind("currency")?;
        let currency = self.world.row(kind, account.currency)?;
        let mut shown = json!({
            "meta": {
                "href": format!("{base}/context/companysettings"),
                "metadataHref": format!("{base}/context/companysettings/metadata"),
                "type": "companysettings",
                "mediaType": "application/json",
            },
            "currency": self.row(kind, currency, &Expand::default()),
            "priceTypes": self.price_types(),
            "discountStrategy": account.company.discount_strategy,
            "accountCountry": "RU",
        });
        if let Some(map) = shown.as_object_mut() {
            for (name, on) in &account.company.switches {
                map.insert((*name).into(), (*on).into());
            }
            if let Some(address) = &account.company.address {
                map.insert("companyAddress".into(), address.as_str().into());
            }
        }
        Ok(shown)
    }

    /// Metadata of the company's settings; custom dictionaries are listed there.
    pub(crate) fn company_metadata(&self) -> Value {
        json!({
            "meta": {
                "href": format!("{}/context/companysettings/metadata", self.links.base),
                "mediaType": "application/json",
            },
            "customEntities": self.world.dictionaries.all().iter().map(
                |known| World::listed_dictionary(known, self.links),
            ).collect::<Vec<_>>(),
        })
    }
}

impl World {
    /// The employee who has a login.
    pub(crate) fn employee_of(&self, login: &str) -> Uuid {
        let table = entity_types::find("employee").and_then(|kind| self.store.table(kind));
        let mut rows = table.into_iter().flat_map(Table::rows);
        let found = rows.find(|row| row.fields.text("uid") == Some(login));
        found.map_or(self.account.employee, |row| row.id)
    }

    /// Changes the settings that the body names.
    pub(crate) fn update_company(&mut self, body: &Value) -> Result<(), ServiceErrors> {
        let wrong = |name: &str, expected| ServiceErrors::wrong_type(name, expected);
        let map = body
            .as_object()
            .ok_or_else(|| wrong("companysettings", "Object"))?;
        let mut company = self.account.company.clone();
        for (name, on) in &mut company.switches {
            if let Some(value) = map.get(*name) {
                *on = value.as_bool().ok_or_else(|| wrong(name, "Boolean"))?;
            }
        }
        if let Some(strategy) = map.get("discountStrategy") {
            let word = strategy
                .as_str()
                .ok_or_else(|| wrong("discountStrategy", "Enum"))?;
            if !["bySum", "byPriority"].contains(&word) {
                let allowed = ["bySum", "byPriority"];
                return Err(ServiceErrors::choice("discountStrategy", word, &allowed));
            }
            word.clone_into(&mut company.discount_strategy);
        }
        if let Some(address) = map.get("companyAddress") {
            company.address = super::validate::text("companyAddress", address, 255)?;
        }
        self.account.company = company;
        Ok(())
    }
}
