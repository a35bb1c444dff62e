#!/usr/bin/env python3
"""Reads Instep's messages as protocol.md beside this file describes them, and by nothing else.

    python3 check_protocol.py                     decodes the page's examples and prints them
    python3 check_protocol.py explain TYPE HEX    a frame, byte by byte, as the page's examples are laid out
    python3 check_protocol.py decode              from lines `TYPE HEX` without lengths: the message in one line

It needs Python 3.8 or later and nothing else, and shares no code with the game: what the types are made of it
takes from the page's tables, how they are encoded is written below. TYPE is FromClient or FromTable.
Exit codes: 0 all is well, 1 an example is not what it says, 2 called wrongly, 3 the page can't be read.
"""
import os, re, sys

FRAME_MAX = 65536
PLAIN = {"u8": 8, "u16": 16, "u32": 32, "u64": 64, "bool": 1, "str": 0}
BASE32 = {sign: n for n, sign in enumerate("0123456789ABCDEFGHJKMNPQRSTVWXYZ")}
BASE32.update({"O": 0, "I": 1, "L": 1})


class Fault(Exception):
    pass


class Page:
    """The page's types, and its examples: heading, kind, lines."""

    def __init__(self, text):
        self.structs, self.enums, self.examples = {}, {}, []
        heading, title, head, inside = "", "", None, None
        for line in text.splitlines():
            if inside is not None and not line.startswith("```"):
                inside.append(line)
            elif line.startswith("```"):
                kind, inside = line[3:], None if inside is not None else []
                if inside is not None and kind.startswith(("hex ", "invite")):
                    self.examples.append((title, kind.split()[-1], inside))
            elif line.startswith("#"):
                title = line.lstrip("#").strip()
                heading = (re.findall("`(.*?)`", line) or [""])[0]
            if inside is None and line.startswith("|"):
                cells = [cell.strip() for cell in line.strip("|").split("|")]
                if head is None:
                    head = cells
                elif not cells[0].startswith("---"):
                    self.row(heading, head[:2], cells)
            else:
                head = None

    def row(self, heading, head, cells):
        code = lambda cell: re.findall("`(.*?)`", cell)
        field = lambda text: tuple(text.split(": ")) if ": " in text else (None, text)
        if head == ["n", "variant"]:
            variants = self.enums.setdefault(heading, [])
            if int(cells[0]) != len(variants):
                raise Fault("%s: the variants are not numbered in order" % heading)
            variants.append((code(cells[1])[0], [field(f) for f in code(cells[2])]))
        elif head == ["field", "type"]:
            self.structs.setdefault(heading, []).append((code(cells[0])[0], code(cells[1])[0]))
        elif head == ["type", "is"]:
            self.structs[code(cells[0])[0]] = [(None, code(cells[1])[0])]
        elif head == ["type", "variants"]:
            self.enums[code(cells[0])[0]] = [(name, []) for name in code(cells[1])]


def form(of):
    """What a type is: its form, what it is made of, and how many."""
    if of.endswith("?"):
        return "option", of[:-1], None
    array = re.fullmatch(r"(.*)\[(\d+)\]", of)
    if array:
        return "array", array[1], int(array[2])
    if of.startswith("["):
        return "list", of[1:-1], None
    if of.startswith("("):
        return "tuple", of[1:-1].split(", "), None
    return ("plain" if of in PLAIN else "named"), of, None


