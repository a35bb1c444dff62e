#!/usr/bin/env python3
"""Makes Instep's sounds: of wood, paper and a small bell.

    python3 make_sounds.py [FOLDER]     writes the WAV files into FOLDER, or beside this script

Wood and bells are modal: what is struck rings in a few modes, each a sine that dies away. Paper is filtered noise.
The same bytes come out everywhere: sines and powers are computed here by additions and multiplications alone, since
every system's own libm rounds them a little differently.
"""

import random
import struct
import sys
from pathlib import Path

RATE = 22_050
PI = 3.141592653589793
# Nothing is louder than this, and most is quieter: 0.5 of full scale is -6 dB.
PEAK_MAX = 0.5


def exp(x):
    """e to the x, for x <= 0: halved until the series is short, then squared again."""
    halvings = 0
    while x < -0.5:
        x, halvings = x / 2, halvings + 1
    term = power = 1.0
    for n in range(1, 18):
        term *= x / n
        power += term
    for _ in range(halvings):
        power *= power
    return power


def sin(x):
    x -= 2 * PI * int(x / (2 * PI))
    term = height = x
    for n in range(1, 24):
        term *= -x * x / ((2 * n) * (2 * n + 1))
        height += term
    return height


def cos(x):
    return sin(x + PI / 2)


def total(values):
    """One after the other: Python's own `sum` carries what is lost since 3.12, and before did not."""
    whole = 0.0
    for value in values:
        whole += value
    return whole


def samples(seconds):
    return int(seconds * RATE + 0.5)


def rise(count):
    """From 0 to 1 without a corner."""
    return [0.5 - 0.5 * cos(PI * n / count) for n in range(count)]


