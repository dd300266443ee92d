//! The judge itself, against a small description of an invented shop.

use serde_json::{Value, json};

use crate::judge::{Finding, Judge};
use crate::recorder::{Content, Exchange};
use crate::spec::Spec;

const ID: &str = "0f0e0d0c-0b0a-4908-8706-050403020100";

fn shop() -> Spec {
    let body = |schema: Value| json!({"content": {"application/json": {"schema": schema}}});
    let link = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
    let id = json!({"name": "id", "in": "path", "schema": {"type": "string", "format": "uuid"}});
    let limit = json!({"$ref": "#/components/parameters/limit"});
    let answers =
        json!({"200": body(link("order")), "default": {"$ref": "#/components/responses/Error"}});
    let many = json!({"type": "array", "items": link("order")});
    Spec::new(json!({
        "paths": {
            "/entity/order": {
                "get": {"parameters": [limit], "responses": {"200": body(link("orders"))}},
                "post": {"requestBody": body(link("order")), "responses": answers},
            },
            "/entity/order/batch": {
                "post": {"requestBody": body(many.clone()), "responses": {"200": body(many)}},
            },
            "/entity/order/{id}": {
                "get": {"parameters": [id], "responses": answers},
                "put": {"requestBody": body(link("order")), "responses": answers},
            },
            "/entity/order/metadata": {
                "get": {"responses": {"200": {"description": "empty"}}},
            },
        },
        "components": {
            "parameters": {
                "limit": {"name": "limit", "in": "query", "schema": {"type": "integer", "maximum": 1000}},
            },
            "responses": {"Error": body(link("error"))},
            "schemas": {
                "meta": {"type": "object", "properties": {"type": {"type": "string"}}},
                "named": {"type": "object", "required": ["name"], "properties": {
                    "name": {"type": "string", "maxLength": 5},
                }},
                "Order": link("order"),
                "order": {"type": "object", "allOf": [link("named")], "properties": {
                    "id": {"type": "string", "format": "uuid", "readOnly": true},
                    "sum": {"type": "number", "minimum": 0, "exclusiveMinimum": true},
                    "parent": {"nullable": true, "allOf": [link("Order")]},
                    "note": {"type": "string", "nullable": true},
                    "agent": link("agent"),
                    "rows": {"type": "object", "properties": {
                        "meta": link("meta"), "rows": {"type": "array", "items": link("field")},
                    }},
                }},
                "orders": {"type": "object", "properties": {
                    "rows": {"type": "array", "items": link("order")},
                }},
                "agent": {"anyOf": [link("person"), link("firm")]},
                "person": {"x-entity-static-builder": {"type": "person"}, "type": "object",
                    "properties": {"meta": link("meta"), "age": {"type": "integer"}}},
                "firm": {"x-entity-static-builder": {"type": "firm"}, "type": "object",
                    "properties": {"meta": link("meta"), "inn": {"type": "string"}}},
                "field": {"type": "object", "required": ["type"], "properties": {
                        "type": {"type": "string"},
                    }, "discriminator": {"propertyName": "type", "mapping": {
                        "long": "#/components/schemas/longField",
                    }}},
                "longField": {"type": "object", "allOf": [link("field")], "properties": {
                    "value": {"type": "integer"},
                }},
                "error": {"type": "object", "required": ["errors"], "properties": {
                    "errors": {"type": "array"},
                }},
            },
        },
    }))
}

fn content(json: Value) -> Content {
    Content {
        media_type: Some("application/json".to_owned()),
        json: Some(json),
    }
}

fn said(method: &str, path: &str, request: Content, status: u16, answer: Content) -> Exchange {
    Exchange {
        method: method.to_owned(),
        path: path.to_owned(),
        query: Vec::new(),
        headers: Vec::new(),
        request,
        status,
        answer,
    }
}

/// What the judge finds in an exchange, as `place: rule`.
fn found(exchange: &Exchange) -> Vec<String> {
    let spec = shop();
    let mut judge = Judge::new(&spec);
    judge.hear(exchange);
    let text = |Finding { side, place, rule }: Finding| format!("{side:?} {place}: {rule}");
    judge.findings.into_keys().map(text).collect()
}

/// What is found in an order that is written and answered like this.
fn saved(request: Value, answer: Value) -> Vec<String> {
    let exchange = said(
        "POST",
        "/entity/order",
        content(request),
        200,
        content(answer),
    );
    found(&exchange)
}

fn read(answer: Value) -> Vec<String> {
    saved(json!({"name": "a"}), answer)
}

#[test]
fn what_is_described_is_not_found() {
    let order = json!({
        "id": ID, "name": "a", "sum": 1, "parent": null, "note": null,
        "agent": {"meta": {"type": "firm"}, "inn": "77"},
        "rows": {"meta": {}, "rows": [{"type": "long", "value": 7}]},
    });

    assert!(read(order).is_empty());
}

#[test]
fn a_property_that_no_part_of_a_schema_names_is_found() {
    let order = json!({"name": "a", "color": 7, "parent": {"name": "b", "size": 1}});

    assert_eq!(
        read(order),
        ["Answer order.color: unknown", "Answer order.size: unknown"]
    );
}

