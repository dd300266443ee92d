//! Departments (отделы).
//!
//! [`Client::groups`](crate::Client::groups) finds, creates and changes them; [`New`] and
//! [`Update`] are what they are created and changed from.
//!
//! Creating, changing and deleting them takes an administrator, one
//! at a time:
//!
//! ```compile_fail
//! # use moysklad_api::{Client, Id, group::Group};
//! # fn run(client: Client, id: Id<Group>) {
//! client.groups().delete_many(vec![id]);
//! # }
//! ```
//!
//! See [МойСклад: отдел](https://dev.moysklad.ru/doc/api/remap/1.2/).

use crate::entity::{Create, Delete, Entity, Update as CanUpdate};

mod model;
mod write;

pub use model::Group;
pub use write::{New, Update};

impl Entity for Group {
    const TYPE: &'static str = "group";
}

impl Create for Group {
    type New = New;
}

impl CanUpdate for Group {
    type Update = Update;
}

impl Delete for Group {}
