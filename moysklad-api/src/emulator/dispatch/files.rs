//! Files (файлы) of objects, and their download.

use http::{Method, StatusCode};
use serde_json::Value;

use super::{Answer, Call, Outcome};
use crate::emulator::error::ServiceErrors;
use crate::emulator::route::Resource;
use crate::emulator::world::World;

/// How long an address of the storage is good for, in seconds: usually, and at most.
const USUAL_LIFE: i64 = 60;
const LONGEST_LIFE: i64 = 86_400;

impl World {
    pub(super) fn execute_images(&mut self, call: &Call<'_>) -> Outcome {
        let links = call.links;
        match (call.resource, call.method) {
            (Resource::Images(kind, owner), &Method::GET) => {
                self.row(kind, owner)?;
                let path = format!("entity/{}/{owner}/images", kind.keyword);
                let rows = self.shown_images(kind, owner, links);
                self.page(call, (&path, "image", rows))
            }
            (Resource::Images(kind, owner), &Method::POST) => {
                let at = self.clock.tick();
                self.add_images(kind, owner, call.rows()?, at)?;
                Ok(Answer::ok(self.shown_images(kind, owner, links)))
            }
            (Resource::Image(kind, owner, id), &Method::DELETE) => {
                self.remove_images(kind, owner, &[id])?;
                Ok(Answer::empty())
            }
            (Resource::ImagesDelete(kind, owner), &Method::POST) => {
                let ids = Self::image_ids(call.rows()?)?;
                self.remove_images(kind, owner, &ids)?;
                Ok(Answer::empty())
            }
            _ => Err(ServiceErrors::method_not_allowed()),
        }
    }

    pub(super) fn execute_files(&mut self, call: &Call<'_>) -> Outcome {
        let links = call.links;
        match (call.resource, call.method) {
            (Resource::Files(kind, owner), &Method::GET) => {
                self.row(kind, owner)?;
                let path = format!("entity/{}/{owner}/files", kind.keyword);
                let rows = self.shown_files(kind, owner, links);
                self.page(call, (&path, "files", rows))
            }
            (Resource::Files(kind, owner), &Method::POST) => {
                let at = self.clock.tick();
                let bodies = match call.body()? {
                    Value::Array(bodies) => bodies.as_slice(),
                    body => std::slice::from_ref(body),
                };
                self.add_files(kind, owner, bodies, at)?;
                Ok(Answer::ok(self.shown_files(kind, owner, links)))
            }
            (Resource::File(kind, owner, id), &Method::DELETE) => {
                self.remove_file(kind, owner, id)?;
                Ok(Answer::empty())
            }
            (Resource::Download(id), &Method::GET) => {
                let life = call.download_life.unwrap_or(USUAL_LIFE);
                let location = self.give_file(id, life.clamp(1, LONGEST_LIFE))?;
                Ok(Answer {
                    status: StatusCode::FOUND,
                    body: None,
                    headers: vec![("Location", location)],
                })
            }
            _ => Err(ServiceErrors::method_not_allowed()),
        }
    }
}
