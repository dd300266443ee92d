//! Rules of single types that no field can tell on its own.

use std::collections::HashSet;

use serde_json::{Map, Value, json};
use uuid::{Uuid, uuid};

use super::datum::{Datum, Reference, Row};
use super::dictionaries::ELEMENT;
use super::entity_types::EntityType;
use super::error::ServiceErrors;
use super::href::Target;
use super::moment::Moment;
use super::store::Table;
use super::world::World;

/// The most components of a bundle (комплект).
const MOST_COMPONENTS: usize = 50;

/// Objects that every account has and nobody may change: type, id, name, code.
const STANDARD: [(&str, Uuid, &str, &str); 7] = [
    (
        "country",
        uuid!("9df7c2c3-7782-4c5c-a8ed-1102af611608"),
        "Россия",
        "643",
    ),
    (
        "country",
        uuid!("00000000-0000-0000-0001-000000000398"),
        "Казахстан",
        "398",
    ),
    (
        "uom",
        uuid!("19f1edc0-fc42-4001-94cb-c9ec9c62ec10"),
        "шт",
        "796",
    ),
    (
        "uom",
        uuid!("00000000-0000-0000-0002-000000000166"),
        "кг",
        "166",
    ),
    (
        "region",
        uuid!("00000000-0000-0000-0000-000000000050"),
        "Московская область",
        "50",
    ),
    (
        "region",
        uuid!("00000000-0000-0000-0000-000000000077"),
        "г Москва",
        "77",
    ),
    (
        "region",
        uuid!("00000000-0000-0000-0000-000000000078"),
        "г Санкт-Петербург",
        "78",
    ),
];

/// Whether an object belongs to the service, not to the account.
pub(crate) fn is_standard(id: Uuid) -> bool {
    STANDARD.iter().any(|(_, known, ..)| *known == id)
}

impl World {
    /// Stores what every account has.
    pub(crate) fn plant_standards(&mut self) -> Result<(), ServiceErrors> {
        for (keyword, id, name, code) in STANDARD {
            let kind = Self::kind(keyword)?;
            let at = self.clock.tick();
            let body = json!({"name": name, "code": code, "externalCode": code});
            let mut row = Row::new(id);
            if let Some(body) = body.as_object() {
                self.fill(kind, &mut row, body, true, at)?;
            }
            // What belongs to the service has no owner in the account.
            for field in ["owner", "group"] {
                row.fields.remove(field);
            }
            self.store.put(kind, row);
        }
        for (rate, comment) in [(0, "Без НДС"), (10, "10%"), (20, "20%")] {
            self.seed("taxrate", &json!({"rate": rate, "comment": comment}))?;
        }
        Ok(())
    }

    /// Checks and completes an object by the rules of its type, all fields being written.
    pub(crate) fn apply_rules(
        &self,
        kind: &'static EntityType,
        row: &mut Row,
        body: &Map<String, Value>,
        at: Moment,
    ) -> Result<(), ServiceErrors> {
        match kind.keyword {
            "webhook" => self.check_webhook(kind, row)?,
            "variant" => self.write_variant(kind, row, at)?,
            "bundle" => check_components(row)?,
            "counterparty" => self.check_code(kind, row)?,
            "task" => {
                let done = row.fields.flag("done") == Some(true);
                match (done, row.fields.get("completed").is_some()) {
                    (true, false) => row.fields.set("completed", Datum::Moment(at)),
                    (false, true) => row.fields.remove("completed"),
                    _ => {}
                }
            }
            _ => {}
        }
        if kind.field("organizationAccount").is_some() {
            self.check_accounts(kind, row, body)?;
        }
        if kind.field("productFolder").is_some() {
            self.write_path(row);
        }
        Ok(())
    }

    /// The path of an object is the names of the folders around it.
    fn write_path(&self, row: &mut Row) {
        let Some(Datum::Link(folder)) = row.fields.get("productFolder") else {
            row.fields.remove("pathName");
            return;
        };
        let folder = self.store.row_of(*folder);
        let text = |name| {
            folder
                .and_then(|folder| folder.fields.text(name))
                .unwrap_or_default()
        };
        let path = match text("pathName") {
            "" => text("name").to_owned(),
            outer => format!("{outer}/{}", text("name")),
        };
        row.fields.set("pathName", Datum::Text(path));
    }

