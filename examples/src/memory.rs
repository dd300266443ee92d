//! How much memory the program has taken.

/// The most memory that the process held so far, in megabytes (2^20 bytes), where the system tells.
#[must_use]
pub fn most() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u32 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some((f64::from(kilobytes) / 102.4).round() / 10.0)
}
