//! Flags, environment, file and defaults; and the file that says them all.

use std::fs;
use std::path::Path;

use tempfile::tempdir;

use crate::support::{ended, program, runs};

const EXAMPLE: &str = include_str!("../../deploy/instep-server.toml");

/// The lines that set something, without where that comes from.
fn set(text: &str) -> Vec<String> {
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    lines.map(|line| line.split("  # by ").next().unwrap_or_default().to_owned()).collect()
}

fn printed(arguments: &[&str], environment: &[(&str, &str)]) -> String {
    let output = program().args(arguments).envs(environment.iter().copied()).arg("--print-config").output();
    let (code, out, err) = ended(output.expect("it starts"));
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    out
}

fn file(folder: &Path, text: &str) -> String {
    let path = folder.join("instep.toml");
    fs::write(&path, text).expect("written");
    path.to_str().expect("text").to_owned()
}

#[test]
fn the_example_says_the_defaults() {
    assert_eq!(printed(&[], &[]), EXAMPLE);
    let folder = tempdir().expect("a folder");
    let fed_back = printed(&["--config", &file(folder.path(), EXAMPLE)], &[]);
    assert_eq!(set(&fed_back), set(EXAMPLE));
}

#[test]
fn a_flag_comes_before_the_environment_and_that_before_the_file() {
    let folder = tempdir().expect("a folder");
    let config = file(folder.path(), "retention-days = 7\nmax-tables = 70\nlog = \"json\"\n");
    let text = printed(
        &["--config", &config, "--retention-days", "9"],
        &[("INSTEP_RETENTION_DAYS", "8"), ("INSTEP_MAX_TABLES", "80"), ("INSTEP_METRICS", "")],
    );
    assert!(text.contains("\nretention-days = 9  # by a flag\n"), "{text}");
    assert!(text.contains("\nmax-tables = 80  # by the environment\n"), "{text}");
    assert!(text.contains(&format!("\nlog = \"json\"  # by {config}, line 3\n")), "{text}");
    assert!(text.contains("\nmax-connections = 20000\n"), "{text}");
    assert!(text.contains("\n# metrics = "), "an empty variable sets nothing: {text}");
    // The file may also be named by the environment.
    let text = printed(&[], &[("INSTEP_CONFIG", &config)]);
    assert!(text.contains("\nretention-days = 7  # by "), "{text}");
}

#[test]
fn what_is_printed_can_be_fed_back() {
    let folder = tempdir().expect("a folder");
    let text = printed(
        &["--listen", "127.0.0.1:1", "--listen", "[::1]:2", "--data", "a \"quoted\" \\ folder", "--log-level", "debug"],
        &[("INSTEP_PUBLIC_ADDRESS", "one.example,two.example:5"), ("INSTEP_CERT", "c.pem"), ("INSTEP_KEY", "k.pem")],
    );
    let again = printed(&["--config", &file(folder.path(), &text)], &[]);
    assert_eq!(set(&again), set(&text));
    assert!(set(&text).contains(&"public-address = [\"one.example\", \"two.example:5\"]".to_owned()), "{text}");
    assert!(set(&text).contains(&"listen = [\"127.0.0.1:1\", \"[::1]:2\"]".to_owned()), "{text}");
}

#[test]
fn every_setting_is_a_flag_a_variable_and_a_line() {
    let folder = tempdir().expect("a folder");
    let mut count = 0;
    for line in EXAMPLE.lines() {
        let line = line.trim_start_matches("# ");
        let Some((key, value)) = line.split_once(" = ") else { continue };
        if !key.chars().all(|c| c.is_ascii_lowercase() || c == '-') {
            continue;
        }
        count += 1;
        // A certificate needs its key.
        let beside: &[&str] = match key {
            "cert" => &["--key", "x"],
            "key" => &["--cert", "x"],
            _ => &[],
        };
        let plain = value.trim_matches(['[', ']', '"']);
        let plain = if key == "listen" { "[::]:4433" } else { plain };
        let variable = format!("INSTEP_{}", key.to_uppercase().replace('-', "_"));
        let config = file(folder.path(), line);
        let from_file = printed(&[beside, &["--config", &config]].concat(), &[]);
        let from_flag = printed(&[beside, &[&format!("--{key}"), plain]].concat(), &[]);
        let from_environment = printed(beside, &[(&variable, plain)]);
        let places = [format!("by {config}, line 1"), "by a flag".to_owned(), "by the environment".to_owned()];
        for (text, place) in [from_file, from_flag, from_environment].into_iter().zip(places) {
            let wanted = match key {
                "pass" | "on-turn-webhook" => format!("# It is set, {place}, and not shown here.\n# {key} = \"…\"\n"),
                _ => format!("\n{key} = {value}  # {place}\n"),
            };
            assert!(text.contains(&wanted), "{wanted} in {text}");
        }
    }
    assert_eq!(count, 18, "every setting is in the example");
}

