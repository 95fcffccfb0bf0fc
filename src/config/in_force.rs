//! The settings in force, for people: secrets are said to be set or not, and never shown.

use secrecy::{ExposeSecret, SecretString};

use super::{LogFormat, Settings};

impl Settings {
    /// Every setting with its value, in the order of `config/default.toml`.
    pub fn in_force(&self) -> Vec<(&'static str, String)> {
        let mut all = self.of_the_gateway();
        all.extend(self.of_texts());
        all.extend(self.of_members());
        all
    }

    fn of_the_gateway(&self) -> Vec<(&'static str, String)> {
        let Self { server, database, operator, secrets, twilio, .. } = self;
        let kind = database.url.expose_secret().split(':').next().unwrap_or_default().to_owned();
        vec![
            ("server.bind", server.bind.to_string()),
            ("server.public_url", server.public_url.to_string()),
            ("server.body_bytes_max", server.body_bytes_max.to_string()),
            ("server.shutdown_seconds", server.shutdown_seconds.to_string()),
            ("server.request_timeout_seconds", server.request_timeout_seconds.to_string()),
            ("server.workers", server.workers.to_string()),
            ("database.url", kind),
            ("database.connections_max", database.connections_max.to_string()),
            ("operator.api_key", set(&operator.api_key)),
            ("secrets.key", set(&secrets.key)),
            ("twilio.api_base_url", twilio.api_base_url.to_string()),
            ("twilio.account_sid", given(&twilio.account_sid)),
            ("twilio.auth_token", set(&twilio.auth_token)),
            ("twilio.auth_token_previous", set(&twilio.auth_token_previous)),
            ("twilio.signing_key", set(&twilio.signing_key)),
            ("twilio.account_sid_pattern", twilio.account_sid_pattern.clone()),
            ("twilio.signature_header", twilio.signature_header.clone()),
        ]
    }

    fn of_texts(&self) -> Vec<(&'static str, String)> {
        let Self { receiver, notifier, limits, .. } = self;
        vec![
            ("receiver.queue_max", receiver.queue_max.to_string()),
            ("receiver.batch_max", receiver.batch_max.to_string()),
            ("receiver.equal_text_seconds", receiver.equal_text_seconds.to_string()),
            ("notifier.lease_seconds", notifier.lease_seconds.to_string()),
            ("notifier.request_timeout_seconds", notifier.request_timeout_seconds.to_string()),
            ("notifier.attempts_max", notifier.attempts_max.to_string()),
            ("notifier.pause_first_milliseconds", notifier.pause_first_milliseconds.to_string()),
            ("notifier.pause_max_seconds", notifier.pause_max_seconds.to_string()),
            ("notifier.misconfigured_pause_seconds", notifier.misconfigured_pause_seconds.to_string()),
            ("notifier.messages_per_second", notifier.messages_per_second.to_string()),
            ("notifier.sends_at_once_max", notifier.sends_at_once_max.to_string()),
            ("notifier.poll_milliseconds", notifier.poll_milliseconds.to_string()),
            ("notifier.texts_per_phone_max", notifier.texts_per_phone_max.to_string()),
            ("notifier.texts_per_phone_seconds", notifier.texts_per_phone_seconds.to_string()),
            ("limits.countries", given(&limits.countries)),
            ("limits.same_answer_max", limits.same_answer_max.to_string()),
            ("limits.answers_per_phone_minute_max", limits.answers_per_phone_minute_max.to_string()),
            ("limits.answers_per_phone_hour_max", limits.answers_per_phone_hour_max.to_string()),
            ("limits.answers_per_phone_day_max", limits.answers_per_phone_day_max.to_string()),
            ("limits.texts_per_phone_minute_max", limits.texts_per_phone_minute_max.to_string()),
            ("limits.texts_per_sender_minute_max", limits.texts_per_sender_minute_max.to_string()),
            ("limits.joins_per_prefix_max", limits.joins_per_prefix_max.to_string()),
            ("limits.joins_per_country_max", limits.joins_per_country_max.to_string()),
            ("limits.joins_per_sender_minute_max", limits.joins_per_sender_minute_max.to_string()),
        ]
    }

    fn of_members(&self) -> Vec<(&'static str, String)> {
        let Self { staff, invitations, directory, programs, events, tills, telling, log, .. } = self;
        let format = match log.format {
            LogFormat::Pretty => "pretty",
            LogFormat::Json => "json",
        };
        vec![
            ("staff.deeds_per_hour_max", staff.deeds_per_hour_max.to_string()),
            ("staff.deeds_per_member_day_max", staff.deeds_per_member_day_max.to_string()),
            ("invitations.wait_days", invitations.wait_days.to_string()),
            ("directory.poll_milliseconds", directory.poll_milliseconds.to_string()),
            ("programs.poll_seconds", programs.poll_seconds.to_string()),
            ("events.keep_days", events.keep_days.to_string()),
            ("events.allow_http", events.allow_http.to_string()),
            ("events.allow_private_addresses", events.allow_private_addresses.to_string()),
            ("events.request_timeout_seconds", events.request_timeout_seconds.to_string()),
            ("events.sends_at_once_max", events.sends_at_once_max.to_string()),
            ("events.poll_milliseconds", events.poll_milliseconds.to_string()),
            ("tills.square_api_base_url", tills.square_api_base_url.to_string()),
            ("telling.quiet_hours_file", given(&telling.quiet_hours_file)),
            ("log.level", log.level.clone()),
            ("log.format", format.to_owned()),
        ]
    }
}

fn set(secret: &SecretString) -> String {
    if secret.expose_secret().is_empty() { "not set" } else { "set" }.to_owned()
}

fn given(text: &str) -> String {
    if text.is_empty() { "not set".to_owned() } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::config::DEFAULT_TOML;

    #[test]
    fn every_setting_is_shown_and_no_secret_is() {
        let mut settings = Settings::defaults().unwrap();
        for secret in [
            &mut settings.operator.api_key,
            &mut settings.secrets.key,
            &mut settings.twilio.auth_token,
            &mut settings.twilio.auth_token_previous,
            &mut settings.twilio.signing_key,
        ] {
            *secret = SecretString::from("hush-hush");
        }
        settings.database.url = SecretString::from("postgres://name:hush-hush@host/db");
        let shown = settings.in_force();
        let (mut section, mut wanted) = ("", BTreeSet::new());
        for line in DEFAULT_TOML.lines() {
            if let Some(name) = line.strip_prefix('[') {
                section = name.trim_end_matches(']');
            } else if let Some((key, _)) = line.split_once(" = ").filter(|(key, _)| !key.starts_with('#')) {
                wanted.insert(format!("{section}.{key}"));
            }
        }
        assert_eq!(shown.iter().map(|(key, _)| (*key).to_owned()).collect::<BTreeSet<_>>(), wanted);
        assert!(shown.iter().all(|(_, value)| !value.contains("hush")));
    }
}
