//! The vendor's requests, built field by field with the types of the crate.

use moysklad_api::assortment::{NewMinimumStock, NewStoreBalance};
use moysklad_api::attribute::{Attribute, AttributeValue, Value as Field};
use moysklad_api::bundle::{self, component};
use moysklad_api::counterparty::{
    self, AccountUpdate, ContactPersonUpdate, Counterparty, NewAccount, NewContactPerson,
};
use moysklad_api::custom_entity::{self, element};
use moysklad_api::customer_order::{self, position as order_position};
use moysklad_api::demand::{self, position as demand_position};
use moysklad_api::employee::{self, Employee};
use moysklad_api::entity::WithAttributes;
use moysklad_api::invoice_out::{self, position as invoice_position};
use moysklad_api::organization::{self, Organization};
use moysklad_api::product::{self, Product};
use moysklad_api::store::{self, Store, slot, zone};
use moysklad_api::variant::{self, Characteristic};
use moysklad_api::{Patch, Ref, Untyped};
use moysklad_api::{cash_in, contract, country, currency, expense_item, group, payment_in};
use moysklad_api::{product_folder, project, sales_channel, service, task, tax_rate, uom};
use rust_decimal::Decimal;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

pub(crate) type Body = Map<String, Value>;
/// The request as the crate writes it, or why the crate cannot say it.
pub(crate) type Built = Result<Value, String>;

/// A public field that takes one value of the request.
trait Slot {
    fn fill(&mut self, json: &Value) -> Result<(), String>;
}

impl<V: DeserializeOwned> Slot for Option<V> {
    fn fill(&mut self, json: &Value) -> Result<(), String> {
        *self = Some(read(json)?);
        Ok(())
    }
}

impl<V: DeserializeOwned> Slot for Vec<V> {
    fn fill(&mut self, json: &Value) -> Result<(), String> {
        *self = read(json)?;
        Ok(())
    }
}

impl<V: DeserializeOwned> Slot for Patch<V> {
    fn fill(&mut self, json: &Value) -> Result<(), String> {
        *self = if json.is_null() {
            Self::Clear
        } else {
            Self::Set(read(json)?)
        };
        Ok(())
    }
}

fn put(slot: &mut impl Slot, json: &Value) -> Result<(), String> {
    slot.fill(json)
}

fn read<V: DeserializeOwned>(json: &Value) -> Result<V, String> {
    serde_json::from_value(json.clone()).map_err(|error| error.to_string())
}

fn need<V: DeserializeOwned>(body: &Body, name: &str) -> Result<V, String> {
    read(body.get(name).ok_or_else(|| format!("no `{name}`"))?)
}

fn number_of(json: &Value) -> Result<Decimal, String> {
    let text = json.to_string();
    text.parse().map_err(|_| format!("{text} is no number"))
}

fn number(json: &Value) -> Result<Option<Decimal>, String> {
    number_of(json).map(Some)
}

fn decimal(body: &Body, name: &str) -> Result<Decimal, String> {
    let json = body.get(name).ok_or_else(|| format!("no `{name}`"))?;
    number_of(json)
}

fn unplaced(name: &str) -> String {
    format!("no place for `{name}`")
}

fn only(body: &Body, names: &[&str]) -> Result<(), String> {
    match body.keys().find(|name| !names.contains(&name.as_str())) {
        Some(name) => Err(unplaced(name)),
        None => Ok(()),
    }
}

fn built(value: &impl Serialize) -> Built {
    serde_json::to_value(value).map_err(|error| error.to_string())
}

fn each<V>(json: &Value, make: impl Fn(&Body) -> Result<V, String>) -> Result<Vec<V>, String> {
    let items = json.as_array().ok_or("no array")?;
    items
        .iter()
        .map(|item| make(item.as_object().ok_or("no object")?))
        .collect()
}

fn components(body: &Body) -> Result<Vec<component::New>, String> {
    let json = body.get("components").ok_or("no `components`")?;
    each(json, |item| {
        only(item, &["assortment", "quantity"])?;
        let assortment = need::<Ref<Untyped>>(item, "assortment")?;
        Ok(component::New::new(&assortment, decimal(item, "quantity")?))
    })
}

fn accounts(json: &Value) -> Result<Vec<NewAccount>, String> {
    each(json, |item| {
        let mut new = NewAccount::new(need::<String>(item, "accountNumber")?);
        for (name, json) in item {
            match name.as_str() {
                "accountNumber" => Ok(()),
                "isDefault" => put(&mut new.is_default, json),
                "currency" => put(&mut new.currency, json),
                other => Err(unplaced(other)),
            }?;
        }
        Ok(new)
    })
}

fn attributes<O: WithAttributes>(json: &Value) -> Result<Vec<AttributeValue>, String> {
    each(json, |item| {
        let field: Ref<Attribute> = read(&Value::Object(item.clone()))?;
        let id = field.id().ok_or("a field without an id")?;
        let value = match item.get("value") {
            Some(Value::Null) => return Ok(AttributeValue::clear::<O>(id)),
            Some(Value::String(text)) => Field::Text(text.clone()),
            Some(Value::Bool(flag)) => Field::Flag(*flag),
            Some(json @ Value::Number(number)) => match number.as_i64() {
                Some(whole) => Field::Long(whole),
                None => Field::Double(number_of(json)?),
            },
            Some(Value::Object(fields)) if fields.contains_key("meta") => Field::Object {
                reference: read(&Value::Object(fields.clone()))?,
                name: None,
            },
            Some(Value::Object(fields)) => Field::Named(need(fields, "name")?),
            _ => return Err(format!("no value in {item:?}")),
        };
        Ok(AttributeValue::new::<O>(id, value))
    })
}

