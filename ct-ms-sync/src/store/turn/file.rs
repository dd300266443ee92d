//! Locks on files beside an SQLite store.
//!
//! Such a lock is the operating system's: it is gone the moment its process is, so a crash leaves
//! nothing to wait for.

use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::error::{Error, Result};

/// How long to wait before a lock held by another process is tried again.
const PAUSE: Duration = Duration::from_millis(50);

/// Waits until no other process has the lock of the pair.
pub(super) async fn lock(store: &Path, pair: &str) -> Result<File> {
    let mut path = store.as_os_str().to_owned();
    path.push(format!(".{}.lock", pair.replace(':', "-")));
    let failed = |error: &io::Error| {
        Error::store_text(format!(
            "the lock beside the store cannot be taken: {error}"
        ))
    };
    let file = File::create(PathBuf::from(path)).map_err(|error| failed(&error))?;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) => tokio::time::sleep(PAUSE).await,
            Err(TryLockError::Error(error)) => return Err(failed(&error)),
        }
    }
}
