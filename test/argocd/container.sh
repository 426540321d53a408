#!/bin/sh
# Runs a command as a container would: container.sh IMAGE ROOT UID NODE [FROM:TO…] -- COMMAND…
# IMAGE's files on the system's own libraries and nothing else, read-only; volumes FROM:TO; no network, no privilege, none to be had.
set -eu
if [ "${CONTAINED:-}" != 1 ]; then
  user=; [ "$(id -u)" -eq 0 ] || user='--user --map-root-user'
  # shellcheck disable=SC2086
  exec env CONTAINED=1 unshare $user --mount --net --ipc --pid --fork --kill-child sh "$0" "$@"
fi
image=$1 root=$2 uid=$3 node=$4
shift 4
mount --make-rprivate / 2>/dev/null || true
mount -t tmpfs -o mode=755 tmpfs "$root"
cp -r "$image/." "$root"
# Not /usr/local: what lies there is the image's.
for folder in usr/bin usr/sbin usr/lib usr/lib64 bin sbin lib lib64; do
  if [ -L "/$folder" ]; then cp -P "/$folder" "$root/$folder"
  elif [ -d "/$folder" ]; then mkdir -p "$root/$folder" && mount --bind "/$folder" "$root/$folder" && mount -o remount,bind,ro "$root/$folder"
  fi
done
mkdir -p "$root/proc" "$root/dev" "$root/node" "$root/etc"
# Where the libraries are, and that there is a user 0.
cp /etc/ld.so.cache /etc/passwd "$root/etc"
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
touch "$root/node/node" && mount --bind "$node" "$root/node/node"
while [ "$1" != -- ]; do
  mkdir -p "$root${1#*:}" && mount --bind "${1%%:*}" "$root${1#*:}"
  shift
done
shift
mount -o remount,bind,ro "$root"
identity="--reuid $uid --regid $uid --clear-groups"
# A user namespace without other users in it: the caller, who is not root outside.
[ "$(wc -l </proc/self/uid_map)" -eq 1 ] && [ "$(awk '{ print $3 }' /proc/self/uid_map)" -eq 1 ] && identity=
# It ends with its parent: another user's process forgets what unshare asked for.
# shellcheck disable=SC2086
exec chroot "$root" setpriv $identity --pdeathsig KILL --no-new-privs --inh-caps=-all --bounding-set=-all -- "$@"