    /// A bank account of a document must be one of the organization or the agent beside it.
    fn check_accounts(
        &self,
        kind: &EntityType,
        row: &Row,
        body: &Map<String, Value>,
    ) -> Result<(), ServiceErrors> {
        let sides = [
            ("organization", "organizationAccount", 17000),
            ("agent", "agentAccount", 17001),
        ];
        for (side, field, code) in sides {
            let touched = body.contains_key(side) || body.contains_key(field);
            let Some(Datum::Json(account)) = row.fields.get(field) else {
                continue;
            };
            let href = account.pointer("/meta/href").and_then(Value::as_str);
            let id = href.and_then(Target::parse).and_then(Target::id);
            let owns = |owner: Reference, id| {
                let owner = self.store.row_of(owner);
                let accounts = owner.map_or(&[][..], |owner| owner.collection("accounts"));
                accounts.iter().any(|account| account.id == id)
            };
            let belongs = match (row.fields.get(side), id) {
                (Some(Datum::Link(owner)), Some(id)) => owns(*owner, id),
                _ => false,
            };
            if touched && !belongs && kind.is_document() {
                return Err(ServiceErrors::account(code, field));
            }
        }
        Ok(())
    }

    /// Codes differ where the settings of counterparties demand it.
    fn check_code(&self, kind: &EntityType, row: &mut Row) -> Result<(), ServiceErrors> {
        let rules = self.account.unique_codes;
        let others = || {
            let rows = self.store.table(kind).into_iter().flat_map(Table::rows);
            rows.filter(|other| other.id != row.id)
        };
        match row.fields.text("code") {
            Some(code)
                if rules.check && others().any(|other| other.fields.text("code") == Some(code)) =>
            {
                return Err(ServiceErrors::not_unique("code"));
            }
            None if rules.fill => {
                let numbers = others().filter_map(|other| other.fields.text("code")?.parse().ok());
                let highest: u64 = numbers.max().unwrap_or(0);
                let code = format!("{:05}", highest.saturating_add(1));
                row.fields.set("code", Datum::Text(code));
            }
            _ => {}
        }
        Ok(())
    }

    /// Refuses to change what belongs to the service.
    pub(crate) fn check_changeable(
        kind: &EntityType,
        id: Option<Uuid>,
    ) -> Result<(), ServiceErrors> {
        if kind.keyword == "region" {
            return Err(ServiceErrors::method_not_allowed());
        }
        if id.is_some_and(is_standard) {
            return Err(ServiceErrors::standard(1024));
        }
        Ok(())
    }

    /// The `meta` of an object; one of a custom dictionary has its dictionary in the address.
    pub(crate) fn object_meta(
        &self,
        kind: &EntityType,
        id: Uuid,
        links: super::href::Links<'_>,
    ) -> Value {
        if kind.keyword != ELEMENT {
            return links.object(kind, id);
        }
        match self.dictionaries.of_element(id) {
            Some(dictionary) => links.element(dictionary.id, id),
            None => links.object(kind, id),
        }
    }
}

fn check_components(row: &Row) -> Result<(), ServiceErrors> {
    let components = row.collection("components");
    let refuse = |code, text| Err(ServiceErrors::bundle(code, text));
    if components.is_empty() || components.len() > MOST_COMPONENTS {
        return refuse(29000, "В комплекте должно быть от 1 до 50 компонентов");
    }
    let mut seen = HashSet::new();
    for component in components {
        match component.fields.get("assortment") {
            Some(Datum::Link(part)) if part.kind == "bundle" => {
                return refuse(29003, "Комплект не может содержать комплект");
            }
            Some(Datum::Link(part)) if !seen.insert(part.id) => {
                return refuse(29002, "Компоненты комплекта повторяются");
            }
            _ => {}
        }
        if component.fields.number("quantity").unwrap_or(0.0) <= 0.0 {
            return Err(ServiceErrors::not_positive("quantity"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emulator::entity_types;

    #[test]
    fn every_standard_object_is_of_a_known_type() {
        assert!(
            STANDARD
                .iter()
                .all(|(keyword, ..)| entity_types::find(keyword).is_some())
        );
    }
}
