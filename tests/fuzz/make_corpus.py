#!/usr/bin/env python3
"""Writes the corpus of small recordings, one of each dialect and each trap; the same bytes every time.

usage: make_corpus.py FOLDER
"""
import gzip
import io
import json
import math
import pathlib
import struct
import sys
import zipfile

G = 9.80665


def samples(count, scale=1.0):
    """x, y, z in g times `scale`: at rest, with one jerk in the middle."""
    rows = []
    for i in range(count):
        jerk = 0.3 * math.exp(-(i - count // 2) / 6.0) * math.sin(0.3 * (i - count // 2)) if i >= count // 2 else 0.0
        noise = ((i * 7919) % 13 - 6) * 2e-4
        rows.append((scale * (0.1 + noise + jerk), scale * (-0.2 - noise), scale * (0.97 + noise)))
    return rows


def table(header, rate, rows, separator=",", decimal=".", end="\n", start=0.0):
    lines = [header] if header else []
    for i, row in enumerate(rows):
        lines.append(separator.join(f"{value:.6f}".replace(".", decimal) for value in (start + i / rate, *row)))
    return (end.join(lines) + end).encode()


def zipped(members, how=zipfile.ZIP_STORED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", how) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), data, how)
    return buffer.getvalue()


def actilife(epoch, rows):
    head = ["------------ Data File Created By ActiGraph GT3X+ ActiLife v6.13.4 Firmware v2.5.0 date format M/d/yyyy at 30 Hz  Filter Normal -----------",
            "Serial Number: NEO0000", "Start Time 11:55:00", "Start Date 12/20/2021", f"Epoch Period (hh:mm:ss) {epoch}",
            "Download Time 12:09:58", "Download Date 12/20/2021", "Current Memory Address: 0",
            "Current Battery Voltage: 4.26     Mode = 12", "-" * 50, "Accelerometer X,Accelerometer Y,Accelerometer Z"]
    return "\n".join(head + [f"{x:.3f},{y:.3f},{z:.3f}" for x, y, z in rows]).encode() + b"\n"


def axivity_block(number, rows, rotation=False, packed=True):
    """One block of 512 bytes; 100 Hz, the clock with parts of a second."""
    at = number * len(rows) / 100 + 0.25
    fraction = int(at % 1 * 32768)
    stamp = 24 << 26 | 5 << 22 | 7 << 17 | 18 << 12 | 55 << 6 | 4 + int(at)
    place = -((fraction << 1) * 100 >> 16)
    block = b"AX" + struct.pack("<HHIIIHHBBBBhH", 508, 0x8000 | fraction, 7, number, stamp, 300 | 2 << 10, 256, 0, 190, 0x4A,
                                (0x60 if rotation else 0x30) | (0 if packed else 2), place, len(rows))
    for row in rows:
        counts = [round(256 * value) for value in row]
        if packed:
            block += struct.pack("<I", sum((value & 1023) << 10 * k for k, value in enumerate(counts)))
        else:
            block += struct.pack("<6h", 5, -9, number, *counts) if rotation else struct.pack("<3h", *counts)
    block = block.ljust(510, b"\0")
    return block + struct.pack("<H", -sum(struct.unpack("<255H", block)) & 0xFFFF)


def axivity(blocks):
    return (b"MD\xfc\x03" + bytes(32) + b"\x4a" + bytes(27) + b" " * 448).ljust(1024, b"\0") + b"".join(blocks)


def gt3x_record(kind, second, payload):
    record = struct.pack("<BBIH", 0x1E, kind, 1715108146 + second, len(payload)) + payload
    checksum = 0xFF
    for byte in record:
        checksum ^= byte
    return record + bytes([checksum])


def nibbles(rows, lsb):
    """12 bits each, y before x."""
    digits = "".join(f"{round(lsb * value) & 0xFFF:03x}" for x, y, z in rows for value in (y, x, z))
    return bytes.fromhex(digits + "0" * (len(digits) % 2))


def geneactiv(pages, rows, end="\r\n"):
    text = end.join(["Device Identity", "Device Unique Serial Code:000001\0\0\0\0", "Measurement Frequency:50 Hz", "x gain:25600", "x offset:10", "y gain:25600",
                     "y offset:-20", "z gain:25600", "z offset:30", "Volts:300", "Lux:800", "Number of Pages:9999", "", ""])
    for page in range(pages):
        digits = "".join(f"{round(256 * x) & 0xFFF:03X}{round(256 * y) & 0xFFF:03X}{round(256 * z) & 0xFFF:03X}{page * 4:03X}" for x, y, z in rows[300 * page:300 * page + 300])
        text += end.join(["Recorded Data", "Device Unique Serial Code:000001", f"Sequence Number:{page}", f"Page Time:2024-05-07 18:55:{6 * page:02d}:500", "Unassigned:",
                          "Temperature:21.5", "Battery voltage:4.1", "Device Status:Recording", "Measurement Frequency:50.0", digits, ""])
    return text.encode()


def wav(rows):
    comment = b"Channel-1: Accel-X\nScale-1: 8\nChannel-2: Accel-Y\nScale-2: 8\nChannel-3: Accel-Z\nScale-3: 8\n"
    comment += b"\0" * (len(comment) % 2)
    created = b"2024-05-07 18:55:46.250\0"
    information = b"INFOICMT" + struct.pack("<I", len(comment)) + comment + b"ICRD" + struct.pack("<I", len(created)) + created
    data = b"".join(struct.pack("<3hH", *(round(4096 * value) for value in row), 0x8000 if 90 <= i < 100 else 7) for i, row in enumerate(rows))
    return b"RIFF....WAVEfmt " + struct.pack("<IHHIIHH", 16, 1, 4, 100, 800, 8, 16) + b"LIST" + struct.pack("<I", len(information)) + information + b"data" + struct.pack("<I", 700000000) + data


def corpus():
    rest, metric = samples(260), samples(260, G)
    phyphox_header = '"Time (s)","X (m/s^2)","Y (m/s^2)","Z (m/s^2)"'
    plain = table("time,x,y,z", 100, rest)
    yield "phyphox.csv", table(phyphox_header, 100, metric)
    yield "phyphox_semicolon.csv", table(phyphox_header.replace(",", ";"), 100, metric, ";", ",")
    yield "phyphox.zip", zipped({"Accelerometer.csv": table(phyphox_header, 100, metric), "Gyroscope.csv": table(phyphox_header.replace("m/s^2", "rad/s"), 100, rest),
                                 "meta/time.csv": b'"event","experiment time","system time","system time text"\n"START",0,1690000000,"x"\n"PAUSE",1.2,1690000001.2,"x"\n"START",1.2,1690000009,"x"\n"PAUSE",2.6,1690000010.4,"x"\n',
                                 "meta/device.csv": b"property,value\nversion,1\n"})
    stamps = [f"{1679068247000000000 + i * 10000000},{i / 100:.9f}" for i in range(260)]
    logger = "time,seconds_elapsed,z,y,x\n" + "\n".join(f"{stamp},{z:.6f},{y:.6f},{x:.6f}" for stamp, (x, y, z) in zip(stamps, metric)) + "\n"
    yield "sensor_logger.csv", logger.encode()
    yield "sensor_logger_ios.zip", zipped({"Accelerometer.csv": logger, "Gravity.csv": logger, "Metadata.csv": b"version,device name,platform\n3,phone,ios\n"})
    yield "sensor_logger_android.zip", zipped({"TotalAcceleration.csv": logger, "Accelerometer.csv": logger, "Metadata.csv": b"version,device name,platform\n3,phone,android\n"})
    yield "sensor_logger.json", json.dumps([{"sensor": "TotalAcceleration", "time": str(1679068247000000000 + i * 10**7), "seconds_elapsed": str(i / 100),
                                             "z": str(z), "y": str(y), "x": str(x)} for i, (x, y, z) in enumerate(metric[:60])]).encode()
    yield "arrays.json", json.dumps({"timestamp": [i * 10 for i in range(120)], "x": [r[0] for r in metric[:120]], "y": [r[1] for r in metric[:120]], "z": [r[2] for r in metric[:120]]}).encode()
    yield "datapoints.json", json.dumps({"datapoints": [{"rawData": [1000 + i % 7 for i in range(125)]}] * 2}).encode()
    yield "physics_toolbox.csv", b"\n" + table("time,gFx,gFy,gFz,TgF", 100, [(*r, 1.0) for r in rest])
    yield "physics_toolbox_comma.csv", table("time;gFx;gFy;gFz;Gain", 100, [(*r, 0.0) for r in rest], ";", ",").replace(b"-", "\u2212".encode())
    yield "androsensor.csv", ("ACCELEROMETER X (m/s\u00b2),ACCELEROMETER Y (m/s\u00b2),ACCELEROMETER Z (m/s\u00b2),SOUND LEVEL (dB),Time since start in ms ,YYYY-MO-DD HH-MI-SS_SSS\n" + "".join(
        f"{x:.4f},{y:.4f},{z:.4f},47.2,{i * 10},2022-03-16 14:07:{17 + i // 100:02d}:{i % 100 * 10:03d}\n" for i, (x, y, z) in enumerate(metric[:120]))).encode()
    yield "actilife.csv", actilife("00:00:00", rest)
    yield "actilife_counts.csv", actilife("00:01:00", [(0, 12, 3)] * 20)
    yield "cwa_convert.csv", table("", 100, rest, start=1551178506.0)
    yield "cwa_convert_dates.csv", "".join(f"2019-12-23 21:04:{6 + i // 100:02d}.{i % 100 * 10:03d},{x:.6f},{y:.6f},{z:.6f}\n" for i, (x, y, z) in enumerate(rest)).encode()
    yield "e4_acc.csv", b"1551453301.000000, 1551453301.000000, 1551453301.000000\n32.000000, 32.000000, 32.000000\n" + "".join(
        f"{round(64 * x)},{round(64 * y)},{round(64 * z)}\n" for x, y, z in rest).encode()
    yield "e4_hr.csv", b"1551453311.000000\n1.000000\n" + b"71.50\n" * 30
    yield "plain.csv", plain
    yield "tab.txt", table("t\tx\ty\tz", 50, rest, "\t")
    yield "semicolon_comma.csv", table("time;ax;ay;az", 50, rest, ";", ",")
    yield "separator_line.csv", b"sep=;\n" + table("time;ax;ay;az", 50, rest, ";", ",")
    yield "crlf_quoted.csv", b'"time","x","y","z"\r\n' + b"".join(b'"%d","%.4f","%.4f","%.4f"\r\n' % (i * 10, *r) for i, r in enumerate(rest))
    yield "carriage_returns.csv", table("time,x,y,z", 100, rest, end="\r")
    yield "utf8_bom.csv", b"\xef\xbb\xbf" + plain
    yield "utf16le.csv", plain[:2000].decode().encode("utf-16")
    yield "utf16be.csv", b"\xfe\xff" + plain[:2000].decode().encode("utf-16-be")
    yield "comments.csv", b"# made\n% by hand\n\n" + plain
    yield "no_header_no_time.csv", "".join(f"{x:.4f},{y:.4f},{z:.4f}\n" for x, y, z in rest[:120]).encode()
    yield "codes.txt", "".join(f"{22 + i % 3} {49 - i % 2} 35\n" for i in range(120)).encode()
    yield "gap_and_restart.csv", table("time,x,y,z", 100, rest[:90]) + table("", 100, rest[:90], start=30.0) + table("", 100, rest[:90], start=2.0)
    yield "equal_stamps.csv", "".join(f"{i // 4 * 0.04:.2f},{x:.5f},{y:.5f},{z:.5f}\n" for i, (x, y, z) in enumerate(rest)).encode()
    yield "held.csv", table("time,x,y,z", 100, rest[:80] + [rest[80]] * 150 + rest[100:130])
    yield "not_numbers.csv", b"time,x,y,z\n" + b"".join(b"%.2f,nan,,inf\n" % (i / 100) if i % 9 == 0 else b"%.2f,0.1,-1e400,1\n" % (i / 100) for i in range(80))
    # found by fuzzing: the square of the value leaves the numbers, and a rise of no number was rounded
    yield "value_beyond_numbers.csv", plain.replace(b"1.300000,", b"1.300000,0777777777777777777777", 1)
    yield "half_a_row.csv", plain[:1500]
    yield "huge_times.csv", b"time,x,y,z\n" + b"".join(b"1e%d,0,0,1\n" % i for i in range(1, 120))
    yield "magnitude.csv", table("time,magnitude", 50, [(1.0 + 0.001 * (i % 5),) for i in range(200)])
    yield "gyroscope.csv", table('"Time (s)","X (rad/s)","Y (rad/s)","Z (rad/s)"', 100, rest[:60])
    yield "gzip.csv.gz", gzip.compress(plain, mtime=0)
    yield "stored.zip", zipped({"recording.csv": plain[:3000], "__MACOSX/._recording.csv": b"\0\5\26\7", "notes.txt": b"hello\n"})
    yield "two_members.zip", zipped({"left.csv": plain[:3000], "right.csv": plain[:3000]})
    yield "axivity.cwa", axivity(axivity_block(i, rest[:120]) for i in range(5))
    yield "axivity_six_axes.cwa", axivity(axivity_block(i, rest[40 * i:40 * i + 40], True, False) for i in range(6))
    damaged = bytearray(axivity([*(axivity_block(i, rest[:80], packed=False) for i in (0, 1, 2, 5, 6, 0)), b"\xff" * 1024]))
    damaged[1024 + 512 + 100] ^= 1
    yield "axivity_damaged.cwa", bytes(damaged)
    info = b"Serial Number: MOS2E0\r\nFirmware: 1.6.0\r\nBattery Voltage: 4,03\r\nSample Rate: 30\r\nStart Date: 638506977460000000\r\nSubject Name: x\r\n"
    log = gt3x_record(21, 0, struct.pack("<II", 55 << 16, 0x09400000)) + b"".join(
        gt3x_record(26, i, b"".join(struct.pack("<3h", *(round(256 * value) for value in row)) for row in rest[30 * i:30 * i + 30])) + bytes(i % 3) for i in range(4))
    log += gt3x_record(3, 4, b"\x08") + b"".join(gt3x_record(0, i, nibbles(rest[30 * i - 60:30 * i - 30], 256)) for i in (4, 4, 7, 8)) + gt3x_record(2, 9, b"\x10\x0f") + b"\x1e\x1a\0"
    yield "actigraph.gt3x", zipped({"info.txt": info, "log.bin": log}, zipfile.ZIP_DEFLATED)
    yield "actigraph_stored.gt3x", zipped({"info.txt": info, "log.bin": log})
    yield "actigraph_old.gt3x", zipped({"activity.bin": nibbles(rest, 341), "log.txt": b"", "info.txt": info.replace(b"MOS2E", b"NEO1C")})
    yield "geneactiv.bin", geneactiv(2, samples(600))
    yield "geneactiv_lf.bin", geneactiv(2, samples(600), "\n")[:6000]
    yield "omconvert.wav", wav(rest)
    yield "sound.wav", wav(rest[:20]).replace(b"Accel", b"Voice")
    yield "page.html", b"<!doctype html><html><body><table><tr><td>1</td></tr></table></body></html>\n"
    yield "picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(60)
    yield "sqlite.db", b"SQLite format 3\0" + bytes(100)
    yield "empty.csv", b""


folder = pathlib.Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
for name, data in corpus():
    (folder / name).write_bytes(data[:9000] if not name.endswith(("zip", "gz", "gt3x")) else data)
