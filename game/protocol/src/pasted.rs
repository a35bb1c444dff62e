//! What somebody pastes or types to come to a table: an invite, alone or somewhere in a mail; a server's address and a
//! code that was read out; a server alone.
//!
//! Mail and chat break lines, quote them, and put blanks and signs that nobody sees into long words. An invite says by
//! its own form where it ends, so it is found in whatever stands around it.

use crate::{Address, Invite, InviteFault, ServerName};

/// So many letters have the secret and the fingerprint of an invite: ten and thirty-two bytes, five bits a letter.
const SECRET: usize = 16;
const FINGERPRINT: usize = 52;

/// A code that is read out has so many letters, in two halves.
const CODE: usize = 6;

/// No invite is longer, with all the blanks and signs that mail put into it.
const INVITE_MAX: usize = 1_500;

/// No mail that is pasted whole is longer.
pub const PASTED_MAX: usize = 20_000;

/// What was found in what somebody pasted or typed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Pasted {
    /// Nothing but blanks.
    Nothing,
    /// An invite, or an address and a code.
    Invite(Invite),
    /// A code of a server with a certificate of its own.
    CodeAt(ServerName, String),
    /// A server, and no table of it.
    Server(ServerName),
    /// A code, and no server.
    OnlyCode,
    /// Something that was meant to be one of these.
    Fault(InviteFault),
}

/// Finds what somebody means.
#[must_use]
pub fn pasted(text: &str) -> Pasted {
    let text = plain(text);
    if text.trim().is_empty() {
        return Pasted::Nothing;
    }
    // Whoever has half an invite is told so, and not led to the next address in their mail.
    match whole(&text).or_else(|| code_with_fingerprint(&text)).or_else(|| code(&text)) {
        Some(found) => found.unwrap_or_else(Pasted::Fault),
        None => alone(&text),
    }
}

/// Without what mail put in, and nobody sees or means.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len().min(PASTED_MAX));
    let mut begins = true;
    let mut chars = text.chars().take(PASTED_MAX).peekable();
    while let Some(c) = chars.next() {
        match c {
            '\n' | '\r' => {
                begins = true;
                plain.push('\n');
            }
            // The marks of what is quoted stand before a line.
            '>' | '|' | ' ' | '\t' if begins => plain.push(' '),
            // A line that mail broke in its own way.
            '=' if matches!(chars.peek(), Some('\n' | '\r')) => {}
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => {}
            // Office programs make other lines of a hyphen.
            '\u{2010}'..='\u{2015}' | '\u{2212}' => plain.push('-'),
            c => {
                begins = false;
                plain.push(c);
            }
        }
    }
    plain
}

type Found = Option<Result<Pasted, InviteFault>>;

/// An invite, wherever it stands. The first that is whole counts.
fn whole(text: &str) -> Found {
    let lower = text.to_ascii_lowercase();
    let mut fault = None;
    for (at, scheme) in lower.match_indices("instep://") {
        let from = at + scheme.len();
        match text.get(from..text.floor_char_boundary(from + INVITE_MAX)).map(after_scheme) {
            Some(Ok(invite)) => return Some(Ok(Pasted::Invite(invite))),
            Some(Err(why)) => drop(fault.get_or_insert(why)),
            None => {}
        }
    }
    fault.map(Err)
}

fn after_scheme(rest: &str) -> Result<Invite, InviteFault> {
    let mut invite = "INSTEP://".to_owned();
    let (addresses, rest) = rest.split_once('/').ok_or(InviteFault::Address)?;
    invite.extend(addresses.chars().filter(|c| !c.is_whitespace()));
    let (table, rest) = rest.split_once('-').ok_or(InviteFault::Key)?;
    let (secret, rest) = letters(rest, SECRET);
    invite += "/";
    invite.extend(table.chars().filter(|c| !c.is_whitespace()));
    invite += "-";
    invite += &secret;
    if let Some(rest) = rest.trim_start().strip_prefix('/') {
        let (fingerprint, _) = letters(rest, FINGERPRINT);
        // A stroke at the end of an invite without one is only that.
        if fingerprint.len() == FINGERPRINT || rest.starts_with(letter) {
            invite += "/";
            invite += &fingerprint;
        }
    }
    invite.parse()
}

/// A letter of the fingerprint or the secret.
fn letter(c: char) -> bool {
    c.is_ascii_alphanumeric() && !c.eq_ignore_ascii_case(&'u')
}

