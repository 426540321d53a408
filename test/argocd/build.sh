#!/bin/sh
# Prints the folder with Argo CD's servers, what they call, and Argo CD's own manifests; builds it where it is not cached.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/wayout
key=$(cat "$here"/*.go "$here/go.mod" "$here/go.sum" | sha256sum | cut -c1-16)
built=$cache/argocd-$key
if [ ! -d "$built" ]; then
  command -v go >/dev/null || { echo 'needs Go 1.21 or later, which fetches the toolchain that Argo CD wants: https://go.dev/dl' >&2; exit 3; }
  mkdir -p "$cache"
  # One at a time: the same lock as the conformance checker's, since both want all the memory and both cores.
  (
    flock 9
    [ -d "$built" ] && exit
    echo "building Argo CD's servers: about 4 minutes the first time, 20 seconds after an edit" >&2
    cd "$here"
    # As Argo CD builds them: static, so that they run in any image.
    export GOTOOLCHAIN=go1.27.3 GOFLAGS=-buildvcs=false CGO_ENABLED=0
    building=$(mktemp -d "$cache/building.XXXXXX")
    trap '[ ! -d "$building" ] || { chmod -R u+w "$building" && rm -rf "$building"; }' EXIT
    nice -n 5 go build -p 2 -ldflags '-s -w' -o "$building/argocd" . >&2
    ln -s argocd "$building/argocd-cmp-server"
    source=$(go list -m -f '{{.Dir}}' github.com/argoproj/argo-cd/v3)
    cp -r "$source/manifests" "$source/hack/git-verify-wrapper.sh" "$building"
    chmod -R u+w,a+rX "$building"
    chmod +x "$building/git-verify-wrapper.sh"
    rm -rf "$cache"/argocd-*
    mv "$building" "$built"
  ) 9>"$cache/build.lock"
fi
echo "$built"
