#!/usr/bin/env python3
"""Checks an Instep record (events.json) from itself alone, as record.md beside this file describes it.

    python3 check_record.py PATH        PATH is a record's folder, or its events.json

It needs Python 3.8 or later and nothing else, and shares no code with the game. It plays the record
again: from each command's first event it works out every event that has to follow, writes the lines as
they have to be, and compares. Exit codes: 0 sound, 1 not, 2 called wrongly, 3 the file can't be read.
"""
import copy, hashlib, itertools, json, os, struct, sys, types
FORMAT = "instep-record/1"
SETTINGS = {  # in order; each with its range, or its values in the order in which the state's hash numbers them
    "die_faces": (4, 12), "real_die": bool, "walking": ["forward", "either_way"], "opening_tiles": (0, 3),
    "finished_blocks": ["safe", "may_break"], "blocked_place": ["any_missing", "no_effect"],
    "removal": ["mend", "lift"], "passing": ["at_once", "facilitator_confirms"], "empty_seats": ["voiced", "skipped"],
    "team_acts": ["anyone", "speaker", "show_of_hands"], "talk_timer_s": (0, 65535)}
LATER = {"talk_timer_s", "real_die", "passing", "empty_seats", "team_acts"}
STEPS = {"DieRolled", "CounterMoved", "TalkEnded", "ChoiceMade", "TilePlaced", "TileCracked", "TileMended",
         "TileLifted", "CardPassed", "CardRedrawn"}
NOBODYS = {"TableOpened", "PathContinued", "SettingChanged", "PassAsked", "PassDeclined", "CardPassed",
           "CardRedrawn", "Undone", "GameClosed"}
U32, TALK_ONLY = 2**32 - 1, ("talk_only", None)
QUARTERS = ((0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15),
            (0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14))

class Fault(Exception):
    pass

def need(true, kind, expected, found):
    if not true:
        raise Fault("%s\n  expected: %s\n  there is: %s" % (kind, str(expected)[:600], str(found)[:600]))

def form(true, expected, found="the pack as it is"):
    need(true, "format", expected, found)

def whole(value, low, high):
    return type(value) is int and low <= value <= high

def in_range(name, value):
    of = SETTINGS[name]
    return type(value) is bool if of is bool else whole(value, *of) if type(of) is tuple else value in of

def compact(value):
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)

