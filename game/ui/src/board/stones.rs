//! The path: stones with their four places, what may be done to them, and what is on its way.

use egui::{Color32, Id, Pos2, Rect, Sense, Shape, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, WidgetType, pos2, vec2};
use instep_protocol::Ask;
use instep_rules::{Command, Outcome, OutcomeSet, Perspective, Phase, Tile, TileSet, would_meet};
use instep_words::{View, say};

use super::{Placed, painted_letter};
use crate::look::{Look, galley, words};
use crate::model::TableModel;
use crate::signs::{self, Place, QUARTERS, Stone, StoneTones};
use crate::state::UiState;
use crate::theme::Cut;

/// What is chosen by pressing a tile's place: laying it or picking it to be lifted.
pub(crate) fn command(table: &TableModel<'_>, tile: Tile) -> Option<Command> {
    if table.legal.place.has(tile) {
        Some(Command::Place(tile.colour, tile.outcome))
    } else if table.legal.remove.has(tile) {
        Some(Command::Remove(tile.colour, tile.outcome))
    } else {
        None
    }
}

/// The tiles of a stone that may be chosen.
pub(crate) fn choosable(table: &TableModel<'_>, outcome: Outcome) -> TileSet {
    let stone = TileSet::stones(OutcomeSet::NONE.with(outcome));
    let both: TileSet = table.legal.place.iter().chain(table.legal.remove.iter()).collect();
    both.and(stone)
}

/// What a stone holds, in words: "Dignity and respect: users and carers, staff. 2 of 4 tiles."
pub(crate) fn in_words(look: &Look<'_>, view: &View<'_>, outcome: Outcome) -> String {
    let stone = say::stone(view.packs, outcome);
    if !view.setup().in_play().has(outcome) {
        return words!(look, "ui-stone-another-day", stone = stone);
    }
    let laid: Vec<&str> = Perspective::ALL
        .into_iter()
        .filter(|p| view.state().path().has(Tile::new(*p, outcome)))
        .map(|p| say::seat(view.packs, p))
        .collect();
    let list = laid.join(", ");
    match (laid.len(), view.state().met(view.setup()).has(outcome)) {
        (_, true) => words!(look, "ui-stone-met", stone = stone),
        (0, _) => words!(look, "ui-stone-empty", stone = stone),
        (n, _) => words!(look, "ui-stone-holds", stone = stone, tiles = n, list = &list),
    }
}

/// What choosing a tile would do, in words.
pub(crate) fn choice_in_words(look: &Look<'_>, view: &View<'_>, tile: Tile, lays: bool) -> String {
    let stone = say::stone(view.packs, tile.outcome);
    let seat = say::seat(view.packs, tile.colour);
    match (lays, would_meet(view.state(), tile).is_some()) {
        (true, true) => words!(look, "ui-lay-and-meet", seat = seat, stone = stone),
        (true, false) => words!(look, "ui-lay", seat = seat, stone = stone),
        (false, _) => words!(look, "ui-lift", seat = seat, stone = stone),
    }
}

fn middle(placed: &Placed, outcome: Outcome) -> Option<Pos2> {
    placed.map.stones.get(outcome.index()).map(|at| placed.at(*at))
}

/// All stones, their names, and what can be pressed of them.
pub(super) fn stones(ui: &mut Ui, look: &mut Look<'_>, state: &mut UiState, placed: &Placed, table: &TableModel<'_>) {
    let view = &table.view;
    for n in 0..view.packs.outcomes().len() {
        let outcome = Outcome(n as u8);
        let Some(at) = middle(placed, outcome) else { continue };
        stone(ui, look, state, placed, table, outcome, at);
    }
}

