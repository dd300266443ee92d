//! Definitions of custom fields (дополнительные поля) and of states (статусы).

use http::Method;
use serde_json::Value;
use uuid::Uuid;

use super::{Answer, Call, Outcome};
use crate::emulator::entity_types::EntityType;
use crate::emulator::error::ServiceErrors;
use crate::emulator::href::Links;
use crate::emulator::register::Register;
use crate::emulator::render::Renderer;
use crate::emulator::route::Resource;
use crate::emulator::world::World;

impl World {
    pub(super) fn execute_attributes(&mut self, call: &Call<'_>) -> Outcome {
        let links = call.links;
        if let Resource::Attributes(Register::Dictionary(id))
        | Resource::AttributesDelete(Register::Dictionary(id))
        | Resource::Attribute(Register::Dictionary(id), _) = call.resource
        {
            self.dictionaries.find(id)?;
        }
        match (call.resource, call.method) {
            (Resource::Attributes(register), &Method::GET) => {
                let rows = Renderer { world: self, links }.definitions(register);
                let path = format!("entity/{register}/metadata/attributes");
                self.page(call, (&path, "attributemetadata", rows))
            }
            (Resource::Attributes(register), &Method::POST) => {
                let at = self.clock.tick();
                self.save_each(call, |world, body| {
                    let id = world.save_definition(register, None, body, at)?;
                    world.definition(register, id, links)
                })
            }
            (Resource::AttributesDelete(register), &Method::POST) => {
                let ids = Self::definition_ids(call.rows()?)?;
                self.delete_definitions(register, &ids)?;
                Ok(Answer::empty())
            }
            (Resource::Attribute(register, id), &Method::GET) => {
                Ok(Answer::ok(self.definition(register, id, links)?))
            }
            (Resource::Attribute(register, id), &Method::PUT) => {
                let body = call.object()?;
                let at = self.clock.tick();
                self.save_definition(register, Some(id), body, at)?;
                Ok(Answer::ok(self.definition(register, id, links)?))
            }
            (Resource::Attribute(register, id), &Method::DELETE) => {
                self.delete_definitions(register, &[id])?;
                Ok(Answer::empty())
            }
            _ => Err(ServiceErrors::method_not_allowed()),
        }
    }

    fn definition(
        &self,
        register: Register,
        id: Uuid,
        links: Links<'_>,
    ) -> Result<Value, ServiceErrors> {
        let known = self.registers.attribute(register, id);
        let known = known.ok_or_else(|| ServiceErrors::not_found("attributemetadata", id))?;
        Ok(Self::shown_definition(register, known, links))
    }

    pub(super) fn execute_states(&mut self, call: &Call<'_>) -> Outcome {
        let links = call.links;
        match (call.resource, call.method) {
            (Resource::States(kind), &Method::POST) => {
                let at = self.clock.tick();
                self.save_each(call, |world, body| {
                    let id = world.save_state(kind.keyword, None, body, at)?;
                    world.state_page(kind, id, links)
                })
            }
            (Resource::State(kind, id), &Method::GET) => {
                Ok(Answer::ok(self.state_page(kind, id, links)?))
            }
            (Resource::State(kind, id), &Method::PUT) => {
                let body = call.object()?;
                let at = self.clock.tick();
                self.save_state(kind.keyword, Some(id), body, at)?;
                Ok(Answer::ok(self.state_page(kind, id, links)?))
            }
            (Resource::State(kind, id), &Method::DELETE) => {
                self.delete_state(kind.keyword, id, links)?;
                Ok(Answer::empty())
            }
            _ => Err(ServiceErrors::method_not_allowed()),
        }
    }

    pub(super) fn execute_characteristics(&mut self, call: &Call<'_>) -> Outcome {
        let links = call.links;
        match (call.resource, call.method) {
            (Resource::Characteristics, &Method::GET) => {
                let rows = self.renderer(links).characteristics();
                let path = "entity/variant/metadata/characteristics";
                self.page(call, (path, "attributemetadata", rows))
            }
            (Resource::Characteristics, &Method::POST) => {
                let at = self.clock.tick();
                self.save_each(call, |world, body| {
                    let id = world.add_characteristic(body, at)?;
                    world.characteristic_page(id, links)
                })
            }
            (Resource::Characteristic(id), &Method::GET) => {
                Ok(Answer::ok(self.characteristic_page(id, links)?))
            }
            _ => Err(ServiceErrors::method_not_allowed()),
        }
    }

    fn characteristic_page(&self, id: Uuid, links: Links<'_>) -> Result<Value, ServiceErrors> {
        let id = id.to_string();
        let mut shown = self.renderer(links).characteristics().into_iter();
        let found = shown.find(|known| known.get("id").and_then(Value::as_str) == Some(&id));
        found.ok_or_else(|| ServiceErrors::not_found("attributemetadata", id))
    }

    fn state_page(
        &self,
        kind: &EntityType,
        id: Uuid,
        links: Links<'_>,
    ) -> Result<Value, ServiceErrors> {
        let state = self.registers.state(kind.keyword, id);
        let state = state.ok_or_else(|| ServiceErrors::not_found("state", id))?;
        Ok(self.shown_state(kind.keyword, state, links))
    }
}
