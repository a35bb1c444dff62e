//! A table that is open here and that nobody is connected to yet: what the terminal and the window begin from.

use instep_content::{Fit, Library, Options, Packs, Table, ThemeFilter};
use instep_rules::{Ruleset, Setting};
use instep_server::{DataFolder, DataTrouble, Hall, Room, StoredTable, TableId};

use super::new::New;
use super::pinned;
use crate::kept;
use crate::problem::Problem;

/// A table and what it is played with.
pub(crate) struct Opened {
    pub(crate) room: Room,
    pub(crate) packs: Packs,
    pub(crate) table: Table,
    /// Lines to show before anything else: what was opened, what to know of it.
    pub(crate) greeting: Vec<String>,
    /// What fits into the time, where a new game was given one.
    #[cfg_attr(not(feature = "window"), expect(dead_code, reason = "the terminal has said so in the greeting"))]
    pub(crate) fit: Option<Fit>,
}

/// The hall of a data folder, which is held from now on.
pub(crate) fn hall(data: &std::path::Path) -> Result<Hall, Problem> {
    let hall = Hall::open(DataFolder::hold(data)?).map_err(|trouble| match trouble {
        DataTrouble::NotWritable { why, .. } => {
            DataTrouble::NotWritable { folder: DataFolder::database(data).display().to_string(), why }
        }
        trouble => kept::reading(trouble),
    });
    Ok(hall?)
}

/// Makes a new table.
pub(crate) fn create(hall: Hall, new: New) -> Result<Opened, Problem> {
    pinned::keep(hall.folder(), &new.packs)?;
    let room = Room::create(hall, new.made)?;
    Ok(Opened { room, packs: new.packs, table: new.table, greeting: Vec::new(), fit: new.fit })
}

/// A stored table with its own copies of its packs.
///
/// `asked` are the packs that the call names, if it does.
pub(crate) fn look(
    hall: &Hall,
    id: TableId,
    asked: Option<&Packs>,
    library: &Library,
) -> Result<(StoredTable, Packs, Vec<String>), Problem> {
    let stored = hall.stored().table(id).map_err(kept::reading)?;
    let (packs, remarks) = pinned::load(hall.folder(), &stored, asked, library)?;
    Ok((stored, packs, remarks))
}

/// Opens a stored table where it was left.
pub(crate) fn reopen(hall: Hall, stored: &StoredTable, packs: Packs, greeting: Vec<String>) -> Result<Opened, Problem> {
    let about = &stored.about;
    let options = Options {
        ruleset: Some(about.ruleset_name.clone()),
        settings: settings_of(&about.ruleset),
        outcomes: Some(about.in_play),
        themes: ThemeFilter { without: about.without_themes.iter().cloned().collect(), ..ThemeFilter::default() },
        begun: about.begun,
    };
    let table = packs.setup(&options).map_err(|e| Problem::Wrong(e.to_string()))?;
    let room = Room::reopen(hall, stored.id).map_err(kept::reading)?;
    Ok(Opened { room, packs, table, greeting, fit: None })
}

/// Every setting as it was set up: somebody may have changed some on top of the ruleset of that name.
fn settings_of(rules: &Ruleset) -> Vec<Setting> {
    // Taken apart, so that a setting that is added later is not forgotten here.
    let Ruleset {
        die_faces,
        real_die,
        walking,
        opening_tiles,
        finished_blocks,
        blocked_place,
        removal,
        passing,
        empty_seats,
        team_acts,
        talk_timer_s,
    } = *rules;
    vec![
        Setting::DieFaces(die_faces),
        Setting::RealDie(real_die),
        Setting::Walking(walking),
        Setting::OpeningTiles(opening_tiles),
        Setting::FinishedBlocks(finished_blocks),
        Setting::BlockedPlace(blocked_place),
        Setting::Removal(removal),
        Setting::Passing(passing),
        Setting::EmptySeats(empty_seats),
        Setting::TeamActs(team_acts),
        Setting::TalkTimer(talk_timer_s),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_settings_of_a_ruleset_make_it_again() {
        for rules in [Ruleset::classic(), Ruleset { real_die: true, talk_timer_s: 90, ..Ruleset::guided() }] {
            let again = settings_of(&rules).into_iter().try_fold(Ruleset::default(), Ruleset::with);
            assert_eq!(again, Some(rules));
        }
    }
}
