#!/usr/bin/env python3
"""usage: compile_fail_test.py COMPILER INCLUDE_DIRECTORY CASE.cpp..."""
import subprocess
import sys

compiler, include, *cases = sys.argv[1:]
passed, failed = 0, 0
for case in cases:
    for define, expected in (("WRONG", False), ("RIGHT", True)):
        command = [compiler, "-std=c++20", "-fsyntax-only", "-I", include, f"-D{define}", case]
        compiles = subprocess.run(command, capture_output=True).returncode == 0
        if compiles == expected:
            passed += 1
        else:
            failed += 1
            print(f"FAILED: {case} with {define} {'compiles' if compiles else 'does not compile'}")
print(f"{passed} passed, {failed} failed")
sys.exit(bool(failed))