fn minimum_stock(json: &Value) -> Result<NewMinimumStock, String> {
    let body = json.as_object().ok_or("no object")?;
    let mut new = match need::<String>(body, "type")?.as_str() {
        "ALL_WAREHOUSE_SUM" => NewMinimumStock::in_all_stores(decimal(body, "quantity")?),
        "ALL_WAREHOUSE_SAME" => NewMinimumStock::in_each_store(decimal(body, "quantity")?),
        _ => {
            let balances = body.get("storebalances").ok_or("no `storebalances`")?;
            NewMinimumStock::by_store(each(balances, |item| {
                let store = need::<Ref<Store>>(item, "store")?;
                let mut new = NewStoreBalance::new(store, decimal(item, "quantity")?);
                if item.contains_key("meta") {
                    new.kept = Some(read(&Value::Object(item.clone()))?);
                }
                Ok(new)
            })?)
        }
    };
    if let Some(inherited) = body.get("inherited") {
        put(&mut new.inherited, inherited)?;
    }
    Ok(new)
}

fn order_position(body: &Body) -> Result<order_position::New, String> {
    let mut new = order_position::New::new(&need::<Ref<Untyped>>(body, "assortment")?);
    for (name, json) in body {
        match name.as_str() {
            "assortment" => Ok(()),
            "discount" => number(json).map(|value| new.discount = value),
            "price" => put(&mut new.price, json),
            "quantity" => number(json).map(|value| new.quantity = value),
            "reserve" => number(json).map(|value| new.reserve = value),
            "vat" => put(&mut new.vat, json),
            "vatEnabled" => put(&mut new.vat_enabled, json),
            "pack" => put(&mut new.pack, json),
            "id" => put(&mut new.id, json),
            other => Err(unplaced(other)),
        }?;
    }
    Ok(new)
}

fn order_positions(json: &Value) -> Result<Vec<order_position::New>, String> {
    each(json, order_position)
}

fn demand_position(body: &Body) -> Result<demand_position::New, String> {
    let mut new = demand_position::New::new(&need::<Ref<Untyped>>(body, "assortment")?);
    for (name, json) in body {
        match name.as_str() {
            "assortment" => Ok(()),
            "discount" => number(json).map(|value| new.discount = value),
            "price" => put(&mut new.price, json),
            "quantity" => number(json).map(|value| new.quantity = value),
            "vat" => put(&mut new.vat, json),
            "vatEnabled" => put(&mut new.vat_enabled, json),
            "pack" => put(&mut new.pack, json),
            "things" => put(&mut new.things, json),
            "trackingCodes" => put(&mut new.tracking_codes, json),
            "id" => put(&mut new.id, json),
            other => Err(unplaced(other)),
        }?;
    }
    Ok(new)
}

fn demand_positions(json: &Value) -> Result<Vec<demand_position::New>, String> {
    each(json, demand_position)
}

fn invoice_position(body: &Body) -> Result<invoice_position::New, String> {
    let mut new = invoice_position::New::new(&need::<Ref<Untyped>>(body, "assortment")?);
    for (name, json) in body {
        match name.as_str() {
            "assortment" => Ok(()),
            "discount" => number(json).map(|value| new.discount = value),
            "price" => put(&mut new.price, json),
            "quantity" => number(json).map(|value| new.quantity = value),
            "vat" => put(&mut new.vat, json),
            "vatEnabled" => put(&mut new.vat_enabled, json),
            "pack" => put(&mut new.pack, json),
            "id" => put(&mut new.id, json),
            other => Err(unplaced(other)),
        }?;
    }
    Ok(new)
}

fn invoice_positions(json: &Value) -> Result<Vec<invoice_position::New>, String> {
    each(json, invoice_position)
}

/// Builds one object of a request to an address whose ids are cut out.
pub(crate) fn build(path: &str, updates: bool, body: &Body) -> Option<Built> {
    Some(match (path, updates) {
        ("bundle", false) => bundle_new(body),
        ("bundle/components", false) => component_new(body),
        ("cashin", false) => cash_in_new(body),
        ("cashin", true) => cash_in_update(body),
        ("contract", false) => contract_new(body),
        ("contract", true) => contract_update(body),
        ("counterparty", false) => counterparty_new(body),
        ("counterparty/accounts", true) => account_update(body),
        ("counterparty/contactpersons", false) => contact_person_new(body),
        ("counterparty/contactpersons", true) => contact_person_update(body),
        ("country", false) => country_new(body),
        ("country", true) => country_update(body),
        ("currency", false) => currency_new(body),
        ("currency", true) => currency_update(body),
        ("customerorder", false) => customer_order_new(body),
        ("customerorder", true) => customer_order_update(body),
        ("customerorder/positions", false) => order_position_new(body),
        ("customerorder/positions", true) => order_position_update(body),
        ("demand", false) => demand_new(body),
        ("demand", true) => demand_update(body),
        ("demand/positions", false) => demand_position_new(body),
        ("demand/positions", true) => demand_position_update(body),
        ("element", false) => element_new(body),
        ("element", true) => element_update(body),
        ("employee", false) => employee_new(body),
        ("employee", true) => employee_update(body),
        ("expenseitem", false) => expense_item_new(body),
        ("expenseitem", true) => expense_item_update(body),
        ("group", true) => group_update(body),
        ("invoiceout", false) => invoice_out_new(body),
        ("invoiceout", true) => invoice_out_update(body),
        ("invoiceout/positions", false) => invoice_position_new(body),
        ("invoiceout/positions", true) => invoice_position_update(body),
        ("organization", false) => organization_new(body),
        ("organization", true) => organization_update(body),
        ("paymentin", false) => payment_in_new(body),
        ("paymentin", true) => payment_in_update(body),
        ("product", false) => product_new(body),
        ("product", true) => product_update(body),
        ("productfolder", false) => product_folder_new(body),
        ("productfolder", true) => product_folder_update(body),
        ("project", false) => project_new(body),
        ("project", true) => project_update(body),
        ("saleschannel", true) => sales_channel_update(body),
        ("service", false) => service_new(body),
        ("service", true) => service_update(body),
        ("store", false) => store_new(body),
        ("store", true) => store_update(body),
        ("store/slots", false) => slot_new(body),
        ("store/slots", true) => slot_update(body),
        ("store/zones", false) => zone_new(body),
        ("task", false) => task_new(body),
        ("task", true) => task_update(body),
        ("taxrate", false) => tax_rate_new(body),
        ("taxrate", true) => tax_rate_update(body),
        ("uom", false) => uom_new(body),
        ("uom", true) => uom_update(body),
        ("variant", false) => variant_new(body),
        ("variant", true) => variant_update(body),
        ("customentity", _) => {
            need::<String>(body, "name").and_then(|name| built(&custom_entity::New::new(name)))
        }
        ("counterparty/notes", _) => need::<String>(body, "description")
            .and_then(|text| built(&counterparty::note::New::new(text))),
        ("customerorder/notes", _) => need::<String>(body, "description")
            .and_then(|text| built(&customer_order::note::New::new(text))),
        ("task/notes", _) => {
            need::<String>(body, "text").and_then(|text| built(&task::note::New::new(text)))
        }
        _ => return None,
    })
}

