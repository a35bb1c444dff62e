//! What somebody types to come in, and what that means.

use instep_net::{Call, Trust};
use instep_protocol::{Address, Invite, InviteFault, Pasted, Role, ServerName, Way, pasted};

/// A server, as somebody types it: `ADDRESS`, or `ADDRESS#FINGERPRINT` where it has a certificate of its own.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Server {
    pub(crate) address: Address,
    pub(crate) trust: Trust,
}

impl Server {
    /// Reads it.
    pub(crate) fn read(text: &str) -> Result<Self, InviteFault> {
        let ServerName { address, fingerprint } = text.parse()?;
        Ok(Self { address, trust: trust(fingerprint) })
    }
}

/// What somebody types or pastes to come in: a whole invite, or a server and a code that was read out.
pub(crate) fn read(text: &str) -> Result<(Invite, Trust), InviteFault> {
    match pasted(text) {
        Pasted::Invite(invite) => {
            let trust = match &invite {
                Invite::Whole { key, .. } => trust(key.fingerprint),
                Invite::Code { .. } => Trust::Authorities,
            };
            Ok((invite, trust))
        }
        Pasted::CodeAt(ServerName { address, fingerprint }, code) => {
            Ok((Invite::Code { address, code }, trust(fingerprint)))
        }
        Pasted::Fault(why) => Err(why),
        Pasted::Nothing | Pasted::OnlyCode | Pasted::Server(_) => Err(InviteFault::Form),
    }
}

/// Whom to trust where a fingerprint may be named.
pub(crate) fn trust(fingerprint: Option<[u8; 32]>) -> Trust {
    fingerprint.map_or(Trust::Authorities, Trust::Fingerprint)
}

/// How to come in with it.
pub(crate) fn call(invite: Invite, trust: Trust, name: &str, role: Role) -> Call {
    let name = name.to_owned();
    let (addresses, way) = match invite {
        Invite::Whole { addresses, key } => (addresses, Way::Invite { key: key.key, name, role }),
        // As what somebody comes in who knocks is for the facilitator to say.
        Invite::Code { address, code } => (vec![address], Way::Code { code, name }),
    };
    Call { addresses, trust, way, before: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PRINT: &str = "A1b2A1b2A1b2A1b2A1b2A1b2A1b2A1b2A1b2A1b2A1b2A1b2A1b2A1b2A1b2A1b2";

    #[test]
    fn a_server_is_an_address_with_its_fingerprint_or_without() {
        let address = Address { host: "instep.example.org".into(), port: 4433 };
        assert_eq!(
            Server::read("instep.example.org"),
            Ok(Server { address: address.clone(), trust: Trust::Authorities })
        );
        let trust = Trust::Fingerprint([0xA1, 0xB2].repeat(16).try_into().unwrap());
        let pairs: Vec<String> = PRINT.as_bytes().chunks(2).map(|p| String::from_utf8_lossy(p).into_owned()).collect();
        for print in [PRINT, &PRINT.to_lowercase(), &pairs.join(":")] {
            let read = Server::read(&format!("instep.example.org#{print}"));
            assert_eq!(read, Ok(Server { address: address.clone(), trust }), "{print}");
        }
        assert_eq!(Server::read("instep.example.org#a1b2"), Err(InviteFault::Fingerprint));
        assert_eq!(Server::read("not an address"), Err(InviteFault::Address));
    }

    #[test]
    fn a_code_may_come_with_a_fingerprint() {
        let (invite, trust) = read(&format!("192.0.2.7:5000#{PRINT}/7k2-m0a")).unwrap();
        let address = Address { host: "192.0.2.7".into(), port: 5000 };
        assert_eq!(invite, Invite::Code { address, code: "7k2-m0a".into() });
        assert!(matches!(trust, Trust::Fingerprint(_)));
        assert_eq!(read("192.0.2.7#12/7k2-m0a"), Err(InviteFault::Fingerprint));
        assert_eq!(read("192.0.2.7/7k2-m0a").unwrap().1, Trust::Authorities);
    }
}
