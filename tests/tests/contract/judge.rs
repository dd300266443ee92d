//! Where what was said departs from the description.

use std::collections::{BTreeMap, HashMap};
use std::fmt;

use jsonschema::error::ValidationErrorKind;
use jsonschema::{Draft, ValidationError, Validator};
use serde_json::Value;

use crate::recorder::{Content, Exchange};
use crate::spec::{Operation, Parameter, Spec};
use crate::translation::{ROOT, Side, translate};

/// One way in which something departs from the description.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Finding {
    pub(crate) side: Side,
    /// The property of a component, or the operation.
    pub(crate) place: String,
    /// What is broken: a keyword, or a word of this module.
    pub(crate) rule: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { side, place, rule } = self;
        write!(f, "({side:?}, {place:?}, {rule:?})")
    }
}

/// Holds exchanges against a description.
pub(crate) struct Judge<'a> {
    spec: &'a Spec,
    validators: HashMap<(Side, String), Validator>,
    /// Each finding with the first exchange that shows it.
    pub(crate) findings: BTreeMap<Finding, String>,
    /// The operations met.
    pub(crate) operations: Vec<String>,
}

impl<'a> Judge<'a> {
    pub(crate) fn new(spec: &'a Spec) -> Self {
        Self {
            spec,
            validators: HashMap::new(),
            findings: BTreeMap::new(),
            operations: Vec::new(),
        }
    }

    /// Judges a request and its answer.
    pub(crate) fn hear(&mut self, exchange: &Exchange) {
        let Exchange { method, path, .. } = exchange;
        let array = exchange.request.json.as_ref().is_some_and(Value::is_array);
        let Some(operation) = self.spec.operation(method, path, array) else {
            let name = format!("{method} {}", without_ids(path));
            self.note(Side::Request, name, "operation", exchange);
            return;
        };
        self.hear_parameters(&operation, exchange);
        self.hear_request(&operation, exchange);
        self.hear_answer(&operation, exchange);
        self.operations.push(operation.name);
    }

    fn hear_parameters(&mut self, operation: &Operation<'_>, exchange: &Exchange) {
        for Parameter {
            name,
            place,
            schema,
            in_path,
        } in &operation.parameters
        {
            let values: Vec<&String> = match *place {
                "query" => values(&exchange.query, name),
                "header" => values(&exchange.headers, &name.to_lowercase()),
                _ => in_path.iter().collect(),
            };
            for value in values {
                let value = match value.parse::<i64>() {
                    Ok(number) if schema["type"] == "integer" => number.into(),
                    _ => Value::String(value.clone()),
                };
                for (_, rule) in self.broken(Side::Request, schema, &value) {
                    let rule = format!("{place} {name} {rule}");
                    self.note(Side::Request, operation.name.clone(), rule, exchange);
                }
            }
        }
        for (name, _) in &exchange.query {
            let mut known = operation.parameters.iter();
            if !known.any(|parameter| parameter.place == "query" && parameter.name == name) {
                let rule = format!("query {name}");
                self.note(Side::Request, operation.name.clone(), rule, exchange);
            }
        }
    }

    fn hear_request(&mut self, operation: &Operation<'_>, exchange: &Exchange) {
        if one_by_one(operation, exchange) {
            self.note(Side::Request, operation.name.clone(), "array", exchange);
        }
        let content = operation.request.map(|request| &request["content"]);
        self.hear_body(Side::Request, operation, content, exchange);
    }

    fn hear_answer(&mut self, operation: &Operation<'_>, exchange: &Exchange) {
        let mut status = exchange.status;
        let rows = exchange.answer.json.as_ref().and_then(Value::as_array);
        if status >= 400
            && rows.is_some_and(|rows| rows.iter().any(|row| row.get("errors").is_none()))
        {
            let rule = format!("status {status} though rows were saved");
            self.note(Side::Answer, operation.name.clone(), rule, exchange);
            status = 200;
        }
        if let Some(response) = operation.response(status) {
            let content = response.get("content");
            self.hear_body(Side::Answer, operation, content, exchange);
        } else {
            let rule = format!("status {status}");
            self.note(Side::Answer, operation.name.clone(), rule, exchange);
        }
    }

