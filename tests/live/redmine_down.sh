#!/usr/bin/env bash
# usage: tests/live/redmine_down.sh [--seed demo|conformance] [--data DIR] [--wipe]
# Stops the Redmine that redmine_up.sh started with the same words. --wipe removes its folder, too.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
usage() { sed -n '2,3s/^# //p' "$0" >&2; exit 2; }

seed=conformance data='' wipe=''
while [ $# -gt 0 ]; do
  case $1 in
    --seed) seed=${2:-}; shift 2 || usage ;;
    --data) data=${2:-}; shift 2 || usage ;;
    --wipe) wipe=yes; shift ;;
    *) usage ;;
  esac
done
data=${data:-$root/build/redmine-$seed}
[ -d "$data" ] || exit 0
data=$(cd "$data" && pwd)

pid=$(cat "$data/puma.pid" 2>/dev/null || true)
runs() { [ "$(readlink "/proc/$pid/cwd" 2>/dev/null)" = "$data/app" ]; }
if [ -n "$pid" ] && runs; then
  kill -TERM "$pid"
  for _ in $(seq 100); do
    runs || break
    sleep 0.1
  done
  if runs; then kill -KILL "$pid"; fi
fi
rm -f "$data/puma.pid"
# Only a folder that redmine_up.sh made.
if [ -n "$wipe" ] && [ -e "$data/.lock" ] && [ -d "$data/app/app/controllers" ]; then rm -rf "$data"; fi
