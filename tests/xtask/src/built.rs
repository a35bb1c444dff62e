//! Building programs, and asking cargo where it put them.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::Fault;

/// Runs a `cargo build`, which tells the person what it does, and gives back the programs that it built or found built.
///
/// Cargo is asked, because its configuration and its environment may put them in many places.
pub(crate) fn build(cargo: &mut Command) -> Result<Vec<PathBuf>, Fault> {
    // After the first argument, `build`, this may stand anywhere.
    let cargo = cargo.arg("--message-format=json-render-diagnostics").stdin(Stdio::null()).stderr(Stdio::inherit());
    let output = cargo.output().map_err(no_cargo)?;
    if !output.status.success() {
        return Err(Fault::Wrong("Instep does not build; the compiler says why above.".into()));
    }
    Ok(String::from_utf8_lossy(&output.stdout).lines().filter_map(executable).collect())
}

/// The program of that name among those that were built.
pub(crate) fn named<'a>(programs: &'a [PathBuf], name: &str) -> Result<&'a Path, Fault> {
    let is = |program: &&PathBuf| program.file_stem().is_some_and(|stem| stem == name);
    let missing = || Fault::Machine(format!("cargo built no program `{name}`, or did not say where it is."));
    programs.iter().find(is).map(PathBuf::as_path).ok_or_else(missing)
}

pub(crate) fn no_cargo(error: std::io::Error) -> Fault {
    Fault::Machine(format!("cargo cannot be started: {error}."))
}

/// What one of cargo's messages, a JSON object in a line, says of a program; `None` if it is of something else.
fn executable(message: &str) -> Option<PathBuf> {
    let (_, rest) = message.split_once(r#""executable":""#)?;
    let mut path = String::new();
    let mut letters = rest.chars();
    loop {
        match letters.next()? {
            '"' => return Some(path.into()),
            // In a path only quotes and Windows' backslashes are escaped; a control character in one is no path of ours.
            '\\' => path.push(letters.next().filter(|letter| matches!(letter, '"' | '\\'))?),
            letter => path.push(letter),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_are_found_in_cargos_messages() {
        let message = |executable: &str| {
            format!(
                r#"{{"reason":"compiler-artifact","target":{{"name":"instep"}},"executable":{executable},"fresh":true}}"#
            )
        };
        assert_eq!(executable(&message(r#""/t/debug/instep""#)), Some("/t/debug/instep".into()));
        assert_eq!(executable(&message(r#""C:\\t \"x\"\\instep.exe""#)), Some(r#"C:\t "x"\instep.exe"#.into()));
        assert_eq!(executable(&message("null")), None);
        assert_eq!(executable(r#"{"reason":"build-finished","success":true}"#), None);
        assert_eq!(executable(r#"{"executable":"cut"#), None);
    }

    #[test]
    fn a_program_is_told_by_its_whole_name() {
        let programs = ["/t/instep-pack", "/t/instep"].map(PathBuf::from);
        assert_eq!(named(&programs, "instep").unwrap(), Path::new("/t/instep"));
        assert_eq!(named(&programs, "instep-server").unwrap_err().exit_code(), 3);
    }
}
