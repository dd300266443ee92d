//! What each resource does with each method.

use http::{Method, StatusCode};
use serde_json::Value;
use uuid::Uuid;

use super::entity_types::{Collection, EntityType};
use super::error::ServiceErrors;
use super::expand::Expand;
use super::href::Links;
use super::list::nested_page;
use super::moment::Moment;
use super::query::Query;
use super::render::Renderer;
use super::route::Resource;
use super::world::World;
use super::write::MOST_ROWS;

/// A request that has passed every gate.
pub(crate) struct Call<'a> {
    pub(crate) method: &'a Method,
    pub(crate) resource: Resource,
    pub(crate) query: &'a Query,
    pub(crate) body: Option<&'a Value>,
    pub(crate) links: Links<'a>,
}

/// What is sent back; no body means an empty one.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) body: Option<Value>,
}

type Outcome = Result<Answer, ServiceErrors>;

impl Answer {
    fn ok(body: Value) -> Outcome {
        Ok(Self {
            status: StatusCode::OK,
            body: Some(body),
        })
    }

    fn empty() -> Outcome {
        Ok(Self {
            status: StatusCode::OK,
            body: None,
        })
    }
}

impl World {
    /// Carries out a request.
    pub(crate) fn execute(&mut self, call: &Call<'_>) -> Outcome {
        let links = call.links;
        let renderer = Renderer { world: self, links };
        match (call.resource, call.method) {
            (Resource::Employee, &Method::GET) => Answer::ok(renderer.current_employee()?),
            (Resource::Application, &Method::GET) => Err(ServiceErrors::not_a_solution()),
            (Resource::CompanySettings, &Method::GET) => Answer::ok(renderer.company_settings()?),
            (Resource::CompanySettings, &Method::PUT) => {
                self.update_company(call.object()?)?;
                Answer::ok(Renderer { world: self, links }.company_settings()?)
            }
            (Resource::CompanyMetadata, &Method::GET) => Answer::ok(renderer.company_metadata()),
            (Resource::PriceTypes, &Method::GET) => Answer::ok(renderer.price_types().into()),
            (Resource::PriceType(id), &Method::GET) => {
                let mut types = self.account.price_types.iter();
                let place = types.position(|known| id.is_none_or(|id| known.id == id));
                let found = place.and_then(|place| renderer.price_types().into_iter().nth(place));
                let missing = || ServiceErrors::not_found("pricetype", id.unwrap_or_default());
                Answer::ok(found.ok_or_else(missing)?)
            }
            (Resource::AllMetadata, &Method::GET) => Answer::ok(renderer.all_metadata()),
            (Resource::Metadata(kind), &Method::GET) => {
                Answer::ok(renderer.metadata(kind, call.query))
            }
            (
                Resource::Attributes(..) | Resource::AttributesDelete(_) | Resource::Attribute(..),
                _,
            ) => self.execute_attributes(call),
            (Resource::States(_) | Resource::State(..), _) => self.execute_states(call),
            (Resource::Nested(..) | Resource::NestedDelete(..) | Resource::NestedRow(..), _) => {
                self.execute_nested(call)
            }
            _ => self.execute_objects(call),
        }
    }