fn stone(
    ui: &mut Ui,
    look: &mut Look<'_>,
    state: &mut UiState,
    placed: &Placed,
    table: &TableModel<'_>,
    outcome: Outcome,
    at: Pos2,
) {
    let view = &table.view;
    let radius = placed.map.radius * placed.scale();
    let rect = Rect::from_center_size(at, Vec2::splat(radius * 2.0));
    let choosable = choosable(table, outcome);
    let met = view.state().met(view.setup()).has(outcome);
    let cracked = match view.state().phase() {
        Phase::Mend { tile, .. } => Some(tile),
        _ => None,
    };
    // What the pointer or focus is on is shown as it would be.
    let previewed = previewed(ui, outcome, choosable);
    let place = |p: Perspective| {
        let tile = Tile::new(p, outcome);
        if previewed == Some(tile) {
            return if table.legal.place.has(tile) { Place::Tile } else { Place::Cracked };
        }
        let lies = view.state().path().has(tile);
        if state.scene.laying(tile).is_some() {
            return Place::Empty;
        }
        match (lies, cracked == Some(tile)) {
            (_, true) if state.scene.cracking(tile).is_none_or(|t| t > 0.4) => Place::Cracked,
            (true, _) if table.legal.remove.has(tile) => Place::Liftable,
            (true, _) => Place::Tile,
            (false, _) if table.legal.place.has(tile) => Place::Ghost,
            (false, _) => Place::Empty,
        }
    };
    let drawn = Stone { places: Perspective::ALL.map(place), met, asleep: !view.setup().in_play().has(outcome) };
    paint_stone(ui, look, view, rect, drawn);
    if let Some((Some(done), _)) = cracked.filter(|t| t.outcome == outcome).map(|t| (state.scene.cracking(t), t)) {
        ui.painter().circle_stroke(
            at,
            radius * (1.0 + done * 0.2),
            Stroke::new(radius * 0.06 * (1.0 - done), look.p.ink),
        );
    }
    if !choosable.is_empty() {
        glow(ui, look, at, radius * 1.1, state.since_phase(look.time));
    }
    let would_be_met = previewed.is_some_and(|t| table.legal.place.has(t) && would_meet(view.state(), t).is_some());
    if met || would_be_met {
        let star = Rect::from_center_size(at, Vec2::splat(radius * 0.56));
        star_on(ui, look, star);
    }
    name(ui, look, placed, view, outcome, at, radius, met);
    press(ui, look, state, table, outcome, at, radius, choosable);
    if let Some((pointed, until)) = state.pointed
        && pointed == outcome
        && look.time < until
    {
        ui.painter().circle_stroke(at, radius * 1.28, Stroke::new(radius * 0.09, look.p.focus));
        let hand = Rect::from_center_size(at + vec2(radius * 0.95, -radius * 0.95), Vec2::splat(radius * 0.7));
        ui.painter().circle_filled(hand.center(), radius * 0.42, look.p.focus);
        let ink = if look.p.dark { look.p.glow_ink } else { Color32::WHITE };
        look.art.paint(ui.painter(), "icon-point", hand.shrink(radius * 0.1), ink);
        ui.ctx().request_repaint_after_secs((until - look.time).max(0.05) as f32);
    }
}

fn paint_stone(ui: &Ui, look: &mut Look<'_>, view: &View<'_>, rect: Rect, stone: Stone) {
    let p = look.p;
    let about = |n: usize| (&view.packs.perspectives()[n], look.tones[n]);
    let all = [about(0), about(1), about(2), about(3)];
    let tones = StoneTones { ground: p.stone, edge: p.stone_edge, met: p.met };
    let key = format!("stone-{}-{stone:?}-{}", view.packs.first().id(), p.dark);
    if let Some(id) = look.art.drawn(ui.ctx(), &key, rect.size(), || Some(signs::stone(stone, all, &tones))) {
        crate::art::image(ui.painter(), id, rect);
    }
    if stone.asleep {
        return;
    }
    let size = (rect.width() * 0.17).max(look.s.least);
    for (n, (place, (about, tones))) in stone.places.iter().zip(all).enumerate() {
        let (sx, sy) = QUARTERS[n];
        let at = rect.center() + vec2(sx, sy) * rect.width() * 0.185;
        let colour = match place {
            Place::Tile | Place::Cracked | Place::Liftable => tones.ink,
            Place::Ghost => p.ink,
            Place::Empty => p.soft_ink,
        };
        match place {
            // A letter on a pattern stands on a plain spot of its colour.
            Place::Tile | Place::Cracked | Place::Liftable => {
                ui.painter().circle_filled(at, size * 0.66, tones.colour);
                painted_letter(ui, at, &about.letter, size, colour);
            }
            Place::Ghost => painted_letter(ui, at, &about.letter, size, colour),
            Place::Empty => painted_letter(ui, at, &about.letter, size, colour),
        }
    }
}

