//! What the events of an object tell about its states.

use super::{Event, EventType, Held};
use crate::id::Id;
use crate::moment::Moment;
use crate::state::State;

/// When the object last entered the state, whatever the order of the events.
pub(super) fn entered_state(events: &[Event], state: Id<State>) -> Option<Moment> {
    let mut changes: Vec<_> = events.iter().filter_map(state_change).collect();
    changes.sort_by_key(|(moment, ..)| *moment);
    let last = changes.iter().rfind(|(_, _, new)| *new == Some(state));
    if let Some((moment, ..)) = last {
        return Some(*moment);
    }
    let from_the_start = match changes.first() {
        Some((_, old, _)) => *old == Some(state),
        None => true,
    };
    let created = || {
        let creation = |event: &&Event| event.event_type == Some(EventType::Create);
        events.iter().find(creation).map(|event| event.moment)
    };
    from_the_start.then(created).flatten()
}

/// When a state changed, from which to which.
type StateChange = (Moment, Option<Id<State>>, Option<Id<State>>);

fn state_change(event: &Event) -> Option<StateChange> {
    let change = event.diff.as_ref()?.get("state")?;
    let id = |held: Option<&Held>| held?.reference()?.id().map(|id| Id::new(id.uuid()));
    Some((event.moment, id(change.before()), id(change.after())))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};
    use uuid::Uuid;

    use super::*;

    fn id(number: u128) -> Id<State> {
        Id::new(Uuid::from_u128(number))
    }

    fn side(number: u128) -> Value {
        let href = format!(
            "https://h/entity/customerorder/metadata/states/{}",
            id(number)
        );
        json!({"meta": {"href": href, "type": "state"}, "name": "n"})
    }

    fn event(moment: &str, kind: &str, diff: Option<Value>) -> Event {
        serde_json::from_value(json!({"moment": moment, "eventType": kind, "diff": diff})).unwrap()
    }

    fn change(moment: &str, old: u128, new: u128) -> Event {
        let diff = json!({"state": {"oldValue": side(old), "newValue": side(new)}});
        event(moment, "update", Some(diff))
    }

    fn moment(text: &str) -> Moment {
        text.parse().unwrap()
    }

    const CREATED: &str = "2026-08-15 09:21:37.402";

    #[test]
    fn the_last_entry_counts_in_every_order_of_the_events() {
        let mut events = vec![
            event(CREATED, "create", None),
            change("2026-08-16 10:00:00", 1, 2),
            change("2026-08-17 10:00:00", 2, 1),
            change("2026-08-18 10:00:00", 1, 2),
        ];
        for _ in 0..events.len() {
            events.rotate_left(1);
            assert_eq!(
                entered_state(&events, id(2)),
                Some(moment("2026-08-18 10:00:00"))
            );
            assert_eq!(
                entered_state(&events, id(1)),
                Some(moment("2026-08-17 10:00:00"))
            );
        }
    }

    #[test]
    fn a_state_from_the_start_was_entered_at_creation() {
        let created = event(CREATED, "create", None);
        let other = event(
            "2026-08-16 10:00:00",
            "update",
            Some(json!({"sum": {"newValue": 1}})),
        );

        let never_changed = [other.clone(), created.clone()];
        let changed_once = [change("2026-08-17 10:00:00", 1, 2), created.clone()];

        assert_eq!(entered_state(&never_changed, id(1)), Some(moment(CREATED)));
        assert_eq!(entered_state(&changed_once, id(1)), Some(moment(CREATED)));
    }

    #[test]
    fn a_state_that_was_never_entered_has_no_moment() {
        let events = [
            change("2026-08-17 10:00:00", 1, 2),
            event(CREATED, "create", None),
        ];

        assert_eq!(entered_state(&events, id(3)), None);
        assert_eq!(entered_state(&[], id(1)), None);
    }
}
