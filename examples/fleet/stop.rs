//! The end of the program: a signal lets the steps in hand finish, a second one does not wait.

use tokio::signal;
use tokio::sync::watch;

/// Ended in the middle of a step, as shells report a program that Ctrl-C has ended.
const INTERRUPTED: i32 = 130;

/// Tells whoever asks that the program is to end.
#[derive(Clone, Debug)]
pub(crate) struct Stop(watch::Receiver<bool>);

impl Stop {
    /// Waits for signals in the background.
    pub(crate) fn on_signal() -> Self {
        let (sender, receiver) = watch::channel(false);
        tokio::spawn(async move {
            signal().await;
            eprintln!("stopping after the steps in hand; a second signal ends at once");
            sender.send_replace(true);
            signal().await;
            std::process::exit(INTERRUPTED);
        });
        Self(receiver)
    }

    /// Whether the program is to end.
    pub(crate) fn is_asked_for(&self) -> bool {
        *self.0.borrow()
    }

    /// Waits until the program is to end.
    pub(crate) async fn asked_for(mut self) {
        // The sender ends with the program.
        let _ = self.0.wait_for(|stop| *stop).await;
    }
}

/// Waits for Ctrl-C or the word of a service manager to end.
async fn signal() {
    let interrupt = signal::ctrl_c();
    #[cfg(unix)]
    if let Ok(mut terminate) = signal::unix::signal(signal::unix::SignalKind::terminate()) {
        tokio::select! {
            _ = interrupt => {}
            _ = terminate.recv() => {}
        }
        return;
    }
    let _ = interrupt.await;
}
