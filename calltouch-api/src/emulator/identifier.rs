//! The ids by which a method lets its sender name a lead or a deal.

use super::{
    field,
    lead::{Lead, LeadKind, named_handle},
    refusal::Refusal,
    state::State,
};

/// Nothing has the id that was given.
pub(super) const NOT_FOUND: u32 = 1003;

/// One id and the name it was given under.
#[derive(Debug)]
pub(super) struct Identifier {
    name: &'static str,
    value: String,
}

impl Identifier {
    /// Reads the one of the names that has a value.
    pub(super) fn only_one(
        names: &[&'static str],
        value: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, Refusal> {
        let mut given = names
            .iter()
            .filter_map(|&name| value(name).map(|value| Self { name, value }));
        match (given.next(), given.next()) {
            (Some(only), None) => Ok(only),
            (Some(_), Some(second)) => Err(Refusal::invalid(
                second.name,
                format!("only one of {} may be given", names.join(", ")),
            )),
            (None, _) => Err(Refusal::invalid(
                names.first().copied().unwrap_or_default(),
                format!("one of {} is required", names.join(", ")),
            )),
        }
    }

    /// The lead of the site with this id.
    pub(super) fn lead(&self, state: &State, site: u64) -> Option<Lead> {
        let kind = match self.name {
            "callId" | "callReferenceId" | "sipCallId" => LeadKind::Call,
            "requestId" | "requestNumber" => LeadKind::Request,
            _ => return None,
        };
        let journal = kind.journal(state);
        let key = if self.name == kind.id_key() {
            let (key, _) = journal.get(self.number()?)?;
            (key.site == site).then_some(key)
        } else {
            let handle = [named_handle(self.name, &self.value)];
            let mut found = journal.found_by(&handle, site, &(i64::MIN..i64::MAX));
            found.next().map(|(key, _)| key)
        };
        key.map(|key| Lead { kind, id: key.id })
    }

    /// The deal of the site with this id, by Calltouch's own id of it.
    pub(super) fn deal(&self, state: &State, site: u64) -> Option<u64> {
        match self.name {
            "orderId" => {
                let (key, _) = state.deals.get(self.number()?)?;
                (key.site == site).then_some(key.id)
            }
            "orderNumber" => state.deal_id(site, &self.value),
            _ => None,
        }
    }

    /// The refusal of an id that names nothing.
    pub(super) fn unknown(&self) -> Refusal {
        Refusal::Business {
            code: NOT_FOUND,
            message: format!("{} {} is not found", self.name, self.value),
        }
    }

    fn number(&self) -> Option<u64> {
        field::id(Some(&self.value.as_str().into()))
    }
}
