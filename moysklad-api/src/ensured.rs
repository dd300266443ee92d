//! What making sure that something exists comes to: there, made, or there but different.

use std::fmt;

use crate::error::RowError;

/// What became of one thing that had to exist.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Ensured<T> {
    /// It was there as wanted.
    Present(T),
    /// It was missing and is there now.
    Created(T),
    /// It was there but differs; nothing was changed.
    Differs {
        /// What is there.
        found: T,
        /// In what it differs.
        differences: Vec<Difference>,
    },
}

impl<T> Ensured<T> {
    /// What is there now.
    #[must_use]
    pub const fn get(&self) -> &T {
        match self {
            Self::Present(found) | Self::Created(found) | Self::Differs { found, .. } => found,
        }
    }

    /// In what the thing differs from what was wanted; empty unless it does.
    #[must_use]
    pub fn differences(&self) -> &[Difference] {
        match self {
            Self::Differs { differences, .. } => differences,
            Self::Present(_) | Self::Created(_) => &[],
        }
    }

    /// What is there now, given up by this.
    #[must_use]
    pub fn into_inner(self) -> T {
        match self {
            Self::Present(found) | Self::Created(found) | Self::Differs { found, .. } => found,
        }
    }
}

/// One field that is not as wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Difference {
    /// The field, as the service spells it.
    pub field: &'static str,
    /// What was wanted.
    pub wanted: String,
    /// What is there; empty if nothing is.
    pub found: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            field,
            wanted,
            found,
        } = self;
        write!(f, "{field} is `{found}` instead of `{wanted}`")
    }
}

/// Notes a difference between what was wanted, if anything, and what is there.
pub(crate) fn compare<V: ToString>(
    differences: &mut Vec<Difference>,
    field: &'static str,
    wanted: Option<V>,
    found: Option<V>,
) {
    let Some(wanted) = wanted.map(|wanted| wanted.to_string()) else {
        return;
    };
    let found = found.map(|found| found.to_string()).unwrap_or_default();
    if wanted != found {
        differences.push(Difference {
            field,
            wanted,
            found,
        });
    }
}

/// What has to exist, as far as comparing goes.
pub(crate) trait Wanted<T>: Clone {
    /// Whether this is the thing meant, different or not.
    fn is(&self, found: &T) -> bool;

    /// Whether both mean the same thing.
    fn is_same(&self, other: &Self) -> bool;

    /// In what the thing differs from what is wanted.
    fn differences(&self, found: &T) -> Vec<Difference>;
}

/// What is wanted and not there, each once.
pub(crate) fn missing<T, W: Wanted<T>>(wanted: &[W], there: &[T]) -> Vec<W> {
    let mut missing: Vec<W> = Vec::new();
    for one in wanted {
        let known = there.iter().any(|found| one.is(found))
            || missing.iter().any(|other| one.is_same(other));
        if !known {
            missing.push(one.clone());
        }
    }
    missing
}

/// What became of everything wanted, in its order.
///
/// `again` is what is there after creating; somebody else may have been faster.
pub(crate) fn settle<T: Clone, W: Wanted<T>>(
    wanted: &[W],
    there: &[T],
    missing: &[W],
    created: Vec<Result<T, RowError>>,
    again: &[T],
) -> Vec<Result<Ensured<T>, RowError>> {
    let mut created: Vec<_> = missing
        .iter()
        .zip(created)
        .map(|(one, result)| (one, result, false))
        .collect();
    let mut settle_one = |one: &W| {
        if let Some(found) = there.iter().find(|found| one.is(found)) {
            return Ok(verdict(one, found));
        }
        let made = created.iter_mut().find(|(other, ..)| one.is_same(other));
        match made {
            Some((_, Ok(made), told)) if !*told => {
                *told = true;
                Ok(Ensured::Created(made.clone()))
            }
            Some((_, Ok(made), _)) => Ok(verdict(one, made)),
            Some((_, Err(error), _)) => match again.iter().find(|found| one.is(found)) {
                Some(found) => Ok(verdict(one, found)),
                None => Err(error.clone()),
            },
            // Everything wanted is either there or missing.
            None => Err(RowError::refused(Vec::new(), true)),
        }
    };
    wanted.iter().map(&mut settle_one).collect()
}

fn verdict<T: Clone, W: Wanted<T>>(wanted: &W, found: &T) -> Ensured<T> {
    let found = found.clone();
    let differences = wanted.differences(&found);
    if differences.is_empty() {
        Ensured::Present(found)
    } else {
        Ensured::Differs { found, differences }
    }
}
