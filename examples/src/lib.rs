//! What the example programs share: how arguments are read, and an invented day of leads.

pub mod arguments;
pub mod day;
