//! Invites: one string that can be pasted or shown as a QR code.
//!
//! `INSTEP://HOST:PORT+HOST:PORT/TABLE-SECRET/FINGERPRINT`, where the table is a decimal number, secret (10 bytes) and
//! fingerprint (32 bytes) are in Crockford's base 32, and the fingerprint is left out where the server's certificate is
//! of an authority that computers know. Capitals or not is the same: in capitals a QR code is smaller.

use std::fmt;
use std::str::FromStr;

use data_encoding::{Encoding, Specification};

use crate::TableKey;

/// The port of a server that names none.
pub const PORT: u16 = 4433;

/// Addresses in an invite at most.
const ADDRESSES_MAX: usize = 8;

/// An invite is at most so long.
const CHARACTERS_MAX: usize = 600;

/// Crockford's base 32, read with its usual mix-ups and in either case.
fn base32() -> Encoding {
    let mut spec = Specification::new();
    spec.symbols.push_str("0123456789ABCDEFGHJKMNPQRSTVWXYZ");
    spec.translate.from.push_str("abcdefghjkmnpqrstvwxyzoOiIlL");
    spec.translate.to.push_str("ABCDEFGHJKMNPQRSTVWXYZ001111");
    // The symbols and translations are written above, once and for all.
    spec.encoding().unwrap_or(data_encoding::BASE32_NOPAD)
}

/// Where a server is: a host's name or address, and a port.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Address {
    /// A name such as `instep.example.org`, or an address; one of IPv6 without its brackets.
    pub host: String,
    /// The port.
    pub port: u16,
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.host.contains(':') {
            true => write!(f, "[{}]:{}", self.host, self.port),
            false => write!(f, "{}:{}", self.host, self.port),
        }
    }
}

impl FromStr for Address {
    type Err = InviteFault;

    fn from_str(text: &str) -> Result<Self, InviteFault> {
        let text = text.trim();
        let (host, port) = match text.strip_prefix('[') {
            Some(rest) => {
                let (host, rest) = rest.split_once(']').ok_or(InviteFault::Address)?;
                host.parse::<std::net::Ipv6Addr>().map_err(|_| InviteFault::Address)?;
                // What is left over is a slip of the pen, such as a lost colon, and no address.
                let port =
                    if rest.is_empty() { None } else { Some(rest.strip_prefix(':').ok_or(InviteFault::Address)?) };
                (host, port)
            }
            None => match text.rsplit_once(':') {
                Some((host, port)) => (host, Some(port)),
                None => (text, None),
            },
        };
        let port = match port {
            None => PORT,
            // `parse` would take a plus before the digits.
            Some(port) if port.bytes().all(|b| b.is_ascii_digit()) => port.parse().map_err(|_| InviteFault::Address)?,
            Some(_) => return Err(InviteFault::Address),
        };
        let named = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == '-';
        let good = !host.is_empty() && (host.chars().all(named) || host.parse::<std::net::Ipv6Addr>().is_ok());
        if good && port != 0 { Ok(Self { host: host.to_ascii_lowercase(), port }) } else { Err(InviteFault::Address) }
    }
}

/// A server as somebody types it: `ADDRESS`, or `ADDRESS#FINGERPRINT` where it has a certificate of its own.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ServerName {
    /// Where it is.
    pub address: Address,
    /// SHA-256 of its certificate: hexadecimal digits, in pairs or not, or as it stands in an invite.
    pub fingerprint: Option<[u8; 32]>,
}

impl FromStr for ServerName {
    type Err = InviteFault;

    fn from_str(text: &str) -> Result<Self, InviteFault> {
        let Some((address, print)) = text.trim().split_once('#') else {
            return Ok(Self { address: text.parse()?, fingerprint: None });
        };
        let plain: String = print.chars().filter(|c| !c.is_whitespace() && *c != ':').collect();
        let hex = data_encoding::HEXLOWER_PERMISSIVE.decode(plain.as_bytes()).ok().and_then(|b| b.try_into().ok());
        let fingerprint = hex.or_else(|| bytes::<32>(&plain)).ok_or(InviteFault::Fingerprint)?;
        Ok(Self { address: address.parse()?, fingerprint: Some(fingerprint) })
    }
}

/// What opens the door.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct InviteKey {
    /// The table and its secret.
    pub key: TableKey,
    /// SHA-256 of the server's certificate; `None` where an authority vouches for it.
    pub fingerprint: Option<[u8; 32]>,
}

/// An invite.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Invite {
    /// Everything that is needed.
    Whole {
        /// Where the server may be reached: the first that answers.
        addresses: Vec<Address>,
        /// What opens the door.
        key: InviteKey,
    },
    /// An address and a code that was read out: `instep.example.org/7K2-M0A`. It leads to the waiting room.
    Code {
        /// Where the server is.
        address: Address,
        /// The code as it was typed.
        code: String,
    },
}

/// Why a text is no invite.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum InviteFault {
    /// It is not of the form of an invite or of an address with a code.
    Form,
    /// The address is none.
    Address,
    /// The table's part is not whole: something was cut off or changed.
    Key,
    /// The server's fingerprint is not whole: something was cut off or changed.
    Fingerprint,
}

impl fmt::Display for InviteFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Form => "this is no invite",
            Self::Address => "the server's address in this invite can't be read",
            Self::Key => "the part of this invite that opens the table is not whole",
            Self::Fingerprint => "the part of this invite that names the server is not whole",
        })
    }
}

impl std::error::Error for InviteFault {}

