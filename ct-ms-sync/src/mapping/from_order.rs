//! An order in the words of its deal.

use std::fmt;

use calltouch_api::deal;
use jiff::Timestamp;
use moysklad_api::customer_order::CustomerOrder;
use moysklad_api::rate::Rate;
use moysklad_api::state::State;
use moysklad_api::{Id, Moment, Money, Ref};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::config::{Budget, Config};
use crate::flow::{order_close, order_update};
use crate::lead::LeadKey;
use crate::setup::Setup;

/// An order as МойСклад tells it; the fields that no deal depends on are never decoded.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct OrderRow {
    pub(crate) id: Id<CustomerOrder>,
    pub(crate) updated: Option<Moment>,
    deleted: Option<Moment>,
    state: Option<Ref<State>>,
    sum: Option<Money>,
    payed_sum: Option<Money>,
    shipped_sum: Option<Money>,
    rate: Option<Rate>,
}

/// An order as last seen, as far as its deal depends on it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct OrderSnapshot {
    pub(crate) id: Id<CustomerOrder>,
    pub(crate) state: Option<Id<State>>,
    /// When the order entered its state, as far as that is known.
    pub(crate) state_since: Timestamp,
    pub(crate) sum: Money,
    pub(crate) paid: Money,
    pub(crate) shipped: Money,
    pub(crate) updated: Timestamp,
    /// Since when the order lies in the trash (корзина) or is no longer there at all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) gone: Option<Timestamp>,
}

impl OrderSnapshot {
    /// The order as it is now, after `before`.
    pub(crate) fn new(order: &OrderRow, before: Option<&Self>) -> Self {
        let state = order.state.as_ref().and_then(Ref::id);
        let updated = order.updated.map(Moment::timestamp).unwrap_or_default();
        let state_since = before
            .filter(|before| before.state == state)
            .map_or(updated, |before| before.state_since);
        // Sums are in the currency of the order, and deals in roubles.
        let rate = order
            .rate
            .as_ref()
            .and_then(|rate| rate.value)
            .unwrap_or(Decimal::ONE);
        let sum = |sum: Option<Money>| {
            let kopecks = sum.unwrap_or_default().kopecks();
            Money::from_kopecks(kopecks.checked_mul(rate).unwrap_or(kopecks))
        };
        Self {
            id: order.id,
            state,
            state_since,
            sum: sum(order.sum),
            paid: sum(order.payed_sum),
            shipped: sum(order.shipped_sum),
            updated,
            gone: order.deleted.map(Moment::timestamp),
        }
    }

    /// The order as last seen, before it was found to be no longer there.
    pub(crate) fn deleted(&self, noticed: Timestamp) -> Self {
        Self {
            gone: Some(noticed),
            ..self.clone()
        }
    }

    /// Whether nobody has touched the order since it was made.
    pub(crate) fn is_untouched(&self, setup: &Setup) -> bool {
        let nothing = Money::default();
        self.gone.is_none()
            && self.state == setup.initial_state
            && self.sum == nothing
            && self.paid == nothing
            && self.shipped == nothing
    }
}

/// What a deal says of its order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct DealContent {
    /// Nothing when the order has no state: the deal keeps its own.
    pub(crate) status: Option<String>,
    /// Roubles.
    pub(crate) budget: Decimal,
    /// Roubles.
    pub(crate) paid: Decimal,
    /// Whether flow 4 says it.
    pub(crate) closed: bool,
}

impl fmt::Display for DealContent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.status {
            Some(status) => write!(f, "status «{status}», ")?,
            None => f.write_str("status as it was, ")?,
        }
        write!(f, "budget {} ₽, paid {} ₽", self.budget, self.paid)
    }
}

/// What the deal of this order has to say.
pub(crate) fn deal_content(order: &OrderSnapshot, setup: &Setup, config: &Config) -> DealContent {
    let state = order.state.and_then(|id| setup.state(id));
    let gone = order.gone.is_some();
    let closed = !gone && order_close::takes(state, &config.deals);
    let status = if gone {
        Some(config.deals.status_on_delete.clone())
    } else if closed {
        Some(order_close::status(state, &config.deals))
    } else {
        order_update::status(state, &config.deals)
    };
    let budget = match config.deals.budget {
        Budget::OrderSum => order.sum,
        Budget::PaidSum => order.paid,
        Budget::ShippedSum => order.shipped,
    };
    DealContent {
        status,
        budget: budget.rubles(),
        paid: order.paid.rubles(),
        closed,
    }
}

