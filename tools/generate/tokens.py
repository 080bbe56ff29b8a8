#!/usr/bin/env python3
"""assets/tokens.json -> a C++ header of roles and sizes; with --css, custom properties for the page.

usage: tokens.py TOKENS.json OUT.hpp [--css OUT.css]
"""
import argparse
import json
import re
import sys


def camel(name):
    """"text2" -> "Text2", "onAccent" -> "OnAccent", "1.5" -> "1_5"."""
    name = re.sub(r"[^0-9A-Za-z]+", "_", str(name))
    return name[:1].upper() + name[1:]


def rgb(text):
    return tuple(int(text[i:i + 2], 16) for i in (1, 3, 5))


def numbers(tokens):
    """Every single number as (constant name, value)."""
    for group in ("alpha", "space", "radius", "stroke", "hatch", "dots", "touch", "layout", "motion"):
        for key, value in tokens[group].items():
            if isinstance(value, (int, float)):
                yield f"k{camel(group)}{camel(key)}", value


def header(tokens):
    palette, roles = tokens["palette"], tokens["role"]
    out = ["#pragma once", "// Generated from assets/tokens.json by tools/generate/tokens.py. Do not edit.", "",
           "#include <array>", "#include <cstddef>", "#include <cstdint>", "", "namespace klono::app::ui {", "",
           "enum class Role : std::uint8_t {"]
    out += [f"  {camel(name)},  ///< {role['use']}" for name, role in roles.items()]
    out += ["};", f"inline constexpr std::size_t kRoles = {len(roles)};", ""]
    sizes = tokens["type"]["size"]
    out += ["enum class TextSize : std::uint8_t { " + ", ".join(camel(s) for s in sizes) + " };",
            f"inline constexpr std::size_t kTextSizes = {len(sizes)};", "", "namespace tokens {", ""]
    out += ["// 0xRRGGBB by role: dark, light."]
    for theme in ("dark", "light"):
        values = ", ".join("0x%02X%02X%02X" % rgb(palette[role[theme]]) for role in roles.values())
        out += [f"inline constexpr std::array<std::uint32_t, kRoles> k{camel(theme)} = {{{values}}};"]
        ramp = ", ".join("0x%02X%02X%02X" % rgb(stop) for stop in tokens["ramp"][theme])
        out += [f"inline constexpr std::array<std::uint32_t, {len(tokens['ramp'][theme])}> "
                f"kRamp{camel(theme)} = {{{ramp}}};"]
    out += ["", "// Type, CSS pixels."]
    for index, name in ((0, "kTextSize"), (1, "kTextLine")):
        values = ", ".join(f"{float(v[index])}F" for v in sizes.values())
        out += [f"inline constexpr std::array<float, kTextSizes> {name} = {{{values}}};"]
    out += ["", "// CSS pixels, shares and milliseconds."]
    out += [f"inline constexpr float {name} = {float(value)}F;" for name, value in numbers(tokens)]
    return "\n".join(out + ["", "}  // namespace tokens", "}  // namespace klono::app::ui", ""])


def css(tokens):
    palette, roles = tokens["palette"], tokens["role"]

    def kebab(name):
        return re.sub(r"([A-Z])", lambda m: "-" + m.group(1).lower(), name)

    def block(theme, indent):
        return "\n".join(f"{indent}--{kebab(name)}: {palette[role[theme]]};" for name, role in roles.items())

    return ("/* Generated from assets/tokens.json by tools/generate/tokens.py. Do not edit. */\n"
            f":root {{\n  color-scheme: light dark;\n{block('light', '  ')}\n}}\n"
            f"@media (prefers-color-scheme: dark) {{\n  :root {{\n{block('dark', '    ')}\n  }}\n}}\n"
            f":root[data-theme=light] {{\n{block('light', '  ')}\n}}\n"
            f":root[data-theme=dark] {{\n{block('dark', '  ')}\n}}\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tokens")
    parser.add_argument("header")
    parser.add_argument("--css")
    arguments = parser.parse_args()
    with open(arguments.tokens, encoding="utf-8") as file:
        tokens = json.load(file)
    with open(arguments.header, "w", encoding="utf-8") as file:
        file.write(header(tokens))
    if arguments.css:
        with open(arguments.css, "w", encoding="utf-8") as file:
            file.write(css(tokens))
    return 0


if __name__ == "__main__":
    sys.exit(main())
