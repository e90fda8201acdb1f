#!/usr/bin/env bash
# usage: tests/jira_judges.sh CONFORMANCE_PROGRAM
# Runs the conformance cases against the fake Jira with everything that goes over the wire judged by Atlassian's OpenAPI
# documents: by two validators that are not ours, as ../shared/jira/README.md describes. They come from npm into
# build/jira-judges (300 MB, once). Where recorded servers contradict a document, it is corrected there, by
# tests/jira_corrections.jq, which is told. CB_SHARED names another folder than ../shared.
# Exit: 0 all was judged right, 1 a violation or a failed case, 2 usage or programs are missing,
# 77 ../shared/jira is missing: nothing was checked.
set -euo pipefail
usage() { sed -n '2,8s/^# //p' "$0" >&2; exit 2; }
{ [ $# = 1 ] && [ -x "$1" ]; } || usage
program=$(realpath "$1")
cd "$(dirname "$0")/.."
CB_SHARED=$(realpath -m "${CB_SHARED:-../shared}")
export CB_SHARED
if [ ! -d "$CB_SHARED/jira/validate" ]; then
  cat <<EOF
NOT CHECKED: $CB_SHARED/jira is missing. Neither the requests that the adapter for Jira sends nor the answers
of the fake Jira were validated against Atlassian's documents.
EOF
  exit 77
fi
from=$CB_SHARED/jira
home=$PWD/build/jira-judges
mkdir -p "$home/logs" "$home/openapi" "$home/validate"

# The validators' own files look for the documents beside themselves.
copy_and_correct() {
  local data_center=jira-dc-slim.fixed.json
  cp "$from/validate/chain.sh" "$from/validate/openapi_proxy.js" "$home/validate/"
  cp "$from/openapi/"*.json "$home/openapi/"
  jq -f tests/jira_corrections.jq "$from/openapi/$data_center" >"$home/openapi/$data_center"
  echo "corrected in Atlassian's document for Data Center:"
  jq -r '.info["x-fixes"][] | select(.kind == "contract-bridge") | "  \(.at): \(.why)"' "$home/openapi/$data_center"
}

# Once for each list of packages.
install_validators() {
  local list=$from/validate/package.json
  if cmp -s "$list" "$home/package.json" && [ -e "$home/installed" ]; then return; fi
  command -v npm >/dev/null || { echo "npm is missing: run bridge/packages.sh jira" >&2; exit 2; }
  rm -f "$home/installed"
  cp "$list" "$home/package.json"
  (cd "$home" && npm install --ignore-scripts --no-audit --no-fund --no-package-lock --loglevel=error)
  touch "$home/installed"
}

# A port that nobody listens on, and the next one; each is given out once.
next_port=$((20000 + RANDOM % 9000))
is_free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
take_ports() {
  until is_free "$next_port" && is_free $((next_port + 1)); do next_port=$((next_port + 2)); done
  port=$next_port
  next_port=$((next_port + 2))
}

# Each chain is a process group of its own, to be stopped whole whatever happens.
groups=()
# shellcheck disable=SC2317 # called by the trap
stop() {
  local group
  for group in "${groups[@]}"; do kill -- "-$group" 2>/dev/null || true; done
}
trap stop EXIT
trap 'exit 130' INT TERM HUP
set -m
start() { # KIND VARIABLE
  take_ports
  export "$2=http://127.0.0.1:$port"
  TMPDIR=$home/logs "$home/validate/chain.sh" "$1" "http://127.0.0.1:$CB_TEST_JIRA_JUDGE_UPSTREAM" "$port" \
    "$home/node_modules" >/dev/null </dev/null &
  groups+=($!)
}

install_validators
copy_and_correct
take_ports
export CB_TEST_JIRA_JUDGE_UPSTREAM=$port CB_TEST_ONLY=jira
start cloud CB_TEST_JIRA_JUDGE_CLOUD
start jsm CB_TEST_JIRA_JUDGE_DESK
start dc CB_TEST_JIRA_JUDGE_DATA_CENTER
set +m # what interrupts this script interrupts the program as well
for group in "${groups[@]}"; do
  wait "$group" || { echo "the validators did not start; $home/logs says why" >&2; exit 1; }
done

# What is written for the other trackers alone is left out: it was run before.
code=0
"$program" --source-file-exclude='*redmine*,*bugzilla*' | tee "$home/logs/conformance.log" || code=$?
# A run in which a document was asked nothing would pass without having proved anything.
for document in 'Cloud' 'Service Management (Cloud)' 'Data Center'; do
  grep -q "^judged by the document $document: [1-9]" "$home/logs/conformance.log" || {
    echo "nothing was judged by the document $document" >&2
    code=1
  }
done
[ "$code" = 0 ] || code=1
exit "$code"
