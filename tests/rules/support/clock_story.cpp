#include "tests/rules/support/clock_story.hpp"

#include <sstream>
#include <stdexcept>

namespace cb::testing {
namespace {

const std::map<std::string, std::string> k_people = {{"a", "alena.k"},           {"b", "boris.s"},
                                                     {"e", "eva@acme.example"},  {"j", "jan@acme.example"},
                                                     {"c", "ci@vendor.example"}, {"o", "olga@implementers.example"}};

std::vector<std::string> split(const std::string& text, char by) {
  std::vector<std::string> out;
  std::istringstream in(text);
  for (std::string part; std::getline(in, part, by);) {
    part.erase(0, part.find_first_not_of(' '));
    if (!part.empty()) out.push_back(part);
  }
  return out;
}

void set_at_registration(Issue& issue, const std::string& word) {
  if (priority_from_text(word)) {
    issue.priority = word;
  } else if (word[0] == '>') {
    issue.status = word.substr(1);
  } else if (word == "Training") {
    issue.type = word;
  } else if (word == "staff") {
    issue.reporter = person("alena.k");
    issue.fields["Customer"] = {"ACME"};
  } else if (word == "en" || word == "ru") {
    issue.language = word;
  } else {
    throw std::logic_error("what is " + word + "?");
  }
}

void set_field(Issue& issue, Event& event, const std::string& name, const std::string& to) {
  event.changes.push_back({Attribute::field, name, field_value(issue, name), to});
  issue.fields[name] = {to};
}

void set_label(Issue& issue, Event& event, bool on) {
  const std::string label = "workaround";
  if (issue.labels.empty() != on) return;  // nothing changes
  event.changes.push_back({Attribute::label, "", on ? "" : label, on ? label : ""});
  issue.labels = on ? std::vector<std::string>{label} : std::vector<std::string>{};
}

void apply(Issue& issue, Event& event, const std::string& what) {
  const auto rest = what.substr(1);
  if (what == "+" || what == "-") {
    event.comment = Comment{what == "+" ? Visibility::everybody : Visibility::internal, "text"};
  } else if (what[0] == '>') {
    event.changes.push_back({Attribute::status, "", issue.status, rest});
    issue.status = rest;
  } else if (what[0] == '=') {
    event.changes.push_back({Attribute::priority, "", issue.priority, rest});
    issue.priority = rest;
  } else if (what.rfind("fix=", 0) == 0) {
    set_field(issue, event, "Fix promised", what.substr(4));
  } else if (what == "ok") {
    set_field(issue, event, "Order approved", "yes");
  } else if (what == "works" || what == "fails") {
    set_label(issue, event, what == "works");
  } else if (what != "_") {
    throw std::logic_error("what is " + what + "?");
  }
}

Calendar calendar(const CalendarTerms& terms) {
  return Calendar::make(terms).value();
}

}  // namespace

Instant instant_of(const std::string& text) {
  const auto words = split(text, ' ');
  return at("2026-" + words.at(0) + "T" + words.at(1) + (words[1].size() == 5 ? ":00Z" : "Z"));
}

std::string brief(std::string reading) {
  for (auto start = reading.find("2026-"); start != std::string::npos; start = reading.find("2026-", start)) {
    auto instant = reading.substr(start + 5, 14);  // 06-09T16:00:00
    instant[5] = ' ';
    if (instant.substr(11) == ":00") instant.resize(11);
    reading.replace(start, 20, instant);
  }
  return reading;
}

Issue issue_of(const std::string& story) {
  const auto parts = split(story, ';');
  auto out = an_issue(to_iso(instant_of(parts.at(0))));
  auto date = parts[0].substr(0, 5);
  for (std::size_t i = 1; i < parts.size(); ++i) {
    auto words = split(parts[i], ' ');
    if (words.size() == 1) {
      set_at_registration(out, words[0]);
      continue;
    }
    if (words[0].find('-') == 2) {
      date = words[0];
      words.erase(words.begin());
    }
    Event event;
    event.id = std::to_string(i);
    event.at = instant_of(date + " " + words.at(0));
    event.by = person(k_people.at(words.at(1)));
    for (std::size_t word = 2; word < words.size(); ++word) apply(out, event, words[word]);
    out.history.push_back(event);
  }
  return out;
}

Site::Site() {
  auto terms = small_calendars();
  CalendarTerms duty;
  duty.timezone = "Europe/Copenhagen";
  for (auto& day : duty.week) day = {{6 * 60, 22 * 60}};
  CalendarTerms night;
  night.timezone = "Europe/Prague";
  for (std::size_t day = 0; day < 5; ++day) night.week.at(day) = {{22 * 60, 6 * 60}};
  terms.emplace(CalendarId{"duty"}, duty);
  terms.emplace(CalendarId{"night"}, night);
  for (const auto& [id, each] : terms) {
    book.calendars.insert_or_assign(id, calendar(each));
    offices.emplace(id, Office(each));
  }
}

std::map<ClockName, Walked> Site::walked(const Issue& issue, Instant now) const {
  const auto& served = book.customers.front().contracts.front();
  const WalkTerms terms{book,
                        served.plan,
                        served.calendar.empty() ? served.plan.calendar : served.calendar,
                        offices,
                        issue.type == "Training",
                        {"jan@acme.example"}};
  return walk(issue, terms, now);
}

}  // namespace cb::testing
