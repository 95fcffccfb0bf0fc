use std::{io::Write, path::PathBuf};

use secrecy::ExposeSecret;

use super::*;

fn variables(pairs: &[(&str, &str)]) -> Vec<(OsString, OsString)> {
    pairs.iter().map(|(name, value)| (name.into(), value.into())).collect()
}

fn wrong(pairs: &[(&str, &str)]) -> Vec<String> {
    read(None, variables(pairs)).unwrap_err().0
}

/// Reads a file with this text.
fn read_text(text: &str) -> Result<Settings, SettingsError> {
    let path: PathBuf = std::env::temp_dir().join(format!("regulars-{}.toml", uuid::Uuid::new_v4().simple()));
    std::fs::File::create(&path).unwrap().write_all(text.as_bytes()).unwrap();
    let settings = read(Some(&path), []);
    std::fs::remove_file(&path).unwrap();
    settings
}

#[test]
fn the_environment_wins_over_the_file_and_the_file_over_the_defaults() {
    let path = std::env::temp_dir().join(format!("regulars-{}.toml", uuid::Uuid::new_v4().simple()));
    std::fs::write(&path, "[server]\nworkers = 3\nshutdown_seconds = 4\n[notifier]\nmessages_per_second = 7\n")
        .unwrap();
    let settings = read(Some(&path), variables(&[("REGULARS__SERVER__WORKERS", "5"), ("HOME", "/")])).unwrap();
    std::fs::remove_file(&path).unwrap();
    assert_eq!((settings.server.workers, settings.server.shutdown_seconds), (5, 4));
    assert_eq!(settings.notifier.messages_per_second, 7.0);
    assert_eq!(settings.receiver.batch_max, 512);
}

#[test]
fn every_default_has_a_rule_and_every_rule_a_setting() {
    let defaults = flatten(parse(DEFAULT_TOML, "").unwrap(), None);
    let ruled: BTreeSet<&str> = RULES.iter().map(|(key, ..)| *key).collect();
    // Any text can be a token.
    let free = ["twilio.auth_token_previous", "twilio.signing_key"];
    let known: BTreeSet<&str> = defaults.keys().map(String::as_str).filter(|key| !free.contains(key)).collect();
    assert_eq!(ruled, known);
}

#[test]
fn all_mistakes_are_named_at_once_with_their_keys_and_where_they_are() {
    let wrong = wrong(&[
        ("REGULARS__SERVER__BIND", "localhost"),
        ("REGULARS__SERVER__PUBLIC_URL", "texts.example.com"),
        ("REGULARS__SERVER__WORKERS", "many"),
        ("REGULARS__DATABASE__URL", "mysql://root@localhost/regulars"),
        ("REGULARS__NOTIFIER__ATTEMPTS_MAX", "99999999999"),
        ("REGULARS__NOTIFIER__LEASE_SECONDS", "-1"),
        ("REGULARS__NOTIFIER__MESSAGES_PER_SECOND", "NaN"),
        ("REGULARS__LOG__FORMAT", "xml"),
        ("REGULARS__SERVER__PORT", "80"),
        ("REGULARS__SEVER__BIND", "0.0.0.0:80"),
        ("REGULARS__SERVER", "0.0.0.0:80"),
    ]);
    let keys: Vec<&str> = wrong.iter().map(|sentence| sentence.split(": ").next().unwrap()).collect();
    let expected = [
        "database.url",
        "log.format",
        "notifier.attempts_max",
        "notifier.lease_seconds",
        "notifier.messages_per_second",
        "server",
        "server.bind",
        "server.port",
        "server.public_url",
        "server.workers",
        "sever.bind",
    ];
    assert_eq!(keys, expected, "{wrong:#?}");
    assert!(wrong[0].ends_with("(set by REGULARS__DATABASE__URL)"), "{}", wrong[0]);
    assert!(wrong[7].contains("[server] has bind, body_bytes_max"), "{}", wrong[7]);
}

