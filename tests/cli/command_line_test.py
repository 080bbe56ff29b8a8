#!/usr/bin/env python3
"""Runs the command line as a person does and checks what it prints. usage: command_line_test.py [--table] PROGRAM...

With KLONO_RECORDINGS set, `inspect` is held against the values that reference readers found in real files (conformance.py);
with --table, or KLONO_CONFORMANCE_TABLE set, the result for each file is printed.
"""
import csv
import io
import json
import math
import os
import pathlib
import subprocess
import sys
import tempfile

from checks import check, finish
from conformance import conformance

program = [part for part in sys.argv[1:] if part and part != "--table"]
show_table = "--table" in sys.argv[1:] or bool(os.environ.get("KLONO_CONFORMANCE_TABLE"))


def run(*arguments):
    done = subprocess.run(program + [str(argument) for argument in arguments], capture_output=True, text=True, timeout=300)
    return done.returncode, done.stdout, done.stderr


def close(value, expected, tolerance):
    return value is not None and abs(value - expected) <= tolerance


def help_and_usage():
    code, out, _ = run("--help")
    check(code == 0 and "SYNOPSIS" in out and "EXIT STATUS" in out, "--help prints the manual page")
    code, out, _ = run("--version")
    check(code == 0 and out.startswith("klonograph "), "--version prints the version")
    for arguments in ([], ["dance"], ["analyze"], ["analyze", "--colour", "a"], ["inspect", "a", "b"], ["synth", "--rate", "x"]):
        code, out, err = run(*arguments)
        check(code == 2 and err.count("\n") == 1 and not out, f"{arguments}: exit 2 and one line, got {code} {err!r}")
    code, out, err = run("analyze", "no-such-file.csv")
    check(code == 3 and err.count("\n") == 1 and "no-such-file.csv" in err, f"a missing file: exit 3, named; got {code} {err!r}")
    code, out, _ = run("formats")
    check(code == 0 and "phyphox" in out and "Sensor Logger" in out, "formats lists the formats")
    code, out, _ = run("analyze", "x", "--print-settings")
    check(code == 0 and "candidates.smallest_peak_g" in out, "--print-settings prints without reading a file")


def synthetic(folder):
    recording, truth = folder / "made.csv", folder / "truth.json"
    code, out, _ = run("synth", "--seed", 3, "--minutes", 4, "--singles", 90, "--truth", truth)
    recording.write_text(out)
    check(code == 0 and len(out.splitlines()) > 20000, "synth writes a recording")
    again = run("synth", "--seed", 3, "--minutes", 4, "--singles", 90)[1]
    check(again == out, "the same seed writes the same recording")
    code, out, err = run("analyze", recording, "--json")
    check(code == 0, f"analyze --json: {err}")
    analysis = json.loads(out)
    for key in ("recording", "events", "not_counted", "patterns", "program"):
        check(key in analysis, f"analyze --json has {key}")
    for key in ("start", "duration_s", "rate_hz", "analysable_s", "channels", "gaps", "masks", "warnings"):
        check(key in analysis["recording"], f"recording has {key}")
    for event in analysis["events"]:
        check(all(key in event for key in ("onset_s", "duration_s", "peak_g", "class", "confidence", "group")), "events are complete")
        check(0 <= event["confidence"] <= 1 and event["duration_s"] > 0 and event["peak_g"] > 0, "events are plausible")
    strong = [event for event in json.loads(truth.read_text())["events"] if event["snr_db"] > 20]
    found = sum(any(abs(event["onset_s"] - one["onset_s"]) < 0.25 for event in analysis["events"]) for one in strong)
    check(len(strong) > 3 and found >= 0.8 * len(strong), f"strong events are found: {found} of {len(strong)}")
    code, out, _ = run("analyze", recording, "--csv")
    rows = list(csv.DictReader(line for line in io.StringIO(out) if not line.startswith("#")))
    check(code == 0 and sum(row["counted"] in ("1", "yes", "true") for row in rows) == len(analysis["events"]),
          "--csv and --json hold the same events")
    page = folder / "page.html"
    code, out, err = run("analyze", recording, "--report", page)
    text = page.read_text() if page.exists() else ""
    check(code == 0 and text.lstrip().lower().startswith("<!doctype html>") and "http" + "://" not in text.replace("http://www.w3.org/2000/svg", ""),
          "--report writes one self-contained page")
    code, out, _ = run("analyze", recording)
    check(code == 0 and "per hour" in out, "without an option analyze prints a summary in words")
    code, _, err = run("analyze", recording, "--rate", "10", "--columns", "-,2,3,4")
    check(code == 3 and err.count("\n") == 1, f"a slow recording is refused in one line: {code} {err!r}")
    settings = folder / "settings.json"
    settings.write_text('{"detector": {"gait": 1}}')
    check(run("analyze", recording, "--settings", settings)[0] == 2, "an unknown settings key: exit 2")
    settings.write_text('{"detector": {"gate": "off", "sensitivity": "sensitive"}}')
    code, out, _ = run("analyze", recording, "--settings", settings, "--json")
    check(code == 0 and len(json.loads(out)["events"]) >= len(analysis["events"]), "with the gate off nothing is left out")


