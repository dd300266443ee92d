//! The audit (аудит): who did what, and what changed.

use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::entity_types::{self, EntityType};
use super::error::ServiceErrors;
use super::filter::{Condition, Operator, conditions};
use super::href::Target;
use super::journal::{Context, Deed, Event};
use super::json::object;
use super::list::list_meta;
use super::moment::Moment;
use super::query::{Page, Query};
use super::render::Renderer;
use super::world::World;

/// The usual and the largest page of the audit.
pub(crate) const PAGE: (usize, usize) = (25, 100);

/// Sources that the filter knows; `jsonapi` covers all versions of this API.
const SOURCES: [&str; 24] = [
    "registration",
    "clearrecyclebin",
    "combine",
    "bulkcreate",
    "connectors",
    "copy",
    "emailsend",
    "evotor",
    "export",
    "exportediclient1c",
    "import",
    "import1c",
    "importAlfabank",
    "importModulebank",
    "importTinkoffbank",
    "importTochkabank",
    "importediclient1c",
    "jsonapi",
    "loginlogout",
    "phone-1.0",
    "posapi",
    "restapi",
    "retail",
    "scriptor",
];

impl Renderer<'_> {
    /// A page of contexts, newest first.
    pub(crate) fn audit(&self, query: &Query) -> Result<Value, ServiceErrors> {
        let page = query.page_of(PAGE)?;
        let filter = AuditFilter::parse(&query.joined("filter"))?;
        let contexts = self.world.journal.contexts.iter().rev();
        let found: Vec<&Context> = contexts
            .filter(|context| filter.matches(self.world, context))
            .collect();
        let rows = found.iter().skip(page.offset).take(page.limit);
        let rows: Vec<Value> = rows.map(|context| self.audit_context(context)).collect();
        Ok(self.audit_page("audit", "audit", query, (page, found.len()), rows))
    }

    /// The events of one context, newest first.
    pub(crate) fn audit_events(&self, id: Uuid, query: &Query) -> Result<Value, ServiceErrors> {
        let context = self.world.journal.context(id);
        let context = context.ok_or_else(|| ServiceErrors::not_found("audit", id))?;
        let page = query.page_of(PAGE)?;
        let events = context.events.iter().rev();
        let rows = events.skip(page.offset).take(page.limit);
        let rows = rows.map(|event| self.audit_event(context, event)).collect();
        let path = format!("audit/{id}/events");
        Ok(self.audit_page(
            &path,
            "auditevent",
            query,
            (page, context.events.len()),
            rows,
        ))
    }

    /// The events of one object, newest first.
    pub(crate) fn object_audit(
        &self,
        kind: &EntityType,
        id: Uuid,
        query: &Query,
    ) -> Result<Value, ServiceErrors> {
        let page = query.page_of(PAGE)?;
        let found: Vec<_> = self.world.journal.of_object(id).collect();
        if found.is_empty() {
            self.world.row(kind, id)?;
        }
        let rows = found.iter().skip(page.offset).take(page.limit);
        let rows = rows.map(|(context, event)| self.audit_event(context, event));
        let path = format!("entity/{}/{id}/audit", kind.keyword);
        let rows = rows.collect();
        Ok(self.audit_page(&path, "auditevent", query, (page, found.len()), rows))
    }

    fn audit_page(
        &self,
        path: &str,
        row_type: &str,
        query: &Query,
        extent: (Page, usize),
        rows: Vec<Value>,
    ) -> Value {
        let meta = list_meta(self.links, path, row_type, query, extent);
        object([
            ("context", self.context()),
            ("meta", meta),
            ("rows", rows.into()),
        ])
    }

    /// One context; what is the same in all its events stands in it too.
    pub(crate) fn audit_context(&self, context: &Context) -> Value {
        let base = self.links.base;
        let size = context.events.len();
        let mut shown = Map::new();
        shown.insert("meta".into(), self.audit_meta(context.id));
        shown.insert("id".into(), context.id.to_string().into());
        shown.insert("uid".into(), (*context.origin.uid).into());
        shown.insert("source".into(), context.origin.source.word().into());
        shown.insert("moment".into(), context.moment.text().into());
        shown.insert("objectCount".into(), size.into());
        if let Some(word) = same(context.events.iter().map(|event| event.deed.word())) {
            shown.insert("eventType".into(), word.into());
        }
        if let Some(word) = same(context.events.iter().map(|event| event.kind.keyword)) {
            shown.insert("entityType".into(), word.into());
        }
        let events = json!({"meta": {
            "href": format!("{base}/audit/{}/events", context.id),
            "type": "auditevent",
            "mediaType": "application/json",
            "size": size,
            "limit": PAGE.0,
            "offset": 0,
        }});
        shown.insert("events".into(), events);
        shown.into()
    }

    fn audit_event(&self, context: &Context, event: &Event) -> Value {
        let mut shown = Map::new();
        shown.insert("source".into(), context.origin.source.word().into());
        shown.insert("eventType".into(), event.deed.word().into());
        shown.insert("entityType".into(), event.kind.keyword.into());
        shown.insert("uid".into(), (*context.origin.uid).into());
        shown.insert("moment".into(), context.moment.text().into());
        if let Some(diff) = &event.diff {
            let mut diff = Value::Object(diff.as_ref().clone());
            self.links.rebase(&mut diff);
            shown.insert("diff".into(), diff);
        }
        let row = self.world.store.row(event.kind, event.id);
        let name = row.and_then(|row| row.fields.text("name"));
        if let Some(name) = event.name.as_deref().or(name) {
            shown.insert("name".into(), name.into());
        }
        if let Some(info) = row.and_then(|row| self.additional_info(event.kind, row)) {
            shown.insert("additionalInfo".into(), info.into());
        }
        let audit = json!({"meta": self.audit_meta(context.id)});
        shown.insert("audit".into(), audit);
        let entity = json!({"meta": self.object_meta(event.kind, event.id)});
        shown.insert("entity".into(), entity);
        shown.into()
    }

    fn audit_meta(&self, id: Uuid) -> Value {
        json!({
            "href": format!("{}/audit/{id}", self.links.base),
            "type": "audit",
            "mediaType": "application/json",
        })
    }
}

