#!/usr/bin/env bash
# Emscripten 3.1.69 in a private folder of a Debian bookworm system: trixie's emscripten and binaryen
# beside bookworm's own clang-19. The system itself stays as it is. On trixie the same version is a
# package; elsewhere install emsdk 3.1.69 or later and put it on the PATH.
set -euo pipefail
dest=${1:?usage: emscripten.sh FOLDER}
want=3.1.69

die() { echo "emscripten: $*" >&2; exit 1; }
works() { [ -f "$dest/env.sh" ] && (. "$dest/env.sh"; em++ --version 2>/dev/null | grep -q " $want "); }

works && exit 0
[ -f /etc/apt/sources.list.d/debian.sources ] || [ -f /etc/apt/sources.list ] ||
  die "no Debian mirror here; install emsdk $want or later and put it on the PATH"
for tool in clang++-19 wasm-ld-19 llvm-ar-19 node python3; do
  command -v "$tool" >/dev/null || die "$tool is missing"
done

lists=$dest/.apt
mkdir -p "$lists/lists/partial" "$dest/packages"
if [ -f /etc/apt/sources.list.d/debian.sources ]; then
  list=$lists/private.sources
  awk 'BEGIN{RS="";FS="\n"} /(^|\n)Types: *deb/{for(i=1;i<=NF;i++){if($i~/^#/)continue
    if($i~/^Types:/)print "Types: deb"; else if($i~/^Suites:/)print "Suites: trixie"
    else if($i~/^Components:/)print "Components: main"; else print $i} exit}' \
    /etc/apt/sources.list.d/debian.sources >"$list"
else
  list=$lists/private.list
  awk '$1=="deb"{o="";i=2;if($2~/^\[/){while(i<=NF){o=o" "$i;if($i~/\]$/){i++;break}i++}}
    print "deb" o, $i, "trixie main"; exit}' /etc/apt/sources.list >"$list"
fi
options=(-o "Dir::Etc::sourcelist=$list" -o Dir::Etc::sourceparts=- -o "Dir::State::lists=$lists/lists"
  -o Dir::State::status=/dev/null -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache=
  -o "APT::Sandbox::User=$(id -un)" -o Acquire::Languages=none -o Debug::NoLocking=1)
apt-get "${options[@]}" update -qq
(cd "$dest/packages" && apt-get "${options[@]}" download -qq emscripten=3.1.69+dfsg-3 binaryen=120-4 \
  libc6 libstdc++6 libgcc-s1 node-acorn node-xtend)
sha256sum -c --quiet - <<SUMS || die "the packages differ from what is pinned"
d2ac788b952c56ab6736b4db2ac0825aa63cfb4c08b8abaefe19e324779d1b2d  $(echo "$dest"/packages/emscripten_*)
47be56009e56170f4338a0154fbff2028bd607bc3c8b6a5414658a985bef6470  $(echo "$dest"/packages/binaryen_*)
SUMS

rm -rf "$dest/root" "$dest/binaryen"
mkdir -p "$dest/root" "$dest/binaryen/bin"
for package in "$dest"/packages/*.deb; do # the LTO and PIC variants of the libraries are not used
  dpkg-deb --fsys-tarfile "$package" | tar x -C "$dest/root" --exclude='*/wasm32-emscripten/lto*' \
    --exclude='*/wasm32-emscripten/pic'
done
rm -rf "$dest/packages"

# Binaryen needs a newer C library than bookworm's: run it with the loader it came with.
libraries=$dest/root/usr/lib/$(uname -m)-linux-gnu
loader=$(echo "$libraries"/ld-linux-*.so.*)
for tool in "$dest"/root/usr/bin/wasm*; do
  wrapper=$dest/binaryen/bin/${tool##*/}
  printf '#!/bin/sh\nexec "%s" --library-path "%s" "%s" "$@"\n' "$loader" "$libraries" "$tool" >"$wrapper"
  chmod +x "$wrapper"
done
ln -sfn ../nodejs "$dest/root/usr/share/emscripten/node_modules" # ES modules ignore NODE_PATH
cat >"$dest/config.py" <<CONFIG
LLVM_ROOT = '/usr/bin'
LLVM_ADD_VERSION = '19'
CLANG_ADD_VERSION = '19'
BINARYEN_ROOT = '$dest/binaryen'
NODE_JS = '$(command -v node)'
FROZEN_CACHE = True
CACHE = '$dest/root/usr/share/emscripten/cache'
CONFIG
cat >"$dest/env.sh" <<ENV
export EM_CONFIG='$dest/config.py' EMSDK_PYTHON=/usr/bin/python3 EMSCRIPTEN_ROOT='$dest/root/usr/share/emscripten'
export PATH="$dest/root/usr/share/emscripten:\$PATH"
ENV
works || die "it was unpacked but does not run"
