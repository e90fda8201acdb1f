#!/usr/bin/env bash
# usage: tests/run.sh                        everything, a real Redmine included
#        tests/run.sh --long                 with 1000 seeds, 1500 kills, a minute for each fuzzer
#        tests/run.sh --conformance KIND     only the cases for every tracker, against a server of yours
# Installs what is missing from Debian 12, builds with warnings as errors, by GCC as released and by clang with ASan and
# UBSan, and the engine and what threads share with TSan; runs all tests, simulated weeks, kills, fuzzers, a short
# benchmark and the checks of form. Stages that mostly wait run beside the others. A failed stage keeps no other from
# running.
# KIND is redmine, bugzilla or jira. The environment names the server: CB_TEST_<KIND>_URL, _KEY (the bridge's account,
# staff), _CUSTOMER_KEY, and _PROJECT for a Redmine, _PRODUCT, _COMPONENT and _FIELDS for a Bugzilla, _PROJECT and _FIELDS
# for a Jira. README, "Testing against your own tracker", has the rest. The cases create issues there.
# Exit: 0 all passed, 1 something failed, 2 usage or packages are missing.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
release=build/release asan=build/asan tsan=build/tsan
usage() { sed -n '2,12s/^# \{0,1\}//p' tests/run.sh; }
# need KIND NAME...: the variables CB_TEST_KIND_NAME must be set; NAME may be A|B.
need() {
  local kind=$1 names variable
  for names in "${@:2}"; do
    for variable in ${names//|/ }; do
      variable=CB_TEST_${kind}_$variable
      [ -z "${!variable:-}" ] || continue 2
    done
    echo "CB_TEST_${kind}_${names} is missing: see tests/run.sh --help" >&2
    exit 2
  done
}

only='' seeds=200 kills=300 fuzz_seconds=10
case "${1:-} ${2:-}" in
  ' ') ;;
  '--long ') seeds=1000 kills=1500 fuzz_seconds=60 ;;
  '--conformance redmine')
    only=conformance
    need REDMINE URL KEY CUSTOMER_KEY 'PROJECT|PRODUCT' # tests/live/redmine_up.sh starts a server
    ;;
  '--conformance bugzilla')
    only=conformance
    need BUGZILLA URL KEY CUSTOMER_KEY PRODUCT COMPONENT FIELDS
    ;;
  '--conformance jira')
    only=conformance
    need JIRA URL KEY CUSTOMER_KEY PROJECT FIELDS
    ;;
  '--help ' | '-h ') usage; exit 0 ;;
  *) usage >&2; exit 2 ;;
esac

logs=build/logs
summary=() failed=0 unchecked=0 beside=''
tenths() { local now=${EPOCHREALTIME/[.,]/}; echo $((now / 100000)); }
# stage NAME COMMAND...: runs it to its first failure, tells the seconds, and leaves a line in $logs for the summary; the
# end of what a failed one said is told once more above the summary. Code 77 of the command says that it could check
# nothing without ../shared/jira.
stage() {
  local began code took line verdict said=$logs/${1//[^[:alnum:]]/_}.log
  printf '\n== %s\n' "$1"
  began=$(tenths)
  set +e
  (
    set -e
    "${@:2}"
  ) 2>&1 | tee "$said"
  code=${PIPESTATUS[0]}
  set -e
  took=$(($(tenths) - began))
  case $code in
    0) verdict=passed ;;
    77) verdict='not checked: ../shared/jira is missing' ;;
    *)
      verdict=FAILED
      printf '\n== the end of %s\n%s\n' "$1" "$(tail -n 40 "$said")" >>"$logs/failures"
      ;;
  esac
  line=$(printf '%-34s %5d.%d s  %s' "$1" $((took / 10)) $((took % 10)) "$verdict")
  printf '%s\n' "$line" >>"$logs/summary"
  printf '== %s\n' "$line"
}
# What runs beside the stages that follow: one after the other, told when all have ended.
begin_beside() {
  set -m # a group of its own, so that all of it ends with this script
  "$@" >"$logs/beside" 2>&1 &
  beside=$!
  set +m
  trap '[ -z "$beside" ] || kill -- "-$beside"' EXIT
  trap 'exit 1' INT TERM
}
end_beside() {
  [ -n "$beside" ] || return 0
  printf '\n== waiting for what runs beside\n'
  wait "$beside" || echo 'what runs beside ended early FAILED' >>"$logs/summary"
  beside=''
  cat "$logs/beside"
}

