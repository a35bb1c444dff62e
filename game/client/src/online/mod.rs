//! Tables with people elsewhere: coming to one, coming back to it, and opening one of this computer's for others.
//!
//! Nothing in here knows the terminal or the window. What happens is told as plain data ([`FarNews`]), from a thread of
//! its own; whoever shows the table has the mirror.
//!
//! - [`ways`]: what somebody types to come in, and what that means.
//! - [`Far`]: one end of a table elsewhere, or of one that this program keeps for others.
//! - [`Places`]: what lets somebody come back without typing anything again; [`last`]: what is known of them meanwhile.
//! - [`Open`]: this computer's data folder, opened to others.
//! - [`lan`]: tables on the local network.

mod addresses;
mod end;
mod far;
pub(crate) mod lan;
pub(crate) mod last;
pub(crate) mod moves;
mod name;
mod open;
mod packs;
mod places;
mod places_file;
mod qr;
pub(crate) mod ways;

use tokio::runtime::{Builder, Runtime};

pub(crate) use end::{End, net_trouble};
#[cfg(feature = "window")]
pub(crate) use far::FarTable;
pub(crate) use far::{Far, FarNews, Keeper, hear};
pub(crate) use name::{keep_name, last_name};
pub(crate) use open::{Open, invite};
#[cfg(feature = "window")]
pub(crate) use places::Listed;
pub(crate) use places::{Place, Places, PlacesTrouble};
#[cfg(feature = "window")]
pub(crate) use places_file::sync_folder;
pub(crate) use qr::Squares;

use crate::problem::Problem;

/// Where the connections of a program that keeps no table run.
pub(crate) fn runtime() -> Result<Runtime, Problem> {
    Builder::new_multi_thread().worker_threads(2).thread_name("network").enable_all().build().map_err(|e| {
        Problem::Machine(format!("This computer has no thread to give ({e}): close other programs and start again."))
    })
}
