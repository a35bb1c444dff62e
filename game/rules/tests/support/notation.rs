//! How commands, events and refusals are written in tests: `DieRolled(4) CounterMoved(12) CardDrawn(staff-3)`.

#![allow(dead_code)] // each test binary reads and writes its part of it

use instep_rules::{
    BlockedPlace, CardId, Command, Deck, Direction, EmptySeats, Event, FinishedBlocks, How, Outcome, Passing,
    Perspective, Phase, Refusal, Removal, Setting, Setup, TeamActs, Tile, TileSet, Walking, Who,
};

const SEATS: [&str; 4] = ["users", "providers", "staff", "managers"];
const OUTCOMES: [&str; 12] =
    ["choice", "health", "dignity", "life", "freedom", "money", "voice", "home", "work", "safety", "friends", "sleep"];

/// Every notation that a script can get wrong ends here, with the words that could not be read.
fn unreadable(what: &str, text: &str) -> ! {
    panic!("no {what}: `{text}`")
}

pub(crate) fn seat(text: &str) -> Perspective {
    let at = SEATS.iter().position(|s| *s == text);
    Perspective::from_index(at.unwrap_or_else(|| unreadable("seat", text)))
}

pub(crate) fn show_seat(seat: Perspective) -> &'static str {
    SEATS[seat.index()]
}

pub(crate) fn outcome(text: &str) -> Outcome {
    let at = OUTCOMES.iter().position(|o| *o == text);
    Outcome(at.unwrap_or_else(|| unreadable("outcome", text)) as u8)
}

pub(crate) fn show_outcome(outcome: Outcome) -> &'static str {
    OUTCOMES.get(outcome.index()).copied().unwrap_or("nowhere")
}

pub(crate) fn tile(text: &str) -> Tile {
    let (colour, stone) = text.trim().split_once(' ').unwrap_or_else(|| unreadable("tile", text));
    Tile::new(seat(colour), outcome(stone))
}

pub(crate) fn show_tile(tile: Tile) -> String {
    format!("{} {}", show_seat(tile.colour), show_outcome(tile.outcome))
}

/// `users choice, staff health`, or `none`.
pub(crate) fn tiles(text: &str) -> TileSet {
    text.split(',').map(str::trim).filter(|t| !t.is_empty() && *t != "none").map(tile).collect()
}

pub(crate) fn show_tiles(tiles: TileSet) -> String {
    let shown: Vec<_> = tiles.iter().map(show_tile).collect();
    if shown.is_empty() { "none".into() } else { shown.join(", ") }
}

pub(crate) fn deck(text: &str) -> Deck {
    if text == "poem" { Deck::Poems } else { Deck::Of(seat(text)) }
}

/// `staff-3`: the third card of the staff's deck.
pub(crate) fn show_card(setup: &Setup, card: CardId) -> String {
    let Some(rules) = setup.cards().get(card.index()) else { return "no card".into() };
    let name = match rules.deck {
        Deck::Of(seat) => show_seat(seat),
        Deck::Poems => "poem",
    };
    format!("{name}-{}", card.index() - setup.deck(rules.deck).start + 1)
}

pub(crate) fn card(setup: &Setup, text: &str) -> CardId {
    let (name, number) = text.split_once('-').unwrap_or_else(|| unreadable("card", text));
    let number: usize = number.parse().unwrap_or_else(|_| unreadable("card", text));
    CardId((setup.deck(deck(name)).start + number - 1) as u16)
}

pub(crate) fn who(text: &str) -> Who {
    match text.split_once('+') {
        _ if text == "anyone" => Who::ANYONE,
        _ if text == "facilitator" => Who::FACILITATOR,
        Some(("facilitator", sits_as)) => Who { seat: Some(seat(sits_as)), facilitator: true },
        _ => Who::seat(seat(text)),
    }
}

pub(crate) fn show_who(who: Who) -> String {
    match (who.facilitator, who.seat) {
        (false, None) => "anyone".into(),
        (true, None) => "facilitator".into(),
        (true, Some(seat)) => format!("facilitator+{}", show_seat(seat)),
        (false, Some(seat)) => show_seat(seat).into(),
    }
}

fn number<T: std::str::FromStr>(text: &str) -> T {
    text.parse().unwrap_or_else(|_| unreadable("number", text))
}

