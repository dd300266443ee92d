//! What each resource does with each method.

mod background;
mod definitions;
mod elements;
mod files;
mod nested;
mod objects;
mod settings;

use http::{Method, StatusCode};
use serde_json::Value;

use super::audit::audit_filters;
use super::entity_types::EntityType;
use super::error::ServiceErrors;
use super::expand::Expand;
use super::href::Links;
use super::list::nested_page;
use super::query::Query;
use super::render::Renderer;
use super::route::Resource;
use super::world::World;
use super::write::MOST_ROWS;
use crate::context::Right;

/// A request that has passed every gate.
pub(crate) struct Call<'a> {
    pub(crate) method: &'a Method,
    pub(crate) resource: Resource,
    /// The login of the user who asks.
    pub(crate) login: &'a str,
    pub(crate) query: &'a Query,
    pub(crate) body: Option<&'a Value>,
    /// How long the address of a download is to be good for, in seconds.
    pub(crate) download_life: Option<i64>,
    pub(crate) links: Links<'a>,
}

/// What is sent back; no body means an empty one.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) body: Option<Value>,
    pub(crate) headers: Vec<(&'static str, String)>,
}

type Outcome = Result<Answer, ServiceErrors>;

impl Answer {
    /// Status 200 with a body.
    pub(super) fn ok(body: impl Into<Value>) -> Self {
        Self {
            status: StatusCode::OK,
            body: Some(body.into()),
            headers: Vec::new(),
        }
    }

    /// Status 200 without a body.
    pub(super) fn empty() -> Self {
        Self {
            status: StatusCode::OK,
            body: None,
            headers: Vec::new(),
        }
    }
}

impl World {
    /// Carries out a request, with the stock of what it shows if that is asked for.
    pub(crate) fn execute(&mut self, call: &Call<'_>) -> Outcome {
        let listed = matches!(call.resource, Resource::List(_));
        let with_stock = Self::wants_stock(call.query, listed)?;
        let mut answer = self.carry_out(call)?;
        if with_stock && let Some(body) = &mut answer.body {
            self.add_stock(body);
        }
        Ok(answer)
    }

