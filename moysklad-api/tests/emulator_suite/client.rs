//! A plain HTTP client of the emulator.

use moysklad_api::emulator::{Builder, Emulator};
use serde_json::{Value, json};

/// An emulator and a client that talks to it.
pub(crate) struct Shop {
    pub(crate) emulator: Emulator,
    pub(crate) http: reqwest::Client,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: reqwest::header::HeaderMap,
    pub(crate) body: Value,
}

impl Answer {
    /// The error codes of the body.
    pub(crate) fn codes(&self) -> Vec<u64> {
        codes(&self.body)
    }

    /// The ids of the rows, in their order.
    pub(crate) fn ids(&self) -> Vec<String> {
        self.column("id")
    }

    pub(crate) fn names(&self) -> Vec<String> {
        self.column("name")
    }

    fn column(&self, name: &str) -> Vec<String> {
        let rows = self.body["rows"].as_array().expect("a list has rows");
        rows.iter()
            .map(|row| row[name].as_str().unwrap().to_owned())
            .collect()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }
}

/// The error codes of a body or of one element of a bulk answer.
pub(crate) fn codes(body: &Value) -> Vec<u64> {
    let errors = body["errors"].as_array();
    errors
        .into_iter()
        .flatten()
        .map(|error| error["code"].as_u64().unwrap())
        .collect()
}

impl Shop {
    /// A fresh account without limits.
    pub(crate) async fn open() -> Self {
        Self::with(Emulator::builder().limits(false)).await
    }

    pub(crate) async fn with(builder: Builder) -> Self {
        let emulator = builder.start().await.unwrap();
        // An idle connection that the emulator has cut would be tried again behind our back.
        let http = reqwest::Client::builder()
            .pool_max_idle_per_host(0)
            .no_proxy()
            .build()
            .unwrap();
        Self { emulator, http }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.emulator.base_url())
    }

    pub(crate) fn request(&self, method: &str, path: &str) -> reqwest::RequestBuilder {
        let method = method.parse::<reqwest::Method>().unwrap();
        self.http
            .request(method, self.url(path))
            .bearer_auth(self.emulator.token())
    }

    pub(crate) async fn send(&self, request: reqwest::RequestBuilder) -> Answer {
        let answer = request.send().await.unwrap();
        let status = answer.status().as_u16();
        let headers = answer.headers().clone();
        let text = answer.text().await.unwrap();
        let body = serde_json::from_str(&text).unwrap_or(Value::String(text));
        Answer {
            status,
            headers,
            body,
        }
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(self.request("GET", path)).await
    }

    /// A list with query parameters that are encoded here.
    pub(crate) async fn list(&self, path: &str, query: &[(&str, &str)]) -> Answer {
        self.send(self.request("GET", path).query(query)).await
    }

    /// A list with a filter.
    pub(crate) async fn filter(&self, path: &str, filter: &str) -> Answer {
        self.list(path, &[("filter", filter)]).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Answer {
        self.send(self.request("POST", path).json(&body)).await
    }

    pub(crate) async fn put(&self, path: &str, body: Value) -> Answer {
        self.send(self.request("PUT", path).json(&body)).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Answer {
        self.send(self.request("DELETE", path)).await
    }

    /// A new counterparty.
    pub(crate) fn customer(&self, name: &str) -> Value {
        self.emulator
            .add("counterparty", json!({"name": name}))
            .unwrap()
    }

    /// The least body of an order of this customer.
    pub(crate) fn order_of(&self, customer: &Value) -> Value {
        let organization = &self.emulator.all("organization")[0];
        json!({"organization": link(organization), "agent": link(customer)})
    }

    /// A new order of a new customer.
    pub(crate) fn order(&self) -> Value {
        let body = self.order_of(&self.customer("Покупатель"));
        self.emulator.add("customerorder", body).unwrap()
    }
}

/// A reference to an object.
pub(crate) fn link(object: &Value) -> Value {
    json!({"meta": object["meta"]})
}

pub(crate) fn id(object: &Value) -> &str {
    object["id"].as_str().unwrap()
}
