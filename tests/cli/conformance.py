"""Every real recording against the values that reference readers found in it.

Each file of the folder is held against the `*.expected.json` beside it, is a part of a recording that is, or stands in one of
the lists below with the reason. A file that is neither fails.
"""
import datetime
import json

# Files that are read as a part of another one.
PARTS = {
    "unisens/unisens.xml": "describes acc.bin",
    "unisens/acc.csv": "the same as acc.bin, as text",
    "tsdf/imu_meta.json": "describes imu_values.bin",
    "tsdf/imu_time.bin": "the times of imu_values.bin",
    "sensorlogger/eth_android_2023-03-17/Metadata.csv": "about the recording beside it",
    "sensorlogger/eth_android_2023-03-17/Annotation.csv": "empty, as the app writes it",
}

# Files that no recording can be made of; the message must be one line.
REFUSED = {
    "actilife/ActiGraph13.csv": "counts of an epoch",
    "actilife/ActiGraph61.csv": "counts of an epoch",
    "e4/BVP.csv": "another sensor",
    "e4/EDA.csv": "another sensor",
    "e4/HR.csv": "another sensor",
    "e4/IBI.csv": "another sensor",
    "e4/TEMP.csv": "another sensor",
    "e4/info.txt": "a letter about the files",
    "e4/tags.csv": "marks without readings",
}

# Held without an expectation beside it: rows that must be read.
ROWS = {"sensorlogger/json/readme_example.json": 1}

# What a person would have to say to open it.
CHOICES = {
    "csv/hmp_brush_teeth_f1.txt": ["--scale", "-1.5,0.047619047619047616"],
}

# What is opened for an expectation whose numbers lie in several files.
OPENED = {"unisens/acc.bin": "unisens/unisens.xml", "tsdf/imu_values.bin": "tsdf/imu_meta.json"}

# Steps of times that the reference reader cut to milliseconds.
TIME_TOLERANCE_S = {"cwa/ax3_testfile_corrupt_blocks_0_13_14_142_143_144.cwa": 0.012, "cwa/": 0.002}

MAIN_UNITS = ("g", "mg", "deg/s", "rad/s", "m/s^2 (as labelled)")


class Comparison:
    """Differences of one file: the worst relative one, and those beyond their tolerance."""

    def __init__(self, name):
        self.name, self.worst, self.faults = name, 0.0, []

    def number(self, what, got, right, tolerance, scale):
        if got is None or right is None:
            self.equal(what, got, right)
            return
        difference = abs(got - right)
        self.worst = max(self.worst, difference / scale if scale > 0 else 0.0)
        if not difference <= tolerance:
            self.faults.append(f"{what}: {got}, expected {right}")

    def equal(self, what, got, right):
        if got != right:
            self.faults.append(f"{what}: {got!r}, expected {right!r}")


def tolerance_of(name, right):
    """One part in a million, or the rounding of a number format: half a step of 16 bits of a few g."""
    scale = max(abs(right["min"]), abs(right["max"]))
    return max(1e-6 * scale, 5e-7 if right.get("unit") == "g" else 0.0, 0.00051 if name.startswith("gt3x/neo") else 0.0), scale


def compare_channel(result, name, got, right):
    tolerance, scale = tolerance_of(name, right)
    label = right["name"]
    result.equal(f"{label} n", got["n"], right["n"])
    if right.get("unit") in ("g", "mg", "deg/s", "rad/s"):
        result.equal(f"{label} unit", got["unit"], right["unit"])
    for field in ("mean", "min", "max"):
        result.number(f"{label} {field}", got[field], right[field], tolerance, scale)
    for field in ("first3", "last3"):
        for a, b in zip(got[field], right[field]):
            result.number(f"{label} {field}", a, b, tolerance, scale)
    per_value = tolerance / scale if scale > 0 else 0.0
    for field, weight in (("sum", 1), ("sum_abs", 1), ("weighted_sum", 997)):
        room = right["sum_abs"] * weight
        result.number(f"{label} {field}", got[field], right[field], max(max(1e-6, per_value) * room, 1e-9), room)
    if "sample_rate_hz" in right:
        result.number(f"{label} rate", got["rate_hz"], right["sample_rate_hz"], 1e-9 * right["sample_rate_hz"], right["sample_rate_hz"])


def compare_channels(result, name, got, want):
    by_name = {channel["name"]: channel for channel in got["channels"]}
    unique = len(by_name) == len(got["channels"]) and len({right["name"] for right in want}) == len(want)
    named = unique and all(right["name"] in by_name for right in want if right.get("unit") in MAIN_UNITS)
    for place, right in enumerate(want):
        other = right.get("unit") not in MAIN_UNITS and "sample_rate_hz" not in right
        channel = by_name.get(right["name"]) if named else got["channels"][place] if place < len(got["channels"]) else None
        if other and (channel is None or channel["n"] != right["n"] or channel["unit"] != right["unit"]):
            continue  # a measure beside the movement, told in another unit or by the page
        if channel is None:
            result.faults.append(f"no channel {right['name']}")
            continue
        compare_channel(result, name, channel, right)


