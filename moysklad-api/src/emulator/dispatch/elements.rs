//! Custom dictionaries (пользовательские справочники) and their elements.

use http::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Answer, Call, Outcome};
use crate::emulator::dictionaries::ELEMENT;
use crate::emulator::error::ServiceErrors;
use crate::emulator::list::Scope;
use crate::emulator::register::Register;
use crate::emulator::route::Resource;
use crate::emulator::world::World;

impl World {
    pub(super) fn execute_elements(&mut self, call: &Call<'_>) -> Outcome {
        let links = call.links;
        let kind = Self::kind(ELEMENT)?;
        match (call.resource, call.method) {
            (Resource::Dictionaries, &Method::POST) => {
                let at = self.clock.tick();
                self.save_each(call, |world, body| {
                    let id = world.save_dictionary(None, body, at)?;
                    world.shown_dictionary(id, links)
                })
            }
            (Resource::Dictionary(id), &Method::GET) => {
                self.dictionaries.find(id)?;
                let scope = Scope::Dictionary(id);
                Ok(Answer::ok(self.list(kind, scope, call.query, links)?))
            }
            (Resource::Dictionary(id), &Method::POST) => {
                let at = self.clock.tick();
                self.dictionaries.find(id)?;
                self.save_each(call, |world, body| {
                    let target = world.target_of(kind, body)?;
                    let element = world.save_element(id, target, body, at)?;
                    world.shown_element(element, call)
                })
            }
            (Resource::Dictionary(id), &Method::PUT) => {
                let at = self.clock.tick();
                self.save_dictionary(Some(id), call.object()?, at)?;
                Ok(Answer::ok(self.shown_dictionary(id, links)?))
            }
            (Resource::Dictionary(id), &Method::DELETE) => {
                self.delete_dictionary(id)?;
                Ok(Answer::empty())
            }
            (Resource::DictionaryMetadata(id), &Method::GET) => {
                let known = self.dictionaries.find(id)?;
                let mut shown = Self::listed_dictionary(known, links);
                let defined = self
                    .renderer(links)
                    .defined(Register::Dictionary(id), call.query);
                if let Some(map) = shown.as_object_mut() {
                    map.extend(defined.map(|fields| ("attributes".to_owned(), fields)));
                }
                Ok(Answer::ok(shown))
            }
            (Resource::ElementsDelete(dictionary), &Method::POST) => {
                let at = self.clock.tick();
                let delete = |row: &Value| {
                    let target = self.target_of(kind, row)?;
                    let id = target.ok_or_else(|| ServiceErrors::meta_missing(ELEMENT))?;
                    self.delete_element(dictionary, id, at, links)?;
                    let info = format!("Сущность '{ELEMENT}' с UUID: {id} успешно удалена");
                    Ok(json!({"info": info}))
                };
                let answers = call.rows()?.iter().map(delete).collect();
                Ok(self.bulk(answers))
            }
            (Resource::Element(dictionary, id), &Method::GET) => {
                if !self.is_element(kind, dictionary, id) {
                    return Err(ServiceErrors::not_found(ELEMENT, id));
                }
                Ok(Answer::ok(self.shown_element(id, call)?))
            }
            (Resource::Element(dictionary, id), &Method::PUT) => {
                let at = self.clock.tick();
                self.save_element(dictionary, Some(id), call.object()?, at)?;
                Ok(Answer::ok(self.shown_element(id, call)?))
            }
            (Resource::Element(dictionary, id), &Method::DELETE) => {
                let at = self.clock.tick();
                self.delete_element(dictionary, id, at, links)?;
                Ok(Answer::empty())
            }
            _ => Err(ServiceErrors::method_not_allowed()),
        }
    }

    fn shown_element(&self, id: Uuid, call: &Call<'_>) -> Result<Value, ServiceErrors> {
        let kind = Self::kind(ELEMENT)?;
        let expand = call.expand(kind)?;
        let row = self.row(kind, id)?;
        Ok(self.renderer(call.links).row(kind, row, &expand))
    }
}
