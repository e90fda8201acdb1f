#include "bridge/sync/outages.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace cb {

namespace {

using Json = nlohmann::ordered_json;

constexpr Seconds k_day{24 * 3600};

// An outage is known by the list before it, which does not move until its end.
std::string id_of(const std::string& tracker, Instant last_list, const std::string& which) {
  return tracker + " outage since " + to_iso(last_list) + ", " + which;
}

std::string day_of(const std::string& tracker, Instant last_list, Instant now) {
  return id_of(tracker, last_list, "day " + std::to_string((now - last_list) / k_day));
}

std::string promises(int many) {
  return std::to_string(many) + (many == 1 ? " promise" : " promises");
}

struct Told {
  std::string text;  // for people
  Json json;         // for programs
};

std::vector<Notification> for_all(const std::vector<NotificationTarget>& targets, const std::string& id,
                                  const Told& told, Instant now) {
  std::vector<Notification> all;
  for (const auto& target : targets) {
    if (target.events.count(NotificationEvent::outage) == 0) continue;
    const auto body = target.kind == NotificationKind::chat ? Json{{"text", told.text}} : told.json;
    all.push_back({id, target.name, body.dump(-1, ' ', false, Json::error_handler_t::replace), now, now, 0, ""});
  }
  return all;
}

}  // namespace

bool Outages::somebody_asks() const {
  if (parts_.notifications == nullptr) return false;
  const auto& targets = *parts_.notifications;
  return std::any_of(targets.begin(), targets.end(),
                     [](const auto& each) { return each.events.count(NotificationEvent::outage) > 0; });
}

// The bridge may have come late to it, so that its first days were not told; and clocks may have been set back.
std::vector<std::string> Outages::told_days(Instant last_read, Instant now) const {
  std::vector<std::string> told;
  auto day = last_read;
  do {
    auto id = day_of(parts_.settings.name, last_read, day);
    if (parts_.store.is_notified(id)) told.push_back(std::move(id));
    day += k_day;
  } while (day <= now);
  return told;
}

void Outages::failed(const Outage& outage) {
  const auto now = parts_.clock.now();
  const auto last_read = outage.last_read;
  const auto since = std::max(last_read, outage.failing_since);
  if (!somebody_asks() || std::max(now, outage.next) - since < parts_.outage_after) return;
  const auto& name = parts_.settings.name;
  const auto before = parts_.store.count_due(name, last_read);
  const auto by_now = parts_.store.count_due(name, now);
  const auto in_a_day = parts_.store.count_due(name, now + k_day);
  const auto next_due = parts_.store.next_promise(name, now);
  Told told;
  told.text = outage.held ? "The bridge has stopped itself for tracker " + name + ", last read at " +
                                to_iso(last_read) + ": nothing there is decided until that is mended."
                          : "Tracker " + name + " has not been read since " + to_iso(last_read) +
                                ": what is new there is not seen until it answers.";
  told.text += " As far as the bridge could see then, " + promises(std::max(0, by_now - before)) +
               " fell due since, and " + promises(in_a_day - by_now) + " will within a day";
  if (next_due) told.text += ", the next at " + to_iso(*next_due);
  told.text += ". The reason stands in the bridge's log.";
  told.json = {{"event", "outage"},
               {"at", to_iso(now)},
               {"tracker", name},
               {"state", outage.held ? "stopped" : "unread"},
               {"last_read", to_iso(last_read)},
               {"fell_due", std::max(0, by_now - before)},
               {"due_next_day", in_a_day - by_now},
               {"next_due", next_due ? Json(to_iso(*next_due)) : Json(nullptr)}};
  // Who has been told today is not told again.
  parts_.store.notify(for_all(*parts_.notifications, day_of(name, last_read, now), told, now));
}

void Outages::listed(Instant last_read, Instant now) {
  if (!somebody_asks()) return;
  const auto days = told_days(last_read, now);
  if (days.empty()) return;  // an outage of which nobody was told ends without a word
  const auto& name = parts_.settings.name;
  const auto fell_due = std::max(0, parts_.store.count_due(name, now) - parts_.store.count_due(name, last_read));
  Told told;
  told.text = "Tracker " + name + " is read again, after a gap since " + to_iso(last_read) + ". " + promises(fell_due) +
              " fell due meanwhile as far as the bridge could see; what became of each is decided now.";
  told.json = {{"event", "outage"},
               {"at", to_iso(now)},
               {"tracker", name},
               {"state", "read again"},
               {"last_read", to_iso(last_read)},
               {"fell_due", fell_due},
               {"due_next_day", nullptr},
               {"next_due", nullptr}};
  parts_.store.notify(for_all(*parts_.notifications, id_of(name, last_read, "over"), told, now));
  for (const auto& day : days) parts_.store.withdraw(day, std::nullopt);
}

}  // namespace cb
