#!/usr/bin/env bash
# Writes review.md: what the checked-out commit changes in each environment against a revision, such as origin/main.
# Ends with 4 if egress opens anywhere.
set -euo pipefail
work=$(mktemp -d)
trap 'git worktree remove --force "$work/base"; rm -rf "$work"' EXIT
git worktree add --quiet --detach "$work/base" "$1"

# What an environment is built of; nothing where it is not there.
build() { if [ -d "$1" ]; then kustomize build "$1" >"$2"; else : >"$2"; fi; }
side() { if [ -s "$1" ]; then echo "$1"; else echo /dev/null; fi; }

opens=0
for environment in dev staging production; do
  build "$work/base/environments/$environment" "$work/base.yaml"
  build "environments/$environment" "$work/head.yaml"
  echo "## $environment"
  code=0
  wayout diff "$(side "$work/base.yaml")" "$(side "$work/head.yaml")" --format markdown --fail-on opens || code=$?
  case $code in 0) ;; 4) opens=4 ;; *) exit "$code" ;; esac
done >"$work/review.md"
mv "$work/review.md" review.md
exit "$opens"
