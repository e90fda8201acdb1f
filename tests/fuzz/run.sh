#!/usr/bin/env bash
# usage: tests/fuzz/run.sh [SECONDS [NAME...]]     (10 seconds; every fuzzer that was built)
# Runs the fuzzers of `cmake --preset asan && ninja -C build/asan fuzzers`, two at a time, each on its inputs in
# tests/fuzz/corpus and on what earlier runs found in build/asan/found. An input that crashes, hangs for 25 s, takes 1 GB
# or breaks what has to hold is left in build/asan/crashes; to see it again: build/asan/tests/fuzz/NAME_fuzz FILE
# Exit: 0 nothing was found, 1 something was, 2 usage or nothing is built.
set -euo pipefail
cd "$(dirname "$0")/../.."
usage() { sed -n '2,6s/^# //p' tests/fuzz/run.sh >&2; exit 2; }
seconds=${1:-10}
[[ $seconds =~ ^[1-9][0-9]*$ ]] || usage
built=build/asan/tests/fuzz
names=("${@:2}")
if [ ${#names[@]} = 0 ]; then
  for program in "$built"/*_fuzz; do names+=("$(basename "$program" _fuzz)"); done
fi
crashes=build/asan/crashes logs=build/asan/logs
mkdir -p "$crashes" "$logs"

# One line about a fuzzer; its code says whether all is well.
fuzz() {
  local name=$1 found=build/asan/found/$1 corpus=tests/fuzz/corpus/$1 log=$logs/$1.log code=0 covered runs inputs
  [ -x "$built/${name}_fuzz" ] || { echo "$name: build/asan has no such fuzzer; build it first" >&2; return 2; }
  mkdir -p "$found"
  inputs=("$found")
  [ ! -d "$corpus" ] || inputs+=("$corpus")
  ASAN_OPTIONS=allocator_may_return_null=1 "$built/${name}_fuzz" -max_total_time="$seconds" -max_len=4096 -timeout=25 \
    -rss_limit_mb=1024 -print_final_stats=1 -artifact_prefix="$crashes/$name-" "${inputs[@]}" >"$log" 2>&1 || code=$?
  covered=$(grep -aoE 'cov: [0-9]+' "$log" | tail -n 1 | cut -d ' ' -f 2 || true)
  runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
  printf '%-18s %9s runs  %6s edges covered  %s\n' "$name" "${runs:-?}" "${covered:-?}" "$([ $code = 0 ] || echo FAILED)"
  [ $code = 0 ] || { grep -avE "^#[0-9]+[[:space:]]+(NEW|REDUCE|pulse|INITED|RELOAD)" "$log" | tail -n 60; return 1; }
}

failed=0 running=0
for name in "${names[@]}"; do
  if [ $running = 2 ]; then
    wait -n || failed=1
    running=1
  fi
  fuzz "$name" &
  running=$((running + 1))
done
while [ $running -gt 0 ]; do
  wait -n || failed=1
  running=$((running - 1))
done
[ $failed = 0 ] || { echo "what was found lies in $crashes" >&2; exit 1; }
