//! Values of fields: read from JSON, checked, made ready to store.

use serde_json::{Map, Value};

use super::datum::{Datum, Fields, Rate, Reference};
use super::entity_types::{EntityType, Field, Kind, Need, Preset};
use super::error::ServiceErrors;
use super::moment::Moment;
use super::world::World;

type Body = Map<String, Value>;

/// What the fields of a body are written into.
pub(crate) struct Draft<'a> {
    pub(crate) owner: &'static EntityType,
    pub(crate) creating: bool,
    pub(crate) at: Moment,
    pub(crate) fields: &'a mut Fields,
}

impl World {
    /// Takes over every field that the body names; gives new objects their defaults.
    pub(crate) fn write_fields(
        &self,
        specs: impl Iterator<Item = &'static Field>,
        body: &Body,
        into: &mut Draft<'_>,
    ) -> Vec<ServiceErrors> {
        specs
            .filter_map(|spec| self.write_field(spec, body, into).err())
            .collect()
    }

    fn write_field(
        &self,
        spec: &'static Field,
        body: &Body,
        into: &mut Draft<'_>,
    ) -> Result<(), ServiceErrors> {
        let given = if spec.read_only {
            None
        } else {
            body.get(spec.name)
        };
        if let Kind::Address { parts } = spec.kind {
            return write_address(spec, parts, body, into.fields);
        }
        let must = match spec.need {
            Need::Optional => false,
            Need::OnCreate => into.creating,
            Need::Always => true,
        };
        match given {
            None if must => Err(ServiceErrors::required(spec.name)),
            None => {
                if into.creating
                    && let Some(datum) = self.preset(spec, into.owner, into.at)
                {
                    into.fields.set(spec.name, datum);
                }
                Ok(())
            }
            Some(Value::Null) => self.clear_field(spec, into),
            Some(value) => {
                match self.datum(spec.name, spec.kind, into.owner, value)? {
                    Some(datum) => into.fields.set(spec.name, datum),
                    None if spec.need != Need::Optional => {
                        return Err(ServiceErrors::required(spec.name));
                    }
                    None => into.fields.remove(spec.name),
                }
                Ok(())
            }
        }
    }

    fn clear_field(&self, spec: &'static Field, into: &mut Draft<'_>) -> Result<(), ServiceErrors> {
        let generated = matches!(spec.preset, Preset::ExternalCode | Preset::Now);
        match spec.kind {
            Kind::Rate => {
                if let Some(datum) = self.preset(spec, into.owner, into.at) {
                    into.fields.set(spec.name, datum);
                }
                Ok(())
            }
            Kind::Link(_) if spec.need != Need::Optional => Err(ServiceErrors::required(spec.name)),
            Kind::Flag => Err(ServiceErrors::wrong_type(spec.name, "Boolean")),
            Kind::Number | Kind::Whole => Err(ServiceErrors::wrong_type(spec.name, "Number")),
            _ if spec.name == "name" || spec.need != Need::Optional || generated => {
                Err(ServiceErrors::wrong_type(spec.name, "String"))
            }
            _ => {
                into.fields.remove(spec.name);
                Ok(())
            }
        }
    }

    /// What a new object gets when the body does not say; static defaults are never stored.
    fn preset(&self, spec: &Field, owner: &EntityType, at: Moment) -> Option<Datum> {
        match spec.preset {
            Preset::Now if matches!(spec.kind, Kind::Minute) => Some(Datum::Moment(at.minute())),
            Preset::Now => Some(Datum::Moment(at)),
            Preset::Author => Some(Datum::Link(Reference {
                kind: "employee",
                id: self.actor.employee,
            })),
            Preset::AuthorGroup => Some(Datum::Link(Reference {
                kind: "group",
                id: self.actor.group,
            })),
            Preset::ExternalCode => Some(Datum::Text(self.mint.external_code())),
            Preset::AccountCurrency => Some(Datum::Rate(Rate {
                currency: self.account.currency,
                value: None,
            })),
            Preset::FirstState => {
                let first = self.registers.states(owner.keyword).first()?;
                Some(Datum::State(first.id))
            }
            Preset::None
            | Preset::Flag(_)
            | Preset::Number(_)
            | Preset::Whole(_)
            | Preset::Text(_)
            | Preset::EmptyList => None,
        }
    }

    /// Reads one value; `None` means that it empties the field.
    pub(crate) fn datum(
        &self,
        name: &str,
        kind: Kind,
        owner: &EntityType,
        value: &Value,
    ) -> Result<Option<Datum>, ServiceErrors> {
        let wrong = |expected| ServiceErrors::wrong_type(name, expected);
        Ok(match kind {
            Kind::Text(most) => text(name, value, most)?.map(Datum::Text),
            Kind::Email => email(name, value)?.map(Datum::Text),
            Kind::Moment => moment(name, value)?.map(Datum::Moment),
            Kind::Minute => moment(name, value)?.map(|at| Datum::Moment(at.minute())),
            Kind::Flag => Some(Datum::Flag(
                value.as_bool().ok_or_else(|| wrong("Boolean"))?,
            )),
            Kind::Number => Some(Datum::Number(
                value.as_f64().ok_or_else(|| wrong("Double"))?,
            )),
            Kind::Whole => Some(Datum::Whole(whole(value).ok_or_else(|| wrong("Int"))?)),
            Kind::Choice(words) => {
                let word = value.as_str().ok_or_else(|| wrong("Enum"))?;
                if !words.contains(&word) {
                    return Err(ServiceErrors::choice(name, word, words));
                }
                Some(Datum::Text(word.to_owned()))
            }
            Kind::Link(types) => Some(Datum::Link(self.reference(name, types, value)?)),
            Kind::State => Some(Datum::State(self.state(owner, value)?)),
            Kind::PriceType => Some(Datum::PriceType(self.price_type(value)?)),
            Kind::Words => Some(Datum::Words(tags(value)?)),
            Kind::Address { .. } => text(name, value, 255)?.map(Datum::Text),
            Kind::Rate => Some(Datum::Rate(self.rate(name, value)?)),
            Kind::Json => Some(Datum::Json(Box::new(value.clone()))),
        })
    }
}

