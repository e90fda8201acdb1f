#!/usr/bin/env bash
# usage: tests/live/redmine_up.sh [--seed demo|conformance] [--port N] [--data DIR]
# Starts a real, throw-away Redmine from Debian's packages (SQLite, puma, 127.0.0.1) and prints ONE line of JSON: url,
# keys, fields. Each start has freshly seeded data, unless it runs already. Nothing is written outside DIR (default
# build/redmine-SEED). Without --port a free one is taken. redmine_down.sh stops it.
# Exit: 0 it answers, 1 it could not be started (the reason is on standard error), 2 usage or packages are missing.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
say() { printf '[redmine] %s\n' "$*" >&2; }
usage() { sed -n '2,6s/^# //p' "$0" >&2; exit 2; }

seed=conformance port='' data=''
while [ $# -gt 0 ]; do
  case $1 in
    --seed) seed=${2:-}; shift 2 || usage ;;
    --port) port=${2:-}; shift 2 || usage ;;
    --data) data=${2:-}; shift 2 || usage ;;
    *) usage ;;
  esac
done
case $seed in
  demo) seed_file=$root/tests/data/demo/issues.json ;;
  conformance) seed_file=$here/conformance.json ;;
  *) usage ;;
esac
case $port in *[!0-9]*) usage ;; esac

"$root/bridge/packages.sh" redmine || exit $?
data=${data:-$root/build/redmine-$seed}
mkdir -p "$data"
data=$(cd "$data" && pwd)
app=$data/app info=$data/seed.json pid_file=$data/puma.pid database=$data/redmine.sqlite3
exec 9>"$data/.lock"
flock 9 # two callers at once: the second waits, then finds it running

alive() { # the file names a live process that runs from our own folder
  local pid
  pid=$(cat "$pid_file" 2>/dev/null) && [ -n "$pid" ] && [ "$(readlink "/proc/$pid/cwd" 2>/dev/null)" = "$app" ]
}
url() { cat "$data/url"; }
answers() {
  [ "$(curl -s -m 10 -o /dev/null -w '%{http_code}' -H "X-Redmine-API-Key: $(jq -r .admin_key "$info")" \
    "$(url)/users/current.json")" = 200 ]
}
print_info() { jq -c --arg url "$(url)" --argjson pid "$(cat "$pid_file")" '{url: $url} + . + {pid: $pid}' "$info"; }

# The folder with Debian's Redmine: the installed one, else the package, downloaded and unpacked but not installed.
debian_redmine() {
  local package=$root/build/redmine-package
  if [ -e /usr/share/redmine/config.ru ]; then
    echo /usr/share/redmine
    return
  fi
  if [ ! -e "$package/usr/share/redmine/config.ru" ]; then
    rm -rf "$package"
    mkdir -p "$package"
    (cd "$package" && apt-get -q download redmine) >"$data/download.log" 2>&1 || {
      tail -n 5 "$data/download.log" >&2
      say 'the package redmine could not be downloaded; does "apt-get update" help?'
      return 1
    }
    dpkg-deb -x "$package"/redmine_*.deb "$package"
  fi
  echo "$package/usr/share/redmine"
}

# A private copy of the application (10 MB): nothing of it writes into the system's folders.
copy_application() {
  local source=$1 link
  rm -rf "$app" "$app.new" "$data/golden"
  cp -a "$source" "$app.new"
  rm -rf "$app.new/instances" "$app.new/config/database.yml" "$app.new/Gemfile.lock"
  mkdir -p "$app.new"/instances/default/{config,log,files,tmp/cache,public/plugin_assets} "$app.new/tmp" "$app.new/log"
  (cd "$source" && find public -type l) | while read -r link; do # relative to where the package belongs
    ln -sfn "$(realpath -ms "/usr/share/redmine/$(dirname "$link")/$(readlink "$source/$link")")" "$app.new/$link"
  done
  # Debian's Gemfile looks for the database's configuration in a fixed place, its Rails in that of the instance.
  sed -i "s#'/usr/share/redmine/{config,instances/\*/config}/database.yml'#'$app/config/database.yml'#" "$app.new/Gemfile"
  ln -s ../../../config/database.yml "$app.new/instances/default/config/database.yml"
  echo "gem 'puma'" >"$app.new/Gemfile.local"
  printf 'production:\n  adapter: sqlite3\n  database: %s\n  encoding: utf8\n  pool: 5\n  timeout: 10000\n' "$database" \
    >"$app.new/config/database.yml"
  # Classes are loaded when they are used: it starts in half the time.
  sed -i 's/config.eager_load = true/config.eager_load = false/' "$app.new/config/environments/production.rb"
  cp "$here/throw_away.rb" "$app.new/config/initializers/99_throw_away.rb"
  mv "$app.new" "$app"
}

