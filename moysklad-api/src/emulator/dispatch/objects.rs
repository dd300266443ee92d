//! Objects of a type: listed, saved, deleted, put into the trash.

use http::Method;
use serde_json::Value;
use uuid::Uuid;

use super::{Answer, Call, Outcome};
use crate::context::Right;
use crate::emulator::entity_types::EntityType;
use crate::emulator::error::ServiceErrors;
use crate::emulator::expand::Expand;
use crate::emulator::href::Links;
use crate::emulator::list::Scope;
use crate::emulator::render::Renderer;
use crate::emulator::route::Resource;
use crate::emulator::world::World;
use crate::emulator::write::MOST_ROWS;

impl World {
    pub(super) fn execute_objects(&mut self, call: &Call<'_>) -> Outcome {
        let links = call.links;
        match (call.resource, call.method) {
            (Resource::List(kind), &Method::GET) if call.query.get("async") == Some("true") => {
                self.queue(kind, call)
            }
            (Resource::Assortment, &Method::GET) => {
                Ok(Answer::ok(self.assortment(call.query, links)?))
            }
            (Resource::AssortmentDelete, &Method::POST) => {
                let at = self.clock.tick();
                let answers = self.delete_assortment(call.rows()?, at, links);
                Ok(self.bulk(answers))
            }
            (Resource::Template(kind), &Method::PUT) => {
                let body = call.object()?.as_object();
                let body = body.ok_or_else(ServiceErrors::neither_object_nor_array)?;
                Ok(Answer::ok(self.template(kind, body, links)?))
            }
            (Resource::List(kind), &Method::GET) => Ok(Answer::ok(self.list(
                kind,
                Scope::All,
                call.query,
                links,
            )?)),
            (Resource::List(kind) | Resource::Batch(kind), &Method::POST) => match call.body()? {
                Value::Array(rows) => self.post_many(kind, rows, call),
                body => {
                    let expand = call.expand(kind)?;
                    let target = match body.get("meta") {
                        Some(_) => self.target_of(kind, body)?,
                        None => None,
                    };
                    let at = self.clock.tick();
                    let id = self.save(kind, target, body, at)?;
                    self.show(kind, id, &expand, links)
                }
            },
            (Resource::BulkDelete(kind), &Method::POST) => {
                let at = self.clock.tick();
                let answers = self.delete_many(kind, call.rows()?, at, links);
                Ok(self.bulk(answers))
            }
            (Resource::SyncId(kind, sync_id), method) => {
                let row = self.store.with_sync_id(kind, sync_id);
                let missing = || ServiceErrors::not_found(kind.keyword, sync_id);
                let id = row.map(|row| row.id).ok_or_else(missing)?;
                match *method {
                    Method::GET => self.show(kind, id, &call.expand(kind)?, links),
                    Method::DELETE => {
                        let at = self.clock.tick();
                        self.delete(kind, id, at, links)?;
                        Ok(Answer::empty())
                    }
                    _ => Err(ServiceErrors::method_not_allowed()),
                }
            }
            (Resource::Object(kind, id), &Method::GET) => {
                self.show(kind, id, &call.expand(kind)?, links)
            }
            (Resource::Object(kind, id), &Method::PUT) => {
                let body = call.object()?;
                let expand = call.expand(kind)?;
                let at = self.clock.tick();
                self.save(kind, Some(id), body, at)?;
                self.show(kind, id, &expand, links)
            }
            (Resource::Object(kind, id), &Method::DELETE) => {
                let at = self.clock.tick();
                self.delete(kind, id, at, links)?;
                Ok(Answer::empty())
            }
            (Resource::Trash(kind, id), &Method::POST) => {
                let at = self.clock.tick();
                self.trash(kind, id, at)?;
                Ok(Answer::empty())
            }
            _ => Err(ServiceErrors::method_not_allowed()),
        }
    }

    fn post_many(&mut self, kind: &'static EntityType, rows: &[Value], call: &Call<'_>) -> Outcome {
        if rows.len() > MOST_ROWS {
            return Err(ServiceErrors::too_many_objects());
        }
        let expand = call.expand(kind)?;
        let at = self.clock.tick();
        let saved = self.save_many(kind, rows, at);
        let renderer = Renderer {
            world: self,
            links: call.links,
        };
        let shown = saved.into_iter().map(|saved| {
            let row = self.row(kind, saved?)?;
            Ok(renderer.row(kind, row, &expand))
        });
        let shown: Vec<_> = shown.collect();
        Ok(self.bulk(shown))
    }

    fn show(
        &self,
        kind: &'static EntityType,
        id: Uuid,
        expand: &Expand,
        links: Links<'_>,
    ) -> Outcome {
        self.permit(kind.keyword, Right::View)?;
        let row = self.row(kind, id)?;
        Ok(Answer::ok(
            Renderer { world: self, links }.row(kind, row, expand),
        ))
    }
}
