#include "bridge/cli/calendar_json.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>

#include "bridge/settings/problem.hpp"

namespace cb {
namespace {

using Json = nlohmann::ordered_json;  // keeps the order of a case's keys

constexpr int k_deepest = 32;  // of any sensible case or calendar
const std::vector<std::string> k_days{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
const std::vector<std::string> k_calendar_keys{"id", "timezone", "weekly", "holidays", "extra"};
const std::vector<std::string> k_operations{"deadline", "deadline_with_pauses", "elapsed"};

// Thrown and caught in this file: what a value is not.
class NotAsExpected : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Characters of a text with the line that the parser has come to.
class LineCounter {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  LineCounter(const char* position, int* line) : position_(position), line_(line) {}
  reference operator*() const { return *position_; }
  LineCounter& operator++() {
    if (*position_ == '\n') ++*line_;
    ++position_;
    return *this;
  }
  friend bool operator==(const LineCounter& a, const LineCounter& b) { return a.position_ == b.position_; }
  friend bool operator!=(const LineCounter& a, const LineCounter& b) { return !(a == b); }

 private:
  const char* position_;
  int* line_;
};

struct Document {
  Json tree;
  std::vector<int> item_lines;         // of the objects in a top-level list
  std::optional<JsonProblem> problem;  // the first one; the tree is of no use then
};

// nlohmann's words without its number and without what was last read, which may be long.
std::string plain_words(const std::string& what) {
  const auto words = what.find(" - ");
  std::string text = words == std::string::npos ? what : what.substr(words + 3);
  const auto last_read = text.find("; last read: ");
  if (last_read != std::string::npos) text.erase(last_read);
  return text;
}

JsonProblem syntax_problem(const std::string& text, const Json::parse_error& error) {
  const auto end = std::min(error.byte == 0 ? 0 : error.byte - 1, text.size());
  const auto line_start = end == 0 ? std::string::npos : text.rfind('\n', end - 1);
  const auto column = line_start == std::string::npos ? end : end - line_start - 1;
  const auto line = std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(end), '\n');
  return {static_cast<int>(line) + 1, static_cast<int>(column) + 1, "this is not JSON: " + plain_words(error.what())};
}

// Refuses what a parser would let pass: keys that are given twice, and nesting without end.
Document parse(const std::string& text) {
  Document document;
  int line = 1;
  std::vector<std::set<std::string>> keys;
  const auto note = [&](const std::string& words) {
    if (!document.problem) document.problem = JsonProblem{line, 0, words};
  };
  const auto look = [&](int depth, Json::parse_event_t event, Json& parsed) {
    if (depth > k_deepest) {
      note("nested more than " + std::to_string(k_deepest) + " levels deep");
      return false;
    }
    if (event == Json::parse_event_t::object_start) {
      keys.emplace_back();
      if (depth == 1) document.item_lines.push_back(line);
    } else if (event == Json::parse_event_t::object_end) {
      keys.pop_back();
    } else if (event == Json::parse_event_t::key && !keys.back().insert(parsed.get<std::string>()).second) {
      note("the key " + ticked(parsed.get<std::string>()) + " stands here twice");
    }
    return true;
  };
  try {
    document.tree = Json::parse(LineCounter{text.data(), &line}, LineCounter{text.data() + text.size(), &line}, look);
  } catch (const Json::parse_error& error) {
    document.problem = syntax_problem(text, error);
  } catch (const Json::out_of_range&) {
    document.problem = JsonProblem{line, 0, "a number here is too big"};
  }
  return document;
}

std::string shown(const Json& value) {
  return ticked(value.dump());
}

const Json& member(const Json& object, const std::string& key) {
  const auto found = object.find(key);
  if (found == object.end()) throw NotAsExpected("the key " + ticked(key) + " is missing");
  return *found;
}

const Json& list_of(const Json& value, const std::string& what) {
  if (!value.is_array()) throw NotAsExpected(what + ": expected a list, got " + shown(value));
  return value;
}

std::string text_of(const Json& value, const std::string& what) {
  if (!value.is_string()) throw NotAsExpected(what + ": expected a text, got " + shown(value));
  return value.get<std::string>();
}

Instant instant_of(const Json& value, const std::string& what) {
  const auto instant = value.is_string() ? instant_from_iso(value.get<std::string>()) : std::nullopt;
  if (!instant) throw NotAsExpected(what + ": expected an instant such as 2026-11-22T14:30:00Z, got " + shown(value));
  return *instant;
}

Date date_of(const Json& value, const std::string& what) {
  const auto date = value.is_string() ? date_from_iso(value.get<std::string>()) : std::nullopt;
  if (!date) throw NotAsExpected(what + ": expected a date such as 2026-12-24, got " + shown(value));
  return *date;
}

int minute_of_day(const Json& value, const std::string& what) {
  const auto refuse = [&] {
    return NotAsExpected(what + ": expected a time from 00:00 to 24:00, got " + shown(value));
  };
  if (!value.is_string()) throw refuse();
  const auto text = value.get<std::string>();
  const auto digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9'; };
  if (text.size() != 5 || text[2] != ':' || !digit(0) || !digit(1) || !digit(3) || !digit(4)) throw refuse();
  const int hour = (text[0] - '0') * 10 + (text[1] - '0');
  const int minute = (text[3] - '0') * 10 + (text[4] - '0');
  if (minute > 59 || hour * 60 + minute > 24 * 60) throw refuse();
  return hour * 60 + minute;
}

std::vector<OpeningHours> hours_of(const Json& value, const std::string& what) {
  std::vector<OpeningHours> hours;
  for (const Json& pair : list_of(value, what)) {
    if (!pair.is_array() || pair.size() != 2) {
      throw NotAsExpected(what + ": expected pairs such as [\"09:00\", \"18:00\"], got " + shown(pair));
    }
    hours.push_back({minute_of_day(pair[0], what), minute_of_day(pair[1], what)});
  }
  return hours;
}

void read_weekly(const Json& weekly, CalendarTerms& terms) {
  if (!weekly.is_object()) throw NotAsExpected("`weekly`: expected hours by day, got " + shown(weekly));
  for (const auto& [day, hours] : weekly.items()) {
    const auto known = std::find(k_days.begin(), k_days.end(), day);
    if (known == k_days.end()) throw NotAsExpected("`weekly`: no day " + ticked(day) + word_hint(day, k_days));
    terms.week[static_cast<std::size_t>(known - k_days.begin())] = hours_of(hours, "`weekly` on " + day);
  }
}

void read_extra(const Json& extra, CalendarTerms& terms) {
  for (const Json& day : list_of(extra, "`extra`")) {
    if (!day.is_object()) throw NotAsExpected("`extra`: expected {\"date\": …, \"hours\": …}, got " + shown(day));
    const Date date = date_of(member(day, "date"), "`extra`");
    const auto hours = hours_of(member(day, "hours"), "`extra` on " + to_iso(date));
    if (!terms.short_days.emplace(date, hours).second)
      throw NotAsExpected("`extra`: " + to_iso(date) + " stands twice");
  }
}

Calendar calendar_of(const Json& item) {
  CalendarTerms terms;
  terms.timezone = text_of(member(item, "timezone"), "`timezone`");
  if (!Zone::find(terms.timezone)) {
    throw NotAsExpected("`timezone`: the zone database has no " + ticked(terms.timezone) +
                        "; expected an IANA name such as Europe/Prague");
  }
  if (item.contains("weekly")) read_weekly(item["weekly"], terms);
  if (item.contains("holidays")) {
    for (const Json& date : list_of(item["holidays"], "`holidays`")) terms.holidays.insert(date_of(date, "`holidays`"));
  }
  if (item.contains("extra")) read_extra(item["extra"], terms);
  const auto calendar = Calendar::make(terms);
  if (!calendar) throw NotAsExpected("it never opens; give it hours in `weekly` or `extra`");
  return *calendar;
}

void read_item(const Json& item, int line, JsonCalendars& result) {
  std::string name = "calendar";
  try {
    const std::string id = text_of(member(item, "id"), "`id`");
    name += " " + ticked(id);
    for (const auto& [key, value] : item.items()) {
      if (std::find(k_calendar_keys.begin(), k_calendar_keys.end(), key) != k_calendar_keys.end()) continue;
      result.warnings.push_back(
          {line, 0, name + ": the key " + ticked(key) + " means nothing here" + word_hint(key, k_calendar_keys)});
    }
    if (result.calendars.contains(id)) throw NotAsExpected("there is one of this id before");
    result.calendars.emplace(id, calendar_of(item));
  } catch (const NotAsExpected& problem) {
    result.errors.push_back({line, 0, name + ": " + problem.what()});
  }
}

const Calendar& find_calendar(const Json& row, const std::map<std::string, Calendar>& calendars) {
  const std::string id = text_of(member(row, "calendar"), "`calendar`");
  const auto found = calendars.find(id);
  if (found != calendars.end()) return found->second;
  std::vector<std::string> known;
  known.reserve(calendars.size());
  for (const auto& [name, calendar] : calendars) known.push_back(name);
  const std::string near = nearest_word(id, known);
  throw NotAsExpected("`calendar`: the calendars file has no " + ticked(id) +
                      (near.empty() ? "" : " (did you mean " + ticked(near) + "?)"));
}

BusinessTime minutes_of(const Json& row) {
  constexpr std::int64_t k_most = std::numeric_limits<std::int64_t>::max() / 60;
  const Json& value = member(row, "minutes");
  const bool whole = value.is_number_unsigned() || (value.is_number_integer() && value.get<std::int64_t>() >= 0);
  if (!whole) throw NotAsExpected("`minutes`: expected a whole number from 0 on, got " + shown(value));
  if (value.get<std::uint64_t>() > k_most) throw NotAsExpected("`minutes`: " + shown(value) + " is too many");
  return {Seconds{value.get<std::int64_t>() * 60}};
}

std::vector<Span> pauses_of(const Json& row) {
  std::vector<Span> pauses;
  for (const Json& pause : list_of(member(row, "pauses"), "`pauses`")) {
    if (!pause.is_array() || pause.size() != 2) {
      throw NotAsExpected("`pauses`: expected pairs [from, to], to null while open, got " + shown(pause));
    }
    pauses.push_back(
        {instant_of(pause[0], "`pauses`"), pause[1].is_null() ? k_never : instant_of(pause[1], "`pauses`")});
  }
  return united(std::move(pauses));
}

Instant known_instant(const Json& row, const std::string& key) {
  const Instant instant = instant_of(member(row, key), ticked(key));
  if (!Calendar::answers(instant)) throw NotAsExpected(ticked(key) + ": expected a year from 1970 to 2300");
  return instant;
}

Json deadline(const Json& row, const Calendar& calendar, const std::vector<Span>& pauses) {
  const Instant start = known_instant(row, "start");
  const auto due = calendar.add(start, minutes_of(row), pauses);
  if (due) return to_iso(*due);
  const bool open_pause = !pauses.empty() && pauses.back().to == k_never;
  if (!open_pause) throw NotAsExpected("the deadline lies after the year 2300, where calendars end");
  return nullptr;
}

Json answer(const Json& row, const std::map<std::string, Calendar>& calendars) {
  const Calendar& calendar = find_calendar(row, calendars);
  const std::string operation = text_of(member(row, "op"), "`op`");
  if (operation == "deadline") return deadline(row, calendar, {});
  if (operation == "deadline_with_pauses") return deadline(row, calendar, pauses_of(row));
  if (operation == "elapsed") {
    const Instant from = known_instant(row, "from");
    const Instant to = known_instant(row, "to");
    return calendar.between(from, to).amount.count();
  }
  throw NotAsExpected("`op`: no operation " + ticked(operation) + word_hint(operation, k_operations));
}

std::string name_of(const Json& row) {
  const auto id = row.find("id");
  return id != row.end() && id->is_string() ? id->get<std::string>() + ": " : "";
}

CaseAnswer answered(Json row, const std::map<std::string, Calendar>& calendars) {
  const Json got = answer(row, calendars);
  CaseAnswer result;
  result.verdict = CaseAnswer::Verdict::nothing_expected;
  for (const char* key : {"expect", "expect_seconds"}) {
    const auto expected = row.find(key);
    if (expected == row.end()) continue;
    const bool equal = *expected == got;
    result.verdict = equal ? CaseAnswer::Verdict::equal : CaseAnswer::Verdict::different;
    if (!equal) result.difference = name_of(row) + "expected " + expected->dump() + ", got " + got.dump();
    break;
  }
  row["got"] = got;
  result.line = row.dump();
  return result;
}

}  // namespace

JsonCalendars read_json_calendars(const std::string& text) {
  JsonCalendars result;
  const Document document = parse(text);
  if (document.problem) {
    result.errors.push_back(*document.problem);
    return result;
  }
  const bool list =
      document.tree.is_array() && document.item_lines.size() == document.tree.size() &&
      std::all_of(document.tree.begin(), document.tree.end(), [](const Json& i) { return i.is_object(); });
  if (!list) {
    result.errors.push_back({1, 0, "expected a list of calendars: [{\"id\": …, \"timezone\": …, \"weekly\": …}, …]"});
    return result;
  }
  for (std::size_t i = 0; i < document.tree.size(); ++i) read_item(document.tree[i], document.item_lines[i], result);
  return result;
}

CaseAnswer answer_case(const std::string& line, const std::map<std::string, Calendar>& calendars) {
  CaseAnswer result;
  Document document = parse(line);
  if (document.problem) {
    result.problem = *document.problem;
    return result;
  }
  try {
    if (!document.tree.is_object()) throw NotAsExpected("expected an object, got " + shown(document.tree));
    return answered(std::move(document.tree), calendars);
  } catch (const NotAsExpected& problem) {
    result.problem = {1, 0, problem.what()};
  }
  return result;
}

}  // namespace cb