def compare_time_axis(result, name, got, right):
    known = [tolerance for start, tolerance in TIME_TOLERANCE_S.items() if name.startswith(start)]
    room = known[0] if known else 0.0
    if got is None:
        result.faults.append("no times")
        return
    for field in ("duration_s", "median_dt_s", "min_dt_s", "max_dt_s", "observed_rate_hz"):
        rate_room = room * right[field] / right["duration_s"] * 2 if field == "observed_rate_hz" else room
        scale = max(1, abs(right[field])) if room == 0.0 else 0.0  # rounding of the reference reader is no difference of ours
        result.number(field, got[field], right[field], max(1e-6 * max(1, abs(right[field])), rate_room), scale)
    for field in ("n_duplicate_timestamps", "n_gaps_over_3x_median", "n_backward_steps"):
        result.equal(field, got[field], right[field])


def instant(text):
    text = text.strip().replace(" ", "T").replace("Z", "+00:00")
    head, _, milliseconds = text.rpartition(":")
    if text.count(":") == 3 and "+" not in text:  # AndroSensor: a colon before the milliseconds
        text = head + "." + milliseconds
    return datetime.datetime.fromisoformat(text)


def compare_start(result, got, expected):
    if not expected.get("start_time") or not got.get("start_time"):
        return
    right, start = instant(expected["start_time"]), instant(got["start_time"])
    if (right.tzinfo is None) != (start.tzinfo is None):
        right, start = right.replace(tzinfo=None), start.replace(tzinfo=None)
    room = 1.0 if "floor to s" in expected.get("start_time_basis", "") else 0.0021
    difference = (start - right).total_seconds() - expected.get("start_subsecond_100ns", 0) * 1e-7
    if not -0.0021 <= difference <= room:
        result.faults.append(f"start: {got['start_time']}, expected {expected['start_time']}")


def compare_edf(result, got, expected):
    result.equal("format", got["format"], expected["format"])
    result.equal("signals", len(got["channels"]), expected["edfsignals"])
    result.equal("annotations", got["annotations_in_file"], expected["annotations_in_file"])
    for right in expected["annotations"]:
        if right["i"] >= len(got["annotations"]):
            continue
        annotation = got["annotations"][right["i"]]
        result.number("annotation", annotation["onset_s"], right["onset_s"], 1e-6, max(1.0, right["onset_s"]))
        result.number("annotation length", annotation["duration_s"], float(right["duration"] or 0), 1e-6, max(1.0, annotation["duration_s"]))
        result.equal("annotation text", annotation["text"], right["text"])


def compare(name, got, expected, options):
    result = Comparison(name)
    want = expected.get("channels", [])
    if not options and "raw_channels" in expected:
        want = expected["raw_channels"]
    rows = expected.get("n_samples")
    if "n_recorded" in expected and got["n_samples"] == expected["n_recorded"]:  # what the device slept through is no reading
        rows, want = expected["n_recorded"], expected["channels_recorded_only"]
    if rows is not None:
        result.equal("rows", got["n_samples"], rows)
    compare_channels(result, name, got, want)
    if "time_axis" in expected:
        compare_time_axis(result, name, got["time_axis"], expected["time_axis"])
    if "nominal_rate_hz" in expected and not options and got.get("nominal_rate_hz"):
        result.number("nominal rate", got["nominal_rate_hz"], expected["nominal_rate_hz"], 1e-9 * expected["nominal_rate_hz"], expected["nominal_rate_hz"])
    compare_start(result, got, expected)
    if "edfsignals" in expected:
        compare_edf(result, got, expected)
    return result


def held(folder, name, run):
    """(format, rows, worst, verdict) of a file with an expectation; a verdict other than "equal" is a fault."""
    expected = json.loads((folder / (name + ".expected.json")).read_text())
    options = CHOICES.get(name, [])
    code, out, err = run("inspect", folder / OPENED.get(name, name), "--json", *options)
    if code != 0:
        return "", 0, None, err.strip() or f"exit {code}"
    got = json.loads(out)
    result = compare(name, got, expected, options)
    return got["format"], got["n_samples"], result.worst, "; ".join(result.faults[:4]) or "equal"


def refused(folder, name, reason, run, check):
    for command in ("inspect", "analyze"):
        code, out, err = run(command, folder / name)
        check(code == 3 and err.count("\n") == 1 and not out, f"{command} {name} ({reason}): refused with exit 3 in one line, got {code} {err!r}")


def conformance(folder, run, check, table):
    rows = []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if not path.is_file() or name == "README.md" or name.endswith(".expected.json"):
            continue
        if path.with_name(path.name + ".expected.json").exists():
            form, count, worst, verdict = held(folder, name, run)
            check(verdict == "equal", f"{name}: {verdict}")
        elif name in REFUSED:
            refused(folder, name, REFUSED[name], run, check)
            form, count, worst, verdict = "", 0, None, f"refused: {REFUSED[name]}"
        elif name in ROWS:
            code, out, err = run("inspect", path, "--json")
            form, count, worst = (json.loads(out)["format"], json.loads(out)["n_samples"], None) if code == 0 else ("", 0, None)
            verdict = "read" if count >= ROWS[name] else "not read"
            check(verdict == "read", f"{name}: {err}")
        elif name in PARTS:
            form, count, worst, verdict = "", 0, None, f"part: {PARTS[name]}"
        else:
            form, count, worst, verdict = "", 0, None, "has no expectation and no reason"
            check(False, f"{name}: {verdict}")
        rows.append((name, form, count or "", "" if worst is None else f"{worst:.1e}", verdict))
    check(len(rows) >= 55, f"all recordings are there: {len(rows)}")
    if table:
        widths = [max(len(str(row[k])) for row in rows) for k in range(4)]
        for row in [("file", "format", "rows", "worst", "verdict")] + rows:
            print("  ".join(str(cell).ljust(width) for cell, width in zip(row, widths)), row[4], sep="  ")