clean_environment() {
  unset RUBYOPT RUBYLIB GEM_HOME GEM_PATH BUNDLE_PATH BUNDLE_BIN_PATH WEB_CONCURRENCY RACK_ENV RAILS_RELATIVE_URL_ROOT \
    X_DEBIAN_SITEID REDMINE_INSTANCE
  [ -s "$data/secret" ] || (umask 077 && od -An -vtx1 -N48 /dev/urandom | tr -d ' \n' >"$data/secret")
  # Debian's own Bundler knows where Debian keeps gems; the one of Ruby's security update does not.
  local gem
  gem=$(printf '%s\n' /usr/share/rubygems-integration/all/gems/bundler-*/ | tail -n 1)
  [ ! -d "$gem" ] || { gem=$(basename "$gem"); export BUNDLER_VERSION=${gem#bundler-}; }
  SECRET_KEY_BASE=$(cat "$data/secret")
  export SECRET_KEY_BASE RAILS_ENV=production LANG=C.UTF-8 TZ=UTC HOME="$data" BUNDLE_GEMFILE="$app/Gemfile" \
    BUNDLE_APP_CONFIG="$data/.bundle" BUNDLE_SILENCE_ROOT_WARNING=1 REDMINE_LANG=en SCHEMA=/dev/null RUBYOPT=-W0 \
    MALLOC_ARENA_MAX=2 CB_SEED_INFO="$info" CB_SEED="$seed_file"
}

rake() {
  (cd "$app" && bundle exec rake "$@") >"$data/seed.log" 2>&1 9>&- || { grep -m 1 -A 15 aborted "$data/seed.log" >&2; return 1; }
  # The database is closed now; what is still in its write-ahead log would be missing from a copy.
  [ ! -s "$database-wal" ] || { say "the database's log is not empty after $*"; return 1; }
}

# The configured Redmine is kept; its issues are made anew, because their times are relative to the present.
fill_database() {
  local golden=$data/golden made_from
  made_from=$(cat "$here"/*.r* "$0" "$seed_file" | sha256sum)
  rm -f "$database" "$database-wal" "$database-shm" "$info"
  if [ "$(cat "$golden/made_from" 2>/dev/null)" != "$made_from" ]; then
    rm -rf "$golden"
    rake db:migrate cb:configure cb:close
    mkdir -p "$golden"
    cp "$database" "$info" "$golden/"
    echo "$made_from" >"$golden/made_from"
  else
    cp "$golden/redmine.sqlite3" "$golden/seed.json" "$data/"
  fi
  [ "$(jq '.issues | length' "$seed_file")" = 0 ] || rake cb:issues cb:close
}

start_puma() {
  local end=$((SECONDS + 90))
  rm -f "$pid_file" "$data/puma.log"
  # One thread: with more, SQLite answers parallel writes with 500 after ten seconds.
  (cd "$app" && exec setsid nohup bundle exec puma -e production -b "tcp://127.0.0.1:${port:-0}" -t 1:1 -w 0 \
    --pidfile "$pid_file" >"$data/puma.log" 2>&1 </dev/null 9>&-) &
  started=$!
  until sed -n 's#^\* Listening on \(http://.*\)#\1#p' "$data/puma.log" 2>/dev/null | grep . >"$data/url" && alive && answers; do
    if [ $SECONDS -ge $end ] || ! kill -0 "$started" 2>/dev/null; then
      say "it did not start:"
      tail -n 30 "$data/puma.log" >&2
      return 1
    fi
    sleep 0.2
  done
}

started=''
trap '[ $? = 0 ] || [ -z "$started" ] || kill "$started" 2>/dev/null' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
if alive && [ -s "$info" ] && answers; then
  say "runs already at $(url)"
  print_info
  exit 0
fi
clean_environment
if [ ! -d "$app" ]; then
  source=$(debian_redmine)
  copy_application "$source"
fi
cp "$here/seed.rake" "$app/lib/tasks/contract_bridge.rake"
[ -s "$app/Gemfile.lock" ] || (cd "$app" && bundle install --local --quiet >&2)
fill_database
start_puma
print_info
