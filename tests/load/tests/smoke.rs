//! Every scenario runs, over a real network stack, and nothing is lost. Nothing is said about how fast.

#![cfg(target_os = "linux")]

use assert_cmd::cargo::CommandCargoExt;
use std::process::Command;

#[test]
fn every_scenario_runs_and_nothing_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("load.json");
    let output = Command::cargo_bin("instep-load").unwrap().arg("--smoke").arg("--json").arg(&file).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}\n{}", String::from_utf8_lossy(&output.stderr));
    let measured: serde_json::Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
    for scenario in ["open", "closed", "memory", "restart"] {
        assert_eq!(measured[scenario]["lost"], 0, "{scenario}: {said}");
    }
    let steps = measured["many"]["steps"].as_array().unwrap();
    assert!(steps.iter().all(|step| step["lost"] == 0), "{said}");
    for (scenario, figure) in [
        ("open", "/open/actions/count"),
        ("many", "/many/steps/0/actions/count"),
        ("closed", "/closed/round_trip/count"),
        ("closed, QUIC alone", "/closed/quinn_per_s"),
        ("closed, journal alone", "/closed/journal_per_s"),
        ("memory", "/memory/levels/1/resident_bytes"),
        ("restart", "/restart/all_s"),
    ] {
        let figure = measured.pointer(figure).and_then(serde_json::Value::as_f64);
        assert!(figure.is_some_and(|figure| figure > 0.0), "{scenario}: {said}");
    }
}

#[test]
fn a_wrong_call_is_told_and_exits_with_2() {
    let output = Command::cargo_bin("instep-load").unwrap().args(["open", "--tables", "0"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
}
