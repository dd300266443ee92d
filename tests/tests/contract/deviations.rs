//! Where this project departs from the vendor's description on purpose, and why.
//!
//! The documentation of the API is what the service is built and sold by; the description is
//! younger and leaves out what its own examples and the service do.

use crate::translation::Side::{self, Answer, Request};

/// A departure: who speaks, where, what is broken, and why it is right all the same.
pub(crate) type Deviation = (Side, &'static str, &'static str, &'static str);

const CONTEXT: &str = "documented: the employee behind the credentials (контекст сотрудника)";
const FILTER: &str = "documented: lists of all documents can be filtered";
const ORDER: &str = "documented: lists of all documents can be sorted";
const EXPAND: &str = "documented: the fields of metadata can be expanded";
const FIELDS: &str = "documented: counterparties have additional fields, defined at this address";
const STATES: &str = "documented: counterparties have states, defined at this address";
const MANY_FIELDS: &str = "documented: up to 1000 definitions go to this address as an array";
const ARRAY: &str = "documented: the whole collection is written as a plain array";
const SUM: &str = "documented: the sum of a payment is written; nothing else could set it";
const CLEARED: &str = "observed: null clears an optional text";

const AUDIT: &str = "documented: the audit (аудит) of the account and of single objects";
const FILES: &str = "documented: files go with orders too";
const NAMED: &str = "documented: named filters (сохранённые фильтры); read here as an object's id";
const TRASH: &str = "documented: documents are put into the trash (корзина) at this address";
const LEAST: &str = "documented: variants have least stocks (неснижаемые остатки) as products do";
const DEFINED: &str =
    "documented: objects of the type have additional fields, defined at this address";
const DEFINED_STATES: &str = "documented: objects of the type have states, defined at this address";
const SEARCH: &str = "documented: every list can be searched";
const MANY: &str = "documented: many objects go to this address as an array";
const ADDED: &str = "documented: what is added to an object comes back as an array";
const ASKER: &str = "documented: a list inside an object tells who asked (context)";
const NEW: &str =
    "a new object has no meta, by which alone the description tells the branches apart";
const FEED: &str =
    "documented: a note of the event feed is created with the status 201 and comes back";
const PAGE: &str = "documented: the meta of a collection tells its size and its page";
const ONE_FIELD: &str = "documented: a single definition comes back as it is, not in a list";
const COMPONENTS: &str = "documented: the components come as a list";
const PAID: &str = "documented: the template tells the VAT of the sum, and it is sent back";

#[rustfmt::skip]
pub(crate) const DEVIATIONS: &[Deviation] = &[
    (Request, "GET /context/employee", "operation", CONTEXT),

    (Request, "GET /entity/customerorder", "query filter", FILTER),
    (Request, "GET /entity/customerorder", "query order", ORDER),
    (Request, "GET /entity/paymentin", "query filter", FILTER),
    (Request, "GET /entity/paymentin", "query order", ORDER),
    (Request, "GET /entity/cashin", "query filter", FILTER),
    (Request, "GET /entity/cashin", "query order", ORDER),

    (Request, "GET /entity/customerorder/metadata", "query expand", EXPAND),
    (Request, "GET /entity/paymentin/metadata", "query expand", EXPAND),
    (Request, "GET /entity/cashin/metadata", "query expand", EXPAND),

    (Request, "GET /entity/counterparty/metadata/attributes", "operation", FIELDS),
    (Request, "POST /entity/counterparty/metadata/attributes", "operation", FIELDS),
    (Request, "GET /entity/counterparty/metadata/attributes/{id}", "operation", FIELDS),
    (Request, "PUT /entity/counterparty/metadata/attributes/{id}", "operation", FIELDS),
    (Request, "DELETE /entity/counterparty/metadata/attributes/{id}", "operation", FIELDS),
    (Request, "POST /entity/counterparty/metadata/states", "operation", STATES),
    (Request, "GET /entity/counterparty/metadata/states/{id}", "operation", STATES),
    (Request, "PUT /entity/counterparty/metadata/states/{id}", "operation", STATES),
    (Request, "DELETE /entity/counterparty/metadata/states/{id}", "operation", STATES),

    (Request, "POST /entity/customerorder/metadata/attributes", "array", MANY_FIELDS),
    (Request, "POST /entity/organization/metadata/attributes", "array", MANY_FIELDS),
    (Request, "POST /entity/paymentin/metadata/attributes", "array", MANY_FIELDS),
    (Request, "POST /entity/cashin/metadata/attributes", "array", MANY_FIELDS),

    (Request, "AttributeAbstract.type", "required",
        "documented: a value to be written names its field by meta alone"),
    (Request, "AttributeAbstract.value", "unknown",
        "without the type, the description knows no value; documented as {meta, value}"),
    (Answer, "AttributeAbstract", "variant",
        "documented: fields that refer to objects have the object's keyword as their type"),

    (Request, "customerOrderPositionList", "type", ARRAY),
    (Request, "counterparty.accounts", "type", ARRAY),
    (Request, "counterparty.contactpersons", "type", ARRAY),
    (Request, "customerOrderPosition.id", "readOnly",
        "documented: the id keeps a position when its order is written"),
    (Request, "paymentIn.sum", "readOnly", SUM),
    (Request, "cashIn.sum", "readOnly", SUM),
    (Request, "counterparty.email", "null", CLEARED),
    (Request, "organization.director", "null", CLEARED),

    (Answer, "GET /entity/counterparty/{id}/accounts.context", "unknown", ASKER),
    (Answer, "GET /entity/counterparty/{id}/contactpersons.context", "unknown", ASKER),
    (Answer, "GET /entity/counterparty/{id}/notes.context", "unknown", ASKER),
    (Answer, "account", "type", ADDED),
    (Answer, "attributeMetaInfoList.description", "unknown", ONE_FIELD),
    (Answer, "attributeMetaInfoList.id", "unknown", ONE_FIELD),
    (Answer, "attributeMetaInfoList.name", "unknown", ONE_FIELD),
    (Answer, "attributeMetaInfoList.required", "unknown", ONE_FIELD),
    (Answer, "attributeMetaInfoList.show", "unknown", ONE_FIELD),
    (Answer, "attributeMetaInfoList.type", "unknown", ONE_FIELD),
    (Answer, "bundleComponent.context", "unknown", ASKER),
    (Answer, "bundleComponent.rows", "unknown", COMPONENTS),
    (Answer, "contactPerson", "type", ADDED),
    (Answer, "customerOrder.rows", "unknown", NAMED),
    (Answer, "customerOrderPosition", "type", ADDED),
    (Answer, "demandPosition", "type", ADDED),
    (Answer, "error.accountId", "unknown", FEED),
    (Answer, "error.author", "unknown", FEED),
    (Answer, "error.created", "unknown", FEED),
    (Answer, "error.description", "unknown", FEED),
    (Answer, "error.errors", "required", FEED),
    (Answer, "error.id", "unknown", FEED),
    (Answer, "error.meta", "unknown", FEED),
    (Answer, "errorOrArray", "variant", FEED),
    (Answer, "invoiceOutPosition", "type", ADDED),
    (Answer, "meta.limit", "unknown", PAGE),
    (Answer, "meta.offset", "unknown", PAGE),
    (Answer, "meta.size", "unknown", PAGE),
    (Answer, "note", "type", ADDED),
    (Answer, "storeBalance", "type", ADDED),
    (Answer, "storeBalanceList.context", "unknown", ASKER),
    (Answer, "taskNote", "type", ADDED),
    (Request, "DELETE /entity/employee/metadata/attributes/{id}", "operation", DEFINED),
    (Request, "DELETE /entity/product/metadata/attributes/{id}", "operation", DEFINED),
    (Request, "DELETE /entity/store/metadata/attributes/{id}", "operation", DEFINED),
    (Request, "DELETE /entity/variant/{id}/storebalances/{id}", "operation", LEAST),
    (Request, "GET /audit", "operation", AUDIT),
    (Request, "GET /audit/metadata/filters", "operation", AUDIT),
    (Request, "GET /audit/{id}", "operation", AUDIT),
    (Request, "GET /audit/{id}/events", "operation", AUDIT),
    (Request, "GET /entity/cashout", "query order", ORDER),
    (Request, "GET /entity/cashout/metadata", "query expand", EXPAND),
    (Request, "GET /entity/contract/metadata", "query expand", EXPAND),
    (Request, "GET /entity/contract/metadata/states/{id}", "no body", DEFINED_STATES),
    (Request, "GET /entity/customerorder/{id}", "path id format uuid", NAMED),
    (Request, "GET /entity/customerorder/{id}/audit", "operation", AUDIT),
    (Request, "GET /entity/customerorder/{id}/files", "operation", FILES),
    (Request, "GET /entity/demand", "query order", ORDER),
    (Request, "GET /entity/demand/metadata", "query expand", EXPAND),
    (Request, "GET /entity/employee/metadata", "query expand", EXPAND),
    (Request, "GET /entity/employee/metadata/attributes", "operation", DEFINED),
    (Request, "GET /entity/employee/metadata/attributes/{id}", "operation", DEFINED),
    (Request, "GET /entity/invoiceout", "query order", ORDER),
    (Request, "GET /entity/invoiceout/metadata", "query expand", EXPAND),
    (Request, "GET /entity/paymentout", "query order", ORDER),
    (Request, "GET /entity/paymentout/metadata", "query expand", EXPAND),
    (Request, "GET /entity/product/metadata", "query expand", EXPAND),
    (Request, "GET /entity/product/metadata/attributes", "operation", DEFINED),
    (Request, "GET /entity/product/metadata/attributes/{id}", "operation", DEFINED),
    (Request, "GET /entity/project/metadata", "query expand", EXPAND),
    (Request, "GET /entity/task", "query search", SEARCH),
    (Request, "GET /entity/task/metadata", "query expand", EXPAND),
    (Request, "GET /entity/task/metadata/states/{id}", "operation", DEFINED_STATES),
    (Request, "GET /entity/variant/{id}/storebalances", "operation", LEAST),
    (Request, "GET /entity/variant/{id}/storebalances/{id}", "operation", LEAST),
    (Request, "POST /entity/bundle/{id}/components", "variant", NEW),
    (Request, "POST /entity/cashout/metadata/attributes", "array", MANY_FIELDS),
    (Request, "POST /entity/contract/metadata/attributes", "array", MANY_FIELDS),
    (Request, "POST /entity/contract/metadata/states", "operation", DEFINED_STATES),
    (Request, "POST /entity/customentity/{id}", "array", MANY),
    (Request, "POST /entity/customentity/{id}/delete", "operation", MANY),
    (Request, "POST /entity/customerorder/{id}/files", "operation", FILES),
    (Request, "POST /entity/customerorder/{id}/notes", "array", MANY),
    (Request, "POST /entity/demand/metadata/attributes", "array", MANY_FIELDS),
    (Request, "POST /entity/demand/metadata/states", "operation", DEFINED_STATES),
    (Request, "POST /entity/employee/metadata/attributes", "operation", DEFINED),
    (Request, "POST /entity/invoiceout/metadata/attributes", "array", MANY_FIELDS),
    (Request, "POST /entity/invoiceout/metadata/states", "operation", DEFINED_STATES),
    (Request, "POST /entity/organization/{id}/accounts", "array", MANY),
    (Request, "POST /entity/paymentin/{id}/trash", "operation", TRASH),
    (Request, "POST /entity/paymentout/metadata/attributes", "array", MANY_FIELDS),
    (Request, "POST /entity/product/metadata/attributes", "operation", DEFINED),
    (Request, "POST /entity/project/metadata/attributes", "array", MANY_FIELDS),
    (Request, "POST /entity/store/metadata/attributes", "array", MANY_FIELDS),
    (Request, "POST /entity/store/{storeId}/slots", "variant", NEW),
    (Request, "POST /entity/store/{storeId}/zones", "variant", NEW),
    (Request, "POST /entity/variant/{id}/storebalances", "operation", LEAST),
    (Request, "POST /entity/variant/{id}/storebalances/delete", "operation", LEAST),
    (Request, "PUT /entity/contract/metadata/states/{id}", "body", DEFINED_STATES),
    (Request, "PUT /entity/employee/metadata/attributes/{id}", "operation", DEFINED),
    (Request, "PUT /entity/product/metadata/attributes/{id}", "operation", DEFINED),
    (Request, "PUT /entity/store/metadata/attributes/{id}", "operation", DEFINED),
    (Request, "PUT /entity/variant/{id}/storebalances/{id}", "operation", LEAST),
    (Request, "bundleComponentList", "type", ARRAY),
    (Request, "cashOut.sum", "readOnly", SUM),
    (Request, "employee.phone", "null", CLEARED),
    (Request, "paymentIn.vatSum", "readOnly", PAID),
    (Request, "paymentOut.sum", "readOnly", SUM),
    (Request, "variantCharacteristicValue.value", "readOnly", "documented: a variant is written with the values of its characteristics"),

    (Answer, "organization.isEgaisEnable", "unknown",
        "documented: every organization has it, and it is always false"),
    (Answer, "POST /entity/counterparty/batch", "status 400 though rows were saved",
        "observed: an array with refused rows has the status 400 and holds the saved rows too"),
];

const SECURITY: &str = "the access of employees to the service is not covered";
const UNCOVERED_FILES: &str = "files of the type are not covered";
const BY_LINK: &str = "files are downloaded by the link in their list";
const IMAGES: &str = "images are not covered";
const CHARACTERISTICS: &str = "a characteristic comes to be with the first variant that has it";
const ONE_BY_ONE: &str = "webhooks are few and deleted one by one";

/// Operations of the SDK's types for which the SDK has no request, and why.
#[rustfmt::skip]
pub(crate) const NOT_ASKED: &[(&str, &str)] = &[
    ("DELETE /entity/counterparty/{id}/contactpersons/{contactPersonId}",
        "documented: contact persons are read, added and changed; the emulator deletes none"),
    ("GET /entity/customentity/{id}/metadata",
        "the settings of the company list the dictionaries with what they are"),
    ("GET /entity/employee/{id}/security", SECURITY),
    ("PUT /entity/employee/{id}/security", SECURITY),
    ("PUT /entity/employee/{id}/access/activate", SECURITY),
    ("PUT /entity/employee/{id}/access/deactivate", SECURITY),
    ("PUT /entity/employee/{id}/access/resetpassword", SECURITY),
    ("GET /entity/invoiceout/{id}/files", UNCOVERED_FILES),
    ("POST /entity/invoiceout/{id}/files", UNCOVERED_FILES),
    ("GET /entity/invoiceout/{id}/files/{fileId}", UNCOVERED_FILES),
    ("DELETE /entity/invoiceout/{id}/files/{fileId}", UNCOVERED_FILES),
    ("GET /entity/paymentin/{id}/files/{fileId}", BY_LINK),
    ("GET /entity/paymentout/{id}/files", UNCOVERED_FILES),
    ("POST /entity/paymentout/{id}/files", UNCOVERED_FILES),
    ("GET /entity/paymentout/{id}/files/{fileId}", UNCOVERED_FILES),
    ("DELETE /entity/paymentout/{id}/files/{fileId}", UNCOVERED_FILES),
    ("GET /entity/product/{id}/files", UNCOVERED_FILES),
    ("POST /entity/product/{id}/files", UNCOVERED_FILES),
    ("DELETE /entity/product/{id}/files/{fileId}", UNCOVERED_FILES),
    ("GET /entity/product/{id}/images", IMAGES),
    ("POST /entity/product/{id}/images", IMAGES),
    ("POST /entity/product/{id}/images/delete", IMAGES),
    ("DELETE /entity/product/{id}/images/{imageId}", IMAGES),
    ("GET /entity/service/{id}/files", UNCOVERED_FILES),
    ("POST /entity/service/{id}/files", UNCOVERED_FILES),
    ("DELETE /entity/service/{id}/files/{fileId}", UNCOVERED_FILES),
    ("GET /entity/variant/metadata", CHARACTERISTICS),
    ("GET /entity/variant/metadata/characteristics", CHARACTERISTICS),
    ("POST /entity/variant/metadata/characteristics", CHARACTERISTICS),
    ("GET /entity/variant/metadata/characteristics/{id}", CHARACTERISTICS),
    ("POST /entity/webhook/delete", ONE_BY_ONE),
    ("POST /entity/webhookstock/delete", ONE_BY_ONE),
];