/// At most so many letters, over any blanks, and what follows them.
fn letters(text: &str, most: usize) -> (String, &str) {
    let mut found = String::new();
    for (at, c) in text.char_indices() {
        if found.len() == most || !(letter(c) || c.is_whitespace()) {
            return (found, &text[at..]);
        }
        found.extend(letter(c).then_some(c));
    }
    (found, "")
}

/// `ADDRESS#FINGERPRINT/CODE`.
fn code_with_fingerprint(text: &str) -> Found {
    text.match_indices('#').find_map(|(at, _)| {
        let from = text.floor_char_boundary(at.saturating_sub(300));
        let address = text[from..at].split_whitespace().next_back()?.trim_start_matches(opening);
        address.parse::<Address>().ok()?;
        let to = text.floor_char_boundary(at + INVITE_MAX);
        let (fingerprint, code) = text[at + 1..to].split_once('/')?;
        Some(match (format!("{address}#{fingerprint}").parse(), code_at(code)) {
            (Ok(server), Some(code)) => Ok(Pasted::CodeAt(server, code)),
            (Err(why), _) => Err(why),
            (Ok(_), None) => Err(InviteFault::Form),
        })
    })
}

/// `ADDRESS/CODE`, alone or in a sentence.
fn code(text: &str) -> Found {
    if let (1, Some((address, code))) = (text.matches('/').count(), text.split_once('/'))
        && let Some(code) = code_at(code)
        && let (Some(address), None) = words(address.trim_start_matches(opening))
    {
        let invite = |address| Pasted::Invite(Invite::Code { address, code });
        return Some(address.parse::<Address>().map(invite));
    }
    let found = text.match_indices('/').filter_map(|(at, _)| {
        // No address is longer than this.
        let from = text.floor_char_boundary(at.saturating_sub(300));
        let address = text[from..at].split_whitespace().next_back()?.trim_start_matches(opening);
        // In a sentence "and/or" is no address, and "24.12" is a day.
        let address = address.rsplit('/').next().filter(|address| address.contains(['.', ':']))?;
        let address: Address = address.parse().ok().filter(is_likely)?;
        let code = code_at(&text[at + 1..])?;
        Some(Invite::Code { address, code })
    });
    // A page in the web has a name, and a code is drawn from letters and digits: it seldom has none of these.
    let found: Vec<Invite> = found.collect();
    let drawn = |invite: &&Invite| matches!(invite, Invite::Code { code, .. } if code.contains(|c: char| c.is_ascii_digit() || c == '-'));
    let best = found.iter().find(drawn).or_else(|| found.first())?;
    Some(Ok(Pasted::Invite(best.clone())))
}

/// Whether it is a name with letters, or a whole number of a computer.
fn is_likely(address: &Address) -> bool {
    address.host.parse::<std::net::IpAddr>().is_ok() || address.host.contains(|c: char| c.is_ascii_alphabetic())
}

/// The first word and the second, if there are any.
fn words(text: &str) -> (Option<&str>, Option<&str>) {
    let mut words = text.split_whitespace();
    (words.next(), words.next())
}

/// What may stand before an address.
fn opening(c: char) -> bool {
    matches!(c, '(' | '<' | '"' | '\'' | '\u{201c}' | '\u{2018}' | '\u{ab}' | ',' | ';')
}

/// The code that a text begins with: six letters, with one sign or blank in their middle at most, and nothing after it
/// that goes on, as the path of a page in the web does.
fn code_at(text: &str) -> Option<String> {
    let mut code = String::new();
    let mut count = 0;
    let mut chars = text.trim_start().chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            c if (c.is_alphanumeric() || "/?#-_=&%".contains(c)) && count == CODE => return None,
            '.' if count == CODE && chars.peek().is_some_and(|next| next.is_alphanumeric()) => return None,
            c if c.is_ascii_alphanumeric() => {
                count += 1;
                code.push(c);
            }
            _ if count == CODE => break,
            '-' if count == CODE / 2 && !code.ends_with('-') => code.push(c),
            c if count == CODE / 2 && c.is_whitespace() => {}
            _ => return None,
        }
    }
    (count == CODE).then_some(code)
}

