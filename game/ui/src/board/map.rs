//! Where everything on the board is, in units of which the board has 1,000 a side.

use egui::{Pos2, Rect, Vec2, pos2, vec2};

/// The board's side.
pub(crate) const SIDE: f32 = 1000.0;

/// Where things are.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Map {
    /// A space's side.
    pub(crate) cell: f32,
    /// The middles of the spaces.
    pub(crate) spaces: Vec<Pos2>,
    /// What is inside the loop.
    pub(crate) inner: Rect,
    /// The middles of the stones, in the path's order.
    pub(crate) stones: Vec<Pos2>,
    /// A stone's radius.
    pub(crate) radius: f32,
    /// The width that a stone's name has.
    pub(crate) name_width: f32,
    /// The house at the path's end.
    pub(crate) house: Rect,
    /// Where the die lies.
    pub(crate) die: Rect,
    /// The winding path, as a smooth line.
    pub(crate) path: Vec<Pos2>,
}

impl Map {
    /// The map of a loop of so many spaces with so many stones, whose names are so high.
    pub(crate) fn new(spaces: usize, stones: usize, name_height: f32) -> Self {
        let cell = SIDE / (spaces.div_ceil(4).max(1) as f32 + 1.0);
        let at = (0..spaces).map(|n| Self::on_loop(n as f32, spaces, cell)).collect();
        let inner = Rect::from_min_max(Pos2::ZERO, pos2(SIDE, SIDE)).shrink(cell);
        let (stones, radius, name_width) = place_stones(stones, inner, name_height);
        let w = inner.width();
        let house = Rect::from_center_size(inner.min + vec2(w * 0.845, w * 0.15), Vec2::splat(w * 0.27));
        let die = Rect::from_center_size(inner.min + vec2(w * 0.46, w * 0.115), Vec2::splat(w * 0.125));
        let path = smooth(&waypoints(&stones, inner, house));
        Self { cell, spaces: at, inner, stones, radius, name_width, house, die, path }
    }

    /// Which side of the loop a space is on (0 left, then clockwise), and how far along it, 0 to 1. Every side begins
    /// with its corner; where the spaces can't be shared out evenly, the first sides have one more.
    fn side_of(space: f32, spaces: usize) -> (usize, f32) {
        let mut rest = space.rem_euclid(spaces.max(1) as f32);
        for side in 0..4 {
            let here = (spaces / 4 + usize::from(side < spaces % 4)).max(1) as f32;
            if rest < here || side == 3 {
                return (side, (rest / here).min(1.0));
            }
            rest -= here;
        }
        (3, 1.0)
    }

    /// A place on the loop: space 0 at the lower left, then up, and round clockwise.
    fn on_loop(space: f32, spaces: usize, cell: f32) -> Pos2 {
        let (side, along) = Self::side_of(space, spaces);
        let part = along * (SIDE - cell);
        let (near, far) = (cell / 2.0, SIDE - cell / 2.0);
        match side {
            0 => pos2(near, far - part),
            1 => pos2(near + part, near),
            2 => pos2(far, near + part),
            _ => pos2(far - part, far),
        }
    }

    /// The middle of a place between spaces.
    pub(crate) fn between(&self, space: f32) -> Pos2 {
        Self::on_loop(space, self.spaces.len(), self.cell)
    }

    /// The way one walks at a space, in degrees: 0 is up, 90 to the right.
    pub(crate) fn heading(&self, space: f32) -> f32 {
        Self::side_of(space, self.spaces.len()).0 as f32 * 90.0
    }
}

/// Stones in rows, from below, there and back again, as a path winds.
fn place_stones(count: usize, inner: Rect, name_height: f32) -> (Vec<Pos2>, f32, f32) {
    let count = count.clamp(1, 12);
    let (rows, a_row) = match count {
        1..=3 => (1, count),
        4 => (2, 2),
        5 | 6 => (2, 3),
        7..=9 => (3, 3),
        _ => (3, 4),
    };
    let w = inner.width();
    let radius = w * match rows {
        1 => 0.125,
        2 => 0.105,
        _ => {
            if a_row == 4 {
                0.075
            } else {
                0.083
            }
        }
    };
    // The house stands in the upper right, above the lower rows.
    let ys: &[f32] = match rows {
        1 => &[0.62],
        2 => &[0.80, 0.47],
        _ => &[0.825, 0.572, 0.32],
    };
    // Where names are large, stones make room for them: a row of stones and its names end before the next begins.
    let pitch = ys.windows(2).map(|rows| (rows[0] - rows[1]) * w).fold((1.0 - ys[0]) * w * 1.55, f32::min);
    let radius = radius.min((pitch - name_height) / 2.12).max(w * 0.056);
    let mut stones = Vec::with_capacity(count);
    let mut forward = true;
    for (row, y) in ys.iter().enumerate() {
        let here = count.saturating_sub(row * a_row).min(a_row);
        let top = rows == 3 && row == 2;
        let (left, right) = match (a_row, top) {
            (4, true) => (0.11, 0.665),
            (_, true) => (0.15, 0.60),
            (1, _) => (0.45, 0.45),
            (2, _) => (0.27, 0.73),
            (4, _) => (0.125, 0.875),
            _ => (0.165, 0.835),
        };
        for n in 0..here {
            // A row that isn't full begins where the one below ended, and leads towards the house.
            let share = match (a_row, here) {
                (1, _) => 0.0,
                (_, 1) if !forward => 0.35,
                (_, 1) => 0.55,
                _ => n as f32 / (a_row - 1) as f32,
            };
            let share = if forward { share } else { 1.0 - share };
            let x = left + (right - left) * share;
            // A path is no ruler.
            let sway = if n % 2 == 0 { 0.012 } else { -0.016 };
            stones.push(inner.min + vec2(w * x, w * (y + sway)));
        }
        forward = !forward;
    }
    let pitch = match (a_row, rows) {
        (1, _) => 0.6,
        (2, _) => 0.44,
        (3, 1 | 2) => 0.325,
        (3, _) => 0.32,
        _ => 0.245,
    };
    (stones, radius, w * pitch)
}

