#!/bin/sh
# Builds the real kube-apiserver into the cache, and prints its path; what is there already is not built again.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/wayout
version=v1.36.1
key=$(cat "$here/main.go" "$here/go.mod" "$here/go.sum" | sha256sum | cut -c1-16)
binary=$cache/kube-apiserver-$key
if [ ! -x "$binary" ]; then
  command -v go >/dev/null || { echo 'kube-apiserver needs Go 1.26 or later: https://go.dev/dl' >&2; exit 3; }
  mkdir -p "$cache"
  # The linker takes gigabytes, so only one build of any kind may run at a time.
  (
    flock 9
    [ -x "$binary" ] && exit
    echo 'building kube-apiserver: about 5 minutes the first time' >&2
    cd "$here"
    # Without its version it names itself in a way that clients cannot read.
    package=k8s.io/component-base/version
    CGO_ENABLED=0 GOTOOLCHAIN=local GOFLAGS=-buildvcs=false nice -n 5 go build -p 2 \
      -ldflags "-s -w -X $package.gitVersion=$version -X $package.gitMajor=1 -X $package.gitMinor=36" -o "$cache/building-apiserver" .
    rm -f "$cache"/kube-apiserver-*
    mv "$cache/building-apiserver" "$binary"
  ) 9>"$cache/build.lock"
fi
echo "$binary"