pub(crate) fn command(text: &str) -> Command {
    let (verb, rest) = text.trim().split_once(' ').unwrap_or((text.trim(), ""));
    let of_tile = |to: fn(Perspective, Outcome) -> Command| {
        let tile = tile(rest);
        to(tile.colour, tile.outcome)
    };
    match verb {
        "Roll" if rest.is_empty() => Command::Roll,
        "Roll" => Command::RollTyped(number(rest)),
        "Walk" if rest == "forward" => Command::Walk(Direction::Forward),
        "Walk" if rest == "back" => Command::Walk(Direction::Back),
        "EndTalk" => Command::EndTalk,
        "Choose" => Command::Choose(number(rest)),
        "Place" => of_tile(Command::Place),
        "Remove" => of_tile(Command::Remove),
        "Mend" => Command::Mend(number(rest)),
        "LetGo" => Command::LetGo,
        "Pass" => Command::Pass,
        "DeclinePass" => Command::DeclinePass,
        "Redraw" => Command::Redraw,
        "Undo" => Command::Undo(number(rest)),
        "Set" => Command::Set(setting(rest)),
        "Close" => Command::Close,
        "TakeSeat" => Command::TakeSeat(seat(rest)),
        "LeaveSeat" => Command::LeaveSeat(seat(rest)),
        _ => unreadable("command", text),
    }
}

pub(crate) fn show_command(command: Command) -> String {
    match command {
        Command::Roll => "Roll".into(),
        Command::RollTyped(face) => format!("Roll {face}"),
        Command::Walk(Direction::Forward) => "Walk forward".into(),
        Command::Walk(Direction::Back) => "Walk back".into(),
        Command::EndTalk => "EndTalk".into(),
        Command::Choose(n) => format!("Choose {n}"),
        Command::Place(colour, outcome) => format!("Place {}", show_tile(Tile::new(colour, outcome))),
        Command::Remove(colour, outcome) => format!("Remove {}", show_tile(Tile::new(colour, outcome))),
        Command::Mend(note) => format!("Mend {note}"),
        Command::LetGo => "LetGo".into(),
        Command::Pass => "Pass".into(),
        Command::DeclinePass => "DeclinePass".into(),
        Command::Redraw => "Redraw".into(),
        Command::Undo(steps) => format!("Undo {steps}"),
        Command::Set(setting) => format!("Set {}", show_setting(setting)),
        Command::Close => "Close".into(),
        Command::TakeSeat(seat) => format!("TakeSeat {}", show_seat(seat)),
        Command::LeaveSeat(seat) => format!("LeaveSeat {}", show_seat(seat)),
    }
}

pub(crate) fn setting(text: &str) -> Setting {
    fn id<T>(value: Option<T>, text: &str) -> T {
        value.unwrap_or_else(|| unreadable("value", text))
    }
    let (name, value) = text.split_once(' ').unwrap_or_else(|| unreadable("setting", text));
    match name {
        "die" => Setting::DieFaces(number(value)),
        "real-die" => Setting::RealDie(value == "on"),
        "walking" => Setting::Walking(id(Walking::from_id(value), value)),
        "opening" => Setting::OpeningTiles(number(value)),
        "finished" => Setting::FinishedBlocks(id(FinishedBlocks::from_id(value), value)),
        "blocked" => Setting::BlockedPlace(id(BlockedPlace::from_id(value), value)),
        "removal" => Setting::Removal(id(Removal::from_id(value), value)),
        "passing" => Setting::Passing(id(Passing::from_id(value), value)),
        "empty" => Setting::EmptySeats(id(EmptySeats::from_id(value), value)),
        "team" => Setting::TeamActs(id(TeamActs::from_id(value), value)),
        "timer" => Setting::TalkTimer(number(value)),
        _ => unreadable("setting", text),
    }
}

pub(crate) fn show_setting(setting: Setting) -> String {
    match setting {
        Setting::DieFaces(n) => format!("die {n}"),
        Setting::RealDie(on) => format!("real-die {}", if on { "on" } else { "off" }),
        Setting::Walking(v) => format!("walking {}", v.id()),
        Setting::OpeningTiles(n) => format!("opening {n}"),
        Setting::FinishedBlocks(v) => format!("finished {}", v.id()),
        Setting::BlockedPlace(v) => format!("blocked {}", v.id()),
        Setting::Removal(v) => format!("removal {}", v.id()),
        Setting::Passing(v) => format!("passing {}", v.id()),
        Setting::EmptySeats(v) => format!("empty {}", v.id()),
        Setting::TeamActs(v) => format!("team {}", v.id()),
        Setting::TalkTimer(s) => format!("timer {s}"),
    }
}

