//! References in bodies: read from `meta`, and checked to lead somewhere.

use serde_json::Value;
use uuid::Uuid;

use super::datum::{Rate, Reference};
use super::entity_types::{self, EntityType};
use super::error::ServiceErrors;
use super::href::{self, Target};
use super::world::World;

impl World {
    /// Reads `{"meta": {"href", "type"}}` and makes sure that the object exists.
    pub(crate) fn reference(
        &self,
        name: &str,
        types: &[&'static str],
        value: &Value,
    ) -> Result<Reference, ServiceErrors> {
        let href = self.reference_href(name, value)?;
        let meta_type = value.pointer("/meta/type").and_then(Value::as_str);
        let word = meta_type.ok_or_else(|| ServiceErrors::meta_without_type(name))?;
        let Some(Target::Object { kind, id }) = Target::parse(href) else {
            return Err(ServiceErrors::wrong_type(name, "Meta"));
        };
        let id = Uuid::try_parse(id).map_err(|_| ServiceErrors::wrong_type(name, "UUID"))?;
        if entity_types::find(word).is_none() {
            return Err(ServiceErrors::unknown_meta_type(name, word));
        }
        if word != kind {
            return Err(ServiceErrors::reference_type(name));
        }
        let Some(kind) = types.iter().copied().find(|known| *known == kind) else {
            return Err(ServiceErrors::wrong_reference(name, types));
        };
        let reference = Reference { kind, id };
        match self.store.row_of(reference) {
            Some(_) => Ok(reference),
            None => Err(ServiceErrors::not_found(kind, id)),
        }
    }

    /// The address inside a reference.
    pub(crate) fn reference_href<'v>(
        &self,
        name: &str,
        value: &'v Value,
    ) -> Result<&'v str, ServiceErrors> {
        let object = value
            .as_object()
            .ok_or_else(|| ServiceErrors::wrong_type(name, "Object"))?;
        let meta = object
            .get("meta")
            .ok_or_else(|| ServiceErrors::meta_missing(name))?;
        let href = meta.get("href").and_then(Value::as_str);
        let href = href.ok_or_else(|| ServiceErrors::meta_without_href(name))?;
        self.check_host(href)?;
        Ok(href)
    }

    /// Refuses an address of another host when the rules are strict.
    pub(crate) fn check_host(&self, href: &str) -> Result<(), ServiceErrors> {
        let foreign = href::host(href).is_some_and(|host| host != self.settings.hosts.own);
        if self.settings.hosts.strict && foreign {
            return Err(ServiceErrors::foreign_host(href));
        }
        Ok(())
    }

    pub(crate) fn state(&self, owner: &EntityType, value: &Value) -> Result<Uuid, ServiceErrors> {
        if value.get("meta").is_none()
            && let Some(name) = value.get("name").and_then(Value::as_str)
        {
            let states = self.registers.states(owner.keyword);
            let named = states.iter().find(|state| state.name == name);
            return named
                .map(|state| state.id)
                .ok_or_else(|| ServiceErrors::unknown_state(name));
        }
        let href = self.reference_href("state", value)?;
        let target =
            Target::parse(href).ok_or_else(|| ServiceErrors::wrong_type("state", "Meta"))?;
        let id = target
            .id()
            .ok_or_else(|| ServiceErrors::wrong_type("state", "UUID"))?;
        if self.registers.state(owner.keyword, id).is_some() {
            Ok(id)
        } else if self.registers.knows_state(id) {
            Err(ServiceErrors::foreign_state(id))
        } else {
            Err(ServiceErrors::not_found("state", id))
        }
    }

    pub(crate) fn price_type(&self, value: &Value) -> Result<Uuid, ServiceErrors> {
        let types = &self.account.price_types;
        let href = value.pointer("/meta/href").and_then(Value::as_str);
        let id = href.and_then(Target::parse).and_then(Target::id);
        let name = value.get("name").and_then(Value::as_str);
        types
            .iter()
            .find(|known| Some(known.id) == id || (id.is_none() && Some(&*known.name) == name))
            .map(|known| known.id)
            .ok_or_else(ServiceErrors::unknown_price_type)
    }

    pub(crate) fn rate(&self, name: &str, value: &Value) -> Result<Rate, ServiceErrors> {
        let object = value
            .as_object()
            .ok_or_else(|| ServiceErrors::wrong_type(name, "Object"))?;
        let currency = match object.get("currency") {
            Some(currency) => self.reference("currency", &["currency"], currency)?.id,
            None => self.account.currency,
        };
        let value = match object.get("value") {
            Some(number) => {
                let number = number.as_f64();
                Some(number.ok_or_else(|| ServiceErrors::wrong_type("value", "Double"))?)
            }
            None => None,
        };
        // A rate of one is the rule, and the service does not show it.
        let value = value.filter(|value| (value - 1.0).abs() > f64::EPSILON);
        Ok(Rate { currency, value })
    }
}
