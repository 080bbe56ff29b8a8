#!/usr/bin/env python3
"""Embeds text files as C++ string constants. usage: text.py OUTPUT.hpp NAMESPACE NAME=FILE..."""
import pathlib
import sys

PIECE = 8000  # compilers limit the length of one literal


def literal(text):
    pieces = [text[at:at + PIECE] for at in range(0, len(text), PIECE)] or [""]
    return "\n".join(f'    R"klono({piece})klono"' for piece in pieces)


def main():
    output, namespace = pathlib.Path(sys.argv[1]), sys.argv[2]
    lines = ["#pragma once", "// Generated; edit the text files.", "", "#include <string_view>", "", f"namespace {namespace} {{"]
    for argument in sys.argv[3:]:
        name, path = argument.split("=", 1)
        text = pathlib.Path(path).read_text(encoding="utf-8")
        lines += ["", f"inline constexpr std::string_view {name} =", literal(text) + ";"]
    lines += ["", f"}}  // namespace {namespace}", ""]
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text("\n".join(lines), encoding="utf-8")


main()
