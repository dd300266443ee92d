//! What one side says in the words of the other: lead → counterparty, order, deal; order → deal.
//!
//! All of it is pure: nothing is read and nothing is sent here.

use jiff::Timestamp;
use moysklad_api::attribute::AttributeValue;
use moysklad_api::counterparty::{self, CompanyType};
use moysklad_api::customer_order::{self, CustomerOrder};
use moysklad_api::state::State;
use moysklad_api::{Id, Money, Ref};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use calltouch_api::deal::{self, Matching};

use crate::config::{Budget, Config, Counterparties, LegalForm, MatchBy};
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
    let phones = lead.phones.iter().map(|phone| phone.as_str()).filter(|_| by.phone());
    let emails = lead.emails.iter().map(|email| email.as_str()).filter(|_| by.email());
    phones.chain(emails).collect()
}

/// The `syncId` of the lead's counterparty: the same for every lead of the same person.
pub(crate) fn counterparty_sync_id(lead: &Lead, by: MatchBy) -> Uuid {
    let name = contacts_to_match(lead, by).first().map_or_else(|| lead.key.to_string(), |contact| (*contact).to_owned());
    Uuid::new_v5(&COUNTERPARTY_NAMESPACE, name.as_bytes())
}

/// The counterparty (контрагент) of a lead.
pub(crate) fn counterparty(lead: &Lead, rules: &Counterparties) -> counterparty::New {
    let phone = lead.phones.first().map(|phone| phone.as_str().to_owned()).or_else(|| lead.phone_text.clone());
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
pub(crate) fn order(lead: &Lead, counterparty: Id<counterparty::Counterparty>, setup: &Setup) -> customer_order::New {
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
    for field in SOURCE_FIELDS {
        if let (Some(id), Some(value)) = (setup.fields.get(field.code), lead.source_fields.get(field.code)) {
            new = new.attribute(AttributeValue::new::<CustomerOrder>(*id, cut(value, field.capacity())));
        }
    }
    new
}

/// The deal (сделка) of a lead.
pub(crate) fn deal(key: LeadKey, at: Timestamp, config: &Config) -> deal::New {
    let matching = match key.kind() {
        LeadKind::Call => Matching::call(key.id()),
        LeadKind::Request => Matching::request(key.id()),
    };
    deal::New::new(key.to_string(), config.deals.status_on_creation.clone(), at).revenue(Decimal::ZERO).matching(matching)
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
        let updated = order.updated.timestamp();
        let state_since = before.filter(|before| before.state == state).map_or(updated, |before| before.state_since);
        Self {
            id: order.id,
            state,
            state_since,
            sum: order.sum.unwrap_or_default(),
            paid: order.payed_sum.unwrap_or_default(),
            shipped: order.shipped_sum.unwrap_or_default(),
            updated,
        }
    }

    /// Whether nobody has touched the order since it was made.
    pub(crate) fn is_untouched(&self, setup: &Setup) -> bool {
        let nothing = Money::default();
        self.state == setup.initial_state && self.sum == nothing && self.paid == nothing && self.shipped == nothing
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
    let status = if closed { Some(order_close::status(&config.deals)) } else { order_update::status(state, &config.deals) };
    let budget = match config.deals.budget {
        Budget::OrderSum => order.sum,
        Budget::PaidSum => order.paid,
        Budget::ShippedSum => order.shipped,
    };
    DealContent { status, budget: budget.rubles(), paid: order.paid.rubles(), closed }
}

/// The update that makes the deal say it.
pub(crate) fn deal_update(key: LeadKey, order: &OrderSnapshot, content: &DealContent, config: &Config) -> deal::Update {
    let update = deal::Update::new(key.to_string())
        .revenue(content.budget)
        .updated(order.updated)
        .custom_field(config.deals.paid_sum_field.clone(), content.paid.normalize().to_string());
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
    text.chars().take(most.saturating_sub(1)).chain(['…']).collect()
}
