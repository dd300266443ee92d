//! What one side says in the words of the other: lead → counterparty, order, deal; order → deal.
//!
//! All of it is pure: nothing is read and nothing is sent here.

use jiff::Timestamp;
use moysklad_api::attribute::AttributeValue;
use moysklad_api::counterparty::{self, CompanyType};
use moysklad_api::customer_order::{self, CustomerOrder};
use moysklad_api::state::State;
use moysklad_api::{Id, Moment, Money, Ref};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use calltouch_api::deal::{self, Matching};

use crate::config::{Budget, Config, Counterparties, LegalForm, MatchBy};
use crate::contact::{Email, Phone};
use crate::flow::{call, order_close, order_update, request};
use crate::lead::{Lead, LeadKey, LeadKind};
use crate::setup::Setup;
use crate::source_field::SOURCE_FIELDS;

/// Namespace of the `syncId` of counterparties; fixed for ever, like that of orders.
const COUNTERPARTY_NAMESPACE: Uuid = Uuid::from_u128(0x0d5e_83b7_19f4_5c6a_8e21_b7c0_46fa_93d5);
/// Most characters of a name, a phone or an e-mail in МойСклад.
const LINE: usize = 255;
/// Most characters of a comment in МойСклад.
const TEXT: usize = 4096;

/// How the counterparty of this lead is matched.
pub(crate) fn match_by(lead: &Lead, rules: &Counterparties) -> MatchBy {
    match lead.key.kind() {
        LeadKind::Call => rules.match_calls_by,
        LeadKind::Request => rules.match_requests_by,
    }
}

/// The contacts that make the lead's counterparty a known one, the first to look for first.
pub(crate) fn contacts_to_match(lead: &Lead, by: MatchBy) -> Vec<&str> {
    let phones = lead.phones.iter().map(Phone::as_str).filter(|_| by.phone());
    let emails = lead.emails.iter().map(Email::as_str).filter(|_| by.email());
    phones.chain(emails).collect()
}

/// The `syncId` of the lead's counterparty: the same for every lead of the same person.
pub(crate) fn counterparty_sync_id(lead: &Lead, by: MatchBy) -> Uuid {
    let name = contacts_to_match(lead, by)
        .first()
        .map_or_else(|| lead.key.to_string(), |contact| (*contact).to_owned());
    Uuid::new_v5(&COUNTERPARTY_NAMESPACE, name.as_bytes())
}

/// The counterparty (контрагент) of a lead.
pub(crate) fn counterparty(lead: &Lead, rules: &Counterparties) -> counterparty::New {
    let phone = lead
        .phones
        .first()
        .map(|phone| phone.as_str().to_owned())
        .or_else(|| lead.phone_text.clone());
    let email = lead.emails.first().map(|email| email.as_str().to_owned());
    let name = lead
        .name
        .clone()
        .or_else(|| phone.clone())
        .or_else(|| email.clone())
        .unwrap_or_else(|| format!("Лид Calltouch {}", lead.key));
    let form = match rules.legal_form {
        LegalForm::Individual => CompanyType::Individual,
        LegalForm::Legal => CompanyType::Legal,
        LegalForm::Entrepreneur => CompanyType::Entrepreneur,
    };
    let mut new = counterparty::New::new(cut(&name, LINE))
        .sync_id(counterparty_sync_id(lead, match_by(lead, rules)))
        .external_code(lead.key.to_string())
        .company_type(form);
    if let Some(phone) = phone {
        new = new.phone(cut(&phone, LINE));
    }
    if let Some(email) = email.filter(|email| email.chars().count() <= LINE) {
        new = new.email(email);
    }
    new
}

