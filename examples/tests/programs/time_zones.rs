//! The clock on the wall of the host says nothing: both services live in Moscow.

use std::collections::BTreeMap;

use crate::emulators::text;
use crate::leads;
use crate::pair::Pair;
use crate::process::run;

#[tokio::test]
async fn deals_have_the_moments_of_their_leads_wherever_the_host_is() {
    let day = leads::day().strftime("%d-%m-%Y").to_string();
    for zone in ["UTC", "Asia/Vladivostok", "America/Los_Angeles"] {
        let pair = Pair::start().await;
        let mut sync = pair.sync(&["--once"]);
        sync.env("TZ", zone);

        let ended = run(sync).await;

        assert_eq!(ended.code, Some(0), "{zone}: {ended:?}");
        let deals = pair.emulators.calltouch.all("deals").await;
        let dates: BTreeMap<String, String> = deals
            .iter()
            .map(|deal| (text(&deal["orderNumber"]), text(&deal["orderDate"])))
            .collect();
        assert_eq!(dates.len(), leads::LEADS);
        for (lead, time) in [
            ("call-501", "09:00:01"),
            ("call-504", "18:45:10"),
            ("request-601", "09:30:00"),
        ] {
            let date = &dates[&format!("ct-{}-{lead}", leads::SITE)];
            assert_eq!(*date, format!("{day} {time}"), "{zone}");
        }
    }
}
