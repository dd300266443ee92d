//! Asynchronous tasks (асинхронные задачи): a list read in the background, its result a file.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::entity_types::EntityType;
use super::error::ServiceErrors;
use super::filter::{Operator, conditions};
use super::href::Links;
use super::list::Scope;
use super::moment::Moment;
use super::query::Query;
use super::world::World;

/// Tasks of an account that may wait or run at the same time.
const MOST_AT_ONCE: usize = 4;

/// How long a result is kept, and how long the address of its file is good for.
const KEPT: Duration = Duration::from_hours(1);
const ADDRESS_LIFE: i64 = 300;

/// A list that is read in the background.
#[derive(Debug)]
pub(crate) struct Task {
    pub(crate) id: Uuid,
    kind: &'static EntityType,
    query: Query,
    base: String,
    request: String,
    begun: Moment,
    state: State,
}

#[derive(Debug)]
enum State {
    Waiting,
    Cancelled,
    Done { file: Arc<Vec<u8>>, at: Moment },
    Refused(Value),
}

impl World {
    /// Queues a list that asks for `async=true`.
    pub(crate) fn start_task(
        &mut self,
        kind: &'static EntityType,
        query: &Query,
        links: Links<'_>,
    ) -> Result<Uuid, ServiceErrors> {
        if kind.keyword != "counterparty" {
            let text = "Асинхронное выполнение не поддерживается для данного запроса";
            return Err(ServiceErrors::task(61000, text));
        }
        if ["limit", "offset"]
            .iter()
            .any(|name| query.get(name).is_some())
        {
            let text = "limit и offset не поддерживаются в асинхронном запросе";
            return Err(ServiceErrors::task(61001, text));
        }
        let waiting = |task: &&Task| matches!(task.state, State::Waiting);
        if self.tasks.iter().filter(waiting).count() >= MOST_AT_ONCE {
            let text = "Превышено количество асинхронных задач в очереди";
            return Err(ServiceErrors::task(61002, text));
        }
        let begun = self.clock.tick();
        let id = self.mint.id(begun);
        self.tasks.push(Task {
            id,
            kind,
            query: query.whole(),
            base: links.base.to_owned(),
            request: format!("{}/entity/{}?{}", links.base, kind.keyword, query.text()),
            begun,
            state: State::Waiting,
        });
        self.journal.tell_of_task(id, "CREATE");
        Ok(id)
    }

    /// Carries out the tasks whose time has come.
    pub(crate) fn settle_tasks(&mut self) {
        let now = self.clock.now();
        let due = |task: &Task| {
            matches!(task.state, State::Waiting) && task.age(now) >= self.settings.task_duration
        };
        let due: Vec<usize> = (0..self.tasks.len())
            .filter(|place| self.tasks.get(*place).is_some_and(due))
            .collect();
        for place in due {
            let Some(task) = self.tasks.get(place) else {
                continue;
            };
            let (id, kind) = (task.id, task.kind);
            let (query, base) = (task.query.clone(), task.base.clone());
            let state = match self.list(kind, Scope::All, &query, Links { base: &base }) {
                Ok(list) => State::Done {
                    file: Arc::new(list.to_string().into_bytes()),
                    at: now,
                },
                Err(errors) => State::Refused(errors.body()),
            };
            if let Some(task) = self.tasks.get_mut(place) {
                task.state = state;
            }
            self.journal.tell_of_task(id, "PROCESSED");
        }
    }

    pub(crate) fn task(&self, id: Uuid) -> Result<&Task, ServiceErrors> {
        let found = self.tasks.iter().find(|task| task.id == id);
        found.ok_or_else(|| ServiceErrors::not_found("async", id))
    }

    /// Cancels a task that has not ended.
    pub(crate) fn cancel_task(&mut self, id: Uuid) -> Result<(), ServiceErrors> {
        self.task(id)?;
        let mut tasks = self.tasks.iter_mut();
        let waiting = tasks.find(|task| task.id == id && matches!(task.state, State::Waiting));
        let Some(task) = waiting else {
            let text = "Отменить можно только ожидающую или выполняемую задачу";
            return Err(ServiceErrors::task(61007, text));
        };
        task.state = State::Cancelled;
        self.journal.tell_of_task(id, "UPDATE");
        Ok(())
    }

