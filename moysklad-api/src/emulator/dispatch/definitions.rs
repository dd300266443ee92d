//! Definitions of custom fields (дополнительные поля) and of states (статусы).

use http::Method;
use serde_json::Value;
use uuid::Uuid;

use super::{Answer, Call, Outcome};
use crate::emulator::entity_types::EntityType;
use crate::emulator::error::ServiceErrors;
use crate::emulator::href::Links;
use crate::emulator::render::Renderer;
use crate::emulator::route::Resource;
use crate::emulator::world::World;

impl World {
    pub(super) fn execute_attributes(&mut self, call: &Call<'_>) -> Outcome {
        let links = call.links;
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
        register: &'static str,
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