/// The ring of what may be chosen: broken, bright, outside the stone; it turns for a moment and then rests, so that
/// a table at rest draws nothing. A met stone's ring is whole, dark and still, with a star.
fn glow(ui: &Ui, look: &Look<'_>, at: Pos2, radius: f32, since_s: f64) {
    let turning = !look.calm() && since_s < 3.0;
    let turn = if turning { since_s as f32 * 0.5 } else { 0.0 };
    if turning {
        ui.ctx().request_repaint();
    }
    let painter = ui.painter();
    painter.circle_stroke(at, radius * 1.03, Stroke::new(radius * 0.20, look.p.glow.gamma_multiply(0.34)));
    const DASHES: usize = 12;
    for n in 0..DASHES {
        let start = n as f32 / DASHES as f32 * std::f32::consts::TAU + turn;
        let arc: Vec<Pos2> = (0..=5)
            .map(|k| {
                let angle = start + k as f32 / 5.0 * 0.62 * std::f32::consts::TAU / DASHES as f32;
                at + vec2(angle.cos(), angle.sin()) * radius * 1.03
            })
            .collect();
        painter.add(Shape::line(arc.clone(), Stroke::new(radius * 0.15, look.p.ink)));
        painter.add(Shape::line(arc, Stroke::new(radius * 0.085, look.p.glow)));
    }
}

fn star_on(ui: &Ui, look: &mut Look<'_>, rect: Rect) {
    ui.painter().circle(
        rect.center(),
        rect.width() * 0.5,
        look.p.glow,
        Stroke::new(rect.width() * 0.07, look.p.glow_ink),
    );
    look.art.paint(ui.painter(), "icon-star", rect.shrink(rect.width() * 0.16), look.p.glow_ink);
}

/// A stone's number and name on a pale plate; where the name has no room, only its number, and the name is in the list
/// beside the board.
#[allow(clippy::too_many_arguments, reason = "one place that paints a name")]
fn name(
    ui: &mut Ui,
    look: &mut Look<'_>,
    placed: &Placed,
    view: &View<'_>,
    outcome: Outcome,
    at: Pos2,
    radius: f32,
    met: bool,
) {
    let size = look.s.small;
    let asleep = !view.setup().in_play().has(outcome);
    let ink = if asleep { look.p.soft_ink } else { look.p.ink };
    let text = format!("{}  {}", outcome.index() + 1, say::stone(view.packs, outcome));
    let width = placed.map.name_width * placed.scale() - size;
    let cut = Cut::Regular;
    let keep = placed.rect(placed.map.inner).shrink(size * 0.3);
    let stones: Vec<Rect> = (0..placed.map.stones.len())
        .filter_map(|n| Some(Rect::from_center_size(middle(placed, Outcome(n as u8))?, Vec2::splat(radius * 1.7))))
        .collect();
    let plate_of = |laid: &egui::Galley, down: f32| {
        let size_ = laid.size() + vec2(size * 0.9, size * 0.3);
        let plate = Rect::from_center_size(pos2(at.x, at.y + down + size_.y / 2.0), size_);
        plate.translate(vec2(
            (keep.left() - plate.left()).max(0.0) + (keep.right() - plate.right()).min(0.0),
            (keep.bottom() - plate.bottom()).min(0.0),
        ))
    };
    let longest = text.split(' ').map(|w| w.chars().count()).max().unwrap_or(0) as f32;
    let whole = galley(ui.painter(), &text, size, cut, ink, width);
    let number = galley(ui.painter(), &(outcome.index() + 1).to_string(), size, Cut::Bold, ink, width);
    let clear = |plate: &Rect| !stones.iter().any(|stone| stone.intersects(*plate));
    let below = plate_of(&whole, radius * 1.02);
    let (laid, plate) = if whole.rows.len() <= 2 && longest * size * 0.56 <= width && clear(&below) {
        (whole, below)
    } else {
        let below = plate_of(&number, radius * 1.02);
        if !clear(&below) {
            // A board this small has the stones in words beside it.
            return;
        }
        (number, below)
    };
    let fill = look.p.card.gamma_multiply(if asleep { 0.7 } else { 0.95 });
    let edge = if met { Stroke::new(size * 0.12, look.p.met) } else { Stroke::new(1.0, look.p.path_edge) };
    ui.painter().rect(plate, size * 0.6, fill, edge, StrokeKind::Inside);
    ui.painter().galley(plate.center() - laid.size() / 2.0, laid, ink);
}

