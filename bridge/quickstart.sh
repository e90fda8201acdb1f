#!/usr/bin/env bash
# usage: bridge/quickstart.sh [--tracker redmine|bugzilla|jira] [--redmine] [--build]
# Installs what is missing from Debian 12, builds contract-bridge, starts a demo tracker with 32 issues of five
# customers, runs one cycle on it and shows what happened. The demo tracker stays until Enter is pressed; without a
# terminal the script ends after printing. Whatever was started is stopped, and temporary files are removed.
#   --tracker  which kind the demo tracker is; redmine when left out
#   --redmine  the same on a real Redmine from Debian's package (larger download)
#   --build    only install and build; the last line is the path of the program
# Exit: 0 done, 1 a stage failed, 2 usage, or packages are missing and you may not install them, 130 interrupted.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
build=$root/build/release
redmine_data=$root/build/redmine-quickstart
usage() { sed -n '2,9s/^# \{0,1\}//p' "$0"; }

redmine='' only_build='' kind=redmine
while [ $# -gt 0 ]; do
  case $1 in
    --tracker | --tracker=*)
      if [ "$1" = --tracker ] && [ $# -gt 1 ]; then kind=$2; shift
      else kind=${1#--tracker}; kind=${kind#=}
      fi
      case $kind in
        redmine | bugzilla | jira) ;;
        *) echo "there is no demo tracker of the kind '$kind': redmine, bugzilla or jira" >&2; exit 2 ;;
      esac
      ;;
    --redmine) redmine=yes ;;
    --build) only_build=yes ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
  esac
  shift
done
if [ -n "$redmine" ] && [ "$kind" != redmine ]; then
  echo '--redmine starts a real Redmine; it does not go with another --tracker' >&2
  exit 2
fi

# As the demo's configurations call their tracker. A Jira's ids begin with 10001, and it has SLAs of its own.
example_issue=${CB_EXAMPLE_ISSUE:-10} compared='' stages=7
case $kind in
  redmine) example=demo#$example_issue ;;
  bugzilla) example=bugs#$example_issue ;;
  jira)
    example_issue=${CB_EXAMPLE_ISSUE:-10010}
    example=jira#$example_issue compared=jira#10025 stages=8
    ;;
esac
number=0 running=''
[ -z "$only_build" ] || stages=2
scratch=$(mktemp -d -t contract-bridge.XXXXXX)
tracker_pid=''
clean_up() {
  local code=$?
  trap - EXIT
  case $code in
    0 | 130 | 143) ;;
    *)
      [ -z "$running" ] || printf '      failed: %s\n' "$running" >&2
      [ "$number" -le 1 ] || code=1 # 2 is kept for the packages
      ;;
  esac
  if [ -n "$tracker_pid" ]; then
    kill "$tracker_pid" 2>/dev/null || true
    wait "$tracker_pid" 2>/dev/null || true
  fi
  if [ -n "$redmine" ] && [ -z "$only_build" ]; then "$root/tests/live/redmine_down.sh" --data "$redmine_data" || true; fi
  rm -rf "$scratch"
  exit "$code"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

tenths() { local now=${EPOCHREALTIME/[.,]/}; echo $((now / 100000)); }
# stage TITLE COMMAND...: a failure ends the script; clean_up says which stage it was.
stage() {
  local began took
  running=$1
  number=$((number + 1))
  printf '[%d/%d] %s\n' "$number" "$stages" "$running"
  began=$(tenths)
  "${@:2}"
  took=$(($(tenths) - began))
  printf '      %d.%d s\n' $((took / 10)) $((took % 10))
  running=''
}

install_packages() {
  local groups=(build)
  # What only the tests need is left to tests/run.sh.
  [ -z "$redmine" ] || groups+=(redmine)
  "$root/bridge/packages.sh" "${groups[@]}"
}

# quietly COMMAND...: its output is shown only when it fails.
quietly() { "$@" >"$scratch/build.log" 2>&1 || { tail -n 60 "$scratch/build.log" >&2; return 1; }; }

