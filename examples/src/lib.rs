//! What the example programs share: an invented day of leads.

pub mod day;
