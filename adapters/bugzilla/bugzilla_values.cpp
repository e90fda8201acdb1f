#include "adapters/bugzilla/bugzilla_values.hpp"

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>

#include "adapters/bugzilla/bugzilla_zone.hpp"
#include "rules/text.hpp"

namespace cb {

namespace {

constexpr const char* k_nothing = "---";  // of a select

bool is_continuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

std::size_t characters_of(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return !is_continuation(c); }));
}

BugzillaWanted as_it_is(std::string text) {
  BugzillaWanted wanted;
  if (text.empty()) return wanted;
  wanted.sent = text;
  wanted.values.push_back(std::move(text));
  return wanted;
}

BugzillaWanted impossible(std::string problem) {
  BugzillaWanted wanted;
  wanted.problem = std::move(problem);
  return wanted;
}

BugzillaWanted date_time(const Shown& shown, const BugzillaClock& clock) {
  if (!shown.instant)
    return shown.text.empty() ? BugzillaWanted{} : impossible("it holds a date and time, not \"" + shown.text + "\"");
  const auto iso = to_iso(*shown.instant);
  if (clock.zone && is_doubled(*shown.instant, *clock.zone))
    return impossible("it cannot hold " + iso + ": at " + clock.zone->name() +
                      " that hour comes twice, when the clocks are set back; a text field can hold it");
  if (clock.iso) return {{iso}, iso, {}};
  if (!clock.zone)
    return impossible("nothing is written into date and time fields until server_timezone is configured");
  const auto local = bugzilla_date_time(*shown.instant, *clock.zone);
  if (!local) return impossible("it cannot hold " + iso);
  return {{iso}, *local, {}};
}

BugzillaWanted date(const Shown& shown, const BugzillaClock& clock) {
  if (shown.instant && clock.zone) return as_it_is(to_iso(clock.zone->local(*shown.instant).date));
  if (shown.text.empty() && !shown.instant) return {};
  const auto text = shown.text.substr(0, 10);
  if (date_from_iso(text)) return as_it_is(text);
  return impossible(shown.instant ? "server_timezone has to be configured for a date field"
                                  : "it holds a date, not \"" + shown.text + "\"");
}

BugzillaWanted integer(const std::string& text) {
  const auto digits = text.substr(!text.empty() && text.front() == '-' ? 1 : 0);
  const bool is_number = !digits.empty() && digits.size() < 10 && digits.find_first_not_of("0123456789") == digits.npos;
  return text.empty() || is_number ? as_it_is(text) : impossible("it holds a whole number, not \"" + text + "\"");
}

// Which values there are, the server knows best, and refuses the others.
BugzillaWanted one_of(const std::string& text) {
  return text == k_nothing ? BugzillaWanted{} : as_it_is(text);
}

// An empty number reads as zero, an empty select as dashes.
std::vector<std::string> without_nothing(const BugzillaField& field, const std::vector<std::string>& values) {
  std::vector<std::string> out;
  const bool is_select = field.type == BugzillaFieldType::select || field.type == BugzillaFieldType::multi_select;
  for (const auto& value : values) {
    const auto text = trimmed(value);
    if (text.empty() || (is_select && text == k_nothing)) continue;
    if (field.type == BugzillaFieldType::integer && text == "0") continue;
    out.push_back(text);
  }
  return out;
}

// Without a zone the server's midnight is anything from 14 hours before to 12 hours after that of UTC.
bool shows_date(const std::string& raw, const std::string& wanted, const BugzillaClock& clock) {
  if (bugzilla_date(raw, clock.zone) == wanted) return true;
  const auto read = instant_from_iso(raw);
  const auto day = date_from_iso(wanted);
  if (clock.zone || !read || !day) return false;
  const auto off = *read - Instant{day->time_since_epoch()};
  return off >= -std::chrono::hours{14} && off <= std::chrono::hours{12};
}

bool same_values(std::vector<std::string> a, std::vector<std::string> b) {
  for (auto* values : {&a, &b}) {
    for (auto& value : *values) value = folded(value);
    std::sort(values->begin(), values->end());
  }
  return a == b;
}

}  // namespace

std::string bugzilla_plain(const std::string& text) {
  // Invalid UTF-8 would be stored as Latin-1 (recording 259).
  using nlohmann::json;
  const auto valid =
      json::parse(json(text).dump(-1, ' ', false, json::error_handler_t::replace)).get_ref<const std::string&>();
  std::string out;
  for (std::size_t i = 0; i < valid.size(); ++i) {
    if (valid[i] == '\r') {
      if (i + 1 == valid.size() || valid[i + 1] != '\n') out += '\n';
    } else if (valid[i] != '\0') {
      out += valid[i];
    }
  }
  return out;
}

std::string cut_to(const std::string& text, std::size_t characters, const std::string& mark) {
  if (characters_of(text) <= characters) return text;
  const auto room = characters - std::min(characters, characters_of(mark));
  std::size_t end = 0;
  for (std::size_t count = 0; end < text.size(); ++end)
    if (!is_continuation(text[end]) && count++ == room) break;
  return text.substr(0, end) + mark;
}

BugzillaWanted bugzilla_wanted(const BugzillaField& field, const Shown& shown, const BugzillaClock& clock) {
  if (field.type == BugzillaFieldType::date_time) return date_time(shown, clock);
  if (field.type == BugzillaFieldType::date) return date(shown, clock);
  const auto text = trimmed(bugzilla_plain(shown.text));
  switch (field.type) {
    case BugzillaFieldType::integer:
      return integer(text);
    case BugzillaFieldType::select:
    case BugzillaFieldType::multi_select:
      return one_of(text);
    case BugzillaFieldType::textarea:
      return as_it_is(cut_to(text, k_bugzilla_comment_limit, "…"));
    default:
      return as_it_is(cut_to(text, k_bugzilla_text_limit, "…"));
  }
}

bool bugzilla_shows(const BugzillaField& field, const std::vector<std::string>& present, const BugzillaWanted& wanted,
                    const BugzillaClock& clock) {
  const auto there = without_nothing(field, present);
  const auto values = without_nothing(field, wanted.values);
  if (there.size() != values.size()) return false;
  if (there.empty()) return true;
  switch (field.type) {
    case BugzillaFieldType::date:
      return shows_date(there.front(), values.front(), clock);
    case BugzillaFieldType::select:
    case BugzillaFieldType::multi_select:
      return same_values(there, values);
    default:
      return there == values;
  }
}

}  // namespace cb
