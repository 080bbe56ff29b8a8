# Shared by tools/run and tools/test: where things are, how steps are announced, what is installed.
# Sourced, never run. Everything it brings goes into the git-ignored folders .tools and third_party.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
tools_dir=$root/.tools

# What one clone compiled, another one need not.
export CCACHE_BASEDIR=$root CCACHE_NOHASHDIR=1

die() { echo "error: $*" >&2; exit 1; }

step_number=0
step() { # announces a step: [2/6] text
  step_number=$((step_number + 1))
  echo "[$step_number/$step_total] $*$(test "$SECONDS" -lt 60 || printf ' (after %d min)' $((SECONDS / 60)))"
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; elif command -v sudo >/dev/null; then sudo "$@"; else
    die "not root and no sudo: install by hand: ${*: -1}"; fi
}

# install_packages NAME…: only what is missing; quiet when there is nothing to do.
install_packages() {
  local missing=() name
  for name in "$@"; do
    dpkg-query -W -f='${Status}' "$name" 2>/dev/null | grep -q 'ok installed' || missing+=("$name")
  done
  [ ${#missing[@]} = 0 ] && return 0
  command -v apt-get >/dev/null || die "this set-up knows Debian and its relatives; install: ${missing[*]}"
  echo "      packages: ${missing[*]}"
  as_root apt-get -qq -o DPkg::Lock::Timeout=600 update >/dev/null
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o DPkg::Lock::Timeout=600 \
    install --no-install-recommends "${missing[@]}" >"$tools_dir/packages.log" 2>&1 ||
    { tail -20 "$tools_dir/packages.log" >&2; die "packages could not be installed"; }
}

node_major() { "$1" --version 2>/dev/null | sed 's/^v\([0-9]*\).*/\1/'; }

# A Node for Emscripten and the tests under it; any since 18 will do.
install_build_packages() {
  mkdir -p "$tools_dir"
  local packages=(clang-19 lld-19 llvm-19 libclang-rt-19-dev cmake ninja-build ccache python3 python3-fonttools
    fonts-inter xz-utils ca-certificates libglfw3-dev libgl-dev)
  command -v node >/dev/null || packages+=(nodejs)
  install_packages "${packages[@]}"
}

# An off-screen OpenGL, for the tests of drawing.
install_test_packages() {
  install_packages libegl-dev libopengl-dev libegl1 libgl1-mesa-dri
}

install_browser_packages() {
  local packages=(chromium firefox-esr webkit2gtk-driver xvfb xauth libgl1-mesa-dri)
  command -v npm >/dev/null || packages+=(npm)
  install_packages "${packages[@]}"
}

# The drivers of the browsers want Node 22; the npm package `node` carries it.
install_node() {
  if [ "$(node_major node || echo 0)" -ge 20 ]; then node_program=$(command -v node); return; fi
  node_program=$tools_dir/node/node_modules/node/bin/node
  [ "$(node_major "$node_program" || echo 0)" -ge 22 ] && return
  mkdir -p "$tools_dir/node"
  (cd "$tools_dir/node" && npm install --no-audit --no-fund --silent node@22) || die "npm could not bring Node 22"
}

install_browser_drivers() {
  local stamp=$root/tests/browser/node_modules/.installed
  [ "$stamp" -nt "$root/tests/browser/package-lock.json" ] && return
  (cd "$root/tests/browser" && npm ci --no-audit --no-fund --silent) || die "npm could not install the browser drivers"
  touch "$stamp"
}

# A reader of Arrow files that is not ours, for the tests of the tables.
install_arrow_reader() {
  local folder=$root/tests/cli/arrow
  [ "$folder/node_modules/.installed" -nt "$folder/package-lock.json" ] && return
  (cd "$folder" && npm ci --no-audit --no-fund --silent) || die "npm could not install the reader of Arrow files"
  touch "$folder/node_modules/.installed"
}

load_emscripten() {
  if command -v em++ >/dev/null && emscripten_is_new_enough; then
    EMSCRIPTEN_ROOT=${EMSCRIPTEN_ROOT:-$(dirname "$(readlink -f "$(command -v em++)")")}
    export EMSCRIPTEN_ROOT
    return
  fi
  bash "$root/tools/setup/emscripten.sh" "$tools_dir/emscripten"
  # shellcheck disable=SC1091
  . "$tools_dir/emscripten/env.sh"
}

emscripten_is_new_enough() { # 3.1.69 or later
  local version
  version=$(em++ --version 2>/dev/null | head -1 | grep -oE '[0-9]+\.[0-9]+\.[0-9]+' | head -1)
  [ -n "$version" ] && [ "$(printf '%s\n3.1.69\n' "$version" | sort -V | head -1)" = 3.1.69 ]
}

# configure PRESET: once; CMake re-runs itself when its files change.
configure() {
  [ -f "$root/build/$1/build.ninja" ] && return
  rm -rf "$root/build/$1"  # what an interrupted or failed first time left misleads the second
  # One compiler for all native flavours; the web's comes with its toolchain.
  CC=clang-19 CXX=clang++-19 cmake -S "$root" --preset "$1" >"$tools_dir/configure-$1.log" 2>&1 ||
    { tail -30 "$tools_dir/configure-$1.log" >&2; die "CMake could not configure $1"; }
}

# build PRESET TARGET…: one line of progress, the whole log only when it fails.
build() {
  local preset=$1; shift
  ninja -C "$root/build/$preset" "$@" >"$tools_dir/build-$preset.log" 2>&1 ||
    { grep -E -A12 'error|FAILED' "$tools_dir/build-$preset.log" | head -60 >&2; die "$preset does not build"; }
}
