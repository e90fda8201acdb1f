#!/usr/bin/env bash
# usage: tests/live/e2e.sh PROGRAM
# contract-bridge against a real Redmine with the demo's issues, judged through Redmine's own REST interface: the first
# `once` writes fields and notes, the second writes nothing, customers see no private note, `explain` and `check` work.
# Exit: 0 all holds, 1 something does not, 2 usage.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
if [ $# != 1 ] || [ ! -x "$1" ]; then
  sed -n '2,5s/^# //p' "$0" >&2
  exit 2
fi
program=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
data=$root/build/redmine-e2e
scratch=$(mktemp -d -t contract-bridge-e2e.XXXXXX)
trap '"$here/redmine_down.sh" --data "$data"; rm -rf "$scratch"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

failures=0
# expect WHAT TEST...: one line for each expectation; a failed one is counted and the rest goes on.
expect() {
  if "${@:2}"; then printf '  ok    %s\n' "$1"
  else
    printf '  WRONG %s\n' "$1"
    failures=$((failures + 1))
  fi
}
more_than() { [ "$1" -gt "$2" ]; }
equal() { [ "$1" = "$2" ] || { printf '        %s\n     != %s\n' "$1" "$2"; return 1; }; }

info=$("$here/redmine_up.sh" --seed demo --data "$data")
of() { jq -r ".$1" <<<"$info"; }
url=$(of url)
REDMINE_API_KEY=$(of bridge_key)
export REDMINE_API_KEY
cp -R "$root/config/demo" "$scratch/config"
sed -i -e "s#^\( *url:\).*#\1 $url#" -e "s#^store:.*#store: sqlite:$scratch/bridge.db#" "$scratch/config/bridge.yaml"
bridge() { "$program" "$@" --config "$scratch/config" --log-level warning; }

get() { curl -sS --fail -H "X-Redmine-API-Key: $1" "$url/$2"; }
ids=$(get "$(of admin_key)" 'issues.json?status_id=*&limit=100' | jq -r '.issues[].id' | sort -n)
# every_issue KEY: all issues with their journals as this key sees them, as one JSON list.
every_issue() { for id in $ids; do get "$1" "issues/$id.json?include=journals"; done | jq -cs '[.[].issue]'; }
field_count() { jq --arg name "$1" '[.[] | .custom_fields[] | select(.name == $name and (.value // "") != "")] | length'; }
private_count() { jq '[.[].journals[] | select(.private_notes)] | length'; }
state() { jq -c '[.[] | {id, updated_on, notes: (.journals | length)}]'; }
note_count() { jq --arg by "$1" '[.[].journals[] | select(.user.id == ($by | tonumber) and (.notes // "") != "")] | length'; }

printf 'real Redmine %s at %s\n' "$(of version)" "$url"
every_issue "$(of admin_key)" >"$scratch/before"
own_id=$(get "$REDMINE_API_KEY" users/current.json | jq .user.id)
count=$(jq length "$scratch/before")
expect 'the seed has about thirty issues' more_than "$count" 29
expect 'check finds nothing wrong' bridge check
# One instant for all runs: a clock that passes a deadline between two of them would rightly be written.
now=$(date -u +%FT%TZ)
bridge once --dry-run --now "$now" >"$scratch/dry"
expect 'a dry run writes nothing' equal "$(state <"$scratch/before")" "$(every_issue "$(of admin_key)" | state)"

bridge once --now "$now" >"$scratch/once"
every_issue "$(of admin_key)" >"$scratch/after"
for field in Billing Entitlement SLA; do
  expect "the field $field is filled in more than 20 of $count issues" more_than "$(field_count "$field" <"$scratch/after")" 20
done
expect 'deadlines are shown' more_than "$(field_count 'SLA resolution due' <"$scratch/after")" 4
expect 'customers are told' more_than "$(note_count "$own_id" <"$scratch/after")" 0

sleep 2
bridge once --now "$now" >"$scratch/again"
expect 'the second run writes nothing' equal "$(state <"$scratch/after")" "$(every_issue "$(of admin_key)" | state)"
expect 'and says so' grep -q '^demo: 0 written' "$scratch/again"

expect 'staff see private notes' more_than "$(every_issue "$(of staff_key)" | private_count)" 0
expect 'the customer sees none' equal 0 "$(every_issue "$(of customer_key)" | private_count)"
watchers() { for id in $ids; do get "$1" "issues/$id.json?include=watchers"; done | jq -s '[.[].issue.watchers // [] | length] | add'; }
assigned_by() { jq --arg by "$1" '[.[].journals[] | select(.user.id == ($by | tonumber)) | .details[] | select(.name == "assigned_to_id")] | length'; }
expect 'who had nobody got the consultant' more_than "$(assigned_by "$own_id" <"$scratch/after")" 0
expect 'who is called is in copy' more_than "$(watchers "$(of admin_key)")" 0

# What people do next: staff find a defect where a consultation was claimed, a customer approves without the right to.
named() { jq -r --arg subject "$1" '.[] | select(.subject | startswith($subject)) | .id' <"$scratch/after"; }
field_id() { jq -r --arg name "$1" '[.[].custom_fields[] | select(.name == $name) | .id][0]' <"$scratch/after"; }
set_field() { # KEY ISSUE FIELD VALUE
  curl -sS --fail -o /dev/null -X PUT -H "X-Redmine-API-Key: $1" -H 'Content-Type: application/json' \
    -d "{\"issue\":{\"custom_fields\":[{\"id\":$(field_id "$3"),\"value\":\"$4\"}]}}" "$url/issues/$2.json"
}
shown() { get "$(of admin_key)" "issues/$1.json" | jq -r --arg name "$2" '.issue.custom_fields[] | select(.name == $name) | .value'; }
own_notes() { # ISSUE public|private
  get "$(of admin_key)" "issues/$1.json?include=journals" | jq -r --arg by "$own_id" --arg private "$2" \
    '.issue.journals[] | select(.user.id == ($by | tonumber) and (.notes // "") != "" and .private_notes == ($private == "private")) | .notes'
}
consultation=$(named 'Jak propojit kurz')
order=$(named 'Sestava docházky')
set_field "$(of staff_key)" "$consultation" 'Category confirmed' defect
set_field "$(of customer_key)" "$order" 'Order approved' yes
sleep 2
now=$(date -u +%FT%TZ)
bridge once --now "$now" >"$scratch/moved"
expect 'a defect found by staff is free' equal free "$(shown "$consultation" Billing)"
contains() { grep -qF "$2" <<<"$1"; }
expect 'staff are told what moved' contains "$(own_notes "$consultation" private)" 'moved from consultation to defect'
expect 'the customer is told, in Czech' contains "$(own_notes "$consultation" public)" 'je jiného druhu'
expect 'an approval without the right starts nothing' contains "$(own_notes "$order" private)" 'but may not order'
expect 'and leaves it to be paid' equal paid "$(shown "$order" Billing)"
every_issue "$(of admin_key)" >"$scratch/after"
sleep 2
bridge once --now "$now" >"$scratch/again"
expect 'both are told once' equal "$(state <"$scratch/after")" "$(every_issue "$(of admin_key)" | state)"

bridge explain demo#10 >"$scratch/explained"
expect 'explain names the customer' grep -qi acme "$scratch/explained"
expect 'explain writes nothing' equal "$(state <"$scratch/after")" "$(every_issue "$(of admin_key)" | state)"
REDMINE_API_KEY=wrong
wrong_key_is_refused() { ! bridge once >"$scratch/wrong" 2>&1; }
expect 'a wrong key is refused' wrong_key_is_refused
expect 'and named as such' grep -qiE '401|key' "$scratch/wrong"

printf '\n'
cat "$scratch/once"
if [ "$failures" != 0 ]; then
  printf '%d expectations do not hold\n' "$failures" >&2
  exit 1
fi