    fn execute_objects(&mut self, call: &Call<'_>) -> Outcome {
        let links = call.links;
        match (call.resource, call.method) {
            (Resource::List(kind), &Method::GET) => Answer::ok(self.list(kind, call.query, links)?),
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
                let answers = self.delete_many(kind, call.rows()?, links);
                Ok(self.bulk(answers))
            }
            (Resource::SyncId(kind, sync_id), method) => {
                let row = self.store.with_sync_id(kind, sync_id);
                let missing = || ServiceErrors::not_found(kind.keyword, sync_id);
                let id = row.map(|row| row.id).ok_or_else(missing)?;
                match *method {
                    Method::GET => self.show(kind, id, &call.expand(kind)?, links),
                    Method::DELETE => {
                        self.delete(kind, id, links)?;
                        Answer::empty()
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
                self.delete(kind, id, links)?;
                Answer::empty()
            }
            (Resource::Trash(kind, id), &Method::POST) => {
                let at = self.clock.tick();
                self.trash(kind, id, at)?;
                Answer::empty()
            }
            (Resource::Files(kind, id), &Method::GET) => {
                self.row(kind, id)?;
                let path = format!("entity/{}/{id}/files", kind.keyword);
                self.page(call, (&path, "files", Vec::new()))
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

    /// The answer of a bulk request: one element for each of the request.
    fn bulk(&self, answers: Vec<Result<Value, ServiceErrors>>) -> Answer {
        let failed = answers.iter().any(Result::is_err);
        let status = if failed && !self.settings.bulk_status_200 {
            StatusCode::BAD_REQUEST
        } else {
            StatusCode::OK
        };
        let rows = answers
            .into_iter()
            .map(|answer| answer.unwrap_or_else(|errors| errors.body()));
        Answer {
            status,
            body: Some(rows.collect()),
        }
    }

    fn execute_attributes(&mut self, call: &Call<'_>) -> Outcome {
        let links = call.links;
        match (call.resource, call.method) {
            (Resource::Attributes(_, register), &Method::GET) => {
                let rows = Renderer { world: self, links }.definitions(register);
                let path = format!("entity/{register}/metadata/attributes");
                self.page(call, (&path, "attributemetadata", rows))
            }
            (Resource::Attributes(_, register), &Method::POST) => {
                let at = self.clock.tick();
                self.save_each(call, |world, body| {
                    let id = world.save_definition(register, None, body, at)?;
                    world.definition(register, id, links)
                })
            }
            (Resource::AttributesDelete(register), &Method::POST) => {
                let ids = Self::definition_ids(call.rows()?)?;
                self.delete_definitions(register, &ids)?;
                Answer::empty()
            }
            (Resource::Attribute(register, id), &Method::GET) => {
                Answer::ok(self.definition(register, id, links)?)
            }
            (Resource::Attribute(register, id), &Method::PUT) => {
                let body = call.object()?;
                let at = self.clock.tick();
                self.save_definition(register, Some(id), body, at)?;
                Answer::ok(self.definition(register, id, links)?)
            }
            (Resource::Attribute(register, id), &Method::DELETE) => {
                self.delete_definitions(register, &[id])?;
                Answer::empty()
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

    fn execute_states(&mut self, call: &Call<'_>) -> Outcome {
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
                Answer::ok(self.state_page(kind, id, links)?)
            }
            (Resource::State(kind, id), &Method::PUT) => {
                let body = call.object()?;
                let at = self.clock.tick();
                self.save_state(kind.keyword, Some(id), body, at)?;
                Answer::ok(self.state_page(kind, id, links)?)
            }
            (Resource::State(kind, id), &Method::DELETE) => {
                self.delete_state(kind.keyword, id, links)?;
                Answer::empty()
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

    /// Saves an object or each element of an array.
    fn save_each(
        &mut self,
        call: &Call<'_>,
        mut save: impl FnMut(&mut Self, &Value) -> Result<Value, ServiceErrors>,
    ) -> Outcome {
        match call.body()? {
            Value::Array(rows) if rows.len() > MOST_ROWS => Err(ServiceErrors::too_many_objects()),
            Value::Array(rows) => {
                let saved = rows.iter().map(|body| save(self, body)).collect();
                Ok(self.bulk(saved))
            }
            body => Answer::ok(save(self, body)?),
        }
    }

    fn execute_nested(&mut self, call: &Call<'_>) -> Outcome {
        match (call.resource, call.method) {
            (Resource::Nested(kind, owner, spec), &Method::GET) => {
                let rows = self.nested_rows(call, (kind, owner, spec), |_| true)?;
                let path = format!("entity/{}/{owner}/{}", kind.keyword, spec.name);
                let Answer { status, body } = self.page(call, (&path, spec.row_type, rows))?;
                let body = body.map(|mut page| {
                    page["context"] = Renderer {
                        world: self,
                        links: call.links,
                    }
                    .context();
                    page
                });
                Ok(Answer { status, body })
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
                let added: std::collections::HashSet<Uuid> = added.into_iter().collect();
                let rows = self.nested_rows(call, (kind, owner, spec), |id| added.contains(&id))?;
                Answer::ok(rows.into())
            }
            (Resource::NestedDelete(kind, owner, spec), &Method::POST) => {
                let ids = Self::nested_ids(call.rows()?)?;
                let at = self.clock.tick();
                self.remove_from_collection(kind, spec, owner, &ids, at)?;
                Answer::empty()
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
                let at: Moment = self.clock.tick();
                self.remove_from_collection(kind, spec, owner, &[id], at)?;
                Answer::empty()
            }
            _ => Err(ServiceErrors::method_not_allowed()),
        }
    }

    fn nested_row(&self, call: &Call<'_>, of: Nested, id: Uuid) -> Outcome {
        let row = self.nested_rows(call, of, |known| known == id)?.pop();
        Answer::ok(row.ok_or_else(|| ServiceErrors::not_found(of.2.row_type, id))?)
    }

    fn nested_rows(
        &self,
        call: &Call<'_>,
        (kind, owner, spec): Nested,
        wanted: impl Fn(Uuid) -> bool,
    ) -> Result<Vec<Value>, ServiceErrors> {
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

    fn page(&self, call: &Call<'_>, (path, row_type, rows): (&str, &str, Vec<Value>)) -> Outcome {
        let largest = self.settings.page_limit;
        Answer::ok(nested_page(
            call.links, path, row_type, call.query, rows, largest,
        )?)
    }

    fn show(
        &self,
        kind: &'static EntityType,
        id: Uuid,
        expand: &Expand,
        links: Links<'_>,
    ) -> Outcome {
        let row = self.row(kind, id)?;
        Answer::ok(Renderer { world: self, links }.row(kind, row, expand))
    }
}

/// A nested collection of one object.
type Nested = (&'static EntityType, Uuid, &'static Collection);

impl<'a> Call<'a> {
    fn expand(&self, kind: &EntityType) -> Result<Expand, ServiceErrors> {
        Expand::parse(self.query.get("expand").unwrap_or_default(), kind)
    }

    /// The body: an object or an array.
    fn body(&self) -> Result<&'a Value, ServiceErrors> {
        match self.body {
            Some(body @ (Value::Object(_) | Value::Array(_))) => Ok(body),
            _ => Err(ServiceErrors::neither_object_nor_array()),
        }
    }

    /// The body of an update: one object.
    fn object(&self) -> Result<&'a Value, ServiceErrors> {
        match self.body()? {
            Value::Array(_) => Err(ServiceErrors::array_in_update()),
            body => Ok(body),
        }
    }

    /// The elements of a bulk request.
    fn rows(&self) -> Result<&'a [Value], ServiceErrors> {
        match self.body()? {
            Value::Array(rows) if rows.len() > MOST_ROWS => Err(ServiceErrors::too_many_objects()),
            Value::Array(rows) => Ok(rows),
            body => Ok(std::slice::from_ref(body)),
        }
    }
}
