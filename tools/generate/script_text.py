#!/usr/bin/env python3
"""Scripts of a classic worker, joined, as a module that exports their text: the page starts the worker from a blob.

usage: script_text.py OUT.js SCRIPT...
"""
import json
import pathlib
import sys


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    text = "\n".join(pathlib.Path(path).read_text(encoding="utf-8") for path in sys.argv[2:])
    pathlib.Path(sys.argv[1]).write_text(f"export const text = {json.dumps(text, ensure_ascii=False)};\n", encoding="utf-8", newline="\n")


main()
