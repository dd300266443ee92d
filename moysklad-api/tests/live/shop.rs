//! An emulated account and a client of it.

use moysklad_api::customer_order::{self, CustomerOrder};
use moysklad_api::emulator::{Builder, Emulator};
use moysklad_api::{Client, Credentials, Id, Pace, counterparty};

pub(super) struct Shop {
    pub(super) emulator: Emulator,
    pub(super) client: Client,
}

impl Shop {
    pub(super) async fn open() -> Self {
        Self::open_with(Emulator::builder()).await
    }

    pub(super) async fn open_with(builder: Builder) -> Self {
        let emulator = builder.start().await.unwrap();
        let client = client(&emulator, Credentials::token(emulator.token()));
        Self { emulator, client }
    }

    /// Creates a customer and an order of theirs.
    pub(super) async fn order(&self) -> CustomerOrder {
        let new = counterparty::New::new("ООО Вектор");
        let customer = self.client.counterparties().create(new).send().await;
        let organizations = self.client.organizations().list().send_all().await.unwrap();
        let new = customer_order::New::new(organizations[0].id, customer.unwrap().id);
        let orders = self.client.customer_orders();
        orders.create(new).send().await.unwrap()
    }

    pub(super) async fn state(&self, name: &str) -> Id<moysklad_api::state::State> {
        let states = self.client.customer_orders().states();
        states.find(name).await.unwrap().unwrap().id
    }
}

pub(super) fn client(emulator: &Emulator, credentials: Credentials) -> Client {
    Client::builder(credentials)
        .base_url(emulator.base_url())
        .pace(Pace::solution())
        .attempts(1)
        .build()
        .unwrap()
}