/// The order (заказ покупателя) of a lead.
pub(crate) fn order(
    lead: &Lead,
    counterparty: Id<counterparty::Counterparty>,
    setup: &Setup,
) -> customer_order::New {
    let comment = match lead.key.kind() {
        LeadKind::Call => call::comment(lead),
        LeadKind::Request => request::comment(lead),
    };
    let mut new = customer_order::New::new(Ref::new(setup.organization), Ref::new(counterparty))
        .sync_id(lead.key.order_sync_id())
        .external_code(lead.key.to_string())
        .description(cut(&comment, TEXT));
    if let Some(state) = setup.initial_state {
        new = new.state(State::reference::<CustomerOrder>(state));
    }
    let values = SOURCE_FIELDS.iter().filter_map(|field| {
        let known = setup.fields.get(field.code)?;
        let value = lead.source_fields.get(field.code)?;
        Some(AttributeValue::new::<CustomerOrder>(
            known.id,
            cut(value, known.capacity),
        ))
    });
    new.attributes(values.collect())
}

/// The deal (сделка) of a lead.
pub(crate) fn deal(key: LeadKey, at: Timestamp, config: &Config) -> deal::New {
    let matching = match key.kind() {
        LeadKind::Call => Matching::call(key.id()),
        LeadKind::Request => Matching::request(key.id()),
    };
    deal::New::new(key.to_string(), config.deals.status_on_creation.clone(), at)
        .revenue(Decimal::ZERO)
        .matching(matching)
}

/// An order as last seen, as far as its deal depends on it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct OrderSnapshot {
    pub(crate) id: Id<CustomerOrder>,
    pub(crate) state: Option<Id<State>>,
    /// When the order was first seen in its state.
    pub(crate) state_since: Timestamp,
    pub(crate) sum: Money,
    pub(crate) paid: Money,
    pub(crate) shipped: Money,
    pub(crate) updated: Timestamp,
}