def made_here(folder):
    truth = folder / "journal-truth.json"
    journal = folder / "made.klono"
    code, out, _ = run("synth", "--seed", 3, "--minutes", 4, "--singles", 90, "--journal", journal, "--truth", truth)
    check(code == 0 and out == "" and journal.stat().st_size > 200000, "synth writes a recording made here")
    code, out, _ = run("inspect", journal, "--json")
    read = json.loads(out) if code == 0 else {}
    check(read.get("format") == "Klonograph recording" and read.get("n_samples", 0) > 20000 and read.get("analysable") is True,
          "inspect reads a recording made here")
    check(read.get("channels", [{}])[0].get("unit") == "m/s2" and read.get("fitted_rate_hz") == 100.0, "its rows are shown as delivered")
    code, out, _ = run("analyze", journal, "--json")
    events = json.loads(out)["events"] if code == 0 else []
    made = [event["onset_s"] for event in json.loads(truth.read_text())["events"] if event["peak_g"] > 0.15]
    missed = [onset for onset in made if not any(abs(event["onset_s"] - onset) < 0.05 for event in events)]
    check(len(made) >= 2 and len(missed) <= len(made) // 4, f"analyze finds the large events in it (missed {missed} of {made})")


def as_devices(folder):
    for kind, name in (("cwa", "Axivity (cwa)"), ("gt3x", "ActiGraph (gt3x)"), ("gt3x-deflated", "ActiGraph (gt3x)"), ("csv", "delimited text")):
        recording, truth = folder / f"days.{kind}", folder / "days-truth.json"
        code, out, err = run("synth", "--as", kind, "--to", recording, "--days", "0.02", "--rate", "50", "--seed", 4, "--singles", 120, "--truth", truth)
        check(code == 0 and out == "", f"synth --as {kind}: {err}")
        code, out, err = run("inspect", recording, "--json")
        read = json.loads(out) if code == 0 else {}
        check(read.get("format") == name and read.get("n_samples") == 86400 and close(read.get("fitted_rate_hz"), 50, 1e-4) and read.get("gaps") == [],
              f"inspect reads what synth --as {kind} wrote: {err}")
        if kind != "cwa":
            continue
        code, out, err = run("analyze", recording, "--json")
        check(code == 0, f"analyze of {kind}: {err}")
        if code != 0:
            continue
        onsets = [event["onset_s"] for event in json.loads(out)["events"]]
        strong = [event["onset_s"] for event in json.loads(truth.read_text())["events"] if event["snr_db"] > 20]
        found = sum(any(abs(onset - one) < 0.25 for onset in onsets) for one in strong)
        check(len(strong) > 5 and found >= 0.8 * len(strong), f"strong events are found in {kind}: {found} of {len(strong)}")
    for arguments in (["--as", "mp3", "--to", folder / "x"], ["--as", "cwa"], ["--days", 2], ["--as", "cwa", "--to", folder / "x", "--rate", 70], ["--as", "csv", "--to", folder / "x", "--days", 99]):
        code, out, err = run("synth", *arguments)
        check(code == 2 and err.count("\n") == 1 and not out, f"synth {arguments}: exit 2 and one line, got {code} {err!r}")


def real_recordings(folder):
    conformance(folder, run, check, show_table)
    code, out, err = run("analyze", folder / "phyphox/deadreckoning_Gyroscope.csv")
    check(code == 3 and err.count("\n") == 1 and "acceleration" in err, f"a gyroscope file is refused: {code} {err!r}")
    muscle = folder / "emg_txt/biosppy_emg_1.txt"
    code, out, err = run("analyze", muscle, "--json")
    channels = json.loads(out)["emg"]["channels"] if code == 0 else []
    check(code == 0 and len(channels) == 1 and len(channels[0]["bursts"]) > 3 and channels[0]["unit"] == "counts", f"EMG alone is analysed: {code} {err!r}")
    code, out, err = run("analyze", muscle, "--csv")
    rows = [line for line in out.splitlines() if line and not line.startswith("#")]
    check(code == 0 and len(rows) == 1 + sum(len(channel["bursts"]) + len(channel["not_counted"]) for channel in channels), "its table has a row for each burst")
    code, out, err = run("inspect", folder / "phyphox/deadreckoning_Gyroscope.csv", "--json")
    check(code == 0 and json.loads(out)["analysable"] is False, "a gyroscope file can be inspected, and says that it is not analysable")
    for name, choices in (("phyphox/deadreckoning_Accelerometer.csv", []), ("actilife/neo.csv", []), ("e4/ACC.csv", []),
                          ("sensorlogger/eth_android_2023-03-17/TotalAcceleration.csv", []),
                          ("sensorlogger/eth_android_2023-03-17/Accelerometer.csv", []),
                          ("csv/skdh_example_data_2min.csv", []), ("csv/flirt_garmin_acc.csv", []),
                          ("csv/hmp_brush_teeth_f1.txt", ["--rate", "32", "--scale", "-1.5,0.047619047619047616"]),
                          ("csv/skdh_motion_test_positive.csv", ["--rate", "50"])):
        code, out, err = run("analyze", folder / name, "--json", *choices)
        check(code == 0, f"analyze {name}: {code} {err}")
        if code == 0:
            recording = json.loads(out)["recording"]
            check(0 <= recording["analysable_s"] <= recording["duration_s"] and math.isfinite(recording["rate_hz"]), f"analyze {name}: plausible")
    code, _, err = run("analyze", folder / "csv/skdh_ambulation_test1.csv", "--rate", "20")
    check(code == 3 and err.count("\n") == 1, f"20 Hz is too slow: {code} {err!r}")
    code, _, err = run("analyze", folder / "csv/skdh_motion_test_positive.csv")
    check(code == 3 and "--rate" in err, f"a file without time asks for --rate: {code} {err!r}")


help_and_usage()
with tempfile.TemporaryDirectory() as scratch:
    synthetic(pathlib.Path(scratch))
    made_here(pathlib.Path(scratch))
    as_devices(pathlib.Path(scratch))
recordings = os.environ.get("KLONO_RECORDINGS", "")
if recordings and pathlib.Path(recordings).is_dir():
    real_recordings(pathlib.Path(recordings))
elif os.environ.get("KLONO_RECORDINGS_REQUIRED"):
    check(False, "KLONO_RECORDINGS is not a folder")
else:
    print("skipped: real recordings (KLONO_RECORDINGS is not set)")
finish()
