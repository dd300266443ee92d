//! A pair moves from a file to PostgreSQL.

use ct_ms_sync::{Config, Store, Sync};
use examples::sides::yesterday;
use moysklad_api::Credentials;

use crate::database::Database;
use crate::process::run;
use crate::shops::{Shops, fleet};

fn sync(shops: &Shops, store: Store) -> Sync {
    let mut config = Config::new(Shops::site(0));
    config.leads.since = Some(yesterday());
    let calltouch = calltouch_api::Client::builder(Shops::site(0), "calltouch-token")
        .base_url(shops.calltouch.base_url())
        .build()
        .unwrap();
    let moysklad = moysklad_api::Client::builder(Credentials::token("moysklad-token"))
        .base_url(shops.moysklad[0].base_url())
        .build()
        .unwrap();
    let builder = Sync::builder(config, calltouch, moysklad, store);
    builder.build().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pair_that_moves_goes_on_where_it_was() {
    let database = Database::make().await;
    let mut shops = Shops::open(1, 1).await;
    shops.add_leads(5);
    let file = format!("sqlite:{}", shops.folder().join("old.sqlite").display());
    let before = sync(&shops, Store::open(&file).await.unwrap());
    assert_eq!(before.run_once().await.unwrap().orders.created, 5);
    shops.add_leads(1);

    let ended = run(fleet(&["move", "--from", &file, "--to", &database.url])).await;
    let again = run(fleet(&["move", "--from", &file, "--to", &database.url])).await;
    let after = sync(&shops, Store::open(&database.url).await.unwrap());
    let report = after.run_once().await.unwrap();

    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert_eq!(again.code, Some(1), "{again:?}");
    assert_eq!((report.leads.new, report.orders.created), (1, 1));
    shops.assert_exact();
    drop(after);
    database.drop().await;
}
