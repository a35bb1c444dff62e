//! Frames, invites and the mirror, with any message and with none that anybody would send.

mod common;

use common::made_up::any_of;
use common::setup;
use instep_protocol::{
    Address, Ask, FRAME_BYTES_MAX, FrameFault, Frames, FromClient, FromTable, Invite, InviteKey, Mirror, TableKey,
    Trouble, decode, encode,
};
use instep_rules::{Event, Perspective};
use proptest::prelude::*;

/// Takes everything that can be taken.
fn drain(frames: &mut Frames) -> Vec<Result<FromClient, FrameFault>> {
    let mut taken = Vec::new();
    loop {
        match frames.take() {
            Ok(None) => return taken,
            Ok(Some(message)) => taken.push(Ok(message)),
            Err(fault @ FrameFault::TooLong { .. }) => {
                taken.push(Err(fault));
                return taken;
            }
            Err(fault) => taken.push(Err(fault)),
        }
    }
}

/// A message whose number nobody knows, perhaps with more behind it.
fn later_message() -> impl Strategy<Value = Vec<u8>> {
    (1_000..=u32::MAX, prop::collection::vec(any::<u8>(), 0..40)).prop_map(|(kind, rest)| {
        let mut message = Vec::new();
        varint(kind, &mut message);
        message.extend(rest);
        message
    })
}

/// A request of a kind that nobody knows.
fn later_request() -> impl Strategy<Value = (u32, Vec<u8>)> {
    let rest = prop::collection::vec(any::<u8>(), 0..40);
    (any::<u32>(), any::<u32>(), 1_000..=u32::MAX, rest).prop_map(|(number, seen, kind, rest)| {
        let mut message = vec![1];
        for n in [number, seen, kind] {
            varint(n, &mut message);
        }
        message.extend(rest);
        (number, message)
    })
}

fn varint(mut n: u32, out: &mut Vec<u8>) {
    while n > 0x7F {
        out.push(n as u8 | 0x80);
        n >>= 7;
    }
    out.push(n as u8);
}

fn framed(message: &[u8]) -> Vec<u8> {
    [&(message.len() as u32).to_le_bytes(), message].concat()
}

