//! What the client makes of a service that says no.

use calltouch_api::deal::New;
use serde_json::json;

use super::{SITE, TOKEN, client, noon, start, start_with, today};

#[tokio::test]
async fn a_wrong_token_is_unauthorized_in_both_families() {
    let (emulator, _) = start().await;
    let stranger = client(&emulator, SITE, "wrong");

    let read = stranger.calls().list(today()).send().await.unwrap_err();
    let counted = stranger.statistics().total(today()).await.unwrap_err();
    let rows = stranger.deals().create(vec![New::new("1", "s", noon())]);
    let row = rows.send().await.remove(0).unwrap_err();

    let written = row.cause().unwrap();
    for error in [&read, &counted, written] {
        assert!(error.is_unauthorized(), "{error}");
        assert!(!error.is_site_denied(), "{error}");
        assert!(!error.to_string().contains("wrong"), "{error}");
    }
    assert!(row.is_whole_batch());
    assert!(emulator.deals().is_empty());
}

#[tokio::test]
async fn a_foreign_site_is_denied_in_both_families() {
    let (emulator, _) = start_with(|builder| builder.site(7, "other")).await;
    let stranger = client(&emulator, 7, TOKEN);

    let read = stranger.calls().list(today()).send().await.unwrap_err();
    let counted = stranger.statistics().total(today()).await.unwrap_err();
    let rows = stranger.deals().create(vec![New::new("1", "s", noon())]);
    let row = rows.send().await.remove(0).unwrap_err();

    for error in [&read, &counted, row.cause().unwrap()] {
        assert!(error.is_site_denied(), "{error}");
        assert!(error.is_unauthorized(), "{error}");
    }
}

#[tokio::test]
async fn used_up_points_are_told_from_every_other_refusal() {
    let (emulator, client) = start().await;
    emulator.add_call(json!({ "callId": 1 }));
    emulator.set_daily_points(SITE, Some(1));

    client.calls().list(today()).send().await.unwrap();
    let read = client.calls().list(today()).send().await.unwrap_err();
    let rows = client.deals().create(vec![New::new("1", "s", noon())]);
    let row = rows.send().await.remove(0).unwrap_err();

    assert_eq!(emulator.points_left(SITE), Some(0));
    for error in [&read, row.cause().unwrap()] {
        assert!(error.is_out_of_points(), "{error}");
        assert!(!error.is_unauthorized(), "{error}");
        assert!(!error.is_retryable(), "{error}");
    }
    assert!(emulator.deals().is_empty());
}

#[tokio::test]
async fn the_points_of_the_next_day_are_new() {
    let (emulator, client) = start().await;
    emulator.set_daily_points(SITE, Some(0));
    let refused = client.calls().list(today()).send().await.unwrap_err();
    emulator.set_daily_points(SITE, Some(1));
    client.calls().list(today()).send().await.unwrap();
    emulator.advance(std::time::Duration::from_hours(24));

    assert!(refused.is_out_of_points());
    assert!(client.calls().list(today()).send().await.is_ok());
}