impl OrderSnapshot {
    /// The order as it is now, after `before`.
    pub(crate) fn new(order: &CustomerOrder, before: Option<&Self>) -> Self {
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
        }
    }

    /// Whether nobody has touched the order since it was made.
    pub(crate) fn is_untouched(&self, setup: &Setup) -> bool {
        let nothing = Money::default();
        self.state == setup.initial_state
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

/// What the deal of this order has to say.
pub(crate) fn deal_content(order: &OrderSnapshot, setup: &Setup, config: &Config) -> DealContent {
    let state = order.state.and_then(|id| setup.state(id));
    let closed = order_close::takes(state, &config.deals);
    let status = if closed {
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
        Some(status) => update.status(status.clone()).status_date(order.state_since),
        None => update,
    }
}

/// The text, cut to so many characters; a cut shows as «…».
fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars()
        .take(most.saturating_sub(1))
        .chain(['…'])
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use moysklad_api::state::StateType;
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::contact::Region;
    use crate::lead::Marks;
    use crate::setup::{KnownField, OrderState};

    fn id<T>(n: u128) -> Id<T> {
        Uuid::from_u128(n).to_string().parse().unwrap()
    }

    fn field(n: u128, capacity: usize) -> KnownField {
        KnownField {
            id: id(n),
            capacity,
        }
    }

    fn state(n: u128, name: &str, state_type: StateType) -> OrderState {
        OrderState {
            id: id(n),
            name: name.into(),
            state_type,
        }
    }

    fn setup() -> Setup {
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
                ("source".to_owned(), field(11, 255)),
                ("utm_campaign".to_owned(), field(12, 255)),
                ("tags".to_owned(), field(13, 4096)),
            ]),
        }
    }

    fn lead(key: LeadKey, phone: &str, email: &str) -> Lead {
        Lead {
            key,
            at: "2026-11-20T06:12:44Z".parse().unwrap(),
            phones: Phone::all_in(phone, Region::default()),
            emails: Email::all_in(email),
            name: None,
            phone_text: Some(phone.to_owned()).filter(|text| !text.is_empty()),
            email_text: Some(email.to_owned()).filter(|text| !text.is_empty()),
            source_fields: BTreeMap::from([
                ("source".to_owned(), "google".to_owned()),
                ("utm_campaign".to_owned(), "x".repeat(300)),
            ]),
            marks: Marks::default(),
        }
    }

    fn order_in(state: Option<u128>, sum: i64, paid: i64) -> OrderSnapshot {
        OrderSnapshot {
            id: id(5),
            state: state.map(id),
            state_since: "2026-11-20T07:00:00Z".parse().unwrap(),
            sum: Money::from_kopecks(Decimal::from(sum)),
            paid: Money::from_kopecks(Decimal::from(paid)),
            shipped: Money::from_kopecks(Decimal::from(sum)),
            updated: "2026-11-20T08:00:00Z".parse().unwrap(),
        }
    }

    #[test]
    fn an_order_tells_where_its_lead_came_from() {
        let new = order(
            &lead(LeadKey::call(7, 1), "79150000001", ""),
            id(9),
            &setup(),
        );

        let sent = serde_json::to_value(new).unwrap();

        assert_eq!(sent["externalCode"], "ct-7-call-1");
        assert_eq!(
            sent["syncId"],
            LeadKey::call(7, 1).order_sync_id().to_string()
        );
        assert_eq!(
            sent["description"],
            "Заказ по звонку из Calltouch с номера 79150000001"
        );
        assert!(
            sent["agent"]["meta"]["href"]
                .as_str()
                .unwrap()
                .ends_with(&id::<()>(9).to_string())
        );
        assert!(
            sent["state"]["meta"]["href"]
                .as_str()
                .unwrap()
                .ends_with(&id::<()>(1).to_string())
        );
        let fields = sent["attributes"].as_array().unwrap();
        assert_eq!(
            fields.len(),
            2,
            "only what has a value and a field: {fields:?}"
        );
        assert_eq!(fields[0]["value"], "google");
        let campaign = fields[1]["value"].as_str().unwrap();
        assert_eq!(campaign.chars().count(), 255);
        assert!(campaign.ends_with('…'));
    }

    #[test]
    fn every_lead_of_one_person_makes_the_same_counterparty() {
        let by = |rule, key, phone, email| counterparty_sync_id(&lead(key, phone, email), rule);
        let (call, request) = (LeadKey::call(7, 1), LeadKey::request(7, 2));
        let phone = by(MatchBy::Phone, call, "8 915 000-00-01", "");
        assert_eq!(
            phone,
            by(
                MatchBy::PhoneOrEmail,
                request,
                "+79150000001",
                "a@b.example"
            )
        );
        assert_ne!(phone, by(MatchBy::Phone, call, "8 915 000-00-02", ""));
        assert_eq!(
            by(MatchBy::PhoneOrEmail, call, "", "A@b.example"),
            by(MatchBy::PhoneOrEmail, request, "", "a@b.example ")
        );
        // Without a contact, or when nothing counts as the same person, every lead stands alone.
        assert_ne!(
            by(MatchBy::Phone, call, "", ""),
            by(MatchBy::Phone, request, "", "")
        );
        assert_ne!(
            by(MatchBy::Off, call, "79150000001", ""),
            by(MatchBy::Off, request, "79150000001", "")
        );
        assert_ne!(
            by(MatchBy::Phone, call, "", "a@b.example"),
            by(MatchBy::Phone, request, "", "a@b.example")
        );
    }

    #[test]
    fn a_counterparty_has_a_name_whatever_the_lead_lacks() {
        let rules = Counterparties::default();
        let name = |phone: &str, email: &str| {
            serde_json::to_value(counterparty(
                &lead(LeadKey::call(7, 1), phone, email),
                &rules,
            ))
            .unwrap()["name"]
                .clone()
        };
        assert_eq!(name("8 915 000 00 01", "a@b.example"), "+79150000001");
        assert_eq!(name("", "a@b.example"), "a@b.example");
        assert_eq!(name("", ""), "Лид Calltouch ct-7-call-1");
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
        let row = |state: u128, updated: &str| -> CustomerOrder {
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
        let order: CustomerOrder = serde_json::from_value(json!({
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
