//! Rows of nested collections, addressed on their own.

use std::collections::HashSet;

use http::{Method, StatusCode};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Answer, Call, Outcome};
use crate::context::Right;
use crate::emulator::entity_types::{Collection, EntityType};
use crate::emulator::error::ServiceErrors;
use crate::emulator::expand::Expand;
use crate::emulator::render::Renderer;
use crate::emulator::route::Resource;
use crate::emulator::world::World;

/// A nested collection of one object.
type Nested = (&'static EntityType, Uuid, &'static Collection);

impl World {
    pub(super) fn execute_nested(&mut self, call: &Call<'_>) -> Outcome {
        match (call.resource, call.method) {
            (Resource::Nested(kind, owner, spec), &Method::GET) => {
                let rows = self.nested_rows(call, (kind, owner, spec), |_| true)?;
                let path = format!("entity/{}/{owner}/{}", kind.keyword, spec.name);
                let Answer { status, body, .. } = self.page(call, (&path, spec.row_type, rows))?;
                let context = Renderer {
                    world: self,
                    links: call.links,
                }
                .context();
                let body = body.map(|mut page| {
                    if let Some(map) = page.as_object_mut() {
                        map.insert("context".into(), context);
                    }
                    page
                });
                Ok(Answer {
                    status,
                    body,
                    headers: Vec::new(),
                })
            }
            (Resource::Nested(kind, owner, spec), &Method::POST) => {
                let at = self.clock.tick();
                let added = match call.body()? {
                    Value::Array(rows) => self.add_to_collection(kind, spec, owner, rows, at)?,
                    body => {
                        let rows = std::slice::from_ref(body);
                        self.add_to_collection(kind, spec, owner, rows, at)?
                    }
                };
                let added: HashSet<Uuid> = added.into_iter().collect();
                let rows = self.nested_rows(call, (kind, owner, spec), |id| added.contains(&id))?;
                Ok(Answer {
                    status: if spec.feed && !self.settings.switches.feed_status_200 {
                        StatusCode::CREATED
                    } else {
                        StatusCode::OK
                    },
                    ..Answer::ok(rows)
                })
            }
            (Resource::NestedDelete(kind, owner, spec), &Method::POST) => {
                let ids = Self::nested_ids(call.rows()?)?;
                let at = self.clock.tick();
                if spec.tells_removals() {
                    let remove = |id| {
                        self.remove_from_collection(kind, spec, owner, &[id], at)?;
                        let what = spec.row_type;
                        let info = format!("Сущность '{what}' с UUID: {id} успешно удалена");
                        Ok(json!({"info": info}))
                    };
                    let answers = ids.into_iter().map(remove).collect();
                    return Ok(self.bulk(answers));
                }
                self.remove_from_collection(kind, spec, owner, &ids, at)?;
                Ok(Answer::empty())
            }
            (Resource::NestedRow(kind, owner, spec, id), &Method::GET) => {
                self.nested_row(call, (kind, owner, spec), id)
            }
            (Resource::NestedRow(kind, owner, spec, id), &Method::PUT) => {
                let body = call.object()?;
                let at = self.clock.tick();
                self.update_in_collection(kind, spec, owner, (id, body), at)?;
                self.nested_row(call, (kind, owner, spec), id)
            }
            (Resource::NestedRow(kind, owner, spec, id), &Method::DELETE) if spec.deletable => {
                let at = self.clock.tick();
                self.remove_from_collection(kind, spec, owner, &[id], at)?;
                Ok(Answer {
                    status: if spec.feed && !self.settings.switches.feed_status_200 {
                        StatusCode::NO_CONTENT
                    } else {
                        StatusCode::OK
                    },
                    ..Answer::empty()
                })
            }
            _ => Err(ServiceErrors::method_not_allowed()),
        }
    }

    fn nested_row(&self, call: &Call<'_>, of: Nested, id: Uuid) -> Outcome {
        let row = self.nested_rows(call, of, |known| known == id)?.pop();
        Ok(Answer::ok(row.ok_or_else(|| {
            ServiceErrors::not_found(of.2.row_type, id)
        })?))
    }

    fn nested_rows(
        &self,
        call: &Call<'_>,
        (kind, owner, spec): Nested,
        wanted: impl Fn(Uuid) -> bool,
    ) -> Result<Vec<Value>, ServiceErrors> {
        self.permit(kind.keyword, Right::View)?;
        let row = self.row(kind, owner)?;
        let expand = Expand::parse_nested(call.query.get("expand").unwrap_or_default(), spec)?;
        let listed = matches!(call.resource, Resource::Nested(..)) && *call.method == Method::GET;
        let expand = if listed && !call.query.may_expand() {
            Expand::default()
        } else {
            expand
        };
        let renderer = Renderer {
            world: self,
            links: call.links,
        };
        let records = row
            .collection(spec.name)
            .iter()
            .filter(|record| wanted(record.id));
        Ok(records
            .map(|record| renderer.record(kind, row, spec, record, &expand))
            .collect())
    }
}