class Reader:
    def __init__(self, page, data):
        self.page, self.data, self.at, self.pieces = page, data, 0, []

    def bytes(self, n):
        if n > len(self.data) - self.at:
            raise Fault("the message ends early")
        self.at += n
        return self.data[self.at - n:self.at]

    def varint(self, bits):
        value = 0
        for n in range((bits + 6) // 7):
            byte = self.bytes(1)[0]
            value |= (byte & 0x7F) << 7 * n
            if byte < 0x80:
                if value >> bits:
                    raise Fault("a number of more than %d bits" % bits)
                return value
        raise Fault("a number does not end")

    def note(self, start, depth, name, text):
        self.pieces.append((self.data[start:self.at], depth, name, text))

    def read(self, of, name, depth=0):
        kind, inner, count = form(of)
        start = self.at
        if kind == "plain":
            return self.plain(of, name, depth)
        if kind == "option":
            there = self.bytes(1)[0]
            if there > 1:
                raise Fault("neither there nor not")
            self.note(start, depth, name, "there" if there else "not there")
            return (self.read(inner, name, depth + 1),) if there else None
        if kind == "array":
            if inner == "u8":
                value = list(self.bytes(count))
                self.note(start, depth, name, "%d bytes" % count)
                return value
            return [self.read(inner, "%s %d" % (name, n), depth) for n in range(count)]
        if kind == "tuple":
            return [self.read(one, "%s %d" % (name, n), depth) for n, one in enumerate(inner)]
        if kind == "list":
            count = self.varint(64)
            self.note(start, depth, name, "%d in the list" % count)
            return [self.read(inner, "%s %d" % (name, n), depth + 1) for n in range(count)]
        if of in self.page.structs:
            fields = self.page.structs[of]
            wrapper = len(fields) == 1 and fields[0][0] is None
            named = lambda f: name if wrapper else f if name == of else "%s.%s" % (name, f)
            return [self.read(t, named(f), depth) for f, t in fields]
        variants = self.page.enums[of]
        index = self.varint(32)
        if index >= len(variants):
            raise Fault("%s has no variant %d" % (of, index))
        self.note(start, depth, name, "%d = %s" % (index, variants[index][0]))
        return index, [self.read(t, f or t, depth + 1) for f, t in variants[index][1]]

    def plain(self, of, name, depth):
        start = self.at
        if of == "str":
            length = self.varint(64)
            self.note(start, depth, name, "%d bytes" % length)
            start = self.at
            value = self.bytes(length).decode("utf-8")
            if value:
                self.note(start, depth, name, quoted(value))
            return value
        value = self.bytes(1)[0] if of in ("u8", "bool") else self.varint(PLAIN[of])
        if of == "bool":
            if value > 1:
                raise Fault("neither yes nor no")
            value = bool(value)
        self.note(start, depth, name, "yes" if value is True else "no" if value is False else value)
        return value


def decode(page, of, message):
    reader = Reader(page, message)
    try:
        value = reader.read(of, of)
    except UnicodeDecodeError:
        raise Fault("words that are not UTF-8")
    if reader.at < len(message):
        raise Fault("%d bytes are left over" % (len(message) - reader.at))
    return value, reader.pieces


def varint(value):
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def encode(page, of, value):
    kind, inner, _ = form(of)
    if kind == "option":
        return b"\0" if value is None else b"\1" + encode(page, inner, value[0])
    if kind in ("array", "list"):
        return (varint(len(value)) if kind == "list" else b"") + b"".join(encode(page, inner, v) for v in value)
    if kind == "tuple":
        return b"".join(encode(page, t, v) for t, v in zip(inner, value))
    if of == "str":
        return varint(len(value.encode())) + value.encode()
    if kind == "plain":
        return bytes([value]) if of in ("u8", "bool") else varint(value)
    if of in page.structs:
        return b"".join(encode(page, t, v) for (_, t), v in zip(page.structs[of], value))
    index, values = value
    return varint(index) + b"".join(encode(page, t, v) for (_, t), v in zip(page.enums[of][index][1], values))


def quoted(text):
    return '"%s"' % text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def text(page, of, value):
    """In one line, with every name; secrets are left out."""
    kind, inner, _ = form(of)
    if kind == "option":
        return "None" if value is None else "Some(%s)" % text(page, inner, value[0])
    if kind in ("array", "list"):
        return "[%s]" % ", ".join(text(page, inner, v) for v in value)
    if kind == "tuple":
        return "(%s)" % ", ".join(text(page, t, v) for t, v in zip(inner, value))
    if of == "str":
        return quoted(value)
    if kind == "plain":
        return str(value).lower()
    name, fields, values = of, page.structs.get(of), value
    if fields is None:
        (name, fields), values = page.enums[of][value[0]], value[1]
    if not fields:
        return name
    if fields[0][0] is None:
        return "%s(%s)" % (name, ", ".join(text(page, t, v) for (_, t), v in zip(fields, values)))
    parts = [".." if f == "secret" else "%s: %s" % (f, text(page, t, v)) for (f, t), v in zip(fields, values)]
    return "%s { %s }" % (name, ", ".join(parts))


def explained(page, of, frame):
    """A frame's bytes, each with what it says."""
    length = int.from_bytes(frame[:4], "little")
    if length > FRAME_MAX or length != len(frame) - 4:
        raise Fault("the length is %d, and %d bytes follow" % (length, len(frame) - 4))
    value, pieces = decode(page, of, frame[4:])
    lines = []
    for data, depth, name, what in [(frame[:4], 0, "length", length)] + pieces:
        for at in range(0, len(data), 12):
            said = "%s%s: %s" % ("  " * depth, name, what) if at == 0 else ""
            lines.append(("%-35s  %s" % (data[at:at + 12].hex(" "), said)).rstrip())
    return value, lines


def base32(written, size):
    bits = 0
    for sign in written:
        bits = bits << 5 | BASE32[sign]
    spare = 5 * len(written) - 8 * size
    if not 0 <= spare < 5 or bits & ((1 << spare) - 1):
        raise Fault("not %d bytes in base 32" % size)
    return (bits >> spare).to_bytes(size, "big").hex(" ")


def invite(written):
    """An invite's parts."""
    written = re.sub(r"\s", "", written).upper()
    whole = re.fullmatch(r"INSTEP://([^/]+)/([0-9]+)-([^/]+)(?:/([^/]+))?/*", written)
    if not whole:
        raise Fault("no invite")
    yield "addresses", whole[1].lower().replace("+", " and ")
    yield "table", whole[2]
    yield "secret", base32(whole[3], 10)
    yield "fingerprint", base32(whole[4], 32) if whole[4] else "none"


def check(page):
    for title, kind, lines in page.examples:
        print("\n%s" % title)
        if kind == "invite":
            for name, part in invite(lines[0]):
                print("  %s: %s" % (name, part))
            continue
        frame = bytes.fromhex("".join(line.split("  ")[0] for line in lines))
        value, said = explained(page, kind, frame)
        if said != lines:
            raise Fault("%s: the page should say\n%s" % (title, "\n".join(said)))
        if encode(page, kind, value) != frame[4:]:
            raise Fault("%s: encoded anew it is %s" % (title, encode(page, kind, value).hex(" ")))
        print("  " + text(page, kind, value))


def main(args):
    try:
        with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "protocol.md"), encoding="utf-8") as file:
            page = Page(file.read())
    except OSError as error:
        print(error)
        return 3
    try:
        if not args:
            check(page)
        elif args == ["decode"]:
            for line in sys.stdin:
                of, message = line.split(" ")
                value, _ = decode(page, of, bytes.fromhex(message))
                print(encode(page, of, value).hex(), text(page, of, value))
        elif len(args) > 2 and args[0] == "explain":
            print("\n".join(explained(page, args[1], bytes.fromhex("".join(args[2:])))[1]))
        else:
            print(__doc__)
            return 2
    except (Fault, LookupError, ValueError) as fault:
        print(fault)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
