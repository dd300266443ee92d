//! Files (файлы): stored beside objects and in custom fields, downloaded from a storage.

use std::collections::HashMap;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use uuid::Uuid;

use super::entity_types::EntityType;
use super::error::ServiceErrors;
use super::href::Links;
use super::moment::Moment;
use super::world::World;

/// The largest file, in bytes.
const LARGEST: usize = 10 * 1024 * 1024;

/// The most files of one request and of one object.
const MOST_AT_ONCE: usize = 10;
const MOST_OF_OBJECT: usize = 100;

/// A file.
#[derive(Debug)]
pub(crate) struct StoredFile {
    pub(crate) id: Uuid,
    pub(crate) filename: String,
    pub(crate) created: Moment,
    pub(crate) content: Vec<u8>,
}

impl PartialEq for StoredFile {
    /// A file never changes, so its id stands for it.
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

/// All files, and the addresses under which the storage gives them away for a while.
#[derive(Debug, Default)]
pub(crate) struct Files {
    by_id: HashMap<Uuid, Arc<StoredFile>>,
    of: HashMap<Uuid, Vec<Arc<StoredFile>>>,
    images: HashMap<Uuid, Vec<Arc<StoredFile>>>,
    given: HashMap<Uuid, Given>,
}

/// What the storage gives away at an address, and until when.
#[derive(Clone, Debug)]
pub(crate) struct Given {
    pub(crate) content: Arc<Vec<u8>>,
    pub(crate) media: &'static str,
    pub(crate) until: Moment,
}

impl Files {
    /// The files of an object, oldest first.
    pub(crate) fn of(&self, owner: Uuid) -> &[Arc<StoredFile>] {
        self.of.get(&owner).map_or(&[], Vec::as_slice)
    }

    /// The images of an object, oldest first.
    pub(crate) fn images_of(&self, owner: Uuid) -> &[Arc<StoredFile>] {
        self.images.get(&owner).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn images_mut(&mut self, owner: Uuid) -> &mut Vec<Arc<StoredFile>> {
        self.images.entry(owner).or_default()
    }

    pub(crate) fn find(&self, id: Uuid) -> Result<&StoredFile, ServiceErrors> {
        let file = self.by_id.get(&id).map(AsRef::as_ref);
        file.ok_or_else(|| ServiceErrors::not_found("files", id))
    }

    /// Makes a file ready to be downloaded.
    pub(crate) fn keep(&mut self, file: &Arc<StoredFile>) {
        self.by_id.insert(file.id, Arc::clone(file));
    }

    /// Forgets the files of an object that is gone.
    pub(crate) fn forget(&mut self, owner: Uuid) {
        for files in [self.of.remove(&owner), self.images.remove(&owner)] {
            for file in files.unwrap_or_default() {
                self.by_id.remove(&file.id);
            }
        }
    }

    /// Puts content into the storage for a while.
    pub(crate) fn give(&mut self, address: Uuid, given: Given) {
        self.given.insert(address, given);
    }

    pub(crate) fn given(&self, address: Uuid) -> Option<&Given> {
        self.given.get(&address)
    }
}

impl World {
    /// Reads a file: its name, and its content in Base64.
    pub(crate) fn file(&self, body: &Value, at: Moment) -> Result<Arc<StoredFile>, ServiceErrors> {
        let text = |name: &str| {
            let text = body.get(name).and_then(Value::as_str);
            text.filter(|text| !text.is_empty())
        };
        let refuse = ServiceErrors::attribute;
        let filename = text("filename").ok_or_else(|| refuse(14006, "Не указано имя файла"))?;
        let content =
            text("content").ok_or_else(|| refuse(14007, "Не указано содержимое файла"))?;
        let content = STANDARD.decode(content);
        let content = content.map_err(|_| ServiceErrors::wrong_type("content", "Base64"))?;
        if content.len() > LARGEST {
            return Err(refuse(14005, "Размер файла не может быть больше 10 МБ"));
        }
        Ok(Arc::new(StoredFile {
            id: self.mint.id(at),
            filename: filename.to_owned(),
            created: at,
            content,
        }))
    }

    /// Adds files to an object.
    pub(crate) fn add_files(
        &mut self,
        kind: &EntityType,
        owner: Uuid,
        bodies: &[Value],
        at: Moment,
    ) -> Result<(), ServiceErrors> {
        self.row(kind, owner)?;
        if bodies.len() > MOST_AT_ONCE {
            return Err(ServiceErrors::files(1082, "Не более 10 файлов в запросе"));
        }
        if self.files.of(owner).len() + bodies.len() > MOST_OF_OBJECT {
            return Err(ServiceErrors::files(1080, "Не более 100 файлов у объекта"));
        }
        let files = bodies.iter().map(|body| self.file(body, at));
        let files = files.collect::<Result<Vec<_>, _>>().map_err(|errors| {
            if errors.codes() == [14005] {
                ServiceErrors::files(1079, "Размер файла не может быть больше 10 МБ")
            } else {
                errors
            }
        })?;
        for file in files {
            self.files.keep(&file);
            self.files.of.entry(owner).or_default().push(file);
        }
        Ok(())
    }

    /// Removes a file from an object.
    pub(crate) fn remove_file(
        &mut self,
        kind: &EntityType,
        owner: Uuid,
        id: Uuid,
    ) -> Result<(), ServiceErrors> {
        self.row(kind, owner)?;
        let files = self.files.of.entry(owner).or_default();
        let before = files.len();
        files.retain(|file| file.id != id);
        if files.len() == before {
            return Err(ServiceErrors::not_found("files", id));
        }
        self.files.by_id.remove(&id);
        Ok(())
    }

    /// The files of an object as the service shows them.
    pub(crate) fn shown_files(
        &self,
        kind: &EntityType,
        owner: Uuid,
        links: Links<'_>,
    ) -> Vec<Value> {
        let base = links.base;
        let author =
            Self::kind("employee").map(|kind| links.reference(kind, self.account.employee));
        let author = author.unwrap_or_default();
        let files = self.files.of(owner).iter().map(|file| {
            let href = format!("{base}/entity/{}/{owner}/files/{}", kind.keyword, file.id);
            json!({
                "meta": {
                    "href": href,
                    "type": "files",
                    "mediaType": "application/octet-stream",
                    "downloadHref": links.download(file.id),
                },
                "title": file.filename,
                "filename": file.filename,
                "size": file.content.len(),
                "created": file.created.text(),
                "createdBy": author,
            })
        });
        files.collect()
    }

    /// Puts a file into the storage for so many seconds; the address there.
    pub(crate) fn give_file(&mut self, id: Uuid, seconds: i64) -> Result<String, ServiceErrors> {
        let content = Arc::new(self.files.find(id)?.content.clone());
        Ok(self.give(content, "application/octet-stream", seconds))
    }

    /// Puts content into the storage for so many seconds; the address there.
    pub(crate) fn give(
        &mut self,
        content: Arc<Vec<u8>>,
        media: &'static str,
        seconds: i64,
    ) -> String {
        let now = self.clock.now();
        let until = Moment::from_millisecond(now.millisecond().saturating_add(seconds * 1000));
        let address = self.mint.id(now);
        let given = Given {
            content,
            media,
            until,
        };
        self.files.give(address, given);
        format!("http://{}/{address}", self.settings.hosts.storage)
    }
}
