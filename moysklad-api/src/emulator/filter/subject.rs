//! What a condition is about: a field of the row or something derived from it.

use std::cmp::Ordering;

use uuid::Uuid;

use super::condition::Operator;
use crate::emulator::datum::{Datum, Row};
use crate::emulator::dictionaries::ELEMENT;
use crate::emulator::entity_types::{EntityType, Feature, Field, Kind, Operators, Preset};
use crate::emulator::error::ServiceErrors;
use crate::emulator::href::Target;
use crate::emulator::moment::Moment;
use crate::emulator::register::{AttributeKind, Register};
use crate::emulator::world::World;

/// What a condition looks at.
#[derive(Debug)]
pub(super) enum Subject {
    Field(&'static Field),
    Id,
    SyncId,
    AccountId,
    IsDeleted,
    StateName,
    /// An object among the positions of a document, or the folder it lies in.
    Assortment,
    /// One of the barcodes (штрихкоды) of a product.
    Barcode,
    AccountNumber,
    UpdatedBy,
    /// The product of a variant, by its id alone.
    ProductId,
    Attribute(Uuid, AttributeKind),
}

/// A value in a filter.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Atom {
    Text(String),
    Number(f64),
    Moment(Moment),
    Flag(bool),
    Id(Uuid),
}

/// A value in a row.
#[derive(Clone, Copy, Debug)]
pub(super) enum Value<'a> {
    Text(&'a str),
    Number(f64),
    Moment(Moment),
    Flag(bool),
    Id(&'a Uuid),
}

/// The values of a subject in one row.
#[derive(Debug)]
pub(super) enum Values<'a> {
    None,
    One(Value<'a>),
    Many(Vec<Value<'a>>),
}

/// How the text of a filter is read.
enum Reading {
    Text,
    Number,
    Moment,
    Flag,
    Uuid,
    Href,
    Choice(&'static [&'static str]),
}

impl Subject {
    pub(super) fn find(
        name: &str,
        kind: &'static EntityType,
        world: &World,
    ) -> Result<Self, ServiceErrors> {
        let unknown = || ServiceErrors::filter(format!("неизвестное поле фильтрации '{name}'"));
        if name.contains("/metadata/attributes/") {
            let id = Target::parse(name)
                .and_then(Target::id)
                .ok_or_else(unknown)?;
            let register = world.registers.register_of(id);
            let register = register.filter(|register| match register {
                Register::Type(keyword) => kind.attributes == Some(keyword),
                Register::Dictionary(_) => kind.keyword == ELEMENT,
            });
            let definition = register.and_then(|register| world.registers.attribute(register, id));
            let definition = definition.ok_or_else(unknown)?;
            return Ok(Self::Attribute(id, definition.kind));
        }
        Ok(match name {
            "id" => Self::Id,
            "syncId" if kind.has(Feature::SyncId) => Self::SyncId,
            "accountId" if kind.has(Feature::AccountId) => Self::AccountId,
            "isDeleted" if kind.is_document() => Self::IsDeleted,
            "state.name" if kind.has(Feature::States) => Self::StateName,
            "assortment" if kind.collection("positions").is_some() => Self::Assortment,
            "accounts.accountnumber" if kind.collection("accounts").is_some() => {
                Self::AccountNumber
            }
            "updatedBy" => Self::UpdatedBy,
            "barcode" if kind.field("barcodes").is_some() => Self::Barcode,
            "productid" if kind.field("product").is_some() => Self::ProductId,
            name => match kind.field(name) {
                Some(field) if field.operators != Operators::None => Self::Field(field),
                _ => return Err(unknown()),
            },
        })
    }

    pub(super) fn allows(&self, operator: Operator) -> bool {
        let operators = match self {
            Self::Field(field) => field.operators,
            Self::AccountNumber | Self::StateName => Operators::Text,
            Self::Attribute(_, kind) => match kind {
                AttributeKind::String | AttributeKind::Text | AttributeKind::Link => {
                    Operators::Text
                }
                AttributeKind::Long | AttributeKind::Double | AttributeKind::Time => {
                    Operators::Comparison
                }
                AttributeKind::Boolean
                | AttributeKind::Reference(_)
                | AttributeKind::Element(_) => Operators::Equality,
                AttributeKind::File => Operators::None,
            },
            _ => Operators::Equality,
        };
        match operators {
            Operators::None => false,
            Operators::Equality => matches!(operator, Operator::Equal | Operator::Unequal),
            Operators::Comparison => !operator.is_about_text(),
            Operators::Text => !operator.is_comparison(),
        }
    }

    /// Reads the value of a condition as this subject's type.
    pub(super) fn read(&self, name: &str, text: &str) -> Result<Atom, ServiceErrors> {
        let wrong = || ServiceErrors::filter_value(name, text);
        Ok(match self.reading() {
            Reading::Text => Atom::Text(text.to_owned()),
            Reading::Number => Atom::Number(text.parse().map_err(|_| wrong())?),
            Reading::Moment => {
                let moment = Moment::parse(text).filter(|moment| moment.is_filterable());
                Atom::Moment(moment.ok_or_else(|| ServiceErrors::filter_date(name))?)
            }
            Reading::Flag => Atom::Flag(text.parse().map_err(|_| wrong())?),
            Reading::Uuid => {
                Atom::Id(Uuid::try_parse(text).map_err(|_| ServiceErrors::malformed_id(text))?)
            }
            Reading::Href => Atom::Id(Target::parse(text).and_then(Target::id).ok_or_else(wrong)?),
            Reading::Choice(words) if words.contains(&text) => Atom::Text(text.to_owned()),
            Reading::Choice(words) => return Err(ServiceErrors::filter_choice(name, words)),
        })
    }

    fn reading(&self) -> Reading {
        match self {
            Self::Id | Self::SyncId | Self::AccountId | Self::ProductId => Reading::Uuid,
            Self::IsDeleted => Reading::Flag,
            Self::Assortment => Reading::Href,
            Self::StateName | Self::AccountNumber | Self::UpdatedBy | Self::Barcode => {
                Reading::Text
            }
            Self::Attribute(_, kind) => match kind {
                AttributeKind::String
                | AttributeKind::Text
                | AttributeKind::Link
                | AttributeKind::File => Reading::Text,
                AttributeKind::Long | AttributeKind::Double => Reading::Number,
                AttributeKind::Time => Reading::Moment,
                AttributeKind::Boolean => Reading::Flag,
                AttributeKind::Reference(_) | AttributeKind::Element(_) => Reading::Href,
            },
            Self::Field(field) => match field.kind {
                Kind::Moment | Kind::Minute => Reading::Moment,
                Kind::Flag => Reading::Flag,
                Kind::Number | Kind::Whole => Reading::Number,
                Kind::Choice(words) => Reading::Choice(words),
                Kind::Link(_) | Kind::State => Reading::Href,
                _ => Reading::Text,
            },
        }
    }

    /// The values that a row has for this subject.
    pub(super) fn values<'a>(
        &'a self,
        kind: &EntityType,
        row: &'a Row,
        world: &'a World,
    ) -> Values<'a> {
        match self {
            Self::Field(field) => match row.fields.get(field.name) {
                Some(datum) => of_datum(datum, world),
                None => of_preset(field.preset),
            },
            Self::Id => Values::One(Value::Id(&row.id)),
            Self::SyncId => row.sync_id.as_ref().map(Value::Id).into(),
            Self::AccountId => Values::One(Value::Id(&world.account.id)),
            Self::IsDeleted => Values::One(Value::Flag(row.is_trashed())),
            Self::StateName => {
                let Some(Datum::State(id)) = row.fields.get("state") else {
                    return Values::None;
                };
                let state = world.registers.state(kind.keyword, *id);
                state.map(|state| Value::Text(&state.name)).into()
            }
            Self::Assortment => Values::Many(
                row.collection("positions")
                    .iter()
                    .filter_map(|position| match position.fields.get("assortment") {
                        Some(Datum::Link(reference)) => Some(reference),
                        _ => None,
                    })
                    .flat_map(|named| {
                        let row = world.store.row_of(*named);
                        let folder = row.and_then(|row| row.fields.get("productFolder"));
                        let folder = match folder {
                            Some(Datum::Link(folder)) => Some(Value::Id(&folder.id)),
                            _ => None,
                        };
                        std::iter::once(Value::Id(&named.id)).chain(folder)
                    })
                    .collect(),
            ),
            Self::AccountNumber => Values::Many(
                row.collection("accounts")
                    .iter()
                    .filter_map(|account| account.fields.text("accountNumber").map(Value::Text))
                    .collect(),
            ),
            Self::Barcode => {
                let Some(Datum::Json(codes)) = row.fields.get("barcodes") else {
                    return Values::None;
                };
                let codes = codes.as_array().into_iter().flatten();
                let codes = codes.filter_map(serde_json::Value::as_object);
                let texts = codes.flat_map(|code| code.values());
                Values::Many(
                    texts
                        .filter_map(|text| text.as_str().map(Value::Text))
                        .collect(),
                )
            }
            Self::ProductId => match row.fields.get("product") {
                Some(datum) => of_datum(datum, world),
                None => Values::None,
            },
            Self::UpdatedBy => Values::One(Value::Text(&world.account.login)),
            Self::Attribute(id, _) => {
                let value = row.attributes.iter().find(|(known, _)| known == id);
                value.map_or(Values::None, |(_, datum)| of_datum(datum, world))
            }
        }
    }
}

