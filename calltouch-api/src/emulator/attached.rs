//! Deals as they show on the lead they were matched with.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::{
    field::{self, Object},
    lead::{Lead, LeadKind},
    moment,
    state::State,
};

/// The deals of a site by the call or request they belong to.
pub(super) struct Deals<'a>(HashMap<u64, Vec<&'a Object>>);

impl<'a> Deals<'a> {
    pub(super) fn of_site(state: &'a State, site: u64, kind: LeadKind) -> Self {
        let mut deals: HashMap<u64, Vec<&Object>> = HashMap::new();
        for (_, deal) in state.deals.of_site(site) {
            if let Some(lead) = Lead::of_deal(deal).filter(|lead| lead.kind == kind) {
                deals.entry(lead.id).or_default().push(deal);
            }
        }
        Self(deals)
    }

    pub(super) fn of_lead(&self, id: u64) -> impl Iterator<Item = &'a Object> {
        self.0.get(&id).into_iter().flatten().copied()
    }
}

/// The status that closes a deal with success; all others are words of the integrator's own.
const COMPLETED: &str = "COMPLETED";

/// Whether the deal is closed with success.
pub(super) fn is_completed(deal: &Object) -> bool {
    field::raw(deal, "status").eq_ignore_ascii_case(COMPLETED)
}

/// The deal's sum once it is closed with success, else null.
pub(super) fn completed_amount(deal: &Object) -> Value {
    if is_completed(deal) {
        field::amount(deal.get("revenue"))
    } else {
        Value::Null
    }
}

/// A date of the deal as journals write it.
pub(super) fn date(deal: &Object, key: &str) -> Value {
    moment::from_deal(field::raw(deal, key))
        .map(moment::journal_text)
        .into()
}

/// The deal as an element of a call's `orders`.
pub(super) fn on_call(deal: &Object) -> Value {
    let completed = if is_completed(deal) {
        date(deal, "statusDate")
    } else {
        Value::Null
    };
    json!({
        "orderId": deal.get("orderId"),
        "orderNumber": deal.get("orderNumber"),
        "orderDate": date(deal, "orderDate"),
        "createdDate": date(deal, "orderDate"),
        "completedDate": completed,
        "plannedAmount": field::amount(deal.get("revenue")),
        "completedAmount": completed_amount(deal),
    })
}

/// The deal as an element of a request's `orders`, where sums are texts.
pub(super) fn on_request(deal: &Object) -> Value {
    let sum = field::text(deal.get("revenue"));
    let created = moment::from_deal(field::raw(deal, "orderDate"));
    json!({
        "orderId": deal.get("orderId"),
        "orderNumber": deal.get("orderNumber"),
        "dateCreated": created.map(|seconds| seconds.saturating_mul(1000)),
        "status": deal.get("status"),
        "sum": sum,
        "realSum": sum.clone().filter(|_| is_completed(deal)),
        "orderSum": sum,
        "orderStatus": deal.get("status"),
        "orderComments": comments(deal),
        "currentAmount": field::amount(deal.get("revenue")),
        "commentsCount": field::items(deal.get("comments")).len(),
        "callId": null,
        "offered": null,
        "sent": null,
        "isMarked": null,
        "session": null,
    })
}

/// The deal's comments, one a line.
pub(super) fn comments(deal: &Object) -> String {
    let texts = field::items(deal.get("comments")).iter();
    texts
        .filter_map(|comment| comment.get("text")?.as_str())
        .collect::<Vec<_>>()
        .join("\n")
}