    /// Judges a body by what is described for each media type; none for no body.
    fn hear_body(
        &mut self,
        side: Side,
        operation: &Operation<'_>,
        described: Option<&Value>,
        exchange: &Exchange,
    ) {
        let Content { media_type, json } = match side {
            Side::Request => &exchange.request,
            Side::Answer => &exchange.answer,
        };
        let name = || operation.name.clone();
        let (described, json) = match (described, json) {
            (None, None) => return,
            (Some(_), None) => return self.note(side, name(), "no body", exchange),
            (None, Some(_)) => return self.note(side, name(), "body", exchange),
            (Some(described), Some(json)) => (described, json),
        };
        let media_type = media_type.as_deref().unwrap_or("none");
        let Some(media) = described.get(media_type) else {
            return self.note(side, name(), format!("media type {media_type}"), exchange);
        };
        let elements = match json {
            Value::Array(elements) if one_by_one(operation, exchange) => elements.as_slice(),
            _ => std::slice::from_ref(json),
        };
        for element in elements {
            for (place, rule) in self.broken(side, &media["schema"], element) {
                let place = match place.strip_prefix(ROOT) {
                    Some(rest) => format!("{}{rest}", operation.name),
                    None => place,
                };
                self.note(side, place, rule, exchange);
            }
        }
    }

    fn broken(&mut self, side: Side, schema: &Value, value: &Value) -> Vec<(String, String)> {
        let validator = self.validators.entry((side, schema.to_string()));
        let validator = validator.or_insert_with(|| {
            let schema = translate(&self.spec.components, side, schema);
            jsonschema::options()
                .with_draft(Draft::Draft202012)
                .should_validate_formats(true)
                .build(&schema)
                .unwrap_or_else(|error| panic!("{error}"))
        });
        validator
            .iter_errors(value)
            .flat_map(|error| read(&error))
            .collect()
    }

    fn note(&mut self, side: Side, place: String, rule: impl Into<String>, exchange: &Exchange) {
        let Exchange {
            method,
            path,
            status,
            ..
        } = exchange;
        let seen = format!("{method} {path} -> {status}");
        let rule = rule.into();
        self.findings
            .entry(Finding { side, place, rule })
            .or_insert(seen);
    }
}

/// Whether many objects go to an operation that is described for one.
fn one_by_one(operation: &Operation<'_>, exchange: &Exchange) -> bool {
    let many = exchange.request.json.as_ref().is_some_and(Value::is_array);
    let schema = operation
        .request
        .and_then(|request| request.pointer("/content/application~1json/schema"));
    // A choice of one object or many describes both.
    many && schema.is_some_and(|schema| schema["type"] != "array" && schema["oneOf"].is_null())
}

/// Where in the components an error lies, and what it breaks.
fn read(error: &ValidationError<'_>) -> Vec<(String, String)> {
    let path = error.schema_path().to_string();
    let place = place(&path);
    let at = |rule: &str| vec![(place.clone(), rule.to_owned())];
    match error.kind() {
        ValidationErrorKind::AdditionalProperties { unexpected } => unexpected
            .iter()
            .map(|name| (format!("{place}.{name}"), "unknown".to_owned()))
            .collect(),
        ValidationErrorKind::Required { property } => {
            let name = property.as_str().unwrap();
            vec![(format!("{place}.{name}"), "required".to_owned())]
        }
        ValidationErrorKind::FalseSchema if path.ends_with("/else") => at("variant"),
        ValidationErrorKind::FalseSchema => at("readOnly"),
        ValidationErrorKind::Format { format } => at(&format!("format {format}")),
        ValidationErrorKind::Type { .. } if error.instance().is_null() => at("null"),
        kind => at(kind.keyword()),
    }
}

/// `/$defs/order/properties/rows/items/type` as `order.rows[]`.
fn place(path: &str) -> String {
    let mut place = String::new();
    let mut segments = path.split('/').skip(1);
    while let Some(segment) = segments.next() {
        match segment {
            "$defs" => {
                place.clear();
                place.push_str(segments.next().unwrap_or_default());
            }
            "properties" => {
                place.push('.');
                place.push_str(segments.next().unwrap_or_default());
            }
            "items" => place.push_str("[]"),
            // The choice of a branch, and the keyword itself.
            _ => {}
        }
    }
    place
}

fn values<'v>(pairs: &'v [(String, String)], name: &str) -> Vec<&'v String> {
    let of_name = pairs.iter().filter(|(key, _)| key == name);
    of_name.map(|(_, value)| value).collect()
}

fn without_ids(path: &str) -> String {
    let is_id = |part: &str| part.len() == 36 && part.matches('-').count() == 4;
    let parts = path
        .split('/')
        .map(|part| if is_id(part) { "{id}" } else { part });
    parts.collect::<Vec<_>>().join("/")
}
