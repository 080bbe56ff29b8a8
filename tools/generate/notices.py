#!/usr/bin/env python3
"""Collects the licence texts of what ships into one file. usage: notices.py OUTPUT NAME=FOLDER_OR_FILE..."""
import pathlib
import sys

NAMES = ("LICENSE", "LICENSE.txt", "LICENSE.md", "LICENSE.MIT", "LICENSE-MIT", "COPYING", "copyright")


def licence_of(place):
    if place.is_file():
        # stb and zlib state their terms at the head or foot of their sources.
        text = place.read_text(encoding="utf-8", errors="replace")
        marks = ("Copyright (C)", "This software is available under 2 licenses")
        at = max(text.find(mark) for mark in marks)
        return text[at:] if place.suffix in (".h", ".c") and at > 0 else text
    for name in NAMES:
        if (place / name).is_file():
            return (place / name).read_text(encoding="utf-8", errors="replace")
    sys.exit(f"no licence text in {place}")


def main():
    output = pathlib.Path(sys.argv[1])
    parts = ["Klonograph contains the following works under their own terms.\n"]
    for argument in sys.argv[2:]:
        name, place = argument.split("=", 1)
        parts.append(f"{'-' * 78}\n{name}\n{'-' * 78}\n\n{licence_of(pathlib.Path(place)).strip()}\n")
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text("\n".join(parts), encoding="utf-8")


main()