fn bundle_new(body: &Body) -> Built {
    let new = bundle::New::new(need::<String>(body, "name")?, components(body)?);
    only(body, &["name", "components"])?;
    built(&new)
}

fn component_new(body: &Body) -> Built {
    let new = component::New::new(
        &need::<Ref<Untyped>>(body, "assortment")?,
        decimal(body, "quantity")?,
    );
    only(body, &["assortment", "quantity"])?;
    built(&new)
}

fn cash_in_new(body: &Body) -> Built {
    let mut new = cash_in::New::new(
        need::<Ref<Organization>>(body, "organization")?,
        need::<Ref<Counterparty>>(body, "agent")?,
    );
    for (name, json) in body {
        match name.as_str() {
            "organization" | "agent" => Ok(()),
            "name" => put(&mut new.name, json),
            other => Err(unplaced(other)),
        }?;
    }
    built(&new)
}

fn cash_in_update(body: &Body) -> Built {
    let mut update = cash_in::Update::default();
    for (name, json) in body {
        match name.as_str() {
            "applicable" => put(&mut update.applicable, json),
            "attributes" => {
                attributes::<cash_in::CashIn>(json).map(|value| update.attributes = value)
            }
            "code" => put(&mut update.code, json),
            "description" => put(&mut update.description, json),
            "externalCode" => put(&mut update.external_code, json),
            "moment" => put(&mut update.moment, json),
            "name" => put(&mut update.name, json),
            "owner" => put(&mut update.owner, json),
            "paymentPurpose" => put(&mut update.payment_purpose, json),
            "shared" => put(&mut update.shared, json),
            "sum" => put(&mut update.sum, json),
            other => Err(unplaced(other)),
        }?;
    }
    built(&update)
}

fn contract_new(body: &Body) -> Built {
    let mut new = contract::New::new(
        need::<Ref<Organization>>(body, "ownAgent")?,
        need::<Ref<Counterparty>>(body, "agent")?,
    );
    for (name, json) in body {
        match name.as_str() {
            "ownAgent" | "agent" => Ok(()),
            "name" => put(&mut new.name, json),
            "rate" => put(&mut new.rate, json),
            other => Err(unplaced(other)),
        }?;
    }
    built(&new)
}

fn contract_update(body: &Body) -> Built {
    let mut update = contract::Update::default();
    for (name, json) in body {
        match name.as_str() {
            "code" => put(&mut update.code, json),
            "contractType" => put(&mut update.contract_type, json),
            "description" => put(&mut update.description, json),
            "externalCode" => put(&mut update.external_code, json),
            "moment" => put(&mut update.moment, json),
            "name" => put(&mut update.name, json),
            "ownAgent" => put(&mut update.own_agent, json),
            "rate" => put(&mut update.rate, json),
            other => Err(unplaced(other)),
        }?;
    }
    built(&update)
}

fn counterparty_new(body: &Body) -> Built {
    let mut new = counterparty::New::new(need::<String>(body, "name")?);
    for (name, json) in body {
        match name.as_str() {
            "name" => Ok(()),
            "actualAddress" => put(&mut new.actual_address, json),
            "actualAddressFull" => put(&mut new.actual_address_full, json),
            "attributes" => attributes::<Counterparty>(json).map(|value| new.attributes = value),
            "birthDate" => put(&mut new.birth_date, json),
            "code" => put(&mut new.code, json),
            "companyType" => put(&mut new.company_type, json),
            "description" => put(&mut new.description, json),
            "email" => put(&mut new.email, json),
            "externalCode" => put(&mut new.external_code, json),
            "fax" => put(&mut new.fax, json),
            "inn" => put(&mut new.inn, json),
            "kpp" => put(&mut new.kpp, json),
            "legalAddress" => put(&mut new.legal_address, json),
            "legalAddressFull" => put(&mut new.legal_address_full, json),
            "legalFirstName" => put(&mut new.legal_first_name, json),
            "legalLastName" => put(&mut new.legal_last_name, json),
            "legalMiddleName" => put(&mut new.legal_middle_name, json),
            "legalTitle" => put(&mut new.legal_title, json),
            "mod__requisites__kz" => put(&mut new.requisites_kz, json),
            "mod__requisites__uz" => put(&mut new.requisites_uz, json),
            "ogrn" => put(&mut new.ogrn, json),
            "okpo" => put(&mut new.okpo, json),
            "phone" => put(&mut new.phone, json),
            "priceType" => put(&mut new.price_type, json),
            "sex" => put(&mut new.sex, json),
            "state" => put(&mut new.state, json),
            "tags" => put(&mut new.tags, json),
            other => Err(unplaced(other)),
        }?;
    }
    built(&new)
}

fn account_update(body: &Body) -> Built {
    let mut update = AccountUpdate::default();
    for (name, json) in body {
        match name.as_str() {
            "accountNumber" => put(&mut update.account_number, json),
            "bankLocation" => put(&mut update.bank_location, json),
            "bankName" => put(&mut update.bank_name, json),
            "bic" => put(&mut update.bic, json),
            "correspondentAccount" => put(&mut update.correspondent_account, json),
            "isDefault" => put(&mut update.is_default, json),
            other => Err(unplaced(other)),
        }?;
    }
    built(&update)
}

