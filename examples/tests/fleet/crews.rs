//! Three processes of workers, of which one is killed and one frozen for longer than its lease.

use std::time::Duration;

use serde_json::json;
use tokio::time::{Instant, sleep};

use crate::database::Database;
use crate::shops::{Shops, enqueue, stop, work};

/// Longer than a lease (45 s), and than it takes until others have the jobs of a silent worker.
const FROZEN: Duration = Duration::from_secs(58);
const PATIENCE: Duration = Duration::from_secs(100);

/// Writes down who writes to a pair, and under which lease.
const AUDIT: &str = "
    CREATE TABLE audit (pair TEXT NOT NULL, worker TEXT NOT NULL, token BIGINT NOT NULL);
    CREATE FUNCTION note_writer() RETURNS trigger AS $$
    BEGIN
        INSERT INTO audit SELECT NEW.pair, current_setting('application_name'), token FROM leases WHERE pair = NEW.pair;
        RETURN NULL;
    END
    $$ LANGUAGE plpgsql;
    CREATE TRIGGER audit AFTER INSERT OR UPDATE ON leads FOR EACH ROW EXECUTE FUNCTION note_writer();
    CREATE TRIGGER audit AFTER INSERT OR UPDATE ON deals FOR EACH ROW EXECUTE FUNCTION note_writer();
    CREATE TRIGGER audit AFTER INSERT OR UPDATE ON cursors FOR EACH ROW EXECUTE FUNCTION note_writer();
    CREATE TRIGGER audit AFTER INSERT OR UPDATE ON contacts FOR EACH ROW EXECUTE FUNCTION note_writer();
";

/// How many pairs: 500, or `FLEET_PAIRS`.
fn pairs() -> u64 {
    std::env::var("FLEET_PAIRS").map_or(500, |pairs| pairs.parse().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn of_three_crews_one_can_be_killed_and_one_frozen_and_every_pair_is_exact() {
    let database = Database::make().await;
    let mut shops = Shops::open(pairs(), pairs().div_ceil(5)).await;
    shops.add_leads(4);
    let file = shops.pairs(|_, pair| pair["period_seconds"] = json!(30));
    let secrets = shops.secrets("moysklad-token");
    enqueue(&file, &database.url).await;
    database.run(AUDIT).await;
    let fast = ["--calltouch-per-second", "1000"];
    let begun = Instant::now();
    let killed = work(&database.url_of("killed"), &secrets, 8, &fast).await;
    let frozen = work(&database.url_of("frozen"), &secrets, 8, &fast).await;
    let lucky = work(&database.url_of("lucky"), &secrets, 8, &fast).await;
    let all = shops.missing();

    shops.until_missing(all * 9 / 10, PATIENCE).await;
    killed.signal("KILL").await;
    frozen.signal("STOP").await;
    let stopped = Instant::now();
    let left = shops.missing();
    shops.add_leads(1);
    shops.until_missing(0, PATIENCE).await;
    println!(
        "{} pairs: killed and frozen with {left} of {all} deals missing, all there {} s later",
        pairs(),
        stopped.elapsed().as_secs()
    );
    sleep(FROZEN.saturating_sub(stopped.elapsed())).await;
    frozen.signal("CONT").await;
    // What it had in hand fails one after the other.
    sleep(Duration::from_secs(3)).await;
    let refused = stop(frozen).await.stderr;
    stop(lucky).await;
    drop(killed);

    assert!(
        refused.contains("another worker has taken the pair over"),
        "{refused}"
    );
    shops.assert_exact();
    let shared = "SELECT pair || ' ' || token FROM audit GROUP BY pair, token HAVING count(DISTINCT worker) > 1";
    assert_eq!(database.texts(shared).await, Vec::<String>::new());
    for worker in ["killed", "frozen", "lucky"] {
        let wrote = format!("SELECT count(*) FROM audit WHERE worker = '{worker}'");
        assert!(database.number(&wrote).await > 0, "{worker} wrote nothing");
    }
    let taken_over = "SELECT count(*) FROM (SELECT pair FROM audit GROUP BY pair HAVING count(DISTINCT worker) > 1) q";
    println!(
        "{} pairs had several workers, one after the other; {} cycles in {} s",
        database.number(taken_over).await,
        database
            .number("SELECT sum(runs) FROM fleet.outcomes")
            .await,
        begun.elapsed().as_secs()
    );
    let size = "SELECT sum(pg_total_relation_size(relid)) FROM pg_stat_user_tables WHERE schemaname = 'public' AND relname <> 'audit'";
    let leads = database.number("SELECT count(*) FROM leads").await;
    println!(
        "{leads} leads: {} rows of history and {} bytes of the store each",
        database.number("SELECT count(*) FROM history").await / leads,
        database.number(size).await / leads
    );
    database.drop().await;
}