#[test]
fn each_value_beyond_its_bounds_is_refused_by_its_key() {
    for (name, value) in [
        ("SERVER__BODY_BYTES_MAX", "0"),
        ("SERVER__SHUTDOWN_SECONDS", "0"),
        ("SERVER__WORKERS", "1.5"),
        ("SERVER__WORKERS", "yes"),
        ("SERVER__WORKERS", ""),
        ("SERVER__WORKERS", "2000"),
        ("SERVER__PUBLIC_URL", "ftp://example.com"),
        ("SERVER__PUBLIC_URL", "https://example.com/?a=b"),
        ("SERVER__BIND", "127.0.0.1:99999"),
        ("DATABASE__URL", ""),
        ("DATABASE__URL", "sqlite://"),
        ("DATABASE__URL", "sqlite::memory:"),
        ("DATABASE__URL", "sqlite://:memory:"),
        ("DATABASE__URL", "sqlite://regulars.db?mode=memory"),
        ("DATABASE__URL", "postgres://regulars:p@ss/word@db:port/regulars"),
        ("DATABASE__CONNECTIONS_MAX", "1"),
        ("DATABASE__CONNECTIONS_MAX", "4294967298"),
        ("OPERATOR__API_KEY", "two words"),
        ("SECRETS__KEY", "c2hvcnQ="),
        ("SECRETS__KEY", "not base64"),
        ("TWILIO__API_BASE_URL", "api.twilio.com"),
        ("TWILIO__ACCOUNT_SID_PATTERN", "^AC["),
        ("TWILIO__ACCOUNT_SID", "mine"),
        ("TWILIO__SIGNATURE_HEADER", "X Signature"),
        ("RECEIVER__QUEUE_MAX", "0"),
        ("RECEIVER__BATCH_MAX", "100000"),
        ("NOTIFIER__LEASE_SECONDS", "20"),
        ("NOTIFIER__REQUEST_TIMEOUT_SECONDS", "0"),
        ("NOTIFIER__ATTEMPTS_MAX", "0"),
        ("NOTIFIER__PAUSE_FIRST_MILLISECONDS", "0"),
        ("NOTIFIER__PAUSE_MAX_SECONDS", "18446744073709551615"),
        ("NOTIFIER__MISCONFIGURED_PAUSE_SECONDS", "-5"),
        ("NOTIFIER__MESSAGES_PER_SECOND", "0"),
        ("NOTIFIER__SENDS_AT_ONCE_MAX", "0"),
        ("NOTIFIER__POLL_MILLISECONDS", "1"),
        ("DIRECTORY__POLL_MILLISECONDS", "ten"),
        ("LOG__LEVEL", "verbose"),
        ("LOG__LEVEL", "info,regulars=loud"),
        ("LOG__LEVEL", ""),
    ] {
        let variable = format!("REGULARS__{name}");
        let wrong = wrong(&[
            (&variable, value),
            // What an account needs beside it.
            ("REGULARS__TWILIO__AUTH_TOKEN", "token"),
        ]);
        let key = key_of_variable(&variable).unwrap();
        assert!(
            wrong.iter().any(|sentence| sentence.starts_with(&format!("{key}: "))),
            "{variable}={value}: {wrong:?}"
        );
    }
}

#[test]
fn a_filter_for_logs_is_understood() {
    for level in ["warn", "info,regulars::notifier=debug", "regulars=trace"] {
        let settings = read(None, variables(&[("REGULARS__LOG__LEVEL", level)])).unwrap();
        assert_eq!(settings.log.level, level);
    }
}

#[test]
fn an_account_needs_its_token_and_a_key_to_seal_it() {
    let sid = format!("AC{}", "0".repeat(32));
    let wrong = wrong(&[("REGULARS__TWILIO__ACCOUNT_SID", &sid)]);
    let missing = |key: &str| wrong.iter().any(|sentence| sentence.starts_with(&format!("{key}: is missing; ")));
    assert!(wrong.len() == 2 && missing("twilio.auth_token") && missing("secrets.key"), "{wrong:?}");
}

#[test]
fn numbers_texts_and_tables_in_a_file_are_told_apart() {
    let toml = "server = 3\n[twilio]\nauth_token = 12345\nsignature_header = ['a']\n[receiver]\nqueue_max = 1.5\n\
                batch_max = true\n[notifier.poll_milliseconds]\nslow = 5\n";
    let wrong = read_text(toml).unwrap_err().0;
    let keys: Vec<&str> = wrong.iter().map(|sentence| sentence.split(": ").next().unwrap()).collect();
    let expected = [
        "notifier.poll_milliseconds",
        "receiver.batch_max",
        "receiver.queue_max",
        "server",
        "twilio.auth_token",
        "twilio.signature_header",
    ];
    assert_eq!(keys, expected, "{wrong:#?}");
    assert!(wrong[4].contains("must be a text in quotes"), "{}", wrong[4]);
}

#[test]
fn a_file_that_is_missing_or_no_toml_is_named_without_its_lines() {
    let missing = read(Some(Path::new("/nowhere/regulars.toml")), []).unwrap_err().to_string();
    assert!(missing.contains("/nowhere/regulars.toml: cannot be read") && missing.contains("--config"), "{missing}");
    let broken = read_text("[twilio]\nauth_token = \"s3cret\n").unwrap_err().to_string();
    assert!(broken.contains("line 2, column") && broken.contains(".toml: "), "{broken}");
    assert!(!broken.contains("s3cret") && !broken.contains('|'), "{broken}");
}

#[test]
fn no_message_repeats_a_value() {
    let wrong = wrong(&[
        ("REGULARS__SECRETS__KEY", "s3cret"),
        ("REGULARS__DATABASE__URL", "s3cret://s3cret"),
        ("REGULARS__TWILIO__ACCOUNT_SID", "s3cret"),
        ("REGULARS__TWILIO__API_BASE_URL", "s3cret"),
        ("REGULARS__SERVER__BIND", "s3cret"),
        ("REGULARS__OPERATOR__API_KEY", "s3cret s3cret"),
        ("REGULARS__LOG__FORMAT", "s3cret"),
    ]);
    assert_eq!(wrong.len(), 8, "{wrong:#?}");
    assert!(!wrong.join("\n").contains("s3cret"), "{wrong:#?}");
}

#[cfg(unix)]
#[test]
fn bytes_that_are_no_text_are_named_by_their_key_alone() {
    use std::os::unix::ffi::OsStringExt;
    let value = OsString::from_vec(b"s3cret\xff".to_vec());
    let wrong = read(None, [("REGULARS__TWILIO__AUTH_TOKEN".into(), value)]).unwrap_err().to_string();
    assert!(wrong.contains("twilio.auth_token: ") && wrong.contains("UTF-8") && !wrong.contains("s3cret"), "{wrong}");
}

#[test]
fn secrets_keep_their_letters() {
    let settings = read(None, variables(&[("REGULARS__TWILIO__AUTH_TOKEN", "AbC012")])).unwrap();
    assert_eq!(settings.twilio.auth_token.expose_secret(), "AbC012");
}