/// A server, or half of what is needed.
fn alone(text: &str) -> Pasted {
    let sentence = words(text.split('#').next().unwrap_or(text)).1.is_some();
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    match text.parse::<ServerName>() {
        // A name without a dot or a port is more likely a code without its address.
        Ok(server) if text.contains(['.', ':']) && !sentence => Pasted::Server(server),
        Err(InviteFault::Fingerprint) => Pasted::Fault(InviteFault::Fingerprint),
        _ if text.chars().filter(char::is_ascii_alphanumeric).count() == CODE => Pasted::OnlyCode,
        _ => Pasted::Fault(InviteFault::Form),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &str =
        "INSTEP://192.168.1.7:4433/7-EDQ6W0SKECG78BK7/0M4G2841081040G208104G20M4G2841081040G208104G20M4G20";
    const BARE: &str = "INSTEP://instep.example.org/12-EDQ6W0SKECG78BK7";
    const PRINT: &str = "A1b2A1b2A1b2A1b2A1b2A1b2A1b2A1b2A1b2A1b2A1b2A1b2A1b2A1b2A1b2A1b2";

    fn invite(text: &str) -> Pasted {
        Pasted::Invite(text.parse().expect("an invite"))
    }

    #[test]
    fn an_invite_is_found_in_whatever_it_was_pasted_with() {
        let half = |n: usize, between: &str| format!("{}{between}{}", &WHOLE[..n], &WHOLE[n..]);
        for text in [
            WHOLE.to_owned(),
            WHOLE.to_lowercase(),
            format!("  {WHOLE}\r\n"),
            format!("<{WHOLE}>"),
            format!("\u{201c}{WHOLE}\u{201d}."),
            format!("'{WHOLE}'"),
            format!("Hello all, come in with {WHOLE} on Tuesday at ten. See you then! Ann"),
            format!("Hello all,\n\nthe game is at ten:\n{WHOLE}\nSee you on Tuesday\nAnn\nwww.example.org/contact"),
            format!("See https://example.org/about/instep first, then: {WHOLE}/"),
            half(30, "\n"),
            half(40, "\r\n  "),
            half(60, "=\r\n"),
            half(60, "\n> "),
            half(25, " "),
            half(35, "\n\t"),
            half(45, "\u{ad}"),
            half(45, "\u{200b}"),
            format!("> {}\n> {}\n> {}\n> See you", &WHOLE[..20], &WHOLE[20..50], &WHOLE[50..]),
            WHOLE.replace('-', "\u{2011}"),
            WHOLE.replace('-', "\u{2013}"),
            format!("The old one was INSTEP://192.168.1.7:4433/7-ED, the new one is {WHOLE} today"),
        ] {
            assert_eq!(pasted(&text), invite(WHOLE), "{text}");
        }
        for text in [
            BARE.to_owned(),
            format!("{BARE}/"),
            format!("{BARE}/ and bring a friend"),
            format!("Come to {BARE}. Sandwiches at noon."),
            format!("Come to {BARE} on Tuesday"),
            format!("{BARE}\nOn Tuesday / Wednesday we play"),
        ] {
            assert_eq!(pasted(&text), invite(BARE), "{text}");
        }
    }

    #[test]
    fn an_address_with_a_code_is_found_in_a_sentence() {
        let expected = invite("instep.example.org/7K2-M0A");
        for text in [
            "instep.example.org/7K2-M0A",
            " instep.example.org / 7K2-M0A ",
            "instep.example.org/\n7K2-M0A",
            "Come to instep.example.org/7K2-M0A at ten",
            "Come to instep.example.org/7K2-M0A.",
            "(instep.example.org/7K2-M0A)",
            "Tea and/or coffee first: instep.example.org/7K2-M0A, then we begin",
            "https://instep.example.org/7K2-M0A",
            "instep.example.org/7K2\u{2011}M0A",
            "Instep.Example.org/7K2- M0A",
            "https://www.example.com/events first, then come to instep.example.org/7K2-M0A",
            "https://example.com/images/logo.png and then instep.example.org/7K2-M0A",
            "On 24.12/monday: instep.example.org/7K2-M0A",
        ] {
            assert_eq!(pasted(text), expected, "{text}");
        }
        for text in ["The meeting is on 24.12/ticket", "https://example.org/images/logo.png", "example.org/events?a=b"]
        {
            assert!(matches!(pasted(text), Pasted::Fault(_)), "{text}");
        }
        for (text, code) in [
            ("instep.example.org/7K2M0A", "instep.example.org/7K2M0A"),
            ("instep.example.org/7k2 m0a", "instep.example.org/7k2m0a"),
            ("192.168.1.7:5000/7K2M0A", "192.168.1.7:5000/7K2M0A"),
            ("type 192.168.1.7:5000/7K2 M0A and wait", "192.168.1.7:5000/7K2M0A"),
            ("[2001:db8::1]:5000/7K2M0A", "[2001:db8::1]:5000/7K2M0A"),
            ("laptop/7K2M0A", "laptop/7K2M0A"),
        ] {
            assert_eq!(pasted(text), invite(code), "{text}");
        }
    }

    #[test]
    fn a_code_may_come_with_the_fingerprint_of_its_server() {
        let pairs: Vec<String> = PRINT.as_bytes().chunks(2).map(|p| String::from_utf8_lossy(p).into_owned()).collect();
        let server: ServerName = format!("192.0.2.7:5000#{PRINT}").parse().expect("a server");
        for print in [PRINT, &PRINT.to_lowercase(), &pairs.join(":"), &pairs.join(" "), &pairs.join("\n")] {
            for (before, after) in [("", ""), ("Come to ", " at ten"), ("(", ")")] {
                let text = format!("{before}192.0.2.7:5000#{print}/7k2-m0a{after}");
                assert_eq!(pasted(&text), Pasted::CodeAt(server.clone(), "7k2-m0a".into()), "{text}");
            }
        }
        assert_eq!(pasted(&format!("192.0.2.7:5000#{PRINT}")), Pasted::Server(server));
        assert_eq!(pasted("192.0.2.7#12/7k2-m0a"), Pasted::Fault(InviteFault::Fingerprint));
        assert_eq!(pasted("192.0.2.7#12"), Pasted::Fault(InviteFault::Fingerprint));
    }

    #[test]
    fn what_can_t_be_read_is_told_by_what_is_wrong_with_it() {
        for (text, found) in [
            ("", Pasted::Nothing),
            (" \n\u{200b}", Pasted::Nothing),
            ("hello", Pasted::Fault(InviteFault::Form)),
            ("See you at ten.", Pasted::Fault(InviteFault::Form)),
            ("See you on Tuesday, Ann", Pasted::Fault(InviteFault::Form)),
            ("tea and/or coffee", Pasted::Fault(InviteFault::Form)),
            ("7K2-M0A", Pasted::OnlyCode),
            ("7K2 M0A", Pasted::OnlyCode),
            ("instep.example.org", Pasted::Server("instep.example.org".parse().expect("a server"))),
            ("laptop:4433", Pasted::Server("laptop:4433".parse().expect("a server"))),
            ("https://example.org/x", Pasted::Fault(InviteFault::Form)),
            ("bad_host.example/7K2-M0A", Pasted::Fault(InviteFault::Address)),
            ("INSTEP://", Pasted::Fault(InviteFault::Address)),
            ("INSTEP://:4433/7-EDQ6W0SKECG78BK7", Pasted::Fault(InviteFault::Address)),
            ("INSTEP://a.example/7", Pasted::Fault(InviteFault::Key)),
            ("INSTEP://a.example/7-EDQ6", Pasted::Fault(InviteFault::Key)),
            (&WHOLE[..WHOLE.len() - 3], Pasted::Fault(InviteFault::Fingerprint)),
            (&format!("{}\n\nhttps://www.example.com/events", &WHOLE[..20]), Pasted::Fault(InviteFault::Key)),
            (&format!("Room #12, then {}/7k2-m0a", "192.0.2.7#12"), Pasted::Fault(InviteFault::Fingerprint)),
            (&format!("Come with {} Ann", &WHOLE[..WHOLE.len() - 9]), Pasted::Fault(InviteFault::Fingerprint)),
        ] {
            assert_eq!(pasted(text), found, "{text}");
        }
    }

    #[test]
    fn nothing_that_is_pasted_does_any_harm() {
        let _ = pasted(&format!("{}-", "instep://".repeat(2_221)));
        let _ = pasted(&format!("{}/1-{}", "instep://".repeat(1_100), "\u{a0}".repeat(10_000)));
        for text in ["\u{1f600}/\u{1f600}", "#/", "/#", "INSTEP:///-/", "\u{df}instep://\u{df}/-\u{df}", "//////", ">"]
        {
            let _ = pasted(text);
            let _ = pasted(&text.repeat(9_000));
        }
    }
}
