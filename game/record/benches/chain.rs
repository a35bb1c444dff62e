//! What the chain costs a journal, and a check a reader.

use std::hint::black_box;
use std::sync::Arc;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use instep_record::{Chain, Header, Ids, Names, PackRef, Record, salt_for, seed_from_text};
use instep_rules::players::{Dice, Habit, next_command};
use instep_rules::{
    Action, CardRules, Command, Deck, Game, Instruction, OutcomeSet, Perspective, Ruleset, Setup, SetupParts, Space,
    Stream, TileSet, Who, commitment, decide,
};

fn header() -> (Header, Arc<Setup>) {
    let colour = Perspective::from_index;
    let board = (0..40).map(|n| if n % 10 == 0 { Space::PoetsCorner } else { Space::Footprint(colour(n)) });
    let cards = Deck::ALL.into_iter().flat_map(|deck| {
        let act = |n| if n % 4 == 3 { Action::Remove(colour(n / 4)) } else { Action::Place(colour(n)) };
        (0..20).map(move |n| CardRules { deck, instruction: Instruction::Do(act(n)) })
    });
    let setup = Setup::new(SetupParts {
        board: board.collect(),
        cards: cards.collect(),
        outcomes: 7,
        in_play: OutcomeSet::first(7),
        ruleset: Ruleset::guided(),
        begun: TileSet::NONE,
    })
    .expect("a setup");
    let names = Names {
        perspectives: ["users", "providers", "staff", "managers"].map(Into::into),
        outcomes: (0..7).map(|n| format!("an-outcome-{n}")).collect(),
        cards: (0..setup.cards().len()).map(|n| format!("a-card-of-some-length-{n}")).collect(),
    };
    let pack = PackRef { id: "bench".into(), version: "1.0.0".into(), hash: "0".repeat(64) };
    (Header::new(vec![pack], names, &setup, "guided").expect("a header"), Arc::new(setup))
}

fn record() -> (Record, Game) {
    let (header, setup) = header();
    let seed = seed_from_text("1").expect("a seed");
    let mut game = Game::new(setup.clone());
    game.apply(&setup.opening(commitment(&seed, &salt_for(&seed))));
    let mut dice = Dice::new(1);
    while !game.state().path_complete(&setup) {
        let (who, command) = next_command(&game, &mut dice, Habit::Uniform).expect("an open game");
        let mut stream = Stream::new(&seed, game.state().words());
        game.apply(&decide(&setup, game.state(), who, command, &mut stream).expect("a legal command"));
    }
    let close = decide(&setup, game.state(), Who::FACILITATOR, Command::Close, &mut Stream::new(&seed, 0));
    game.apply(&close.expect("a close"));
    (Record::new(header, &game, Some((seed, salt_for(&seed)))).expect("a record"), game)
}

fn benches(c: &mut Criterion) {
    let (record, game) = record();
    let ids = Ids::new(&record.header).expect("ids");
    let text = record.to_string();
    let mut group = c.benchmark_group("a whole game, by events");
    group.throughput(Throughput::Elements(game.log().len() as u64));
    group.bench_function("chain", |b| {
        let mut chain = Chain::start(&record.header);
        let mut line = String::with_capacity(512);
        b.iter(|| {
            for entry in game.log() {
                line.clear();
                black_box(chain.push(&ids, black_box(entry), &mut line));
            }
        });
    });
    group.bench_function("read", |b| b.iter(|| Record::parse(black_box(&text)).expect("a record")));
    group.bench_function("verify", |b| b.iter(|| black_box(&record).verify().expect("a sound record")));
    group.finish();
}

criterion_group!(chain, benches);
criterion_main!(chain);
