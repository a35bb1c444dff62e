//! What was known the last time: what somebody is called, who was at a game of this computer, and one's place at a table
//! that one comes to anew.

use instep_protocol::{News, Refused, Role};
use instep_ui::{HostingWhat, Join, Overlay, Screen, Wish};

use super::elsewhere::Elsewhere;
use super::host::Order;
use super::shell::Shell;
use crate::online::{End, keep_name};

/// Coming to a table by an invite, until one is in.
#[derive(Default)]
pub(super) struct Coming {
    join: Option<Box<Join>>,
    /// One has a place there already, under this name.
    back: Option<String>,
}

impl Coming {
    /// The table is one where there is a place already.
    pub(super) fn back_as(&mut self, name: String) {
        self.back = Some(name);
    }
}

impl Shell {
    /// Notes what is wanted of tables elsewhere, as far as it is needed later.
    pub(super) fn note_wish(&mut self, wish: &Wish) {
        let others = &mut self.known.others;
        let name = match wish {
            Wish::Join(join) => {
                others.coming = Coming { join: Some(join.clone()), back: None };
                self.hosting = None;
                &join.name
            }
            Wish::Host(host, _) | Wish::OpenUp(host) => {
                self.hosting = Some((**host).clone());
                &host.name
            }
            Wish::Return(_) | Wish::Cancel => {
                others.coming = Coming::default();
                self.hosting = None;
                return;
            }
            _ => return,
        };
        others.name.clone_from(name);
        keep_name(&self.data, name);
    }

    /// Says so, where somebody who came with an invite is back in the place that they had.
    pub(super) fn came_back(&mut self) {
        if let Some(name) = std::mem::take(&mut self.known.others.coming).back {
            let told = self.known.language.with("ui-place-again", &[("name", (&name).into())]);
            self.known.notice(told);
        }
    }

    /// Comes with the invite after all, where the place that was there is not good any more: by now it is forgotten.
    /// Whether that is so.
    pub(super) fn comes_anew(&mut self, end: &End) -> bool {
        let coming = std::mem::take(&mut self.known.others.coming);
        match (coming, end) {
            (Coming { join: Some(join), back: Some(_) }, End::Refused(Refused::NotGoodAnyMore)) => {
                self.host.order(Order::Elsewhere(Elsewhere::Join(join)));
                true
            }
            _ => false,
        }
    }

    /// A game of this computer is here, and nobody comes to it from elsewhere. Names are as they were there, and those
    /// who were at it may wait for it.
    pub(super) fn arrived_here(&mut self) {
        let tried = self.hosting.take();
        let Some(table) = &self.known.table else { return };
        let Some(me) = table.mirror.me() else { return };
        if !me.name.trim().is_empty() {
            self.known.others.name.clone_from(&me.name);
            self.state.hosting.name = None;
        }
        self.state.hosting.called.clear();
        let others = table.mirror.people().people.iter().filter(|p| p.id != me.id && p.role != Role::SharedScreen);
        self.state.were_here = others.map(|p| p.name.trim().to_owned()).filter(|name| !name.is_empty()).collect();
        match tried {
            // It was to be open to others, and could not be: why is told where that was wanted.
            Some(host) => {
                self.state.hosting.called = host.called;
                self.state.hosting.name = Some(host.name);
                self.state.hosting_what = HostingWhat::ThisTable;
                self.state.screen = Screen::Host;
            }
            None if self.state.were_here.is_empty() => {}
            // A copy of a game that moved, and a game that has ended, are nothing to wait for.
            None if table.stopped.is_some() || table.mirror.game().state().closed() => {}
            None => self.state.overlays.push(Overlay::OpenAgain),
        }
    }

    /// The door of a game of this computer, which knows what the table is called.
    pub(super) fn door_here(&mut self, news: &News) {
        let Some(door) = self.known.table.as_ref().and_then(|table| table.mirror.door()) else { return };
        if *news == News::Door && self.state.hosting.called.is_empty() {
            self.state.hosting.called.clone_from(&door.called);
        }
    }
}