proptest! {
    #[test]
    fn what_a_client_says_is_read_as_it_was_written(message in any_of::<FromClient>()) {
        let frame = encode(&message).unwrap();
        prop_assert_eq!(decode::<FromClient>(&frame[4..]), Ok(message));
    }

    #[test]
    fn what_a_table_says_is_read_as_it_was_written(message in any_of::<FromTable>()) {
        let frame = encode(&message).unwrap();
        prop_assert_eq!(decode::<FromTable>(&frame[4..]), Ok(message));
    }

    #[test]
    fn frames_come_out_whole_and_in_order_wherever_they_are_cut(
        messages in prop::collection::vec(any_of::<FromClient>(), 0..20),
        cuts in prop::collection::vec(1..40_usize, 1..20),
    ) {
        let bytes: Vec<u8> = messages.iter().flat_map(|message| encode(message).unwrap()).collect();
        let (mut frames, mut taken, mut rest) = (Frames::default(), Vec::new(), &bytes[..]);
        for cut in cuts.iter().cycle() {
            if rest.is_empty() {
                break;
            }
            let (part, later) = rest.split_at((*cut).min(rest.len()));
            rest = later;
            frames.push(part);
            taken.extend(drain(&mut frames));
        }
        prop_assert_eq!(taken, messages.into_iter().map(Ok).collect::<Vec<_>>());
    }

    #[test]
    fn any_bytes_are_read_or_refused(parts in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..300), 0..6)) {
        let mut frames = Frames::default();
        for part in &parts {
            frames.push(part);
            if drain(&mut frames).iter().any(|taken| matches!(taken, Err(FrameFault::TooLong { .. }))) {
                break;
            }
            let _ = frames.number_of_last();
        }
        let all = parts.concat();
        let _ = decode::<FromTable>(&all);
        let _ = decode::<FromClient>(&all);
    }

    #[test]
    fn a_spoilt_message_hurts_nobody(
        message in any_of::<FromTable>(),
        spoilt in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let mut frame = encode(&message).unwrap();
        for (at, byte) in spoilt {
            let at = at.index(frame.len() - 4) + 4;
            frame[at] = byte;
        }
        let _ = decode::<FromTable>(&frame[4..]);
    }

    #[test]
    fn a_message_of_a_later_kind_is_skipped(later in later_message(), next in any_of::<FromClient>()) {
        let mut frames = Frames::default();
        frames.push(&framed(&later));
        frames.push(&encode(&next).unwrap());
        prop_assert_eq!(drain(&mut frames), vec![Err(FrameFault::Unreadable), Ok(next)]);
        prop_assert_eq!(frames.number_of_last(), None);
    }

    #[test]
    fn the_number_of_a_request_of_a_later_kind_is_found(
        (number, later) in later_request(),
        next in any_of::<FromClient>(),
    ) {
        let mut frames = Frames::default();
        frames.push(&framed(&later));
        frames.push(&encode(&next).unwrap());
        prop_assert_eq!(frames.take::<FromClient>(), Err(FrameFault::Unreadable));
        prop_assert_eq!(frames.number_of_last(), Some(number));
        prop_assert_eq!(drain(&mut frames), vec![Ok(next)]);
    }

    #[test]
    fn too_great_a_length_is_refused_before_its_bytes_come(len in FRAME_BYTES_MAX as u32 + 1..=u32::MAX) {
        let mut frames = Frames::default();
        frames.push(&len.to_le_bytes());
        prop_assert_eq!(frames.take::<FromClient>(), Err(FrameFault::TooLong { bytes: len as usize }));
        prop_assert_eq!(frames.rest().len(), 4);
    }

    #[test]
    fn a_list_that_is_longer_than_its_frame_is_refused(len in 60..=u64::MAX, kind in 0..3_usize) {
        // Notes, tables, and what a table is called.
        let mut message = vec![[3, 11, 9][kind]];
        let mut n = len;
        while n > 0x7F {
            message.push(n as u8 | 0x80);
            n >>= 7;
        }
        message.push(n as u8);
        message.extend([0; 40]);
        prop_assert_eq!(decode::<FromTable>(&message), Err(FrameFault::Unreadable));
    }

    #[test]
    fn an_invite_is_read_as_it_was_written(
        hosts in prop::collection::vec(("[a-z0-9][a-z0-9.-]{0,20}", 1..=u16::MAX), 1..=8),
        table in any::<u64>(),
        secret in any::<[u8; 10]>(),
        fingerprint in any::<Option<[u8; 32]>>(),
    ) {
        let addresses = hosts.into_iter().map(|(host, port)| Address { host, port }).collect();
        let invite = Invite::Whole { addresses, key: InviteKey { key: TableKey { table, secret }, fingerprint } };
        prop_assert_eq!(invite.to_string().parse(), Ok(invite.clone()));
        prop_assert_eq!(invite.to_string().to_lowercase().parse(), Ok(invite));
    }

    #[test]
    fn any_text_is_an_invite_or_none(text in "(INSTEP://)?\\PC{0,60}", address in "\\PC{0,30}") {
        if let Ok(invite) = text.parse::<Invite>() {
            prop_assert_eq!(invite.to_string().parse(), Ok(invite));
        }
        let _ = address.parse::<Address>();
    }

    #[test]
    fn a_mirror_takes_in_any_messages(
        messages in prop::collection::vec((prop_oneof![any_of::<FromTable>(), events()], any_of::<Ask>()), 0..40),
    ) {
        let mut mirror = Mirror::new(setup());
        for (message, ask) in messages {
            let message = fitted(message, mirror.last());
            hear(&mut mirror, message);
            let _ = mirror.ask(ask);
            let _ = (mirror.legal(), mirror.who(), mirror.hello(), mirror.unanswered().count());
            let _ = mirror.game().state().hash(mirror.game().setup());
            prop_assert!(Perspective::ALL.iter().all(|s| usize::from(mirror.game().state().counter(*s)) < 12));
            prop_assert!(mirror.words().is_sorted_by(|a, b| a.id < b.id));
        }
    }
}

/// Any events, which [`fitted`] makes follow what is known.
fn events() -> impl Strategy<Value = FromTable> {
    any_of::<Vec<Vec<Event>>>().prop_map(|commands| FromTable::Events { first: 0, commands, hash: None })
}

fn hear(mirror: &mut Mirror, message: FromTable) {
    let before = mirror.last();
    match mirror.receive(message) {
        Ok(_) => {}
        Err(Trouble::AskAgain(FromClient::Missing { after })) => assert_eq!(after, mirror.last()),
        Err(Trouble::AskAgain(other)) => panic!("nobody can make it good with {other:?}"),
        Err(Trouble::OtherSetup) => assert!(mirror.last() == before || mirror.last() == 0),
    }
}

/// Most events would leave a gap and be of no use: many are made to follow.
fn fitted(mut message: FromTable, last: u32) -> FromTable {
    if let FromTable::Events { first, hash, .. } = &mut message
        && first.is_multiple_of(2)
    {
        (*first, *hash) = (last + 1, None);
    }
    message
}
