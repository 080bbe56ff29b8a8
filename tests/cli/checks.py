"""Counts what held and tells what did not."""
import sys

passed, failures = 0, []


def check(condition, message):
    global passed
    if condition:
        passed += 1
    else:
        failures.append(message)
        print("FAILED:", message)


def finish():
    print(f"{passed} passed, {len(failures)} failed")
    sys.exit(bool(failures))
