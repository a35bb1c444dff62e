"""What a screen reader sees of Instep's window and presses in it, over AT-SPI.

Run inside a display and a session bus of its own:

    xvfb-run -a dbus-run-session -- python3 tests/window/atspi.py tree -- instep --data DIR

`tree` prints every node as `depth role "name" [actions] {states}`, once the window is there. `press NAME` presses the first
control of that name, `press-like NAME` the first whose name begins so, and `write TEXT` types where the focus is. `hear` begins to listen, `heard` prints what was
said since; `watch SECONDS` does both. Several can follow on each other: `press "New game" tree`. What stands after `--`
is started, and ended again. `game` plays on to the close, knowing nothing but the names of what can be pressed.
"""

import os
import signal
import subprocess
import sys
import time

PATIENCE = 30


def begin_bus():
    """Starts the accessibility bus and says that a screen reader is there."""
    launcher = "/usr/libexec/at-spi-bus-launcher"
    subprocess.Popen([launcher, "--launch-immediately"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for name in ("IsEnabled", "ScreenReaderEnabled"):
        for _ in range(50):
            said = subprocess.run(
                ["dbus-send", "--session", "--print-reply", "--dest=org.a11y.Bus", "/org/a11y/bus",
                 "org.freedesktop.DBus.Properties.Set", "string:org.a11y.Status", f"string:{name}",
                 "variant:boolean:true"], capture_output=True)
            if said.returncode == 0:
                break
            time.sleep(0.1)
        else:
            sys.exit("the accessibility bus did not come up")


def application(name):
    """The program, once it is in the tree."""
    import pyatspi

    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        desktop = pyatspi.Registry.getDesktop(0)
        for app in desktop:
            try:
                if app is not None and app.name.lower().startswith(name) and app.childCount:
                    return app
            except Exception:
                pass
        time.sleep(0.1)
    sys.exit(f"no program of the name {name} came into the accessibility tree")


def walk(node, depth=0):
    """Every node below, with its depth."""
    yield depth, node
    for n in range(node.childCount):
        try:
            child = node.getChildAtIndex(n)
        except Exception:
            continue
        if child is not None:
            yield from walk(child, depth + 1)


def actions(node):
    try:
        offered = node.queryAction()
        return [offered.getName(n) for n in range(offered.nActions)]
    except NotImplementedError:
        return []


def states(node):
    import pyatspi

    told = node.getState()
    return sorted(pyatspi.stateToString(s).replace("STATE_", "") for s in told.getStates())


def show(app):
    for depth, node in walk(app):
        try:
            does = ",".join(actions(node))
            few = " ".join(s for s in states(node) if s in ("focused", "focusable", "checked", "pressed", "selected"))
            print(f'{depth} {node.getRoleName()} "{node.name}" [{does}] {{{few}}}', flush=True)
        except Exception as gone:
            print(f"{depth} gone: {gone}", flush=True)


def press(app, name, whole=True):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        for _, node in walk(app):
            try:
                fits = node.name == name if whole else node.name.startswith(name)
                if fits and "click" in actions(node):
                    offered = node.queryAction()
                    which = actions(node).index("click")
                    if not offered.doAction(which):
                        sys.exit(f'"{name}" did not take the press')
                    time.sleep(1.0)
                    return
            except Exception:
                continue
        time.sleep(0.2)
    show(app)
    sys.exit(f'there is nothing named "{name}" to press')


def take_keys():
    """Nobody manages windows here: the program's is told that it has the keyboard."""
    window = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", "^Instep$"], capture_output=True, text=True)
    subprocess.run(["xdotool", "windowfocus", "--sync", window.stdout.split()[0]], check=True)


def write(text):
    """Types, as a keyboard does."""
    subprocess.run(["xdotool", "type", "--delay", "40", text], check=True)
    time.sleep(1.0)


# What a player presses, the first of these that is there. "Lift" and "Talk" are options of cards that let one choose.
DEEDS = ["Let it go", "End the talk", "Roll the die", "Forward to space", "Pick the ", "Lay ", "Lift ", "Talk;"]


def pressable(app):
    found = []
    for _, node in walk(app):
        try:
            if node.name and "click" in actions(node):
                found.append((node.name, node))
        except Exception:
            continue
    return found


def there_is(app, name):
    for _, node in walk(app):
        try:
            if node.name == name:
                return True
        except Exception:
            continue
    return False


def game(app):
    """Plays to the close, by the tree alone."""
    pressed = 0
    for _ in range(600):
        there = pressable(app)
        names = [name for name, _ in there]
        if there_is(app, "The game is closed"):
            print(f"closed after {pressed} presses", flush=True)
            return
        deeds = ["Close the game"] if "Play on" in names else DEEDS
        wanted = next((n for deed in deeds for n, name in enumerate(names) if name.startswith(deed)), None)
        if wanted is None:
            time.sleep(0.2)
            continue
        name, node = there[wanted]
        try:
            node.queryAction().doAction(actions(node).index("click"))
        except Exception:
            continue
        pressed += 1
        end = time.monotonic() + 4
        while time.monotonic() < end and [n for n, _ in pressable(app)] == names:
            time.sleep(0.1)
    show(app)
    sys.exit("the game did not come to its close")


def listen():
    """Prints what is announced, and what changes its name, until it is ended: what a screen reader says by itself."""
    import pyatspi

    def heard(event):
        try:
            print(f'heard {event.type} "{event.any_data or event.source.name}"', flush=True)
        except Exception:
            pass

    kinds = ["object:announcement", "object:property-change:accessible-name", "object:text-changed:insert",
             "object:state-changed:focused"]
    pyatspi.Registry.registerEventListener(heard, *kinds)
    print("listens", flush=True)
    pyatspi.Registry.start()


class Ear:
    """A process of its own that listens: listening takes all of one's time."""

    def __init__(self):
        self.process = subprocess.Popen([sys.executable, __file__, "--listen"], stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL, text=True)
        self.process.stdout.readline()

    def heard(self):
        time.sleep(1.0)
        self.process.kill()
        print(self.process.stdout.read(), flush=True)


def main():
    if sys.argv[1:] == ["--listen"]:
        return listen()
    if "--" not in sys.argv:
        sys.exit(__doc__)
    cut = sys.argv.index("--")
    wanted, command = sys.argv[1:cut], sys.argv[cut + 1:]
    begin_bus()
    program = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    ear = None
    try:
        app = application(os.path.basename(command[0]).split(".")[0].lower())
        if "write" in wanted:
            take_keys()
        time.sleep(1.5)
        while wanted:
            what = wanted.pop(0)
            if what == "tree":
                show(app)
            elif what == "press":
                press(app, wanted.pop(0))
            elif what == "press-like":
                press(app, wanted.pop(0), whole=False)
            elif what == "write":
                write(wanted.pop(0))
            elif what == "game":
                game(app)
            elif what == "hear":
                ear = Ear()
            elif what == "heard":
                ear.heard()
            elif what == "watch":
                ear = Ear()
                time.sleep(float(wanted.pop(0)))
                ear.heard()
            else:
                sys.exit(f"{what} is nothing that this can do")
    finally:
        if ear:
            ear.process.kill()
        program.send_signal(signal.SIGTERM)
        try:
            program.wait(10)
        except subprocess.TimeoutExpired:
            program.kill()


main()