fn contact_person_new(body: &Body) -> Built {
    let mut new = NewContactPerson::new(need::<String>(body, "name")?);
    for (name, json) in body {
        match name.as_str() {
            "name" => Ok(()),
            "code" => put(&mut new.code, json),
            "email" => put(&mut new.email, json),
            "externalCode" => put(&mut new.external_code, json),
            "phone" => put(&mut new.phone, json),
            "position" => put(&mut new.position, json),
            other => Err(unplaced(other)),
        }?;
    }
    built(&new)
}

fn contact_person_update(body: &Body) -> Built {
    let mut update = ContactPersonUpdate::default();
    for (name, json) in body {
        match name.as_str() {
            "code" => put(&mut update.code, json),
            "email" => put(&mut update.email, json),
            "name" => put(&mut update.name, json),
            "phone" => put(&mut update.phone, json),
            "position" => put(&mut update.position, json),
            other => Err(unplaced(other)),
        }?;
    }
    built(&update)
}

fn country_new(body: &Body) -> Built {
    let mut new = country::New::new(need::<String>(body, "name")?);
    for (name, json) in body {
        match name.as_str() {
            "name" => Ok(()),
            "code" => put(&mut new.code, json),
            "description" => put(&mut new.description, json),
            "externalCode" => put(&mut new.external_code, json),
            other => Err(unplaced(other)),
        }?;
    }
    built(&new)
}

fn country_update(body: &Body) -> Built {
    let mut update = country::Update::default();
    for (name, json) in body {
        match name.as_str() {
            "code" => put(&mut update.code, json),
            "description" => put(&mut update.description, json),
            "externalCode" => put(&mut update.external_code, json),
            "name" => put(&mut update.name, json),
            other => Err(unplaced(other)),
        }?;
    }
    built(&update)
}

fn currency_new(body: &Body) -> Built {
    let mut new = currency::New::new(
        need::<String>(body, "name")?,
        need::<String>(body, "code")?,
        need::<String>(body, "isoCode")?,
    );
    for (name, json) in body {
        match name.as_str() {
            "name" | "code" | "isoCode" => Ok(()),
            "rate" => number(json).map(|value| new.rate = value),
            other => Err(unplaced(other)),
        }?;
    }
    built(&new)
}

fn currency_update(body: &Body) -> Built {
    let mut update = currency::Update::default();
    for (name, json) in body {
        match name.as_str() {
            "code" => put(&mut update.code, json),
            "isoCode" => put(&mut update.iso_code, json),
            "name" => put(&mut update.name, json),
            "rate" => number(json).map(|value| update.rate = value),
            other => Err(unplaced(other)),
        }?;
    }
    built(&update)
}

fn customer_order_new(body: &Body) -> Built {
    let mut new = customer_order::New::new(
        need::<Ref<Organization>>(body, "organization")?,
        need::<Ref<Counterparty>>(body, "agent")?,
    );
    for (name, json) in body {
        match name.as_str() {
            "organization" | "agent" => Ok(()),
            "applicable" => put(&mut new.applicable, json),
            "code" => put(&mut new.code, json),
            "moment" => put(&mut new.moment, json),
            "name" => put(&mut new.name, json),
            "positions" => order_positions(json).map(|value| new.positions = value),
            "state" => put(&mut new.state, json),
            "vatEnabled" => put(&mut new.vat_enabled, json),
            other => Err(unplaced(other)),
        }?;
    }
    built(&new)
}

fn customer_order_update(body: &Body) -> Built {
    let mut update = customer_order::Update::default();
    for (name, json) in body {
        match name.as_str() {
            "agent" => put(&mut update.agent, json),
            "agentAccount" => put(&mut update.agent_account, json),
            "applicable" => put(&mut update.applicable, json),
            "code" => put(&mut update.code, json),
            "externalCode" => put(&mut update.external_code, json),
            "group" => put(&mut update.group, json),
            "moment" => put(&mut update.moment, json),
            "name" => put(&mut update.name, json),
            "shipmentAddressFull" => put(&mut update.shipment_address_full, json),
            "state" => put(&mut update.state, json),
            "vatEnabled" => put(&mut update.vat_enabled, json),
            "vatIncluded" => put(&mut update.vat_included, json),
            other => Err(unplaced(other)),
        }?;
    }
    built(&update)
}

fn order_position_new(body: &Body) -> Built {
    built(&order_position(body)?)
}

fn order_position_update(body: &Body) -> Built {
    let mut update = order_position::Update::default();
    for (name, json) in body {
        match name.as_str() {
            "assortment" => put(&mut update.assortment, json),
            "discount" => number(json).map(|value| update.discount = value),
            "price" => put(&mut update.price, json),
            "quantity" => number(json).map(|value| update.quantity = value),
            "reserve" => number(json).map(|value| update.reserve = value),
            "vat" => put(&mut update.vat, json),
            other => Err(unplaced(other)),
        }?;
    }
    built(&update)
}

fn demand_new(body: &Body) -> Built {
    let mut new = demand::New::new(
        need::<Ref<Organization>>(body, "organization")?,
        need::<Ref<Counterparty>>(body, "agent")?,
        need::<Ref<Store>>(body, "store")?,
    );
    for (name, json) in body {
        match name.as_str() {
            "organization" | "agent" | "store" => Ok(()),
            "applicable" => put(&mut new.applicable, json),
            "cargoName" => put(&mut new.cargo_name, json),
            "carrier" => put(&mut new.carrier, json),
            "code" => put(&mut new.code, json),
            "consignee" => put(&mut new.consignee, json),
            "customerOrder" => put(&mut new.customer_order, json),
            "moment" => put(&mut new.moment, json),
            "name" => put(&mut new.name, json),
            "overhead" => put(&mut new.overhead, json),
            "positions" => demand_positions(json).map(|value| new.positions = value),
            "shipmentAddressFull" => put(&mut new.shipment_address_full, json),
            "shippingInstructions" => put(&mut new.shipping_instructions, json),
            "stateContractId" => put(&mut new.state_contract_id, json),
            "transportFacility" => put(&mut new.transport_facility, json),
            "transportFacilityNumber" => put(&mut new.transport_facility_number, json),
            "vatEnabled" => put(&mut new.vat_enabled, json),
            "vatIncluded" => put(&mut new.vat_included, json),
            other => Err(unplaced(other)),
        }?;
    }
    built(&new)
}

