//! What the account holds, read and changed past the network.

use std::borrow::Borrow;

use serde_json::Value;
use uuid::Uuid;

use super::Emulator;
use super::dictionaries::ELEMENT;
use super::error::ServiceErrors;
use super::expand::Expand;
use super::href::Links;
use super::journal::{Origin, Source};
use super::render::Renderer;
use super::store::Table;
use super::webhook::Suppressed;
use super::world::{World, parse_id};

/// What the account holds; nothing here is counted or limited.
impl Emulator {
    /// Adds an object as a `POST` of it would, with the same checks and defaults.
    ///
    /// Elements of custom dictionaries come with [`Emulator::add_dictionary`].
    ///
    /// # Errors
    ///
    /// What the service would answer: an unknown type, a missing field, a bad reference.
    pub fn add(
        &self,
        entity_type: &str,
        object: impl Borrow<Value>,
    ) -> Result<Value, ServiceErrors> {
        let kind = World::kind(entity_type)?;
        if kind.keyword == ELEMENT {
            return Err(ServiceErrors::no_dictionary());
        }
        let id = self.act(|world| world.seed(entity_type, object.borrow()))?;
        self.show(kind.keyword, id)
    }

    /// Changes an object as a manager does in the web interface, or as a `PUT` would.
    ///
    /// # Errors
    ///
    /// What the service would answer: an unknown object, a bad value.
    pub fn edit(
        &self,
        entity_type: &str,
        id: &str,
        patch: impl Borrow<Value>,
    ) -> Result<Value, ServiceErrors> {
        let kind = World::kind(entity_type)?;
        let id = parse_id(id)?;
        let at = self.shared.clock.tick();
        self.act(|world| world.save(kind, Some(id), patch.borrow(), at))?;
        self.show(kind.keyword, id)
    }

    /// Deletes an object for good.
    ///
    /// # Errors
    ///
    /// When it does not exist or other objects refer to it.
    pub fn remove(&self, entity_type: &str, id: &str) -> Result<(), ServiceErrors> {
        let kind = World::kind(entity_type)?;
        let (id, base) = (parse_id(id)?, self.base_url());
        let at = self.shared.clock.tick();
        self.act(|world| world.delete(kind, id, at, Links { base: &base }))
    }

    /// Puts a document into the trash (корзина).
    ///
    /// # Errors
    ///
    /// When it does not exist or is no document.
    pub fn trash(&self, entity_type: &str, id: &str) -> Result<(), ServiceErrors> {
        let kind = World::kind(entity_type)?;
        let (id, at) = (parse_id(id)?, self.shared.clock.tick());
        self.act(|world| world.trash(kind, id, at))
    }

    /// Takes a document out of the trash (корзина), which only the web interface can.
    ///
    /// # Errors
    ///
    /// When it does not exist.
    pub fn restore(&self, entity_type: &str, id: &str) -> Result<(), ServiceErrors> {
        let kind = World::kind(entity_type)?;
        let (id, at) = (parse_id(id)?, self.shared.clock.tick());
        self.act(|world| world.restore(kind, id, at))
    }

    /// Reads an object with the rows of its nested collections.
    #[must_use]
    pub fn get(&self, entity_type: &str, id: &str) -> Option<Value> {
        let id = parse_id(id).ok()?;
        self.show(entity_type, id).ok()
    }

    /// Reads all objects of a type, oldest first, archived and trashed ones included.
    #[must_use]
    pub fn all(&self, entity_type: &str) -> Vec<Value> {
        let Ok(kind) = World::kind(entity_type) else {
            return Vec::new();
        };
        let base = self.base_url();
        let world = self.shared.world.lock();
        let renderer = Renderer {
            world: &world,
            links: Links { base: &base },
        };
        let expand = Expand::nested_rows(kind);
        let rows = world.store.table(kind).into_iter().flat_map(Table::rows);
        rows.map(|row| renderer.row(kind, row, &expand)).collect()
    }

    /// Does what a manager does in the web interface: the audit and webhooks tell of it so.
    pub(super) fn act<T>(&self, deed: impl FnOnce(&mut World) -> T) -> T {
        let mut world = self.shared.world.lock();
        let login = world.account.login.clone();
        world.enter(&login);
        let done = deed(&mut world);
        let origin = Origin {
            uid: login.into(),
            source: Source::App,
        };
        world.finish(origin, &Suppressed::default());
        done
    }

    pub(super) fn show(&self, entity_type: &str, id: Uuid) -> Result<Value, ServiceErrors> {
        let kind = World::kind(entity_type)?;
        let base = self.base_url();
        let world = self.shared.world.lock();
        let row = world.row(kind, id)?;
        let renderer = Renderer {
            world: &world,
            links: Links { base: &base },
        };
        Ok(renderer.row(kind, row, &Expand::nested_rows(kind)))
    }
}
