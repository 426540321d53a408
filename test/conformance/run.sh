#!/bin/sh
# Checks folders of rendered output against the real istiod: all of test/cases, or the folders given. Builds the checker where it is not cached.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/wayout
key=$(cat "$here"/*.go "$here/go.mod" "$here/go.sum" | sha256sum | cut -c1-16)
binary=$cache/conformance-$key
if [ ! -x "$binary" ]; then
  command -v go >/dev/null || { echo 'conformance needs Go 1.26 or later: https://go.dev/dl' >&2; exit 3; }
  mkdir -p "$cache"
  echo 'building the conformance checker: about 5 minutes the first time, 20 seconds after an edit' >&2
  # The linker takes 3 GB, so only one build may run at a time.
  (
    flock 9
    [ -x "$binary" ] && exit
    cd "$here"
    GOTOOLCHAIN=local GOFLAGS=-buildvcs=false nice -n 5 go build -p 2 -ldflags '-s -w' -o "$cache/building" .
    rm -f "$cache"/conformance-*
    mv "$cache/building" "$binary"
  ) 9>"$cache/build.lock"
fi
# Istio's packages warn on stderr unless these two name a folder; nothing is written there.
export TARGET_OUT="$cache" LOCAL_OUT="$cache"
[ $# -gt 0 ] || set -- "$here/../cases"
exec "$binary" "$@"
