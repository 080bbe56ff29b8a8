#!/usr/bin/env python3
"""Many recordings through the command line: tables, refusals, and the same bytes whatever the number of threads and however
often the run was killed. usage: batch_test.py [--small] PROGRAM...

The Arrow files are read by pyarrow where it is installed, and by the library in tests/cli/arrow where that is; one of them must be
there with KLONO_ARROW_READER_REQUIRED=1.
"""
import csv
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import zipfile

import cohort
from checks import check, finish

small = "--small" in sys.argv  # WebAssembly: one thread, no signals
program = [part for part in sys.argv[1:] if part and part != "--small"]


def run(*arguments):
    return cohort.run(program, *arguments)


def rows_of(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def usage(folder):
    for arguments in (["batch"], ["batch", folder], ["batch", "--out", folder / "x"], ["batch", folder, "--out", folder],
                      ["batch", folder, "--out", folder / "x", "--jobs", "0"], ["batch", folder, "--out", folder / "x", "--part", "3/2"],
                      ["batch", folder, "--out", folder / "x", "--table", "parquet"], ["batch", folder, "--out", folder / "x", "--colour", "red"],
                      ["batch", folder, "--out", folder / "x", "--set", "no.such=1"], ["analyze", "x.csv", "--json", "--csv"]):
        code, out, err = run(*arguments)
        check(code == 2 and err.count("\n") == 1 and not out, f"{arguments}: exit 2 and one line, got {code} {err!r}")
    code, _, err = run("batch", folder / "nowhere", "--out", folder / "x")
    check(code == 3 and "nowhere" in err, f"a folder that is not there: exit 3, got {code} {err!r}")
    (folder / "bare").mkdir()
    code, _, err = run("batch", folder / "bare", "--out", folder / "x")
    check(code == 3 and err.count("\n") == 1, f"an empty folder: exit 3, got {code} {err!r}")
    check(not (folder / "x").exists(), "what is not understood leaves nothing behind")


def outputs(folder, recording):
    table, analysis = folder / "events.csv", folder / "analysis.json"
    code, out, _ = run("analyze", recording, f"--json={analysis}", f"--csv={table}")
    check(code == 0 and not out and json.loads(analysis.read_text())["events"] and table.read_text().startswith("# program"),
          "--json and --csv together, each into its file")
    code, out, _ = run("analyze", recording, "--json", f"--csv={table}")
    check(code == 0 and json.loads(out)["events"], "one of them to standard output, the other into a file")
    text = recording.read_text()
    archive = folder / "two.zip"
    with zipfile.ZipFile(archive, "w") as both:
        both.writestr("left wrist.csv", text)
        both.writestr("right wrist.csv", text)
    code, _, err = run("analyze", archive)
    check(code == 3 and err.count("\n") == 1 and "'left wrist.csv', 'right wrist.csv'" in err and "--member" in err,
          f"an archive that asks names its members: {err!r}")
    return archive


def agrees_with_analyze(data, out, recordings):
    """Each row says what `analyze --json` says of the file."""
    rows = {row["path"]: row for row in rows_of(out / "recordings.csv")}
    events = rows_of(out / "events.csv")
    for path in recordings:
        name = path.relative_to(data).as_posix()
        code, text, _ = run("analyze", path, "--json")
        one, row = json.loads(text), rows[name]
        brief = one["patterns"]["brief"]
        pairs = [(row["duration_s"], one["recording"]["duration_s"]), (row["rate_hz"], one["recording"]["rate_hz"]),
                 (row["analysable_s"], one["recording"]["analysable_s"]), (row["events"], brief["count"]),
                 (row["per_hour"], brief["per_hour"]), (row["per_hour_low"], brief["low"]), (row["per_hour_high"], brief["high"]),
                 (row["series"], one["patterns"]["series"]), (row["smallest_visible_g"], one["recording"]["smallest_visible_g"]),
                 (row["gaps"], len(one["recording"]["gaps"]))]
        pairs += [(row[kind], count) for kind, count in one["patterns"]["counted_by_class"].items()]
        check(code == 0 and all(float(a) == b for a, b in pairs), f"{name}: the row agrees with analyze --json: {pairs}")
        check(row["status"] == "done" and row["format"] == one["recording"]["format"] and row["start"] == (one["recording"]["start"] or ""), f"{name}: origin")
        check(row["warnings"].split() == [warning["code"] for warning in one["recording"]["warnings"]], f"{name}: warnings")
        mine = [event for event in events if event["path"] == name]
        theirs = one["events"] + one["not_counted"]
        same = len(mine) == len(theirs) and all(
            float(a["onset_s"]) == b["onset_s"] and float(a["peak_g"]) == b["peak_g"] and a["class"] == b["class"] and a["group"] == (b["group"] or "")
            and a["reason"] == b.get("reason", "") and a["found_by"] == b["found_by"] for a, b in zip(mine, theirs))
        check(same and len(one["events"]) > 0, f"{name}: the same events, {len(mine)} and {len(theirs)}")
        _, table, _ = run("analyze", path, "--csv")
        head = next(line for line in table.splitlines() if not line.startswith("#")).split(",")
        check(["path"] + [column for column in head if column != "decision"] == list(mine[0]), f"{name}: the columns of analyze --csv")


def cohort_of(folder, count, kills, jobs):
    """Undisturbed with one thread, with several, and killed again and again: the same bytes."""
    data = folder / "data"
    refused = cohort.make_cohort(program, data, count, 1)
    everything = count + refused
    first = folder / "first"
    code, said, err = run("batch", data, "--out", first, "--jobs", 1)
    check(code == 1, f"some are refused: exit 1, got {code} {err}")
    check(f"Files: {everything}; recordings analysed: {count}; refused: {refused}" in said, f"the summary counts: {said}")
    lines = err.splitlines()
    check(len(lines) == everything and lines[-1].startswith(f"[{everything}/{everything}] ") and "\r" not in err, "a line of progress for each file")
    rows = rows_of(first / "recordings.csv")
    names = [row["path"] for row in rows]
    check(len(rows) == everything and names == sorted(names, key=str.encode), "a row for each file, sorted by name")
    check(not any("hidden" in name for name in names), "hidden files are passed over")
    reasons = {row["path"]: (row["error"], row["error_message"]) for row in rows if row["status"] == "refused"}
    check({name: code for name, (code, _) in reasons.items()} ==
          {"site-0/empty.csv": "empty", "site-0/noise.bin": "unknown_format", "site-0/turning, only.csv": "no_acceleration"}, f"reasons: {reasons}")
    check(all(message and message in said for _, message in reasons.values()), "the summary tells the reasons")
    agrees_with_analyze(data, first, sorted(data.glob("site-1/*"))[:2] + sorted(data.glob("site-2/*"))[:2] + sorted(data.glob("site-3/*"))[:1])
    about = json.loads((first / "run.json").read_text())
    check(about["recordings"] == {"found": everything, "done": count, "refused": refused} and about["detector"]["sensitivity"] == "balanced"
          and about["program"]["version"] == rows[0]["program_version"], "run.json tells settings and version")

    one = cohort.tables_of(first)
    several = folder / "several"
    run("batch", data, "--out", several, "--jobs", jobs)
    check(cohort.same(one, cohort.tables_of(several)), f"{jobs} threads give the same bytes as one")
    if kills:
        for attempt in range(3):  # a machine that is busy enough may let it finish first
            killed = folder / f"killed-{attempt}"
            ended, (code, said, _) = cohort.run_with_kills(program, ["batch", data, "--out", killed, "--jobs", jobs], killed, everything, kills)
            if ended == kills:
                break
        kept = re.search(r"(\d+) of \d+ files were finished before", said)
        check(ended == kills, f"ended {ended} of {kills} times in its middle")
        check(code == 1 and kept and 0 < int(kept[1]) < everything, f"the last run goes on: {said}")
        check(cohort.same(one, cohort.tables_of(killed)), f"killed {ended} times: the same bytes as undisturbed")
        check(not list(killed.rglob("*.part")), "nothing unfinished is left")
    return data, first, one, everything


def resuming(data, out, one, everything):
    """What is finished stays; what changed is made again."""
    stamps = {path: path.stat().st_mtime_ns for path in (out / "results").iterdir()}
    check(len(stamps) == everything, "a result for each file")
    code, said, err = run("batch", data, "--out", out)
    check(code == 1 and f"{everything} of {everything} files were finished before" in said and not err, "a second run finds all finished")
    check(stamps == {path: path.stat().st_mtime_ns for path in (out / "results").iterdir()}, "and touches no result")
    check(cohort.same(one, cohort.tables_of(out)), "its tables are the same bytes")

    torn, other = sorted((out / "results").iterdir())[:2]
    torn.write_bytes(torn.read_bytes()[:-7])
    other.write_bytes(other.read_bytes().replace(b"done", b"dome").replace(b"refused", b"refuse_"))
    code, said, _ = run("batch", data, "--out", out)
    check(f"{everything - 2} of {everything} files were finished before" in said, f"torn and altered results are made again: {said}")
    check(cohort.same(one, cohort.tables_of(out)), "and the tables are the same bytes")

    changed = data / "site-0" / "0000.csv"
    text = changed.read_text()
    changed.write_text("\n".join(text.splitlines()[: len(text.splitlines()) // 2]) + "\n")
    code, said, _ = run("batch", data, "--out", out)
    check(f"{everything - 1} of {everything} files were finished before" in said, f"a changed file is made again: {said}")
    check(one["recordings.csv"] != (out / "recordings.csv").read_bytes(), "and its row is another")

    settings = out.parent / "settings.json"
    settings.write_text('{"detector": {"sensitivity": "careful"}}')
    code, said, _ = run("batch", data, "--out", out, "--settings", settings)
    check("finished before" not in said and json.loads((out / "run.json").read_text())["detector"]["sensitivity"] == "careful",
          f"other settings: all are made again: {said}")
    code, said, _ = run("batch", data, "--out", out)
    check(f"{everything} of {everything} files were finished before" in said, "back to the first settings: nothing to do")


def in_parts(data, folder, everything):
    """As the tasks of a cluster do it: two at once in one folder, then the tables."""
    out, whole = folder / "parts", folder / "whole"
    tasks = [subprocess.Popen(program + ["batch", str(data), "--out", str(out), "--part", f"{part}/3", "--jobs", "1"], stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, text=True) for part in (1, 2, 3)]
    said = [task.communicate(timeout=600)[0] for task in tasks]
    counts = [int(re.search(r"Files: (\d+)", text)[1]) for text in said]
    check(sum(counts) == everything and max(counts) - min(counts) <= 1, f"the parts share the files: {counts}")
    check(not (out / "recordings.csv").exists(), "a part leaves no table")
    code, said, _ = run("batch", data, "--out", out)
    check(code == 1 and f"{everything} of {everything} files were finished before" in said, f"then nothing is left to do: {said}")
    run("batch", data, "--out", whole)
    check(cohort.same(cohort.tables_of(out), cohort.tables_of(whole)), "parts give the same bytes as one run")


def stopping(data, folder, everything):
    out = folder / "stopped"
    command = program + ["batch", str(data), "--out", str(out), "--jobs", "2"]
    code, said, err = cohort.kill_when(command, out, 3, signal.SIGINT)
    check(code == 130 and not said and "The same command goes on" in err.splitlines()[-1], f"Ctrl-C ends cleanly: {code} {err[-200:]!r}")
    check(not list(out.rglob("*.part")) and not (out / "recordings.csv").exists(), "and leaves nothing half done")
    done = cohort.results_in(out)
    code, said, _ = run("batch", data, "--out", out)
    check(code == 1 and 0 < done < everything and f"{done} of {everything} files were finished before" in said, f"the next run goes on: {said}")


def a_terminal(data, folder):
    """On a terminal one line is written over."""
    if not shutil.which("script"):
        return
    command = " ".join(f"'{part}'" for part in program + ["batch", str(data / "site-3"), "--out", str(folder / "terminal")])
    done = subprocess.run(["script", "-qec", command, "/dev/null"], capture_output=True, timeout=600, stdin=subprocess.DEVNULL)
    check(done.returncode == 0 and done.stdout.count(b"\r\x1b[K") >= 3 and b"Files: " in done.stdout, f"a terminal shows one line: {done.stdout[:200]!r}")


def odd_folders(data, folder):
    """Several paths, links, files that cannot be read."""
    one = sorted(data.glob("site-3/*"))[0]
    code, said, _ = run("batch", data / "site-3", one, "--out", folder / "twice")
    names = [row["path"] for row in rows_of(folder / "twice" / "recordings.csv")]
    check(code == 0 and len(names) == len(set(names)) == len(list(data.glob("site-3/*"))), f"a file that is named twice has one row: {names}")
    check(all("site-3/" in name for name in names), "of several paths, names tell the folder")
    odd = folder / "odd"
    odd.mkdir()
    (odd / "around").symlink_to(odd)
    (odd / "gone.csv").symlink_to(odd / "nowhere.csv")
    (odd / "linked.csv").symlink_to(one)
    (odd / "bad\udcff name.csv").write_bytes(one.read_bytes())
    code, said, _ = run("batch", odd, "--out", odd / "out")
    rows = {row["path"]: row for row in rows_of(odd / "out" / "recordings.csv")}
    check(code == 1 and set(rows) == {"gone.csv", "linked.csv", "bad\ufffd name.csv"}, f"links to folders are not followed: {set(rows)}")
    check(rows["gone.csv"]["error"] == "cannot_read" and rows["linked.csv"]["status"] == "done", "a link to nothing is told")
    shutil.copy(one, odd / "nowhere.csv")
    code, said, _ = run("batch", odd, "--out", odd / "out")
    rows = {row["path"]: row for row in rows_of(odd / "out" / "recordings.csv")}
    check(code == 0 and rows["gone.csv"]["status"] == "done" and "out/run.json" not in rows, "what could not be read is tried again; the results are no recordings")
    code, _, _ = run("batch", data / "site-0" / "empty.csv", "--out", folder / "none")
    check(code == 3 and rows_of(folder / "none" / "recordings.csv")[0]["error"] == "empty", "no recording could be used: exit 3, with its table")


def arrow_reader():
    """Reads an Arrow file as ({name: type}, rows), by a library that is not ours; none where there is none."""
    try:
        import pyarrow.feather

        def read(path):
            table = pyarrow.feather.read_table(str(path))
            columns = {field.name: {"string": "Utf8", "int64": "Int64", "double": "Float64"}[str(field.type)] for field in table.schema}
            return columns, [list(row.values()) for row in table.to_pylist()]

        return "pyarrow", read
    except ImportError:
        pass
    folder = pathlib.Path(__file__).parent / "arrow"
    if shutil.which("node") and (folder / "node_modules" / "apache-arrow").is_dir():

        def read(path):
            done = subprocess.run(["node", folder / "read.mjs", path], capture_output=True, text=True, timeout=300)
            assert done.returncode == 0, done.stderr
            table = json.loads(done.stdout)
            return {column["name"]: column["type"] for column in table["columns"]}, table["rows"]

        return "apache-arrow", read
    return None, None


def arrow(data, folder):
    out = folder / "arrow"
    code, said, err = run("batch", data, "--out", out, "--table", "csv,arrow")
    if code == 2 and "csv only" in err:
        print("skipped: Arrow tables (this build has no Arrow library)")
        check(not os.environ.get("KLONO_ARROW_READER_REQUIRED"), "the build has the Arrow library")
        return
    check(code == 1 and "recordings.arrow" in said, f"--table csv,arrow: {code} {err}")
    for name in ("recordings", "events", "parts", "emg"):
        content = (out / f"{name}.arrow").read_bytes()
        check(content[:8] == b"ARROW1\0\0" and content[-6:] == b"ARROW1", f"{name}.arrow has both of its marks")
    code, _, _ = run("batch", data, "--out", folder / "again", "--table", "arrow")
    check((folder / "again" / "events.arrow").read_bytes() == (out / "events.arrow").read_bytes() and not (folder / "again" / "events.csv").exists(),
          "Arrow alone gives the same bytes")
    library, read = arrow_reader()
    if read is None:
        print("skipped: reading Arrow files (neither pyarrow nor tests/cli/arrow/node_modules)")
        check(not os.environ.get("KLONO_ARROW_READER_REQUIRED"), "a reader of Arrow files is installed")
        return
    for name in ("recordings", "events", "parts"):
        columns, rows = read(out / f"{name}.arrow")
        table = rows_of(out / f"{name}.csv")
        with open(out / f"{name}.csv", newline="", encoding="utf-8") as file:
            head = next(csv.reader(file))
        check(list(columns) == head and set(columns.values()) <= {"Utf8", "Int64", "Float64"}, f"{name}.arrow has the columns of {name}.csv")
        check(len(rows) == len(table) and (len(rows) > 20 or name == "parts"), f"{name}.arrow has {len(rows)} rows, the csv {len(table)}")
        kinds = list(columns.values())
        same = all((cell or "") == text if kind == "Utf8" else (cell is None and text == "") or (cell is not None and text != "" and float(text) == cell)
                   for row, expected in zip(rows, table) for cell, text, kind in zip(row, expected.values(), kinds))
        check(same, f"{name}: {library} reads the values of the csv")
    columns, rows = read(out / "recordings.arrow")
    print(f"Arrow files read by {library}: {len(rows)} recordings, {len(read(out / 'events.arrow')[1])} events")


def muscle(folder):
    """EMG alone and beside movement: a row a channel, as analyze tells it, and settings that change it."""
    data, out = folder / "muscle", folder / "muscle-tables"
    data.mkdir()
    run("synth", "--emg", data / "alone.edf", "--minutes", 2)
    run("synth", "--emg-beside", data / "beside.edf", "--minutes", 2)
    run("synth", "--emg", data / "laboratory.edf", "--minutes", 2, "--emg-rate", 256)
    code, said, err = run("batch", data, "--out", out)
    check(code == 0 and "EMG only" in err, f"EMG is no reason to refuse: {code} {err}")
    rows = {row["path"]: row for row in rows_of(out / "recordings.csv")}
    check(rows["alone.edf"]["status"] == "done" and rows["alone.edf"]["events"] == "" and rows["alone.edf"]["emg_channels"] == "2", "EMG alone has a row without movement")
    check(rows["beside.edf"]["events"] != "" and rows["beside.edf"]["emg_channels"] == "2", "EMG beside movement has both")
    channels = rows_of(out / "emg.csv")
    check(len(channels) == 6, f"a row a channel: {len(channels)}")
    for row in channels:
        one = json.loads(run("analyze", data / row["path"], "--json")[1])["emg"]["channels"]
        channel = next(item for item in one if item["name"] == row["channel"])
        check(float(row["floor"]) == channel["floor"] and float(row["analysable_s"]) == channel["analysable_s"], f"{row['path']} {row['channel']}: as analyze says")
        bursts = [burst for burst in channel["bursts"] if burst["kind"] == "burst"]
        slow = row["path"] == "laboratory.edf"
        check(row["bursts"] == ("" if slow else str(len(bursts))) and (slow or len(bursts) > 10), f"{row['path']} {row['channel']}: {row['bursts']} bursts")
        check(row["told"] == ("limb_movements" if slow else "lengths") and row["unit"] == "uV", "what the rate lets be told stands in the row")
    settings = folder / "muscle.json"
    settings.write_text(json.dumps({"emg": {"bursts.on_multiple": 15, "bursts.steady_multiple": 15}}))
    run("batch", data, "--out", folder / "muscle-strict", "--settings", settings)
    fewer = rows_of(folder / "muscle-strict" / "emg.csv")
    check(int(fewer[0]["bursts"]) < int(channels[0]["bursts"]), "a settings file changes what is found in EMG")
    about = json.loads((folder / "muscle-strict" / "run.json").read_text())
    check(about["emg"]["emg.bursts.on_multiple"] == 15, "run.json tells the settings of EMG")


def real_recordings(recordings, folder):
    """Real files, most of them refused: each row says what `analyze` says of the file."""
    out = folder / "real"
    code, _, _ = run("batch", recordings, "--out", out, "--jobs", 3)
    rows = rows_of(out / "recordings.csv")
    done = [row for row in rows if row["status"] == "done"]
    check(code == 1 and len(done) > 10, f"real files: exit {code}, {len(done)} of {len(rows)} analysed")
    for row in rows:
        code, text, err = run("analyze", recordings / row["path"], "--json")
        if row["status"] == "done":
            one = json.loads(text) if code == 0 else {}
            alone = row["emg_channels"] != "" and row["events"] == "" and row["parts"] == ""
            check(code == 0 and (alone or float(row["analysable_s"]) == one["recording"]["analysable_s"]) and row["format"] == one["recording"]["format"],
                  f"{row['path']}: as analyze says")
        else:
            check(code == 3 and err == f"klonograph: {row['error_message']}\n", f"{row['path']}: refused as analyze refuses it: {code} {err!r}")
    run("batch", recordings, "--out", folder / "real-one", "--jobs", 1)
    check(cohort.same(cohort.tables_of(out), cohort.tables_of(folder / "real-one")), "real files: three threads give the same bytes as one")


with tempfile.TemporaryDirectory() as scratch:
    folder = pathlib.Path(scratch)
    (folder / "usage").mkdir()
    usage(folder / "usage")
    data, first, one, everything = cohort_of(folder, 5 if small else 24, 0 if small else 4, 3)
    archive = outputs(folder, sorted(data.glob("site-[0-3]/0000.csv"))[0])
    if not small:
        in_parts(data, folder, everything)
        stopping(data, folder, everything)
        a_terminal(data, folder)
        odd_folders(data, folder)
        arrow(data, folder)
    resuming(data, first, one, everything)
    muscle(folder)
    recordings = os.environ.get("KLONO_RECORDINGS", "")
    if small:
        pass
    elif recordings and pathlib.Path(recordings).is_dir():
        real_recordings(pathlib.Path(recordings), folder)
    elif os.environ.get("KLONO_RECORDINGS_REQUIRED"):
        check(False, "KLONO_RECORDINGS is not a folder")
    else:
        print("skipped: real recordings (KLONO_RECORDINGS is not set)")
finish()
