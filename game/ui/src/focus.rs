//! Where keyboard focus is, was, and goes back to: it is never lost.

use egui::{Context, Id};

use crate::overlay::first_of;
use crate::state::Overlay;

/// Frames without focus after which it counts as lost: Tab leaves the last control in one and comes to the first in the
/// next.
const LOST: u8 = 2;

/// Where focus is, was, and goes back to.
#[derive(Debug, Default)]
pub(crate) struct Focus {
    /// Where it goes, once its widget is there.
    pub(crate) next: Option<Id>,
    /// Where it was last.
    last: Option<Id>,
    /// What lay over the screen in the last frame, and where focus was before each was opened.
    over: Vec<(Overlay, Option<Id>)>,
    /// Frames without it.
    without: u8,
}

impl Focus {
    /// Whether nothing has focus, and nothing will.
    pub(crate) fn is_lost(&self) -> bool {
        self.without > LOST && self.next.is_none()
    }

    /// A frame was shown: `asked` was to have focus at its beginning, `left` still is at its end.
    pub(crate) fn shown(&mut self, ctx: &Context, overlays: &[Overlay], asked: Option<Id>, left: Option<Id>) {
        // What was not there a whole frame long is gone: it must not take focus from something else one day.
        self.next = left.filter(|id| Some(*id) != asked);
        let now = ctx.memory(|m| m.focused());
        self.last = now.or(self.last);
        self.follow(ctx, overlays);
        self.without = if now.is_some() { 0 } else { self.without.saturating_add(1) };
        if let Some(top) = overlays.last()
            && self.is_lost()
        {
            // An arrow may lead behind what lies over the screen, where nothing can have focus.
            self.next = if self.without == LOST + 1 { self.last } else { Some(first_of(*top)) };
        }
        // A few frames and no more: where nothing can have focus the window must come to rest.
        if (1..LOST * 4).contains(&self.without) || (self.next.is_some() && self.without == 0) {
            ctx.request_repaint();
        }
    }

    /// What opens has focus; what was put away gives it back.
    fn follow(&mut self, ctx: &Context, overlays: &[Overlay]) {
        let kind = std::mem::discriminant::<Overlay>;
        let same = self.over.iter().zip(overlays).take_while(|((was, _), is)| kind(was) == kind(is)).count();
        let back = self.over.get(same).and_then(|(_, before)| *before);
        let closed = self.over.len() > same;
        self.over.truncate(same);
        for overlay in &overlays[same..] {
            self.over.push((*overlay, back.or(self.last)));
        }
        if let Some(top) = overlays[same..].last() {
            self.next = Some(first_of(*top));
        } else if closed {
            self.next = back;
            ctx.request_repaint();
        }
    }
}
