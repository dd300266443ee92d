//! The same cycle, stopped before it writes.

use std::sync::Arc;
use std::sync::atomic::AtomicI64;

use tokio::sync::{Mutex, Notify};

use super::{Inner, Sync};
use crate::cycle::Recorder;
use crate::error::Result;
use crate::event::Teller;
use crate::plan::Plan;
use crate::store::Store;

impl Sync {
    /// Tells what a cycle would write if it ran now, and writes nothing anywhere.
    ///
    /// The cycle runs on a copy of what the store remembers of the pair, in memory, with clients
    /// that refuse whatever is no read before it is sent. What would be written is taken down and
    /// answered as the services would answer it. So two plans in a row are the same, and the next
    /// cycle does what the plan says, as long as nothing changes meanwhile.
    ///
    /// # Errors
    ///
    /// As [`run_once`](Self::run_once).
    pub async fn plan(&self) -> Result<Plan> {
        let inner = &*self.inner;
        let mut running = inner.running.lock().await;
        let now = (inner.clock)();
        self.ensure_awake().await?;
        let organization = match self.organization(&mut running, now).await {
            Ok(organization) => organization.chosen,
            Err(error) => return self.rest_after(Err(error)).await,
        };
        let ledger = self.ledger(organization);
        let store = Store::in_memory().await?;
        {
            let _alone = ledger.alone().await?;
            let scratch = store.ledger(ledger.pair());
            ledger.copy_to(&scratch).await?;
        }
        let scratch = store.ledger(ledger.pair());
        let recorder = Recorder::new(scratch, now, &inner.config.deals);
        let planned = Self {
            inner: Arc::new(Inner {
                config: inner.config.clone(),
                calltouch: inner.calltouch.read_only(),
                moysklad: inner.moysklad.read_only(),
                store,
                clock: inner.clock,
                fingerprint: inner.fingerprint.clone(),
                recorder: Some(recorder),
                teller: Teller::silent(),
                webhook_secret: None,
                wake: Notify::new(),
                marks_seen: AtomicI64::new(0),
                running: Mutex::new(*running),
            }),
        };
        let report = match planned.run_once().await {
            Ok(report) => report,
            // The pair itself rests, not the copy.
            Err(error) => return self.rest_after(Err(error)).await,
        };
        let recorder = planned.inner.recorder.as_ref();
        Ok(Plan {
            operations: recorder.map_or_else(|| Ok(Vec::new()), Recorder::finish)?,
            leads: report.leads,
            dead_letters: report.dead_letters,
        })
    }
}
