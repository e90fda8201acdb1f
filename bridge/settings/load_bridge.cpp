// bridge.yaml: trackers, store, server; what the administrator edits.
#include <algorithm>

#include "bridge/settings/address_forms.hpp"
#include "bridge/settings/load_tracker_parts.hpp"
#include "bridge/settings/loading.hpp"
#include "bridge/settings/state_words.hpp"
#include "rules/text.hpp"

namespace cb {
namespace {

constexpr Seconds k_shortest_poll{10};
constexpr Seconds k_least_behind{60};
const std::vector<std::pair<std::string, TrackerKind>> k_kinds{
    {"redmine", TrackerKind::redmine}, {"bugzilla", TrackerKind::bugzilla}, {"jira", TrackerKind::jira}};

// The value is never shown: it may be the secret itself. `what` as "key", for "must not hold the key itself".
void read_secret(const YamlNode& node, const std::string& key, const std::string& what, SecretReference& reference,
                 Problems& problems) {
  const bool scalar = node.kind == YamlNode::Kind::scalar;
  if (scalar && is_secret_reference(node.text)) {
    reference.text = node.text;
    return;
  }
  problems.error(node.place, scalar ? ticked(key) + " must not hold the " + what +
                                          " itself; write `${NAME}` for the environment variable NAME, "
                                          "or `file:/path` for a file that only the bridge may read"
                                    : "expected " + ticked(key) +
                                          ", a reference such as `${REDMINE_API_KEY}` or `file:/path`, but found " +
                                          kind_text(node) + " (in flow style `{ }` put `${NAME}` in quotes)");
}

// What stands in an address as it is, see bridge/web/web_path.cpp.
bool can_be_called(const std::string& name) {
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
  return name != "." && name != ".." && name.find_first_of("# /\\") == std::string::npos &&
         std::none_of(name.begin(), name.end(), is_control);
}

void read_name(const YamlMap& map, TrackerSettings& tracker, Loading& loading) {
  const auto* node = map.required("name");
  if (!node) return;
  const auto name = word_of(*node, "the tracker's name", loading.problems);
  if (!name) return;
  if (!can_be_called(*name)) {
    loading.problems.error(node->place, "the tracker's name " + ticked(*name) +
                                            " cannot be `.` or `..`, nor hold `#`, `/`, `\\`, blanks or control "
                                            "characters: issues are called NAME#123, and it stands in addresses");
    return;
  }
  const auto& trackers = loading.settings.trackers;
  const auto twice = std::any_of(trackers.begin(), trackers.end(), [&](const auto& one) { return one.name == *name; });
  if (twice) loading.problems.error(node->place, "another tracker is called " + ticked(*name) + " already");
  tracker.name = *name;
}

void read_poll_every(const YamlNode& node, TrackerSettings& tracker, Problems& problems) {
  const auto every = duration_of(node, "how often to look, `poll_every`", problems);
  if (!every) return;
  if (*every < k_shortest_poll) {
    problems.error(node.place, "`poll_every` is " + ticked(node.text) + "; at least 10s are kept between two looks");
  } else {
    tracker.poll_every = *every;
  }
}

void read_address(const YamlMap& map, TrackerSettings& tracker, Problems& problems) {
  if (const auto* node = map.required("url")) {
    const auto url = text_of(*node, "the tracker's address", problems);
    const auto wrong = url ? url_problem(*url) : std::string();
    if (!wrong.empty()) problems.error(node->place, wrong);
    if (url) tracker.url = *url;
    if (url && wrong.empty() && is_plain_http_elsewhere(*url)) {
      problems.warning(node->place, "the address begins with http://, so the key travels readable; use https://");
    }
  }
  if (const auto* node = map.required("api_key")) read_secret(*node, "api_key", "key", tracker.api_key, problems);
  if (const auto* node = map.optional("ca_file")) {
    tracker.ca_file = text_of(*node, "the path of a file of certificates", problems).value_or("");
  }
}

std::string without_slash(std::string url) {
  while (url.ends_with('/')) url.pop_back();
  return folded(url);
}

// None named: all that the key sees.
bool share_projects(const TrackerSettings& a, const TrackerSettings& b) {
  if (a.projects.empty() || b.projects.empty()) return true;
  return std::any_of(a.projects.begin(), a.projects.end(), [&](const auto& one) {
    return std::any_of(b.projects.begin(), b.projects.end(), [&](const auto& two) { return same_name(one, two); });
  });
}

// Two names for one issue are two issues for the bridge: each would take a unit and be told everything.
void check_served_once(const TrackerSettings& tracker, const Place& place, Loading& loading) {
  for (const auto& other : loading.settings.trackers) {
    if (tracker.url.empty() || other.kind != tracker.kind || without_slash(other.url) != without_slash(tracker.url) ||
        !share_projects(other, tracker))
      continue;
    loading.problems.error(place, "the tracker " + ticked(other.name) +
                                      " already serves projects of this address that this one would serve too: each of "
                                      "their issues would be counted and told twice; give each `projects` of its own, "
                                      "or leave one of the two out");
  }
}

// Keys that only one kind of tracker has a use for.
void warn_about_useless(const YamlMap& map, TrackerKind kind, Problems& problems) {
  const auto useless = [&](const YamlEntry* entry, const std::string& whose, const std::string& why) {
    if (entry != nullptr)
      problems.warning(entry->place, ticked(entry->key) + " is for " + whose + " and has no effect here; " + why);
  };
  const auto* write = map.node().find("write");
  const auto written = [&](const char* key) { return write != nullptr ? write->entry(key) : nullptr; };
  const auto of = [&](const char* key) { return map.node().entry(key); };
  if (kind == TrackerKind::redmine) {
    useless(of("login"), "Bugzilla and Jira", "a Redmine tells whose key it is");
    useless(of("insider_group"), "Bugzilla and Jira", "a Redmine has private notes of its own");
  }
  if (kind != TrackerKind::bugzilla) {
    useless(of("server_timezone"), "Bugzilla", "trackers of other kinds tell instants with their zone");
    useless(written("flags"), "Bugzilla", "trackers of other kinds mirror states by `labels`");
  }
  if (kind != TrackerKind::jira) {
    useless(written("transitions"), "Jira", "on trackers of other kinds staff alone change the status");
    useless(written("property"), "Jira", "trackers of other kinds show the decision in fields alone");
  }
  const auto* webhook = map.node().find("webhook");
  if (kind != TrackerKind::bugzilla && webhook != nullptr) {
    useless(webhook->entry("header"), "Bugzilla", "trackers of other kinds sign what they send");
  }
}

std::optional<WebhookSettings> webhook_of(const YamlNode& node, Problems& problems) {
  const YamlMap map(node, "`webhook`", keys_of("webhook"), problems);
  if (!map.ok()) return {};
  WebhookSettings webhook;
  if (const auto* secret = map.required("secret")) read_secret(*secret, "secret", "secret", webhook.secret, problems);
  if (const auto* old = map.optional("old_secret")) {
    read_secret(*old, "old_secret", "secret", webhook.old_secret, problems);
    if (!webhook.secret.text.empty() && webhook.old_secret.text == webhook.secret.text)
      problems.error(old->place, "`old_secret` is the same reference as `secret`; leave it out when none is replaced");
  }
  if (const auto* header = map.optional("header")) {
    const auto name = word_of(*header, "the name of the header that holds the secret", problems);
    const auto wrong = name ? header_problem(*name) : std::string();
    if (!wrong.empty()) problems.error(header->place, wrong);
    webhook.header = name.value_or("");
  }
  return webhook;
}

// What not every tracker tells by itself, or has.
void read_whose_key(const YamlMap& map, TrackerSettings& tracker, Problems& problems) {
  if (const auto* node = map.optional("server_timezone")) {
    if (const auto zone = zone_of(*node, problems)) tracker.server_timezone = zone->name();
  }
  if (const auto* node = map.optional("login")) {
    tracker.login = word_of(*node, "the login of the key's account", problems).value_or("");
  }
  if (const auto* node = map.optional("insider_group")) {
    tracker.insider_group = word_of(*node, "the name of the insider group", problems).value_or("");
  }
  warn_about_useless(map, tracker.kind, problems);
}

void read_label_field(const YamlNode& node, TrackerSettings& tracker, Problems& problems) {
  tracker.label_field = word_of(node, "the name of the field that holds labels", problems).value_or("");
  if (tracker.kind != TrackerKind::redmine) {
    problems.error(node.place, "`label_field` is for Redmine; trackers of other kinds have labels of their own");
  }
  for (const auto& [slot, field] : tracker.write.fields) {
    if (!same_name(field.field, tracker.label_field)) continue;
    problems.error(node.place, "the field " + ticked(tracker.label_field) + " is written by " + ticked(to_text(slot)) +
                                   "; labels need a field of their own");
  }
}

// A Redmine has no labels of its own.
void warn_about_labels(const YamlNode* read, const YamlNode* write, Problems& problems) {
  const std::string advice =
      ", but Redmine has no labels; name a list field with several values that holds them, `label_field: Labels`";
  if (const auto* labels = write ? write->entry("labels") : nullptr) {
    problems.warning(labels->place, "`labels` would be written" + advice);
  }
  if (!read) return;
  for (const auto& entry : read->entries) {
    const auto* label = entry.value.entry("label");
    if (label) problems.warning(label->place, ticked(entry.key) + " is read from a label" + advice);
  }
}

void remember_own(const TrackerSettings& tracker, OwnNames& own) {
  const auto place = [&](const std::string& key) { return ticked(key) + " of tracker " + ticked(tracker.name); };
  for (const auto& [slot, field] : tracker.write.fields) {
    own.fields[folded(field.field)] = place("write." + to_text(slot));
  }
  for (const auto& [state, label] : tracker.write.labels) own.labels[folded(label)] = place("write.labels." + state);
}

// A fact that needs no configuration (ruling 42).
void check_labels(const YamlNode& write, Problems& problems) {
  const auto* labels = write.find("labels");
  for (const auto& entry : labels ? labels->entries : std::vector<YamlEntry>{}) {
    if (!same_name(entry.value.text, "modified_code")) continue;
    problems.warning(entry.value.place,
                     "the label `modified_code` says that the customer changed the code; what the "
                     "bridge writes itself cannot be evidence, take another label");
  }
}

void read_tracker(const YamlNode& node, Loading& loading) {
  auto& problems = loading.problems;
  const YamlMap map(node, "a tracker", keys_of("tracker"), problems);
  if (!map.ok()) return;
  TrackerSettings tracker;
  TrackerTerms terms;
  read_name(map, tracker, loading);
  terms.name = tracker.name;
  if (const auto* kind = map.required("kind")) {
    tracker.kind = choice_of(*kind, "the kind of tracker", k_kinds, problems).value_or(TrackerKind::redmine);
  }
  read_address(map, tracker, problems);
  if (const auto* projects = map.optional("projects")) {
    tracker.projects = words_of(*projects, "the tracker's projects", problems);
  }
  if (const auto* every = map.optional("poll_every")) read_poll_every(*every, tracker, problems);
  if (const auto* staff = map.optional("staff")) terms.staff = people_of(*staff, "`staff` of a tracker", problems);
  if (const auto* bots = map.optional("bots")) terms.bots = people_of(*bots, "`bots` of a tracker", problems);
  if (const auto* statuses = map.required("statuses")) terms.statuses = statuses_of(*statuses, problems);
  if (const auto* priorities = map.optional("priorities")) {
    terms.priorities = priorities_of(*priorities, loading.priority_words, problems);
  } else if (!node.find("priorities")) {
    problems.warning(node.place, "the tracker has no `priorities`, so every issue counts as normal");
  }
  for (const auto& [word, priority] : terms.priorities) loading.priorities.insert(priority);
  const auto* read = map.optional("read");
  const auto* write = map.optional("write");
  if (read) terms.read = read_terms_of(*read, problems);
  if (write) tracker.write = write_settings_of(*write, problems);
  if (write) check_labels(*write, problems);
  if (const auto* transitions = write ? write->find("transitions") : nullptr) {
    tracker.write.transitions = transitions_of(*transitions, terms.statuses, problems);
  }
  if (read && write) check_own_fields(*read, *write, problems);
  if (const auto* webhook = map.optional("webhook")) tracker.webhook = webhook_of(*webhook, problems);
  read_whose_key(map, tracker, problems);
  if (const auto* labels = map.optional("label_field")) {
    read_label_field(*labels, tracker, problems);
  } else if (tracker.kind == TrackerKind::redmine) {
    warn_about_labels(read, write, problems);
  }
  terms.shows_pool = shows_pool(tracker.write);
  const auto* url = map.node().find("url");
  check_served_once(tracker, url ? url->place : node.place, loading);
  remember_own(tracker, loading.own);
  loading.settings.book.trackers[tracker.name] = std::move(terms);
  loading.settings.trackers.push_back(std::move(tracker));
}

void read_store(const YamlNode& node, Settings& settings, Problems& problems) {
  const auto store = text_of(node, "the store", problems);
  if (!store) return;
  const auto wrong = store_problem(*store);
  if (!wrong.empty()) problems.error(node.place, wrong);
  settings.store = *store;
}

void read_server(const YamlNode& node, Settings& settings, Problems& problems) {
  const YamlMap map(node, "`server`", keys_of("server"), problems);
  if (!map.ok()) return;
  if (const auto* listen = map.optional("listen")) {
    const auto address = word_of(*listen, "the address to listen on, such as `127.0.0.1:8480`", problems);
    const auto wrong = address ? listen_problem(*address) : std::string();
    if (!wrong.empty()) problems.error(listen->place, wrong);
    settings.server.listen = address.value_or(settings.server.listen);
    if (address && wrong.empty() && !is_loopback_listen(*address) && map.node().find("token") == nullptr)
      problems.error(listen->place, "others than this machine reach " + ticked(*address) +
                                        ", so pages and API need a token; add `token: ${NAME}` here, or listen on "
                                        "127.0.0.1 behind a proxy that asks who comes");
  }
  if (const auto* token = map.optional("token")) read_secret(*token, "token", "token", settings.server.token, problems);
  if (const auto* behind = map.optional("behind_after")) {
    const auto time = duration_of(*behind, "after what time without a complete reading the bridge is behind", problems);
    if (time && *time < k_least_behind)
      problems.error(behind->place,
                     "`behind_after` is " + ticked(behind->text) + "; at least 1m, or every look is late");
    settings.server.behind_after = time.value_or(settings.server.behind_after);
  }
  const auto* pages = map.optional("public_url");
  auto url =
      pages ? text_of(*pages, "the address at which people reach the pages, `public_url`", problems) : std::nullopt;
  if (!url) return;
  if (const auto wrong = url_problem(*url); !wrong.empty()) problems.error(pages->place, wrong);
  while (url->ends_with('/')) url->pop_back();
  settings.server.public_url = *url;
  for (auto& tracker : settings.trackers) tracker.write.pages = *url;
}

}  // namespace

void load_bridge(Loading& loading) {
  loading.settings.store = "sqlite:/var/lib/contract-bridge/bridge.db";
  const auto root = read_part(loading, "bridge.yaml");
  if (!root) return;
  auto& problems = loading.problems;
  const YamlMap file(*root, "bridge.yaml", keys_of("bridge file"), problems);
  if (!file.ok()) return;
  if (const auto* trackers = file.required("trackers")) {
    const auto& items = items_of(*trackers, "the trackers", problems);
    if (trackers->kind == YamlNode::Kind::list && items.empty()) {
      problems.error(trackers->place, "`trackers` is empty; the bridge needs a tracker");
    }
    for (const auto& item : items) read_tracker(item, loading);
  }
  if (!loading.settings.trackers.empty()) loading.trackers.emplace();
  for (const auto& tracker : loading.settings.trackers) loading.trackers->push_back(tracker.name);
  if (const auto* store = file.optional("store")) read_store(*store, loading.settings, problems);
  if (const auto* server = file.optional("server")) read_server(*server, loading.settings, problems);
  if (const auto* told = file.optional("notifications")) read_notifications(*told, loading.settings, problems);
}

}  // namespace cb