# build PRESET [DEFINITION...] [-- TARGET...]
build() {
  local preset=$1 definitions=()
  shift
  while [ $# -gt 0 ] && [ "$1" != -- ]; do
    definitions+=("$1")
    shift
  done
  cmake --preset "$preset" "${definitions[@]}" >/dev/null
  ninja -C "build/$preset" --quiet "${@:2}"
}

# run_ctest FOLDER [OPTION...]
run_ctest() { ctest --test-dir "$1" --output-on-failure -j "$(nproc)" "${@:2}"; }

conformance() { "$release/tests/conformance_test"; }

real_redmine() {
  local info
  trap 'tests/live/redmine_down.sh --seed conformance' EXIT
  info=$(tests/live/redmine_up.sh --seed conformance)
  of() { jq -r ".$1" <<<"$info"; }
  printf 'Redmine %s at %s\n' "$(of version)" "$(of url)"
  CB_TEST_REDMINE_URL=$(of url) CB_TEST_REDMINE_PROJECT=$(of project) CB_TEST_REDMINE_KEY=$(of bridge_key) \
    CB_TEST_REDMINE_STAFF_KEY=$(of staff_key) CB_TEST_REDMINE_CUSTOMER_KEY=$(of customer_key) conformance
}

form() { find rules adapters bridge tests -name '*.[ch]pp' -print0 | xargs -0 clang-format-14 --dry-run -Werror; }
# Several sources at once, as $asan compiles them, need a third of the time. That one includes the others is meant.
tidy() {
  jq -j --arg root "$root/" '.[].file | select(ltrimstr($root) | test("^(rules|adapters|bridge|build/asan/(rules|adapters|bridge))/")) | . + "\u0000"' \
    $asan/compile_commands.json | sort -zu |
    xargs -0 -n 1 -P "$(nproc)" clang-tidy-14 -p "$asan" --quiet --checks=-bugprone-suspicious-include
}
scripts() { shellcheck bridge/*.sh tests/*.sh tests/live/*.sh tests/fuzz/*.sh .ci/run; }
jira_judges() { tests/jira_judges.sh "$release/tests/conformance_test"; }
# The engine, and what several threads use at once; the whole of the tests would take too long to build.
thread_tests=(log_test http_test service_test sync_test)
run_thread_tests() {
  local tests
  tests=$(IFS='|' && echo "${thread_tests[*]}")
  run_ctest $tsan -R "^($tests)\$"
}
benchmark() { "$release/tests/bench" --benchmark_min_time=0.05; }

if [ -n "$only" ]; then
  bridge/packages.sh build tests
  build release -- conformance_test
  conformance
  exit
fi
groups=(build tests redmine)
[ ! -d "${CB_SHARED:-../shared}/jira" ] || groups+=(jira)
bridge/packages.sh "${groups[@]}"
# They wait for servers, for people who act and for processes to end: one processor would be idle for minutes.
waiting_stages() {
  stage "kill -9, $kills times" $release/tests/kill_loop $release/contract-bridge --kills $kills
  stage 'backfill, memory flat' tests/backfill.sh $release
  stage 'Jira: judges' jira_judges
  stage 'real Redmine: conformance' real_redmine
  stage 'real Redmine: end to end' tests/live/e2e.sh $release/contract-bridge
}
rm -rf $logs
mkdir -p $logs
stage 'build (release)' build release -D CB_BENCH=ON
stage 'tests (release)' run_ctest $release -E '^(simulation|kill_loop)$' # which have longer stages
stage "simulation of $seeds weeks" $release/simulation --seeds $seeds --days 7
stage 'benchmark (short)' benchmark
begin_beside waiting_stages
stage 'build (ASan, UBSan)' build asan
stage 'tests (ASan, UBSan)' run_ctest $asan
stage "fuzzers, $fuzz_seconds s each" tests/fuzz/run.sh $fuzz_seconds
stage 'build (TSan)' build tsan -- "${thread_tests[@]}"
stage 'tests (TSan)' run_thread_tests
stage 'form (clang-format)' form
stage 'scripts (shellcheck)' scripts
stage 'clang-tidy' tidy
end_beside

mapfile -t summary <"$logs/summary"
failed=$(grep -c 'FAILED$' "$logs/summary") || true
unchecked=$(grep -c 'not checked' "$logs/summary") || true
[ ! -s "$logs/failures" ] || cat "$logs/failures"
printf '\n'
printf '%s\n' "${summary[@]}"
if [ "$failed" != 0 ]; then
  printf '\n%d of %d stages FAILED\n' "$failed" ${#summary[@]}
  exit 1
fi
if [ "$unchecked" != 0 ]; then
  printf '\n%d of %d stages passed, the others were NOT checked\n' $((${#summary[@]} - unchecked)) ${#summary[@]}
  exit
fi
printf '\nall %d stages passed\n' ${#summary[@]}
