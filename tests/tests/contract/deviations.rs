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

    (Answer, "organization.isEgaisEnable", "unknown",
        "documented: every organization has it, and it is always false"),
    (Answer, "POST /entity/counterparty/batch", "status 400 though rows were saved",
        "observed: an array with refused rows has the status 400 and holds the saved rows too"),
];

const WITH_OWNER: &str = "written with its owner and read by expanding it";
const EVENTS: &str = "the feed of events (лента событий) is not covered";
const FILES: &str = "files are not covered";
const TEMPLATE: &str = "templates of documents are not covered; new ones need no template";

/// Operations of the SDK's types for which the SDK has no request, and why.
#[rustfmt::skip]
pub(crate) const NOT_ASKED: &[(&str, &str)] = &[
    ("GET /entity/counterparty/{id}/accounts", WITH_OWNER),
    ("POST /entity/counterparty/{id}/accounts", WITH_OWNER),
    ("GET /entity/counterparty/{id}/accounts/{accountId}", WITH_OWNER),
    ("PUT /entity/counterparty/{id}/accounts/{accountId}", WITH_OWNER),
    ("DELETE /entity/counterparty/{id}/accounts/{accountId}", WITH_OWNER),
    ("GET /entity/counterparty/{id}/contactpersons", WITH_OWNER),
    ("POST /entity/counterparty/{id}/contactpersons", WITH_OWNER),
    ("GET /entity/counterparty/{id}/contactpersons/{contactPersonId}", WITH_OWNER),
    ("PUT /entity/counterparty/{id}/contactpersons/{contactPersonId}", WITH_OWNER),
    ("DELETE /entity/counterparty/{id}/contactpersons/{contactPersonId}", WITH_OWNER),
    ("GET /entity/counterparty/{id}/notes", EVENTS),
    ("POST /entity/counterparty/{id}/notes", EVENTS),
    ("GET /entity/counterparty/{id}/notes/{noteId}", EVENTS),
    ("PUT /entity/counterparty/{id}/notes/{noteId}", EVENTS),
    ("DELETE /entity/counterparty/{id}/notes/{noteId}", EVENTS),
    ("GET /entity/counterparty/{id}/files", FILES),
    ("POST /entity/counterparty/{id}/files", FILES),
    ("DELETE /entity/counterparty/{id}/files/{fileId}", FILES),

    ("GET /entity/customerorder/{id}/positions", WITH_OWNER),
    ("POST /entity/customerorder/{id}/positions", WITH_OWNER),
    ("POST /entity/customerorder/{id}/positions/batch", WITH_OWNER),
    ("POST /entity/customerorder/{id}/positions/delete", WITH_OWNER),
    ("GET /entity/customerorder/{id}/positions/{positionId}", WITH_OWNER),
    ("PUT /entity/customerorder/{id}/positions/{positionId}", WITH_OWNER),
    ("DELETE /entity/customerorder/{id}/positions/{positionId}", WITH_OWNER),
    ("GET /entity/customerorder/{id}/notes", EVENTS),
    ("POST /entity/customerorder/{id}/notes", EVENTS),
    ("GET /entity/customerorder/{id}/notes/{noteId}", EVENTS),
    ("PUT /entity/customerorder/{id}/notes/{noteId}", EVENTS),
    ("DELETE /entity/customerorder/{id}/notes/{noteId}", EVENTS),
    ("PUT /entity/customerorder/new", TEMPLATE),

    ("GET /entity/organization/{id}/accounts", WITH_OWNER),
    ("POST /entity/organization/{id}/accounts", WITH_OWNER),
    ("POST /entity/organization/{id}/accounts/delete", WITH_OWNER),
    ("GET /entity/organization/{id}/accounts/{accountId}", WITH_OWNER),
    ("PUT /entity/organization/{id}/accounts/{accountId}", WITH_OWNER),
    ("DELETE /entity/organization/{id}/accounts/{accountId}", WITH_OWNER),

    ("GET /entity/paymentin/{id}/files", FILES),
    ("POST /entity/paymentin/{id}/files", FILES),
    ("GET /entity/paymentin/{id}/files/{fileId}", FILES),
    ("DELETE /entity/paymentin/{id}/files/{fileId}", FILES),
    ("PUT /entity/paymentin/new", TEMPLATE),
    ("PUT /entity/cashin/new", TEMPLATE),
];
