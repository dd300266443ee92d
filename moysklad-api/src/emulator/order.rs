//! `order`: in what order a list shows its rows.

use std::cmp::Ordering;

use uuid::Uuid;

use super::datum::{Datum, Row};
use super::entity_types::{EntityType, Feature, Field, Preset};
use super::error::ServiceErrors;
use super::moment::Moment;

/// The sorting of a list.
#[derive(Clone, Debug)]
pub(crate) struct Order {
    steps: Vec<Step>,
    /// The order in one spelling, by which a sorted view is found again.
    pub(crate) text: String,
}

#[derive(Clone, Copy, Debug)]
struct Step {
    by: By,
    descending: bool,
}

#[derive(Clone, Copy, Debug)]
enum By {
    Field(&'static Field),
    Id,
    SyncId,
    /// The legacy counter and the author of the last change, equal for all rows here.
    Constant,
}

/// A value to compare; what is absent comes last.
#[derive(Clone, Debug, PartialEq)]
enum Key {
    Text(String),
    Number(f64),
    Moment(Moment),
    Flag(bool),
    Id(Uuid),
    Absent,
}

impl Order {
    /// Reads `name,desc;id`; without it dictionaries go by name and documents by moment.
    pub(crate) fn parse(text: Option<&str>, kind: &EntityType) -> Result<Self, ServiceErrors> {
        let default = if kind.is_document() {
            "moment;id"
        } else if kind.field("name").is_some() {
            "name;id"
        } else {
            "id"
        };
        let text = text.filter(|text| !text.is_empty()).unwrap_or(default);
        let mut steps = Vec::new();
        for part in text.split(';').filter(|part| !part.is_empty()) {
            let (name, direction) = part.split_once(',').unwrap_or((part, "asc"));
            let descending = match direction {
                "asc" => false,
                "desc" => true,
                other => return Err(ServiceErrors::order_direction(other)),
            };
            let by = match name {
                "id" => By::Id,
                "syncId" if kind.has(Feature::SyncId) => By::SyncId,
                "version" | "updatedBy" => By::Constant,
                name => match kind.field(name) {
                    Some(field) if field.sortable => By::Field(field),
                    _ => return Err(ServiceErrors::unknown_order(name)),
                },
            };
            steps.push(Step { by, descending });
        }
        Ok(Self {
            steps,
            text: text.to_owned(),
        })
    }

    /// The places of the rows in this order.
    pub(crate) fn sort(&self, rows: &[Option<Row>]) -> Vec<usize> {
        let rows = rows.iter().enumerate();
        let keyed = rows.filter_map(|(place, row)| Some((self.keys(row.as_ref()?), place)));
        let mut keyed: Vec<(Vec<Key>, usize)> = keyed.collect();
        keyed.sort_by(|(one, place), (two, other)| {
            self.compare(one, two).then_with(|| place.cmp(other))
        });
        keyed.into_iter().map(|(_, place)| place).collect()
    }

    /// Which of two rows comes first.
    pub(crate) fn compare_rows(&self, one: &Row, two: &Row) -> Ordering {
        self.compare(&self.keys(one), &self.keys(two))
    }

    fn keys(&self, row: &Row) -> Vec<Key> {
        self.steps.iter().map(|step| key(row, step.by)).collect()
    }

    fn compare(&self, one: &[Key], two: &[Key]) -> Ordering {
        let steps = self.steps.iter().zip(one.iter().zip(two));
        steps.fold(Ordering::Equal, |found, (step, (one, two))| {
            found.then_with(|| {
                let ascending = one.compare(two);
                if step.descending {
                    ascending.reverse()
                } else {
                    ascending
                }
            })
        })
    }
}

impl Key {
    fn compare(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Text(one), Self::Text(two)) => one.cmp(two),
            (Self::Number(one), Self::Number(two)) => one.total_cmp(two),
            (Self::Moment(one), Self::Moment(two)) => one.cmp(two),
            (Self::Flag(one), Self::Flag(two)) => one.cmp(two),
            (Self::Id(one), Self::Id(two)) => one.cmp(two),
            (Self::Absent, Self::Absent) => Ordering::Equal,
            (Self::Absent, _) => Ordering::Greater,
            // Keys of one step are of one type; only absence mixes.
            _ => Ordering::Less,
        }
    }
}

fn key(row: &Row, by: By) -> Key {
    match by {
        By::Id => Key::Id(row.id),
        By::SyncId => row.sync_id.map_or(Key::Absent, Key::Id),
        By::Constant => Key::Absent,
        By::Field(field) => match row.fields.get(field.name) {
            Some(Datum::Text(text)) => Key::Text(text.to_lowercase()),
            Some(Datum::Number(number)) => Key::Number(*number),
            // Whole numbers of the service are far below what a float holds exactly.
            #[expect(clippy::cast_precision_loss)]
            Some(Datum::Whole(number)) => Key::Number(*number as f64),
            Some(Datum::Moment(at)) => Key::Moment(*at),
            Some(Datum::Flag(flag)) => Key::Flag(*flag),
            Some(_) => Key::Absent,
            None => match field.preset {
                Preset::Flag(flag) => Key::Flag(flag),
                Preset::Number(number) => Key::Number(number),
                #[expect(clippy::cast_precision_loss)]
                Preset::Whole(number) => Key::Number(number as f64),
                Preset::Text(text) => Key::Text(text.to_owned()),
                _ => Key::Absent,
            },
        },
    }
}
