//! Every request about additional fields and states.

use moysklad_api::Client;
use moysklad_api::attribute::{self, AttributeKind};
use moysklad_api::entity::{WithAttributes, WithStates};
use moysklad_api::state::{self, StateType};

use crate::tour::all;

/// Additional fields are created, read, changed, listed and deleted.
pub(crate) async fn attributes<T: WithAttributes>(client: &Client) {
    let fields = client.entity::<T>().attributes();
    let new = |name: &str| attribute::New::new(name, AttributeKind::String).description("contract");
    let field = fields.create(new("Первое")).send().await.unwrap();
    let more = all(fields
        .create_many(vec![new("Второе"), new("Третье")])
        .send()
        .await);
    fields.get(field.id).send().await.unwrap();
    let update = attribute::Update {
        name: Some("Новое имя".to_owned()),
        ..Default::default()
    };
    fields.update(field.id, update).send().await.unwrap();
    assert!(fields.list().send().await.unwrap().len() > more.len());
    client.entity::<T>().metadata().send().await.unwrap();
    fields.delete(field.id).send().await.unwrap();
}

/// States are created, read, changed, listed and deleted.
pub(crate) async fn states<T: WithStates>(client: &Client) {
    let states = client.entity::<T>().states();
    let new = |name: &str| state::New::new(name, 0x00_99_33, StateType::Regular);
    let state = states.create(new("Первый")).send().await.unwrap();
    all(states
        .create_many(vec![new("Второй"), new("Третий")])
        .send()
        .await);
    states.get(state.id).send().await.unwrap();
    let update = state::Update {
        state_type: Some(StateType::Successful),
        ..Default::default()
    };
    states.update(state.id, update).send().await.unwrap();
    assert!(states.list().send().await.unwrap().len() > 2);
    states.delete(state.id).send().await.unwrap();
}