class Sound:
    """A length of silence that sounds are added to."""

    def __init__(self, seconds, seed):
        self.data = [0.0] * samples(seconds)
        self.chance = random.Random(seed)

    def add(self, at, part, gain=1.0):
        start = samples(at)
        for n, value in enumerate(part[: max(0, len(self.data) - start)], start):
            self.data[n] += gain * value

    def about(self, value, share):
        """`value`, or up to `share` of it more or less: nothing made of wood sounds twice the same."""
        return value * (1 + share * (2 * self.chance.random() - 1))

    def noise(self, seconds):
        return [2 * self.chance.random() - 1 for _ in range(samples(seconds))]

    def strike(self, at, modes, gain=1.0, attack=0.003, spread=0.0):
        """Sets modes ringing: (Hz, strength, seconds until it has fallen to 1/e). A soft hammer has a long attack."""
        soft = rise(samples(attack))
        room = len(self.data) - samples(at)
        for hertz, strength, decay in modes:
            ring = ringing(self.about(hertz, spread), decay, min(room, samples(7 * decay)))
            for n, value in enumerate(soft[: len(ring)]):
                ring[n] *= value
            self.add(at, ring, gain * strength)

    def touch(self, at, seconds, low, high, gain=1.0):
        """The brush of two surfaces that meet: noise between two frequencies that is gone at once."""
        count = samples(seconds)
        up = rise(max(2, count // 4))
        down = rise(count - len(up))[::-1]
        brush = high_pass(low_pass(low_pass(self.noise(seconds), high), high), low)
        self.add(at, [value * shape for value, shape in zip(brush, up + down)], gain)

    def finished(self, peak, fade):
        """Whole numbers of 16 bits: without direct current, silent at both ends, and no louder than `peak`."""
        data = high_pass(self.data, 40)
        for n, value in enumerate(rise(samples(0.002))):
            data[n] *= value
        for n, value in enumerate(rise(samples(fade))):
            data[-1 - n] *= value
        # What is left of direct current goes out under a hill, so that the ends stay where they are.
        hill = [0.5 - 0.5 * cos(2 * PI * n / (len(data) - 1)) for n in range(len(data))]
        drift = total(data) / total(hill)
        data = [value - drift * height for value, height in zip(data, hill)]
        loudest = max(abs(value) for value in data)
        assert peak <= PEAK_MAX
        return [round(value / loudest * peak * 32_767) for value in data]


def ringing(hertz, decay, count):
    """A sine that dies away."""
    turn = 2 * PI * hertz / RATE
    fall = exp(-1 / (decay * RATE))
    twice, square = 2 * fall * cos(turn), fall * fall
    before, now = 0.0, fall * sin(turn)
    ring = [0.0]
    while len(ring) < count:
        ring.append(now)
        before, now = now, twice * now - square * before
    return ring[:count]


def low_pass(data, hertz):
    keep, held, out = 1 - exp(-2 * PI * hertz / RATE), 0.0, []
    for value in data:
        held += keep * (value - held)
        out.append(held)
    return out


def high_pass(data, hertz):
    return [value - low for value, low in zip(data, low_pass(data, hertz))]


def band(data, hertz, width):
    """What is near a frequency that moves: `hertz` has one for every sample; `width` is its share on either side."""
    low = middle = 0.0
    out = []
    for value, centre in zip(data, hertz):
        step = 2 * sin(PI * centre / RATE)
        low += step * middle
        middle += step * (value - low - width * middle)
        out.append(middle * width)
    return out


def glide(start, end, count):
    return [start + (end - start) * n / count for n in range(count)]


def bell(hertz, ring, gain=1.0):
    """A small bell of soft metal: a pair for its fundamental, slightly apart, so that it breathes."""
    return [
        (hertz * 0.9992, 0.50 * gain, ring),
        (hertz * 1.0011, 0.50 * gain, ring * 0.9),
        (hertz * 2.003, 0.30 * gain, ring * 0.55),
        (hertz * 3.01, 0.16 * gain, ring * 0.32),
        (hertz * 4.17, 0.06 * gain, ring * 0.18),
        (hertz * 5.43, 0.03 * gain, ring * 0.10),
    ]


def wooden_bar(hertz, ring):
    """A bar that was carved until its second mode lies two octaves above the first, as a marimba's."""
    return [(hertz, 1.0, ring), (hertz * 3.98, 0.16, ring * 0.25), (hertz * 9.2, 0.04, ring * 0.08)]


def die():
    sound = Sound(0.72, "die")
    cube = [(980, 0.50, 0.014), (1_630, 0.34, 0.009), (2_540, 0.16, 0.006)]
    table = [(168, 0.55, 0.045), (277, 0.45, 0.036), (415, 0.30, 0.026)]
    at, gap, force = 0.004, 0.128, 1.0
    while force > 0.09:
        sound.strike(at, cube, sound.about(force, 0.25), attack=0.0012, spread=0.09)
        sound.strike(at, table, force * force, attack=0.003, spread=0.03)
        sound.touch(at, 0.012, 500, 2_600, 0.5 * force)
        at += sound.about(gap, 0.12)
        gap, force = gap * 0.80, force * 0.78
    # It lies down on a face.
    sound.strike(at + 0.02, table, 0.34, attack=0.004)
    sound.strike(at + 0.02, cube, 0.14, attack=0.002)
    return sound.finished(0.40, 0.06)


def step():
    sound = Sound(0.13, "step")
    sound.strike(0.002, [(112, 1.0, 0.022), (190, 0.6, 0.016), (330, 0.25, 0.010)], attack=0.008)
    sound.touch(0.002, 0.045, 150, 700, 1.3)
    sound.touch(0.046, 0.060, 250, 1_100, 0.7)
    return sound.finished(0.24, 0.03)


def card():
    sound = Sound(0.32, "card")
    count = len(sound.data)
    slide = band(sound.noise(0.32), glide(1_700, 3_300, count), 0.75)
    # Fibres catch and let go: the pressure of the slide is never even.
    catching = low_pass(low_pass([abs(value) for value in sound.noise(0.32)], 45), 45)
    length = 0.25
    up, down = rise(samples(0.09)), rise(samples(length - 0.09))[::-1]
    sound.add(0.0, [a * b * c for a, b, c in zip(low_pass(slide, 4_200), catching, up + down)], 2.0)
    # And the card lies flat.
    sound.touch(0.225, 0.05, 250, 1_400, 0.42)
    return sound.finished(0.20, 0.04)


def tile_down():
    sound = Sound(0.26, "tile-down")
    body = [(148, 1.0, 0.042), (236, 0.7, 0.034), (388, 0.42, 0.022), (655, 0.2, 0.012), (1_120, 0.08, 0.006)]
    sound.strike(0.002, body, attack=0.004)
    sound.touch(0.001, 0.024, 300, 1_600, 1.1)
    # The far edge comes down a moment later.
    sound.strike(0.034, body, 0.22, attack=0.004, spread=0.04)
    return sound.finished(0.40, 0.05)


def tile_up():
    sound = Sound(0.27, "tile-up")
    count = samples(0.13)
    scrape = band(sound.noise(0.13), glide(500, 1_300, count), 0.6)
    hill = [0.5 - 0.5 * cos(2 * PI * n / count) for n in range(count)]
    sound.add(0.0, [value * height for value, height in zip(scrape, hill)], 0.8)
    for at, hertz, gain in [(0.055, 330, 0.55), (0.105, 440, 0.8)]:
        sound.strike(at, [(hertz, 1.0, 0.034), (hertz * 2.76, 0.22, 0.012), (hertz * 5.4, 0.06, 0.005)], gain)
    return sound.finished(0.28, 0.05)


def crack():
    sound = Sound(0.36, "crack")
    for at, force in [
        (0.004, 0.5), (0.022, 0.3), (0.051, 1.0), (0.066, 0.45), (0.098, 0.25), (0.137, 0.34), (0.19, 0.16),
    ]:
        at = sound.about(at, 0.05)
        splinter = [(620, 0.7, 0.010), (1_050, 0.5, 0.006), (1_720, 0.25, 0.004)]
        sound.strike(at, splinter, force, attack=0.0015, spread=0.18)
        sound.touch(at, 0.010, 500, 2_200, 0.8 * force)
    sound.strike(0.051, [(210, 0.6, 0.045), (330, 0.3, 0.030)], attack=0.006)
    return sound.finished(0.26, 0.08)


def mend():
    sound = Sound(0.95, "mend")
    for at, hertz, gain in [(0.002, 392.0, 0.85), (0.19, 523.25, 1.0)]:
        sound.strike(at, wooden_bar(hertz, 0.17), gain, attack=0.005)
        sound.touch(at, 0.014, 300, 1_200, 0.25)
    return sound.finished(0.34, 0.15)


def outcome():
    sound = Sound(1.5, "outcome")
    sound.strike(0.002, bell(587.33, 0.42), 0.9, attack=0.004)
    sound.strike(0.16, bell(880.0, 0.38), 0.8, attack=0.004)
    return sound.finished(0.36, 0.35)


def end():
    # Three seconds would be a larger file than this folder's are.
    sound = Sound(2.75, "end")
    for at, hertz, ring, gain in [
        (0.002, 349.23, 0.45, 0.6), (0.002, 523.25, 0.42, 0.55), (0.05, 698.46, 0.38, 0.5),
        (0.56, 392.00, 0.45, 0.6), (0.56, 587.33, 0.42, 0.55), (0.61, 783.99, 0.38, 0.5),
        (1.16, 261.63, 0.62, 0.7), (1.16, 523.25, 0.60, 0.6), (1.22, 659.26, 0.55, 0.5), (1.28, 783.99, 0.52, 0.5),
    ]:
        sound.strike(at, bell(hertz, ring), gain, attack=0.006)
    return sound.finished(0.42, 0.6)


def cue():
    sound = Sound(1.1, "cue")
    sound.strike(0.002, bell(783.99, 0.32), attack=0.008)
    return sound.finished(0.24, 0.3)


SOUNDS = {
    "die": die, "step": step, "card": card, "tile-down": tile_down, "tile-up": tile_up, "crack": crack, "mend": mend,
    "outcome": outcome, "end": end, "cue": cue,
}


def wav(data):
    """A WAV file of one channel of 16 bits."""
    body = struct.pack(f"<{len(data)}h", *data)
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, RATE, 2 * RATE, 2, 16)
    head = struct.pack("<4sI4s", b"RIFF", 4 + len(form) + 8 + len(body), b"WAVE")
    return head + form + struct.pack("<4sI", b"data", len(body)) + body


def main():
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent
    for name, make in SOUNDS.items():
        (folder / f"{name}.wav").write_bytes(wav(make()))


if __name__ == "__main__":
    main()
