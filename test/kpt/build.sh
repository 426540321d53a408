#!/bin/sh
# Prints the folder with the real kpt, and with the readers of YAML that Kubernetes' tools use; builds it where it is not cached.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/wayout
key=$(cat "$here"/*.go "$here"/*/*.go "$here/go.mod" "$here/go.sum" | sha256sum | cut -c1-16)
built=$cache/kpt-$key
if [ ! -d "$built" ]; then
  command -v go >/dev/null || { echo 'needs Go 1.26 or later: https://go.dev/dl' >&2; exit 3; }
  mkdir -p "$cache"
  # One at a time: the same lock as the other checkers', since each wants all the memory and both cores.
  (
    flock 9
    [ -d "$built" ] && exit
    echo 'building kpt: about 2 minutes the first time, 20 seconds after an edit' >&2
    cd "$here"
    # What lies beside the folder when a build is cut off is no folder of its name.
    building=$(mktemp -d "$cache/building.XXXXXX")
    trap '[ ! -d "$building" ] || rm -rf "$building"' EXIT
    GOFLAGS=-buildvcs=false nice -n 5 go build -p 2 -ldflags '-s -w' -o "$building/" . ./readers >&2
    rm -rf "$cache"/kpt-*
    mv "$building" "$built"
  ) 9>"$cache/build.lock"
fi
echo "$built"
