#include "tests/trackers/fake_redmine_query.hpp"

#include <algorithm>
#include <functional>
#include <regex>

#include "tests/trackers/fake_redmine_values.hpp"

namespace cb::fake {

namespace {

constexpr int k_default_limit = 25;
constexpr int k_greatest_limit = 100;

using Test = std::function<bool(const IssueRow&)>;

int number_or(const std::string& text, int otherwise) {
  const auto digits = text.substr(text.find_first_of("+-") == 0 ? 1 : 0);
  const bool is_number =
      !digits.empty() && digits.size() <= 9 && digits.find_first_not_of("0123456789") == std::string::npos;
  return is_number ? std::stoi(text) : otherwise;
}

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> out;
  std::size_t from = 0;
  while (from <= text.size()) {
    const auto to = std::min(text.find(separator, from), text.size());
    out.push_back(text.substr(from, to - from));
    from = to + 1;
  }
  return out;
}

std::string folded(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

// Seconds and zone may be missing; an offset, a fraction or a blank is invalid (026 to 032).
std::optional<Instant> instant_of(const std::string& text) {
  static const std::regex k_form("(\\d{4}-\\d{2}-\\d{2})(T(\\d{2}):(\\d{2})(:(\\d{2}))?Z?)?");
  std::smatch part;
  if (!std::regex_match(text, part, k_form)) return std::nullopt;
  const auto two = [&](std::size_t i) { return part[i].matched ? part[i].str() : std::string("00"); };
  return instant_from_iso(part[1].str() + "T" + two(3) + ":" + two(4) + ":" + two(6) + "Z");
}

bool is_day(const std::string& text) {
  return text.size() == 10;
}

// The database keeps microseconds: an issue shown as :32 was updated half a second later here, so `>= :33` (computed
// as > :32) still finds it and `<= :32` does not (237, 238).
struct Range {
  std::optional<Instant> from, to;
  [[nodiscard]] bool holds(Instant at) const {
    const auto moment = std::chrono::time_point_cast<std::chrono::milliseconds>(at) + std::chrono::milliseconds(500);
    return (!from || moment > *from - Seconds(1)) && (!to || moment <= *to);
  }
};

std::optional<Test> time_test(const std::string& filter, Instant IssueRow::*member) {
  const auto whole_days = [](const std::string& text, Instant at) {
    return is_day(text) ? at + Seconds(24 * 3600) : at;
  };
  Range range;
  const auto operand = [&](std::size_t skip) { return filter.substr(skip); };
  if (filter.rfind(">=", 0) == 0) {
    range.from = instant_of(operand(2));
    if (!range.from) return std::nullopt;
  } else if (filter.rfind("<=", 0) == 0) {
    const auto at = instant_of(operand(2));
    if (!at) return std::nullopt;
    range.to = whole_days(operand(2), *at);
  } else if (filter.rfind("><", 0) == 0) {
    const auto both = split(operand(2), '|');
    const auto from = instant_of(both.front());
    const auto to = instant_of(both.back());
    if (both.size() != 2 || !from || !to) return std::nullopt;
    range = {from, whole_days(both.back(), *to)};
  } else {
    const auto at = instant_of(filter);
    if (!at) return std::nullopt;
    if (!is_day(filter)) return Test([](const IssueRow&) { return false; });  // 240
    range = {at, whole_days(filter, *at)};
  }
  return Test([range, member](const IssueRow& issue) { return range.holds(issue.*member); });
}

Test status_test(const State& state, const std::string& filter) {
  const auto closed = [&state](const IssueRow& issue) {
    const auto* status = by_id(state.statuses, issue.status);
    return status && status->closed;
  };
  if (filter == "*") return [](const IssueRow&) { return true; };
  if (filter == "closed" || filter == "c") return closed;
  if (filter.empty() || filter == "open" || filter == "o")
    return [closed](const IssueRow& issue) { return !closed(issue); };
  const auto ids = split(filter, '|');
  return [ids](const IssueRow& issue) {
    return std::find(ids.begin(), ids.end(), std::to_string(issue.status)) != ids.end();
  };
}

// =, ~ (contains), !* (none), * (any). Other operators are taken as part of the value (042).
Test text_test(const std::string& filter, std::function<Value(const IssueRow&)> value) {
  if (filter == "!*") return [value](const IssueRow& issue) { return blank(value(issue)); };
  if (filter == "*") return [value](const IssueRow& issue) { return !blank(value(issue)); };
  if (filter.rfind('~', 0) == 0) {
    return [value, part = folded(filter.substr(1))](const IssueRow& issue) {
      const auto texts = value(issue);
      return std::any_of(texts.begin(), texts.end(),
                         [&](const std::string& text) { return folded(text).find(part) != std::string::npos; });
    };
  }
  return [value, wanted = split(filter, '|')](const IssueRow& issue) {
    const auto texts = value(issue);
    return std::any_of(texts.begin(), texts.end(), [&](const std::string& text) {
      return std::find(wanted.begin(), wanted.end(), text) != wanted.end();
    });
  };
}

Test id_test(const std::string& filter, char separator, std::function<int(const IssueRow&)> id) {
  return [id, wanted = split(filter, separator)](const IssueRow& issue) {
    return std::find(wanted.begin(), wanted.end(), std::to_string(id(issue))) != wanted.end();
  };
}

struct Tests {
  std::vector<Test> all;
  std::vector<std::string> errors;
};

void add_time(Tests& tests, const std::string& filter, Instant IssueRow::*member, const char* name) {
  if (auto test = time_test(filter, member)) {
    tests.all.push_back(*test);
  } else {
    tests.errors.push_back(std::string(name) + " is invalid");
  }
}

Test value_test(const State& state, int id, const std::string& filter) {
  const bool known = by_id(state.fields, id) != nullptr;
  if (!known) return [](const IssueRow&) { return true; };
  return text_test(filter, [id](const IssueRow& issue) {
    const auto found = issue.values.find(id);
    return found == issue.values.end() ? Value{} : found->second;
  });
}

Tests tests_of(const State& state, const User* reader, const Call& call) {
  Tests tests;
  const bool form = call.has("set_filter");  // 033: f[], op[], v[] instead, and no default status
  if (!form || call.has("status_id")) tests.all.push_back(status_test(state, call.parameter("status_id")));
  if (form && call.has("op[updated_on]"))
    add_time(tests, call.parameter("op[updated_on]") + call.parameter("v[updated_on][]"), &IssueRow::updated,
             "Updated");
  const auto me = [&](std::string text) { return text == "me" && reader ? std::to_string(reader->id) : text; };
  for (const auto& [name, value] : call.parameters) {
    if (name == "updated_on") add_time(tests, value, &IssueRow::updated, "Updated");
    if (name == "created_on") add_time(tests, value, &IssueRow::created, "Created");
    if (name == "issue_id") tests.all.push_back(id_test(value, ',', [](const IssueRow& i) { return i.id; }));
    if (name == "tracker_id") tests.all.push_back(id_test(value, '|', [](const IssueRow& i) { return i.tracker; }));
    if (name == "priority_id") tests.all.push_back(id_test(value, '|', [](const IssueRow& i) { return i.priority; }));
    if (name == "author_id") tests.all.push_back(id_test(me(value), '|', [](const IssueRow& i) { return i.author; }));
    if (name == "assigned_to_id")
      tests.all.push_back(id_test(me(value), '|', [](const IssueRow& i) { return i.assignee.value_or(0); }));
    if (name == "subject") tests.all.push_back(text_test(value, [](const IssueRow& i) { return Value{i.subject}; }));
    if (name.rfind("cf_", 0) == 0) tests.all.push_back(value_test(state, number_or(name.substr(3), 0), value));
  }
  return tests;
}

// Negative, zero, positive: a before, with, after b in ascending order.
using Order = std::function<long(const IssueRow&, const IssueRow&)>;

std::optional<Order> order_of(const std::string& key) {
  if (key == "id") return Order([](const auto& a, const auto& b) { return a.id - b.id; });
  if (key == "updated_on")
    return Order([](const auto& a, const auto& b) -> long {
      if (a.updated != b.updated) return a.updated < b.updated ? -1 : 1;
      return a.update_order - b.update_order;
    });
  if (key == "created_on")
    return Order([](const auto& a, const auto& b) -> long {
      if (a.created != b.created) return a.created < b.created ? -1 : 1;
      return a.id - b.id;
    });
  if (key == "priority") return Order([](const auto& a, const auto& b) { return a.priority - b.priority; });
  if (key == "subject") return Order([](const auto& a, const auto& b) { return a.subject.compare(b.subject); });
  return std::nullopt;
}

void sort_issues(std::vector<const IssueRow*>& issues, const std::string& wish) {
  std::vector<std::pair<Order, bool>> orders;
  for (const auto& part : split(wish, ',')) {
    const auto name_and_direction = split(part, ':');
    if (auto order = order_of(name_and_direction.front()))
      orders.emplace_back(*order, name_and_direction.size() > 1 && name_and_direction[1] == "desc");
  }
  if (orders.empty()) orders.emplace_back(*order_of("id"), true);  // an unknown key is ignored (035)
  std::stable_sort(issues.begin(), issues.end(), [&](const IssueRow* a, const IssueRow* b) {
    for (const auto& [order, descending] : orders)
      if (const auto difference = order(*a, *b); difference != 0) return (difference < 0) != descending;
    return a->id < b->id;
  });
}

}  // namespace

Window window_of(const Call& call) {
  auto limit = number_or(call.parameter("limit"), k_default_limit);
  if (limit <= 0) limit = k_default_limit;  // 048, 049
  limit = std::min(limit, k_greatest_limit);
  auto offset = std::max(0, number_or(call.parameter("offset"), 0));
  if (!call.has("offset") && call.has("page")) offset = std::max(0, number_or(call.parameter("page"), 1) - 1) * limit;
  return {offset, limit};
}

Listed listed(const State& state, const User* reader, const Call& call, const Project* project) {
  Listed out;
  if (!project && call.has("project_id")) {
    project = find_project(state, call.parameter("project_id"));
    out.unknown_project = project == nullptr;
    if (!project) return out;
  }
  const auto tests = tests_of(state, reader, call);
  out.errors = tests.errors;
  if (!out.errors.empty()) return out;
  for (const auto& [id, issue] : state.issues) {
    if (project && issue.project != project->id) continue;
    if (!sees(state, reader, issue)) continue;
    if (std::all_of(tests.all.begin(), tests.all.end(), [&, &row = issue](const Test& test) { return test(row); }))
      out.issues.push_back(&issue);
  }
  sort_issues(out.issues, call.parameter("sort"));
  return out;
}

}  // namespace cb::fake
