//! The deals API 1.0 (сделки 1.0), kept by the service for old modules.

use serde_json::{Value, json};

use super::{
    attached, deals,
    field::Object,
    identifier::Identifier,
    lead::{Lead, LeadKind},
    moment, points,
    query::Query,
    refusal::Refusal,
    state::State,
};

/// The ids of the lead, of which exactly one must be given.
const IDENTIFIERS: [&str; 4] = ["callId", "callReferenceId", "requestId", "requestNumber"];

/// The words of a state that are known; others are kept as they are.
const STATES: [&str; 5] = ["PENDING", "APPROVED", "CANCELED", "REJECTED", "COMPLETED"];

/// What the parameters are called, in the names of the records, and in those of the deals API 2.0.
///
/// Of several sums the last in this list counts: the final one before the planned one.
const PARAMETERS: [(&str, &str); 7] = [
    ("orderName", "orderName"),
    ("manager", "manager"),
    ("sum", "revenue"),
    ("orderSum", "revenue"),
    ("plannedAmount", "revenue"),
    ("realSum", "revenue"),
    ("completedAmount", "revenue"),
];

/// Answers `orders/register` with the deal as it shows on a request.
pub(super) fn register(state: &mut State, query: &Query) -> Result<Value, Refusal> {
    let sites = state.access.sites(query)?.clone();
    let id = Identifier::only_one(&IDENTIFIERS, |name| query.text(name).map(str::to_owned))?;
    let found = sites
        .iter()
        .find_map(|&site| Some((site, id.lead(state, site)?)));
    let (site, lead) = found.ok_or_else(|| id.unknown())?;
    points::spend(state, site, |state| {
        let order = read(state, site, query, lead)?;
        let id = deals::put(state, site, &order)
            .map_err(|message| Refusal::invalid("order", message))?;
        let deal = state
            .deals
            .get(id)
            .map(|(_, deal)| attached::on_request(deal));
        Ok(deal.unwrap_or_default())
    })
}

/// Writes the parameters as the deals API 2.0 takes them.
///
/// There is no method for a change, so a known number keeps what is not given anew.
fn read(state: &mut State, site: u64, query: &Query, lead: Lead) -> Result<Object, Refusal> {
    let now = moment::deal_text(state.clock.seconds());
    let date = |name: &str| {
        let read = |text: &str| {
            moment::from_form(&text.replace('/', "-"))
                .map(moment::deal_text)
                .ok_or_else(|| {
                    Refusal::invalid(name, format!("{name} must be dd/mm/yyyy HH:MM:SS"))
                })
        };
        query.text(name).map(read).transpose()
    };
    let number = match query.text("orderNumber") {
        Some(number) => number.trim().to_owned(),
        None => state.new_nested_id().to_string(),
    };
    let known = state.deal_id(site, &number);
    let known = known
        .and_then(|id| state.deals.get(id))
        .map(|(_, deal)| deal);
    let kept = |key: &str| known.and_then(|deal| deal.get(key)).and_then(Value::as_str);
    let status = query.text("status").or_else(|| query.text("orderStatus"));
    let status = status.map(state_word);
    let order_date = match date("orderDate")? {
        Some(date) => date,
        None => kept("orderDate").unwrap_or(&now).to_owned(),
    };
    let status_date = match date("completedDate")? {
        Some(date) => date,
        None if status.is_none() => kept("statusDate").unwrap_or(&now).to_owned(),
        None => now.clone(),
    };
    let status = status.unwrap_or_else(|| kept("status").unwrap_or("PENDING").to_owned());
    let (word, params) = match lead.kind {
        LeadKind::Call => ("call", "callParams"),
        LeadKind::Request => ("request", "requestParams"),
    };
    let mut order = Object::new();
    let mut put = |key: &str, value: Value| order.insert(key.to_owned(), value);
    put("orderNumber", json!(number));
    put("status", json!(status));
    put("orderDate", json!(order_date));
    put("statusDate", json!(status_date));
    put(
        "matching",
        json!([{ "type": word, (params): { (lead.kind.id_key()): lead.id } }]),
    );
    for (from, to) in PARAMETERS {
        if let Some(text) = query.text(from) {
            put(to, json!(text));
        }
    }
    if let Some(text) = query.text("orderComments") {
        put("comment", json!({ "text": text }));
    }
    Ok(order)
}

/// A known word in its one spelling.
fn state_word(word: &str) -> String {
    let upper = word.trim().to_uppercase();
    match upper.as_str() {
        "CANCELLED" => "CANCELED".to_owned(),
        known if STATES.contains(&known) => upper,
        _ => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_state_has_one_spelling_and_an_unknown_one_stays() {
        for (given, kept) in [
            ("completed", "COMPLETED"),
            ("CANCELLED", "CANCELED"),
            ("Pending", "PENDING"),
            ("В работе", "В работе"),
        ] {
            assert_eq!(state_word(given), kept);
        }
    }
}
