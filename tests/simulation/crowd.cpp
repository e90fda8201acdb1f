#include "tests/simulation/crowd.hpp"

#include <stdexcept>

namespace cb::simulation {

namespace {

constexpr std::int64_t k_minute = 60'000'000;
constexpr std::int64_t k_hour = 60 * k_minute;
constexpr std::int64_t k_day = 24 * k_hour;

bool is_office_time(Moment at) {
  const auto day = std::chrono::floor<std::chrono::days>(at);
  const auto hour = std::chrono::duration_cast<std::chrono::hours>(at - day).count();
  const auto weekday = std::chrono::weekday(day).iso_encoding();
  return weekday <= 5 && hour >= 6 && hour < 17;
}

std::string today(Moment at, int days) {
  return to_iso(std::chrono::floor<Seconds>(at) + Seconds{days * 86400L}).substr(0, 10);
}

}  // namespace

// At night three of four wait for the morning.
Moment Crowd::some_time_in(Micros from, Micros to) {
  constexpr int k_waits = 750;
  auto at = parts_.turns.now() + Micros(dice_.mostly_near(from.count(), to.count()));
  while (!is_office_time(at) && dice_.happens(k_waits)) at += Micros(dice_.between(k_hour, 4 * k_hour));
  return at;
}

void Crowd::begin() {
  const auto week = parts_.until - parts_.turns.now();
  for (int i = 0; i < issues_; ++i) {
    auto at = parts_.turns.now() + Micros(dice_.between(0, week.count()));
    while (!is_office_time(at) && dice_.happens(700)) at += Micros(dice_.between(k_hour, 4 * k_hour));
    parts_.turns.at(at, [this] { register_one(); });
  }
  for (auto at = parts_.turns.now() + Micros(dice_.between(k_hour, 2 * k_day)); at < parts_.until;
       at += Micros(dice_.between(k_hour, 3 * k_day)))
    parts_.turns.at(at, [this] { burst(); });
}

void Crowd::register_one() {
  if (parts_.turns.now() >= parts_.until) return;
  std::vector<std::string> names;
  for (const auto& [name, site] : parts_.sites) names.push_back(name);
  Ticket ticket{dice_.one_of(names), "", dice_.one_of(people()), k_projects[dice_.happens(300) ? 1 : 0],
                static_cast<int>(dice_.mostly_near(1, 20))};
  const std::vector<std::string> types{"Support", "Support", "Support", "Bug", "Question", "Update"};
  conformance::NewIssue issue;
  issue.type = dice_.one_of(types);
  issue.subject = "Request " + std::to_string(++last_) + " about the platform";
  issue.description = dice_.happens(150) ? "Nobody can work, production is down, this is urgent."
                                         : "How do we set this up, and where do we find the settings?";
  if (dice_.happens(800)) issue.fields["Channel"] = dice_.happens(850) ? "email" : "phone";
  try {
    ticket.id = parts_.sites.at(ticket.site)->create(ticket.reporter, ticket.project, issue);
  } catch (const std::runtime_error& error) {
    parts_.judge.fail("people can register issues", error.what());
    return;
  }
  parts_.trace.step(parts_.turns.now(), ticket.reporter.login + " registers " + ticket.site + "#" + ticket.id + ", a " +
                                            issue.type + " in " + ticket.project);
  parts_.trace.count("issues");
  parts_.judge.people_changed(ticket.site, ticket.id);
  parts_.changed({ticket.site, ticket.id});
  const std::vector<std::string> priorities{"Low", "High", "Urgent", "Immediate"};
  if (dice_.happens(450)) {
    conformance::Update raise;
    raise.priority = dice_.one_of(priorities);
    update(ticket, true, raise, "sets the priority " + raise.priority);
  }
  go_on(ticket);
}

void Crowd::go_on(const Ticket& ticket) {
  if (ticket.acts_left == 0) return;
  const auto at = some_time_in(Micros(k_minute), Micros(3 * k_day));
  if (at < parts_.until) parts_.turns.at(at, [this, ticket] { act(ticket); });
}

void Crowd::act(Ticket ticket) {
  if (!parts_.sites.at(ticket.site)->exists(ticket.id)) return;
  do_something(ticket);
  --ticket.acts_left;
  // Some things come in quick succession.
  if (ticket.acts_left > 0 && dice_.happens(150)) {
    parts_.turns.in(Micros(dice_.between(0, 20'000'000)), [this, ticket] { act(ticket); });
  } else {
    go_on(ticket);
  }
}

bool Crowd::do_something(const Ticket& ticket) {
  const auto status = parts_.sites.at(ticket.site)->status(ticket.id);
  if (dice_.happens(50)) return rarely(ticket);
  return dice_.happens(600) ? as_staff(ticket, status) : as_customer(ticket, status);
}

bool Crowd::as_staff(const Ticket& ticket, const std::string& status) {
  conformance::Update act;
  const std::vector<std::string> next{"In Progress", "In Progress", "Feedback", "Feedback", "Offered",
                                      "Resolved",    "Resolved",    "Closed",   "Rejected"};
  switch (dice_.between(0, 8)) {
    case 0:
    case 1:
      act.note = "We are looking into it.";
      return update(ticket, true, act, "answers");
    case 2:
      act.note = std::string("Not for the customer: ") + k_staff_secret;
      act.is_private = true;
      return update(ticket, true, act, "notes something for staff");
    case 3:
      act.fields["Category confirmed"] =
          dice_.one_of(std::vector<std::string>{"defect", "small_question", "consultation", "customisation", "update"});
      return update(ticket, true, act, "finds that it is " + act.fields["Category confirmed"]);
    case 4:
      act.priority = dice_.one_of(std::vector<std::string>{"Low", "Normal", "High", "Urgent"});
      return update(ticket, true, act, "changes the priority to " + act.priority);
    case 5:
      act.fields["Fix promised"] = today(parts_.turns.now(), static_cast<int>(dice_.between(0, 4)));
      return update(ticket, true, act, "promises a fix on " + act.fields["Fix promised"]);
    default:
      act.status = dice_.one_of(next);
      if (act.status == status) return false;
      if (dice_.happens(500)) act.note = "It is " + act.status + " now.";
      return update(ticket, true, act, "puts it to " + act.status);
  }
}

bool Crowd::as_customer(const Ticket& ticket, const std::string& status) {
  conformance::Update act;
  const bool ended = status == "Resolved" || status == "Closed" || status == "Rejected";
  if (ended && dice_.happens(400)) {
    act.note = "It does not work after all.";
    act.status = "In Progress";
    // A customer may not everywhere; then an agent does it for them.
    return update(ticket, true, act, "reopens it");
  }
  if (dice_.happens(250)) {
    act.fields["Order approved"] = dice_.happens(800) ? "yes" : "no";
    return update(ticket, false, act, "answers the offer with " + act.fields["Order approved"]);
  }
  act.note = dice_.happens(150) ? "This is urgent, we cannot work at all!" : "Is there any news?";
  return update(ticket, false, act, "asks");
}

bool Crowd::rarely(const Ticket& ticket) {
  auto& site = *parts_.sites.at(ticket.site);
  const auto name = ticket.site + "#" + ticket.id;
  const auto now = site_now(parts_.turns, site);
  conformance::Update act;
  switch (dice_.between(0, 5)) {
    case 0:
      // A number is used again where the newest issue goes: real ones do not.
      if (site.ids().back() == ticket.id) return false;
      site.remove(ticket.id);
      parts_.trace.step(parts_.turns.now(), name + " is deleted");
      parts_.trace.count("issues deleted");
      parts_.judge.people_removed(ticket.site, ticket.id);
      return true;
    case 1:
      site.move(ticket.id, ticket.project == k_projects[0] ? k_projects[1] : k_projects[0], now);
      parts_.trace.step(parts_.turns.now(), name + " is moved to the other project");
      parts_.trace.count("issues moved");
      parts_.judge.people_changed(ticket.site, ticket.id);
      return true;
    case 2:
      act.fields["Business impact"] = "The whole office stands still.";
      return update(ticket, dice_.happens(500), act, "tells the business impact");
    case 3:
      act.fields["Customer"] = ticket.reporter.customer == "?" ? "none" : ticket.reporter.customer;
      return update(ticket, true, act, "fills in the customer");
    default:
      act.fields[dice_.happens(500) ? "Billing" : "SLA"] = "free of all charge";
      return update(ticket, dice_.happens(300), act, "tampers with a field of the bridge");
  }
}

bool Crowd::update(const Ticket& ticket, bool by_staff, const conformance::Update& update, const std::string& what) {
  const auto name = ticket.site + "#" + ticket.id;
  const auto who = by_staff ? std::string("staff") : ticket.reporter.login;
  try {
    parts_.sites.at(ticket.site)->update(ticket.reporter, by_staff, ticket.id, update);
  } catch (const std::runtime_error& error) {
    parts_.trace.step(parts_.turns.now(), who + " may not: " + what + " on " + name);
    parts_.trace.remark(error.what());
    parts_.trace.count("acts that the tracker refused");
    parts_.judge.people_changed(ticket.site, ticket.id);
    return false;
  }
  parts_.trace.step(parts_.turns.now(), who + " " + what + " on " + name);
  parts_.trace.count("acts of people");
  parts_.judge.people_changed(ticket.site, ticket.id);
  parts_.changed({ticket.site, ticket.id});
  return true;
}

// Somebody cleans up: many issues change within a minute.
void Crowd::burst() {
  for (const auto& [name, site] : parts_.sites) {
    for (const auto& id : site->ids()) {
      if (!dice_.happens(300)) continue;
      const auto reporter = site->see(id).reporter;
      for (const auto& person : people()) {
        if (person.login != reporter) continue;
        const Ticket ticket{name, id, person, k_projects[0], 1};
        parts_.turns.in(Micros(dice_.between(0, k_minute)), [this, ticket] { act(ticket); });
      }
    }
  }
}

}  // namespace cb::simulation
