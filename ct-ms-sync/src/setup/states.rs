//! The states of orders, and whether the settings name them right.

use moysklad_api::Id;
use moysklad_api::state::{State, StateType};
use serde::{Deserialize, Serialize};

use super::listed;
use crate::config::{Deals, Orders, StateKind};

/// State (статус) of new orders when the configuration names none.
const USUAL_INITIAL_STATE: &str = "Новый";

/// A state (статус) of orders.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct OrderState {
    pub(crate) id: Id<State>,
    pub(crate) name: String,
    pub(crate) state_type: StateType,
}

impl From<&State> for OrderState {
    fn from(state: &State) -> Self {
        Self {
            id: state.id,
            name: state.name.clone(),
            state_type: state.state_type.clone(),
        }
    }
}

impl OrderState {
    /// What `deals.status_by_state_type` gives for the state.
    pub(crate) fn mapped_by_type<'a>(&self, deals: &'a Deals) -> Option<&'a String> {
        let kind = match self.state_type {
            StateType::Regular => StateKind::Regular,
            StateType::Successful => StateKind::Successful,
            StateType::Unsuccessful => StateKind::Unsuccessful,
            _ => return None,
        };
        deals.status_by_state_type.get(&kind)
    }
}

/// The state of new orders; nothing when the account has no states at all.
///
/// The error says what is wrong with the setting.
pub(crate) fn initial_state(
    states: &[OrderState],
    settings: &Orders,
) -> Result<Option<Id<State>>, String> {
    let named = |name: &str| states.iter().find(|state| state.name == name);
    match &settings.initial_state {
        Some(name) => named(name)
            .map(|state| Some(state.id))
            .ok_or_else(|| unknown("orders.initial_state", name, states)),
        None => Ok(named(USUAL_INITIAL_STATE)
            .or(states.first())
            .map(|state| state.id)),
    }
}

/// What the settings of deals name and the account does not have.
///
/// Only what the name stands for stops; everything else goes on.
pub(crate) fn misnamed(states: &[OrderState], deals: &Deals) -> Vec<String> {
    let success = deals
        .success_states
        .iter()
        .map(|name| ("deals.success_states", name));
    let silent = deals
        .silent_states
        .iter()
        .map(|name| ("deals.silent_states", name));
    let mapped = deals
        .status_by_state
        .keys()
        .map(|name| ("deals.status_by_state", name));
    success
        .chain(silent)
        .chain(mapped)
        .filter(|(_, name)| states.iter().all(|state| state.name != **name))
        .map(|(setting, name)| unknown(setting, name, states))
        .collect()
}

fn unknown(setting: &str, name: &str, states: &[OrderState]) -> String {
    format!(
        "`{setting}`: orders have no state «{name}»; they have {}",
        listed(states.iter().map(|state| state.name.as_str()))
    )
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn states() -> Vec<OrderState> {
        [(1, "Новый"), (2, "Собран")]
            .map(|(id, name)| OrderState {
                id: Uuid::from_u128(id).to_string().parse().unwrap(),
                name: name.into(),
                state_type: StateType::Regular,
            })
            .into()
    }

    #[test]
    fn every_misspelt_state_is_named_with_its_setting_and_the_states_there_are() {
        let mut deals = Deals {
            success_states: vec!["Сабран".into(), "Собран".into()],
            silent_states: vec!["Черновик".into()],
            ..Deals::default()
        };
        deals.status_by_state.insert("новый".into(), "NEW".into());

        let misnamed = misnamed(&states(), &deals);

        assert_eq!(misnamed.len(), 3);
        for (text, setting, name) in [
            (&misnamed[0], "`deals.success_states`", "«Сабран»"),
            (&misnamed[1], "`deals.silent_states`", "«Черновик»"),
            (&misnamed[2], "`deals.status_by_state`", "«новый»"),
        ] {
            assert!(
                [setting, name, "«Новый», «Собран»"]
                    .iter()
                    .all(|part| text.contains(part)),
                "{text}"
            );
        }
    }

    #[test]
    fn new_orders_get_the_named_state_else_the_usual_one_else_the_first() {
        let named = |name: Option<&str>| Orders {
            initial_state: name.map(str::to_owned),
            ..Orders::default()
        };
        let states = states();
        let id = |at: usize| Ok(Some(states[at].id));
        assert_eq!(initial_state(&states, &named(Some("Собран"))), id(1));
        assert_eq!(initial_state(&states, &named(None)), id(0));
        assert_eq!(initial_state(&states[1..], &named(None)), id(1));
        assert_eq!(initial_state(&[], &named(None)), Ok(None));
        assert!(initial_state(&states, &named(Some("Нет"))).is_err());
    }
}
