//! Tables over their journal: what is kept, who sees what, and what a crash leaves.

mod kept;
mod kill;
mod names;
mod projection;
mod seats;
mod support;

/// This test binary is also the process that `kill` kills: see there.
#[test]
fn child() {
    kill::child();
}
