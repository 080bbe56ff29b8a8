#!/usr/bin/env python3
"""Inter from the Debian package fonts-inter -> one C++ source with both weights, small enough for a first load.

Keeps the letters people are likely to meet (Latin, Greek, Cyrillic) and the signs the screens use, puts the tabular
digits at 0 to 9 (there is no shaping in the canvas), converts the cubic outlines to the quadratic ones that Dear
ImGui's rasteriser reads, and leaves out everything a rasteriser does not need.

usage: font.py OUT.cpp REGULAR.otf STRONG.otf [--ttf-dir DIR]
"""
import argparse
import io
import os
import sys

from fontTools import subset, ttLib
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen

RANGES = [(0x20, 0x7E), (0xA0, 0x17F), (0x386, 0x3CE), (0x400, 0x45F), (0x490, 0x491)]
SIGNS = "‐‑–—‘’‚“”„•…′″‹›€−×÷±≤≥≈√°µ·←↑→↓²³"
THIN_SPACES = [0x2009, 0x202F]
OUTLINE_ERROR = 1.0  # font units of 2816 (chosen: a third of a device pixel at 48 CSS pixels, ratio 3, is 12)


def code_points():
    found = {c for low, high in RANGES for c in range(low, high + 1)}
    return found | {ord(c) for c in SIGNS} | set(THIN_SPACES)


def tabular_digits(font):
    """Maps 0 to 9 to the glyphs that the feature tnum would put in their place."""
    gsub = font["GSUB"].table
    indices = {i for record in gsub.FeatureList.FeatureRecord if record.FeatureTag == "tnum"
               for i in record.Feature.LookupListIndex}
    swap = {}
    for index in indices:
        for table in gsub.LookupList.Lookup[index].SubTable:
            table = getattr(table, "ExtSubTable", table)
            swap.update(getattr(table, "mapping", {}))
    for table in font["cmap"].tables:
        if table.isUnicode():
            for digit in range(0x30, 0x3A):
                table.cmap[digit] = swap.get(table.cmap[digit], table.cmap[digit])


def to_truetype(font):
    """Replaces CFF outlines by quadratic ones."""
    order, glyphs = font.getGlyphOrder(), font.getGlyphSet()
    converted = {}
    for name in order:
        pen = TTGlyphPen(None)
        glyphs[name].draw(Cu2QuPen(pen, OUTLINE_ERROR, reverse_direction=True))
        converted[name] = pen.glyph()
    font["loca"] = ttLib.newTable("loca")
    glyf = font["glyf"] = ttLib.newTable("glyf")
    glyf.glyphOrder, glyf.glyphs = order, converted
    for glyph in converted.values():
        glyph.recalcBounds(glyf)
    del font["CFF "]
    if "VORG" in font:
        del font["VORG"]
    maxp = font["maxp"]
    maxp.tableVersion = 0x00010000
    for key in ("maxZones", "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs",
                "maxStackElements", "maxSizeOfInstructions", "maxComponentElements"):
        setattr(maxp, key, 1 if key == "maxZones" else 0)
    post = font["post"]
    post.formatType, post.extraNames, post.mapping = 3.0, [], {}
    font.sfntVersion = "\000\001\000\000"


def small_truetype(path):
    font = ttLib.TTFont(path)
    tabular_digits(font)
    options = subset.Options(layout_features=[], hinting=False, notdef_outline=True, glyph_names=False,
                             name_IDs=[], drop_tables=["GSUB", "GPOS", "GDEF", "DSIG", "BASE", "meta", "MVAR", "STAT"])
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=code_points())
    subsetter.subset(font)
    to_truetype(font)
    for tag in ("name", "OS/2"):
        if tag in font and tag == "name":
            font[tag].names = []
    buffer = io.BytesIO()
    font.save(buffer)
    return buffer.getvalue()


def c_array(name, data):
    rows = [",".join(str(b) for b in data[i:i + 64]) for i in range(0, len(data), 64)]
    return (f"const unsigned char {name}[] = {{\n" + ",\n".join(rows) + "};\n"
            f"const unsigned {name}Size = {len(data)}U;\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source")
    parser.add_argument("regular")
    parser.add_argument("strong")
    parser.add_argument("--ttf-dir", help="also write the fonts as files, to look at")
    arguments = parser.parse_args()
    out = ["// Generated from Inter (SIL Open Font License 1.1) by tools/generate/font.py. Do not edit.\n",
           '#include "app/ui/font_data.hpp"\n\nnamespace klono::app::ui {\n\n']
    for name, path in (("kInterRegular", arguments.regular), ("kInterStrong", arguments.strong)):
        data = small_truetype(path)
        out.append(c_array(name, data))
        if arguments.ttf_dir:
            with open(os.path.join(arguments.ttf_dir, name + ".ttf"), "wb") as file:
                file.write(data)
    out.append("\n}  // namespace klono::app::ui\n")
    with open(arguments.source, "w", encoding="utf-8") as file:
        file.write("".join(out))
    return 0


if __name__ == "__main__":
    sys.exit(main())
