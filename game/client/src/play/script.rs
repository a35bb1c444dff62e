//! Scripts: one command a line, seat first.

use std::path::Path;

use instep_protocol::Answer;
use instep_words::say;

use super::session::Session;
use super::{refused, words};
use crate::out;
use crate::problem::Problem;

/// Scripts are small: a game of a thousand turns is 100 KB.
const BYTES_MAX: u64 = 8 << 20;

/// Reads a script; its lines are looked at as they are played.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Problem> {
    let failed = |why: String| Problem::Call(format!("The script {} {why}", path.display()));
    let unread = |e: std::io::Error| failed(format!("can't be read ({e}): check its name."));
    let size = std::fs::metadata(path).map_err(unread)?.len();
    if size > BYTES_MAX {
        return Err(failed(format!("has {size} bytes, and a script has at most {BYTES_MAX}: check its name.")));
    }
    std::fs::read(path).map_err(unread)
}

/// Plays a script to its end, or to the first line that is refused. What was played before it stays.
pub(crate) fn play(session: &mut Session, script: &[u8]) -> Result<(), Problem> {
    for line in &session.greeting {
        out::line(line)?;
    }
    let script = script.strip_prefix("\u{feff}".as_bytes()).unwrap_or(script);
    let mut shown = session.mirror().game().log().len();
    for (n, line) in script.split(|byte| *byte == b'\n').enumerate() {
        let wrong = |why: String| Problem::Wrong(format!("Line {}: {why}", n + 1));
        let line = std::str::from_utf8(line)
            .map_err(|_| wrong("this is not UTF-8 text: save the script as UTF-8.".to_owned()))?;
        let line = words::without_comment(line);
        if line.is_empty() {
            continue;
        }
        let (by, ask) = words::parse(session.packs(), line).map_err(wrong)?;
        let answer = session.ask(by, ask).map_err(|trouble| trouble.and(&format!("Line {} was not kept.", n + 1)))?;
        shown = session.tell(shown)?;
        if let Answer::Denied(denied) = answer {
            return Err(wrong(refused::denied(&session.view(), denied)));
        }
    }
    for line in say::ending(&session.view()) {
        out::line(line)?;
    }
    Ok(())
}
