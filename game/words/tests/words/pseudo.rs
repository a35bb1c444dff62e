//! A made-up translation in which every letter has a mark on it: plain English can then only come from code.

use std::collections::BTreeSet;

use instep_protocol::{Audience, Denied, Word, WordKind, WordText};
use instep_rules::players::{Dice, Habit, next_command};
use instep_rules::{Command, Refusal, Setting, Wanted, decide};
use instep_words::{Language, say, twin};

use crate::file::ENGLISH;
use crate::table::Play;

const PLAIN: &str = "abcdefghijklmnopqrstuvwxyz";
const MARKED: &str = "áƀçđéƒğĥíĵķłɱñóþɋŕšţúṽŵẋýž";

fn mark(letter: char) -> char {
    let lower = letter.to_ascii_lowercase();
    match PLAIN.chars().position(|c| c == lower).and_then(|at| MARKED.chars().nth(at)) {
        Some(marked) if letter.is_ascii_uppercase() => marked.to_uppercase().next().unwrap_or(marked),
        Some(marked) => marked,
        None => letter,
    }
}

/// The text of a message with its letters marked; what stands in braces is left as it is.
fn mark_text(text: &str, depth: &mut usize) -> String {
    let one = |c: char| {
        match c {
            '{' => *depth += 1,
            '}' => *depth = depth.saturating_sub(1),
            c if *depth == 0 => return mark(c),
            _ => {}
        }
        c
    };
    text.chars().map(one).collect()
}

/// The English file with all its letters marked, and without the functions of English grammar.
pub(crate) fn pseudo() -> String {
    let mut depth = 0;
    let mut lines = Vec::new();
    for line in without_functions(ENGLISH).lines() {
        let trimmed = line.trim_start();
        let head = match trimmed.chars().next() {
            None | Some('#') => line.len(),
            // What a language is goes by its tag.
            _ if line.starts_with("language-tag") => line.len(),
            // A variant's text stands inside of braces.
            Some('[' | '*') => line.find(']').map_or(0, |at| at + 1),
            _ if !line.starts_with(' ') || trimmed.starts_with('.') => line.find('=').map_or(0, |at| at + 1),
            _ => 0,
        };
        let (head, text) = line.split_at(head);
        let variant = trimmed.starts_with(['[', '*']);
        let text = if variant { mark_text(text, &mut 0) } else { mark_text(text, &mut depth) };
        lines.push(format!("{head}{text}"));
    }
    lines.join("\n")
}

/// `AN($seat)` becomes `$seat`.
fn without_functions(text: &str) -> String {
    let mut text = text.to_owned();
    for function in ["AN(", "OWNER("] {
        let mut parts = text.split(function);
        let mut without = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            without.push_str(&part.replacen(')', "", 1));
        }
        text = without;
    }
    text
}

/// Everything that the pack says, the longest first.
fn of_the_pack(play: &Play) -> Vec<String> {
    let packs = &play.packs;
    let mut said = BTreeSet::new();
    for p in packs.perspectives() {
        said.extend([p.name.clone(), p.short.clone(), p.shoes.clone()]);
        said.extend(p.speakers.iter().map(|s| s.name.clone()));
    }
    said.extend(packs.outcomes().iter().map(|o| o.short.clone()));
    said.insert(packs.first().board.description.clone());
    said.insert(packs.deck_name(instep_rules::Deck::Poems).to_owned());
    for item in packs.cards().filter_map(|card| packs.item(card)) {
        said.extend(item.text().lines().map(str::to_owned));
        said.extend([Some(item.prompt()), item.title(), item.note()].into_iter().flatten().map(str::to_owned));
    }
    said.extend(["typed and kept".to_owned(), "a team of ours".to_owned()]);
    // At the beginning of a sentence.
    let capitals: Vec<String> = said.iter().map(|s| instep_words::capital(s)).collect();
    said.extend(capitals);
    let mut said: Vec<String> = said.into_iter().filter(|s| !s.is_empty()).collect();
    said.sort_by_key(|s| std::cmp::Reverse(s.len()));
    said
}

/// The words of a line that nobody translated.
fn plain_words(line: &str, pack: &[String], letters: &[String]) -> Vec<String> {
    let mut rest = line.to_owned();
    for said in pack {
        // Very short ones only as a whole line: "I" may stand in any word.
        if said.len() > 3 || rest.trim() == said.as_str() {
            rest = rest.replace(said.as_str(), "·");
        }
    }
    let bare = |w: &str| w.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let plain = |w: &String| w.chars().any(|c| c.is_ascii_alphabetic()) && !letters.contains(w);
    rest.split_whitespace().map(bare).filter(plain).collect()
}

