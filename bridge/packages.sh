#!/usr/bin/env bash
# usage: bridge/packages.sh GROUP...      (groups: build tests redmine jira)
# Installs what these groups need and what is missing, from Debian 12's own archive. Silent when nothing is missing.
# Works as root or with a sudo that asks no password; otherwise it prints the line to run.
# Exit: 0 all is there, 1 apt failed, 2 usage, or somebody with rights must run the printed line.
set -euo pipefail

# The compiler and what the program links with. tzdata and ca-certificates are used when it runs.
build=(g++ cmake ninja-build ccache pkg-config libcpp-httplib-dev nlohmann-json3-dev libssl-dev libspdlog-dev libfmt-dev
  libyaml-cpp-dev libcctz-dev libsoci-dev libsqlite3-dev libre2-dev libutf8proc-dev libical-dev libcld2-dev libcli11-dev
  libkainjow-mustache-dev libexpected-dev prometheus-cpp-dev libsystemd-dev tzdata ca-certificates)
# openssl makes the certificates of the TLS tests; Python validates the configurations against the JSON Schemas; clang
# with its run-time libraries and its linker builds the fuzzers, and with sanitizers.
tests=(doctest-dev libbenchmark-dev clang-14 libclang-rt-14-dev lld-14 clang-format-14 clang-tidy-14 shellcheck openssl curl jq
  python3-jsonschema python3-yaml)
# What Debian's package of Redmine depends on, but not the package itself: its installation configures a database and a
# web application of the system, and fails under the Bundler of Ruby's security update. tests/live/ unpacks it privately.
redmine=(puma curl jq libjs-chart.js libjs-jquery libjs-jquery-ui libjs-raphael ruby ruby-actionpack-action-caching
  ruby-actionpack-xml-parser ruby-addressable ruby-bundler ruby-coderay ruby-commonmarker ruby-html-pipeline
  ruby-i18n ruby-jquery-rails ruby-mail ruby-marcel ruby-mini-magick ruby-mini-mime ruby-mocha ruby-net-ldap
  ruby-nokogiri ruby-rack ruby-rack-test ruby-rails ruby-rails-dom-testing ruby-rails-observers ruby-rbpdf
  ruby-redcarpet ruby-request-store ruby-rmagick ruby-roadie ruby-roadie-rails ruby-rotp ruby-rouge ruby-rqrcode
  ruby-sanitize ruby-sqlite3 ruby-task-list ruby-zip)
# Validates the adapter for Jira and its fake: tests/jira_judges.sh. npm brings its own newer node.
jira=(nodejs npm)

say() { printf '%s\n' "$*" >&2; }
usage() { sed -n '2,5s/^# //p' "$0" >&2; exit 2; }
installed() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

wanted=()
[ $# -gt 0 ] || usage
for group in "$@"; do
  case $group in
    build) wanted+=("${build[@]}") ;;
    tests) wanted+=("${tests[@]}") ;;
    redmine) wanted+=("${redmine[@]}") ;;
    # An npm from elsewhere does as well, and would not go together with Debian's.
    jira) command -v npm >/dev/null || wanted+=("${jira[@]}") ;;
    *) usage ;;
  esac
done
if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
  say "This needs Debian 12 (apt-get). Elsewhere, install the equivalent of: ${wanted[*]}"
  exit 2
fi

missing=()
for package in "${wanted[@]}"; do
  installed "$package" || [[ " ${missing[*]} " == *" $package "* ]] || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

as_root=()
if [ "$(id -u)" != 0 ]; then
  if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then as_root=(sudo -n)
  else
    say "${#missing[@]} packages are missing: ${missing[*]}"
    say "Run this with rights to install them, then start again:"
    say "  sudo $(cd "$(dirname "$0")" && pwd)/$(basename "$0") $*"
    exit 2
  fi
fi

log=$(mktemp -t contract-bridge-apt.XXXXXX)
trap 'rm -f "$log"' EXIT
apt() {
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends \
    -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 -o Dpkg::Options::=--force-unsafe-io \
    -o Dpkg::Options::=--force-confold "$@" </dev/null >>"$log" 2>&1
}
failed() {
  say "apt-get could not install: ${missing[*]}"
  grep -E '^(E|Err|W|dpkg):|error' "$log" | tail -n 20 >&2 || true
  exit 1
}
install() { apt install "$@" || { apt update && apt install "$@"; }; }

say "installing ${#missing[@]} packages from Debian"
[ -n "$(apt-cache madison "${missing[0]}" 2>/dev/null)" ] || apt update || failed
install "${missing[@]}" || failed
