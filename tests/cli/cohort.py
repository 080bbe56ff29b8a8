#!/usr/bin/env python3
"""A cohort of synthetic recordings through `klonograph batch`: once undisturbed, once killed several times and resumed.
The tables must be the same to the last byte.

usage: cohort.py [--count N] [--kills N] [--jobs N] [--minutes M] [--folder FOLDER] PROGRAM...

batch_test.py runs a small one.
"""
import argparse
import concurrent.futures
import gzip
import io
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time
import zipfile

KINDS = ("csv", "gz", "klono", "zip", "comma")


def run(program, *arguments, timeout=1200):
    done = subprocess.run(program + [str(argument) for argument in arguments], capture_output=True, text=True, timeout=timeout)
    return done.returncode, done.stdout, done.stderr


def european(text):
    """The same numbers as a German spreadsheet writes them."""
    return "".join(line.replace(",", ";").replace(".", ",") + "\n" if line[:1] in "-0123456789" else line.replace(",", ";") + "\n"
                   for line in text.splitlines())


def zipped(name, text):
    bytes_out = io.BytesIO()
    with zipfile.ZipFile(bytes_out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(name), text)
    return bytes_out.getvalue()


def make_one(program, folder, number, minutes):
    kind = KINDS[number % len(KINDS)]
    place = folder / f"site-{number % 4}"
    place.mkdir(parents=True, exist_ok=True)
    recipe = ["synth", "--seed", number + 1, "--minutes", minutes, "--singles", 90 + 30 * (number % 5), "--series", 20 * (number % 3)]
    target = place / f"{number:04d}.{'csv' if kind == 'comma' else kind}"
    if kind == "klono":
        code, _, err = run(program, *recipe, "--journal", target)
    else:
        code, out, err = run(program, *recipe)
        content = {"csv": lambda: out.encode(), "comma": lambda: european(out).encode(), "gz": lambda: gzip.compress(out.encode(), mtime=0),
                   "zip": lambda: zipped("recording.csv", out)}[kind]
        target.write_bytes(content())
    assert code == 0, err
    return target


def make_refused(folder):
    """Files that cannot be used, each for its own reason."""
    (folder / "site-0").mkdir(parents=True, exist_ok=True)
    (folder / "site-0" / "empty.csv").write_bytes(b"")
    (folder / "site-0" / "noise.bin").write_bytes(bytes(range(255, -1, -1)) * 64)
    (folder / "site-0" / "turning, only.csv").write_text("time_s,gyro_x,gyro_y,gyro_z\n" + "".join(f"{i / 100},1,2,3\n" for i in range(3000)))
    return 3


def make_cohort(program, folder, count, minutes):
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda number: make_one(program, folder, number, minutes), range(count)))
    (folder / ".hidden.csv").write_text("not looked at")
    (folder / ".hidden").mkdir()
    (folder / ".hidden" / "also.csv").write_text("not looked at")
    return make_refused(folder)


def results_in(out):
    return len(list((out / "results").glob("*.json"))) if (out / "results").is_dir() else 0


def kill_when(command, out, wanted, number=signal.SIGKILL):
    """Starts it and ends it once so many results are there. Gives its exit code and what it said."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        said = pool.submit(process.communicate)
        while process.poll() is None and results_in(out) < wanted:
            time.sleep(0.002)
        if process.poll() is None:
            process.send_signal(number)
        stdout, stderr = said.result(timeout=600)
    return process.returncode, stdout, stderr


def run_with_kills(program, arguments, out, all_files, kills):
    """The same work, ended several times without warning. Gives how often it really was ended in its middle, and the
    last run's exit code and words."""
    ended = 0
    for kill in range(kills):
        before = results_in(out)
        # In the first two thirds, so that a busy machine does not let it finish before it is ended.
        wanted = max(before + 1, 2 * (kill + 1) * all_files // (3 * (kills + 1)))
        code, _, _ = kill_when(program + [str(argument) for argument in arguments], out, wanted)
        if code in (-signal.SIGKILL, 128 + signal.SIGKILL):
            ended += 1
        assert not (out / "recordings.csv").exists() or code == 0 or code == 1, "tables only after the last recording"
    return ended, run(program, *arguments)


def tables_of(out):
    return {path.name: path.read_bytes() for path in sorted(out.iterdir()) if path.is_file()}


def same(one, other):
    return one == other and len(one) >= 4


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--kills", type=int, default=8)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--minutes", type=float, default=3)
    parser.add_argument("--folder")
    parser.add_argument("--table", default="csv")
    parser.add_argument("program", nargs="+")
    choices = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(choices.folder or scratch)
        data = folder / "data"
        started = time.monotonic()
        refused = make_cohort(choices.program, data, choices.count, choices.minutes)
        print(f"made {choices.count} recordings of {choices.minutes:g} min and {refused} files that are refused: {time.monotonic() - started:.1f} s", flush=True)
        everything = choices.count + refused
        started = time.monotonic()
        whole = folder / "undisturbed"
        code, said, _ = run(choices.program, "batch", data, "--out", whole, "--jobs", choices.jobs, "--table", choices.table)
        took = time.monotonic() - started
        print(f"undisturbed, {choices.jobs} jobs: exit {code}, {took:.1f} s, {everything / took:.1f} files/s\n{said}", flush=True)
        started = time.monotonic()
        resumed = folder / "resumed"
        ended, (code, said, _) = run_with_kills(choices.program, ["batch", data, "--out", resumed, "--jobs", choices.jobs, "--table", choices.table],
                                                resumed, everything, choices.kills)
        print(f"ended {ended} times by SIGKILL, then resumed: exit {code}, {time.monotonic() - started:.1f} s\n{said}", flush=True)
        one, other = tables_of(whole), tables_of(resumed)
        for name in one:
            print(f"{name}: {len(one[name])} bytes, {'identical' if one[name] == other.get(name) else 'DIFFERENT'}")
        left = list(resumed.rglob("*.part"))
        print(f"unfinished files left: {len(left)}")
        good = same(one, other) and ended == choices.kills and code == 1 and not left
        print(f"{int(good)} passed, {int(not good)} failed")
        sys.exit(not good)


if __name__ == "__main__":
    main()
