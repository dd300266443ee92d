//! A process of workers.

use std::sync::Arc;
use std::time::Duration;

use calltouch_api::Limiter;
use ct_ms_sync::Store;
use examples::failure::{Failure, other};
use graphile_worker::{LocalQueueConfig, Worker, WorkerOptions, WorkerRecoveryConfig};
use sqlx::any::AnyPoolOptions;
use tokio::time::sleep;

use crate::args;
use crate::credentials;
use crate::database::{self, ENGINE};
use crate::jobs::{Backfill, Crew, Live, Reconcile, Status};
use crate::stop::Stop;
use crate::syncs::Syncs;

/// How often due jobs are looked for.
const LOOK: Duration = Duration::from_millis(500);
/// How long jobs that were found may wait for a worker of this process before others may have them.
const HELD: Duration = Duration::from_secs(3);
/// How long steps in hand may take after a stop.
const GRACE: Duration = Duration::from_secs(25);
/// How long to wait before a database that is away is tried again.
const PAUSE: Duration = Duration::from_secs(1);

/// Works until a signal; a database that goes away is waited for.
pub(crate) async fn run(args: args::Work) -> Result<(), Failure> {
    let url = args.database.url()?;
    let stop = Stop::on_signal();
    let heavy = args.workers.div_ceil(4);
    let at_once = u32::from(args.workers + heavy);
    // Jobs use the engine's connections for a moment at either end.
    let database = database::open(&url, 6 + at_once / 4).await?;
    sqlx::any::install_default_drivers();
    // A cycle uses one at a time, and its lease another now and then.
    let store = AnyPoolOptions::new()
        .max_connections(at_once + 2)
        .acquire_timeout(Duration::from_mins(1))
        .connect(&url)
        .await
        .map_err(other)?;
    let store = Store::with_postgres(store).await?;
    let limiter = Limiter::per_second(args.calltouch_per_second);
    let syncs = Syncs::new(store, credentials::provider(&args.secrets), limiter)?;
    let crew = Arc::new(Crew {
        database,
        syncs,
        stop: stop.clone(),
        stub: args.stub.map(Duration::from_millis),
    });
    println!("{} workers", args.workers);
    while !stop.is_asked_for() {
        match serve(&crew, args.workers.into(), heavy.into()).await {
            Ok(()) => {}
            Err(failure) => eprintln!("error: {failure}; the workers begin anew"),
        }
        tokio::select! {
            () = stop.clone().asked_for() => {}
            () = sleep(PAUSE) => {}
        }
    }
    Ok(())
}

/// Works until a signal, or until the database goes away.
///
/// Long jobs have workers of their own, so they never keep a cycle waiting.
async fn serve(crew: &Arc<Crew>, light: usize, heavy: usize) -> Result<(), Failure> {
    let light = options(crew, light)
        .define_job::<Live>()
        .define_job::<Status>()
        // Looking for a job locks every queue that is free, so it has to find several.
        .local_queue(LocalQueueConfig::default().with_size(light).with_ttl(HELD));
    let heavy = options(crew, heavy)
        .define_job::<Reconcile>()
        .define_job::<Backfill>();
    let light = light.init().await.map_err(other)?;
    let heavy = heavy.init().await.map_err(other)?;
    let (one, other) = tokio::join!(until_end(&light, &heavy), until_end(&heavy, &light));
    one.and(other)
}

/// Runs a worker, and ends another with it.
async fn until_end(worker: &Worker, other_one: &Worker) -> Result<(), Failure> {
    let ended = worker.run().await;
    other_one.request_shutdown();
    ended.map_err(other)
}

fn options(crew: &Arc<Crew>, workers: usize) -> WorkerOptions {
    // A lease of the store lasts 45 seconds; a job is taken over no sooner, and within a minute.
    let recovery = WorkerRecoveryConfig::default()
        .heartbeat_interval(Duration::from_secs(5))
        .sweep_interval(Duration::from_secs(5))
        .sweep_threshold(Duration::from_secs(35))
        .recovery_delay(Duration::from_secs(5));
    WorkerOptions::default()
        .schema(ENGINE)
        .pg_pool(crew.database.pool.clone())
        .concurrency(workers)
        .poll_interval(LOOK)
        // Every job that is planned would have every worker look.
        .use_notification_delivery(false)
        .worker_recovery(recovery)
        .listen_os_shutdown_signals(false)
        .shutdown_signal(crew.stop.clone().asked_for())
        .shutdown_grace_period(GRACE)
        .shutdown_interrupted_job_retry_delay(Duration::from_secs(1))
        .add_extension(Arc::clone(crew))
}
