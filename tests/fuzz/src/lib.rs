//! What is done with bytes that nobody vouches for.
//!
//! Each target is a function that takes any bytes and panics only where something of ours is wrong. The same functions
//! run under the fuzzer (`nightly/`, by `cargo xtask fuzz`) and in every test run (`tests/replay.rs`), there over seeds
//! that are made here and a few thousand inputs that are made of those.

mod addresses;
mod disk;
mod frames;
mod lobby;
mod mirror;
mod moved;
pub mod mutate;
mod packs;
mod record;
mod small;
mod world;

/// A target.
#[derive(Debug)]
pub struct Target {
    /// Its name, which is that of its program in `nightly/`.
    pub name: &'static str,
    /// Does all there is to do with these bytes.
    pub run: fn(&[u8]),
    /// Good bytes, or nearly good ones, to begin from.
    pub seeds: fn() -> Vec<Vec<u8>>,
    /// Words that good bytes are made of.
    pub words: &'static [&'static str],
    /// More bytes than that teach nothing new.
    pub bytes_max: usize,
    /// How many inputs a test run makes of the seeds: as many as take about a second.
    pub tries: u32,
    /// Bytes of memory that one input may take at most.
    pub memory_max: usize,
}

/// All of them.
pub const TARGETS: &[Target] =
    &[frames::TARGET, mirror::TARGET, lobby::TARGET, moved::TARGET, packs::TARGET, addresses::TARGET, record::TARGET];

/// The target of this name.
#[must_use]
pub fn target(name: &str) -> Option<&'static Target> {
    TARGETS.iter().find(|target| target.name == name)
}

/// What a program in `nightly/` does with an input; one longer than it needs to be is left out.
///
/// # Panics
/// Where something of ours is wrong, and where there is no such target.
pub fn fuzz(name: &str, bytes: &[u8]) {
    let target = target(name).expect("each program has its target");
    if bytes.len() <= target.bytes_max {
        (target.run)(bytes);
    }
}

/// What it does first: writes seeds and words into the folder that `INSTEP_FUZZ_SEEDS` names, if it names one.
///
/// # Panics
/// Where they can't be written, and where there is no such target.
pub fn begin(name: &str) {
    let target = target(name).expect("each program has its target");
    let Some(folder) = std::env::var_os("INSTEP_FUZZ_SEEDS").map(std::path::PathBuf::from) else { return };
    let inputs = folder.join("inputs");
    std::fs::create_dir_all(&inputs).expect("the folder of seeds can be made");
    for (n, seed) in (target.seeds)().iter().enumerate() {
        std::fs::write(inputs.join(n.to_string()), seed).expect("a seed can be written");
    }
    std::fs::write(folder.join("words.dict"), dictionary(target.words)).expect("the words can be written");
}

/// Words as libFuzzer reads them: one to a line, in quotes.
fn dictionary(words: &[&str]) -> String {
    let escaped = |word: &&str| -> String {
        let letters = word.bytes().map(|byte| match byte {
            b'"' | b'\\' => format!("\\{}", byte as char),
            b' '..=b'~' => (byte as char).to_string(),
            byte => format!("\\x{byte:02x}"),
        });
        letters.collect()
    };
    // It takes no empty file.
    let lines = words.iter().map(|word| format!("\"{}\"\n", escaped(word)));
    std::iter::once("# Words.\n".to_owned()).chain(lines).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_quoted_as_the_fuzzer_reads_them() {
        assert_eq!(dictionary(&["(", "a \"\\", "\u{1}é"]), "# Words.\n\"(\"\n\"a \\\"\\\\\"\n\"\\x01\\xc3\\xa9\"\n");
    }
}
