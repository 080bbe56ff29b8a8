#!/usr/bin/env python3
"""The rules of the house, read from the sources. usage: layers_test.py ROOT EDGES

EDGES holds "module: module module…" lines, written by the build from what it links.
"""
import pathlib
import re
import sys

root, edges_file = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
edges = {name.strip(): set(targets.split()) for name, targets in
         (line.split(":", 1) for line in edges_file.read_text().splitlines())}
INCLUDE = re.compile(r'^\s*#\s*include\s*["<]([^">]+)[">]', re.M)
SOURCES = (".cpp", ".hpp", ".h", ".c")

# What is allowed where: pattern -> places (path prefixes under src/).
FOREIGN = {
    r'["<]imgui': ("app/",),
    r'["<]GLFW/|\bglfw[A-Z]': ("platform/glfw",),
    r'["<](GLES3|GLES2|GL)/|["<]imgui_impl_opengl3_loader': ("render/", "app/", "platform/"),
    r'kiss_fft|["<]kissfft': ("dsp/",),
    r'__EMSCRIPTEN__|["<]emscripten': ("platform/", "engine/worker_bridge", "engine/recorder_bridge", "main.cpp"),
    r'["<](unzip|ioapi|zlib)\.h': ("formats/", "synth/zip_stream.cpp"),
}
# Nothing in the core prints, throws or exits.
FORBIDDEN_IN_CORE = r'\bstd::(cout|cerr)\b|\bprintf\s*\(|\bthrow\b|\b(std::)?(exit|abort)\s*\(|\btry\s*\{'
CORE = ("base/", "signal/", "dsp/", "formats/", "detection/", "history/", "patterns/", "protocol/", "capture/", "synth/",
        "view/", "report/", "workspace/", "engine/")

passed, failures = 0, []


def check(condition, message):
    global passed
    if condition:
        passed += 1
    else:
        failures.append(message)


def without_comments(text):
    text = re.sub(r'R"(\w*)\(.*?\)\1"', '""', text, flags=re.S)
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    return re.sub(r"//[^\n]*", "", text)


for path in sorted((root / "src").rglob("*")):
    if path.suffix not in SOURCES:
        continue
    place = path.relative_to(root / "src").as_posix()
    module = place.split("/")[0]
    text = without_comments(path.read_text(encoding="utf-8"))
    if "/" in place:
        check(module in edges, f"{place}: module {module} is not built by klono_module")
        used = {include.split("/")[0] for include in INCLUDE.findall(text) if include.split("/")[0] in edges and "/" in include}
        stray = used - {module} - edges.get(module, set())
        check(not stray, f"{place}: includes {', '.join(sorted(stray))} without a recorded edge")
    for pattern, places in FOREIGN.items():
        if re.search(pattern, text):
            check(place.startswith(places), f"{place}: {pattern} belongs to {', '.join(places)}")
    if place.startswith(CORE):
        found = re.search(FORBIDDEN_IN_CORE, text)
        check(not found, f"{place}: {found.group(0) if found else ''} in the core")

# The drawing is a drawing of arrows that point down: no cycles.
order, seen = [], set()


def visit(module, trail):
    check(module not in trail, f"cycle: {' -> '.join(trail + [module])}")
    if module in seen or module in trail:
        return
    for target in sorted(edges.get(module, ())):
        visit(target, trail + [module])
    seen.add(module)


for name in sorted(edges):
    visit(name, [])

# ARCHITECTURE.md shows every module.
architecture = (root / "ARCHITECTURE.md").read_text(encoding="utf-8")
for name in edges:
    check(f"| `{name}/`" in architecture, f"ARCHITECTURE.md does not show {name}/")

for failure in failures:
    print("FAILED:", failure)
print(f"{passed} passed, {len(failures)} failed")
sys.exit(bool(failures))
