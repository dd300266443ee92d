//! `filter`: the grammar of conditions, and which rows meet them.

mod condition;
mod subject;

use std::collections::HashSet;

use uuid::Uuid;

pub(crate) use self::condition::{Condition, Operator, split as conditions};
use self::subject::{Atom, Subject, Values};
use super::datum::Row;
use super::entity_types::EntityType;
use super::error::ServiceErrors;
use super::world::World;

/// The conditions of one list, one test a field.
#[derive(Debug, Default)]
pub(crate) struct Filter {
    tests: Vec<Test>,
}

/// Everything that is asked of one field.
#[derive(Debug)]
struct Test {
    name: String,
    subject: Subject,
    equal: Option<Wanted>,
    unequal: Vec<Option<Atom>>,
    others: Vec<(Operator, Atom)>,
}

/// Values of which one must be there; many of them are looked up, not walked through.
#[derive(Debug, Default)]
struct Wanted {
    empty: bool,
    /// Whether texts are kept and compared in lower case.
    case_blind: bool,
    ids: HashSet<Uuid>,
    texts: HashSet<String>,
    others: Vec<Atom>,
}

impl Filter {
    /// Reads the conditions for a list of one type.
    pub(crate) fn parse(
        text: &str,
        kind: &'static EntityType,
        world: &World,
    ) -> Result<Self, ServiceErrors> {
        Self::of(condition::split(text)?, kind, world)
    }

    /// Takes conditions for a list of one type.
    pub(crate) fn of(
        conditions: Vec<Condition>,
        kind: &'static EntityType,
        world: &World,
    ) -> Result<Self, ServiceErrors> {
        let mut filter = Self::default();
        for condition in conditions {
            filter.add(condition, kind, world)?;
        }
        for test in &filter.tests {
            let compared = test
                .others
                .iter()
                .any(|(operator, _)| operator.is_comparison());
            if test.equal.is_some() && compared {
                let text = format!("'=' и сравнение поля '{}' несовместимы", test.name);
                return Err(ServiceErrors::filter(text));
            }
        }
        Ok(filter)
    }

    /// Whether a row meets all conditions, and is shown at all.
    pub(crate) fn matches(&self, kind: &EntityType, row: &Row, world: &World) -> bool {
        if row.is_trashed() && !self.mentions("isDeleted") {
            return false;
        }
        let asked = self.mentions("archived") || self.mentions("id");
        if row.is_archived() && !asked && !world.settings.switches.archived_in_lists {
            return false;
        }
        self.tests
            .iter()
            .all(|test| test.matches(&test.subject.values(kind, row, world)))
    }

    /// The ids that the filter asks for, when it does.
    pub(crate) fn ids(&self) -> Option<impl Iterator<Item = Uuid>> {
        self.wanted_ids(&Subject::Id)
    }

    /// The syncIds that the filter asks for, when it does.
    pub(crate) fn sync_ids(&self) -> Option<impl Iterator<Item = Uuid>> {
        self.wanted_ids(&Subject::SyncId)
    }

    fn wanted_ids(&self, subject: &Subject) -> Option<impl Iterator<Item = Uuid>> {
        let same = std::mem::discriminant(subject);
        let test = self
            .tests
            .iter()
            .find(|test| std::mem::discriminant(&test.subject) == same)?;
        let wanted = test.equal.as_ref().filter(|wanted| !wanted.empty)?;
        Some(wanted.ids.iter().copied())
    }

    fn mentions(&self, name: &str) -> bool {
        self.tests.iter().any(|test| test.name == name)
    }

    fn add(
        &mut self,
        condition: Condition,
        kind: &'static EntityType,
        world: &World,
    ) -> Result<(), ServiceErrors> {
        let Condition {
            field,
            operator,
            value,
        } = condition;
        let known = self.tests.iter().position(|test| test.name == field);
        let place = known.unwrap_or(self.tests.len());
        if known.is_none() {
            self.tests
                .push(Test::new(&field, Subject::find(&field, kind, world)?));
        }
        let Some(test) = self.tests.get_mut(place) else {
            return Ok(());
        };
        if !test.subject.allows(operator) {
            let symbol = operator.text();
            let refused = format!("оператор '{symbol}' недоступен для поля '{field}'");
            return Err(ServiceErrors::filter(refused));
        }
        let atom = if value.is_empty() {
            None
        } else {
            Some(test.subject.read(&field, &value)?)
        };
        match (operator, atom) {
            (Operator::Equal, atom) => {
                let wanted = test.equal.get_or_insert_default();
                wanted.case_blind = world.settings.switches.case_blind_filters;
                wanted.add(atom);
            }
            (Operator::Unequal, atom) => test.unequal.push(atom),
            // Of the same operator twice on one field the service uses the first.
            (operator, _) if test.others.iter().any(|(known, _)| *known == operator) => {}
            (operator, Some(atom)) => test.others.push((operator, atom)),
            (_, None) => return Err(ServiceErrors::filter_value(&field, &value)),
        }
        Ok(())
    }
}

impl Test {
    fn new(name: &str, subject: Subject) -> Self {
        let (equal, unequal, others) = (None, Vec::new(), Vec::new());
        Self {
            name: name.to_owned(),
            subject,
            equal,
            unequal,
            others,
        }
    }

    fn matches(&self, values: &Values<'_>) -> bool {
        let equal = self
            .equal
            .as_ref()
            .is_none_or(|wanted| wanted.matches(values));
        let unequal = self.unequal.iter().all(|unwanted| match unwanted {
            None => !values.is_empty(),
            Some(unwanted) => !values.any(|value| value.equals(unwanted)),
        });
        let others = self
            .others
            .iter()
            .all(|(operator, atom)| values.any(|value| operator.holds(value, atom)));
        equal && unequal && others
    }
}

impl Wanted {
    fn add(&mut self, atom: Option<Atom>) {
        match atom {
            None => self.empty = true,
            Some(Atom::Id(id)) => {
                self.ids.insert(id);
            }
            Some(Atom::Text(text)) => {
                let text = if self.case_blind {
                    text.to_lowercase()
                } else {
                    text
                };
                self.texts.insert(text);
            }
            Some(other) => self.others.push(other),
        }
    }

    fn matches(&self, values: &Values<'_>) -> bool {
        if values.is_empty() {
            return self.empty;
        }
        values.any(|value| match value {
            subject::Value::Id(id) => self.ids.contains(id),
            subject::Value::Text(text) if self.case_blind => {
                self.texts.contains(&text.to_lowercase())
            }
            subject::Value::Text(text) => self.texts.contains(*text),
            other => self.others.iter().any(|wanted| other.equals(wanted)),
        })
    }
}
