//! What one side says in the words of the other: lead → counterparty, order, deal; order → deal.
//!
//! All of it is pure: nothing is read and nothing is sent here.

mod field_value;
mod from_lead;
mod from_order;

pub(crate) use from_lead::{
    FromLead, contacts_to_match, deal, email_of, match_by, next_sync_id, phone_of, shared_code,
};
pub(crate) use from_order::{DealContent, OrderRow, OrderSnapshot, deal_content, deal_update};

#[cfg(test)]
mod fixtures {
    use std::collections::BTreeMap;

    use moysklad_api::Id;
    use moysklad_api::state::StateType;
    use uuid::Uuid;

    use crate::setup::{FieldKind, KnownField, OrderState, References, Setup};

    pub(super) fn id<T>(n: u128) -> Id<T> {
        Uuid::from_u128(n).to_string().parse().unwrap()
    }

    fn field(n: u128, kind: FieldKind) -> KnownField {
        KnownField { id: id(n), kind }
    }

    fn state(n: u128, name: &str, state_type: StateType) -> OrderState {
        OrderState {
            id: id(n),
            name: name.into(),
            state_type,
        }
    }

    pub(super) fn setup() -> Setup {
        Setup {
            organization: id(100),
            states: vec![
                state(1, "Новый", StateType::Regular),
                state(2, "Отгружен", StateType::Regular),
                state(3, "Доставлен", StateType::Successful),
                state(4, "Отменен", StateType::Unsuccessful),
            ],
            initial_state: Some(id(1)),
            fields: BTreeMap::from([
                ("source".to_owned(), field(11, FieldKind::Line)),
                ("utm_campaign".to_owned(), field(12, FieldKind::Line)),
                ("tags".to_owned(), field(13, FieldKind::Text)),
            ]),
            references: References::default(),
            warnings: Vec::new(),
        }
    }
}
