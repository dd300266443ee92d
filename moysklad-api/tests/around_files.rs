//! Files: what is uploaded, and downloads that keep credentials from the storage.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use futures_util::StreamExt;
use moysklad_api::file::{File, NewFile};
use moysklad_api::{Client, Credentials, Id, Pace};
use serde_json::{Value, json};
use wiremock::matchers::{any, header, method, path, query_param};
use wiremock::{Mock, MockServer, ResponseTemplate};

const BASE: &str = "/api/remap/1.2";
const ORDER: &str = "e5a3c7b0-7b30-11f1-0a80-05cd00000100";
const MB: usize = 1024 * 1024;
const FILE: &str = "0f9b6d02-5c0e-4c5a-9d5d-1c1f2a7e9b10";

fn client(server: &MockServer) -> Client {
    Client::builder(Credentials::token("s3cret"))
        .base_url(format!("{}{BASE}", server.uri()))
        .pace(Pace::unlimited())
        .attempts(1)
        .build()
        .unwrap()
}

fn link() -> String {
    format!("https://api.moysklad.ru{BASE}/download/{FILE}")
}

fn row() -> Value {
    json!({
        "meta": {
            "href": format!("https://api.moysklad.ru{BASE}/entity/customerorder/{ORDER}/files/{FILE}"),
            "type": "files", "downloadHref": link(),
        },
        "title": "act", "filename": "act.pdf", "size": 5, "created": "2026-08-14 12:31:05.214",
        "createdBy": {"meta": {"type": "employee"}},
    })
}

/// A service that names a storage, and the storage.
async fn service_and_storage(content: ResponseTemplate) -> (MockServer, MockServer) {
    let (service, storage) = (MockServer::start().await, MockServer::start().await);
    let location = format!("{}/kept/{FILE}", storage.uri());
    Mock::given(path(format!("{BASE}/download/{FILE}")))
        .and(header("authorization", "Bearer s3cret"))
        .respond_with(ResponseTemplate::new(302).insert_header("location", location))
        .mount(&service)
        .await;
    Mock::given(path(format!("/kept/{FILE}")))
        .respond_with(content)
        .mount(&storage)
        .await;
    (service, storage)
}

#[tokio::test]
async fn files_are_uploaded_listed_and_deleted() {
    let server = MockServer::start().await;
    let files = || path(format!("{BASE}/entity/customerorder/{ORDER}/files"));
    Mock::given(method("POST"))
        .and(files())
        .respond_with(ResponseTemplate::new(200).set_body_json(json!([row()])))
        .mount(&server)
        .await;
    Mock::given(method("GET"))
        .and(files())
        .respond_with(
            ResponseTemplate::new(200).set_body_json(json!({"meta": {"size": 1}, "rows": [row()]})),
        )
        .mount(&server)
        .await;
    Mock::given(method("DELETE"))
        .respond_with(ResponseTemplate::new(200))
        .mount(&server)
        .await;
    let files = client(&server)
        .customer_orders()
        .files(ORDER.parse().unwrap());

    let new = NewFile::new("act.pdf", &b"hello"[..]);
    let uploaded = files.upload(vec![new]).send().await.unwrap();
    let listed = files.list().send().await.unwrap();
    let id: Id<File> = listed[0].id().unwrap();
    files.delete(id).send().await.unwrap();

    assert_eq!(uploaded, listed);
    assert_eq!(listed[0].download_link(), Some(link().as_str()));
    assert_eq!(listed[0].size, Some(5));
    let requests = server.received_requests().await.unwrap();
    let sent: Value = requests[0].body_json().unwrap();
    assert_eq!(
        sent,
        json!([{"filename": "act.pdf", "content": "aGVsbG8="}])
    );
    assert!(
        requests[2]
            .url
            .path()
            .ends_with(&format!("/{ORDER}/files/{FILE}"))
    );
}

#[tokio::test]
async fn what_the_service_would_refuse_is_not_uploaded() {
    let server = MockServer::start().await;
    let files = client(&server)
        .customer_orders()
        .files(ORDER.parse().unwrap());
    let file = |bytes: usize| NewFile::new("a.bin", vec![0; bytes]);

    for (wrong, why) in [
        (vec![], "no files"),
        (vec![file(1); 11], "11 files"),
        (vec![file(10 * MB + 1)], "10 MB"),
        (vec![file(8 * MB), file(8 * MB)], "14 MB"),
    ] {
        let error = files.upload(wrong).send().await.unwrap_err();
        assert!(error.to_string().contains(why), "{error}");
    }
    assert!(server.received_requests().await.unwrap().is_empty());
}

