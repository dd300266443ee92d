//! A lead in the words of both services: counterparty, order, deal.

use std::collections::BTreeMap;

use calltouch_api::deal::{self, Matching};
use jiff::Timestamp;
use moysklad_api::attribute::AttributeValue;
use moysklad_api::counterparty::{self, CompanyType};
use moysklad_api::customer_order::{self, CustomerOrder};
use moysklad_api::state::State;
use moysklad_api::{Id, Ref};
use rust_decimal::Decimal;
use uuid::Uuid;

use super::field_value::{LINE, TEXT, cut, field_value};
use crate::config::{Config, Counterparties, LegalForm, MatchBy};
use crate::contact::{Email, Phone};
use crate::lead::{Lead, LeadKey, LeadKind};
use crate::setup::Setup;
use crate::source_field::{self, WantedField};
use crate::template::{Templates, Text, Values};

/// Namespace of the `syncId` of counterparties; fixed for ever, like that of orders.
const COUNTERPARTY_NAMESPACE: Uuid = Uuid::from_u128(0x0d5e_83b7_19f4_5c6a_8e21_b7c0_46fa_93d5);
/// Name of the counterparty that leads without a phone share.
const SHARED_NAME: &str = "Скрытый номер";

/// Makes counterparties and orders of leads, as the settings want them.
#[derive(Debug)]
pub(crate) struct FromLead<'a> {
    config: &'a Config,
    templates: Templates,
    fields: Vec<WantedField>,
    /// What could not be written as it was wanted, and how many leads it concerns.
    warnings: BTreeMap<String, (LeadKey, u64)>,
}

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

/// The external code by which the counterparty that leads without a phone share is known.
pub(crate) fn shared_code(site: u64) -> String {
    format!("ct-{site}-hidden")
}

/// The `syncId` that is tried when the one before belongs to a counterparty that no longer fits.
///
/// It depends on nothing else, so a repetition finds the same counterparty again.
pub(crate) fn next_sync_id(before: Uuid) -> Uuid {
    Uuid::new_v5(&before, b"archived")
}

impl<'a> FromLead<'a> {
    pub(crate) fn new(config: &'a Config) -> crate::error::Result<Self> {
        Ok(Self {
            config,
            templates: Templates::new(config)?,
            fields: source_field::wanted(&config.orders),
            warnings: BTreeMap::new(),
        })
    }

    /// The counterparty (контрагент) of a lead.
    pub(crate) fn counterparty(&mut self, lead: &Lead) -> counterparty::New {
        let rules = &self.config.counterparties;
        let (phone, email) = (phone_of(lead), email_of(lead));
        let name = self
            .text(Text::CounterpartyName, lead, &Values::of(lead))
            .or_else(|| lead.name.clone())
            .or_else(|| phone.clone())
            .or_else(|| email.clone())
            .unwrap_or_else(|| format!("Лид Calltouch {}", lead.key));
        let mut new = counterparty::New::new(cut(&name, LINE))
            .sync_id(counterparty_sync_id(lead, match_by(lead, rules)))
            .external_code(lead.key.to_string())
            .company_type(company_type(rules.legal_form));
        if let Some(phone) = phone {
            new = new.phone(phone);
        }
        if let Some(email) = email {
            new = new.email(email);
        }
        new
    }

    /// The counterparty (контрагент) that leads without a phone share.
    pub(crate) fn shared_counterparty(&self) -> counterparty::New {
        let code = shared_code(self.config.calltouch.site_id);
        counterparty::New::new(SHARED_NAME)
            .sync_id(Uuid::new_v5(&COUNTERPARTY_NAMESPACE, code.as_bytes()))
            .external_code(code)
            .company_type(company_type(self.config.counterparties.legal_form))
    }

    /// The order (заказ покупателя) of a lead.
    pub(crate) fn order(
        &mut self,
        lead: &Lead,
        counterparty: Id<counterparty::Counterparty>,
        setup: &Setup,
    ) -> customer_order::New {
        let values = Values::of(lead);
        let organization = Ref::new(setup.organization);
        let mut new = customer_order::New::new(organization, Ref::new(counterparty))
            .sync_id(lead.key.order_sync_id())
            .external_code(lead.key.to_string());
        if let Some(comment) = self.text(Text::Comment(lead.key.kind()), lead, &values) {
            new = new.description(cut(&comment, TEXT));
        }
        if let Some(name) = self.text(Text::OrderName, lead, &values) {
            new = new.name(cut(&name, LINE));
        }
        if let Some(state) = setup.initial_state {
            new = new.state(State::reference::<CustomerOrder>(state));
        }
        let references = &setup.references;
        new.store = references.store.map(Ref::new);
        new.sales_channel = references.sales_channel.map(Ref::new);
        new.project = references.project.map(Ref::new);
        new.owner = references.owner.map(Ref::new);
        new.group = references.group.map(Ref::new);
        new.attributes(self.attributes(lead, &values, setup))
    }

    fn attributes(&mut self, lead: &Lead, values: &Values, setup: &Setup) -> Vec<AttributeValue> {
        let mut attributes = Vec::new();
        for field in self.fields.clone() {
            let Some(known) = setup.fields.get(&field.key) else {
                continue;
            };
            let text = match &field.template {
                Some(key) => self.text(Text::Field(key), lead, values),
                None => lead.source_fields.get(&field.key).cloned(),
            };
            let Some(text) = text else {
                continue;
            };
            match field_value(known.kind, &text) {
                Some(value) => {
                    attributes.push(AttributeValue::new::<CustomerOrder>(known.id, value));
                }
                None => self.warn(
                    lead,
                    format!(
                        "the custom field «{}» takes {}; other values are left out",
                        field.name,
                        known.kind.takes().unwrap_or("texts")
                    ),
                ),
            }
        }
        attributes
    }

