//! Seats, roles and teams.

use instep_protocol::{Answer, Ask, Denied, PersonId, Role};
use instep_rules::{Command, Event, Outcome, Perspective, Refusal, Setting, TeamActs};

use crate::support::{Someone, denied, done, room};

const FIRST: Perspective = Perspective::First;

fn place(colour: Perspective) -> Ask {
    Ask::Act { seat: Some(colour), command: Command::Place(colour, Outcome(0)) }
}

#[test]
fn a_seat_is_taken_once_and_left_once_however_many_share_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut room = room(folder.path(), &[]);
    let mut ana = Someone::new(&mut room, Role::Player);
    let mut ben = Someone::new(&mut room, Role::Player);
    for someone in [&mut ana, &mut ben] {
        assert!(done(someone.asks(&mut room, Ask::TakeSeat(FIRST))));
    }
    let again = denied(ana.asks(&mut room, Ask::TakeSeat(FIRST)));
    assert_eq!(again, Denied::Rules(Refusal::SeatAsBefore { seat: FIRST }));
    for someone in [&mut ana, &mut ben] {
        assert!(done(someone.asks(&mut room, Ask::LeaveSeat(FIRST))));
    }
    ana.hears();
    let seats: Vec<Event> = ana.mirror.game().log().iter().skip(1).map(|e| e.event).collect();
    assert_eq!(seats, [Event::SeatTaken { seat: FIRST }, Event::SeatLeft { seat: FIRST }]);
}

#[test]
fn a_held_seat_is_its_holders_and_an_empty_one_anyones() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut room = room(folder.path(), &[]);
    let mut ana = Someone::new(&mut room, Role::Player);
    let mut ben = Someone::new(&mut room, Role::Player);
    assert!(done(ana.asks(&mut room, Ask::TakeSeat(FIRST))));
    assert_eq!(denied(ben.asks(&mut room, place(FIRST))), Denied::NotYourSeat { seat: FIRST });
    assert!(done(ana.asks(&mut room, place(FIRST))));
    assert!(done(ben.asks(&mut room, place(Perspective::Second))), "nobody holds that one: it is voiced");
}

#[test]
fn onlookers_look_on_and_facilitators_facilitate() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut room = room(folder.path(), &[]);
    let mut player = Someone::new(&mut room, Role::Player);
    for role in [Role::Observer, Role::SharedScreen] {
        let mut onlooker = Someone::new(&mut room, role);
        assert_eq!(denied(onlooker.asks(&mut room, place(FIRST))), Denied::LooksOn);
        assert_eq!(denied(onlooker.asks(&mut room, Ask::TakeSeat(FIRST))), Denied::LooksOn);
        assert_eq!(done(onlooker.asks(&mut room, Ask::Hand(true))), role == Role::Observer);
    }
    for command in
        [Command::Undo(1), Command::Redraw, Command::Close, Command::DeclinePass, Command::Set(Setting::RealDie(true))]
    {
        let why = denied(player.asks(&mut room, Ask::Act { seat: None, command }));
        let by_the_rules = matches!(why, Denied::Rules(Refusal::OnlyFacilitator));
        assert!(by_the_rules, "{command:?}: {why:?}");
    }
    let give = Ask::GiveRole { person: PersonId(1), role: Role::Player };
    assert_eq!(denied(player.asks(&mut room, give)), Denied::OnlyFacilitator);
    assert_eq!(denied(player.asks(&mut room, Ask::Offered(FIRST))), Denied::OnlyFacilitator);
    assert!(matches!(denied(player.asks(&mut room, Ask::ClaimFacilitator)), Denied::NotYetClaimable { .. }));
    let creator = room.creator();
    let mut facilitator = Someone::joins(&mut room, creator);
    let alone = Ask::GiveRole { person: creator, role: Role::Player };
    assert_eq!(denied(facilitator.asks(&mut room, alone)), Denied::LastFacilitator);
    let share = Ask::GiveRole { person: player.id(), role: Role::Facilitator };
    assert!(done(facilitator.asks(&mut room, share)));
    assert!(done(player.asks(&mut room, Ask::Act { seat: None, command: Command::Close })));
}

#[test]
fn a_team_acts_by_its_speaker_or_by_a_show_of_hands() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut room = room(folder.path(), &[Setting::TeamActs(TeamActs::Speaker)]);
    let creator = room.creator();
    let mut facilitator = Someone::joins(&mut room, creator);
    let mut team: Vec<Someone> = (0..3).map(|_| Someone::new(&mut room, Role::Player)).collect();
    for someone in &mut team {
        assert!(done(someone.asks(&mut room, Ask::TakeSeat(FIRST))));
    }
    let speaker = team[2].id();
    assert!(done(team[0].asks(&mut room, Ask::MakeSpeaker { seat: FIRST, person: speaker })));
    assert_eq!(denied(team[0].asks(&mut room, place(FIRST))), Denied::OnlyTheSpeaker { seat: FIRST });

    let hands = Ask::Act { seat: None, command: Command::Set(Setting::TeamActs(TeamActs::ShowOfHands)) };
    assert!(done(facilitator.asks(&mut room, hands)));
    let vote = |o: u8| Ask::Act { seat: Some(FIRST), command: Command::Place(FIRST, Outcome(o)) };
    assert_eq!(team[0].asks(&mut room, vote(0)), Answer::Counted { votes: 1, of: 3 });
    assert_eq!(team[1].asks(&mut room, vote(1)), Answer::Counted { votes: 2, of: 3 });
    let elsewhere = Denied::Rules(Refusal::NotInPlay { outcome: Outcome(6) });
    assert_eq!(denied(team[2].asks(&mut room, vote(6))), elsewhere, "a vote for what can't be is told so");
    assert!(done(team[2].asks(&mut room, vote(1))));
    facilitator.hears();
    let path = facilitator.mirror.game().state().path();
    assert!(path.has(instep_rules::Tile::new(FIRST, Outcome(1))));
}

#[test]
fn while_the_table_is_paused_no_turn_goes_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut room = room(folder.path(), &[]);
    let mut ana = Someone::new(&mut room, Role::Player);
    assert!(done(ana.asks(&mut room, Ask::Pause(true))));
    assert_eq!(denied(ana.asks(&mut room, place(FIRST))), Denied::Paused);
    assert!(done(ana.asks(&mut room, Ask::Pause(false))));
    assert!(done(ana.asks(&mut room, place(FIRST))));
}
