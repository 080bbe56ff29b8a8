#!/usr/bin/env python3
"""Writes the corpus of recordings made here and of Polar notifications; the same bytes every time. The journal is written from
the description in src/formats/journal_payload.hpp, not by the program.

usage: make_journal_corpus.py CORPUS
"""
import math
import pathlib
import struct
import sys
import zlib

NAN = float("nan")


def text(value):
    data = value.encode()
    return struct.pack("<I", len(data)) + data


def header(sensor=0, context='{"place": "left_ankle"}'):
    return 1, struct.pack("<Bdd", sensor, 600.0, 16.0) + text("2026-01-01-00-00-00") + text(context) + text("0.1.0")


def anchor(stamp, unix, offset=60):
    return 2, struct.pack("<dqi", stamp, unix, offset)


def column(values, coding):
    if coding == 0:
        return b"\0"
    if coding == 2:
        return b"\2" + struct.pack(f"<{len(values)}f", *values)
    scale = 10.0 if coding == 1 else 1.0 / 9.80665e-3
    return bytes([coding]) + struct.pack(f"<{len(values)}h", *(-32768 if math.isnan(v) else round(v * scale) for v in values))


def readings(stamps, codings, plain=False):
    """Stamps in ms; a jerk in the middle on x, gravity on z, a slow turn on the last column."""
    if plain:
        times = b"\0" + struct.pack(f"<{len(stamps)}d", *stamps)
    else:
        first = round(stamps[0] * 1000)
        times = b"\1" + struct.pack(f"<q{len(stamps) - 1}i", first, *(round(s * 1000) - first for s in stamps[1:]))
    columns = []
    for k, coding in enumerate(codings):
        values = [9.8 * (k % 3 == 2) + 0.1 * ((i * 7 + k) % 3) + (5.0 * math.exp(-abs(s / 1000 - 2.0) * 12) if k % 3 == 0 else 0.0) for i, s in enumerate(stamps)]
        columns.append(column(values, coding))
    return 3, struct.pack("<I", len(stamps)) + times + b"".join(columns)


def gap(begin, end, reason):
    return 4, struct.pack("<ddB", begin, end, reason)


def mark(number, stamp, strength=-1, back=0):
    return 5, struct.pack("<IdbB", number, stamp, strength, back)


def block(stamp, task, end=0):
    return 6, struct.pack("<dBB", stamp, task, end)


def sign(value):
    return 7, struct.pack("<b", value)


def end(stamp):
    return 8, struct.pack("<d", stamp)


def frame(kind, sequence, payload):
    body = struct.pack("<BI", kind, sequence) + payload
    return b"KLJF" + struct.pack("<I", len(payload)) + body + struct.pack("<I", zlib.crc32(body))


def journal(frames):
    return b"KLONOJ1\n" + b"".join(frame(kind, i, payload) for i, (kind, payload) in enumerate(frames))


def loose(frames):
    return b"".join(struct.pack("<BH", kind, len(payload)) + payload for kind, payload in frames)


def batches(begin, stop, rate, codings, size=30, **options):
    stamps = [begin + i * 1000.0 / rate + (i * 37 % 11) * 0.2 for i in range(int((stop - begin) * rate / 1000.0))]
    return [readings(stamps[i:i + size], codings, **options) for i in range(0, len(stamps), size)]


CHROME = [1, 1, 1, 0, 0, 0, 1, 1, 1]
IPHONE = [2] * 9
POLAR = [3, 3, 3, 0, 0, 0, 0, 0, 0]


