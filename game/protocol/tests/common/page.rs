//! `docs/protocol.md` as a program reads it: its tables of types, and its examples.

use super::shape::{Field, Shape, Shapes, Variant};

/// The page.
pub fn page() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/protocol.md");
    std::fs::read_to_string(path).expect("the page is there")
}

/// What stands between backticks.
fn codes(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('`').skip(1).step_by(2)
}

fn field(code: &str) -> Field {
    // A pair of the same types is two of them in a row.
    let plain = |text: &str| text.replace("(u8, u8)", "u8[2]");
    match code.split_once(": ") {
        Some((name, of)) => (Some(name.to_owned()), plain(of)),
        None => (None, plain(code)),
    }
}

/// The types that the page's tables tell of.
pub fn shapes(page: &str) -> Shapes {
    let mut shapes = Shapes::new();
    let (mut heading, mut head) = (String::new(), Vec::new());
    for line in page.lines() {
        if line.starts_with('#') {
            heading = codes(line).next().unwrap_or_default().to_owned();
        }
        let Some(row) = line.strip_prefix('|') else {
            head.clear();
            continue;
        };
        let cells: Vec<&str> = row.trim_end_matches('|').split('|').map(str::trim).collect();
        if head.is_empty() {
            head = cells;
            continue;
        }
        if cells[0].starts_with("---") {
            continue;
        }
        let first = codes(cells[0]).next().unwrap_or_default().to_owned();
        match head[..2] {
            ["n", "variant"] => {
                let of = shapes.entry(heading.clone()).or_insert(Shape::Enum(Vec::new()));
                let Shape::Enum(variants) = of else { panic!("{heading} has two tables") };
                assert_eq!(cells[0], variants.len().to_string(), "{heading}");
                let name = codes(cells[1]).next().expect("a name").to_owned();
                variants.push(Variant { name, fields: codes(cells[2]).map(field).collect() });
            }
            ["field", "type"] => {
                let of = shapes.entry(heading.clone()).or_insert(Shape::Struct(Vec::new()));
                let Shape::Struct(fields) = of else { panic!("{heading} has two tables") };
                let (_, of) = field(codes(cells[1]).next().expect("a type"));
                fields.push((Some(first), of));
            }
            ["type", "is"] => {
                shapes.insert(first, Shape::Struct(codes(cells[1]).map(field).collect()));
            }
            ["type", "variants"] => {
                let variants = cells[1].split(", ").enumerate().map(|(n, variant)| {
                    let (number, name) = variant.split_once(' ').expect("a number and a name");
                    assert_eq!(number, n.to_string(), "{first}");
                    Variant { name: codes(name).next().expect("a name").to_owned(), fields: Vec::new() }
                });
                let variants = variants.collect();
                shapes.insert(first, Shape::Enum(variants));
            }
            _ => {}
        }
    }
    shapes
}

/// An example in hexadecimal digits.
#[derive(Debug)]
pub struct Example {
    /// The heading that it stands under.
    pub title: String,
    /// What it is: `FromClient`, `FromTable`, or something else.
    pub kind: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// The page's examples, in order.
pub fn examples(page: &str) -> Vec<Example> {
    let mut examples: Vec<Example> = Vec::new();
    let (mut title, mut inside) = (String::new(), false);
    for line in page.lines() {
        if let Some(kind) = line.strip_prefix("```hex ") {
            examples.push(Example { title: title.clone(), kind: kind.to_owned(), bytes: Vec::new() });
            inside = true;
        } else if line.starts_with("```") {
            inside = false;
        } else if inside {
            // The bytes end where two blanks or more begin what is said of them.
            let digits: String = line.split("  ").next().unwrap_or_default().split(' ').collect();
            let bytes = &mut examples.last_mut().expect("its fence came first").bytes;
            bytes.extend(from_hex(&digits));
        } else if line.starts_with('#') {
            title = line.trim_start_matches('#').trim().to_owned();
        }
    }
    examples
}

/// Bytes from hexadecimal digits.
pub fn from_hex(digits: &str) -> Vec<u8> {
    assert!(digits.len().is_multiple_of(2), "{digits}");
    (0..digits.len()).step_by(2).map(|at| u8::from_str_radix(&digits[at..at + 2], 16).expect("two digits")).collect()
}

/// Hexadecimal digits of bytes.
pub fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
