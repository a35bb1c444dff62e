//! Fonts, pictures and sounds: that they may be passed on, that they fit, and that what is made can be made again.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Every clone carries them for ever.
const FONT_BYTES_MAX: usize = 512 * 1024;
const SOUND_BYTES_MAX: usize = 120 * 1024;
const PICTURE_BYTES_MAX: usize = 60_000;

/// The sounds, and how long each may be, in milliseconds.
const SOUNDS: [(&str, u32, u32); 10] = [
    ("card", 200, 500),
    ("crack", 150, 600),
    ("cue", 500, 1_500),
    ("die", 500, 1_000),
    ("end", 2_000, 3_000),
    ("mend", 500, 1_200),
    ("outcome", 1_000, 2_000),
    ("step", 80, 250),
    ("tile-down", 150, 400),
    ("tile-up", 150, 400),
];

const RATE: u32 = 22_050;
/// −6 dB of full scale.
const PEAK_MAX: i32 = 16_422;
/// −30 dB: below this nobody would hear it.
const PEAK_MIN: i32 = 1_036;
/// Steps of 16 bits: what is less cannot be heard as a click.
const CLICK: i32 = 64;

fn assets() -> PathBuf {
    // Asked when the test runs: checkouts that share a target folder may share this program.
    let package = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    PathBuf::from(package).parent().unwrap().join("assets")
}

/// Every file in the folder and below, by its path from `assets` with `/`.
fn files(folder: &str) -> BTreeMap<String, Vec<u8>> {
    fn gather(path: &Path, name: &str, found: &mut BTreeMap<String, Vec<u8>>) {
        for entry in path.read_dir().into_iter().flatten() {
            let entry = entry.unwrap();
            let file = entry.file_name().into_string().unwrap();
            // What a Python that ran the script may leave is ignored as elsewhere.
            if file == "__pycache__" {
                continue;
            }
            let name = if name.is_empty() { file } else { format!("{name}/{file}") };
            if entry.path().is_dir() {
                gather(&entry.path(), &name, found);
            } else {
                found.insert(name, std::fs::read(entry.path()).unwrap());
            }
        }
    }
    let mut found = BTreeMap::new();
    gather(&assets().join(folder), folder, &mut found);
    found
}

