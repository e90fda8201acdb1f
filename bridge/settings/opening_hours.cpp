#include "bridge/settings/opening_hours.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "bridge/settings/near_forms.hpp"
#include "rules/text.hpp"

namespace cb {
namespace {

const std::vector<std::string> k_days{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
constexpr int k_midnight = 24 * 60;

// A piece of one day that somebody wrote at a place.
struct Piece {
  int open = 0;
  int close = 0;
  Place place;
};

std::optional<int> minutes_of(std::string_view text) {
  const auto digit = [&](std::size_t at) { return text[at] >= '0' && text[at] <= '9'; };
  if (text.size() != 5 || text[2] != ':' || !digit(0) || !digit(1) || !digit(3) || !digit(4)) return std::nullopt;
  const int hours = (text[0] - '0') * 10 + (text[1] - '0');
  const int minutes = (text[3] - '0') * 10 + (text[4] - '0');
  if (minutes > 59 || hours * 60 + minutes > k_midnight) return std::nullopt;
  return hours * 60 + minutes;
}

std::optional<OpeningHours> hours_of(const YamlNode& node, Problems& problems) {
  const std::string form = "`HH:MM-HH:MM`, such as `09:00-18:00`";
  if (node.kind != YamlNode::Kind::scalar) {
    problems.error(node.place, "expected opening hours, " + form + ", but found " + kind_text(node));
    return std::nullopt;
  }
  const auto dash = node.text.find('-');
  const auto open = minutes_of(std::string_view(node.text).substr(0, dash));
  const auto close =
      dash == std::string::npos ? std::nullopt : minutes_of(std::string_view(node.text).substr(dash + 1));
  if (!open || !close) {
    problems.error(node.place, "expected opening hours, " + form + " with hours from 00:00 to 24:00, but found " +
                                   ticked(node.text) + did_you_mean(near_hours(node.text)));
    return std::nullopt;
  }
  if (*open == k_midnight) {
    problems.error(node.place, "opening hours cannot begin at 24:00; write 00:00 on the next day");
    return std::nullopt;
  }
  return OpeningHours{*open, *close};
}

std::vector<OpeningHours> list_of_hours(const YamlNode& node, std::vector<Place>& places, Problems& problems) {
  std::vector<OpeningHours> result;
  for (const auto& item : items_of(node, "the opening hours of a day, such as `[\"09:00-18:00\"]`", problems)) {
    if (const auto hours = hours_of(item, problems)) {
      result.push_back(*hours);
      places.push_back(item.place);
    }
  }
  return result;
}

void report_overlaps(std::vector<Piece>& pieces, const std::string& day, std::set<std::pair<int, int>>& reported,
                     Problems& problems) {
  std::stable_sort(pieces.begin(), pieces.end(), [](const Piece& a, const Piece& b) { return a.open < b.open; });
  for (std::size_t i = 1; i < pieces.size(); ++i) {
    if (pieces[i].open >= pieces[i - 1].close) continue;
    const bool second_is_later = std::tie(pieces[i - 1].place.line, pieces[i - 1].place.column) <=
                                 std::tie(pieces[i].place.line, pieces[i].place.column);
    const auto& at = second_is_later ? pieces[i] : pieces[i - 1];
    const auto& other = second_is_later ? pieces[i - 1] : pieces[i];
    if (!reported.emplace(at.place.line, at.place.column).second) continue;
    problems.error(at.place, "these opening hours overlap with others of " + day + " (line " +
                                 std::to_string(other.place.line) + ", column " + std::to_string(other.place.column) +
                                 ")");
  }
}

std::optional<std::size_t> day_of(std::string_view name) {
  const auto found = std::find(k_days.begin(), k_days.end(), name);
  if (found == k_days.end()) return std::nullopt;
  return static_cast<std::size_t>(found - k_days.begin());
}

bool says_always(const std::string& text) {
  const auto word = folded(text);
  return word == "24x7" || word == "24/7" || word == "7x24" || word == "24h" || word == "always" || word == "any" ||
         word == "24";
}

// One day or a range as it was probably meant; `weekdays` and other words for several days too.
std::string near_days(const std::string& key) {
  const auto word = folded(key);
  if (word == "weekdays" || word == "workdays" || word == "weekday" || word == "business_days") return "mon-fri";
  if (word == "weekend" || word == "weekends") return "sat-sun";
  if (word == "daily" || word == "everyday" || word == "all" || word == "every_day" || word == "always") {
    return "mon-sun";
  }
  if (word.find_first_of(",; ") != std::string::npos) return {};
  const auto dash = word.find('-');
  auto first = nearest_word(word.substr(0, std::min<std::size_t>(dash, 3)), k_days);
  if (dash == std::string::npos || first.empty()) return first;
  const auto last = nearest_word(word.substr(dash + 1, 3), k_days);
  return last.empty() ? "" : first + "-" + last;
}

// The days of `mon`, `mon-fri`, `fri-mon`.
std::vector<std::size_t> days_of(const YamlEntry& entry, Problems& problems) {
  const auto dash = entry.key.find('-');
  const std::string first = entry.key.substr(0, dash);
  const std::string last = dash == std::string::npos ? first : entry.key.substr(dash + 1);
  const auto from = day_of(first);
  const auto to = day_of(last);
  if (!from || !to) {
    const auto& wrong = from ? last : first;
    const auto guess = near_days(entry.key);
    problems.error(entry.place, "unknown day " + ticked(wrong) + " in the opening hours" +
                                    (guess.empty() ? "; expected one of: mon, tue, wed, thu, fri, sat, sun, or a range "
                                                     "such as `mon-fri`"
                                                   : did_you_mean(guess)));
    return {};
  }
  std::vector<std::size_t> days{*from};
  while (days.back() != *to) days.push_back((days.back() + 1) % 7);
  return days;
}

}  // namespace

void read_week(const YamlNode& node, CalendarTerms& terms, Problems& problems) {
  if (node.kind == YamlNode::Kind::scalar && node.text == "always") {
    terms.always = true;
    return;
  }
  if (node.kind != YamlNode::Kind::map) {
    problems.error(
        node.place,
        "expected the opening hours, `always` or a map such as `{ mon-fri: [\"09:00-18:00\"] }`, but found " +
            kind_text(node) + (says_always(node.text) ? did_you_mean("always") : ""));
    return;
  }
  std::array<std::vector<Piece>, 7> pieces;
  std::array<const YamlEntry*, 7> named{};
  for (const auto& entry : node.entries) {
    std::vector<Place> places;
    const auto hours = list_of_hours(entry.value, places, problems);
    for (const auto day : days_of(entry, problems)) {
      if (named[day]) {
        problems.error(entry.place, k_days[day] + " stands in these opening hours twice (" + ticked(named[day]->key) +
                                        " in line " + std::to_string(named[day]->place.line) + ")");
        continue;
      }
      named[day] = &entry;
      terms.week[day] = hours;
      for (std::size_t i = 0; i < hours.size(); ++i) {
        const bool over_midnight = hours[i].close <= hours[i].open;
        pieces[day].push_back({hours[i].open, over_midnight ? k_midnight : hours[i].close, places[i]});
        if (over_midnight && hours[i].close > 0) pieces[(day + 1) % 7].push_back({0, hours[i].close, places[i]});
      }
    }
  }
  std::set<std::pair<int, int>> reported;  // hours of `mon-fri` overlap once, not five times
  for (std::size_t day = 0; day < 7; ++day) report_overlaps(pieces[day], k_days[day], reported, problems);
}

void read_short_days(const YamlNode& node, CalendarTerms& terms, Problems& problems) {
  for (const auto& entry : named_entries(node, "the short days, hours by date", problems)) {
    std::string why;
    const auto date = parse_date(entry.key, why);
    if (!date)
      problems.error(entry.place, "expected a date in `short_days`, but found " + ticked(entry.key) + ": " + why);
    std::vector<Place> places;
    const auto hours = list_of_hours(entry.value, places, problems);
    if (!date) continue;
    std::vector<Piece> pieces;
    for (std::size_t i = 0; i < hours.size(); ++i) {
      const bool over_midnight = hours[i].close <= hours[i].open;
      pieces.push_back({hours[i].open, over_midnight ? k_midnight : hours[i].close, places[i]});
    }
    std::set<std::pair<int, int>> reported;
    report_overlaps(pieces, entry.key, reported, problems);
    terms.short_days[*date] = hours;
  }
}

}  // namespace cb
