#!/usr/bin/env python3
"""Writes small recordings of laboratories and research watches into the corpus of the readers; the same bytes every time.

usage: make_clinical_corpus.py FOLDER
"""
import io
import json
import math
import pathlib
import struct
import sys
import zipfile
import zlib


def field(value, size):
    return str(value).encode("latin-1").ljust(size)[:size]


def edf(kind, signals, records, record_s="1", notes=None, bdf=False, told=None, time="22.30.15"):
    """`signals`: (label, unit, physical low, high, digital low, high, samples a record, value of sample i)."""
    width, name = (3, "BDF Annotations") if bdf else (2, "EDF Annotations")
    rows = [(*signal, False) for signal in signals]
    if notes:
        rows.append((name, "", -1, 1, -(1 << (8 * width - 1)), (1 << (8 * width - 1)) - 1, 48, None, True))
    head = (b"\xffBIOSEMI" if bdf else field("0", 8)) + field("X X X X", 80) + field("Startdate 07-MAY-2024 X X X", 80) + field("07.05.24", 8) + field(time, 8)
    head += field(256 * (len(rows) + 1), 8) + field(kind, 44) + field(records if told is None else told, 8) + field(record_s, 8) + field(len(rows), 4)
    for place, size in ((0, 16), (None, 80), (1, 8), (2, 8), (3, 8), (4, 8), (5, 8), (None, 80), (6, 8), (None, 32)):
        head += b"".join(field("" if place is None else row[place], size) for row in rows)
    data = b""
    for record in range(records):
        for *_, count, value, is_notes in rows:
            if is_notes:
                data += notes[record].ljust(count * width, b"\0")
            else:
                data += b"".join(int(value(record * count + i)).to_bytes(width, "little", signed=True) for i in range(count))
    return head + data


def tal(onset, *texts, duration=""):
    return (onset + ("\x15" + duration if duration else "") + "\x14" + "".join(text + "\x14" for text in texts or ("",))).encode() + b"\0"


AXES = [(f"Accelerometer_{axis}", "mg", -4000, 4000, -8000, 8000, 50,
         lambda i, k=k: (2000 if k == 2 else 0) + 40 * math.sin(i / (5 + k)) + (600 * math.exp(-(i - 90) / 6) if 90 <= i < 140 else 0)) for k, axis in enumerate("XYZ")]


def emg(scale=1):
    return ("EMG TIB L", "uV", -3276.8, 3276.7, -32768 * scale, 32768 * scale - 1, 200, lambda i: scale * (i * 7919 % 401 - 200) * (20 if 300 < i < 360 else 1))


def zigzag(value):
    value, data = (value << 1) ^ (value >> 63), b""
    while value >= 0x80:
        data, value = data + bytes([value & 0x7F | 0x80]), value >> 7
    return data + bytes([value])


def avro_text(text):
    text = text if isinstance(text, bytes) else text.encode()
    return zigzag(len(text)) + text


def avro(codec):
    imu = {"type": "record", "name": "Imu", "fields": [{"name": "timestampStart", "type": "long"}, {"name": "samplingFrequency", "type": "float"},
           {"name": "imuParams", "type": {"type": "record", "name": "Params", "fields": [{"name": name, "type": "int"} for name in ("physicalMin", "physicalMax", "digitalMin", "digitalMax")]}}] +
           [{"name": axis, "type": {"type": "array", "items": "int"}} for axis in "xyz"]}
    schema = {"type": "record", "name": "Session", "namespace": "empatica.format.avro", "fields": [{"name": "timezone", "type": "int"}, {"name": "id", "type": ["null", "string"]},
              {"name": "rawData", "type": {"type": "record", "name": "RawData", "fields": [{"name": "accelerometer", "type": imu}, {"name": "gyroscope", "type": "Imu"}]}}]}
    data = zigzag(7200) + zigzag(1) + avro_text("x")
    for digital, count in ((2048, 300), (0, 0)):
        data += zigzag(1764153714256034) + struct.pack("<f", 64.0) + zigzag(-16) + zigzag(16) + zigzag(-32768) + zigzag(32768)
        for k in range(3):
            values = [(digital if k == 2 else 0) + (i * 37 + k) % 91 + (900 if 150 <= i < 158 else 0) for i in range(count)]
            data += (zigzag(count) + b"".join(map(zigzag, values)) if count else b"") + zigzag(0)
    if codec == "deflate":
        packer = zlib.compressobj(6, zlib.DEFLATED, -15)
        data = packer.compress(data) + packer.flush()
    mark = bytes(range(16))
    head = b"Obj\x01" + zigzag(2) + avro_text("avro.schema") + avro_text(json.dumps(schema)) + avro_text("avro.codec") + avro_text(codec) + zigzag(0) + mark
    return head + zigzag(1) + avro_text(data) + mark


