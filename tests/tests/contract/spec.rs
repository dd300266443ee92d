//! The vendor's description of the API, and the operation that a request is.

use std::path::Path;

use serde_json::{Map, Value};

/// The description's file in the folder that the environment names.
const FILE: &str = "moysklad-openapi.json";

/// An OpenAPI description.
pub(crate) struct Spec {
    paths: Map<String, Value>,
    pub(crate) components: Map<String, Value>,
    root: Value,
}

/// One operation of it.
pub(crate) struct Operation<'a> {
    /// Method and path template.
    pub(crate) name: String,
    pub(crate) parameters: Vec<Parameter<'a>>,
    pub(crate) request: Option<&'a Value>,
    responses: &'a Map<String, Value>,
    spec: &'a Spec,
}

/// A parameter, and for one of the path what stands in its place.
pub(crate) struct Parameter<'a> {
    pub(crate) name: &'a str,
    /// `query`, `header` or `path`.
    pub(crate) place: &'a str,
    pub(crate) schema: &'a Value,
    pub(crate) in_path: Option<String>,
}

impl Spec {
    /// Reads the description from the folder `SPEC_DIR`; none if the environment names none.
    pub(crate) fn of_environment() -> Option<Self> {
        let folder = std::env::var_os("SPEC_DIR")?;
        let file = Path::new(&folder).join(FILE);
        let text = std::fs::read_to_string(&file)
            .unwrap_or_else(|error| panic!("SPEC_DIR is set, but it has no {FILE}: {error}"));
        Some(Self::new(serde_json::from_str(&text).unwrap()))
    }

    pub(crate) fn new(root: Value) -> Self {
        let object = |pointer: &str| {
            let value = root.pointer(pointer).and_then(Value::as_object);
            value.cloned().unwrap_or_default()
        };
        Self {
            paths: object("/paths"),
            components: object("/components/schemas"),
            root,
        }
    }

    /// The names of all operations on the objects of a type.
    pub(crate) fn operations_of(&self, keyword: &str) -> Vec<String> {
        let list = format!("/entity/{keyword}");
        let below = format!("{list}/");
        self.paths
            .iter()
            .filter(|(path, _)| **path == list || path.starts_with(&below))
            .flat_map(|(path, item)| {
                let methods = item.as_object().unwrap().keys();
                methods.map(move |method| format!("{} {path}", method.to_uppercase()))
            })
            .collect()
    }

    /// The operation that a request is; an array goes to the list's address on the wire, and to
    /// an address of its own in the description, which cannot tell bodies apart.
    pub(crate) fn operation(&self, method: &str, path: &str, array: bool) -> Option<Operation<'_>> {
        let bulk = format!("{path}/batch");
        let bulk = (array && method == "POST")
            .then(|| self.template(&bulk, method))
            .flatten();
        let (template, in_path) = bulk.or_else(|| self.template(path, method))?;
        let operation = &self.paths[template][method.to_lowercase()];
        let parameters = operation["parameters"].as_array();
        let parameters = parameters.into_iter().flatten().map(|parameter| {
            let parameter = self.resolve(parameter);
            let name = parameter["name"].as_str().unwrap();
            let mut in_path = in_path.iter();
            Parameter {
                name,
                place: parameter["in"].as_str().unwrap(),
                schema: &parameter["schema"],
                in_path: in_path
                    .find(|(key, _)| key == name)
                    .map(|(_, value)| value.clone()),
            }
        });
        Some(Operation {
            name: format!("{method} {template}"),
            parameters: parameters.collect(),
            request: operation.get("requestBody"),
            responses: operation["responses"].as_object().unwrap(),
            spec: self,
        })
    }

    /// The template that a path fits and what stands in its gaps; words before gaps.
    fn template(&self, path: &str, method: &str) -> Option<(&str, Vec<(String, String)>)> {
        let method = method.to_lowercase();
        self.paths
            .iter()
            .filter(|(_, item)| item.get(&method).is_some())
            .filter_map(|(template, _)| Some((template.as_str(), gaps(template, path)?)))
            .min_by_key(|(_, gaps)| gaps.len())
    }

    fn resolve<'a>(&'a self, value: &'a Value) -> &'a Value {
        match value.get("$ref").and_then(Value::as_str) {
            Some(link) => self.root.pointer(link.trim_start_matches('#')).unwrap(),
            None => value,
        }
    }
}

impl<'a> Operation<'a> {
    /// What is said of answers with this status.
    pub(crate) fn response(&self, status: u16) -> Option<&'a Value> {
        let exact = self.responses.get(&status.to_string());
        let response = exact.or_else(|| self.responses.get("default"))?;
        Some(self.spec.resolve(response))
    }
}

/// What stands in the gaps of a template, if the path fits it.
fn gaps(template: &str, path: &str) -> Option<Vec<(String, String)>> {
    let (template, path): (Vec<_>, Vec<_>) =
        (template.split('/').collect(), path.split('/').collect());
    if template.len() != path.len() {
        return None;
    }
    let mut gaps = Vec::new();
    for (word, part) in template.into_iter().zip(path) {
        match word
            .strip_prefix('{')
            .and_then(|word| word.strip_suffix('}'))
        {
            Some(name) => gaps.push((name.to_owned(), part.to_owned())),
            None if word == part => {}
            None => return None,
        }
    }
    Some(gaps)
}
