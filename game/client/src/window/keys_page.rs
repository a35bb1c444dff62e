//! The list of keys as a page that can be printed and read by a screen reader.

use std::path::Path;
use std::process::{Command, Stdio};

use instep_ui::{Deed, Keys};
use instep_words::Language;

/// Keys that are nobody's to change, and what they do.
const FIXED: [(&str, &str); 5] = [
    ("ui-key-tab", "ui-key-tab-does"),
    ("ui-key-arrows", "ui-key-arrows-does"),
    ("ui-key-enter", "ui-key-enter-does"),
    ("ui-key-escape", "ui-key-escape-does"),
    ("ui-key-numbers", "ui-key-numbers-does"),
];

/// The page.
pub(super) fn html(language: &Language, keys: &Keys) -> String {
    let say = |id| escape(&language.text(id));
    let mut rows = String::new();
    for (key, does) in FIXED {
        rows += &format!("<tr><th scope=\"row\"><kbd>{}</kbd></th><td>{}</td></tr>\n", say(key), say(does));
    }
    for deed in Deed::ALL {
        let key = match keys.of(deed) {
            Some(press) => format!("<kbd>{}</kbd>", escape(&press.name())),
            None => say("ui-key-none"),
        };
        rows += &format!("<tr><th scope=\"row\">{key}</th><td>{}</td></tr>\n", say(deed.id()));
    }
    let title = say("ui-keys-title");
    format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>Instep: {title}</title>\n\
         <style>\nbody {{ font: 1.1rem/1.5 sans-serif; max-width: 40rem; margin: 2rem auto; padding: 0 1rem; \
         color: #22201c; background: #fff; }}\ntable {{ border-collapse: collapse; width: 100%; }}\n\
         th, td {{ text-align: left; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid #777; }}\n\
         kbd {{ font: inherit; font-weight: bold; }}\n</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n\
         <table>\n<thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th></tr></thead>\n<tbody>\n{rows}</tbody>\n\
         </table>\n</main>\n</body>\n</html>\n",
        escape(language.tag()),
        say("ui-key"),
        say("ui-key-does"),
    )
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // Marks around what Fluent put in, which tell text directions apart and may show as boxes in print.
            '\u{2066}'..='\u{2069}' => {}
            letter => out.push(letter),
        }
    }
    out
}

/// Opens a file with whatever this computer opens it with. Whether something was there to do so.
pub(super) fn open(path: &Path) -> bool {
    let mut command = if cfg!(target_os = "macos") {
        Command::new("open")
    } else if cfg!(windows) {
        Command::new("explorer.exe")
    } else {
        Command::new("xdg-open")
    };
    command.arg(path).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let Ok(mut child) = command.spawn() else { return false };
    // It is waited for, so that nothing of it is left behind.
    let _ = std::thread::Builder::new().name("opener".into()).spawn(move || child.wait());
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_on_the_page_and_nothing_is_markup() {
        let mut keys = Keys::default();
        keys.set(Deed::Roll, None);
        let page = html(&Language::english(), &keys);
        assert_eq!(page.matches("<tr>").count(), 1 + FIXED.len() + Deed::ALL.len());
        assert!(page.contains("<kbd>Ctrl Z</kbd>"), "{page}");
        assert!(page.contains("lang=\"en-GB\""));
        assert_eq!(escape("<b> & \"x\""), "&lt;b&gt; &amp; &quot;x&quot;");
    }
}
