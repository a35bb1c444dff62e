//! Colours, by computation: contrast in both themes, and the four perspectives for every kind of sight.

use egui::Color32;
use instep_content::Library;
use instep_content::schema::PerspectiveText;
use instep_ui::theme::{DARK, LIGHT, Palette, Tones, contrast, hex, linear, luminance, mix, selected, tones};

/// What WCAG 2.2 AA asks of text, and of shapes, edges and controls.
const TEXT: f32 = 4.5;
const SHAPE: f32 = 3.0;

/// Between two theme colours that carry meaning by their lightness.
const APART: f32 = 2.0;

const THEMES: [(&str, &Palette); 2] = [("light", &LIGHT), ("dark", &DARK)];

/// The perspectives of every pack that comes with the game.
fn perspectives() -> Vec<(String, Vec<PerspectiveText>)> {
    let library = Library::default();
    ["path-to-personalisation", "later-life"]
        .map(|id| {
            let packs = library.load(&[id]).unwrap();
            (id.to_owned(), packs.perspectives().to_vec())
        })
        .to_vec()
}

/// Every pair of `on` and `under` that is drawn, as text.
fn texts(p: &Palette) -> Vec<(&'static str, Color32, Color32)> {
    let pale = mix(p.stone, Color32::BLACK, 0.05);
    let mut pairs = vec![
        ("ink on ground", p.ink, p.ground),
        ("ink on a panel", p.ink, p.panel),
        ("ink on a card", p.ink, p.card),
        ("ink on a button", p.ink, p.button),
        ("soft ink on ground", p.soft_ink, p.ground),
        ("soft ink on a panel", p.soft_ink, p.panel),
        ("soft ink on a card", p.soft_ink, p.card),
        ("a letter on an empty place", p.soft_ink, pale),
        ("the name of a stone for another day", p.soft_ink, mix(p.path, p.card, 0.7)),
        ("bar ink on the bar", p.bar_ink, p.bar),
        ("the pack's name on the bar", mix(p.bar_ink, p.bar, 0.15), p.bar),
        ("bar ink on a button of the bar", p.bar_ink, p.bar_button),
        ("what to do, on the bar", p.glow, p.bar),
        ("ink of the main button", p.main_ink, p.main),
        ("a notice", p.care_ink, p.care),
        ("a refusal on ground", p.care_ink, p.ground),
        ("what is selected in a field", p.ink, selected(p)),
    ];
    // The key beside a button's words, and the button under the pointer and pressed.
    for (name, ink, fill) in [
        ("a button's key", p.ink, p.button),
        ("a bar button's key", p.bar_ink, p.bar_button),
        ("the main button's key", p.main_ink, p.main),
    ] {
        let lighter = mix(fill, if p.dark { Color32::WHITE } else { Color32::BLACK }, 0.09);
        pairs.extend([
            (name, mix(ink, fill, 0.2), fill),
            (name, ink, lighter),
            (name, ink, mix(fill, Color32::BLACK, 0.16)),
        ]);
    }
    pairs
}

/// Every pair that is told apart as a shape, an edge or a control. Buttons of the bar are known by their words.
fn shapes(p: &Palette) -> Vec<(&'static str, Color32, Color32)> {
    vec![
        ("an edge on ground", p.line, p.ground),
        ("an edge on a panel", p.line, p.panel),
        ("an edge on a card", p.line, p.card),
        ("the main button on ground", p.main, p.ground),
        ("the main button on a card", p.main, p.card),
        ("a stone's edge on the path", p.stone_edge, p.path),
        ("a stone's edge on the stone", p.stone_edge, p.stone),
        ("the ring of a met stone on the stone", p.met, p.stone),
        ("the star in its ring", p.glow_ink, p.glow),
        ("the glow on its dark edge", p.glow, LIGHT.ink),
    ]
}