fn of_datum<'a>(datum: &'a Datum, world: &'a World) -> Values<'a> {
    Values::One(match datum {
        Datum::Text(text) => Value::Text(text),
        Datum::Number(number) => Value::Number(*number),
        // Whole numbers of the service are far below what a float holds exactly.
        #[expect(clippy::cast_precision_loss)]
        Datum::Whole(number) => Value::Number(*number as f64),
        Datum::Flag(flag) => Value::Flag(*flag),
        Datum::Moment(at) => Value::Moment(*at),
        Datum::Link(reference) => Value::Id(&reference.id),
        Datum::State(id) => Value::Id(id),
        Datum::PriceType(id) => {
            let known = world
                .account
                .price_types
                .iter()
                .find(|known| known.id == *id);
            return known.map(|known| Value::Text(&known.name)).into();
        }
        Datum::Words(words) => {
            return Values::Many(words.iter().map(|word| Value::Text(word)).collect());
        }
        Datum::Rate(_) | Datum::Json(_) | Datum::File(_) => return Values::None,
    })
}

fn of_preset(preset: Preset) -> Values<'static> {
    match preset {
        Preset::Flag(flag) => Values::One(Value::Flag(flag)),
        Preset::Number(number) => Values::One(Value::Number(number)),
        #[expect(clippy::cast_precision_loss)]
        Preset::Whole(number) => Values::One(Value::Number(number as f64)),
        Preset::Text(text) => Values::One(Value::Text(text)),
        _ => Values::None,
    }
}