/// The update that makes the deal say it.
pub(crate) fn deal_update(
    key: LeadKey,
    order: &OrderSnapshot,
    content: &DealContent,
    config: &Config,
) -> deal::Update {
    let update = deal::Update::new(key.to_string())
        .revenue(content.budget)
        .updated(order.updated)
        .custom_field(
            config.deals.paid_sum_field.clone(),
            content.paid.normalize().to_string(),
        );
    match &content.status {
        Some(status) => update
            .status(status.clone())
            .status_date(order.gone.unwrap_or(order.state_since)),
        None => update,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;
    use uuid::Uuid;

    use super::super::fixtures::{id, setup};
    use super::*;

    fn order_in(state: Option<u128>, sum: i64, paid: i64) -> OrderSnapshot {
        OrderSnapshot {
            id: id(5),
            state: state.map(id),
            state_since: "2026-11-20T07:00:00Z".parse().unwrap(),
            sum: Money::from_kopecks(Decimal::from(sum)),
            paid: Money::from_kopecks(Decimal::from(paid)),
            shipped: Money::from_kopecks(Decimal::from(sum)),
            updated: "2026-11-20T08:00:00Z".parse().unwrap(),
            gone: None,
        }
    }

    #[test]
    fn a_deal_of_a_deleted_order_is_cancelled_whatever_state_the_order_was_in() {
        let config = Config::new(7);
        let deleted_at = "2026-11-21T09:30:00Z".parse().unwrap();
        for state in [1, 2, 3, 4] {
            let order = order_in(Some(state), 100_000, 0).deleted(deleted_at);
            let content = deal_content(&order, &setup(), &config);

            let update = deal_update(LeadKey::call(7, 1), &order, &content, &config);
            let sent = serde_json::to_value(update).unwrap();

            assert!(!content.closed, "{state}");
            assert_eq!(sent["status"], "CANCELED", "{state}");
            assert_eq!(sent["statusDate"], "21-11-2026 12:30:00", "{state}");
        }
    }

    #[test]
    fn exactly_one_of_flows_3_and_4_speaks_for_an_order() {
        let mut config = Config::new(7);
        config
            .deals
            .status_by_state
            .insert("Отгружен".into(), "SHIPPED".into());
        config.deals.status_on_failure = Some("CANCELED".into());
        let says = |state| deal_content(&order_in(state, 0, 0), &setup(), &config);
        let table = [
            (Some(1), Some("Новый"), false),
            (Some(2), Some("SHIPPED"), false),
            (Some(3), Some("COMPLETED"), true),
            (Some(4), Some("CANCELED"), false),
            // A state that is not known, and no state at all: the deal keeps its status.
            (Some(99), None, false),
            (None, None, false),
        ];
        for (state, status, closed) in table {
            let content = says(state);
            assert_eq!(
                (content.status.as_deref(), content.closed),
                (status, closed),
                "{state:?}"
            );
        }
    }

    #[test]
    fn a_named_state_counts_as_done() {
        let mut config = Config::new(7);
        config.deals.success_states = vec!["Отгружен".into()];
        let content = deal_content(&order_in(Some(2), 0, 0), &setup(), &config);
        assert!(content.closed);
        assert_eq!(content.status.as_deref(), Some("COMPLETED"));
    }

    #[test]
    fn the_budget_is_the_sum_that_the_settings_name() {
        let mut config = Config::new(7);
        for (budget, expected) in [
            (Budget::OrderSum, 1000),
            (Budget::PaidSum, 400),
            (Budget::ShippedSum, 1000),
        ] {
            config.deals.budget = budget;
            let content = deal_content(&order_in(Some(2), 100_000, 40_000), &setup(), &config);
            assert_eq!(content.budget, Decimal::from(expected), "{budget:?}");
            assert_eq!(content.paid, Decimal::from(400));
        }
    }

    #[test]
    fn an_update_says_since_when_the_order_is_in_its_state() {
        let config = Config::new(7);
        let order = order_in(Some(2), 1_234_567, 100_050);
        let content = deal_content(&order, &setup(), &config);

        let sent =
            serde_json::to_value(deal_update(LeadKey::call(7, 1), &order, &content, &config))
                .unwrap();

        assert_eq!(sent["orderNumber"], "ct-7-call-1");
        assert_eq!(sent["status"], "Отгружен");
        assert_eq!(sent["statusDate"], "20-11-2026 10:00:00");
        assert_eq!(sent["revenue"], "12345.67");
        assert_eq!(
            sent["customFields"],
            json!([{"field": "payed_sum", "value": "1000.5"}])
        );
    }

    #[test]
    fn the_state_date_stays_until_the_state_changes() {
        let row = |state: u128, updated: &str| -> OrderRow {
            serde_json::from_value(json!({
                "meta": {"href": format!("https://x/entity/customerorder/{}", Uuid::from_u128(5)), "type": "customerorder"},
                "id": Uuid::from_u128(5),
                "accountId": Uuid::from_u128(6),
                "name": "00001",
                "externalCode": "ct-7-call-1",
                "updated": updated,
                "state": {"meta": {"href": format!("https://x/entity/customerorder/metadata/states/{}", Uuid::from_u128(state)), "type": "state"}},
            }))
            .unwrap()
        };
        let first = OrderSnapshot::new(&row(1, "2026-11-20 10:00:00.000"), None);
        let edited = OrderSnapshot::new(&row(1, "2026-11-20 11:00:00.000"), Some(&first));
        let moved = OrderSnapshot::new(&row(2, "2026-11-20 12:00:00.000"), Some(&edited));
        assert_eq!(edited.state_since, first.updated);
        assert_eq!(moved.state_since, moved.updated);
    }

    #[test]
    fn an_order_in_another_currency_is_told_in_roubles() {
        let order: OrderRow = serde_json::from_value(json!({
            "meta": {"href": "https://x/entity/customerorder/x", "type": "customerorder"},
            "id": Uuid::from_u128(5),
            "name": "00001",
            "sum": 100_000.0,
            "payedSum": 50_000.0,
            "rate": {"value": 90.5},
        }))
        .unwrap();

        let content = deal_content(&OrderSnapshot::new(&order, None), &setup(), &Config::new(7));

        assert_eq!(content.budget, Decimal::from(90_500));
        assert_eq!(content.paid, Decimal::from(45_250));
    }

    proptest! {
        #[test]
        fn roubles_are_kopecks_by_a_hundred_to_the_last_digit(kopecks in 0_i64..1_000_000_000_000) {
            let config = Config::new(7);
            let order = order_in(Some(2), kopecks, kopecks);
            let content = deal_content(&order, &setup(), &config);
            let sent = serde_json::to_value(deal_update(LeadKey::call(7, 1), &order, &content, &config)).unwrap();
            let text = sent["revenue"].as_str().unwrap();
            let expected = Decimal::new(kopecks, 2);
            prop_assert_eq!(text.parse::<Decimal>().unwrap(), expected);
        }
    }
}
