//! Where this project departs from the vendor's description on purpose, and why.

use crate::translation::Side::{self, Answer, Request};

/// A departure: who speaks, where, what is broken, and why it is right all the same.
pub(crate) type Deviation = (Side, &'static str, &'static str, &'static str);

pub(crate) const DEVIATIONS: &[Deviation] = &[];

/// Operations of the SDK's types for which the SDK has no request, and why.
pub(crate) const NOT_ASKED: &[(&str, &str)] = &[];
