//! Large accounts: bulk writes and long lists stay quick.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::client::Shop;

/// Far above what is needed on a busy machine, far below what a quadratic step would take.
const PATIENCE: Duration = Duration::from_mins(2);

#[tokio::test]
async fn thousands_of_orders_are_written_and_read_quickly() {
    let shop = Shop::open().await;
    let customer = shop.customer("А");
    let order = shop.order_of(&customer);
    let begun = Instant::now();

    for part in 0..5 {
        let rows: Vec<Value> = (0..1000_u128)
            .map(|n| {
                let mut row = order.clone();
                row["syncId"] = json!(uuid::Uuid::from_u128(part * 1000 + n + 1));
                row
            })
            .collect();
        let answer = shop.post("/entity/customerorder", rows.into()).await;
        assert_eq!(answer.status, 200);
    }
    let mut seen = std::collections::HashSet::new();
    for offset in ["0", "1000", "2000", "3000", "4000"] {
        let page = shop
            .list(
                "/entity/customerorder",
                &[("offset", offset), ("order", "id")],
            )
            .await;
        seen.extend(page.ids());
    }

    assert_eq!(seen.len(), 5000);
    assert!(begun.elapsed() < PATIENCE, "{:?}", begun.elapsed());
}
