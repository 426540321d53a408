#!/usr/bin/env bash
# Writes review.md: what the checked-out commit changes in each environment against a revision, such as origin/main.
# Ends with 4 if egress opens anywhere.
set -euo pipefail
work=$(mktemp -d)
trap 'git worktree remove --force "$work/base"; rm -rf "$work"' EXIT
git worktree add --quiet --detach "$work/base" "$1"

# An environment that is not there lets nothing out.
side() { if [ -d "$1" ]; then echo "$1"; else echo /dev/null; fi; }

opens=0
for environment in dev staging production; do
  echo "## $environment"
  before=$(side "$work/base/environments/$environment")
  after=$(side "environments/$environment")
  code=0
  wayout diff "$before" "$after" --format markdown --fail-on opens || code=$?
  case $code in 0) ;; 4) opens=4 ;; *) exit "$code" ;; esac
done >"$work/review.md"
mv "$work/review.md" review.md
exit "$opens"