fn demand_update(body: &Body) -> Built {
    let mut update = demand::Update::default();
    for (name, json) in body {
        match name.as_str() {
            "agent" => put(&mut update.agent, json),
            "applicable" => put(&mut update.applicable, json),
            "attributes" => {
                attributes::<demand::Demand>(json).map(|value| update.attributes = value)
            }
            "cargoName" => put(&mut update.cargo_name, json),
            "carrier" => put(&mut update.carrier, json),
            "code" => put(&mut update.code, json),
            "consignee" => put(&mut update.consignee, json),
            "customerOrder" => put(&mut update.customer_order, json),
            "moment" => put(&mut update.moment, json),
            "name" => put(&mut update.name, json),
            "organization" => put(&mut update.organization, json),
            "overhead" => put(&mut update.overhead, json),
            "shipmentAddressFull" => put(&mut update.shipment_address_full, json),
            "shippingInstructions" => put(&mut update.shipping_instructions, json),
            "stateContractId" => put(&mut update.state_contract_id, json),
            "store" => put(&mut update.store, json),
            "transportFacility" => put(&mut update.transport_facility, json),
            "transportFacilityNumber" => put(&mut update.transport_facility_number, json),
            "vatEnabled" => put(&mut update.vat_enabled, json),
            "vatIncluded" => put(&mut update.vat_included, json),
            other => Err(unplaced(other)),
        }?;
    }
    built(&update)
}

fn demand_position_new(body: &Body) -> Built {
    built(&demand_position(body)?)
}

fn demand_position_update(body: &Body) -> Built {
    let mut update = demand_position::Update::default();
    for (name, json) in body {
        match name.as_str() {
            "assortment" => put(&mut update.assortment, json),
            "discount" => number(json).map(|value| update.discount = value),
            "price" => put(&mut update.price, json),
            "quantity" => number(json).map(|value| update.quantity = value),
            "vat" => put(&mut update.vat, json),
            other => Err(unplaced(other)),
        }?;
    }
    built(&update)
}

fn element_new(body: &Body) -> Built {
    let mut new = element::New::new(need::<String>(body, "name")?);
    for (name, json) in body {
        match name.as_str() {
            "name" => Ok(()),
            "code" => put(&mut new.code, json),
            "description" => put(&mut new.description, json),
            "externalCode" => put(&mut new.external_code, json),
            "shared" => put(&mut new.shared, json),
            other => Err(unplaced(other)),
        }?;
    }
    built(&new)
}

fn element_update(body: &Body) -> Built {
    let mut update = element::Update::default();
    for (name, json) in body {
        match name.as_str() {
            "attributes" => put(&mut update.attributes, json),
            "code" => put(&mut update.code, json),
            "description" => put(&mut update.description, json),
            "externalCode" => put(&mut update.external_code, json),
            "name" => put(&mut update.name, json),
            other => Err(unplaced(other)),
        }?;
    }
    built(&update)
}

fn employee_new(body: &Body) -> Built {
    let mut new = employee::New::new(need::<String>(body, "lastName")?);
    for (name, json) in body {
        match name.as_str() {
            "lastName" => Ok(()),
            "firstName" => put(&mut new.first_name, json),
            "middleName" => put(&mut new.middle_name, json),
            other => Err(unplaced(other)),
        }?;
    }
    built(&new)
}

fn employee_update(body: &Body) -> Built {
    let mut update = employee::Update::default();
    for (name, json) in body {
        match name.as_str() {
            "attributes" => attributes::<Employee>(json).map(|value| update.attributes = value),
            "description" => put(&mut update.description, json),
            "firstName" => put(&mut update.first_name, json),
            "inn" => put(&mut update.inn, json),
            "lastName" => put(&mut update.last_name, json),
            "middleName" => put(&mut update.middle_name, json),
            "phone" => put(&mut update.phone, json),
            "position" => put(&mut update.position, json),
            other => Err(unplaced(other)),
        }?;
    }
    built(&update)
}

fn expense_item_new(body: &Body) -> Built {
    let mut new = expense_item::New::new(need::<String>(body, "name")?);
    for (name, json) in body {
        match name.as_str() {
            "name" => Ok(()),
            "code" => put(&mut new.code, json),
            "description" => put(&mut new.description, json),
            "externalCode" => put(&mut new.external_code, json),
            other => Err(unplaced(other)),
        }?;
    }
    built(&new)
}

fn expense_item_update(body: &Body) -> Built {
    let mut update = expense_item::Update::default();
    for (name, json) in body {
        match name.as_str() {
            "code" => put(&mut update.code, json),
            "description" => put(&mut update.description, json),
            "externalCode" => put(&mut update.external_code, json),
            "name" => put(&mut update.name, json),
            other => Err(unplaced(other)),
        }?;
    }
    built(&update)
}

fn group_update(body: &Body) -> Built {
    let mut update = group::Update::default();
    for (name, json) in body {
        match name.as_str() {
            "index" => put(&mut update.index, json),
            other => Err(unplaced(other)),
        }?;
    }
    built(&update)
}

