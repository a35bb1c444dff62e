//! How fast packs load: `cargo bench -p instep-content`.
//!
//! The aims: 240 cards in at most 10 ms, 10,000 cards in at most 150 ms.
#![allow(missing_docs)]

use std::hint::black_box;
use std::sync::Arc;

use criterion::{Criterion, criterion_group, criterion_main};
use instep_content::{BASE_PACK, Files, Length, Library, Options, Pack, Packs, TURN_S, simulate};

/// The base pack with its cards again and again, under other ids.
fn large(cards: usize) -> Vec<(String, Vec<u8>)> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("packs").join(BASE_PACK);
    let mut files = Vec::new();
    let mut card_files = Vec::new();
    for folder in ["", "cards", "poems", "pictures"] {
        for entry in std::fs::read_dir(root.join(folder)).expect("the base pack is there").flatten() {
            if entry.path().is_file() {
                let name = entry.file_name().into_string().expect("UTF-8");
                let path = if folder.is_empty() { name } else { format!("{folder}/{name}") };
                let bytes = std::fs::read(entry.path()).expect("readable");
                if folder == "cards" { card_files.push((path, bytes)) } else { files.push((path, bytes)) }
            }
        }
    }
    let in_one = card_files.iter().map(|(_, b)| String::from_utf8_lossy(b).matches(" Card(").count()).sum::<usize>();
    for copy in 0..cards.div_ceil(in_one) {
        for (path, bytes) in &card_files {
            let text = String::from_utf8_lossy(bytes).replace(" id: \"", &format!(" id: \"c{copy}-"));
            files.push((path.replace(".ron", &format!("-{copy}.ron")), text.into_bytes()));
        }
    }
    files
}

fn load(c: &mut Criterion) {
    let library = Library::new(None);
    c.bench_function("load the base pack", |b| b.iter(|| library.load(black_box(&[BASE_PACK])).expect("good")));
    let files = large(10_000);
    let read = || {
        let files =
            Files::from_memory("large", files.iter().map(|(p, b)| (p.clone(), b.clone()))).expect("not too large");
        Packs::combine(vec![Arc::new(Pack::read(files).expect("good").0)]).expect("good")
    };
    println!("{} cards in {} MiB", read().cards().count(), files.iter().map(|(_, b)| b.len()).sum::<usize>() >> 20);
    c.bench_function("load 10,000 cards", |b| b.iter(read));
    let packs = library.load(&[BASE_PACK]).expect("good");
    c.bench_function("set up a table", |b| b.iter(|| packs.setup(&Options::default()).expect("good")));
    c.bench_function("find what fits into an hour", |b| {
        b.iter(|| packs.fit(&Options::default(), Length::Minutes(60), TURN_S).expect("good"));
    });
    let table = packs.setup(&Options::default()).expect("good");
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
    c.bench_function("1,000 whole games, one thread, turns only", |b| {
        b.iter(|| one.install(|| simulate::turns(&table.setup, 1_000, 1)))
    });
    c.bench_function("1,000 whole games, one thread, everything", |b| {
        b.iter(|| one.install(|| simulate::simulate(&table.setup, 1_000, 1)))
    });
}

criterion_group!(benches, load);
criterion_main!(benches);
