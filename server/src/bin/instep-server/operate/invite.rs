//! `instep-server invite`.

use std::str::FromStr;

use instep_content::Library;
use instep_protocol::{Address, Invite, InviteKey, TableKey};
use instep_server::make::PackShelf;
use instep_server::{DataFolder, Database, DoorRow, Lobby, TableId, Ways};

use super::{no_such_table, stored};
use crate::certificate::certificate;
use crate::config::Config;
use crate::control::{About, Answer, Order, ask};
use crate::problem::Problem;
use crate::{out, reach, run};

/// Shows a table's invite and its code, or makes others first.
pub(crate) fn invite(config: &Config, table: i64, renew: bool) -> Result<(), Problem> {
    let id = TableId(table);
    let door = || stored(config)?.door(id).map_err(|trouble| no_such_table(trouble, config));
    // A table that only ever was in a room has none yet.
    let renew = renew || !door()?.has_key();
    let about = match ask(&config.data, &Order::About)? {
        Some(Answer::About(about)) => {
            if renew {
                ask(&config.data, &Order::Renew(table))?;
            }
            about
        }
        _ => here(config, id, renew)?,
    };
    show(&about, id, &door()?)
}

/// Where no server runs.
fn here(config: &Config, id: TableId, renew: bool) -> Result<About, Problem> {
    let folder = DataFolder::hold(&config.data)?;
    let fingerprint = certificate(config, &folder)?.fingerprint;
    if renew {
        let ways = Ways {
            maker: PackShelf::new(folder.packs(), Library::new(None)),
            random: run::random()?,
            caps: config.caps,
            retention_days: 0,
            pass: String::new(),
        };
        let mut lobby = Lobby::open(Database::open(folder)?, ways)?;
        lobby.new_invite(id)?;
        lobby.hall_mut().settle()?;
    }
    let addresses = reach::addresses(&config.public_addresses, &config.listen);
    Ok(About { addresses: addresses.iter().map(ToString::to_string).collect(), fingerprint, retention_days: 0 })
}

fn show(about: &About, id: TableId, door: &DoorRow) -> Result<(), Problem> {
    let addresses: Vec<Address> = about.addresses.iter().filter_map(|text| Address::from_str(text).ok()).collect();
    let Some(address) = addresses.first().cloned() else {
        return Err(Problem::Wrong(
            "This computer has no address by which others reach it, so there is no invite: name one with --public-address."
                .into(),
        ));
    };
    let key = TableKey { table: id.0 as u64, secret: door.secret };
    let key = InviteKey { key, fingerprint: about.fingerprint };
    out::line(Invite::Whole { addresses, key })?;
    let (first, last) = door.code.split_at_checked(3).unwrap_or((&door.code, ""));
    out::line(format_args!("Code: {}", Invite::Code { address, code: format!("{first}-{last}") }))
}
