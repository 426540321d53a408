#!/usr/bin/env bash
# Renders each environment of the checked-out commit to a branch of its own, environments/NAME-next, on top of what
# environments/NAME has. Nothing is committed where nothing changes.
set -euo pipefail
work=$(mktemp -d)
trap 'git worktree prune; rm -rf "$work"' EXIT
commit=$(git rev-parse --short HEAD)

for environment in dev staging production; do
  kustomize build "environments/$environment" >"$work/sources.yaml"
  tree=$work/$environment
  git worktree add --quiet --force -B "environments/$environment-next" "$tree" "origin/environments/$environment"
  wayout render "$work/sources.yaml" --output "$tree" --prune
  git -C "$tree" add --all
  git -C "$tree" diff --cached --quiet || git -C "$tree" commit --quiet --message "Render $environment from $commit"
  git push --quiet --force origin "environments/$environment-next"
  git worktree remove "$tree"
done
