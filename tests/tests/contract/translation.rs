//! Schemas of OpenAPI 3.0 as JSON Schema 2020-12, read strictly.
//!
//! What differs is translated so that nothing passes that the description does not name:
//!
//! * `allOf` is merged, and every object is closed: a property that no part names is an error.
//! * `oneOf`, `anyOf` and discriminators become a choice by what tells the branches apart: the
//!   property named, or `meta.type`. The branches overlap, since hardly anything is required, so
//!   that neither "exactly one" nor "any" would say what is meant.
//! * A discriminator that is absent selects the base alone.
//! * `readOnly` properties are refused in requests, and required in answers only.
//! * `nullable` allows null, also beside `$ref` and `allOf`.
//! * A collection (`meta` and `rows`) also says what the elements of a plain array would be: an
//!   array in its place is an error, but its elements are judged all the same.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

/// Who speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Side {
    Request,
    Answer,
}

/// Keywords that mean the same in both languages.
const PLAIN: [&str; 8] = [
    "type",
    "format",
    "enum",
    "minimum",
    "maximum",
    "maxLength",
    "minItems",
    "maxItems",
];

/// The name of the translated schema among the definitions.
pub(crate) const ROOT: &str = "body";

/// Translates a schema with all it refers to.
pub(crate) fn translate(components: &Map<String, Value>, side: Side, schema: &Value) -> Value {
    let mut translation = Translation {
        components,
        side,
        definitions: Map::new(),
    };
    let root = translation.place(schema);
    translation.definitions.insert(ROOT.to_owned(), root);
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$defs": translation.definitions,
        "$ref": format!("#/$defs/{ROOT}"),
    })
}

struct Translation<'a> {
    components: &'a Map<String, Value>,
    side: Side,
    definitions: Map<String, Value>,
}

/// A schema with its `allOf` merged.
#[derive(Clone, Default)]
struct Parts {
    properties: Map<String, Value>,
    required: BTreeSet<String>,
    plain: Map<String, Value>,
    items: Option<Value>,
    nullable: bool,
    choice: Vec<Branch>,
}

/// One branch of a choice.
#[derive(Clone)]
struct Branch {
    /// What tells the branch from the others; none for all that is left.
    when: Option<Value>,
    /// The branch; none for the base alone.
    schema: Option<Value>,
}

impl Translation<'_> {
    /// A schema where a value stands.
    fn place(&mut self, schema: &Value) -> Value {
        let Some(name) = reference(schema) else {
            return self.whole(schema);
        };
        let (name, component) = self.component(name);
        if !self.definitions.contains_key(&name) {
            // Schemas refer to one another in circles.
            self.definitions.insert(name.clone(), Value::Bool(true));
            let whole = self.whole(&component);
            self.definitions.insert(name.clone(), whole);
        }
        let link = json!({"$ref": format!("#/$defs/{name}")});
        or_null(link, is(schema, "nullable"))
    }

    /// The component that a name means; some names stand for others.
    fn component(&self, name: &str) -> (String, Value) {
        let component = self
            .components
            .get(name)
            .unwrap_or_else(|| panic!("the description has no component {name}"));
        match reference(component) {
            Some(other) => self.component(other),
            None => (name.to_owned(), component.clone()),
        }
    }

    fn whole(&mut self, schema: &Value) -> Value {
        let mut parts = Parts::default();
        self.gather(schema, &mut parts, false);
        let mut otherwise = Value::Bool(false);
        let choice = std::mem::take(&mut parts.choice);
        if choice.is_empty() {
            return self.merged(parts);
        }
        for Branch { when, schema } in choice.into_iter().rev() {
            let branch = match schema {
                None => self.merged(parts.clone()),
                Some(schema) => self.branch(&schema, &parts),
            };
            otherwise = match when {
                Some(when) => json!({"if": when, "then": branch, "else": otherwise}),
                None => branch,
            };
        }
        or_null(otherwise, parts.nullable)
    }

    /// A branch of a choice, with what the schema says beside the choice.
    fn branch(&mut self, schema: &Value, beside: &Parts) -> Value {
        let mut parts = Parts::default();
        self.gather(schema, &mut parts, true);
        let adds = beside
            .properties
            .keys()
            .any(|name| !parts.properties.contains_key(name))
            || !beside.required.is_subset(&parts.required);
        if !adds {
            return self.place(schema);
        }
        parts.properties.extend(beside.properties.clone());
        parts.required.extend(beside.required.clone());
        self.merged(parts)
    }

    /// Merges a schema into the parts; a base does not choose among those that are based on it.
    fn gather(&self, schema: &Value, parts: &mut Parts, as_base: bool) {
        if let Some(name) = reference(schema) {
            let (_, component) = self.component(name);
            return self.gather(&component, parts, as_base);
        }
        let own = schema.get("properties").and_then(Value::as_object);
        let merged = schema.get("allOf").and_then(Value::as_array);
        for part in merged.into_iter().flatten() {
            self.gather(part, parts, as_base || own.is_some());
        }
        parts.properties.extend(own.cloned().unwrap_or_default());
        parts.required.extend(texts(schema.get("required")));
        for keyword in PLAIN {
            if let Some(value) = schema.get(keyword) {
                parts.plain.insert(keyword.to_owned(), value.clone());
            }
        }
        if is(schema, "exclusiveMinimum")
            && let Some(minimum) = parts.plain.remove("minimum")
        {
            parts.plain.insert("exclusiveMinimum".to_owned(), minimum);
        }
        if let Some(items) = schema.get("items") {
            parts.items = Some(items.clone());
        }
        parts.nullable |= is(schema, "nullable") && !as_base;
        for keyword in ["oneOf", "anyOf"] {
            if let Some(branches) = schema.get(keyword).and_then(Value::as_array) {
                parts.choice = self.told_apart(branches);
            }
        }
        if !as_base {
            parts.choice.extend(discriminated(schema));
        }
    }

    fn told_apart(&self, branches: &[Value]) -> Vec<Branch> {
        let mut choice: Vec<Branch> = branches
            .iter()
            .map(|schema| Branch {
                when: self.mark(schema),
                schema: Some(schema.clone()),
            })
            .collect();
        choice.sort_by_key(|branch| branch.when.is_none());
        let unmarked = choice.iter().filter(|branch| branch.when.is_none()).count();
        assert!(unmarked < 2, "nothing tells these apart: {branches:?}");
        choice
    }

    /// What instances of a schema have that those of others have not.
    fn mark(&self, schema: &Value) -> Option<Value> {
        let schema =
            reference(schema).map_or_else(|| schema.clone(), |name| self.component(name).1);
        if let Some(word) = schema.pointer("/x-entity-static-builder/type") {
            return Some(meta_type(word));
        }
        if schema.get("type")? == "array" {
            return Some(json!({"type": "array"}));
        }
        let required = schema.get("required")?;
        Some(json!({"type": "object", "required": required}))
    }

    fn merged(&mut self, parts: Parts) -> Value {
        let Parts {
            properties,
            mut required,
            plain: mut schema,
            items,
            nullable,
            ..
        } = parts;
        let rows = properties
            .contains_key("meta")
            .then(|| properties.get("rows")?.get("items"))
            .flatten()
            .cloned();
        if let Some(items) = items.or(rows) {
            let items = self.place(&items);
            schema.insert("items".to_owned(), items);
        }
        if nullable {
            if let Some(name) = schema.get("type").cloned() {
                schema.insert("type".to_owned(), json!([name, "null"]));
            }
            if let Some(words) = schema.get_mut("enum").and_then(Value::as_array_mut) {
                words.push(Value::Null);
            }
        }
        if !properties.is_empty() {
            let mut translated = Map::new();
            for (name, property) in &properties {
                let property = if self.side == Side::Request && is(property, "readOnly") {
                    required.remove(name);
                    Value::Bool(false)
                } else {
                    self.place(property)
                };
                translated.insert(name.clone(), property);
            }
            schema.insert("properties".to_owned(), translated.into());
            schema.insert("additionalProperties".to_owned(), false.into());
        }
        if !required.is_empty() {
            schema.insert("required".to_owned(), json!(required));
        }
        schema.into()
    }
}

