//! A short name for a configuration, so that a lead can say which one it was handled under.

use uuid::Uuid;

use crate::config::{Config, Cycle, Webhooks};

const NAMESPACE: Uuid = Uuid::from_u128(0x2d84_b6f1_07ce_5a39_9f42_c51e_8b60_d3a7);

/// How many characters are enough to tell the configurations of a pair apart.
const LENGTH: usize = 12;

/// The same for two configurations that handle a lead alike; when cycles run does not count.
pub(crate) fn of(config: &Config) -> String {
    let config = Config {
        cycle: Cycle::default(),
        webhooks: Webhooks::default(),
        ..config.clone()
    };
    // Every setting is plain data, so there is nothing that JSON could not hold.
    let settings = serde_json::to_vec(&config).unwrap_or_default();
    let mut name = Uuid::new_v5(&NAMESPACE, &settings).simple().to_string();
    name.truncate(LENGTH);
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_configuration_has_one_name_until_it_handles_a_lead_otherwise() {
        let config = Config::new(7);
        let mut faster = config.clone();
        faster.cycle.period_seconds = 1;
        faster.webhooks.url = Some("https://shop.example.org/hooks".into());
        let mut other = config.clone();
        other.deals.status_on_success = "WON".into();

        assert_eq!(of(&config), of(&config.clone()));
        assert_eq!(of(&config), of(&faster));
        assert_ne!(of(&config), of(&other));
        assert_eq!(of(&config).len(), LENGTH);
    }
}