impl<'a> From<Option<Value<'a>>> for Values<'a> {
    fn from(value: Option<Value<'a>>) -> Self {
        value.map_or(Self::None, Self::One)
    }
}

impl<'a> Values<'a> {
    /// Whether there is no value, or only empty texts.
    pub(super) fn is_empty(&self) -> bool {
        !self.any(|value| !matches!(value, Value::Text("")))
    }

    pub(super) fn any(&self, mut check: impl FnMut(&Value<'a>) -> bool) -> bool {
        match self {
            Self::None => false,
            Self::One(value) => check(value),
            Self::Many(values) => values.iter().any(check),
        }
    }
}

impl Value<'_> {
    pub(super) fn equals(&self, other: &Atom) -> bool {
        self.compare(other) == Some(Ordering::Equal)
    }

    pub(super) fn compare(&self, other: &Atom) -> Option<Ordering> {
        match (self, other) {
            (Self::Text(one), Atom::Text(two)) => Some((*one).cmp(two.as_str())),
            (Self::Number(one), Atom::Number(two)) => one.partial_cmp(two),
            (Self::Moment(one), Atom::Moment(two)) => Some(one.cmp(two)),
            (Self::Flag(one), Atom::Flag(two)) => Some(one.cmp(two)),
            (Self::Id(one), Atom::Id(two)) => Some((*one).cmp(two)),
            _ => None,
        }
    }
}
