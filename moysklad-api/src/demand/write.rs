//! What shipments to customers are created and changed from.

use super::model::Overhead;
use super::position;
use crate::address::Address;
use crate::attribute::AttributeValue;
use crate::contract::Contract;
use crate::counterparty::Account;
use crate::counterparty::Counterparty;
use crate::customer_order::CustomerOrder;
use crate::employee::Employee;
use crate::group::Group;
use crate::invoice_out::InvoiceOut;
use crate::meta::Ref;
use crate::meta::Untyped;
use crate::moment::Moment;
use crate::organization::Organization;
use crate::patch::Patch;
use crate::patch::empty_text;
use crate::project::Project;
use crate::rate::Rate;
use crate::sales_channel::SalesChannel;
use crate::state::State;
use crate::store::Store;
use serde::Serialize;
use serde_with::skip_serializing_none;
use uuid::Uuid;

/// A shipment to be created.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct New {
    /// The organization of the account (юрлицо).
    pub organization: Ref<Organization>,
    /// The counterparty (контрагент); now and then an organization.
    pub agent: Ref<Counterparty>,
    /// The store (склад).
    pub store: Ref<Store>,
    /// The UUID that makes creating twice the same as once.
    pub sync_id: Option<Uuid>,
    /// The number (номер).
    pub name: Option<String>,
    /// The code that people give (код).
    pub code: Option<String>,
    /// The code that programs give (внешний код); not unique.
    pub external_code: Option<String>,
    /// The date of the document, exact to the minute.
    pub moment: Option<Moment>,
    /// Whether it counts (проведён).
    pub applicable: Option<bool>,
    /// The comment (комментарий).
    pub description: Option<String>,
    /// Whether VAT counts (учитывается НДС).
    pub vat_enabled: Option<bool>,
    /// Whether prices include VAT (НДС включён).
    pub vat_included: Option<bool>,
    /// The bank account of the organization.
    pub organization_account: Option<Ref<Account>>,
    /// The bank account of the counterparty.
    pub agent_account: Option<Ref<Account>>,
    /// The state (статус).
    pub state: Option<Ref<State>>,
    /// The contract (договор).
    pub contract: Option<Ref<Contract>>,
    /// The project (проект).
    pub project: Option<Ref<Project>>,
    /// The currency and its rate (валюта).
    pub rate: Option<Rate>,
    /// The positions (позиции).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub positions: Vec<position::New>,
    /// The sales channel (канал продаж).
    pub sales_channel: Option<Ref<SalesChannel>>,
    /// Where to (адрес доставки).
    pub shipment_address: Option<String>,
    /// Where to, by parts.
    pub shipment_address_full: Option<Address>,
    /// The costs that are spread over the positions (накладные расходы).
    pub overhead: Option<Overhead>,
    /// The order it belongs to (заказ покупателя).
    pub customer_order: Option<Ref<CustomerOrder>>,
    /// The tax invoice issued (счёт-фактура выданный).
    pub facture_out: Option<Ref<Untyped>>,
    /// The invoices (счета покупателям).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub invoices_out: Vec<Ref<InvoiceOut>>,
    /// The name of the cargo (наименование груза).
    pub cargo_name: Option<String>,
    /// Who carries (перевозчик).
    pub carrier: Option<Ref<Counterparty>>,
    /// Who receives (грузополучатель).
    pub consignee: Option<Ref<Counterparty>>,
    /// How many places (всего мест).
    pub good_pack_quantity: Option<i64>,
    /// What the sender asks for (указания грузоотправителя).
    pub shipping_instructions: Option<String>,
    /// The id of a state contract (государственный контракт).
    pub state_contract_id: Option<String>,
    /// What carries (транспортное средство).
    pub transport_facility: Option<String>,
    /// The vehicle's number (номер автомобиля).
    pub transport_facility_number: Option<String>,
    /// Who sends (грузоотправитель).
    pub consignor: Option<Ref<Counterparty>>,
    /// The number of the transport document (номер транспортного документа).
    pub shipping_document_number: Option<String>,
    /// The date of the transport document.
    pub shipping_document_date: Option<Moment>,
    /// The additional fields.
    #[serde(
        skip_serializing_if = "crate::attribute::is_unsaid",
        serialize_with = "crate::attribute::write"
    )]
    pub attributes: Vec<AttributeValue>,
    /// The employee who owns it (владелец).
    pub owner: Option<Ref<Employee>>,
    /// The department that owns it (отдел).
    pub group: Option<Ref<Group>>,
    /// Whether all departments share it (общий доступ).
    pub shared: Option<bool>,
}

impl New {
    /// Names who sells, who buys, and from which store.
    #[must_use]
    pub fn new(
        organization: impl Into<Ref<Organization>>,
        agent: impl Into<Ref<Counterparty>>,
        store: impl Into<Ref<Store>>,
    ) -> Self {
        Self {
            organization: organization.into(),
            agent: agent.into(),
            store: store.into(),
            sync_id: None,
            name: None,
            code: None,
            external_code: None,
            moment: None,
            applicable: None,
            description: None,
            vat_enabled: None,
            vat_included: None,
            organization_account: None,
            agent_account: None,
            state: None,
            contract: None,
            project: None,
            rate: None,
            positions: Vec::new(),
            sales_channel: None,
            shipment_address: None,
            shipment_address_full: None,
            overhead: None,
            customer_order: None,
            facture_out: None,
            invoices_out: Vec::new(),
            cargo_name: None,
            carrier: None,
            consignee: None,
            good_pack_quantity: None,
            shipping_instructions: None,
            state_contract_id: None,
            transport_facility: None,
            transport_facility_number: None,
            consignor: None,
            shipping_document_number: None,
            shipping_document_date: None,
            attributes: Vec::new(),
            owner: None,
            group: None,
            shared: None,
        }
    }

