//! Recordings of calls (записи звонков).

use bytes::Bytes;

use super::{Emulator, refusal::Refusal, state::State};

/// Answers `calls-diary/calls/{callId}/download` with the bytes of the recording.
pub(super) fn download(state: &State, site: u64, call_id: u64) -> Result<Bytes, Refusal> {
    state
        .calls
        .get(call_id)
        .filter(|(key, _)| key.site == site)
        .and_then(|_| state.recordings.get(&call_id))
        .cloned()
        .ok_or(Refusal::Missing("the call has no recording"))
}

/// The path of a recording.
pub(super) fn path(site: u64, call_id: u64) -> String {
    format!("/calls-service/RestAPI/{site}/calls-diary/calls/{call_id}/download")
}

impl Emulator {
    /// Sets the recording (запись) of a call; it is answered as `audio/mpeg`, byte for byte.
    ///
    /// A call without one is answered 404.
    pub fn add_recording(&self, call_id: u64, audio: impl Into<Bytes>) {
        let mut state = self.shared.state();
        state.recordings.insert(call_id, audio.into());
    }
}