/// The words that the filters of the audit take.
pub(crate) fn audit_filters() -> Value {
    let values =
        |words: &[&str]| -> Vec<Value> { words.iter().map(|word| Value::from(*word)).collect() };
    let types: Vec<&str> = entity_types::ALL
        .iter()
        .filter(|kind| kind.is_watched())
        .map(|kind| kind.keyword)
        .collect();
    json!({
        "source": values(&SOURCES),
        "entitytype": values(&types),
        "eventtype": values(&Deed::WORDS),
    })
}

/// Whether all items are the same: that item.
fn same<'a>(mut items: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let first = items.next()?;
    items.all(|item| item == first).then_some(first)
}

/// The conditions of a list of contexts.
#[derive(Debug, Default)]
struct AuditFilter {
    since: Option<Moment>,
    until: Option<Moment>,
    employees: Vec<Uuid>,
    event_types: Vec<String>,
    sources: Vec<String>,
    uids: Vec<String>,
    entity_types: Vec<String>,
}

impl AuditFilter {
    fn parse(text: &str) -> Result<Self, ServiceErrors> {
        let mut filter = Self::default();
        for Condition {
            field,
            operator,
            value,
        } in conditions(text)?
        {
            let bound = match (field.as_str(), operator) {
                ("moment", Operator::GreaterOrEqual) => Some(&mut filter.since),
                ("moment", Operator::LessOrEqual) => Some(&mut filter.until),
                ("moment", _) => {
                    let text = "для поля 'moment' доступны операторы '>=' и '<='";
                    return Err(ServiceErrors::filter(text));
                }
                _ => None,
            };
            if let Some(bound) = bound {
                let moment = Moment::parse(&value);
                let moment = moment.ok_or_else(|| ServiceErrors::filter_date(&field))?;
                bound.get_or_insert(moment);
                continue;
            }
            if operator != Operator::Equal {
                let text = format!(
                    "оператор '{}' недоступен для поля '{field}'",
                    operator.text()
                );
                return Err(ServiceErrors::filter(text));
            }
            filter.add(&field, value)?;
        }
        Ok(filter)
    }

    fn add(&mut self, field: &str, value: String) -> Result<(), ServiceErrors> {
        match field {
            "employee" | "application" => {
                let id = Target::parse(&value).and_then(Target::id);
                let wrong = || ServiceErrors::filter_value(field, &value);
                self.employees.push(id.ok_or_else(wrong)?);
            }
            "eventType" | "eventtype" if !Deed::WORDS.contains(&value.as_str()) => {
                return Err(ServiceErrors::filter_choice(field, &Deed::WORDS));
            }
            "eventType" | "eventtype" => self.event_types.push(value),
            "source" if !SOURCES.contains(&value.as_str()) => {
                return Err(ServiceErrors::filter_choice(field, &SOURCES));
            }
            "source" => self.sources.push(value),
            "uid" => self.uids.push(value),
            "entityType" | "entitytype" => self.entity_types.push(value),
            _ => {
                let text = format!("неизвестное поле фильтрации '{field}'");
                return Err(ServiceErrors::filter(text));
            }
        }
        Ok(())
    }

    fn matches(&self, world: &World, context: &Context) -> bool {
        let moment = context.moment;
        let any = |wanted: &[String], has: &dyn Fn(&str) -> bool| {
            wanted.is_empty() || wanted.iter().any(|word| has(word))
        };
        let events = &context.events;
        let source = match context.origin.source.word() {
            "remap-1.2" => "jsonapi",
            other => other,
        };
        self.since.is_none_or(|since| moment >= since)
            && self.until.is_none_or(|until| moment <= until)
            && (self.employees.is_empty()
                || self
                    .employees
                    .contains(&world.employee_of(&context.origin.uid)))
            && any(&self.sources, &|word| word == source)
            && any(&self.uids, &|word| *word == *context.origin.uid)
            && any(&self.event_types, &|word| {
                events.iter().any(|event| event.deed.word() == word)
            })
            && any(&self.entity_types, &|word| {
                events.iter().any(|event| event.kind.keyword == word)
            })
    }
}
