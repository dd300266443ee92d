//! What users may do (права): everything, unless a test has taken a right from one of them.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::Emulator;
use super::datum::Datum;
use super::entity_types;
use super::error::ServiceErrors;
use super::world::World;
use crate::context::Right;

/// Rights that are granted as a whole.
const GENERAL: [&str; 9] = [
    "admin",
    "audit_dashboard",
    "customAttributes",
    "dashboard",
    "dashboardMoney",
    "ownerAssign",
    "pnl",
    "stock",
    "viewProductCostAndProfit",
];

/// The rights that were taken, by login.
#[derive(Debug, Default)]
pub(crate) struct Rights(HashMap<String, HashSet<(&'static str, Right)>>);

/// Who is at work.
#[derive(Clone, Debug)]
pub(crate) struct Actor {
    pub(crate) login: String,
    pub(crate) employee: Uuid,
    pub(crate) group: Uuid,
}

impl Rights {
    fn allows(&self, login: &str, of: &str, right: Right) -> bool {
        // Most accounts take no right from anybody.
        self.0.is_empty()
            || !self
                .0
                .get(login)
                .is_some_and(|taken| taken.iter().any(|known| *known == (of, right)))
    }

    fn set(&mut self, login: &str, of: &'static str, right: Right, granted: bool) {
        let taken = self.0.entry(login.to_owned()).or_default();
        if granted {
            taken.remove(&(of, right));
        } else {
            taken.insert((of, right));
        }
    }
}

impl World {
    /// Lets a user be the one at work: the author and owner of what comes next.
    pub(crate) fn enter(&mut self, login: &str) {
        if self.actor.login == login {
            return;
        }
        let employee = self.employee_of(login);
        let row = Self::kind("employee").and_then(|kind| self.row(kind, employee));
        let group = match row.ok().and_then(|row| row.fields.get("group")) {
            Some(Datum::Link(group)) => group.id,
            _ => self.account.group,
        };
        self.actor = Actor {
            login: login.to_owned(),
            employee,
            group,
        };
    }

    /// Whether the user at work has a right.
    pub(crate) fn may(&self, of: &str, right: Right) -> bool {
        self.rights.allows(&self.actor.login, of, right)
    }

    /// Refuses what the user at work may not do with objects of a type.
    pub(crate) fn permit(&self, of: &str, right: Right) -> Result<(), ServiceErrors> {
        if self.may(of, right) {
            return Ok(());
        }
        let (code, deed) = match right {
            Right::View => (1016, "просмотр"),
            Right::Update => (1017, "изменение"),
            Right::Delete => (1018, "удаление"),
            Right::Create => (1045, "создание"),
            Right::Print => (1064, "печать"),
            Right::Approve => (1092, "проведение"),
        };
        Err(ServiceErrors::no_right(
            code,
            &format!("Нет прав на {deed} объектов типа '{of}'"),
        ))
    }

    /// Refuses what only an administrator may do; each area has a code of its own.
    pub(crate) fn permit_admin(&self, code: u32) -> Result<(), ServiceErrors> {
        if self.may("admin", Right::View) {
            return Ok(());
        }
        let text = "Действие доступно только администратору";
        Err(ServiceErrors::no_right(code, text))
    }

    /// The rights of a user as the service shows them: those he lacks are absent.
    pub(crate) fn permissions(&self, login: &str) -> Value {
        let mut permissions = Map::new();
        for name in GENERAL {
            if self.rights.allows(login, name, Right::View) {
                permissions.insert(name.into(), json!({"view": "ALL"}));
            }
        }
        for kind in entity_types::ALL {
            let approve = kind.is_document().then_some(Right::Approve);
            let rights = [
                Right::View,
                Right::Create,
                Right::Update,
                Right::Delete,
                Right::Print,
            ];
            let rights = rights.into_iter().chain(approve);
            let rights = rights.filter(|right| self.rights.allows(login, kind.keyword, *right));
            let rights: Map<String, Value> = rights
                .map(|right| (right.as_str().to_owned(), "ALL".into()))
                .collect();
            if !rights.is_empty() {
                permissions.insert(kind.keyword.into(), rights.into());
            }
        }
        Value::Object(permissions)
    }
}

/// What users may do.
impl Emulator {
    /// Takes a right from a user: to do something with objects of a type, or a right that is
    /// granted as a whole (`admin`, `audit_dashboard`), which is [`Right::View`] of its name.
    ///
    /// # Errors
    ///
    /// When there is no such user, type or right.
    pub fn withdraw_right(&self, login: &str, of: &str, right: Right) -> Result<(), ServiceErrors> {
        self.set_right(login, of, right, false)
    }

    /// Gives a right back that was taken.
    ///
    /// # Errors
    ///
    /// When there is no such user, type or right.
    pub fn grant_right(&self, login: &str, of: &str, right: Right) -> Result<(), ServiceErrors> {
        self.set_right(login, of, right, true)
    }

    fn set_right(
        &self,
        login: &str,
        of: &str,
        right: Right,
        granted: bool,
    ) -> Result<(), ServiceErrors> {
        if !self
            .shared
            .credentials
            .users()
            .any(|user| user.login == login)
        {
            return Err(ServiceErrors::not_found("employee", login));
        }
        let general = GENERAL.into_iter().find(|name| *name == of);
        let of = match general {
            Some(name) if right == Right::View => name,
            _ => World::kind(of)?.keyword,
        };
        let mut world = self.shared.world.lock();
        world.rights.set(login, of, right, granted);
        Ok(())
    }
}