#[test]
fn what_is_in_a_file_does_not_show() {
    let shown = format!("{:?}", NewFile::new("Иванов.txt", &b"+79151234567"[..]));

    assert_eq!(shown, "NewFile(12 bytes)");
}

#[tokio::test]
async fn the_storage_never_sees_the_credentials() {
    let content = ResponseTemplate::new(200).set_body_bytes(b"hello");
    let (service, storage) = service_and_storage(content).await;

    let content = client(&service).download(&link()).send().await.unwrap();

    assert_eq!(content.size(), Some(5));
    assert_eq!(content.bytes().await.unwrap(), "hello");
    let seen = storage.received_requests().await.unwrap();
    assert_eq!(seen.len(), 1);
    assert!(!seen[0].headers.contains_key("authorization"));
    assert!(!format!("{seen:?}").contains("s3cret"));
}

#[tokio::test]
async fn a_link_to_another_host_is_read_without_credentials() {
    let (service, storage) = (MockServer::start().await, MockServer::start().await);
    Mock::given(path("/first"))
        .respond_with(ResponseTemplate::new(307).insert_header("location", "/second"))
        .mount(&storage)
        .await;
    Mock::given(path("/second"))
        .respond_with(ResponseTemplate::new(200).set_body_bytes(b"x"))
        .mount(&storage)
        .await;

    let link = format!("{}/first", storage.uri());
    let content = client(&service).download(&link).send().await.unwrap();

    assert_eq!(content.bytes().await.unwrap(), "x");
    let seen = storage.received_requests().await.unwrap();
    assert!(
        seen.iter()
            .all(|request| !request.headers.contains_key("authorization"))
    );
    assert!(service.received_requests().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_storage_that_points_in_a_circle_is_given_up() {
    let storage = MockServer::start().await;
    Mock::given(any())
        .respond_with(ResponseTemplate::new(302).insert_header("location", "/again"))
        .mount(&storage)
        .await;

    let error = client(&storage)
        .download(&format!("{}/first", storage.uri()))
        .send()
        .await
        .unwrap_err();

    assert_eq!(error.status(), Some(302));
    assert_eq!(storage.received_requests().await.unwrap().len(), 5);
}

#[tokio::test]
async fn contents_above_the_limit_are_refused() {
    // With the length told, and without, where it shows on the way only.
    let told = ResponseTemplate::new(200).set_body_bytes(vec![7; 1000]);
    let zipped = ResponseTemplate::new(200)
        .insert_header("content-encoding", "gzip")
        .set_body_raw(ZIPPED, "application/octet-stream");
    for content in [told, zipped] {
        let (service, _storage) = service_and_storage(content).await;
        let download = || client(&service).download(&link());

        let read = async |limit| download().limit(limit).send().await?.bytes().await;

        let error = read(999).await.unwrap_err();
        assert!(error.to_string().contains("larger than 999"), "{error}");
        assert_eq!(read(1000).await.unwrap(), vec![7; 1000]);
    }
}

/// A thousand bytes of 7.
const ZIPPED: &[u8] = &[
    31, 139, 8, 0, 0, 0, 0, 0, 2, 255, 99, 103, 31, 5, 163, 96, 20, 12, 119, 0, 0, 220, 48, 152,
    69, 232, 3, 0, 0,
];

#[tokio::test]
async fn a_content_streams_and_ends() {
    let content = ResponseTemplate::new(200).set_body_bytes(vec![7; 300_000]);
    let (service, _storage) = service_and_storage(content).await;

    let content = client(&service).download(&link()).send().await.unwrap();
    let parts: Vec<_> = content.into_stream().collect().await;

    let bytes: usize = parts.iter().map(|part| part.as_ref().unwrap().len()).sum();
    assert_eq!(bytes, 300_000);
}

#[tokio::test]
async fn a_picture_asks_for_its_miniature() {
    let service = MockServer::start().await;
    Mock::given(path(format!("{BASE}/download/{FILE}")))
        .and(query_param("miniature", "true"))
        .respond_with(ResponseTemplate::new(200).set_body_bytes(b"png"))
        .mount(&service)
        .await;

    let link = format!("{}?miniature=true", link());
    let content = client(&service).download(&link).send().await.unwrap();

    assert_eq!(content.bytes().await.unwrap(), "png");
}

#[tokio::test]
async fn a_missing_file_and_an_expired_link_are_told_apart_by_status() {
    let expired = ResponseTemplate::new(410);
    let (service, _storage) = service_and_storage(expired).await;
    let missing = link().replace("0f9b", "0000");

    let gone = client(&service).download(&link()).send().await.unwrap_err();
    let missing = client(&service)
        .download(&missing)
        .send()
        .await
        .unwrap_err();

    assert_eq!(gone.status(), Some(410));
    assert!(missing.is_not_found());
}

#[tokio::test]
async fn links_that_lead_to_no_file_are_not_followed() {
    let service = MockServer::start().await;
    let client = client(&service);

    for link in [
        format!("https://api.moysklad.ru{BASE}/entity/customerorder/{ORDER}"),
        format!("https://api.moysklad.ru{BASE}/download/../entity/customerorder"),
        format!("https://api.moysklad.ru{BASE}/download/"),
        "file:///etc/passwd".to_owned(),
        "act.pdf".to_owned(),
    ] {
        let error = client.download(&link).send().await.unwrap_err();
        assert_eq!(error.status(), None, "{link}");
    }
    assert!(service.received_requests().await.unwrap().is_empty());
}

#[tokio::test]
async fn images_are_uploaded_listed_and_deleted() {
    const IMAGE: &str = "1f9b6d02-5c0e-4c5a-9d5d-1c1f2a7e9b11";
    let at = format!("{BASE}/entity/product/{ORDER}/images");
    let href = format!("https://api.moysklad.ru{at}/{IMAGE}");
    let row = json!({
        "meta": {"href": href, "type": "image", "downloadHref": link()},
        "title": "mug", "filename": "mug.png", "size": 5, "updated": "2026-08-14 12:31:05.214",
        "miniature": {"href": "h", "type": "image", "mediaType": "image/png"},
    });
    let server = MockServer::start().await;
    let answers = [
        ("POST", at.clone(), json!([row])),
        (
            "GET",
            at.clone(),
            json!({"meta": {"size": 1}, "rows": [row]}),
        ),
        ("POST", format!("{at}/delete"), json!([{"info": "gone"}])),
        ("DELETE", format!("{at}/{IMAGE}"), json!({})),
    ];
    for (verb, at, answer) in answers {
        Mock::given(method(verb))
            .and(path(at))
            .respond_with(ResponseTemplate::new(200).set_body_json(answer))
            .expect(1)
            .mount(&server)
            .await;
    }
    let images = client(&server).products().images(ORDER.parse().unwrap());

    let new = NewFile::new("mug.png", &b"hello"[..]);
    let uploaded = images.upload(vec![new]).send().await.unwrap();
    let listed = images.list().send().await.unwrap();
    let id = listed[0].id().unwrap();
    let gone = images.delete_many(vec![id]).send().await;
    images.delete(id).send().await.unwrap();

    assert_eq!(uploaded, listed);
    assert_eq!(listed[0].download_link(), Some(link().as_str()));
    assert!(gone[0].is_ok());
    let requests = server.received_requests().await.unwrap();
    let bodies: Vec<Value> = [0, 2]
        .map(|at: usize| requests[at].body_json().unwrap())
        .into();
    assert_eq!(
        bodies[0],
        json!([{"filename": "mug.png", "content": "aGVsbG8="}])
    );
    assert_eq!(
        bodies[1],
        json!([{"meta": {"href": href, "type": "image", "mediaType": "application/json"}}])
    );
}

#[tokio::test]
async fn files_of_goods_and_tasks_stand_under_their_own_addresses() {
    let server = MockServer::start().await;
    Mock::given(method("GET"))
        .respond_with(
            ResponseTemplate::new(200).set_body_json(json!({"meta": {"size": 0}, "rows": []})),
        )
        .mount(&server)
        .await;
    let client = client(&server);
    let id = || ORDER.parse().unwrap();

    client
        .products()
        .files(Id::new(id()))
        .list()
        .send()
        .await
        .unwrap();
    client
        .bundles()
        .files(Id::new(id()))
        .list()
        .send()
        .await
        .unwrap();
    client
        .services()
        .files(Id::new(id()))
        .list()
        .send()
        .await
        .unwrap();
    client
        .demands()
        .files(Id::new(id()))
        .list()
        .send()
        .await
        .unwrap();
    client
        .tasks()
        .files(Id::new(id()))
        .list()
        .send()
        .await
        .unwrap();

    let requests = server.received_requests().await.unwrap();
    let asked: Vec<_> = requests.iter().map(|request| request.url.path()).collect();
    let expected = ["product", "bundle", "service", "demand", "task"]
        .map(|keyword| format!("{BASE}/entity/{keyword}/{ORDER}/files"));
    assert_eq!(asked, expected);
}
