//! `instep-pack check`.

use std::fmt::Write as _;
use std::sync::Arc;

use instep_content::{Library, Pack, Packs, Report};
use serde_json::{Value, json};

use crate::Done;

/// One of the packs asked about.
struct Checked<'a> {
    path: &'a str,
    pack: Option<Arc<Pack>>,
    report: Report,
}

pub(crate) fn check(library: &Library, paths: &[String], as_json: bool, colour: bool) -> Done {
    let checked: Vec<Checked<'_>> = paths
        .iter()
        .map(|path| match library.pack(path) {
            Ok((pack, report)) => Checked { path, pack: Some(Arc::new(pack)), report },
            Err(report) => Checked { path, pack: None, report },
        })
        .collect();
    // Only packs that are whole by themselves can be tried together.
    let whole: Option<Vec<Arc<Pack>>> = checked.iter().map(|c| c.pack.clone()).collect();
    let together = whole.map(Packs::combine);
    let (packs, clash) = match together {
        Some(Ok(packs)) => (Some(packs), Report::default()),
        Some(Err(report)) => (None, report),
        None => (None, Report::default()),
    };
    let reports = || checked.iter().map(|c| &c.report).chain([&clash]);
    let code = reports().map(Report::exit_code).max().unwrap_or(0);
    let out = if as_json {
        in_json(&checked, packs.as_ref(), &clash)
    } else {
        in_words(&checked, packs.as_ref(), &clash, colour)
    };
    Done { out, err: String::new(), code }
}

fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

fn in_words(checked: &[Checked<'_>], packs: Option<&Packs>, clash: &Report, colour: bool) -> String {
    let mut out = String::new();
    for c in checked {
        out.push_str(&c.report.drawn(colour));
        let Some(pack) = &c.pack else { continue };
        let notes: Vec<_> = notes(pack).collect();
        if !notes.is_empty() {
            let _ = writeln!(out, "Cards of \"{}\" with a content note, to look at before a session:", pack.id());
            for (id, note) in &notes {
                let _ = writeln!(out, "  {id}: {note}");
            }
        }
    }
    out.push_str(&clash.drawn(colour));
    for card in packs.map(Packs::left_out).unwrap_or_default() {
        let _ = writeln!(out, "{}: The card \"{}\" is left out at this table. {}", card.place, card.id, card.reason);
    }
    for c in checked {
        let faults = count(c.report.errors().count() + c.report.more, "fault", "faults");
        let remarks = count(c.report.warnings().count(), "remark", "remarks");
        let _ = match &c.pack {
            Some(pack) => writeln!(
                out,
                "{}: good. {} {}, {faults}, {remarks}, {}, {}, {}; {}",
                c.path,
                pack.id(),
                pack.manifest.version,
                count(pack.cards.len(), "card", "cards"),
                count(pack.poems.len(), "poem", "poems"),
                count(notes(pack).count(), "content note", "content notes"),
                pack.hash,
            ),
            None => writeln!(out, "{}: cannot be played. {faults}, {remarks}", c.path),
        };
    }
    let all = || checked.iter().map(|c| &c.report).chain([clash]);
    let faults = all().map(|r| r.errors().count() + r.more).sum();
    let remarks = all().map(|r| r.warnings().count()).sum();
    let left_out = packs.map_or(0, |p| p.left_out().len());
    let _ = writeln!(
        out,
        "{}: {}, {}, {} left out",
        count(checked.len(), "pack", "packs"),
        count(faults, "fault", "faults"),
        count(remarks, "remark", "remarks"),
        count(left_out, "card", "cards"),
    );
    out
}

fn notes(pack: &Pack) -> impl Iterator<Item = (&str, &str)> {
    let cards = pack.cards.iter().filter_map(|c| Some((c.id.as_str(), c.note.as_deref()?)));
    cards.chain(pack.poems.iter().filter_map(|p| Some((p.id.as_str(), p.note.as_deref()?))))
}

fn in_json(checked: &[Checked<'_>], packs: Option<&Packs>, clash: &Report) -> String {
    let report = |r: &Report| json!({ "faults": r.faults, "more": r.more, "playable": r.is_playable() });
    let list: Vec<Value> = checked
        .iter()
        .map(|c| {
            let pack = c.pack.as_ref().map(|p| {
                let notes: Vec<Value> = notes(p).map(|(id, note)| json!({ "id": id, "note": note })).collect();
                json!({
                    "id": p.id(), "name": p.manifest.name, "version": p.manifest.version, "hash": p.hash.to_string(),
                    "cards": p.cards.len(), "poems": p.poems.len(), "notes": notes,
                })
            });
            json!({ "path": c.path, "pack": pack, "report": report(&c.report) })
        })
        .collect();
    let left_out: Vec<Value> = packs
        .map(Packs::left_out)
        .unwrap_or_default()
        .iter()
        .map(|l| json!({ "id": l.id, "place": l.place, "reason": l.reason }))
        .collect();
    let playable = packs.is_some();
    let whole = json!({ "format": "instep-check/1", "playable": playable, "packs": list, "together": report(clash), "left_out": left_out });
    format!("{whole:#}\n")
}