#[test]
fn a_secret_is_never_shown() {
    let secrets = [("INSTEP_PASS", "canary-pass"), ("INSTEP_ON_TURN_WEBHOOK", "https://x.example/canary-hook")];
    for ask in ["--print-config", "--help"] {
        let (code, out, err) = ended(program().arg(ask).envs(secrets).output().expect("it starts"));
        assert_eq!(code, 0);
        assert!(!out.contains("canary") && !err.contains("canary"), "{out}{err}");
    }
    let (code, out, err) = ended(
        program().arg("--print-config").env("INSTEP_ON_TURN_WEBHOOK", "ftp://canary").output().expect("it starts"),
    );
    assert_eq!((code, out.as_str()), (2, ""));
    assert_eq!(
        err,
        "INSTEP_ON_TURN_WEBHOOK should be an address that begins with http:// or https://, and is something else.\n"
    );
}

#[test]
fn what_is_wrong_is_one_sentence() {
    let folder = tempdir().expect("a folder");
    for (text, sentence) in [
        ("retention-days = -1", "line 1: retention-days should be a whole number from 0 to 36500, and is \"-1\"."),
        (
            "# ours\nretentiondays = 7",
            "line 2: there is no setting \"retentiondays\", but there is \"retention-days\".",
        ),
        ("log = [\"text\"]", "line 1: log wants text in quotes, and this is a list."),
        (
            "listen = [\"here\"]",
            "line 1: listen should be an address, a port, or both, such as 192.0.2.7, 4433 or [::]:4433, and is \"here\".",
        ),
        ("data = \"\"", "line 1: data should be the name of a file or folder, and is empty."),
        (
            "public-address = \"a b\"",
            "line 1: public-address should be a name or an address such as instep.example.org or 192.0.2.7:4433, and is \"a b\".",
        ),
    ] {
        let config = file(folder.path(), text);
        let (code, out, err) = runs(&["--config", &config]);
        assert_eq!((code, out.as_str(), err), (2, "", format!("{config}, {sentence}\n")));
    }
    for (arguments, sentence) in [
        (
            &["--cert", "x"][..],
            "--cert needs --key: name both files, or neither for a certificate of the server's own.",
        ),
        (&["--key", "x"], "--key needs --cert: name both files, or neither for a certificate of the server's own."),
        (&["--log-level", "loud"], "--log-level should be error, warn, info or debug, and is \"loud\"."),
        (&["--max-tables", "0"], "--max-tables should be a whole number from 1 to 10000000, and is \"0\"."),
        (
            &["--metrics", "0.0.0.0"],
            "--metrics should be a port, or an address with a port, such as 9433 or 127.0.0.1:9433, and is \"0.0.0.0\".",
        ),
    ] {
        let (code, out, err) = runs(arguments);
        assert_eq!((code, out.as_str(), err), (2, "", format!("{sentence}\n")));
    }
    let (code, _, err) = runs(&["--config", "/nowhere/at-all.toml"]);
    assert_eq!(code, 2);
    assert!(err.starts_with("/nowhere/at-all.toml can't be read ("), "{err}");
    assert_eq!(runs(&["--no-such-flag"]).0, 2);
    assert_eq!(runs(&["erase"]).0, 2);
    assert_eq!(runs(&["--version"]).0, 0);
}
