#include "bridge/cli/parked.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <ostream>
#include <set>

#include "bridge/cli/named_issue.hpp"
#include "bridge/cli/options.hpp"
#include "bridge/cli/table.hpp"
#include "bridge/report/layout.hpp"
#include "bridge/sync/selection.hpp"

namespace cb {

namespace {

using Json = nlohmann::ordered_json;

constexpr int k_parked_columns = 100;

struct KeptBack {
  std::vector<Parked> issues;
  std::vector<Parked> others;  // writing to a tracker, assigning a person
};

KeptBack kept_back(const Settings& settings, Store& store) {
  KeptBack kept;
  for (const auto& tracker : settings.trackers) {
    for (auto& parked : store.all_parked(tracker.name)) {
      auto& list = is_stop(parked.key) ? kept.others : kept.issues;
      list.push_back(std::move(parked));
    }
  }
  return kept;
}

Json json_of(const std::vector<Parked>& list) {
  auto json = Json::array();
  for (const auto& parked : list) {
    json.push_back({{"issue", to_text(parked.key)},
                    {"error", parked.error},
                    {"since", to_iso(parked.since)},
                    {"attempts", parked.attempts},
                    {"retry_at", to_iso(parked.retry_at)}});
  }
  return json;
}

std::string table_of(const std::vector<Parked>& list) {
  std::vector<TableRow> rows{{"Issue", "Error", "Since", "Tries", "Next try"}};
  for (const auto& parked : list) {
    rows.push_back({one_line(to_text(parked.key)), one_line(parked.error), to_iso(parked.since),
                    std::to_string(parked.attempts), to_iso(parked.retry_at)});
  }
  return table_text(rows, k_parked_columns);
}

// One of each tracker: what else was woken there is looked at with it.
int tell_service(const std::vector<IssueKey>& keys, const Settings& settings, const OpenHttp& open_http) {
  std::set<std::string> told;
  for (const auto& key : keys) {
    if (is_stop(key) || told.count(key.tracker) != 0) continue;
    const auto target = "/api/v1/issues/" + url_encoded(key.tracker) + "/" + url_encoded(key.id) + "/retry";
    const auto answer = ask_service(settings.server, open_http, "POST", target);
    if (answer && answer->status == 200) told.insert(key.tracker);
  }
  return static_cast<int>(told.size());
}

std::string when(const std::vector<IssueKey>& tried, bool told, Store& store, Instant now) {
  auto last = now;
  for (const auto& key : tried) {
    if (const auto parked = store.parked(key)) last = std::max(last, parked->retry_at);
  }
  if (last > now)
    return "at " + to_iso(last) + " at the latest: a write that was not answered may still be done before.\n";
  return told ? "now: the service was told.\n" : "when the service looks at its tracker next.\n";
}

bool let_try(const IssueKey& key, Store& store, Instant now) {
  if (!store.retry(key, earliest_retry(store, key, now))) return false;
  if (!is_stop(key)) store.wake({key}, "a retry was asked for", now);
  store.audit(now, "a retry of " + to_text(key) + " was asked for on the command line");
  return true;
}

}  // namespace

int list_parked(bool json, const Settings& settings, Store& store, std::ostream& out) {
  const auto kept = kept_back(settings, store);
  if (json) {
    const Json all = {{"parked", json_of(kept.issues)}, {"kept_back", json_of(kept.others)}};
    out << all.dump(2, ' ', false, Json::error_handler_t::replace) << "\n";
    return k_exit_ok;
  }
  if (kept.issues.empty()) {
    out << "No issue is parked.\n";
  } else {
    out << table_of(kept.issues) << "\nThey are tried again by themselves; at once with: contract-bridge retry ISSUE\n";
  }
  if (!kept.others.empty()) {
    out << "\nKept back for a while, and no issues; allowed again with: contract-bridge retry 'NAME'\n"
        << table_of(kept.others);
  }
  return k_exit_ok;
}

int retry(const RetryOptions& options, const Settings& settings, Store& store, const OpenHttp& open_http,
          std::ostream& out, std::ostream& err) {
  std::vector<IssueKey> keys;
  if (options.all) {
    for (const auto& parked : kept_back(settings, store).issues) keys.push_back(parked.key);
    if (keys.empty()) out << "No issue is parked: there is nothing to try again.\n";
  } else {
    const auto named = named_issue(options.issue, settings, err);
    if (!named) return k_exit_usage;
    keys.push_back(named->key);
  }
  std::vector<IssueKey> tried;
  for (const auto& key : keys) {
    if (let_try(key, store, options.now)) tried.push_back(key);
  }
  if (tried.empty() && !options.all) {
    err << "contract-bridge: " << one_line(to_text(keys.front()))
        << " is not parked, so there is nothing to try again; `contract-bridge parked` lists what is\n";
    return k_exit_wrong;
  }
  if (tried.empty()) return k_exit_ok;
  const bool told = tell_service(tried, settings, open_http) > 0;
  out << (tried.size() == 1 ? one_line(to_text(tried.front())) + " is" : std::to_string(tried.size()) + " issues are")
      << " tried again " << when(tried, told, store, options.now);
  return k_exit_ok;
}

}  // namespace cb