/// What stands in brackets, with what is usual left unsaid: forward, a die that the server rolled, a card
/// from a deck that was not empty, a tile whose colour the card named.
pub(crate) fn show_event(setup: &Setup, event: &Event) -> String {
    let if_so = |so: bool, word: &str| if so { format!(", {word}") } else { String::new() };
    match *event {
        Event::TableOpened { .. } => "TableOpened".into(),
        Event::PathContinued { tiles } => format!("PathContinued({})", show_tiles(tiles)),
        Event::SeatTaken { seat } => format!("SeatTaken({})", show_seat(seat)),
        Event::SeatLeft { seat } => format!("SeatLeft({})", show_seat(seat)),
        Event::SettingChanged { setting } => format!("SettingChanged({})", show_setting(setting)),
        Event::OpeningMovedOn { next, round } => format!("OpeningMovedOn({}, round {round})", show_seat(next)),
        Event::OpeningEnded { next } => format!("OpeningEnded({})", show_seat(next)),
        Event::DieRolled { face, typed, .. } => format!("DieRolled({face}{})", if_so(typed, "typed")),
        Event::CounterMoved { to, direction, .. } => {
            format!("CounterMoved({to}{})", if_so(direction == Direction::Back, "back"))
        }
        Event::CardDrawn { card, refilled, .. } => {
            format!("CardDrawn({}{})", show_card(setup, card), if_so(refilled, "refilled"))
        }
        Event::TalkEnded => "TalkEnded".into(),
        Event::ChoiceMade { option } => format!("ChoiceMade({option})"),
        Event::TilePlaced { tile, how } => {
            let how = match how {
                How::Opening => ", opening",
                How::Named => "",
                How::Any => ", any",
                How::Instead => ", instead",
            };
            format!("TilePlaced({}{how})", show_tile(tile))
        }
        Event::TileCracked { tile } => format!("TileCracked({})", show_tile(tile)),
        Event::TileMended { tile, note } => format!("TileMended({}, {note})", show_tile(tile)),
        Event::TileLifted { tile } => format!("TileLifted({})", show_tile(tile)),
        Event::OutcomeMet { outcome } => format!("OutcomeMet({})", show_outcome(outcome)),
        Event::OutcomeUnmet { outcome } => format!("OutcomeUnmet({})", show_outcome(outcome)),
        Event::PathCompleted => "PathCompleted".into(),
        Event::InstructionHadNoEffect { reason } => format!("InstructionHadNoEffect({})", reason.id()),
        Event::PassAsked => "PassAsked".into(),
        Event::PassDeclined => "PassDeclined".into(),
        Event::CardPassed => "CardPassed".into(),
        Event::CardRedrawn => "CardRedrawn".into(),
        Event::TurnEnded { next } => format!("TurnEnded({})", show_seat(next)),
        Event::Undone { steps } => format!("Undone({steps})"),
        Event::GameClosed => "GameClosed".into(),
    }
}

pub(crate) fn show_events(setup: &Setup, events: &[Event]) -> String {
    events.iter().map(|e| show_event(setup, e)).collect::<Vec<_>>().join(" ")
}

pub(crate) fn show_refusal(refusal: Refusal) -> String {
    let name = format!("{refusal:?}");
    let name = name.split([' ', '{']).next().unwrap_or_default();
    let said = match refusal {
        Refusal::NotYourTurn { seat } | Refusal::NoSeat { seat } | Refusal::SeatAsBefore { seat } => {
            show_seat(seat).to_string()
        }
        Refusal::NotNow { wanted } => format!("{wanted:?}"),
        Refusal::TypeTheFace { faces } | Refusal::NoSuchFace { faces } => faces.to_string(),
        Refusal::NotInPlay { outcome } | Refusal::FinishedStone { outcome } => show_outcome(outcome).to_string(),
        Refusal::AlreadyLaid { tile } | Refusal::NotThere { tile } => show_tile(tile),
        Refusal::WrongColour { colour } => show_seat(colour).to_string(),
        Refusal::NoSuchOption { options } => options.to_string(),
        Refusal::OptionWithoutEffect { option } => option.to_string(),
        Refusal::NotSoManySteps { steps } => steps.to_string(),
        Refusal::OnlyFacilitator
        | Refusal::NoRealDie
        | Refusal::NoCard
        | Refusal::AlreadyResolved
        | Refusal::PassAlreadyAsked
        | Refusal::NoPassAsked
        | Refusal::NoOtherCard
        | Refusal::FixedAtFirstRoll
        | Refusal::FixedAtFirstTile
        | Refusal::SettingOutOfRange
        | Refusal::GameClosed => return format!("!{name}"),
    };
    format!("!{name}({said})")
}

pub(crate) fn show_phase(setup: &Setup, phase: Phase) -> String {
    match phase {
        Phase::Opening { round } => format!("Opening({round})"),
        Phase::Roll => "Roll".into(),
        Phase::Walk { face } => format!("Walk({face})"),
        Phase::Talk { card } => format!("Talk({})", show_card(setup, card)),
        Phase::Resolve { card, chosen: None } => format!("Resolve({})", show_card(setup, card)),
        Phase::Resolve { card, chosen: Some(n) } => format!("Resolve({}, {n})", show_card(setup, card)),
        Phase::Mend { card, tile } => format!("Mend({}, {})", show_card(setup, card), show_tile(tile)),
    }
}