/// Reads a text of at most so many characters; an empty one empties the field.
pub(crate) fn text(
    name: &str,
    value: &Value,
    most: usize,
) -> Result<Option<String>, ServiceErrors> {
    let text = value
        .as_str()
        .ok_or_else(|| ServiceErrors::wrong_type(name, "String"))?;
    if text.chars().count() > most {
        return Err(ServiceErrors::too_long(name, most));
    }
    Ok(Some(text)
        .filter(|text| !text.is_empty())
        .map(str::to_owned))
}

/// Reads a moment; an empty text empties the field.
pub(crate) fn moment(name: &str, value: &Value) -> Result<Option<Moment>, ServiceErrors> {
    let wrong = || ServiceErrors::wrong_type(name, "DateTime");
    match value.as_str().ok_or_else(wrong)? {
        "" => Ok(None),
        text => Moment::parse(text).ok_or_else(wrong).map(Some),
    }
}

/// Reads a whole number, also one written with a zero fraction.
pub(crate) fn whole(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| {
        let number = value.as_f64()?;
        let text = format!("{number:.0}");
        (number.fract() == 0.0).then(|| text.parse().ok()).flatten()
    })
}

fn email(name: &str, value: &Value) -> Result<Option<String>, ServiceErrors> {
    let Some(text) = text(name, value, 255)? else {
        return Ok(None);
    };
    let well_formed = text.split_once('@').is_some_and(|(user, domain)| {
        let inner_dot = domain.trim_matches('.').contains('.') && !domain.contains("..");
        let outer_dot = domain.starts_with('.') || domain.ends_with('.');
        !user.is_empty() && !domain.contains('@') && inner_dot && !outer_dot
    });
    if well_formed && !text.chars().any(char::is_whitespace) {
        Ok(Some(text))
    } else {
        Err(ServiceErrors::email(name))
    }
}

/// Groups come back lower-cased, each once and in an order of the service's own.
fn tags(value: &Value) -> Result<Vec<String>, ServiceErrors> {
    let wrong = || ServiceErrors::wrong_type("tags", "Array(String)");
    let words = value.as_array().ok_or_else(wrong)?;
    let mut tags = Vec::with_capacity(words.len());
    for word in words {
        tags.push(word.as_str().ok_or_else(wrong)?.to_lowercase());
    }
    tags.sort();
    tags.dedup();
    let length: usize = tags.iter().map(|tag| tag.chars().count() + 1).sum();
    if length > 256 {
        return Err(ServiceErrors::tags_too_long());
    }
    Ok(tags)
}

/// The parts of an address, in the order in which they make up the line.
const ADDRESS_PARTS: [&str; 6] = [
    "postalCode",
    "city",
    "street",
    "house",
    "apartment",
    "addInfo",
];

/// Writes an address from its parts or, without them, from its line.
fn write_address(
    spec: &'static Field,
    parts: &'static str,
    body: &Body,
    fields: &mut Fields,
) -> Result<(), ServiceErrors> {
    if let Some(Value::Object(given)) = body.get(parts) {
        let words: Vec<&str> = ADDRESS_PARTS
            .iter()
            .filter_map(|part| given.get(*part)?.as_str())
            .collect();
        fields.set(spec.name, Datum::Text(words.join(", ")));
        fields.set(parts, Datum::Json(Box::new(Value::Object(given.clone()))));
        return Ok(());
    }
    match body.get(spec.name) {
        None => {}
        Some(Value::Null) => {
            fields.remove(spec.name);
            fields.remove(parts);
        }
        Some(value) => {
            if let Some(line) = text(spec.name, value, 255)? {
                let in_parts = serde_json::json!({"addInfo": line});
                fields.set(parts, Datum::Json(Box::new(in_parts)));
                fields.set(spec.name, Datum::Text(line));
            } else {
                fields.remove(spec.name);
                fields.remove(parts);
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_an_address_with_a_user_and_a_domain_is_an_email() {
        for good in ["a@b.ru", "i_v+shop4@mail.example", "Почта@пример.рф"] {
            assert!(email("email", &json!(good)).is_ok(), "{good}");
        }
        for bad in [
            "a", "a@", "@b.ru", "a@b", "a b@c.ru", "a@b..ru", "a@@b.ru", "a@b.ru.",
        ] {
            assert!(email("email", &json!(bad)).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_length_is_counted_in_characters() {
        assert!(text("name", &json!("я".repeat(255)), 255).is_ok());
        assert!(text("name", &json!("я".repeat(256)), 255).is_err());
    }

    #[test]
    fn a_whole_number_may_be_written_with_a_zero_fraction() {
        assert_eq!(whole(&json!(7.0)), Some(7));
        assert_eq!(whole(&json!(7.5)), None);
        assert_eq!(whole(&json!("7")), None);
    }
}