#[test]
fn letters_are_marked_and_the_rest_stays() {
    let pseudo = pseudo();
    for line in [
        "next-roll = Ŕółł ţĥé đíé.",
        "refused-turn = Íţ íš ţĥé { $seat } ţúŕñ.",
        "    [one] { $turns } ţúŕñ",
        "} ƒŕóɱ áñ éáŕłíéŕ šéššíóñ",
        "language-name = Éñğłíšĥ",
    ] {
        assert!(pseudo.lines().any(|l| l == line), "{line}\n{pseudo}");
    }
    assert_eq!(Language::load(&pseudo).map(|l| l.name().to_owned()), Ok("Éñğłíšĥ".to_owned()));
}

#[test]
fn no_english_comes_from_code() {
    let language = Language::load(&pseudo()).expect("a good translation");
    let mut seen = 0;
    for seed in 0..6u64 {
        let ruleset = if seed % 2 == 0 { "guided" } else { "classic" };
        let mut play = Play::new(ruleset, [2, 3, 7][seed as usize % 3], &[]);
        play.language = language.clone();
        let (pack, mut dice) = (of_the_pack(&play), Dice::new(seed));
        let letters: Vec<String> = play.packs.perspectives().iter().map(|p| p.letter.clone()).collect();
        let check = |line: &str| {
            let plain = plain_words(line, &pack, &letters);
            assert!(plain.is_empty(), "{plain:?} in {line:?}");
        };
        while !play.game.state().closed() {
            let state = play.game.state();
            let command = match dice.below(24) {
                0 if state.steps_in_effect() > 3 => Command::Undo(1 + dice.below(2)),
                1 if state.phase().card().is_some() => Command::Pass,
                2 if state.phase().card().is_some() => Command::Redraw,
                _ if state.path_complete(play.game.setup()) => Command::Close,
                _ => next_command(&play.game, &mut dice, Habit::Uniform).expect("not closed").1,
            };
            let who = instep_rules::Who { seat: Some(state.seat()), facilitator: true };
            // A draw of its own: the table's is not what is tested here.
            let mut chance = instep_rules::Stream::new(&instep_rules::Seed([seed as u8; 32]), state.words());
            let Ok(events) = decide(&play.table.setup, state, who, command, &mut chance) else { continue };
            if let Command::Mend(_) = command {
                play.words.push(word(&play, WordKind::Step, WordText::Said("typed and kept".into())));
            }
            play.game.apply(&events);
            if dice.below(20) == 0 {
                let kind = [WordKind::Note, WordKind::Reason, WordKind::TeamName][dice.below(3) as usize];
                let text = match kind {
                    WordKind::TeamName => WordText::Said("a team of ours".into()),
                    _ => [WordText::Hidden, WordText::Erased][dice.below(2) as usize].clone(),
                };
                play.words.push(word(&play, kind, text));
            }
            let view = play.view();
            check(&say::next(&view));
            check(&say::whose_turn(&view));
            say::happened(&view).iter().for_each(|line| check(line));
            if seen % 8 == 0 {
                twin::whole(&view).iter().for_each(|line| check(line));
            }
            seen += 1;
        }
        let view = play.view();
        view.game.log().iter().filter_map(|e| say::entry(&view, e)).for_each(|line| check(&line));
        say::ending(&view).iter().chain(&say::words(&view)).for_each(|line| check(line));
        for setting in [Setting::TalkTimer(61), Setting::RealDie(true), Setting::OpeningTiles(2)] {
            check(&say::setting(view.language, setting));
        }
        for refusal in [
            Denied::Rules(Refusal::NotNow { wanted: Wanted::Mend }),
            Denied::Rules(Refusal::NotSoManySteps { steps: 4 }),
            Denied::Rules(Refusal::NotInPlay { outcome: instep_rules::Outcome(40) }),
            Denied::NotYetClaimable { wait_s: 9 },
            Denied::WordsTooLong { most: 40 },
        ] {
            check(&say::denied(&view, refusal));
        }
    }
    assert!(seen > 300, "{seen}");
}

fn word(play: &Play, kind: WordKind, text: WordText) -> Word {
    let (id, seat) = (play.words.len() as u32 + 1, Some(play.game.state().seat()));
    Word { id, kind, seat, card: None, audience: Audience::Everyone, text, by: None, reported: false, hidden: false }
}
