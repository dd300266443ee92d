//! Asynchronous tasks (асинхронные задачи).

use http::{Method, StatusCode};

use super::{Answer, Call, Outcome};
use crate::emulator::entity_types::EntityType;
use crate::emulator::error::ServiceErrors;
use crate::emulator::route::Resource;
use crate::emulator::world::World;

impl World {
    pub(super) fn execute_tasks(&mut self, call: &Call<'_>) -> Outcome {
        let links = call.links;
        match (call.resource, call.method) {
            (Resource::Tasks, &Method::GET) => {
                let rows = self.shown_tasks(call.query, links)?;
                self.page(call, ("async", "async", rows))
            }
            (Resource::Task(id), &Method::GET) => {
                Ok(Answer::ok(self.shown_task(self.task(id)?, links)))
            }
            (Resource::TaskResult(id), &Method::GET) => Ok(Answer {
                status: StatusCode::FOUND,
                body: None,
                headers: vec![("Location", self.task_result(id)?)],
            }),
            (Resource::TaskCancel(id), &Method::PUT) => {
                self.cancel_task(id)?;
                Ok(Answer {
                    status: StatusCode::NO_CONTENT,
                    ..Answer::empty()
                })
            }
            _ => Err(ServiceErrors::method_not_allowed()),
        }
    }

    /// Answers a list that asks to be read in the background.
    pub(super) fn queue(&mut self, kind: &'static EntityType, call: &Call<'_>) -> Outcome {
        let base = call.links.base;
        let id = self.start_task(kind, call.query, call.links)?;
        Ok(Answer {
            status: StatusCode::ACCEPTED,
            body: None,
            headers: vec![
                ("Location", format!("{base}/async/{id}/result")),
                ("Content-Location", format!("{base}/async/{id}")),
            ],
        })
    }
}