def recordings():
    start = [header(), anchor(0.0, 1767225600000), sign(1)]
    plain = start + batches(100.0, 4100.0, 60, CHROME)
    yield "chrome", plain + [end(4200.0)]
    yield "iphone", [header(), sign(-1)] + batches(100.0, 2900.0, 60, IPHONE) + [end(3000.0)]
    yield "polar", [header(2), anchor(0.0, 1767225600000)] + batches(100.0, 3100.0, 100, POLAR) + [end(3200.0)]
    yield "unfinished", plain
    yield "without_gravity", start + batches(100.0, 3100.0, 60, [0, 0, 0, 1, 1, 1, 0, 0, 0])
    yield "one_sensor_each", [header(1)] + [r for a, b in zip(batches(100.0, 3100.0, 60, [1, 1, 1] + [0] * 6, 6), batches(104.0, 3104.0, 50, [0] * 6 + [1, 1, 1], 5)) for r in (a, b)]
    yield "gaps", plain + [gap(4090.0, 9000.0, 4)] + batches(9000.0, 10500.0, 60, CHROME) + batches(12000.0, 13000.0, 60, CHROME) + [gap(10500.0, 12000.0, 6)]
    yield "asleep", plain + [anchor(4150.0, 1767225600000 + 4150 + 600000)] + batches(4200.0, 5500.0, 60, CHROME)
    yield "marks", plain + [mark(1, 1000.0), mark(2, 2000.0, 5), mark(1, 1000.0, -1, 1), mark(3, -5.0), end(4200.0)]
    yield "guided", start + [block(100.0, 0)] + batches(100.0, 2600.0, 60, CHROME) + [block(2600.0, 1)] + batches(2600.0, 4000.0, 60, CHROME) + [block(3900.0, 1, 1), end(4200.0)]
    yield "plain_stamps", [header()] + batches(100.0, 2600.0, 60, CHROME, plain=True)
    yield "rotation_only", [header()] + batches(100.0, 2600.0, 60, [0] * 6 + [1, 1, 1])
    yield "odd_stamps", [header()] + [readings([1e300, NAN, 5.0, 5.0, 4.0, 6.0, -1e18, 1e11], CHROME, True)] + batches(100.0, 2600.0, 60, CHROME)


def notification(sensor_ns, kind, content):
    data = bytes([2]) + struct.pack("<QB", sensor_ns, kind) + content
    return bytes([len(data)]), data


def notifications():
    def series(kind, content, step_ns=180_000_000, count=6):
        out = b""
        for i in range(count):
            length, data = notification(599_616_000_000_000_000 + i * step_ns, kind, content)
            out += length + bytes([18]) + data
        return out

    sixteen = b"".join(struct.pack("<3h", -9 + i % 3, -1, 999 - i % 4) for i in range(36))
    bits = 0
    for i, delta in enumerate([5, -3, 0, -31, 31, 7] * 5):
        bits |= (delta & 63) << (6 * i)
    packed = struct.pack("<3h", -15, 20, 1008) + bytes([6, 10]) + bits.to_bytes(23, "little")
    yield "whole_8", series(0, bytes(range(120)))
    yield "whole_16", series(1, sixteen)
    yield "whole_24", series(2, sixteen + sixteen[:18])
    yield "compressed_0", series(0x80, packed)
    yield "compressed_1", series(0x81, packed)
    yield "two_blocks", series(0x81, packed + bytes([3, 2, 0o123, 0o210, 1]))
    yield "other_sensor", series(1, sixteen).replace(b"\2\0", b"\0\0")
    yield "clock_back", series(1, sixteen, -180_000_000 & ((1 << 40) - 1))
    yield "half", series(1, sixteen)[:90] + series(0x80, packed)[7:]


corpus = pathlib.Path(sys.argv[1])
for folder in ("journal", "polar"):
    (corpus / folder).mkdir(parents=True, exist_ok=True)
for name, frames in recordings():
    (corpus / "journal" / f"{name}.klono").write_bytes(journal(frames))
    if name in ("gaps", "guided", "asleep", "odd_stamps", "one_sensor_each"):
        (corpus / "journal" / f"{name}.frames").write_bytes(loose(frames[:40]))
for name, data in notifications():
    (corpus / "polar" / name).write_bytes(data)