def zipped(members):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), data)
    return buffer.getvalue()


def rows(count, columns, kind="<h"):
    return b"".join(struct.pack(kind, (2048 if k == 2 else 0) + (i * 37 + k * 11) % 91 + (900 if 200 <= i < 206 else 0)) for i in range(count) for k in range(columns))


UNISENS = """<?xml version="1.0" encoding="UTF-8"?>
<unisens timestampStart="2024-05-07T22:30:15" version="2.0">
<signalEntry id="acc.bin" contentClass="acc" dataType="int16" lsbValue="0.00048828125" sampleRate="64" unit="g"><binFileFormat endianess="LITTLE"/>
<channel name="accX"/><channel name="accY"/><channel name="accZ"/></signalEntry></unisens>
"""
TSDF = {"start_iso8601": "2021-06-27T16:52:20Z", "sensors": [
    {"file_name": "imu_time.bin", "channels": ["time"], "units": ["time_delta_ms"], "data_type": "float", "bits": 32, "endianness": "little"},
    {"file_name": "imu_values.bin", "channels": [f"acceleration_{axis}" for axis in "xyz"], "units": ["m/s/s"] * 3, "scale_factors": [0.0048] * 3,
     "data_type": "int", "bits": 16, "endianness": "little"}]}


def corpus():
    starts = ["+0", "+1", "+2", "+30.5"]
    yield "movement_and_emg.edf", edf("", AXES + [emg(), ("EEG", "uV", -200, 200, -2048, 2047, 10, lambda i: i % 50)], 4)
    yield "interrupted.edf", edf("EDF+D", AXES + [emg()], 4, notes=[tal(start) for start in starts[:3]] + [tal(starts[3]) + tal("+31", "Limb movement", "left", duration="0.5")])
    yield "annotated.bdf", edf("BDF+C", [emg(256)], 4, notes=[tal(f"+{k}.25") + tal(f"+{k}.5", "PLM") for k in range(4)], bdf=True)
    yield "annotations.edf", edf("EDF+C", [], 1, record_s="0", notes=[tal("+0") + tal("+0", "Sleep stage W", duration="300") + tal("+300", "Sleep stage 1")])
    yield "odd_header.edf", edf("", [(*AXES[0][:2], 0, 0, *AXES[0][4:])] + AXES, 3, told=-1, time="22:30:15") + b"left over"
    yield "embraceplus.avro", avro("null")
    yield "embraceplus_packed.avro", avro("deflate")
    yield "unisens.zip", zipped({"unisens.xml": UNISENS, "acc.bin": rows(400, 3)})
    yield "unisens.xml", UNISENS.encode()
    yield "tsdf.zip", zipped({"imu_meta.json": json.dumps(TSDF), "imu_values.bin": rows(400, 3), "imu_time.bin": b"".join(struct.pack("<f", 10.0) for _ in range(400))})


folder = pathlib.Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
for name, data in corpus():
    (folder / name).write_bytes(data)