#[allow(clippy::too_many_arguments, reason = "one place that makes a stone's nodes")]
fn press(
    ui: &mut Ui,
    look: &mut Look<'_>,
    state: &mut UiState,
    table: &TableModel<'_>,
    outcome: Outcome,
    at: Pos2,
    radius: f32,
    choosable: TileSet,
) {
    let view = &table.view;
    let whole = Rect::from_center_size(at, Vec2::splat(radius * 2.0));
    let about = in_words(look, view, outcome);
    let id = stone_id(outcome);
    if !look.controls() {
        crate::look::told(ui, whole, &about);
        return;
    }
    // A stone with one thing to choose is one button; else each of its places is.
    if choosable.len() != 1 {
        let response = ui.interact(whole, id, Sense::click());
        let may_ask = look.can_ask() && !crate::table::looks_on(look, table);
        let can = view.setup().in_play().has(outcome) && !view.state().closed() && may_ask;
        let label = if can { words!(look, "ui-point-at", about = &about) } else { about.clone() };
        response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, can, &label));
        let tip = view.packs.outcomes().get(outcome.index()).map_or("", |o| o.meaning.as_str());
        let size = look.s.small;
        let response = response.on_hover_ui(|ui| {
            ui.label(egui::RichText::new(format!("{about} {tip}")).font(crate::theme::font(size, Cut::Regular)));
        });
        if ui.memory(|m| m.has_focus(id)) {
            ui.ctx().data_mut(|d| d.insert_temp(crate::widgets::round_focus(), id));
        }
        if response.clicked() && can {
            look.ask(Ask::Point(outcome));
        }
    }
    for tile in choosable.iter() {
        let lays = table.legal.place.has(tile);
        let (rect, tile_id) = if choosable.len() == 1 {
            (whole, id)
        } else {
            let (sx, sy) = QUARTERS[tile.colour.index()];
            (
                Rect::from_center_size(at + vec2(sx, sy) * radius * 0.47, Vec2::splat(radius * 0.92)),
                id.with(tile.colour.index()),
            )
        };
        let response = ui.interact(rect, tile_id, Sense::click());
        let choice = choice_in_words(look, view, tile, lays);
        let label = format!("{choice} {about}");
        response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, &label));
        if look.focus == Some(tile_id) {
            response.request_focus();
            look.focus = None;
        }
        if ui.memory(|m| m.has_focus(tile_id)) {
            ui.ctx().data_mut(|d| d.insert_temp(crate::widgets::round_focus(), tile_id));
        }
        if response.hovered() || response.has_focus() {
            state.previewed = Some(choice);
        }
        if response.clicked() {
            choose(look, state, table, tile);
        }
    }
}

