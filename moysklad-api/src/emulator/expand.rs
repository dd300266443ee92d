//! `expand`: which references an answer shows in full.

use std::collections::BTreeMap;

use super::entity_types::{self, Collection, EntityType, Feature, Field, Kind};
use super::error::ServiceErrors;

/// The deepest path that the service follows.
const DEEPEST: usize = 3;

/// The fields to show in full, and inside each of them the same again.
#[derive(Clone, Debug, Default)]
pub(crate) struct Expand(BTreeMap<String, Expand>);

impl Expand {
    /// Reads `agent,positions.assortment` for an object of one type.
    pub(crate) fn parse(text: &str, kind: &EntityType) -> Result<Self, ServiceErrors> {
        let mut tree = Self::default();
        for path in text
            .split(',')
            .map(str::trim)
            .filter(|path| !path.is_empty())
        {
            if path.split('.').count() > DEEPEST {
                return Err(ServiceErrors::expand(path));
            }
            let steps: Vec<&str> = path.split('.').collect();
            if !expandable(kind, &steps) {
                return Err(ServiceErrors::expand(path));
            }
            tree.add(&steps);
        }
        Ok(tree)
    }

    /// Reads the paths for the rows of a nested collection.
    pub(crate) fn parse_nested(text: &str, of: &Collection) -> Result<Self, ServiceErrors> {
        let mut tree = Self::default();
        for path in text
            .split(',')
            .map(str::trim)
            .filter(|path| !path.is_empty())
        {
            let steps: Vec<&str> = path.split('.').collect();
            let known = match steps.as_slice() {
                ["agent", ..] => of.has_agent,
                [first, rest @ ..] => {
                    let field = of.fields.iter().find(|field| field.name == *first);
                    field.is_some_and(|field| field_expandable(field, rest))
                }
                [] => false,
            };
            if !known || steps.len() > DEEPEST {
                return Err(ServiceErrors::expand(path));
            }
            tree.add(&steps);
        }
        Ok(tree)
    }

    /// Shows the rows of every nested collection of a type.
    pub(crate) fn nested_rows(kind: &EntityType) -> Self {
        let names = kind
            .collections
            .iter()
            .map(|collection| collection.name.to_owned());
        Self(names.map(|name| (name, Self::default())).collect())
    }

    /// What to show inside a field, if the field is to be shown in full.
    pub(crate) fn get(&self, field: &str) -> Option<&Self> {
        self.0.get(field)
    }

    fn add(&mut self, steps: &[&str]) {
        if let [first, rest @ ..] = steps {
            self.0.entry((*first).to_owned()).or_default().add(rest);
        }
    }
}

/// Whether a path leads through fields that can be shown in full.
fn expandable(kind: &EntityType, steps: &[&str]) -> bool {
    let [first, rest @ ..] = steps else {
        return true;
    };
    if let Some(field) = kind.field(first) {
        return field_expandable(field, rest);
    }
    if let Some(collection) = kind.collection(first) {
        return match rest {
            [] => true,
            ["agent", rest @ ..] if collection.has_agent => expandable(kind, rest),
            [inner, rest @ ..] => collection
                .fields
                .iter()
                .find(|field| field.name == *inner)
                .is_some_and(|field| field_expandable(field, rest)),
        };
    }
    let documents = match *first {
        "files" => return kind.has(Feature::Files) && rest.is_empty(),
        "images" => return kind.has(Feature::Images) && rest.is_empty(),
        "operations" => kind.pays.unwrap_or(&[]),
        "payments" if kind.has_positions() => &["paymentin", "cashin"],
        _ => return false,
    };
    rest.is_empty() || any_expandable(documents, rest)
}

fn field_expandable(field: &Field, rest: &[&str]) -> bool {
    match field.kind {
        Kind::Link(types) => rest.is_empty() || any_expandable(types, rest),
        Kind::State | Kind::PriceType => rest.is_empty(),
        Kind::Rate => matches!(rest, [] | ["currency"]),
        _ => false,
    }
}

fn any_expandable(types: &[&str], rest: &[&str]) -> bool {
    types
        .iter()
        .filter_map(|keyword| entity_types::find(keyword))
        .any(|kind| expandable(kind, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(text: &str) -> Result<Expand, ServiceErrors> {
        Expand::parse(text, entity_types::find("customerorder").unwrap())
    }

    #[test]
    fn paths_share_their_beginnings() {
        let tree = order("positions.assortment,positions.assortment.owner,agent").unwrap();

        let assortment = tree.get("positions").unwrap().get("assortment").unwrap();
        assert!(assortment.get("owner").is_some());
        assert!(tree.get("agent").is_some());
        assert!(tree.get("state").is_none());
    }

    #[test]
    fn a_field_that_is_no_reference_cannot_be_expanded() {
        for path in [
            "name",
            "nothing",
            "agent.name",
            "state.name",
            "agent.owner.group.x",
        ] {
            assert_eq!(order(path).unwrap_err().codes(), [1089], "{path}");
        }
    }
}
