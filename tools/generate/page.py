#!/usr/bin/env python3
"""Fills the page's templates from the one catalogue of words, the tokens and the content policy.

`{{word.key}}` is a text of web.txt, `{{colour.role.theme}}` a colour of tokens.json, `{{policy}}` the content
policy. A template ending in .html is escaped as HTML, any other as JSON. `--words OUT.js` writes all
texts as a module.

usage: page.py WEB.txt TOKENS.json POLICY.txt [--words OUT.js] TEMPLATE=OUTPUT...
"""
import argparse
import html
import json
import pathlib
import re
import sys

LINE = re.compile(r"^([a-z0-9][a-z0-9_.-]*)\s*=\s*(.*)$")


def words_of(path):
    words = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        match = LINE.match(line.strip())
        if not match:
            sys.exit(f"{path.name}:{number}: expected `key = text`")
        words[match.group(1)] = match.group(2).strip()
    return words


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("words_file", "tokens", "policy"):
        parser.add_argument(name, type=pathlib.Path)
    parser.add_argument("--words")
    parser.add_argument("templates", nargs="*")
    arguments = parser.parse_intermixed_args()

    words = words_of(arguments.words_file)
    tokens = json.loads(arguments.tokens.read_text(encoding="utf-8"))
    values = {f"word.{key}": text for key, text in words.items()}
    values["policy"] = arguments.policy.read_text(encoding="utf-8").strip()
    for role, themes in tokens["role"].items():
        for theme in ("dark", "light"):
            values[f"colour.{role}.{theme}"] = tokens["palette"][themes[theme]]

    for pair in arguments.templates:
        source, output = (pathlib.Path(part) for part in pair.split("=", 1))
        escape = html.escape if output.suffix == ".html" else lambda text: json.dumps(text, ensure_ascii=False)[1:-1]
        text = source.read_text(encoding="utf-8")
        missing = {name for name in re.findall(r"\{\{([\w.]+)\}\}", text) if name not in values}
        if missing:
            sys.exit(f"{source.name}: nothing known of {', '.join(sorted(missing))}")
        text = re.sub(r"\{\{([\w.]+)\}\}", lambda match: escape(values[match.group(1)]), text)
        output.write_text(text, encoding="utf-8")
    if arguments.words:
        body = json.dumps(words, ensure_ascii=False, indent=0)
        pathlib.Path(arguments.words).write_text(f"export const words = {body};\n", encoding="utf-8")


main()
