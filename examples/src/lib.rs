//! What the example programs share: arguments, accounts or emulators, failures, an invented day and
//! shop, and how much memory a program took.

pub mod accounts;
pub mod arguments;
pub mod day;
pub mod emulated;
pub mod failure;
pub mod memory;
pub mod service;
pub mod shop;
pub mod sides;