impl fmt::Display for Invite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole { addresses, key } => {
                f.write_str("INSTEP://")?;
                for (n, address) in addresses.iter().enumerate() {
                    if n > 0 {
                        f.write_str("+")?;
                    }
                    f.write_str(&address.to_string().to_ascii_uppercase())?;
                }
                write!(f, "/{}-{}", key.key.table, base32().encode(&key.key.secret))?;
                match key.fingerprint {
                    Some(fingerprint) => write!(f, "/{}", base32().encode(&fingerprint)),
                    None => Ok(()),
                }
            }
            Self::Code { address, code } => write!(f, "{address}/{code}"),
        }
    }
}

impl FromStr for Invite {
    type Err = InviteFault;

    fn from_str(text: &str) -> Result<Self, InviteFault> {
        // Mail and chat break lines and put blanks into long words.
        let text: String = text.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
        if text.len() > CHARACTERS_MAX || !text.is_ascii() {
            return Err(InviteFault::Form);
        }
        let scheme = text.get(..9).filter(|scheme| scheme.eq_ignore_ascii_case("instep://"));
        let Some(rest) = scheme.and_then(|scheme| text.get(scheme.len()..)) else {
            let (address, code) = text.split_once('/').ok_or(InviteFault::Form)?;
            let code = code.trim_end_matches('/');
            let plain = code.chars().filter(char::is_ascii_alphanumeric).count();
            if plain != 6 || !code.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
                return Err(InviteFault::Form);
            }
            return Ok(Self::Code { address: address.parse()?, code: code.to_owned() });
        };
        let mut parts = rest.trim_end_matches('/').split('/');
        let (addresses, key, fingerprint) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
        if parts.next().is_some() {
            return Err(InviteFault::Form);
        }
        let addresses: Vec<Address> = addresses.split('+').map(str::parse).collect::<Result<_, _>>()?;
        if addresses.len() > ADDRESSES_MAX {
            return Err(InviteFault::Address);
        }
        let (table, secret) = key.and_then(|key| key.split_once('-')).ok_or(InviteFault::Key)?;
        let table = table.parse().map_err(|_| InviteFault::Key)?;
        let secret = bytes::<10>(secret).ok_or(InviteFault::Key)?;
        let fingerprint = match fingerprint {
            Some(text) => Some(bytes::<32>(text).ok_or(InviteFault::Fingerprint)?),
            None => None,
        };
        Ok(Self::Whole { addresses, key: InviteKey { key: TableKey { table, secret }, fingerprint } })
    }
}

fn bytes<const N: usize>(text: &str) -> Option<[u8; N]> {
    base32().decode(text.as_bytes()).ok()?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(addresses: &[&str], fingerprint: Option<[u8; 32]>) -> Invite {
        let key = TableKey { table: 7, secret: *b"ten bytes!" };
        let addresses = addresses.iter().map(|a| a.parse().expect("an address")).collect();
        Invite::Whole { addresses, key: InviteKey { key, fingerprint } }
    }

    #[test]
    fn an_invite_is_read_as_it_was_written() {
        for invite in [
            whole(&["192.0.2.7:4433", "[2001:db8::1]:5000"], Some([0xA5; 32])),
            whole(&["instep.example.org:4433"], None),
        ] {
            let text = invite.to_string();
            assert_eq!(text.parse(), Ok(invite.clone()), "{text}");
            assert_eq!(text.to_lowercase().parse(), Ok(invite.clone()), "{text}");
            let broken = format!("  {}\n {} ", &text[..30], &text[30..]);
            assert_eq!(broken.parse(), Ok(invite), "{broken}");
        }
    }

    #[test]
    fn an_invite_fits_a_small_qr_code() {
        // Capitals, digits and these signs are what a QR code's alphanumeric mode holds.
        let text = whole(&["192.168.100.100:4433"], Some([7; 32])).to_string();
        assert!(
            text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b" $%*+-./:".contains(&b)),
            "{text}"
        );
        assert!(text.len() < 122, "version 5 with medium correction: {}", text.len());
    }

    #[test]
    fn a_code_that_was_read_out_is_an_invite() {
        let code = "instep.example.org/7k2-m0a".parse();
        let address = Address { host: "instep.example.org".into(), port: PORT };
        assert_eq!(code, Ok(Invite::Code { address, code: "7k2-m0a".into() }));
    }

    #[test]
    fn a_spoilt_invite_is_told_by_its_part() {
        let good = whole(&["192.0.2.7:4433"], Some([9; 32])).to_string();
        let cut = &good[..good.len() - 3];
        for (text, fault) in [
            ("", InviteFault::Form),
            ("hello", InviteFault::Form),
            ("https://example.org/x", InviteFault::Form),
            ("INSTEP://", InviteFault::Address),
            ("INSTEP://:4433/7-0000000000000000", InviteFault::Address),
            ("INSTEP://[::1]4433/7-0000000000000000", InviteFault::Address),
            ("INSTEP://[::1]x:4433/7-0000000000000000", InviteFault::Address),
            ("192.0.2.7:+4433/7K2-M0A", InviteFault::Address),
            ("INSTEP://192.0.2.7:99999/7-0000000000000000", InviteFault::Address),
            ("INSTEP://192.0.2.7/7", InviteFault::Key),
            ("INSTEP://192.0.2.7/7-00000", InviteFault::Key),
            (cut, InviteFault::Fingerprint),
            ("INSTEP://192.0.2.7/7-0000000000000000/0/1", InviteFault::Form),
        ] {
            assert_eq!(text.parse::<Invite>(), Err(fault), "{text}");
        }
    }
}
