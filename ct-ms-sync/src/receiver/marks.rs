//! From webhooks to marks: a thousand of them make a few writes, and none waits for one.

use std::mem;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use tracing::warn;

use crate::sync::Sync;

/// The pause between two writes while webhooks keep coming.
const PAUSE: Duration = Duration::from_millis(250);

/// Gathers webhooks until they are written down.
pub(super) struct Marks {
    sync: Sync,
    pending: Arc<Mutex<Pending>>,
}

#[derive(Default)]
struct Pending {
    count: u64,
    first: Option<Timestamp>,
    /// Whether a task is at work that writes all this down.
    is_written: bool,
}

impl Marks {
    pub(super) fn new(sync: Sync) -> Self {
        Self {
            sync,
            pending: Arc::default(),
        }
    }

    /// Counts a webhook; it is marked in the store, and the sync woken, in the background.
    pub(super) fn add(&self) {
        let now = self.sync.now();
        let begins = {
            let mut pending = lock(&self.pending);
            pending.count = pending.count.saturating_add(1);
            pending.first.get_or_insert(now);
            !mem::replace(&mut pending.is_written, true)
        };
        if begins {
            tokio::spawn(write(self.sync.clone(), Arc::clone(&self.pending)));
        }
    }
}

/// Writes until nothing has come during a pause.
async fn write(sync: Sync, pending: Arc<Mutex<Pending>>) {
    loop {
        let (count, first) = {
            let mut pending = lock(&pending);
            let Some(first) = pending.first.take() else {
                pending.is_written = false;
                return;
            };
            (mem::take(&mut pending.count), first)
        };
        if let Err(error) = sync.bell().add_marks(count, first).await {
            warn!(%error, "webhooks cannot be marked; they wake this process alone");
        }
        // Not before: the cycle that begins now has to find the mark.
        sync.wake();
        tokio::time::sleep(PAUSE).await;
    }
}

fn lock(pending: &Mutex<Pending>) -> MutexGuard<'_, Pending> {
    // Count and moment are whole between any two statements.
    pending.lock().unwrap_or_else(PoisonError::into_inner)
}