#[test]
fn all_text_has_contrast() {
    let mut faults = Vec::new();
    for (theme, p) in THEMES {
        for (what, on, under) in texts(p) {
            let found = contrast(on, under);
            if found < TEXT {
                faults.push(format!("{theme}: {what}: {found:.2}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn shapes_and_controls_have_contrast() {
    let mut faults = Vec::new();
    for (theme, p) in THEMES {
        for (what, on, under) in shapes(p) {
            let found = contrast(on, under);
            if found < SHAPE {
                faults.push(format!("{theme}: {what}: {found:.2}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The ring around what has focus is two rings: one of them stands out wherever it lies, and they from each other.
#[test]
fn focus_is_seen_on_every_ground() {
    for (theme, p) in THEMES {
        let other = if p.dark { Color32::BLACK } else { Color32::WHITE };
        assert!(contrast(p.focus, other) >= SHAPE, "{theme}");
        for ground in [p.ground, p.panel, p.card, p.bar, p.button, p.bar_button, p.main, p.stone, p.path, p.care] {
            let found = contrast(p.focus, ground).max(contrast(other, ground));
            assert!(found >= SHAPE, "{theme}: on {ground:?}: {found:.2}");
        }
    }
}

#[test]
fn every_perspective_is_read_and_seen_in_both_themes() {
    let mut faults = Vec::new();
    for (pack, all) in perspectives() {
        for about in &all {
            for (theme, p) in THEMES {
                let Tones { colour, ink, soft, edge } = tones(about, p);
                assert_eq!(Some(colour), hex(&about.colour), "one learns a colour once");
                let asked = [
                    ("ink on its colour", ink, colour, TEXT),
                    ("text on its soft ground", p.ink, soft, TEXT),
                    ("its edge on its soft ground", edge, soft, SHAPE),
                    ("its edge on a card", edge, p.card, SHAPE),
                    ("its edge on ground", edge, p.ground, SHAPE),
                ];
                for (what, on, under, least) in asked {
                    let found = contrast(on, under);
                    if found < least {
                        faults.push(format!("{pack}, {}, {theme}: {what}: {found:.2}", about.id));
                    }
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

type Matrix = [[f32; 3]; 3];

/// How people see: as most do, and without one kind of cone (Machado, Oliveira and Fernandes 2009, severity 1.0).
const SIGHTS: [(&str, Matrix); 4] = [
    ("normal sight", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    (
        "protanopia",
        [[0.152_286, 1.052_583, -0.204_868], [0.114_503, 0.786_281, 0.099_216], [-0.003_882, -0.048_116, 1.051_998]],
    ),
    (
        "deuteranopia",
        [[0.367_322, 0.860_646, -0.227_968], [0.280_085, 0.672_501, 0.047_413], [-0.011_820, 0.042_940, 0.968_881]],
    ),
    (
        "tritanopia",
        [[1.255_528, -0.076_749, -0.178_779], [-0.078_411, 0.930_809, 0.147_602], [0.004_733, 0.691_367, 0.303_900]],
    ),
];

/// CIE-Lab (D65) of a colour as somebody sees it.
fn lab(colour: Color32, sight: &Matrix) -> [f32; 3] {
    let times = |m: &Matrix, v: [f32; 3]| m.map(|row| row.iter().zip(v).map(|(a, b)| a * b).sum::<f32>());
    let light = times(sight, [colour.r(), colour.g(), colour.b()].map(linear)).map(|c| c.clamp(0.0, 1.0));
    let to_xyz: Matrix =
        [[0.412_456, 0.357_576, 0.180_438], [0.212_673, 0.715_152, 0.072_175], [0.019_334, 0.119_192, 0.950_304]];
    let [x, y, z] = times(&to_xyz, light);
    let f = |t: f32| if t > 0.008_856 { t.cbrt() } else { 7.787 * t + 16.0 / 116.0 };
    let (x, y, z) = (f(x / 0.950_47), f(y), f(z / 1.088_83));
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

fn apart(a: Color32, b: Color32, sight: &Matrix) -> f32 {
    let (a, b) = (lab(a, sight), lab(b, sight));
    a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum::<f32>().sqrt()
}

#[test]
fn the_perspectives_are_told_apart_by_every_kind_of_sight() {
    for (pack, all) in perspectives() {
        let colours: Vec<Color32> = all.iter().map(|about| hex(&about.colour).unwrap()).collect();
        for (sight, matrix) in &SIGHTS {
            for n in 0..colours.len() {
                for other in n + 1..colours.len() {
                    let found = apart(colours[n], colours[other], matrix);
                    assert!(found >= 20.0, "{pack}, {sight}: {} and {}: {found:.1}", all[n].id, all[other].id);
                }
            }
        }
    }
}

/// Colour is never the only sign: whoever sees none has shape, pattern, letter and name.
#[test]
fn no_two_perspectives_share_a_sign() {
    for (pack, all) in perspectives() {
        for n in 0..all.len() {
            for other in &all[n + 1..] {
                let one = &all[n];
                let differ = [
                    one.shape != other.shape,
                    one.pattern != other.pattern,
                    one.letter != other.letter,
                    one.name != other.name,
                    one.shoes != other.shoes,
                ];
                assert_eq!(differ, [true; 5], "{pack}: {} and {}", one.id, other.id);
            }
        }
    }
}

/// The matrices keep grey grey, as those of the paper do: a digit that was written wrongly would be found here.
#[test]
fn greys_look_the_same_to_everyone() {
    for (sight, matrix) in &SIGHTS {
        for row in matrix {
            assert!((row.iter().sum::<f32>() - 1.0).abs() < 1e-3, "{sight}");
        }
    }
    assert!((lab(Color32::WHITE, &SIGHTS[0].1)[0] - 100.0).abs() < 0.1);
}

/// A stone that is met and one that may be chosen are not mistaken for each other, in grey either.
///
/// By lightness, which is tested here; and by shape: what may be chosen has a ring of twelve dashes *outside* the stone,
/// each with an edge, that turns; what is met has a whole ring that is the stone's own edge, and stands still, and a
/// star and a bold name besides.
#[test]
fn met_and_glow_differ_in_grey() {
    for (theme, p) in THEMES {
        let found = contrast(p.met, p.glow);
        assert!(found >= APART, "{theme}: {found:.2}: {:.3} and {:.3}", luminance(p.met), luminance(p.glow));
    }
}