#[test]
fn a_wrong_value_is_found_at_its_property_also_deep_inside() {
    let order = json!({"name": "longer", "parent": {"name": 1, "sum": 0}, "id": "7"});

    let expected = [
        "Answer order.id: format uuid",
        "Answer order.name: maxLength",
        "Answer order.name: type",
        "Answer order.sum: exclusiveMinimum",
    ];
    assert_eq!(read(order), expected);
}

#[test]
fn a_missing_property_and_an_unexpected_null_are_found() {
    let order = json!({"sum": null});

    assert_eq!(
        read(order),
        ["Answer order.name: required", "Answer order.sum: null"]
    );
}

#[test]
fn what_only_the_service_writes_is_found_in_requests_alone() {
    let order = json!({"name": "a", "id": ID});

    assert_eq!(saved(order.clone(), order), ["Request order.id: readOnly"]);
}

#[test]
fn a_branch_is_chosen_by_the_type_of_the_object() {
    let agent = |agent: Value| read(json!({"name": "a", "agent": agent}));

    assert!(agent(json!({"meta": {"type": "person"}, "age": 7})).is_empty());
    let of_another = agent(json!({"meta": {"type": "firm"}, "age": 7}));
    assert_eq!(of_another, ["Answer firm.age: unknown"]);
    let of_none = agent(json!({"meta": {"type": "robot"}}));
    assert_eq!(of_none, ["Answer agent: variant"]);
}

#[test]
fn a_discriminator_chooses_its_variant_and_without_it_the_base_counts() {
    let field = |field: Value| read(json!({"name": "a", "rows": {"rows": [field]}}));

    assert_eq!(
        field(json!({"type": "long", "value": "7"})),
        ["Answer longField.value: type"]
    );
    assert_eq!(field(json!({"type": "short"})), ["Answer field: variant"]);
    let expected = ["Answer field.type: required", "Answer field.value: unknown"];
    assert_eq!(field(json!({"value": 7})), expected);
}

#[test]
fn an_array_for_a_collection_is_found_and_its_elements_are_judged() {
    let order = json!({"name": "a", "rows": [{"type": "long", "value": "7"}]});

    let expected = ["Answer longField.value: type", "Answer order.rows: type"];
    assert_eq!(read(order), expected);
}

#[test]
fn many_objects_are_judged_by_the_bulk_operation_or_else_one_by_one() {
    let orders = json!([{"name": "a"}, {"name": 1}]);
    let bulk = said(
        "POST",
        "/entity/order",
        content(orders.clone()),
        200,
        content(json!([])),
    );
    assert_eq!(found(&bulk), ["Request order.name: type"]);

    let path = format!("/entity/order/{ID}");
    let apart = said(
        "PUT",
        &path,
        content(orders),
        200,
        content(json!([{"name": "a"}])),
    );
    let expected = [
        "Request PUT /entity/order/{id}: array",
        "Request order.name: type",
    ];
    assert_eq!(found(&apart), expected);
}

#[test]
fn an_operation_a_status_and_a_body_that_are_not_described_are_found() {
    let nothing = Content::default;
    let path = format!("/entity/order/{ID}/copy");
    let unknown = said("POST", &path, nothing(), 200, nothing());
    assert_eq!(
        found(&unknown),
        ["Request POST /entity/order/{id}/copy: operation"]
    );

    let status = said("GET", "/entity/order/metadata", nothing(), 204, nothing());
    assert_eq!(
        found(&status),
        ["Answer GET /entity/order/metadata: status 204"]
    );
    let body = said(
        "GET",
        "/entity/order/metadata",
        nothing(),
        200,
        content(json!({})),
    );
    assert_eq!(found(&body), ["Answer GET /entity/order/metadata: body"]);
    let no_body = said("GET", "/entity/order", nothing(), 200, nothing());
    assert_eq!(found(&no_body), ["Answer GET /entity/order: no body"]);
    let mut text = said("GET", "/entity/order", nothing(), 200, content(json!({})));
    text.answer.media_type = Some("text/plain".to_owned());
    assert_eq!(
        found(&text),
        ["Answer GET /entity/order: media type text/plain"]
    );
}

#[test]
fn a_refusal_is_judged_as_an_error() {
    let body = content(json!({"message": "no"}));
    let refusal = said(
        "POST",
        "/entity/order",
        content(json!({"name": "a"})),
        412,
        body,
    );

    let expected = [
        "Answer error.errors: required",
        "Answer error.message: unknown",
    ];
    assert_eq!(found(&refusal), expected);
}

#[test]
fn parameters_that_are_unknown_or_out_of_bounds_are_found() {
    let mut list = said(
        "GET",
        "/entity/order",
        Content::default(),
        200,
        content(json!({})),
    );
    list.query = vec![
        ("limit".to_owned(), "1001".to_owned()),
        ("filter".to_owned(), "name=a".to_owned()),
    ];
    let expected = [
        "Request GET /entity/order: query filter",
        "Request GET /entity/order: query limit maximum",
    ];
    assert_eq!(found(&list), expected);

    let answer = content(json!({"name": "a"}));
    let one = said("GET", "/entity/order/7", Content::default(), 200, answer);
    assert_eq!(
        found(&one),
        ["Request GET /entity/order/{id}: path id format uuid"]
    );
}
