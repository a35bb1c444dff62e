//! What a screen reader finds in a window, and what it can do there.

use egui::accesskit::{Action, ActionRequest, Live, NodeId, Role, Toggled};
use egui::{Event, Rect};
use egui_kittest::Node;
use egui_kittest::kittest::NodeT;

use crate::fixture::Window;

/// A node of the accessibility tree.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Seen {
    /// What it is, from frame to frame.
    pub(crate) id: NodeId,
    pub(crate) role: Role,
    /// What it is called.
    pub(crate) name: String,
    /// What it says, where it is text.
    pub(crate) text: String,
    pub(crate) rect: Rect,
    pub(crate) clicks: bool,
    pub(crate) takes_focus: bool,
    pub(crate) enabled: bool,
    pub(crate) focused: bool,
    pub(crate) chosen: Option<bool>,
    pub(crate) live: Live,
}

impl Seen {
    fn of(node: &Node<'_>) -> Self {
        let inner = node.accesskit_node();
        let data = inner.data();
        let rect = inner.raw_bounds().map_or(Rect::NOTHING, |r| {
            Rect::from_min_max(egui::pos2(r.x0 as f32, r.y0 as f32), egui::pos2(r.x1 as f32, r.y1 as f32))
        });
        Self {
            id: inner.locate().0,
            role: inner.role(),
            name: inner.label().unwrap_or_default(),
            text: inner.raw_value().unwrap_or_default().to_owned(),
            rect,
            clicks: data.supports_action(Action::Click),
            takes_focus: data.supports_action(Action::Focus),
            enabled: !inner.is_disabled(),
            focused: inner.is_focused(),
            chosen: inner.toggled().map(|t| t == Toggled::True),
            live: inner.live(),
        }
    }

    /// Whether it can be pressed now.
    pub(crate) fn pressable(&self) -> bool {
        self.clicks && self.enabled
    }

    /// Whether somebody types in it.
    pub(crate) fn is_field(&self) -> bool {
        matches!(self.role, Role::TextInput | Role::MultilineTextInput)
    }

    /// All that it says.
    pub(crate) fn says(&self) -> &str {
        if self.text.is_empty() { &self.name } else { &self.text }
    }
}

/// Everything that is not hidden, in the order of the tree. What lies behind an open sheet is hidden.
fn found<'w>(window: &'w Window) -> Vec<Node<'w>> {
    fn into<'w>(node: &Node<'w>, all: &mut Vec<Node<'w>>) {
        for child in node.children() {
            if !child.accesskit_node().data().is_hidden() {
                all.push(child);
                into(&child, all);
            }
        }
    }
    let mut all = Vec::new();
    into(&window.root(), &mut all);
    all
}

/// Everything that a screen reader finds.
pub(crate) fn nodes(window: &Window) -> Vec<Seen> {
    found(window).iter().map(Seen::of).collect()
}

/// What has focus.
pub(crate) fn focused(window: &Window) -> Option<Seen> {
    nodes(window).into_iter().find(|node| node.focused && node.takes_focus)
}

/// Everything that is read out: names and texts, a line each.
pub(crate) fn read_out(window: &Window) -> Vec<String> {
    nodes(window).iter().map(Seen::says).filter(|text| !text.trim().is_empty()).map(str::to_owned).collect()
}

/// What was announced last.
pub(crate) fn announced(window: &Window) -> String {
    let live: Vec<Seen> = nodes(window).into_iter().filter(|node| node.live == Live::Polite).collect();
    assert!(live.len() <= 1, "announcements come from several places: {live:?}");
    live.first().map(|node| node.says().to_owned()).unwrap_or_default()
}

/// Presses the `nth` node of that name as a screen reader does, for one frame.
pub(crate) fn press(window: &mut Window, name: &str, nth: usize) {
    let matching = |node: &&Node<'_>| {
        let seen = Seen::of(node);
        seen.name == name && seen.pressable()
    };
    let at = found(window).iter().filter(matching).nth(nth).map(|n| n.accesskit_node().locate());
    let Some((target_node, target_tree)) = at else {
        panic!("nothing to press is called \"{name}\": {:#?}", pressable(window))
    };
    let request = ActionRequest { action: Action::Click, target_node, target_tree, data: None };
    window.event(Event::AccessKitActionRequest(request));
    window.step();
}

/// The names of everything that can be pressed.
pub(crate) fn pressable(window: &Window) -> Vec<String> {
    nodes(window).into_iter().filter(Seen::pressable).map(|node| node.name).collect()
}