fn invoice_out_new(body: &Body) -> Built {
    let mut new = invoice_out::New::new(
        need::<Ref<Organization>>(body, "organization")?,
        need::<Ref<Counterparty>>(body, "agent")?,
    );
    for (name, json) in body {
        match name.as_str() {
            "organization" | "agent" => Ok(()),
            "agentAccount" => put(&mut new.agent_account, json),
            "applicable" => put(&mut new.applicable, json),
            "code" => put(&mut new.code, json),
            "description" => put(&mut new.description, json),
            "externalCode" => put(&mut new.external_code, json),
            "moment" => put(&mut new.moment, json),
            "name" => put(&mut new.name, json),
            "organizationAccount" => put(&mut new.organization_account, json),
            "positions" => invoice_positions(json).map(|value| new.positions = value),
            "store" => put(&mut new.store, json),
            other => Err(unplaced(other)),
        }?;
    }
    built(&new)
}

fn invoice_out_update(body: &Body) -> Built {
    let mut update = invoice_out::Update::default();
    for (name, json) in body {
        match name.as_str() {
            "applicable" => put(&mut update.applicable, json),
            "attributes" => {
                attributes::<invoice_out::InvoiceOut>(json).map(|value| update.attributes = value)
            }
            "code" => put(&mut update.code, json),
            "description" => put(&mut update.description, json),
            "externalCode" => put(&mut update.external_code, json),
            "moment" => put(&mut update.moment, json),
            "name" => put(&mut update.name, json),
            "positions" => invoice_positions(json).map(|value| update.positions = Some(value)),
            "store" => put(&mut update.store, json),
            other => Err(unplaced(other)),
        }?;
    }
    built(&update)
}

fn invoice_position_new(body: &Body) -> Built {
    built(&invoice_position(body)?)
}

fn invoice_position_update(body: &Body) -> Built {
    let mut update = invoice_position::Update::default();
    for (name, json) in body {
        match name.as_str() {
            "discount" => number(json).map(|value| update.discount = value),
            "price" => put(&mut update.price, json),
            "quantity" => number(json).map(|value| update.quantity = value),
            "vat" => put(&mut update.vat, json),
            other => Err(unplaced(other)),
        }?;
    }
    built(&update)
}

fn organization_new(body: &Body) -> Built {
    let mut new = organization::New::new(need::<String>(body, "name")?);
    for (name, json) in body {
        match name.as_str() {
            "name" => Ok(()),
            "accounts" => accounts(json).map(|value| new.accounts = value),
            "actualAddress" => put(&mut new.actual_address, json),
            "actualAddressFull" => put(&mut new.actual_address_full, json),
            "advancePaymentVat" => number(json).map(|value| new.advance_payment_vat = value),
            "archived" => put(&mut new.archived, json),
            "attributes" => attributes::<Organization>(json).map(|value| new.attributes = value),
            "chiefAccountant" => put(&mut new.chief_accountant, json),
            "code" => put(&mut new.code, json),
            "companyType" => put(&mut new.company_type, json),
            "description" => put(&mut new.description, json),
            "director" => put(&mut new.director, json),
            "directorPosition" => put(&mut new.director_position, json),
            "email" => put(&mut new.email, json),
            "externalCode" => put(&mut new.external_code, json),
            "fax" => put(&mut new.fax, json),
            "fsrarId" => put(&mut new.fsrar_id, json),
            "inn" => put(&mut new.inn, json),
            "isEgaisEnable" => put(&mut new.is_egais_enable, json),
            "kpp" => put(&mut new.kpp, json),
            "legalAddress" => put(&mut new.legal_address, json),
            "legalAddressFull" => put(&mut new.legal_address_full, json),
            "legalFirstName" => put(&mut new.legal_first_name, json),
            "legalLastName" => put(&mut new.legal_last_name, json),
            "legalMiddleName" => put(&mut new.legal_middle_name, json),
            "legalTitle" => put(&mut new.legal_title, json),
            "ogrn" => put(&mut new.ogrn, json),
            "ogrnip" => put(&mut new.ogrnip, json),
            "okpo" => put(&mut new.okpo, json),
            "payerVat" => put(&mut new.payer_vat, json),
            "phone" => put(&mut new.phone, json),
            "trackingContractDate" => put(&mut new.tracking_contract_date, json),
            "trackingContractNumber" => put(&mut new.tracking_contract_number, json),
            "utmUrl" => put(&mut new.utm_url, json),
            other => Err(unplaced(other)),
        }?;
    }
    built(&new)
}

fn organization_update(body: &Body) -> Built {
    let mut update = organization::Update::default();
    for (name, json) in body {
        match name.as_str() {
            "actualAddressFull" => put(&mut update.actual_address_full, json),
            "archived" => put(&mut update.archived, json),
            "attributes" => attributes::<Organization>(json).map(|value| update.attributes = value),
            "chiefAccountant" => put(&mut update.chief_accountant, json),
            "code" => put(&mut update.code, json),
            "description" => put(&mut update.description, json),
            "director" => put(&mut update.director, json),
            "email" => put(&mut update.email, json),
            "externalCode" => put(&mut update.external_code, json),
            "fax" => put(&mut update.fax, json),
            "inn" => put(&mut update.inn, json),
            "kpp" => put(&mut update.kpp, json),
            "legalAddressFull" => put(&mut update.legal_address_full, json),
            "legalTitle" => put(&mut update.legal_title, json),
            "name" => put(&mut update.name, json),
            "ogrn" => put(&mut update.ogrn, json),
            "okpo" => put(&mut update.okpo, json),
            "payerVat" => put(&mut update.payer_vat, json),
            "phone" => put(&mut update.phone, json),
            "trackingContractDate" => put(&mut update.tracking_contract_date, json),
            "trackingContractNumber" => put(&mut update.tracking_contract_number, json),
            other => Err(unplaced(other)),
        }?;
    }
    built(&update)
}

fn payment_in_new(body: &Body) -> Built {
    let mut new = payment_in::New::new(
        need::<Ref<Organization>>(body, "organization")?,
        need::<Ref<Counterparty>>(body, "agent")?,
    );
    for (name, json) in body {
        match name.as_str() {
            "organization" | "agent" => Ok(()),
            "name" => put(&mut new.name, json),
            other => Err(unplaced(other)),
        }?;
    }
    built(&new)
}