/// The tile of a stone that the pointer or focus is on.
fn previewed(ui: &Ui, outcome: Outcome, choosable: TileSet) -> Option<Tile> {
    let ctx = ui.ctx();
    choosable.iter().find(|tile| {
        let id = tile_id(*tile, choosable.len());
        debug_assert_eq!(tile.outcome, outcome);
        ctx.memory(|m| m.has_focus(id)) || ctx.read_response(id).is_some_and(|r| r.hovered())
    })
}

/// The node of a tile's place: the whole stone, where there is one thing to choose on it.
fn tile_id(tile: Tile, choosable: u32) -> Id {
    let id = stone_id(tile.outcome);
    if choosable == 1 { id } else { id.with(tile.colour.index()) }
}

/// A tile was chosen: the table is asked; it hears why once it has moved the tile.
pub(crate) fn choose(look: &mut Look<'_>, state: &mut UiState, table: &TableModel<'_>, tile: Tile) {
    let Some(command) = command(table, tile) else { return };
    let seat = table.view.state().seat();
    look.ask(Ask::Act { seat: Some(seat), command });
    state.picked = None;
}

/// The node of a stone.
pub(crate) fn stone_id(outcome: Outcome) -> Id {
    Id::new(("stone", outcome.index()))
}

/// Tiles that drop or rise, and the light of an outcome that was met.
pub(super) fn on_their_way(ui: &Ui, look: &mut Look<'_>, state: &UiState, placed: &Placed, view: &View<'_>) {
    let radius = placed.map.radius * placed.scale();
    for tile in view.setup().places().iter() {
        let Some(at) = middle(placed, tile.outcome) else { continue };
        let (drop, faint) = match (state.scene.laying(tile), state.scene.lifting(tile)) {
            (Some(done), _) => ((1.0 - done) * (1.0 - done), done.min(0.4) / 0.4),
            (None, Some(done)) => (done * done, 1.0 - done),
            (None, None) => continue,
        };
        if let Some(done) = state.scene.mending(tile) {
            ui.painter().circle_stroke(
                at,
                radius * (0.6 + done * 0.6),
                Stroke::new(radius * 0.1 * (1.0 - done), look.p.glow),
            );
        }
        let n = tile.colour.index();
        let about = &view.packs.perspectives()[n];
        let tones = look.tones[n];
        let size = radius * 2.0 * (1.0 + drop * 0.5);
        let rect = Rect::from_center_size(at - vec2(0.0, drop * radius * 1.4), Vec2::splat(size));
        let key = format!("tile-{}-{n}", view.packs.first().id());
        if let Some(id) =
            look.art.drawn(ui.ctx(), &key, Vec2::splat(radius * 2.0), || Some(signs::tile(n, about, &tones)))
        {
            let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
            ui.painter().image(id, rect, whole, Color32::WHITE.gamma_multiply(faint));
        }
    }
    if let Some((outcome, done)) = state.scene.ring()
        && !look.calm()
        && let Some(at) = middle(placed, outcome)
    {
        let light = look.p.glow.gamma_multiply(1.0 - done);
        ui.painter().circle_stroke(at, radius * (1.1 + done * 1.2), Stroke::new(radius * 0.22 * (1.0 - done), light));
        // The light runs on along the path, home.
        let path = &placed.map.path;
        let nearest = placed.map.stones.get(outcome.index()).map_or(0, |stone| {
            let far = |p: &Pos2| (p.distance(*stone) * 10.0) as u32;
            path.iter().enumerate().min_by_key(|(_, p)| far(p)).map_or(0, |(n, _)| n)
        });
        let rest = path.len() - nearest;
        let head = nearest + (rest as f32 * done) as usize;
        let tail = head.saturating_sub(16).max(nearest);
        let line: Vec<Pos2> = path[tail..head.min(path.len())].iter().map(|p| placed.at(*p)).collect();
        if line.len() > 1 {
            ui.painter().add(Shape::line(
                line,
                Stroke::new(radius * 0.4, look.p.glow.gamma_multiply(0.8 * (1.0 - done * 0.6))),
            ));
        }
    }
}
