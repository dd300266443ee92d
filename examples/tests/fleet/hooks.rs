//! Webhooks of all pairs, taken by one receiver.

use std::time::Duration;

use serde_json::json;

use crate::database::Database;
use crate::process::Running;
use crate::shops::{Shops, WEBHOOK_SECRET, enqueue, fleet, stop, work};

const PATIENCE: Duration = Duration::from_secs(40);

#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_wakes_its_pair_and_no_other() {
    let database = Database::make().await;
    let mut shops = Shops::open(3, 3).await;
    shops.add_leads(1);
    let file = shops.pairs(|_, pair| pair["period_seconds"] = json!(86_400));
    let secrets = shops.secrets("moysklad-token");
    enqueue(&file, &database.url).await;
    let crew = work(&database.url, &secrets, 4, &[]).await;
    let secrets = secrets.to_str().unwrap();
    let mut receiver = Running::start(fleet(&[
        "receive",
        "--listen",
        "127.0.0.1:0",
        "--credentials",
        secrets,
        "--database",
        &database.url,
    ]));
    let address = receiver.line().await;
    shops.until_missing(0, PATIENCE).await;
    let runs = |n: u64| format!("SELECT sum(runs) FROM fleet.outcomes WHERE pair = 'shop-{n}'");

    shops.add_leads(1);
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let hook = |n: u64, secret: &str| {
        let site = Shops::site(n);
        let query = format!("id=1&leadtype=call&siteId={site}&callphase=calldisconnected");
        http.get(format!("{address}/shop-{n}/calltouch/{secret}?{query}"))
            .send()
    };
    assert_eq!(hook(1, WEBHOOK_SECRET).await.unwrap().status(), 200);
    assert_eq!(hook(2, "a-wrong-secret-0000").await.unwrap().status(), 404);
    assert_eq!(hook(7, WEBHOOK_SECRET).await.unwrap().status(), 404);
    shops.until_missing(2, PATIENCE).await;

    stop(crew).await;
    stop(receiver).await;
    assert!(database.number(&runs(1)).await >= 2);
    for other in [0, 2] {
        assert_eq!(
            database.number(&runs(other)).await,
            1,
            "shop-{other} was woken"
        );
    }
    database.drop().await;
}