class Stream:
    """ChaCha20 as in RFC 8439, the nonce zero, the counter from 0; the words in order."""
    def __init__(self, seed):
        self.seed, self.at, self.words = struct.unpack("<8I", seed), 0, []

    def block(self, counter):
        start = [*struct.unpack("<4I", b"expand 32-byte k"), *self.seed, counter, 0, 0, 0]
        x = start[:]
        for a, b, c, d in 10 * QUARTERS:
            for to, by, turned, bits in ((a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)):
                x[to] = (x[to] + x[by]) & U32
                mixed = x[turned] ^ x[to]
                x[turned] = (mixed << bits | mixed >> (32 - bits)) & U32
        return [(i + j) & U32 for i, j in zip(x, start)]

    def below(self, n):
        for taken in itertools.count(1):
            if self.at % 16 == 0:
                self.words = self.block(self.at // 16)
            word, self.at = self.words[self.at % 16], self.at + 1
            if word < 2**32 - 2**32 % n:
                return word % n, taken

class Game:
    """A game of a header. Perspectives, outcomes, cards and decks become numbers, in the header's order."""
    def __init__(self, pack, seed, commitment):
        form(list(pack) == "packs perspectives outcomes in_play board cards ruleset begun".split(), "a pack's fields")
        form(all(list(card) == ["id", "deck", "instruction"] for card in pack["cards"]) and
             all(list(ref) == ["id", "version", "hash"] for ref in pack["packs"]), "cards and packs by their fields")
        self.perspectives, self.outcomes = pack["perspectives"], pack["outcomes"]
        self.cards = [card["id"] for card in pack["cards"]]
        for ids, low, high in (self.perspectives, 4, 4), (self.outcomes, 1, 12), (self.cards, 0, 65535):
            form(low <= len(ids) <= high and len(set(ids)) == len(ids), "%d to %d ids without doubles" % (low, high))
            form(all(type(id) is str and id not in ("poem", "poems") or ids is self.cards for id in ids), "ids")
        self.in_play = [self.outcomes.index(outcome) for outcome in pack["in_play"]]
        form(self.in_play and self.in_play == sorted(set(self.in_play)), "outcomes in play, in order")
        self.decks = self.perspectives + ["poems"]
        self.spaces = [4 if space == "poem" else self.perspectives.index(space) for space in pack["board"]]
        self.deck_of = [self.decks.index(card["deck"]) for card in pack["cards"]]
        form(self.deck_of == sorted(self.deck_of), "cards in order of deck")
        self.members = [[n for n, d in enumerate(self.deck_of) if d == deck] for deck in range(5)]
        form(12 <= len(self.spaces) <= 80 and all(self.members[deck] for deck in self.spaces), "12 to 80 spaces")
        self.instruction = [self.read(card["instruction"]) for card in pack["cards"]]
        form(list(pack["ruleset"]) == ["name", *SETTINGS] and type(pack["ruleset"]["name"]) is str, "every setting")
        self.rules = {name: pack["ruleset"][name] for name in SETTINGS}
        form(all(in_range(*setting) for setting in self.rules.items()), "settings in their ranges")
        self.begun = [self.tile(tile) for tile in pack["begun"]]
        form([*map(self.ids, sorted(set(self.begun)))] == pack["begun"], "the path begun, in order")
        self.places = {(outcome, colour) for outcome in self.in_play for colour in range(4)}
        self.commitment, self.stream, self.held, self.closed = commitment, seed and Stream(seed), set(), False
        self.step, self.saved, self.made = 0, [], []
        self.board = types.SimpleNamespace(  # what undo takes back
            path=set(self.begun), counters=[0] * 4, seat=0, phase="roll", turns=0, rolled=False, opening_laid=False,
            pass_asked=False, undrawn=[set(cards) for cards in self.members], aside=set(), round=0, face=0, card=None,
            chosen=None, cracked=None)
        self.begin()

    def read(self, what, nested=False):
        """(what, colour), or a list of them."""
        if type(what) is str:
            form(what in ("place_any", "remove_any", "talk_only"), "an instruction", what)
            return what, None
        (name, value), = what.items()
        if name == "choose" and not nested and len(value) in (2, 3):
            return [self.read(option, True) for option in value]
        form(name in ("place", "remove"), "an instruction", what)
        return name, self.perspectives.index(value)

    def tile(self, of):
        """(outcome, colour), so that tiles sort by outcome and then by colour; None for one that is none."""
        if of.get("outcome") in self.outcomes and of.get("colour") in self.perspectives:
            return self.outcomes.index(of["outcome"]), self.perspectives.index(of["colour"])

    def ids(self, tile):
        return {"colour": self.perspectives[tile[1]], "outcome": self.outcomes[tile[0]]}

    def begin(self):
        """While nothing has been laid or rolled: the phase, and the first seat that takes turns."""
        b = self.board
        if not b.rolled and not b.opening_laid:
            b.phase = "opening" if self.rounds() else "roll"
            b.seat = min(self.held, default=0) if self.rules["empty_seats"] == "skipped" else 0

    def rounds(self):
        return 0 if self.begun else min(self.rules["opening_tiles"], len(self.in_play) - 1)

    def after(self, seat):
        takes_turns = self.held if self.rules["empty_seats"] == "skipped" and self.held else range(4)
        return next(s % 4 for s in range(seat + 1, seat + 5) if s % 4 in takes_turns)

    def complete(self, outcome):
        return all((outcome, colour) in self.board.path for colour in range(4))

    def targets(self, action):
        """The tiles that an action may lay or lift."""
        (what, colour), path = action, self.board.path
        tiles = self.places - path
        if what.startswith("remove"):
            safe = self.rules["finished_blocks"] == "safe"
            tiles = {tile for tile in path & self.places if not (safe and self.complete(tile[0]))}
        named = {tile for tile in tiles if colour in (None, tile[1])}
        instead = what == "place" and self.rules["blocked_place"] == "any_missing"
        return set() if what == "talk_only" else named or (tiles if instead else set())

    def add(self, name, seat=None, **fields):
        acting = None if name in NOBODYS else self.perspectives[self.board.seat]
        self.made.append((self.step, acting if seat is None else seat, {"type": name, **fields}))

    def draw(self, n, told, event):
        """Of 0 to n - 1, and the words that it took; as told where the seed is not known."""
        if self.stream:
            return self.stream.below(n)
        words = whole(event.get("words"), 1, U32 if n & (n - 1) else 1)  # powers of two never reject
        need(whole(told, 0, n - 1) and words, "chance", "one of %d, by so many words" % n, compact(event))
        return told, event["words"]

    def candidates(self, deck):
        used = {self.board.card} | self.board.aside
        return sorted(self.board.undrawn[deck]) or [card for card in self.members[deck] if card not in used]

    def draw_card(self, deck, event):
        b, cards = self.board, self.candidates(deck)
        ids = [self.cards[card] for card in cards]
        k, words = self.draw(len(cards), ids.index(event.get("card")) if event.get("card") in ids else None, event)
        self.add("CardDrawn", card=ids[k], deck=self.decks[deck], refilled=not b.undrawn[deck], words=words)
        b.undrawn[deck], b.phase, b.card, b.chosen = set(cards) - {cards[k]}, "talk", cards[k], None

    def walk(self, direction, event):
        b, start = self.board, self.board.counters[self.board.seat]
        to = (start + (b.face if direction == "forward" else -b.face)) % len(self.spaces)
        self.add("CounterMoved", **{"from": start, "to": to, "direction": direction})
        b.counters[b.seat] = to
        self.draw_card(self.spaces[to], event)

    def lay(self, tile, how):
        self.add("TilePlaced", **self.ids(tile), how=how)
        self.board.path.add(tile)
        if self.complete(tile[0]):
            self.add("OutcomeMet", outcome=self.outcomes[tile[0]])
            if self.places <= self.board.path:
                self.add("PathCompleted")

    def lift(self, tile):
        self.add("TileLifted", **self.ids(tile))
        if self.complete(tile[0]):
            self.add("OutcomeUnmet", outcome=self.outcomes[tile[0]])
        self.board.path.discard(tile)
        self.end_turn()

    def end_turn(self):
        b, to = self.board, self.after(self.board.seat)
        self.add("TurnEnded", next=self.perspectives[to])
        b.seat, b.phase, b.turns, b.pass_asked, b.aside = to, "roll", b.turns + 1, False, set()
        b.card = b.chosen = b.cracked = None

    def command(self, told):
        """The events of the command that begins with told[0], each with its step and seat."""
        self.made, event, name = [], told[0], told[0].get("type")
        def allow(true, expected):
            need(true, "illegal", expected, compact(event))
        allow(not self.closed, "nothing after GameClosed")
        if name in STEPS:
            self.step += 1
            self.saved.append(copy.deepcopy(self.board))
        self.act(name, event, self.board, allow, told + [{}, {}])
        allow(self.made, "an event with which a command begins")
        return self.made

    def act(self, name, event, b, allow, told):
        what = None if b.card is None else self.instruction[b.card]
        options = what if type(what) is list else [what]
        action, tile = TALK_ONLY, self.tile(event)
        if b.phase == "resolve" and (what is not options or b.chosen is not None):
            action = options[b.chosen or 0]
        if name == "DieRolled":
            faces, typed, face = self.rules["die_faces"], self.rules["real_die"], event.get("face")
            allow(b.phase == "roll" and whole(face, 1, faces), "a roll now, a face from 1 to %d" % faces)
            k, words = (face - 1, 0) if typed else self.draw(faces, face - 1, event)
            self.add(name, face=k + 1, typed=typed, words=words)
            b.rolled, b.phase, b.face = True, "walk", k + 1
            if self.rules["walking"] == "forward":
                self.walk("forward", told[2])
        elif name == "CounterMoved":
            allow(b.phase == "walk" and event.get("direction") in ("forward", "back"), "a walk now, forward or back")
            self.walk(event["direction"], told[1])
        elif name == "TilePlaced" and b.phase == "opening":
            to = self.after(b.seat)
            allow(tile in self.places - b.path and tile[1] == b.seat, "an opening tile of the seat's colour")
            self.lay(tile, "opening")
            b.round += to <= b.seat
            more = {"round": b.round} if b.round < self.rounds() else {}
            self.add("OpeningMovedOn" if more else "OpeningEnded", next=self.perspectives[to], **more)
            b.phase, b.seat, b.opening_laid = "opening" if more else "roll", to, True
        elif name == "TalkEnded":
            allow(b.phase == "talk", "a talk to end")
            self.add(name)
            b.phase = "resolve"
            useful = any(option == TALK_ONLY or self.targets(option) for option in options)
            if not useful:
                self.add("InstructionHadNoEffect", reason="no_option" if what is options else
                         "nothing_to_lift" if what[0].startswith("remove") else "nothing_to_lay")
            if not useful or what == TALK_ONLY:
                self.end_turn()
        elif name == "ChoiceMade":
            allow(b.phase == "resolve" and what is options and b.chosen is None, "a choice now")
            b.chosen = event.get("option")
            allow(whole(b.chosen, 0, len(what) - 1), "one of the options")
            allow(what[b.chosen] == TALK_ONLY or self.targets(what[b.chosen]), "an option that would have an effect")
            self.add(name, option=b.chosen)
            if what[b.chosen] == TALK_ONLY:
                self.end_turn()
        elif name == "TilePlaced":
            allow(action[0].startswith("place") and tile in self.targets(action), "a tile that may be laid now")
            self.lay(tile, "any" if action[1] is None else "named" if tile[1] == action[1] else "instead")
            self.end_turn()
        elif name in ("TileCracked", "TileMended", "TileLifted"):
            lifts = action[0].startswith("remove") and name != "TileMended" and tile in self.targets(action)
            allow(lifts or b.phase == "mend", "a tile that may be lifted now, or one that cracked")
            if name == "TileMended":
                allow(whole(event.get("note"), 0, U32), "a note's number")
                self.add(name, **self.ids(b.cracked), note=event["note"])
                self.end_turn()
            elif lifts and self.rules["removal"] == "mend":
                self.add("TileCracked", **self.ids(tile))
                b.phase, b.cracked = "mend", tile
            else:
                self.lift(tile if lifts else b.cracked)
        elif name in ("CardPassed", "PassAsked", "CardRedrawn"):
            allow(b.phase in ("talk", "resolve"), "a card that is not resolved")
            confirms, deck = self.rules["passing"] == "facilitator_confirms", self.deck_of[b.card]
            allow(name != "PassAsked" or confirms and not b.pass_asked, "no wish to pass now")
            allow(name != "CardRedrawn" or self.candidates(deck), "another card in the deck")
            self.add(name)
            b.pass_asked = name == "PassAsked"
            if name == "CardPassed":
                self.end_turn()
            elif name == "CardRedrawn":
                b.aside.add(b.card)
                self.draw_card(deck, told[1])
        elif name == "PassDeclined":
            allow(b.pass_asked, "a wish to pass before it")
            self.add(name)
            b.pass_asked = False
        elif name == "TableOpened":
            self.add(name, commitment=self.commitment)
            self.commitment = None  # a second one can't be right
            if self.begun:
                self.add("PathContinued", tiles=[self.ids(tile) for tile in self.begun])
        elif name == "SettingChanged":
            setting, value = event.get("setting"), event.get("value")
            allow(setting in SETTINGS and in_range(setting, value), "a setting and a value in its range")
            fixed = b.rolled or b.opening_laid and setting == "opening_tiles"
            allow(setting in LATER or not fixed, "a setting that may still change")
            self.add(name, setting=setting, value=value)
            self.rules[setting] = value
            self.begin()
        elif name in ("SeatTaken", "SeatLeft"):
            allow(event.get("seat") in self.perspectives, "a seat")
            seat = self.perspectives.index(event["seat"])
            allow((seat in self.held) == (name == "SeatLeft"), "a seat that is held before it is left, or not")
            self.add(name, event["seat"])
            self.held ^= {seat}
            self.begin()
        elif name == "Undone":
            steps = event.get("steps")
            allow(whole(steps, 1, len(self.saved)), "1 to %d steps" % len(self.saved))
            self.add(name, steps=steps)
            self.board = self.saved[-steps]
            del self.saved[-steps:]
            self.begin()
        elif name == "GameClosed":
            self.add(name)
            self.closed = True

    def state(self):
        b = self.board
        return {"turns": b.turns, "seat": self.perspectives[b.seat], "phase": b.phase, "counters": b.counters,
                "path": [self.ids(tile) for tile in sorted(b.path)],
                "met": [self.outcomes[outcome] for outcome in self.in_play if self.complete(outcome)],
                "complete": self.places <= b.path, "closed": self.closed, "hash": self.hash()}

    def hash(self):
        b = self.board
        tag = ["opening", "roll", "walk", "talk", "resolve", "mend"].index(b.phase)
        chosen = [0 if b.chosen is None else b.chosen + 1]
        fields = [[b.round], [], [b.face], [], chosen, (b.cracked or ())[::-1]][tag]
        phase = bytes([tag]) + (struct.pack("<H", b.card) if tag > 2 else b"") + bytes(fields)
        values = [SETTINGS[n].index(v) if type(SETTINGS[n]) is list else int(v) for n, v in self.rules.items()]
        words = [sum(1 << n for n, card in enumerate(cards[at:at + 64]) if card in of[deck])
                 for of in (b.undrawn, [b.aside] * 5) for deck, cards in enumerate(self.members)
                 for at in range(0, len(cards), 64)]
        path = sum(1 << outcome * 4 + colour for outcome, colour in b.path)
        text = b"instep-state/1" + struct.pack("<HQ", sum(1 << outcome for outcome in self.in_play), path)
        text += bytes([*b.counters, b.seat]) + phase.ljust(6, b"\0") + struct.pack("<I", b.turns)
        text += bytes([b.rolled, b.opening_laid, b.pass_asked, self.closed, sum(1 << seat for seat in self.held)])
        text += bytes(values[:-1]) + struct.pack("<H", values[-1]) + struct.pack("<%dQ" % len(words), *words)
        return hashlib.sha256(text).hexdigest()[:32]

def member(line, name, end):
    start = '"%s":' % name
    text = line[len(start):len(line) - len(end)]
    form(line == start + text + end and compact(json.loads(text)) == text, start + "{…}" + end, line)
    return json.loads(text), text

def check(text):
    lines = text.split("\n")
    form(lines[0] == '{"format":"%s",' % FORMAT, "the format " + FORMAT, lines[0])
    form(len(lines) > 8 and [lines[3], lines[-4], *lines[-2:]] == ['"events":[', "],", "}", ""],
         "a list of events, a state, and the end", lines[-4:])
    (pack, pack_text), (chance, _) = member(lines[1], "pack", ","), member(lines[2], "chance", ",")
    form(list(chance) == ["commitment", "seed", "salt"], "commitment, seed and salt", chance)
    commitment, seed, salt = [value and bytes.fromhex(value) for value in chance.values()]
    form(compact([value and value.hex() for value in (commitment, seed, salt)]) == compact([*chance.values()]) and
         {len(value) for value in (commitment, seed, salt) if value is not None} == {32} and
         (seed is None) == (salt is None), "64 lower-case digits each; seed and salt both, or neither", chance)
    made = commitment if seed is None else hashlib.sha256(salt + seed).digest()
    need(made == commitment, "commitment", made.hex(), chance)
    game = Game(pack, seed, chance["commitment"])
    rows = "\n".join(lines[4:-4]).split(",\n")
    events, prev, at = [json.loads(row) for row in rows], hashlib.sha256(pack_text.encode()).hexdigest(), 0
    try:
        while at < len(events):
            need(at or events[0].get("type") == "TableOpened", "order", "TableOpened", rows[0])
            for step, seat, fields in game.command(events[at:at + 8]):
                entry = compact({"seq": at + 1, "step": step, "seat": seat, **fields, "prev": prev})
                prev = hashlib.sha256(entry.encode()).hexdigest()
                line = '%s,"hash":"%s"}' % (entry[:-1], prev)
                need(rows[at:at + 1] == [line], "another event", line, rows[at] if at < len(rows) else "the end")
                at += 1
    except Fault as fault:
        raise Fault("event %d: %s" % (at + 1, fault))
    need(not game.closed or seed, "chance", "seed and salt, for the game is closed", chance)
    need(lines[-3] == '"state":' + compact(game.state()), "state", compact(game.state()), lines[-3])
    return "%d events and %d steps are as they should be; %s" % (len(events), game.step, "every roll and draw is the "
           "seed's" if seed else "the seed is not published yet: rolls and draws were checked to be possible only")

def main():
    if len(sys.argv) != 2 or sys.argv[1].startswith("-"):
        return print(__doc__) or 2
    sys.stdout.reconfigure(errors="backslashreplace")  # a console may not have every letter of a record
    path = os.path.join(sys.argv[1], "events.json") if os.path.isdir(sys.argv[1]) else sys.argv[1]
    try:
        with open(path, "rb") as file:
            print(check(file.read().decode("utf-8")))
        return 0
    except OSError as error:
        print(error)
        return 3
    except (Fault, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        print(error if type(error) is Fault else "not a record as the format lays it out: %r" % error)
    return 1

if __name__ == "__main__":
    sys.exit(main())
