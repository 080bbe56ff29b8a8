#!/usr/bin/env python3
"""Turns the word catalogue (assets/words/<language>/*.txt) into a C++ header of names and a source of texts.

Each line of a catalogue file is `key = text`; `#` starts a comment line. The file's name is the
first part of the key: `library.title` lives in app.txt as `library.title` and becomes
Word::app_library_title. `{name}` marks a place that fill() replaces, `~` a space at which no line is broken.

usage: words.py OUTPUT.hpp OUTPUT.cpp CATALOGUE.txt...
"""
import pathlib
import re
import sys

LINE = re.compile(r"^([a-z0-9][a-z0-9_.-]*)\s*=\s*(.*)$")


def entries(path):
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        match = LINE.match(line.strip())
        if not match:
            sys.exit(f"{path.name}:{number}: expected `key = text`")
        key, text = match.groups()
        yield re.sub(r"[.-]", "_", f"{path.stem}_{key}"), text.strip()


def literal(text):
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\\\\n", "\\n")
    escaped = escaped.replace("~", "\u00a0")
    return f'"{escaped}"'


def write(output, lines):
    """Untouched where nothing changed: another wording builds the texts anew, not all that names them."""
    text = "\n".join(lines + [""])
    if not output.exists() or output.read_text(encoding="utf-8") != text:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(text, encoding="utf-8")


def main():
    header, source = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    words = [entry for path in sorted(pathlib.Path(p) for p in sys.argv[3:]) for entry in entries(path)]
    names = [name for name, _ in words]
    doubled = {name for name in names if names.count(name) > 1}
    if doubled:
        sys.exit(f"words used twice: {', '.join(sorted(doubled))}")
    note = "// Generated from assets/words; edit those."
    write(header, ["#pragma once", note, "", "#include <array>", "#include <cstdint>", "#include <string_view>", "",
                   "namespace klono {", "", "enum class Word : std::uint16_t {"] + [f"  {name}," for name in names] +
          ["  count_", "};", "", f"extern const std::array<std::string_view, {len(words)}> kWords;", "", "}  // namespace klono"])
    write(source, [note, f'#include "{header.name}"', "", "namespace klono {", "",
                   f"constinit const std::array<std::string_view, {len(words)}> kWords{{{{"] +
          [f"    {literal(text)}," for _, text in words] + ["}};", "", "}  // namespace klono"])


main()
