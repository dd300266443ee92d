//! Settings of the company, the user and counterparties; price types; named filters.

use http::Method;

use super::{Answer, Call, Outcome};
use crate::emulator::error::ServiceErrors;
use crate::emulator::route::Resource;
use crate::emulator::world::World;

impl World {
    pub(super) fn execute_settings(&mut self, call: &Call<'_>) -> Outcome {
        let links = call.links;
        match (call.resource, call.method) {
            (Resource::CompanySettings, &Method::GET) => {
                Ok(Answer::ok(self.renderer(links).company_settings()?))
            }
            (Resource::CompanySettings, &Method::PUT) => {
                self.update_company(call.object()?)?;
                Ok(Answer::ok(self.renderer(links).company_settings()?))
            }
            (Resource::CompanyMetadata, &Method::GET) => {
                Ok(Answer::ok(self.renderer(links).company_metadata()))
            }
            (Resource::UserSettings, &Method::GET) => {
                Ok(Answer::ok(self.shown_user_settings(links)))
            }
            (Resource::UserSettings, &Method::PUT) => {
                self.update_user_settings(call.object()?)?;
                Ok(Answer::ok(self.shown_user_settings(links)))
            }
            (Resource::CounterpartySettings, &Method::GET) => {
                Ok(Answer::ok(self.shown_counterparty_settings(links)))
            }
            (Resource::CounterpartySettings, &Method::PUT) => {
                self.update_counterparty_settings(call.object()?)?;
                Ok(Answer::ok(self.shown_counterparty_settings(links)))
            }
            (Resource::PriceTypes, &Method::GET) => {
                Ok(Answer::ok(self.renderer(links).price_types()))
            }
            (Resource::PriceTypes, &Method::POST) => {
                self.replace_price_types(call.rows()?)?;
                Ok(Answer::ok(self.renderer(links).price_types()))
            }
            (Resource::PriceType(id), &Method::GET) => {
                let mut types = self.account.price_types.iter();
                let place = types.position(|known| id.is_none_or(|id| known.id == id));
                let mut shown = self.renderer(links).price_types().into_iter();
                let found = place.and_then(|place| shown.nth(place));
                let missing = || ServiceErrors::not_found("pricetype", id.unwrap_or_default());
                Ok(Answer::ok(found.ok_or_else(missing)?))
            }
            (Resource::NamedFilters(kind), &Method::GET) => {
                let filters = self.filters_of(kind);
                let rows = filters.map(|filter| self.shown_filter(filter, links));
                let path = format!("entity/{}/namedfilter", kind.keyword);
                self.page(call, (&path, "namedfilter", rows.collect()))
            }
            (Resource::NamedFilter(kind, id), &Method::GET) => {
                let filter = self.named_filter(kind, id)?;
                Ok(Answer::ok(self.shown_filter(filter, links)))
            }
            _ => Err(ServiceErrors::method_not_allowed()),
        }
    }
}
