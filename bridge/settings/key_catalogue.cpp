#include "bridge/settings/key_catalogue.hpp"

#include <algorithm>
#include <stdexcept>

#include "bridge/settings/problem.hpp"

namespace cb {
namespace {

using Catalogue = std::map<std::string, std::vector<std::string>>;

const std::vector<std::string> k_conditions{"type",     "component", "project",    "product", "version", "priority",
                                            "channel",  "labels",    "resolution", "field",   "text",    "matches",
                                            "reporter", "any",       "all",        "not"};
const std::vector<std::string> k_customer{"name",       "language", "timezone",         "match",   "contacts",
                                          "consultant", "backups",  "escalation_owner", "partner", "contracts"};

std::vector<std::string> with(std::vector<std::string> keys, const std::string& more) {
  keys.push_back(more);
  return keys;
}

Catalogue make_catalogue() {
  return {
      // bridge.yaml
      {"bridge file", {"trackers", "store", "server", "notifications"}},
      {"notification", {"name", "url", "kind", "secret", "events"}},
      {"tracker",
       {"name", "kind", "url", "api_key", "login", "insider_group", "ca_file", "server_timezone", "projects",
        "label_field", "poll_every", "webhook", "staff", "bots", "statuses", "priorities", "read", "write"}},
      {"people", {"roles", "groups", "logins", "addresses", "domains"}},
      {"statuses",
       {"waiting_for_us", "waiting_for_customer", "waiting_for_order", "waiting_for_third_party", "resolved", "closed",
        "withdrawn"}},
      {"priorities", {"urgent", "high", "normal", "low"}},
      {"read",
       {"customer", "organisation", "product", "type", "version", "resolution", "channel", "language", "fix_date",
        "category", "approval", "declined", "workaround", "justification", "modified_code", "override"}},
      {"source", {"field", "label", "value"}},
      {"write",
       {"billing", "category", "entitlement", "plan", "pool", "sla_state", "next_due", "response_due", "resolution_due",
        "advice", "labels", "flags", "transitions", "property", "comments", "assign", "copy"}},
      {"transition", {"from", "to"}},
      {"write field", {"field", "format"}},
      {"comments",
       {"receipt", "offer", "reminder", "reclassified", "risk", "breach", "mismatch", "escalation", "notice"}},
      {"webhook", {"secret", "old_secret", "header"}},
      {"server", {"listen", "public_url", "token", "behind_after"}},
      // calendars.yaml
      {"calendars file", {"calendars", "holidays"}},
      {"calendar", {"timezone", "hours", "holidays", "short_days"}},
      {"holiday list", {"dates", "ics"}},
      // plans.yaml
      {"plans file", {"plans", "without_contract"}},
      {"plan", {"rank",        "title",         "based_on",       "calendar", "channels",
                "languages",   "versions",      "updates",        "covers",   "pool",
                "budgets",     "modified_code", "targets",        "warn_at",  "confirmation",
                "check_in",    "requires",      "priority_floor", "urgent",   "on_priority_change",
                "raise_share", "reopen_window", "on_expiry",      "pause_on", "prices",
                "community"}},
      {"pool", {"requests", "per", "carry_over", "when_empty"}},
      {"when_empty", {"overdraft"}},
      {"budget", {"hours", "per", "when_empty"}},
      {"targets by priority", {"urgent", "high", "normal", "low", "otherwise"}},
      {"targets", {"first_response", "next_update", "state_fix_date", "workaround", "resolution"}},
      {"confirmation", {"remind_after", "remind_times", "close_after"}},
      {"check_in", {"every"}},
      {"requires", {"contact"}},
      {"urgent", {"when", "calendar", "targets", "marker"}},
      {"urgent calendar", {"language", "local", "use", "team", "otherwise"}},
      // contracts.yaml
      {"contracts file", {"customers", "partners", "staff"}},
      {"customer", k_customer},
      {"partner", with(k_customer, "serves")},
      {"match", {"fields", "organisations", "projects", "addresses", "domains"}},
      {"contact", {"address", "name", "certified", "named", "may"}},
      {"contract", {"id", "plan", "products", "from", "until", "nda", "calendar", "override", "included_with_licence"}},
      {"included_with_licence", {"plan", "date", "months"}},
      // classification.yaml
      {"classification file", {"categories", "rules", "unmatched", "established", "text", "urgency"}},
      {"classification rule", {"id", "when", "category", "advice"}},
      {"when", k_conditions},
      {"rule advice", {"internal", "links"}},
      {"urgency", {"justification", "urgent", "trivial", "calm", "built_in"}},
      // scenarios/*.yaml
      {"scenario file", {"scenarios"}},
      {"scenario", {"name", "row", "now", "issue", "before", "expect"}},
      {"scenario issue",
       {"id", "project", "product", "component", "version", "type", "priority", "status", "resolution", "labels",
        "channel", "language", "summary", "description", "reporter", "assignee", "created", "fields", "history"}},
      {"history entry",
       {"at", "by", "comment", "text", "status", "priority", "resolution", "assignee", "fields", "labels"}},
      {"label changes", {"add", "remove"}},
      {"expect",
       {"customer", "contract", "refusal", "category", "billing", "pool", "budget", "clocks", "sla_state", "next_due",
        "advice"}},
      {"expected category", {"claimed", "established"}},
      {"expected pool", {"size", "left", "reserved", "consumed"}},
      {"expected budget", {"hours", "used", "left"}},
      {"expected clocks",
       {"first_response", "next_update", "state_fix_date", "keep_fix_date", "workaround", "resolution",
        "confirmation"}},
      {"expected clock", {"state", "due", "stopped", "used", "left"}},
  };
}

}  // namespace

const Catalogue& key_catalogue() {
  static const Catalogue catalogue = make_catalogue();
  return catalogue;
}

const std::vector<std::string>& keys_of(const std::string& block) {
  const auto found = key_catalogue().find(block);
  if (found == key_catalogue().end()) throw std::logic_error("no block of the configuration is called " + block);
  return found->second;
}

std::string key_hint(std::string_view key, const std::vector<std::string>& known) {
  const auto colon = key.find(':');
  if (colon != std::string_view::npos && std::find(known.begin(), known.end(), key.substr(0, colon)) != known.end()) {
    return "; a blank must follow the colon of " + ticked(key.substr(0, colon + 1));
  }
  if (!nearest_word(key, known).empty()) return word_hint(key, known);
  std::vector<std::string> blocks;
  for (const auto& [block, keys] : key_catalogue()) {
    if (std::find(keys.begin(), keys.end(), key) != keys.end()) blocks.push_back(block);
  }
  std::string text = word_hint(key, known);
  if (!blocks.empty() && blocks.size() <= 3) {
    text += " (" + ticked(key) + " is a key of " + listed(blocks) + ": is the indentation right?)";
  }
  return text;
}

}  // namespace cb
