//! Making sure that states exist, finding them, and putting objects into them.

use http::Method;
use serde::Serialize;

use super::{New, State, StateType};
use crate::ensured::{self, Difference, Ensured, Wanted, compare};
use crate::entity::{Definitions, Resource, Save, Update as CanUpdate, WithStates, operation};
use crate::error::{Effect, Result, RowError};
use crate::id::Id;
use crate::meta::Ref;
use crate::transport::Call;

impl Wanted<State> for New {
    fn is(&self, found: &State) -> bool {
        self.name == found.name
    }

    fn is_same(&self, other: &Self) -> bool {
        self.name == other.name
    }

    fn differences(&self, found: &State) -> Vec<Difference> {
        let mut all = Vec::new();
        let wanted = Some(self.state_type.as_str());
        compare(
            &mut all,
            "stateType",
            wanted,
            Some(found.state_type.as_str()),
        );
        compare(&mut all, "color", Some(self.color), found.color);
        all
    }
}

impl<T: WithStates> Definitions<T, State> {
    /// Finds the state with this name; none if there is none.
    ///
    /// # Errors
    ///
    /// If the service refuses the request.
    pub async fn find(&self, name: &str) -> Result<Option<State>> {
        let mut states = self.list().send().await?.into_iter();
        Ok(states.find(|state| state.name == name))
    }

    /// Finds the states of a type, such as all that end the work well, in the service's order.
    ///
    /// # Errors
    ///
    /// If the service refuses the request.
    pub async fn of_type(&self, state_type: &StateType) -> Result<Vec<State>> {
        let mut states = self.list().send().await?;
        states.retain(|state| state.state_type == *state_type);
        Ok(states)
    }
}

impl<T: WithStates> Resource<T> {
    /// Creates the states (статусы) that are missing, and changes nothing else.
    ///
    /// States go by their names. Called again it does nothing. The results stand in the order of
    /// what is wanted; a state that is there but differs is reported and not changed.
    ///
    /// # Errors
    ///
    /// If the states cannot be listed; that of a result if one cannot be created, for example
    /// because the caller is no administrator.
    pub async fn ensure_states(
        &self,
        wanted: &[New],
    ) -> Result<Vec<Result<Ensured<State>, RowError>>> {
        let states = self.states();
        let there = states.list().send().await?;
        let missing = ensured::missing(wanted, &there);
        if missing.is_empty() {
            return Ok(ensured::settle(wanted, &there, &[], Vec::new(), &[]));
        }
        let created = states.create_many(missing.clone()).send().await;
        let again = if created.iter().any(Result::is_err) {
            // Somebody may have been faster, or the answer alone was lost.
            states.list().send().await.unwrap_or_default()
        } else {
            Vec::new()
        };
        Ok(ensured::settle(wanted, &there, &missing, created, &again))
    }
}

impl<T: WithStates + CanUpdate> Resource<T> {
    /// Puts an object into a state, and changes nothing else of it.
    pub fn set_state(&self, id: Id<T>, state: Id<State>) -> Save<T> {
        self.put_state(id, Some(State::reference::<T>(state)))
    }

    /// Takes an object out of its state, so that it has none.
    pub fn clear_state(&self, id: Id<T>) -> Save<T> {
        self.put_state(id, None)
    }

    fn put_state(&self, id: Id<T>, state: Option<Ref<State>>) -> Save<T> {
        #[derive(Serialize)]
        struct Body {
            state: Option<Ref<State>>,
        }
        let operation = operation::<T>("set_state");
        let call = Call::new(operation, Method::PUT, T::path(), Effect::RepeatableWrite).id(id);
        Save::new(self.client().clone(), call, &Body { state })
    }
}