fn no_faults(faults: impl IntoIterator<Item = String>) {
    let faults: Vec<String> = faults.into_iter().collect();
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn every_work_says_whose_it_is_and_under_which_licence() {
    let all = files("");
    // A folder's page speaks for the folders in it, but that of `assets` for none of the works.
    let page = |file: &str| {
        let folders = file.match_indices('/').rev().map(|(at, _)| &file[..at]);
        folders.into_iter().find_map(|folder| all.get(&format!("{folder}/README.md")))
    };
    let licences = ["CC BY 4.0", "CC0", "Open Font License", "MIT", "Apache-2.0"];
    no_faults(all.keys().filter(|file| *file != "README.md").filter_map(|file| {
        let Some(page) = page(file) else { return Some(format!("assets/{file}: no README.md beside or above it")) };
        let page = String::from_utf8_lossy(page);
        let named = licences.iter().any(|licence| page.contains(licence));
        (!named).then(|| format!("assets/{file}: its README.md names none of the licences {licences:?}"))
    }));
}

#[test]
fn the_fonts_are_there_with_their_licence_and_small() {
    let family = "fonts/atkinson-hyperlegible-next";
    let all = files("fonts");
    for style in ["Regular", "SemiBold", "Italic"] {
        assert!(all.contains_key(&format!("{family}/AtkinsonHyperlegibleNext-{style}.ttf")), "{style} is not there");
    }
    no_faults(all.iter().filter(|(name, _)| name.ends_with(".ttf") || name.ends_with(".otf")).flat_map(
        |(name, font)| {
            let licence = name.rsplit_once('/').and_then(|(folder, _)| all.get(&format!("{folder}/OFL.txt")));
            let licence = String::from_utf8_lossy(licence.map_or(b"", Vec::as_slice));
            let whole = licence.starts_with("Copyright") && licence.contains("SIL OPEN FONT LICENSE Version 1.1");
            let outlines = font.starts_with(&[0, 1, 0, 0]) || font.starts_with(b"OTTO");
            [
                (font.len() >= FONT_BYTES_MAX).then(|| format!("assets/{name}: {} bytes", font.len())),
                (!outlines).then(|| format!("assets/{name}: is no font with outlines")),
                (!whole).then(|| format!("assets/{name}: OFL.txt beside it is not there, or not whole")),
            ]
            .into_iter()
            .flatten()
        },
    ));
}

/// What is wrong with a sound.
fn sound_faults(sound: &[u8], shortest: u32, longest: u32) -> Vec<String> {
    if sound.len() < 46 || &sound[..4] != b"RIFF" || &sound[8..16] != b"WAVEfmt " || &sound[36..40] != b"data" {
        return vec!["is no plain WAV file".into()];
    }
    let small = |at: usize| u16::from_le_bytes([sound[at], sound[at + 1]]);
    let large = |at: usize| u32::from_le_bytes([sound[at], sound[at + 1], sound[at + 2], sound[at + 3]]);
    let (form, channels, rate, bits) = (small(20), small(22), large(24), small(34));
    if (form, channels, rate, bits) != (1, 1, RATE, 16) || large(40) as usize != sound.len() - 44 {
        return vec![format!("format {form}, {channels} channels, {rate} Hz, {bits} bits, {} bytes", large(40))];
    }
    let samples: Vec<i32> =
        sound[44..].chunks_exact(2).map(|pair| i16::from_le_bytes([pair[0], pair[1]]).into()).collect();
    let peak = samples.iter().map(|sample| sample.abs()).max().unwrap_or(0);
    let ends = samples[0].abs().max(samples[samples.len() - 1].abs());
    let count = i32::try_from(samples.len()).unwrap();
    let mean = samples.iter().sum::<i32>() / count;
    let milliseconds = u32::try_from(samples.len()).unwrap() * 1_000 / RATE;
    [
        (sound.len() >= SOUND_BYTES_MAX).then(|| format!("{} bytes", sound.len())),
        (!(PEAK_MIN..=PEAK_MAX).contains(&peak)).then(|| format!("its peak is {peak}")),
        (ends > CLICK).then(|| format!("clicks: it begins or ends at {ends}")),
        (mean.abs() > 8).then(|| format!("its mean is {mean}, which is direct current")),
        (!(shortest..=longest).contains(&milliseconds)).then(|| format!("{milliseconds} ms")),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[test]
fn sounds_are_short_quiet_and_do_not_click() {
    let mut all = files("sounds");
    all.retain(|name, _| name.ends_with(".wav"));
    let names: Vec<String> = SOUNDS.iter().map(|(name, _, _)| format!("sounds/{name}.wav")).collect();
    assert_eq!(all.keys().cloned().collect::<Vec<_>>(), names);
    no_faults(SOUNDS.iter().zip(&names).flat_map(|((_, shortest, longest), name)| {
        let faults = sound_faults(&all[name], *shortest, *longest);
        faults.into_iter().map(move |fault| format!("assets/{name}: {fault}"))
    }));
}

#[test]
fn a_bad_sound_is_told() {
    let good = files("sounds")["sounds/step.wav"].clone();
    assert_eq!(sound_faults(&good, 80, 250), [""; 0]);
    let with = |at: usize, bytes: &[u8]| {
        let mut sound = good.clone();
        sound[at..at + bytes.len()].copy_from_slice(bytes);
        sound_faults(&sound, 80, 250).join(", ")
    };
    assert_eq!(with(0, b"RIFX"), "is no plain WAV file");
    assert!(with(22, &[2]).starts_with("format 1, 2 channels"));
    assert_eq!(with(44, &[0, 16]), "clicks: it begins or ends at 4096");
    assert!(with(1_000, &[0, 128]).starts_with("its peak is 32768"));
    assert!(with(1_000, &[0, 128].repeat(9)).contains("direct current"));
    assert_eq!(sound_faults(&good, 1_000, 2_000), ["130 ms"]);
    assert_eq!(sound_faults(b"RIFF", 0, 1), ["is no plain WAV file"]);
}

#[test]
fn the_sounds_are_what_their_script_makes() {
    let quiet = |command: &mut Command| command.stdin(Stdio::null()).output();
    let python = |name: &&str| quiet(Command::new(name).arg("--version")).is_ok_and(|output| output.status.success());
    let Some(python) = ["python3", "python"].into_iter().find(python) else {
        println!("There is no Python here: whether make_sounds.py makes these sounds was not checked.");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let script = assets().join("sounds/make_sounds.py");
    let made = quiet(Command::new(python).arg("-B").arg(script).arg(folder.path())).unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let again: BTreeMap<String, Vec<u8>> = folder
        .path()
        .read_dir()
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (format!("sounds/{}", path.file_name().unwrap().to_str().unwrap()), std::fs::read(&path).unwrap()))
        .collect();
    let mut kept = files("sounds");
    kept.retain(|name, _| name.ends_with(".wav"));
    assert_eq!(again.keys().collect::<Vec<_>>(), kept.keys().collect::<Vec<_>>());
    no_faults(
        kept.iter().filter(|(name, sound)| again[*name] != **sound).map(|(name, _)| {
            format!("assets/{name}: is not what make_sounds.py makes. Change the script, then run it.")
        }),
    );
}

/// What is wrong with a picture.
fn picture_faults(picture: &str) -> Vec<String> {
    let mut faults = Vec::new();
    if picture.len() >= PICTURE_BYTES_MAX {
        faults.push(format!("{} bytes, {PICTURE_BYTES_MAX} or more", picture.len()));
    }
    let root = picture.find("<svg").and_then(|at| picture[at..].split('>').next());
    if !root.is_some_and(|root| root.contains("viewBox=")) {
        faults.push("its <svg> has no viewBox, so it cannot be drawn at another size".into());
    }
    // Letters look different wherever another font is found; the others run, or bring in what is elsewhere.
    for tag in ["text", "tspan", "image", "script", "foreignObject", "!ENTITY"] {
        let tag = format!("<{tag}");
        let mut opened = picture.split(&tag).skip(1);
        if opened.any(|rest| !rest.starts_with(|next: char| next.is_alphanumeric())) {
            faults.push(format!("has a {tag}>"));
        }
    }
    let quoted = |rest: &str| rest.trim_start().strip_prefix('=').map(|value| value.trim_start()[1..].to_owned());
    let links = picture.split("href").skip(1).filter_map(quoted);
    let paints = picture.split("url(").skip(1).map(|rest| rest.trim_start_matches(['"', '\'', ' ']).to_owned());
    for link in links.chain(paints).filter(|link| !link.starts_with('#')) {
        let shown: String = link.chars().take_while(|c| !"\"')".contains(*c)).take(60).collect();
        faults.push(format!("refers to `{shown}`, which is not in it"));
    }
    if picture.contains("@import") {
        faults.push("has an @import".into());
    }
    faults
}

#[test]
fn every_picture_is_small_and_whole_in_itself() {
    no_faults(files("pictures").iter().filter(|(name, _)| name.ends_with(".svg")).flat_map(|(name, picture)| {
        let faults = match str::from_utf8(picture) {
            Ok(picture) => picture_faults(picture),
            Err(error) => vec![error.to_string()],
        };
        faults.into_iter().map(move |fault| format!("assets/{name}: {fault}"))
    }));
}

#[test]
fn a_bad_picture_is_told() {
    let svg = |inside: &str| picture_faults(&format!(r#"<svg viewBox="0 0 1 1">{inside}</svg>"#)).join(", ");
    assert_eq!(svg(r##"<g fill="url(#a)"><use href="#b"/><use xlink:href = '#b'/></g><textPath/>"##), "");
    assert_eq!(svg("<text>a</text>"), "has a <text>");
    assert_eq!(svg(r#"<use href="other.svg#b"/>"#), "refers to `other.svg#b`, which is not in it");
    assert_eq!(svg("<g fill=\"url('https://a/b')\"/>"), "refers to `https://a/b`, which is not in it");
    assert_eq!(svg("<script>"), "has a <script>");
    assert!(svg(&" ".repeat(PICTURE_BYTES_MAX)).ends_with("bytes, 60000 or more"));
    let plain = picture_faults(r#"<svg><g viewBox="0 0 1 1"/></svg>"#).join("");
    assert!(plain.starts_with("its <svg> has no viewBox"));
}
