//! Invites, addresses and servers' names, as people paste them.

use std::fmt::Debug;
use std::str::FromStr;

use instep_protocol::{Address, Invite, ServerName};

use crate::Target;

pub(crate) const TARGET: Target = Target {
    name: "addresses",
    run,
    seeds,
    words: &[
        "INSTEP://",
        "instep://",
        "+",
        "/",
        "[::1]",
        ":4433",
        "-",
        "#",
        "192.0.2.7",
        "[2001:db8::1]:5000",
        "7K2-M0A",
    ],
    bytes_max: 1024,
    tries: 20_000,
    memory_max: 64 * 1024,
};

fn run(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    again::<Invite>(&text);
    if let Some(address) = again::<Address>(&text) {
        assert!(address.port != 0 && !address.host.is_empty(), "{text:?} led to {address:?}");
        assert!(is_all_there_is(&text, &address), "{text:?} led to {address:?}");
    }
    if let Ok(named) = text.parse::<ServerName>() {
        let of_address: Result<Address, _> = named.address.to_string().parse();
        assert_eq!(of_address.as_ref(), Ok(&named.address), "{text:?}");
    }
}

/// Whether the text says this address and nothing else: what is left over would be a slip of the pen that nobody hears of.
fn is_all_there_is(text: &str, address: &Address) -> bool {
    let text = text.trim().to_ascii_lowercase();
    let rest = text.strip_prefix(&format!("[{}]", address.host)).or_else(|| text.strip_prefix(&address.host));
    rest.is_some_and(|rest| match rest.strip_prefix(':') {
        Some(port) => port.bytes().all(|b| b.is_ascii_digit()),
        None => rest.is_empty(),
    })
}

/// What was read is read again from how we write it.
fn again<T>(text: &str) -> Option<T>
where
    T: FromStr + ToString + PartialEq + Debug,
    T::Err: PartialEq + Debug,
{
    let read: T = text.parse().ok()?;
    let written = read.to_string();
    assert_eq!(written.parse().as_ref(), Ok(&read), "{text:?} was written as {written:?}");
    Some(read)
}

fn seeds() -> Vec<Vec<u8>> {
    let print = "Z".repeat(51);
    [
        format!("INSTEP://192.0.2.7:4433+[2001:db8::1]:5000/7-0123456789ABCDEF/{print}0"),
        "instep://instep.example.org/12-abcdefghjkmnpqrs".to_owned(),
        "instep.example.org/7K2-M0A".to_owned(),
        format!("instep.example.org:4433#{}", "a5".repeat(32)),
        "[::1]:4433".to_owned(),
        // Found once: what was left over was not noticed.
        "[::1]4433".to_owned(),
        "  instep.example.org \n".to_owned(),
    ]
    .map(String::into_bytes)
    .into()
}