    /// Makes creating twice the same as once.
    #[must_use]
    pub fn sync_id(mut self, sync_id: Uuid) -> Self {
        self.sync_id = Some(sync_id);
        self
    }

    /// Sets the number (номер).
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sets the code that programs give (внешний код); not unique.
    #[must_use]
    pub fn external_code(mut self, external_code: impl Into<String>) -> Self {
        self.external_code = Some(external_code.into());
        self
    }

    /// Sets the date of the document, exact to the minute.
    #[must_use]
    pub fn moment(mut self, moment: Moment) -> Self {
        self.moment = Some(moment);
        self
    }

    /// Sets the comment (комментарий).
    #[must_use]
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// Sets the state (статус).
    #[must_use]
    pub fn state(mut self, state: impl Into<Ref<State>>) -> Self {
        self.state = Some(state.into());
        self
    }

    /// Sets the positions (позиции).
    #[must_use]
    pub fn positions(mut self, positions: Vec<position::New>) -> Self {
        self.positions = positions;
        self
    }

    /// Sets the order it belongs to (заказ покупателя).
    #[must_use]
    pub fn customer_order(mut self, customer_order: impl Into<Ref<CustomerOrder>>) -> Self {
        self.customer_order = Some(customer_order.into());
        self
    }

    /// Says where to (адрес доставки).
    #[must_use]
    pub fn shipment_address(mut self, shipment_address: impl Into<String>) -> Self {
        self.shipment_address = Some(shipment_address.into());
        self
    }

    /// Sets additional fields.
    #[must_use]
    pub fn attributes(mut self, attributes: Vec<AttributeValue>) -> Self {
        self.attributes = attributes;
        self
    }
}

/// A change of a shipment; what it does not name stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Update {
    /// The number (номер).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The code that people give (код).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub code: Patch<String>,
    /// The code that programs give (внешний код); not unique.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub external_code: Patch<String>,
    /// The date of the document, exact to the minute.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moment: Option<Moment>,
    /// Whether it counts (проведён).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub applicable: Option<bool>,
    /// The comment (комментарий).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub description: Patch<String>,
    /// Whether VAT counts (учитывается НДС).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vat_enabled: Option<bool>,
    /// Whether prices include VAT (НДС включён).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vat_included: Option<bool>,
    /// The organization of the account (юрлицо).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization: Option<Ref<Organization>>,
    /// The bank account of the organization.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub organization_account: Patch<Ref<Account>>,
    /// The counterparty (контрагент); now and then an organization.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent: Option<Ref<Counterparty>>,
    /// The bank account of the counterparty.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub agent_account: Patch<Ref<Account>>,
    /// The store (склад).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub store: Option<Ref<Store>>,
    /// The state (статус).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub state: Patch<Ref<State>>,
    /// The contract (договор).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub contract: Patch<Ref<Contract>>,
    /// The project (проект).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub project: Patch<Ref<Project>>,
    /// The currency and its rate (валюта).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub rate: Patch<Rate>,
    /// The positions (позиции), all of them: those not named are deleted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub positions: Option<Vec<position::New>>,
    /// The sales channel (канал продаж).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub sales_channel: Patch<Ref<SalesChannel>>,
    /// Where to (адрес доставки).
    #[serde(skip_serializing_if = "Patch::is_keep", serialize_with = "empty_text")]
    pub shipment_address: Patch<String>,
    /// Where to, by parts.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub shipment_address_full: Patch<Address>,
    /// The costs that are spread over the positions (накладные расходы).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub overhead: Patch<Overhead>,
    /// The order it belongs to (заказ покупателя).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub customer_order: Patch<Ref<CustomerOrder>>,
    /// The tax invoice issued (счёт-фактура выданный).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub facture_out: Patch<Ref<Untyped>>,
    /// The invoices (счета покупателям), all of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub invoices_out: Option<Vec<Ref<InvoiceOut>>>,
    /// The name of the cargo (наименование груза).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub cargo_name: Patch<String>,
    /// Who carries (перевозчик).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub carrier: Patch<Ref<Counterparty>>,
    /// Who receives (грузополучатель).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub consignee: Patch<Ref<Counterparty>>,
    /// How many places (всего мест).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub good_pack_quantity: Option<i64>,
    /// What the sender asks for (указания грузоотправителя).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub shipping_instructions: Patch<String>,
    /// The id of a state contract (государственный контракт).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub state_contract_id: Patch<String>,
    /// What carries (транспортное средство).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub transport_facility: Patch<String>,
    /// The vehicle's number (номер автомобиля).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub transport_facility_number: Patch<String>,
    /// Who sends (грузоотправитель).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub consignor: Patch<Ref<Counterparty>>,
    /// The number of the transport document (номер транспортного документа).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub shipping_document_number: Patch<String>,
    /// The date of the transport document.
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub shipping_document_date: Patch<Moment>,
    /// The additional fields to change; others keep their values.
    #[serde(
        skip_serializing_if = "crate::attribute::is_unsaid",
        serialize_with = "crate::attribute::write"
    )]
    pub attributes: Vec<AttributeValue>,
    /// The employee who owns it (владелец).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub owner: Patch<Ref<Employee>>,
    /// The department that owns it (отдел).
    #[serde(skip_serializing_if = "Patch::is_keep")]
    pub group: Patch<Ref<Group>>,
    /// Whether all departments share it (общий доступ).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shared: Option<bool>,
}
