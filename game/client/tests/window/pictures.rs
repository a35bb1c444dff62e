//! Pictures of every screen, beside those that were looked at and approved.
//!
//! `INSTEP_APPROVE=1` writes them anew: look at each before it is committed.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use image::imageops::FilterType;
use image::{DynamicImage, RgbImage};

use crate::support::{folder, instep};

/// Approved pictures are small: they are for what is out of place, not for a pixel.
const SIZE: (u32, u32) = (240, 135);

/// The pictures that are compared: one of each kind. Every clone carries them for ever.
const COMPARED: [&str; 14] = [
    "home",
    "set-up",
    "how-to-play-1",
    "settings",
    "opening-tile",
    "walk",
    "talk-short-card",
    "reading-view",
    "place",
    "cracked",
    "room-stones",
    "close",
    "join",
    "lobby",
];

/// A channel that differs by so much differs: letters are drawn a little otherwise by every driver.
const NOTICEABLE: i32 = 40;

/// So many of a thousand pixels may differ noticeably.
const PER_MILLE: usize = 20;

fn approved() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/window/approved")
}

fn small(picture: &DynamicImage) -> RgbImage {
    picture.resize_exact(SIZE.0, SIZE.1, FilterType::Triangle).to_rgb8()
}

/// How many of a thousand pixels differ noticeably.
fn difference(one: &RgbImage, other: &RgbImage) -> usize {
    let differs = |(a, b): (&image::Rgb<u8>, &image::Rgb<u8>)| {
        a.0.iter().zip(b.0).any(|(a, b)| (i32::from(*a) - i32::from(b)).abs() > NOTICEABLE)
    };
    one.pixels().zip(other.pixels()).filter(|pair| differs(*pair)).count() * 1000 / (one.pixels().len().max(1))
}

#[test]
fn every_screen_looks_as_it_was_approved() {
    let (data, pictures) = (folder(), folder());
    let out = instep(data.path())
        .arg("screens")
        .arg(pictures.path())
        .args(["--size", "1280x720"])
        .stderr(Stdio::piped())
        .output()
        .unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let mut names: Vec<String> = std::fs::read_dir(pictures.path())
        .unwrap()
        .filter_map(|entry| entry.unwrap().file_name().into_string().ok())
        .filter(|name| name.ends_with(".png"))
        .collect();
    names.sort();
    assert!(names.len() >= 30, "{names:?}");
    // `07-name.png`
    names.retain(|name| COMPARED.iter().any(|compared| name.get(3..) == Some(&format!("{compared}.png"))));
    assert_eq!(names.len(), COMPARED.len(), "{names:?}");
    let approve = std::env::var_os("INSTEP_APPROVE").is_some();
    let mut faults = Vec::new();
    for name in &names {
        let now = small(&image::open(pictures.path().join(name)).unwrap());
        let path = approved().join(name);
        if approve {
            std::fs::create_dir_all(approved()).unwrap();
            now.save(&path).unwrap();
            continue;
        }
        match image::open(&path) {
            Ok(before) => {
                let differs = difference(&before.to_rgb8(), &now);
                if differs > PER_MILLE {
                    faults.push(format!("{name}: {differs} of 1,000 pixels differ"));
                }
            }
            Err(_) => faults.push(format!("{name} was not approved yet")),
        }
    }
    for entry in std::fs::read_dir(approved()).unwrap().flatten() {
        let name = entry.file_name().into_string().unwrap();
        if !names.contains(&name) {
            faults.push(format!("{name} is approved and is no screen any more"));
        }
    }
    assert!(faults.is_empty(), "look at them, and approve them with INSTEP_APPROVE=1:\n{}", faults.join("\n"));
}

#[test]
fn a_picture_that_differs_is_noticed_and_a_shade_is_not() {
    let plain = RgbImage::from_pixel(SIZE.0, SIZE.1, image::Rgb([200, 200, 200]));
    let shade = RgbImage::from_pixel(SIZE.0, SIZE.1, image::Rgb([205, 198, 200]));
    let mut moved = plain.clone();
    for x in 20..60 {
        for y in 20..60 {
            moved.put_pixel(x, y, image::Rgb([20, 20, 20]));
        }
    }
    assert_eq!(difference(&plain, &shade), 0);
    assert!(difference(&plain, &moved) > PER_MILLE);
}
