// `notifications` of bridge.yaml: who is told outside the tracker.
#include <algorithm>

#include "bridge/settings/address_forms.hpp"
#include "bridge/settings/load_tracker_parts.hpp"

namespace cb {
namespace {

const std::vector<std::pair<std::string, NotificationKind>> k_shapes{{"json", NotificationKind::json},
                                                                     {"chat", NotificationKind::chat}};
const std::vector<std::pair<std::string, NotificationEvent>> k_events{{"risk", NotificationEvent::risk},
                                                                      {"breach", NotificationEvent::breach},
                                                                      {"urgent", NotificationEvent::urgent},
                                                                      {"outage", NotificationEvent::outage}};

// The address of a chat tool is a secret by itself, so it may be a reference.
void read_url(const YamlNode& node, NotificationTarget& target, Problems& problems) {
  const auto url = text_of(node, "the address that is told, or a reference to it such as `${CHAT_URL}`", problems);
  if (!url) return;
  target.url.text = *url;
  if (is_secret_reference(*url)) return;
  // What stands behind the question mark is the receiver's own.
  const auto bare = url->substr(0, url->find('?'));
  if (const auto wrong = url_problem(bare); !wrong.empty()) {
    problems.error(node.place, wrong);
  } else if (is_plain_http_elsewhere(bare)) {
    problems.warning(node.place, "the address begins with http://, so what is told travels readable; use https://");
  }
}

void read_secret(const YamlNode& node, NotificationTarget& target, Problems& problems) {
  if (node.kind == YamlNode::Kind::scalar && is_secret_reference(node.text)) {
    target.secret.text = node.text;
    return;
  }
  problems.error(node.place,
                 "`secret` must not hold the secret itself; write `${NAME}` for the environment variable "
                 "NAME, or `file:/path` for a file that only the bridge may read");
}

void read_events(const YamlNode* node, NotificationTarget& target, Problems& problems) {
  if (node == nullptr) {
    for (const auto& [word, event] : k_events) target.events.insert(event);
    return;
  }
  for (const auto& item : items_of(*node, "what is told: risk, breach, urgent, outage", problems)) {
    if (const auto event = choice_of(item, "an event that is told", k_events, problems)) target.events.insert(*event);
  }
}

}  // namespace

void read_notifications(const YamlNode& node, Settings& settings, Problems& problems) {
  for (const auto& item : items_of(node, "who is told outside the tracker", problems)) {
    const YamlMap map(item, "a notification", keys_of("notification"), problems);
    if (!map.ok()) continue;
    NotificationTarget target;
    if (const auto* name = map.required("name")) {
      target.name = word_of(*name, "the name of who is told", problems).value_or("");
      const bool twice = std::any_of(settings.notifications.begin(), settings.notifications.end(),
                                     [&](const auto& each) { return each.name == target.name; });
      if (twice) problems.error(name->place, "another notification is called " + ticked(target.name) + " already");
    }
    if (const auto* url = map.required("url")) read_url(*url, target, problems);
    if (const auto* kind = map.optional("kind")) {
      target.kind = choice_of(*kind, "the kind of notification", k_shapes, problems).value_or(NotificationKind::json);
    }
    if (const auto* secret = map.optional("secret")) read_secret(*secret, target, problems);
    read_events(map.optional("events"), target, problems);
    settings.notifications.push_back(std::move(target));
  }
}

}  // namespace cb