/// What the path goes through: in at the lower left, by the stones, to the door.
fn waypoints(stones: &[Pos2], inner: Rect, house: Rect) -> Vec<Pos2> {
    let w = inner.width();
    let mut points = Vec::with_capacity(stones.len() + 6);
    if let Some(first) = stones.first() {
        points.push(pos2(inner.left() - w * 0.02, first.y + w * 0.05));
    }
    for (n, stone) in stones.iter().enumerate() {
        points.push(*stone);
        let Some(next) = stones.get(n + 1) else { continue };
        // Where a row ends the path swings out before it comes back.
        if (next.y - stone.y).abs() > w * 0.12 {
            let out = if stone.x > inner.center().x { 0.955 } else { 0.045 };
            let x = inner.left() + w * out;
            let reach = (stone.x - x).abs().min((next.x - x).abs() + w * 0.1);
            if reach < w * 0.25 {
                points.push(pos2(x, (stone.y + next.y) / 2.0));
            }
        }
    }
    let door = pos2(house.center().x - house.width() * 0.02, house.bottom() - house.height() * 0.06);
    if let Some(last) = stones.last() {
        points.push(pos2((last.x + door.x * 2.0) / 3.0, door.y + (last.y - door.y).max(w * 0.08) * 0.42));
    }
    points.push(door);
    points
}

/// A smooth line through the points (Catmull–Rom, centripetal enough for points this far apart).
fn smooth(points: &[Pos2]) -> Vec<Pos2> {
    const PARTS: usize = 14;
    let at = |n: isize| points[n.clamp(0, points.len() as isize - 1) as usize].to_vec2();
    let mut line = Vec::with_capacity(points.len() * PARTS);
    for n in 0..points.len() as isize - 1 {
        let (a, b, c, d) = (at(n - 1), at(n), at(n + 1), at(n + 2));
        for part in 0..PARTS {
            let t = part as f32 / PARTS as f32;
            let (t2, t3) = (t * t, t * t * t);
            let p = (b * 2.0 + (c - a) * t + (a * 2.0 - b * 5.0 + c * 4.0 - d) * t2 + (b * 3.0 - a - c * 3.0 + d) * t3)
                * 0.5;
            line.push(p.to_pos2());
        }
    }
    line.extend(points.last());
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_stand_on_the_edge_and_never_on_each_other() {
        for count in 12..=80 {
            let map = Map::new(count, 7, 0.0);
            assert_eq!(map.spaces.len(), count);
            let whole = Rect::from_min_size(Pos2::ZERO, Vec2::splat(SIDE));
            for (n, at) in map.spaces.iter().enumerate() {
                assert!(whole.contains_rect(Rect::from_center_size(*at, Vec2::splat(map.cell - 0.1))));
                for other in &map.spaces[..n] {
                    let apart = (*at - *other).abs();
                    assert!(apart.x.max(apart.y) > map.cell * 0.7, "{count} spaces: {n} is too near another");
                }
            }
        }
    }

    #[test]
    fn stones_keep_clear_of_each_other_the_house_and_the_loop() {
        for count in 1..=12 {
            let map = Map::new(40, count, 0.0);
            assert_eq!(map.stones.len(), count);
            for (n, at) in map.stones.iter().enumerate() {
                let stone = Rect::from_center_size(*at, Vec2::splat(map.radius * 2.0));
                assert!(map.inner.contains_rect(stone), "{count} stones: {n} leaves the garden");
                assert!(
                    !stone.intersects(map.house.shrink(map.house.width() * 0.12)),
                    "{count} stones: {n} stands in the house"
                );
                assert!(!stone.intersects(map.die), "{count} stones: {n} lies under the die");
                for other in &map.stones[..n] {
                    assert!(at.distance(*other) > map.radius * 2.3, "{count} stones: {n} touches another");
                }
            }
        }
    }
}