fn payment_in_update(body: &Body) -> Built {
    let mut update = payment_in::Update::default();
    for (name, json) in body {
        match name.as_str() {
            "applicable" => put(&mut update.applicable, json),
            "code" => put(&mut update.code, json),
            "description" => put(&mut update.description, json),
            "externalCode" => put(&mut update.external_code, json),
            "incomingDate" => put(&mut update.incoming_date, json),
            "incomingNumber" => put(&mut update.incoming_number, json),
            "moment" => put(&mut update.moment, json),
            "name" => put(&mut update.name, json),
            "operations" => put(&mut update.operations, json),
            "sum" => put(&mut update.sum, json),
            other => Err(unplaced(other)),
        }?;
    }
    built(&update)
}

fn product_new(body: &Body) -> Built {
    let mut new = product::New::new(need::<String>(body, "name")?);
    for (name, json) in body {
        match name.as_str() {
            "name" => Ok(()),
            "article" => put(&mut new.article, json),
            "attributes" => attributes::<Product>(json).map(|value| new.attributes = value),
            "barcodes" => put(&mut new.barcodes, json),
            "buyPrice" => put(&mut new.buy_price, json),
            "code" => put(&mut new.code, json),
            "description" => put(&mut new.description, json),
            "discountProhibited" => put(&mut new.discount_prohibited, json),
            "externalCode" => put(&mut new.external_code, json),
            "isSerialTrackable" => put(&mut new.is_serial_trackable, json),
            "minPrice" => put(&mut new.min_price, json),
            "packs" => put(&mut new.packs, json),
            "salePrices" => put(&mut new.sale_prices, json),
            "supplier" => put(&mut new.supplier, json),
            "trackingType" => put(&mut new.tracking_type, json),
            "uom" => put(&mut new.uom, json),
            "vat" => put(&mut new.vat, json),
            "volume" => number(json).map(|value| new.volume = value),
            "weight" => number(json).map(|value| new.weight = value),
            other => Err(unplaced(other)),
        }?;
    }
    built(&new)
}

fn product_update(body: &Body) -> Built {
    let mut update = product::Update::default();
    for (name, json) in body {
        match name.as_str() {
            "article" => put(&mut update.article, json),
            "attributes" => attributes::<Product>(json).map(|value| update.attributes = value),
            "buyPrice" => put(&mut update.buy_price, json),
            "code" => put(&mut update.code, json),
            "description" => put(&mut update.description, json),
            "externalCode" => put(&mut update.external_code, json),
            "minPrice" => put(&mut update.min_price, json),
            "minimumStock" => minimum_stock(json).map(|value| update.minimum_stock = value.into()),
            "name" => put(&mut update.name, json),
            "packs" => put(&mut update.packs, json),
            "salePrices" => put(&mut update.sale_prices, json),
            "supplier" => put(&mut update.supplier, json),
            "uom" => put(&mut update.uom, json),
            "vat" => put(&mut update.vat, json),
            "volume" => number(json).map(|value| update.volume = value),
            "weight" => number(json).map(|value| update.weight = value),
            other => Err(unplaced(other)),
        }?;
    }
    built(&update)
}

fn product_folder_new(body: &Body) -> Built {
    let new = product_folder::New::new(need::<String>(body, "name")?);
    only(body, &["name"])?;
    built(&new)
}

fn product_folder_update(body: &Body) -> Built {
    let mut update = product_folder::Update::default();
    for (name, json) in body {
        match name.as_str() {
            "code" => put(&mut update.code, json),
            "externalCode" => put(&mut update.external_code, json),
            "name" => put(&mut update.name, json),
            "vat" => put(&mut update.vat, json),
            other => Err(unplaced(other)),
        }?;
    }
    built(&update)
}

fn project_new(body: &Body) -> Built {
    let mut new = project::New::new(need::<String>(body, "name")?);
    for (name, json) in body {
        match name.as_str() {
            "name" => Ok(()),
            "attributes" => {
                attributes::<project::Project>(json).map(|value| new.attributes = value)
            }
            "code" => put(&mut new.code, json),
            "description" => put(&mut new.description, json),
            "externalCode" => put(&mut new.external_code, json),
            other => Err(unplaced(other)),
        }?;
    }
    built(&new)
}

fn project_update(body: &Body) -> Built {
    let mut update = project::Update::default();
    for (name, json) in body {
        match name.as_str() {
            "attributes" => {
                attributes::<project::Project>(json).map(|value| update.attributes = value)
            }
            "code" => put(&mut update.code, json),
            "description" => put(&mut update.description, json),
            "externalCode" => put(&mut update.external_code, json),
            "name" => put(&mut update.name, json),
            other => Err(unplaced(other)),
        }?;
    }
    built(&update)
}

fn sales_channel_update(body: &Body) -> Built {
    let mut update = sales_channel::Update::default();
    for (name, json) in body {
        match name.as_str() {
            "name" => put(&mut update.name, json),
            other => Err(unplaced(other)),
        }?;
    }
    built(&update)
}

fn service_new(body: &Body) -> Built {
    let mut new = service::New::new(need::<String>(body, "name")?);
    for (name, json) in body {
        match name.as_str() {
            "name" => Ok(()),
            "attributes" => attributes::<Product>(json).map(|value| new.attributes = value),
            "barcodes" => put(&mut new.barcodes, json),
            "buyPrice" => put(&mut new.buy_price, json),
            "code" => put(&mut new.code, json),
            "description" => put(&mut new.description, json),
            "externalCode" => put(&mut new.external_code, json),
            "salePrices" => put(&mut new.sale_prices, json),
            "vat" => put(&mut new.vat, json),
            other => Err(unplaced(other)),
        }?;
    }
    built(&new)
}

fn service_update(body: &Body) -> Built {
    let mut update = service::Update::default();
    for (name, json) in body {
        match name.as_str() {
            "barcodes" => put(&mut update.barcodes, json),
            "buyPrice" => put(&mut update.buy_price, json),
            "description" => put(&mut update.description, json),
            "externalCode" => put(&mut update.external_code, json),
            "name" => put(&mut update.name, json),
            "salePrices" => put(&mut update.sale_prices, json),
            "vat" => put(&mut update.vat, json),
            other => Err(unplaced(other)),
        }?;
    }
    built(&update)
}

