#!/usr/bin/env bash
# Third-party sources into third_party/: pinned by SHA-256 on top of apt's own signature check.
# Elsewhere than on Debian, CMake downloads the same sources from upstream.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
lock=$here/sources.lock
dest=${1:?usage: sources.sh FOLDER}
cache=$dest/.cache

die() { echo "sources: $*" >&2; exit 1; }

# apt options for a private index of one suite, made from the machine's own mirror and key.
private_apt() {
  local suite=$1 lists=$dest/.apt/$1 list
  if [ -f /etc/apt/sources.list.d/debian.sources ]; then
    list=$lists/private.sources
  elif grep -qs '^deb .*debian' /etc/apt/sources.list; then
    list=$lists/private.list
  else
    return 1
  fi
  apt_options=(-o "Dir::Etc::sourcelist=$list" -o Dir::Etc::sourceparts=- -o "Dir::State::lists=$lists/lists"
    -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= -o "APT::Sandbox::User=$(id -un)"
    -o Acquire::Languages=none -o Debug::NoLocking=1)
  [ -f "$lists/ready" ] && return
  mkdir -p "$lists/lists/partial"
  case $list in
    *.sources) awk -v suite="$suite" 'BEGIN{RS="";FS="\n"} /(^|\n)Types: *deb/{for(i=1;i<=NF;i++){
        if($i~/^#/)continue; if($i~/^Types:/)print "Types: deb-src"; else if($i~/^Suites:/)print "Suites: " suite
        else if($i~/^Components:/)print "Components: main"; else print $i} exit}' \
        /etc/apt/sources.list.d/debian.sources >"$list" ;;
    *) awk -v suite="$suite" '$1=="deb"{o="";i=2;if($2~/^\[/){while(i<=NF){o=o" "$i;if($i~/\]$/){i++;break}i++}}
        print "deb-src" o, $i, suite, "main"; exit}' /etc/apt/sources.list >"$list" ;;
  esac
  apt-get "${apt_options[@]}" update -qq || return 1
  : >"$lists/ready"
}

fetch() { # name package suite file sum
  local name=$1 package=$2 suite=$3 file=$4 sum=$5
  if ! echo "$sum  $cache/$file" | sha256sum -c --status 2>/dev/null; then
    private_apt "$suite" || { echo "      $name: no Debian mirror here; CMake will fetch it from upstream"; return; }
    (cd "$cache" && apt-get "${apt_options[@]}" source -qq --only-source --download-only --tar-only "$package") </dev/null ||
      die "$package is not available from $suite"
    [ -f "$cache/$file" ] || die "$suite has another version of $package than $file"
    echo "$sum  $cache/$file" | sha256sum -c --status || die "$file: its SHA-256 differs from sources.lock"
  fi
  rm -rf "$dest/$name.part" "${dest:?}/$name"
  mkdir -p "$dest/$name.part"
  tar xf "$cache/$file" -C "$dest/$name.part" --strip-components=1
  echo "$sum" >"$dest/$name.part/.sha256"
  mv "$dest/$name.part" "$dest/$name"
}

mkdir -p "$cache"
while read -r name package suite file sum; do
  case $name in ''|'#'*) continue ;; esac
  [ "$(cat "$dest/$name/.sha256" 2>/dev/null)" = "$sum" ] || fetch "$name" "$package" "$suite" "$file" "$sum"
done <"$lock"
