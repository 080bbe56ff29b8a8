#!/bin/sh
# Compiler launcher for headers compiled alone: checks the syntax, leaves the empty object the build expects.
"$@" || exit 1
while [ $# -gt 1 ]; do
  [ "$1" = -o ] && : > "$2"
  shift
done