fn store_new(body: &Body) -> Built {
    let mut new = store::New::new(need::<String>(body, "name")?);
    for (name, json) in body {
        match name.as_str() {
            "name" => Ok(()),
            "addressFull" => put(&mut new.address_full, json),
            "attributes" => attributes::<Store>(json).map(|value| new.attributes = value),
            "code" => put(&mut new.code, json),
            "externalCode" => put(&mut new.external_code, json),
            other => Err(unplaced(other)),
        }?;
    }
    built(&new)
}

fn store_update(body: &Body) -> Built {
    let mut update = store::Update::default();
    for (name, json) in body {
        match name.as_str() {
            "addressFull" => put(&mut update.address_full, json),
            "code" => put(&mut update.code, json),
            "externalCode" => put(&mut update.external_code, json),
            "name" => put(&mut update.name, json),
            "parent" => put(&mut update.parent, json),
            other => Err(unplaced(other)),
        }?;
    }
    built(&update)
}

fn slot_new(body: &Body) -> Built {
    let mut new = slot::New::new(need::<String>(body, "name")?);
    for (name, json) in body {
        match name.as_str() {
            "name" => Ok(()),
            "barcode" => put(&mut new.barcode, json),
            "zone" => put(&mut new.zone, json),
            other => Err(unplaced(other)),
        }?;
    }
    built(&new)
}

fn slot_update(body: &Body) -> Built {
    let mut update = slot::Update::default();
    for (name, json) in body {
        match name.as_str() {
            "name" => put(&mut update.name, json),
            "zone" => put(&mut update.zone, json),
            other => Err(unplaced(other)),
        }?;
    }
    built(&update)
}

fn zone_new(body: &Body) -> Built {
    let new = zone::New::new(need::<String>(body, "name")?);
    only(body, &["name"])?;
    built(&new)
}

fn task_new(body: &Body) -> Built {
    let mut new = task::New::new(
        need::<String>(body, "description")?,
        need::<Ref<Employee>>(body, "assignee")?,
    );
    for (name, json) in body {
        match name.as_str() {
            "description" | "assignee" => Ok(()),
            "agent" => put(&mut new.agent, json),
            "done" => put(&mut new.done, json),
            "dueToDate" => put(&mut new.due_to_date, json),
            other => Err(unplaced(other)),
        }?;
    }
    built(&new)
}

fn task_update(body: &Body) -> Built {
    let mut update = task::Update::default();
    for (name, json) in body {
        match name.as_str() {
            "agent" => put(&mut update.agent, json),
            "assignee" => put(&mut update.assignee, json),
            "description" => put(&mut update.description, json),
            "done" => put(&mut update.done, json),
            other => Err(unplaced(other)),
        }?;
    }
    built(&update)
}

fn tax_rate_new(body: &Body) -> Built {
    let mut new = tax_rate::New::new(decimal(body, "rate")?);
    for (name, json) in body {
        match name.as_str() {
            "rate" => Ok(()),
            "archived" => put(&mut new.archived, json),
            "comment" => put(&mut new.comment, json),
            other => Err(unplaced(other)),
        }?;
    }
    built(&new)
}

fn tax_rate_update(body: &Body) -> Built {
    let mut update = tax_rate::Update::default();
    for (name, json) in body {
        match name.as_str() {
            "archived" => put(&mut update.archived, json),
            "comment" => put(&mut update.comment, json),
            "rate" => number(json).map(|value| update.rate = value),
            other => Err(unplaced(other)),
        }?;
    }
    built(&update)
}

fn uom_new(body: &Body) -> Built {
    let mut new = uom::New::new(need::<String>(body, "name")?);
    for (name, json) in body {
        match name.as_str() {
            "name" => Ok(()),
            "code" => put(&mut new.code, json),
            "description" => put(&mut new.description, json),
            "externalCode" => put(&mut new.external_code, json),
            other => Err(unplaced(other)),
        }?;
    }
    built(&new)
}

fn uom_update(body: &Body) -> Built {
    let mut update = uom::Update::default();
    for (name, json) in body {
        match name.as_str() {
            "code" => put(&mut update.code, json),
            "description" => put(&mut update.description, json),
            "externalCode" => put(&mut update.external_code, json),
            "name" => put(&mut update.name, json),
            other => Err(unplaced(other)),
        }?;
    }
    built(&update)
}

fn variant_new(body: &Body) -> Built {
    let mut new = variant::New::new(
        need::<Ref<Product>>(body, "product")?,
        need::<Vec<Characteristic>>(body, "characteristics")?,
    );
    for (name, json) in body {
        match name.as_str() {
            "product" | "characteristics" => Ok(()),
            "article" => put(&mut new.article, json),
            "barcodes" => put(&mut new.barcodes, json),
            "buyPrice" => put(&mut new.buy_price, json),
            "minPrice" => put(&mut new.min_price, json),
            "name" => put(&mut new.name, json),
            "salePrices" => put(&mut new.sale_prices, json),
            other => Err(unplaced(other)),
        }?;
    }
    built(&new)
}

fn variant_update(body: &Body) -> Built {
    let mut update = variant::Update::default();
    for (name, json) in body {
        match name.as_str() {
            "article" => put(&mut update.article, json),
            "barcodes" => put(&mut update.barcodes, json),
            "buyPrice" => put(&mut update.buy_price, json),
            "characteristics" => put(&mut update.characteristics, json),
            "code" => put(&mut update.code, json),
            "discountProhibited" => put(&mut update.discount_prohibited, json),
            "externalCode" => put(&mut update.external_code, json),
            "minPrice" => put(&mut update.min_price, json),
            "minimumStock" => minimum_stock(json).map(|value| update.minimum_stock = value.into()),
            "salePrices" => put(&mut update.sale_prices, json),
            other => Err(unplaced(other)),
        }?;
    }
    built(&update)
}
