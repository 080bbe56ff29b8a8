#!/usr/bin/env python3
"""A WebAssembly file as a JavaScript module, so that the page may say connect-src 'none'.

A byte is one character: itself, or itself plus 256 where it would need an escape. Written as UTF-8 and
compressed this is some percent larger than the file, where base64 is a third. `--text NAME=SCRIPT` adds the
text of a script, of which classic workers are put together.

usage: wasm_script.py IN.wasm OUT.js [--text NAME=SCRIPT...]
"""
import argparse
import json
import pathlib

ESCAPED = {0x00, 0x0A, 0x0D, 0x22, 0x5C}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("wasm", type=pathlib.Path)
    parser.add_argument("output", type=pathlib.Path)
    parser.add_argument("--text", nargs="*", default=[])
    arguments = parser.parse_args()

    text = "".join(chr(byte + 256 if byte in ESCAPED else byte) for byte in arguments.wasm.read_bytes())
    lines = [f'const text = "{text}";', "export const bytes = new Uint8Array(text.length);",
             "for (let i = 0; i < text.length; i += 1) bytes[i] = text.charCodeAt(i);  // modulo 256"]
    for name, path in (pair.split("=", 1) for pair in arguments.text):
        script = pathlib.Path(path).read_text(encoding="utf-8")
        lines.append(f"export const {name} = {json.dumps(script, ensure_ascii=False)};")
    arguments.output.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


main()
