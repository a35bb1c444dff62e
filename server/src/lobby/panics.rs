//! A fault of ours at one table hurts no other.

use instep_content::{BASE_PACK, Library, Options};
use instep_protocol::{Denied, FromTable};
use instep_rules::{Salt, Seed};

use crate::make::{about, new_table};
use crate::table::{Effect, Input, To};
use crate::{DataFolder, DoorRow, Hall};

#[test]
fn a_table_that_panics_is_put_out_of_use_and_can_be_opened_again() {
    let dir = tempfile::tempdir().expect("a folder");
    let mut hall = Hall::open(DataFolder::hold(dir.path()).expect("ours")).expect("a hall");
    let packs = Library::new(None).load(&[BASE_PACK]).expect("the base pack");
    let table = packs.setup(&Options::default()).expect("a set-up");
    let mut make = |n| {
        let about = about(&packs, &table, &Options::default(), "guided");
        let new = new_table(&packs, &table, about, Seed([n; 32]), Salt([n; 32])).expect("a table");
        hall.begin(new, DoorRow::default()).expect("a table")
    };
    let ((bad, _), (good, host)) = (make(1), make(2));
    hall.settle().expect("kept");
    hall.take_effects();

    // The test's own panic is not worth its lines in the output.
    let quiet = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    hall.with(bad, |_, effects| {
        effects.push(Effect::LetIn(1, host));
        panic!("a fault of ours");
    });
    std::panic::set_hook(quiet);

    let told = hall.take_effects();
    assert!(
        matches!(&told[..], [(id, Effect::Send(To::Everyone, FromTable::Goodbye(Denied::TableStopped)))] if *id == bad),
        "nothing of what it had begun, and a goodbye: {told:?}"
    );
    assert!(hall.table(bad).is_none());
    hall.handle(good, 0, Input::Come(host));
    assert!(!hall.take_effects().is_empty(), "the other goes on");
    hall.load(bad, 0).expect("it is whole on disk");
    assert!(!hall.table(bad).expect("open").game().log().is_empty());

    // What tables are played with is not kept in memory for longer than they are.
    hall.forget_unused();
    assert_eq!(hall.kinds(), 1, "both are played with the same");
    [bad, good].into_iter().for_each(|id| hall.put_away(id));
    hall.forget_unused();
    assert_eq!((hall.open_tables().count(), hall.kinds()), (0, 0));
    hall.load(good, 0).expect("it is read again");
}
