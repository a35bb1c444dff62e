//! The table itself.

use super::{Need, Probe, Source, Task};

/// Everything.
pub(crate) const NEEDS: &[Need] = &[
    Need {
        what: "a C compiler",
        probe: Probe::Program("cc"),
        // Without its recommendations gcc comes without the C library's headers.
        source: Source::Apt(&["gcc", "libc6-dev"]),
        why: "SQLite, which is built into the program, and linking",
        tasks: &[Task::Play, Task::Test, Task::Bench, Task::Dist],
        must: &[Task::Play, Task::Test, Task::Bench, Task::Dist],
    },
    Need {
        what: "pkg-config",
        probe: Probe::Program("pkg-config"),
        source: Source::Apt(&["pkg-config"]),
        why: "finding the library for sound",
        tasks: &[Task::Play, Task::Test, Task::Bench, Task::Dist],
        must: &[Task::Play, Task::Test, Task::Bench, Task::Dist],
    },
    // Of what the window needs, this alone is linked; the rest is looked for when it opens.
    Need {
        what: "ALSA's headers",
        probe: Probe::PkgConfig("alsa"),
        source: Source::Apt(&["libasound2-dev"]),
        why: "sound",
        tasks: &[Task::Play, Task::Test, Task::Bench, Task::Dist],
        must: &[Task::Play, Task::Test, Task::Bench, Task::Dist],
    },
    Need {
        what: "a Vulkan driver",
        probe: Probe::AnyFile { folders: DRIVERS, start: "" },
        source: Source::Apt(&["mesa-vulkan-drivers"]),
        why: "drawing in the window",
        tasks: &[Task::Window],
        must: &[],
    },
    Need {
        what: "a Vulkan driver for no graphics card",
        probe: Probe::AnyFile { folders: DRIVERS, start: "lvp_icd" },
        source: Source::Apt(&["mesa-vulkan-drivers"]),
        why: "the tests of the window, which draw the same everywhere",
        tasks: &[Task::Test],
        must: &[Task::Test],
    },
    Need {
        what: "the keyboard's layout under X11",
        probe: Probe::Shared("libxkbcommon-x11.so.0"),
        source: Source::Apt(&["libxkbcommon-x11-0"]),
        why: "the window under X11",
        tasks: &[Task::Window, Task::Test],
        must: &[Task::Test],
    },
    Need {
        what: "the pointer under X11",
        probe: Probe::Shared("libXcursor.so.1"),
        source: Source::Apt(&["libxcursor1"]),
        why: "the window under X11",
        tasks: &[Task::Window, Task::Test],
        must: &[Task::Test],
    },
    Need {
        what: "keys and clicks under X11",
        probe: Probe::Shared("libXi.so.6"),
        source: Source::Apt(&["libxi6"]),
        why: "the window under X11",
        tasks: &[Task::Window, Task::Test],
        must: &[Task::Test],
    },
    Need {
        what: "the screens under X11",
        probe: Probe::Shared("libXrandr.so.2"),
        source: Source::Apt(&["libxrandr2"]),
        why: "the window under X11",
        tasks: &[Task::Window, Task::Test],
        must: &[Task::Test],
    },
    Need {
        what: "a display without a screen",
        probe: Probe::Program("Xvfb"),
        source: Source::Apt(&["xvfb"]),
        why: "the tests of the window",
        tasks: &[Task::Test],
        must: &[Task::Test],
    },
    Need {
        what: "xdotool",
        probe: Probe::Program("xdotool"),
        source: Source::Apt(&["xdotool"]),
        why: "the tests that press the window's keys",
        tasks: &[Task::Test],
        must: &[Task::Test],
    },
    Need {
        what: "a message bus of one's own",
        probe: Probe::Program("dbus-run-session"),
        source: Source::Apt(&["dbus"]),
        why: "the tests that read the window as a screen reader does",
        tasks: &[Task::Test],
        must: &[Task::Test],
    },
    Need {
        what: "the screen readers' bus",
        probe: Probe::AnyFile {
            folders: &["/usr/libexec", "/usr/lib/at-spi2-core", "/usr/lib"],
            start: "at-spi-bus-launcher",
        },
        source: Source::Apt(&["at-spi2-core"]),
        why: "the tests that read the window as a screen reader does",
        tasks: &[Task::Test],
        must: &[Task::Test],
    },
    Need {
        what: "pyatspi",
        probe: Probe::Python("pyatspi"),
        source: Source::Apt(&["python3-pyatspi", "gir1.2-atspi-2.0"]),
        why: "the tests that read the window as a screen reader does",
        tasks: &[Task::Test],
        must: &[Task::Test],
    },
    Need {
        what: "rustfmt",
        probe: Probe::Cargo("fmt"),
        source: Source::Rustup("rustfmt"),
        why: "checking the formatting",
        tasks: &[Task::Test],
        must: &[Task::Test],
    },
    Need {
        what: "clippy",
        probe: Probe::Cargo("clippy"),
        source: Source::Rustup("clippy"),
        why: "the lints",
        tasks: &[Task::Test],
        must: &[Task::Test],
    },
    Need {
        what: "cargo-deny",
        probe: Probe::Cargo("deny"),
        source: Source::Crate("cargo-deny@0.20.2"),
        why: "holding the dependencies against deny.toml",
        tasks: &[Task::Test],
        must: &[],
    },
    Need {
        what: "a British dictionary",
        probe: Probe::File("/usr/share/hunspell/en_GB.dic"),
        source: Source::Apt(&["hunspell-en-gb"]),
        why: "the spelling test of cards and pages",
        tasks: &[Task::Test],
        must: &[],
    },
];

/// Where the Vulkan loader looks for drivers.
const DRIVERS: &[&str] = &["/usr/share/vulkan/icd.d", "/etc/vulkan/icd.d", "/usr/local/share/vulkan/icd.d"];
