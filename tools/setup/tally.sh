#!/usr/bin/env bash
# Counts what a log of tests says. usage: tally.sh LOG EXIT_CODE; prints "N passed, N failed".
# Understands doctest's summary and the plain line "N passed, N failed". A program that failed
# without a count, or counted nothing at all, is one failure.
set -euo pipefail
sed 's/\x1b\[[0-9;]*m//g' "$1" | awk -v code="$2" '
  /\[doctest\] test cases:/ { gsub(/[|:]/, " "); for (i = 2; i <= NF; i++) { if ($i == "passed") p += $(i-1); if ($i == "failed") f += $(i-1) } }
  /(^|: )[0-9]+ passed, [0-9]+ failed$/ { for (i = 2; i <= NF; i++) { if ($i ~ /^passed/) p += $(i-1); if ($i == "failed") f += $(i-1) } }
  END { if (code != 0 && f == 0) f = 1; if (p + f == 0) f = 1; printf "%d passed, %d failed\n", p, f }'
