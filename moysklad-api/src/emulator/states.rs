//! States (статусы): created, changed, deleted and shown.

use serde_json::{Value, json};
use uuid::Uuid;

use super::datum::Row;
use super::entity_types::EntityType;
use super::error::ServiceErrors;
use super::href::{Links, Target};
use super::moment::Moment;
use super::register::{State, StateType};
use super::validate::{text, whole};
use super::world::World;

impl World {
    /// Creates or updates a state; elements with `meta` are updates.
    pub(crate) fn save_state(
        &mut self,
        owner: &'static str,
        target: Option<Uuid>,
        body: &Value,
        at: Moment,
    ) -> Result<Uuid, ServiceErrors> {
        let map = body
            .as_object()
            .ok_or_else(|| ServiceErrors::wrong_type("states", "Object"))?;
        let target = match (target, body.pointer("/meta/href").and_then(Value::as_str)) {
            (None, Some(href)) => {
                let id = Target::parse(href).and_then(Target::id);
                Some(id.ok_or_else(|| ServiceErrors::wrong_type("meta", "Meta"))?)
            }
            (target, _) => target,
        };
        let old = match target {
            Some(id) => {
                let known = self.registers.state(owner, id);
                Some(
                    known
                        .cloned()
                        .ok_or_else(|| ServiceErrors::not_found("state", id))?,
                )
            }
            None => None,
        };
        let name = match (map.get("name"), &old) {
            (Some(name), _) => text("name", name, 255)?,
            (None, old) => old.as_ref().map(|state| state.name.clone()),
        };
        let color = match (map.get("color"), &old) {
            (Some(color), _) => {
                Some(whole(color).ok_or_else(|| ServiceErrors::wrong_type("color", "Int"))?)
            }
            (None, old) => old.as_ref().map(|state| state.color),
        };
        let finality = match (map.get("stateType"), &old) {
            (Some(word), _) => {
                let wrong = || ServiceErrors::wrong_type("stateType", "Enum");
                let word = word.as_str().ok_or_else(wrong)?;
                let choice = || ServiceErrors::choice("stateType", word, &StateType::WORDS);
                StateType::parse(word).ok_or_else(choice)?
            }
            (None, old) => old
                .as_ref()
                .map_or(StateType::Regular, |state| state.finality),
        };
        let state = State {
            id: old.map_or_else(|| self.mint.id(at), |state| state.id),
            name: name.ok_or_else(|| ServiceErrors::required("name"))?,
            color: color.ok_or_else(|| ServiceErrors::required("color"))?,
            finality,
        };
        let id = state.id;
        let states = self.registers.states_mut(owner);
        match states.iter_mut().find(|known| known.id == id) {
            Some(known) => *known = state,
            None => states.push(state),
        }
        Ok(id)
    }

    /// Takes a state from every object that is in it.
    fn clear_state(&mut self, id: Uuid) {
        let users = self.store.users_of(id);
        let users: Vec<(&'static EntityType, Row)> =
            users.map(|(kind, row)| (kind, row.clone())).collect();
        for (kind, mut row) in users {
            row.fields.remove("state");
            self.store.put(kind, row);
        }
    }

    /// Deletes a state that no object is in.
    pub(crate) fn delete_state(
        &mut self,
        owner: &'static str,
        id: Uuid,
        links: Links<'_>,
    ) -> Result<(), ServiceErrors> {
        if self.registers.state(owner, id).is_none() {
            return Err(ServiceErrors::not_found("state", id));
        }
        if self.settings.switches.deleting_clears_states {
            self.clear_state(id);
        } else if self.store.uses(id) > 0 {
            let users = self.store.users_of(id).take(10);
            let users = users
                .map(|(kind, row)| links.object(kind, row.id))
                .collect();
            return Err(ServiceErrors::in_use(users));
        }
        self.registers
            .states_mut(owner)
            .retain(|state| state.id != id);
        Ok(())
    }

    /// A state as the service shows it.
    pub(crate) fn shown_state(&self, owner: &str, state: &State, links: Links<'_>) -> Value {
        json!({
            "meta": links.state(owner, state.id),
            "id": state.id,
            "accountId": self.account.id,
            "name": state.name,
            "color": state.color,
            "stateType": state.finality.word(),
            "entityType": owner,
        })
    }
}
