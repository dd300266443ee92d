//! МойСклад as a sender of webhooks: orders and payments, as JSON by POST.

use axum::http::{HeaderMap, Method, StatusCode, Uri};
use moysklad_api::cash_in::CashIn;
use moysklad_api::customer_order::CustomerOrder;
use moysklad_api::entity::Entity;
use moysklad_api::payment_in::PaymentIn;
use moysklad_api::webhook::Delivery;

use super::{Meaning, Sender};

pub(super) struct Moysklad;

impl Sender for Moysklad {
    const NAME: &'static str = "moysklad";
    const METHODS: &'static [Method] = &[Method::POST];
    const GOOD: StatusCode = StatusCode::NO_CONTENT;

    fn meaning(_: u64, uri: &Uri, _: &HeaderMap, body: &[u8]) -> Option<Meaning> {
        let delivery = Delivery::read(uri.query().unwrap_or_default(), body).ok()?;
        let watched = [CustomerOrder::TYPE, PaymentIn::TYPE, CashIn::TYPE];
        let concerns_us = delivery.events.iter().any(|event| {
            let of = event.reference.entity_type();
            of.is_some_and(|of| watched.contains(&of))
        });
        Some(if concerns_us {
            Meaning::Look
        } else {
            Meaning::Nothing
        })
    }
}