    fn carry_out(&mut self, call: &Call<'_>) -> Outcome {
        self.enter(call.login);
        self.settle_tasks();
        self.tell_of_stock();
        if *call.method != Method::GET {
            match call.resource {
                Resource::Attributes(_)
                | Resource::AttributesDelete(_)
                | Resource::Attribute(..) => self.permit_admin(14010)?,
                // The documentation demands an administrator and names no code.
                Resource::States(_) | Resource::State(..) => self.permit_admin(1017)?,
                _ => {}
            }
        }
        if let Resource::Audit | Resource::AuditContext(_) | Resource::AuditEvents(_) =
            call.resource
            && !self.may("audit_dashboard", Right::View)
        {
            let text = "Нет прав на просмотр аудита";
            return Err(ServiceErrors::no_right(38000, text));
        }
        let links = call.links;
        let renderer = Renderer { world: self, links };
        match (call.resource, call.method) {
            (Resource::Employee, &Method::GET) => {
                Ok(Answer::ok(renderer.current_employee(call.login)?))
            }
            (Resource::Application, &Method::GET) => Err(ServiceErrors::not_a_solution()),
            (Resource::Audit, &Method::GET) => Ok(Answer::ok(renderer.audit(call.query)?)),
            (Resource::AuditFilters, &Method::GET) => Ok(Answer::ok(audit_filters())),
            (Resource::AuditContext(id), &Method::GET) => {
                let context = self.journal.context(id);
                let context = context.ok_or_else(|| ServiceErrors::not_found("audit", id))?;
                Ok(Answer::ok(renderer.audit_context(context)))
            }
            (Resource::AuditEvents(id), &Method::GET) => {
                Ok(Answer::ok(renderer.audit_events(id, call.query)?))
            }
            (Resource::ObjectAudit(kind, id), &Method::GET) => {
                Ok(Answer::ok(renderer.object_audit(kind, id, call.query)?))
            }
            (Resource::AllMetadata, &Method::GET) => {
                Ok(Answer::ok(renderer.all_metadata(call.query)?))
            }
            (Resource::Metadata(kind), &Method::GET) => {
                Ok(Answer::ok(renderer.metadata(kind, call.query)))
            }
            (
                Resource::Attributes(..) | Resource::AttributesDelete(_) | Resource::Attribute(..),
                _,
            ) => self.execute_attributes(call),
            (
                Resource::CompanySettings
                | Resource::CompanyMetadata
                | Resource::UserSettings
                | Resource::CounterpartySettings
                | Resource::PriceTypes
                | Resource::PriceType(_)
                | Resource::NamedFilters(_)
                | Resource::NamedFilter(..),
                _,
            ) => self.execute_settings(call),
            (
                Resource::Tasks
                | Resource::Task(_)
                | Resource::TaskResult(_)
                | Resource::TaskCancel(_),
                _,
            ) => self.execute_tasks(call),
            (Resource::States(_) | Resource::State(..), _) => self.execute_states(call),
            (Resource::Characteristics | Resource::Characteristic(_), _) => {
                self.execute_characteristics(call)
            }
            (Resource::Nested(..) | Resource::NestedDelete(..) | Resource::NestedRow(..), _) => {
                self.execute_nested(call)
            }
            (Resource::Files(..) | Resource::File(..) | Resource::Download(_), _) => {
                self.execute_files(call)
            }
            (Resource::Images(..) | Resource::Image(..) | Resource::ImagesDelete(..), _) => {
                self.execute_images(call)
            }
            (
                Resource::Dictionaries
                | Resource::Dictionary(_)
                | Resource::DictionaryMetadata(_)
                | Resource::ElementsDelete(_)
                | Resource::Element(..),
                _,
            ) => self.execute_elements(call),
            _ => self.execute_objects(call),
        }
    }

    /// The answer of a bulk request: one element for each of the request.
    pub(super) fn bulk(&self, answers: Vec<Result<Value, ServiceErrors>>) -> Answer {
        let failed = answers.iter().any(Result::is_err);
        let status = if failed && !self.settings.switches.bulk_status_200 {
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
            headers: Vec::new(),
        }
    }

    /// Saves an object or each element of an array.
    pub(super) fn save_each(
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
            body => Ok(Answer::ok(save(self, body)?)),
        }
    }

    pub(super) fn page(
        &self,
        call: &Call<'_>,
        (path, row_type, rows): (&str, &str, Vec<Value>),
    ) -> Outcome {
        let largest = self.settings.page_limit;
        Ok(Answer::ok(nested_page(
            call.links, path, row_type, call.query, rows, largest,
        )?))
    }
}

impl<'a> Call<'a> {
    pub(super) fn expand(&self, kind: &EntityType) -> Result<Expand, ServiceErrors> {
        Expand::parse(self.query.get("expand").unwrap_or_default(), kind)
    }

    /// The body: an object or an array.
    pub(super) fn body(&self) -> Result<&'a Value, ServiceErrors> {
        match self.body {
            Some(body @ (Value::Object(_) | Value::Array(_))) => Ok(body),
            _ => Err(ServiceErrors::neither_object_nor_array()),
        }
    }

    /// The body of an update: one object.
    pub(super) fn object(&self) -> Result<&'a Value, ServiceErrors> {
        match self.body()? {
            Value::Array(_) => Err(ServiceErrors::array_in_update()),
            body => Ok(body),
        }
    }

    /// The elements of a bulk request.
    pub(super) fn rows(&self) -> Result<&'a [Value], ServiceErrors> {
        match self.body()? {
            Value::Array(rows) if rows.len() > MOST_ROWS => Err(ServiceErrors::too_many_objects()),
            Value::Array(rows) => Ok(rows),
            body => Ok(std::slice::from_ref(body)),
        }
    }
}