build_program() {
  cd "$root"
  [ -f "$build/build.ninja" ] || quietly cmake --preset release
  if [ -t 1 ]; then NINJA_STATUS='      %f of %t  ' ninja -C "$build" --quiet contract-bridge demo-tracker
  else quietly ninja -C "$build" contract-bridge demo-tracker
  fi
}

# Reads one text from a line of JSON: enough for what our own programs print.
text_of() { sed -n "s/.*\"$1\": *\"\([^\"]*\)\".*/\1/p" "$scratch/tracker.json" | head -n 1; }

start_demo_tracker() {
  "$build/demo-tracker" --kind "$kind" --port 0 --seed "$root/tests/data/demo/issues.json" >"$scratch/tracker.json" 2>"$scratch/tracker.log" &
  tracker_pid=$!
  for _ in $(seq 100); do
    [ -z "$(text_of url)" ] || return 0
    kill -0 "$tracker_pid" 2>/dev/null || break
    sleep 0.1
  done
  cat "$scratch/tracker.log" >&2
  return 1
}

start_tracker() {
  if [ -n "$redmine" ]; then "$root/tests/live/redmine_up.sh" --seed demo --data "$redmine_data" >"$scratch/tracker.json"
  else start_demo_tracker
  fi
  url=$(text_of url)
  # Each configuration names the key of its own kind.
  REDMINE_API_KEY=$(text_of bridge_key) BUGZILLA_API_KEY=$(text_of bridge_key) JIRA_API_KEY=$(text_of bridge_key)
  export REDMINE_API_KEY BUGZILLA_API_KEY JIRA_API_KEY
  # The demo's configuration with the address of this tracker and a store of its own; files that both share are links.
  case $kind in
    redmine) cp -RL "$root/config/demo" "$scratch/config" ;;
    *) cp -RL "$root/config/demo-$kind" "$scratch/config" ;;
  esac
  sed -i -e "s#^\( *url:\).*#\1 $url#" -e "s#^store:.*#store: sqlite:$scratch/bridge.db#" "$scratch/config/bridge.yaml"
  printf '      %s\n' "$url"
}

run() { "$build/contract-bridge" "$@" --config "$scratch/config" --log-level warning; }

# The table of what was written is that of the dry run; its first line says how many.
cycles() {
  for _ in first second; do
    run once >"$scratch/once.txt"
    head -n 1 "$scratch/once.txt"
  done
}

# Exit code 1 says that something differs: one pair does, on purpose.
compare() { run compare-sla "$compared" || [ $? -eq 1 ]; }

stage 'Packages from Debian' install_packages
stage 'Build' build_program
if [ -n "$only_build" ]; then
  printf '%s\n' "$build/contract-bridge"
  exit 0
fi
if [ -n "$redmine" ]; then stage 'A real Redmine with the demo issues' start_tracker
else stage "The demo tracker: a ${kind^} of our own, in memory" start_tracker
fi
stage 'Check of the configuration and of the tracker' run check
stage 'What one cycle would write (once --dry-run)' run once --dry-run
stage 'The cycle (once), and again: nothing is left to write' cycles
stage "Why: one issue explained (explain $example)" run explain "$example"
[ -z "$compared" ] || stage "Our promises beside Jira's own SLAs (compare-sla $compared)" compare

printf '\n'
if [ -n "$redmine" ]; then
  printf 'Redmine with the fields and comments of contract-bridge, until you press Enter:\n'
  printf '  %s/issues/%s\n' "$url" "$example_issue"
  printf '  staff sign in as %s, the customer as %s; the password is the login and -throw-away\n' \
    "$(text_of staff_login)" "$(text_of customer_login)"
else
  printf 'The demo tracker, with the fields and comments of contract-bridge in it, until you press Enter:\n'
  printf '  all issues         %s/\n' "$url"
  printf '  as staff see it    %s/issues/%s?view=staff\n' "$url" "$example_issue"
  printf '  as customers do    %s/issues/%s?view=customer\n' "$url" "$example_issue"
fi
if [ -t 0 ]; then read -r _ || true; fi
