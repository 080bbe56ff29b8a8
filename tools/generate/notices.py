#!/usr/bin/env python3
"""Collects the licence texts of what ships into one file. usage: notices.py OUTPUT NAME=FOLDER_OR_FILE..."""
import pathlib
import re
import sys

NAMES = ("LICENSE", "LICENSE.txt", "LICENSE.md", "LICENSE.MIT", "LICENSE-MIT", "COPYING", "copyright")


def head_comment(text):
    """The comment a source begins with, without its marks; empty where it begins otherwise."""
    block = re.match(r"\s*/\*.*?\*/|(?:\s*//[^\n]*\n)+", text, re.S)
    lines = block.group(0).strip().splitlines() if block else []
    return "\n".join(re.sub(r"^\s*(//|/\*+|\*+/|\*)? ?|\s*\*/$", "", line) for line in lines).strip()


def licence_of(place):
    if place.is_file():
        # stb and zlib state their terms at the head or foot of their sources.
        text = place.read_text(encoding="utf-8", errors="replace")
        marks = ("Copyright (C)", "This software is available under 2 licenses")
        at = max(text.find(mark) for mark in marks)
        if place.suffix not in (".h", ".c"):
            return text
        return text[at:] if at > 0 else head_comment(text) or text
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