    /// What could not be written as it was wanted so far, in words.
    pub(crate) fn take_warnings(&mut self) -> Vec<String> {
        std::mem::take(&mut self.warnings)
            .into_iter()
            .map(|(what, (first, leads))| match leads {
                1 => format!("{what} ({first})"),
                leads => format!("{what} ({leads} leads, the first is {first})"),
            })
            .collect()
    }

    /// The text of a template; one that fails is told, and holds up nothing.
    fn text(&mut self, text: Text<'_>, lead: &Lead, values: &Values) -> Option<String> {
        self.templates.render(text, values).unwrap_or_else(|error| {
            self.warn(lead, format!("{error}; the text is left out"));
            None
        })
    }

    fn warn(&mut self, lead: &Lead, what: String) {
        let (_, leads) = self.warnings.entry(what).or_insert((lead.key, 0));
        *leads += 1;
    }
}

/// The phone of a lead as a counterparty gets it.
pub(crate) fn phone_of(lead: &Lead) -> Option<String> {
    lead.phones
        .first()
        .map(|phone| phone.as_str().to_owned())
        .or_else(|| lead.phone_text.clone())
        .map(|phone| cut(&phone, LINE))
}

/// The e-mail of a lead as a counterparty gets it.
pub(crate) fn email_of(lead: &Lead) -> Option<String> {
    let email = lead.emails.first()?.as_str();
    (email.chars().count() <= LINE).then(|| email.to_owned())
}

fn company_type(form: LegalForm) -> CompanyType {
    match form {
        LegalForm::Individual => CompanyType::Individual,
        LegalForm::Legal => CompanyType::Legal,
        LegalForm::Entrepreneur => CompanyType::Entrepreneur,
    }
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::fixtures::{id, setup};
    use super::*;
    use crate::config::FieldValue;
    use crate::contact::Region;
    use crate::lead::Marks;
    use crate::setup::{FieldKind, KnownField};

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

    #[test]
    fn an_order_tells_where_its_lead_came_from() {
        let config = Config::new(7);
        let lead = lead(LeadKey::call(7, 1), "79150000001", "");
        let new = FromLead::new(&config)
            .unwrap()
            .order(&lead, id(9), &setup());

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
        let config = Config::new(7);
        let name = |phone: &str, email: &str| {
            let lead = lead(LeadKey::call(7, 1), phone, email);
            let new = FromLead::new(&config).unwrap().counterparty(&lead);
            serde_json::to_value(new).unwrap()["name"].clone()
        };
        assert_eq!(name("8 915 000 00 01", "a@b.example"), "+79150000001");
        assert_eq!(name("", "a@b.example"), "a@b.example");
        assert_eq!(name("", ""), "Лид Calltouch ct-7-call-1");
    }

    #[test]
    fn texts_come_from_the_templates_and_blank_ones_leave_the_usual() {
        let mut config = Config::new(7);
        config.counterparties.name =
            Some("{{ name }}{% if email %} ({{ email }}){% endif %}".into());
        config.orders.name = Some("CT-{{ id }}".into());
        config.orders.call_comment = "{{ source }}, {{ date }}".into();
        let mut from_lead = FromLead::new(&config).unwrap();
        let lead = |email: &str| lead(LeadKey::call(7, 1), "79150000001", email);

        let order = serde_json::to_value(from_lead.order(&lead(""), id(9), &setup())).unwrap();

        assert_eq!(order["name"], "CT-1");
        assert_eq!(order["description"], "google, 20.11.2026");
        assert_eq!(from_lead.counterparty(&lead("")).name, "+79150000001");
        assert_eq!(
            from_lead.counterparty(&lead("a@b.example")).name,
            "(a@b.example)"
        );
    }

    #[test]
    fn a_value_that_does_not_suit_its_field_is_left_out_and_told() {
        let mut config = Config::new(7);
        let number = FieldValue::Template("{{ source }}".into());
        config.orders.fields.insert("Номер".into(), number);
        config
            .orders
            .fields
            .insert("source".into(), FieldValue::Off);
        let mut setup = setup();
        let field = KnownField {
            id: id(14),
            kind: FieldKind::Long,
        };
        setup.fields.insert("Номер".into(), field);
        let mut from_lead = FromLead::new(&config).unwrap();
        let lead = |id| lead(LeadKey::call(7, id), "79150000001", "");

        let order = from_lead.order(&lead(1), id(9), &setup);
        from_lead.order(&lead(2), id(9), &setup);

        assert_eq!(order.attributes.len(), 1, "utm_campaign alone");
        assert_eq!(
            from_lead.take_warnings(),
            [
                "the custom field «Номер» takes whole numbers; other values are left out (2 leads, the first is ct-7-call-1)"
            ]
        );
        assert!(from_lead.take_warnings().is_empty());
    }

    #[test]
    fn the_counterparty_that_leads_share_is_the_same_whatever_the_lead() {
        let config = Config::new(7);
        let one = FromLead::new(&config).unwrap().shared_counterparty();
        let other = FromLead::new(&Config::new(8))
            .unwrap()
            .shared_counterparty();
        assert_eq!(one.name, "Скрытый номер");
        assert_ne!(one.sync_id, other.sync_id, "each site has its own");
        let first = one.sync_id.unwrap();
        assert_ne!(next_sync_id(first), first);
        assert_ne!(next_sync_id(next_sync_id(first)), next_sync_id(first));
    }
}