/// The choice that a discriminator makes, also one of the vendor's own kind.
fn discriminated(schema: &Value) -> Vec<Branch> {
    let mut choice = Vec::new();
    if let Some(discriminator) = schema.get("discriminator") {
        let name = &discriminator["propertyName"];
        let mapping = discriminator["mapping"].as_object();
        for (word, target) in mapping.into_iter().flatten() {
            choice.push(Branch {
                when: Some(json!({
                    "properties": {name.as_str().unwrap(): {"const": word}}, "required": [name],
                })),
                schema: Some(json!({"$ref": target})),
            });
        }
        choice.push(Branch {
            when: Some(json!({"not": {"required": [name]}})),
            schema: None,
        });
    }
    if let Some(discriminator) = schema.get("x-polymorphic-discriminator") {
        if is(discriminator, "batchErrorFallback") {
            choice.push(Branch {
                when: Some(json!({"required": ["errors"]})),
                schema: Some(json!({"$ref": "#/components/schemas/error"})),
            });
        }
        let mappings = discriminator["mappings"].as_array();
        for mapping in mappings.into_iter().flatten() {
            let name = mapping["componentName"].as_str().unwrap();
            choice.push(Branch {
                when: Some(meta_type(&mapping["type"])),
                schema: Some(json!({"$ref": format!("#/components/schemas/{name}")})),
            });
        }
    }
    choice
}

fn meta_type(word: &Value) -> Value {
    json!({
        "type": "object",
        "properties": {"meta": {"properties": {"type": {"const": word}}, "required": ["type"]}},
        "required": ["meta"],
    })
}

fn or_null(schema: Value, nullable: bool) -> Value {
    if nullable {
        json!({"if": {"type": "null"}, "else": schema})
    } else {
        schema
    }
}

/// The name of the component that a schema refers to, also by an `allOf` of nothing else.
fn reference(schema: &Value) -> Option<&str> {
    if let Some(link) = schema.get("$ref") {
        return link.as_str()?.rsplit('/').next();
    }
    let more = [
        "properties",
        "required",
        "discriminator",
        "x-polymorphic-discriminator",
    ];
    match schema.get("allOf")?.as_array()?.as_slice() {
        [one] if more.iter().all(|keyword| schema.get(keyword).is_none()) => reference(one),
        _ => None,
    }
}

fn is(schema: &Value, flag: &str) -> bool {
    schema.get(flag).and_then(Value::as_bool) == Some(true)
}

fn texts(list: Option<&Value>) -> impl Iterator<Item = String> {
    let list = list.and_then(Value::as_array);
    list.into_iter()
        .flatten()
        .map(|text| text.as_str().unwrap().to_owned())
}
