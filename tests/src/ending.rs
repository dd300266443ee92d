//! What a story left behind on both sides, in words that do not depend on ids and moments.

use std::collections::BTreeMap;

use crate::pair::{Pair, id_of, kopecks};

/// Orders, deals and counterparties, each with everything that is there more than once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ending {
    /// Orders by external code.
    pub orders: BTreeMap<String, Vec<OrderEnding>>,
    /// Deals by number.
    pub deals: BTreeMap<String, Vec<DealEnding>>,
    /// How many counterparties there are of each name, phone and e-mail.
    pub counterparties: BTreeMap<[String; 3], usize>,
}

/// An order as it was left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderEnding {
    /// Name of the state.
    pub state: String,
    /// Sum in kopecks.
    pub sum: i64,
    /// Paid sum in kopecks.
    pub paid: i64,
    /// Name, phone and e-mail of the counterparty.
    pub agent: [String; 3],
}

/// A deal as it was left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DealEnding {
    /// Status.
    pub status: String,
    /// Budget in roubles.
    pub revenue: String,
    /// The custom fields, as JSON.
    pub fields: String,
    /// The lead it was matched with, as JSON.
    pub matched: String,
}

impl Ending {
    /// Looks at both services.
    #[must_use]
    pub fn of(pair: &Pair) -> Self {
        let mut ending = Self::default();
        let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        let mut people = BTreeMap::new();
        for person in pair.moysklad.all("counterparty") {
            let contact = ["name", "phone", "email"].map(|field| text(&person[field]));
            people.insert(text(&person["id"]), contact.clone());
            *ending.counterparties.entry(contact).or_default() += 1;
        }
        for order in pair.orders() {
            let left = OrderEnding {
                state: pair.state_name(&order),
                sum: kopecks(&order["sum"]),
                paid: kopecks(&order["payedSum"]),
                agent: people[&id_of(&order["agent"])].clone(),
            };
            let code = text(&order["externalCode"]);
            ending.orders.entry(code).or_default().push(left);
        }
        for deal in pair.calltouch.deals() {
            let left = DealEnding {
                status: text(&deal["status"]),
                revenue: deal["revenue"].to_string(),
                fields: deal["customFields"].to_string(),
                matched: deal["matched"].to_string(),
            };
            let number = text(&deal["orderNumber"]);
            ending.deals.entry(number).or_default().push(left);
        }
        ending
    }

    /// Says that there is one order, one deal and one counterparty of each.
    pub fn assert_no_doubles(&self) {
        for (key, orders) in &self.orders {
            assert_eq!(orders.len(), 1, "orders {key}");
        }
        for (key, deals) in &self.deals {
            assert_eq!(deals.len(), 1, "deals {key}");
        }
        for (contact, n) in &self.counterparties {
            assert_eq!(*n, 1, "counterparties {contact:?}");
        }
        let (orders, deals): (Vec<_>, Vec<_>) =
            (self.orders.keys().collect(), self.deals.keys().collect());
        assert_eq!(orders, deals, "every order has its deal");
    }
}
