//! What happened to objects: kept for the audit (аудит), and sent to webhooks.

use std::sync::Arc;

use serde_json::{Map, Value};
use uuid::Uuid;

use super::entity_types::EntityType;
use super::moment::Moment;

/// Everything that happened, oldest first, and what the request at work has done so far.
#[derive(Debug, Default)]
pub(crate) struct Journal {
    pub(crate) contexts: Vec<Context>,
    pending: Vec<Event>,
    /// Asynchronous tasks (асинхронные задачи) that began or ended, and how webhooks call it.
    tasks: Vec<(Uuid, &'static str)>,
    began: Option<Moment>,
}

/// What one request, or one act of a manager, did.
#[derive(Clone, Debug)]
pub(crate) struct Context {
    pub(crate) id: Uuid,
    pub(crate) moment: Moment,
    pub(crate) origin: Origin,
    pub(crate) events: Vec<Event>,
}

/// Who did something, and by what means.
#[derive(Clone, Debug)]
pub(crate) struct Origin {
    pub(crate) uid: Arc<str>,
    pub(crate) source: Source,
}

/// By what means something was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// A request to this API.
    Api,
    /// The web interface.
    App,
}

/// What happened to one object.
#[derive(Clone, Debug)]
pub(crate) struct Event {
    pub(crate) kind: &'static EntityType,
    pub(crate) id: Uuid,
    pub(crate) deed: Deed,
    /// The fields that changed, with their values before and after.
    pub(crate) diff: Option<Box<Map<String, Value>>>,
    /// What the object was called, once it is gone and cannot tell.
    pub(crate) name: Option<Box<str>>,
}

/// The kind of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Deed {
    Create,
    Update,
    Delete,
    Archive,
    Unarchive,
    Trash,
    Restore,
}

impl Source {
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Api => "remap-1.2",
            Self::App => "app",
        }
    }
}

impl Deed {
    /// The words of the audit, as its filter knows them.
    pub(crate) const WORDS: [&str; 14] = [
        "registration",
        "bulkoperation",
        "closepublication",
        "create",
        "delete",
        "openpublication",
        "print",
        "puttoarchive",
        "puttorecyclebin",
        "replacetoken",
        "restorefromarchive",
        "restorefromrecyclebin",
        "sendemailfromentity",
        "update",
    ];

    /// The word of the audit.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Update => "update",
            Self::Delete => "delete",
            Self::Archive => "puttoarchive",
            Self::Unarchive => "restorefromarchive",
            Self::Trash => "puttorecyclebin",
            Self::Restore => "restorefromrecyclebin",
        }
    }

    /// The action of a webhook; a document in the trash counts as deleted unless told otherwise.
    pub(crate) const fn action(self, trash_is_update: bool) -> &'static str {
        match self {
            Self::Create => "CREATE",
            Self::Delete => "DELETE",
            Self::Trash if !trash_is_update => "DELETE",
            _ => "UPDATE",
        }
    }
}

impl Journal {
    /// Takes note of an event of the request at work.
    pub(crate) fn note(&mut self, at: Moment, event: Event) {
        self.began.get_or_insert(at);
        self.pending.push(event);
    }

    /// Takes note of a task that began or ended.
    pub(crate) fn tell_of_task(&mut self, task: Uuid, action: &'static str) {
        self.tasks.push((task, action));
    }

    /// The tasks to tell of.
    pub(crate) fn take_tasks(&mut self) -> Vec<(Uuid, &'static str)> {
        std::mem::take(&mut self.tasks)
    }

    /// Ends the request at work: what it did, if anything, and when.
    pub(crate) fn finish(&mut self) -> Option<(Moment, Vec<Event>)> {
        let events = std::mem::take(&mut self.pending);
        self.began.take().map(|began| (began, events))
    }

    pub(crate) fn context(&self, id: Uuid) -> Option<&Context> {
        // Contexts are asked for soon after they came to be.
        self.contexts.iter().rev().find(|context| context.id == id)
    }

    /// The events of one object, newest first.
    pub(crate) fn of_object(&self, id: Uuid) -> impl Iterator<Item = (&Context, &Event)> {
        let contexts = self.contexts.iter().rev();
        contexts.flat_map(move |context| {
            let events = context.events.iter().rev();
            events
                .filter(move |event| event.id == id)
                .map(move |event| (context, event))
        })
    }
}
