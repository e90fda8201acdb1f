#!/usr/bin/env bash
# usage: tests/backfill.sh DIR [FEW [MANY]]      (DIR: a build, FEW and MANY: numbers of issues, 500 and 2500)
# Backfills a fake Redmine with few and one with many issues, the second interrupted and begun again, and holds what is
# promised: every issue is written once, memory is the same, and lines of progress tell rate and time left.
# Exit: 0 so it is, 1 it is not, 2 usage.
set -euo pipefail
if [ ! -x "${1:-}/contract-bridge" ]; then
  sed -n '2,5s/^# //p' "$0" >&2
  exit 2
fi
build=$(cd "$1" && pwd) few=${2:-500} many=${3:-2500}
root=$(cd "$(dirname "$0")/.." && pwd)
scratch=$(mktemp -d -t contract-bridge-backfill.XXXXXX)
tracker_pid=''
cleanup() {
  [ -z "$tracker_pid" ] || kill "$tracker_pid" 2>/dev/null || true
  rm -rf "$scratch"
}
trap cleanup EXIT
text_of() { sed -n "s/.*\"$1\": *\"\([^\"]*\)\".*/\1/p" "$scratch/tracker.json"; }

start_tracker() {
  "$build/demo-tracker" --seed "$root/tests/data/demo/issues.json" --more "$1" >"$scratch/tracker.json" &
  tracker_pid=$!
  for _ in $(seq 200); do
    [ -z "$(text_of url)" ] || break
    sleep 0.1
  done
  REDMINE_API_KEY=$(text_of bridge_key)
  export REDMINE_API_KEY
  rm -rf "$scratch/config" "$scratch"/bridge.db*
  cp -RL "$root/config/demo" "$scratch/config"
  sed -i -e "s#^\( *url:\).*#\1 $(text_of url)#" -e "s#^store:.*#store: sqlite:$scratch/bridge.db#" "$scratch/config/bridge.yaml"
}
stop_tracker() {
  kill "$tracker_pid"
  wait "$tracker_pid" || true
  tracker_pid=''
}

# backfill COMMAND...: its greatest resident size in kB goes to $scratch/size; its own output to out and err.
backfill() {
  local pid code=0 size=0 now
  "$@" "$build/contract-bridge" backfill --config "$scratch/config" --json --log-level warning >"$scratch/out" 2>"$scratch/err" &
  pid=$!
  while now=$(sed -n 's/^VmHWM:[[:space:]]*\([0-9]*\) kB/\1/p' "/proc/$pid/status" 2>/dev/null) && [ -n "$now" ]; do
    size=$now
    sleep 0.1
  done
  wait "$pid" || code=$?
  echo "$size" >"$scratch/size"
  return "$code"
}
count_of() { jq ".trackers[0].$1" "$scratch/out"; }
fail() {
  echo "$*" >&2
  tail -n 5 "$scratch/out" "$scratch/err" >&2
  exit 1
}

start_tracker "$few"
backfill env || fail "the backfill of $few issues did not end well"
small=$(cat "$scratch/size")
[ "$(count_of written)" -ge "$few" ] || fail "not every issue was written"
stop_tracker

start_tracker "$many"
began=$SECONDS
backfill timeout --preserve-status --signal=INT 5 || [ $? -eq 3 ] || fail 'a backfill that is interrupted ends with 3'
first=$(count_of written)
# null: the list itself was interrupted.
[ "$(count_of left)" != 0 ] || fail "$many issues were done before the interrupt: try more"
backfill env || fail "the backfill of $many issues did not end well"
large=$(cat "$scratch/size")
second=$(count_of written)
grep -qE 'issues \([0-9]+ %\), [0-9.]+ a second, .* left' "$scratch/err" || fail 'the progress tells no rate and time left'
# In many minutes some of the demo's own issues fall due, and are written again.
more=$((first + second - many - 32))
((more >= 0 && more <= 32)) || fail "$first and $second were written, of $((many + 32))"
stop_tracker
printf '%d issues: %d kB; %d issues: %d kB, in two runs of %d and %d issues, %d s\n' "$few" "$small" "$many" "$large" "$first" "$second" $((SECONDS - began))
# What an allocator keeps differs from run to run; what grew with the tracker would be tens of megabytes.
[ "$large" -le $((small + 12288)) ] || fail 'memory grows with the number of issues'
