#include "adapters/jira/jira_values.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "adapters/jira/jira_adf.hpp"
#include "adapters/jira/jira_parse.hpp"
#include "adapters/jira/jira_wiki.hpp"
#include "rules/text.hpp"

namespace cb {

namespace {

using nlohmann::json;

std::string dumped(const json& value) {
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::string one_line(const std::string& text) {
  auto line = jira_cut(jira_plain(text), k_jira_line_limit);
  std::replace(line.begin(), line.end(), '\n', ' ');
  return line;
}

JiraWanted cleared(const std::string& problem) {
  return {{}, "null", problem};
}

JiraWanted date_time(const Shown& shown) {
  if (!shown.instant) return cleared("\"" + shown.text + "\" is no instant, and the field holds nothing else");
  return {{to_iso(*shown.instant)}, dumped(jira_date_time(*shown.instant)), {}};
}

JiraWanted date(const Shown& shown) {
  const auto day = shown.text.substr(0, 10);
  if (!date_from_iso(day)) return cleared("\"" + shown.text + "\" is no date, and the field holds nothing else");
  return {{day}, dumped(day), {}};
}

JiraWanted number(const Shown& shown) {
  char* end = nullptr;
  const double value = std::strtod(shown.text.c_str(), &end);
  if (end == shown.text.c_str() || *end != '\0' || !std::isfinite(value))
    return cleared("\"" + shown.text + "\" is no number, and the field holds nothing else");
  return {{shown.text}, dumped(value), {}};
}

JiraWanted labels(const Shown& shown) {
  if (shown.text.find(' ') != std::string::npos)
    return cleared("\"" + shown.text + "\" holds a blank, and no label can");
  return {{shown.text}, dumped(json::array({shown.text})), {}};
}

JiraWanted long_text(const std::string& text, bool cloud) {
  const auto plain = jira_cut(jira_plain(text), k_jira_text_limit);
  return {{plain}, cloud ? jira_adf(plain) : dumped(jira_wiki(plain)), {}};
}

bool same_number(const std::string& a, const std::string& b) {
  return !a.empty() && !b.empty() && std::strtod(a.c_str(), nullptr) == std::strtod(b.c_str(), nullptr);
}

}  // namespace

JiraWanted jira_wanted(const JiraField& field, const Shown& shown, bool cloud) {
  const auto line = one_line(shown.text);
  if (line.empty() && !shown.instant) return {{}, "null", {}};
  switch (field.kind) {
    case JiraFieldKind::date_time:
      return date_time(shown);
    case JiraFieldKind::date:
      return date(shown);
    case JiraFieldKind::number:
      return number(shown);
    case JiraFieldKind::select:
    case JiraFieldKind::cascading:  // its first level
      return {{line}, dumped({{"value", line}}), {}};
    case JiraFieldKind::multi_select:
      return {{line}, dumped(json::array({{{"value", line}}})), {}};
    case JiraFieldKind::labels:
      return labels({line, {}});
    case JiraFieldKind::textarea:
      return long_text(shown.text, cloud);
    case JiraFieldKind::text:
      return {{line}, dumped(line), {}};
    case JiraFieldKind::user:
    case JiraFieldKind::organisations:
    case JiraFieldKind::other:
      break;
  }
  return cleared("a field of this type (" + field.format + ") cannot hold \"" + line + "\"");
}

bool jira_shows(const JiraField& field, const std::vector<std::string>& present, const JiraWanted& wanted, bool cloud) {
  if (present.empty() || wanted.words.empty()) return present.empty() && wanted.words.empty();
  const auto& a = present.front();
  const auto& b = wanted.words.front();
  if (field.kind == JiraFieldKind::number) return same_number(a, b);
  if (field.kind == JiraFieldKind::date_time) return jira_instant(a) == instant_from_iso(b);
  if (field.kind == JiraFieldKind::textarea) return (cloud ? jira_plain(a) : jira_wiki_text(a)) == b;
  if (field.kind == JiraFieldKind::text) return jira_plain(a) == b;
  return present.size() == wanted.words.size() &&
         std::equal(present.begin(), present.end(), wanted.words.begin(),
                    [](const auto& x, const auto& y) { return same_name(x, y); });
}

}  // namespace cb