    /// The address of the file with the result of a task.
    pub(crate) fn task_result(&mut self, id: Uuid) -> Result<String, ServiceErrors> {
        let now = self.clock.now();
        let refuse = |code, text| Err(ServiceErrors::task(code, text));
        let file = match &self.task(id)?.state {
            State::Waiting => return refuse(61006, "Результат еще не готов"),
            State::Cancelled => return refuse(61005, "Задача отменена"),
            State::Refused(_) => return refuse(61004, "Задача завершилась с ошибкой"),
            State::Done { at, .. } if now > later(*at, KEPT) => {
                return refuse(61003, "Результат удален");
            }
            State::Done { file, .. } => Arc::clone(file),
        };
        Ok(self.give(file, "application/json;charset=utf-8", ADDRESS_LIFE))
    }

    /// The tasks that a list of them shows, newest first.
    pub(crate) fn shown_tasks(
        &self,
        query: &Query,
        links: Links<'_>,
    ) -> Result<Vec<Value>, ServiceErrors> {
        let wanted = conditions(&query.joined("filter"))?;
        for condition in &wanted {
            let field = &condition.field;
            if !["state", "request"].contains(&field.as_str()) {
                let text = format!("неизвестное поле фильтрации '{field}'");
                return Err(ServiceErrors::filter(text));
            }
            if condition.operator != Operator::Equal {
                let text = format!("для поля '{field}' доступен оператор '='");
                return Err(ServiceErrors::filter(text));
            }
        }
        let shown = self
            .tasks
            .iter()
            .rev()
            .map(|task| self.shown_task(task, links));
        let meets = |task: &Value| {
            wanted.iter().all(|condition| {
                let value = task.get(&condition.field).and_then(Value::as_str);
                value == Some(&condition.value)
            })
        };
        Ok(shown.filter(meets).collect())
    }

    pub(crate) fn shown_task(&self, task: &Task, links: Links<'_>) -> Value {
        let href = format!("{}/async/{}", links.base, task.id);
        let now = self.clock.now();
        let state = match &task.state {
            State::Waiting if task.age(now) * 2 < self.settings.task_duration => "PENDING",
            State::Waiting => "PROCESSING",
            State::Cancelled => "CANCEL",
            State::Done { .. } => "DONE",
            State::Refused(_) => "API_ERROR",
        };
        let employee = Self::kind("employee");
        let owner = employee.map(|kind| links.reference(kind, self.account.employee));
        let mut shown = Map::new();
        for (name, value) in [
            (
                "meta",
                json!({"href": href, "type": "async", "mediaType": "application/json"}),
            ),
            ("id", json!(task.id)),
            ("accountId", json!(self.account.id)),
            ("owner", owner.unwrap_or_default()),
            ("state", json!(state)),
            ("request", json!(task.request)),
        ] {
            shown.insert(name.into(), value);
        }
        match &task.state {
            State::Done { at, .. } => {
                shown.insert("resultUrl".into(), format!("{href}/result").into());
                shown.insert("deletionDate".into(), later(*at, KEPT).text().into());
            }
            State::Refused(errors) => {
                let errors = errors.get("errors").cloned();
                shown.insert("errors".into(), errors.unwrap_or_default());
            }
            State::Waiting | State::Cancelled => {}
        }
        shown.into()
    }
}

impl Task {
    fn age(&self, now: Moment) -> Duration {
        let passed = now.millisecond().saturating_sub(self.begun.millisecond());
        Duration::from_millis(u64::try_from(passed).unwrap_or(0))
    }
}

fn later(moment: Moment, by: Duration) -> Moment {
    let by = i64::try_from(by.as_millis()).unwrap_or(i64::MAX);
    Moment::from_millisecond(moment.millisecond().saturating_add(by))
}
