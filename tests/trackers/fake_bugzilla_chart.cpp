#include "tests/trackers/fake_bugzilla_chart.hpp"

#include <algorithm>
#include <regex>

#include "rules/text.hpp"
#include "tests/trackers/fake_bugzilla_time.hpp"

namespace cb::fake_bugzilla {

namespace {

using Values = std::vector<std::string>;

std::string login_of(const Call& call, int id) {
  const auto* user = user_by_id(call.state, id);
  return user ? user->login : "";
}

Values numbers(const std::set<int>& ids) {
  Values out;
  for (const int id : ids) out.push_back(std::to_string(id));
  return out;
}

// What a field of a bug holds, one text per value; nothing where it is empty.
std::optional<Values> special_values(const Call& call, const Bug& bug, const std::string& field) {
  if (field == "bug_id") return Values{std::to_string(bug.id)};
  if (field == "delta_ts") return Values{server_local(call.state, bug.changed)};
  if (field == "creation_ts") return Values{server_local(call.state, bug.created)};
  if (field == "keywords") return Values(bug.keywords.begin(), bug.keywords.end());
  if (field == "reporter") return Values{login_of(call, bug.reporter)};
  if (field == "assigned_to") return Values{login_of(call, bug.assignee)};
  if (field == "alias") return bug.aliases;
  if (field == "see_also") return bug.see_also;
  if (field == "bug_group") return Values(bug.groups.begin(), bug.groups.end());
  if (field == "dependson") return numbers(bug.depends_on);
  if (field == "blocked") return numbers(bug.blocks);
  if (field == "everconfirmed") return Values{bug.is_confirmed ? "1" : "0"};
  if (field == "classification") return Values{"Unclassified"};
  Values out;
  if (field == "cc") {
    for (const int id : bug.cc) out.push_back(login_of(call, id));
    return out;
  }
  if (field == "commenter") {
    for (const auto& comment : bug.comments) out.push_back(login_of(call, comment.author));
    return out;
  }
  if (field == "longdesc") {
    for (const auto& comment : bug.comments)
      if (!comment.is_private) out.push_back(comment.text);
    return out;
  }
  if (field == "flagtypes.name") {
    for (const auto& flag : bug.flags) {
      const auto* type = flag_type_by_id(call.state, flag.type);
      if (type) out.push_back(type->name + flag.status);
    }
    return out;
  }
  return std::nullopt;
}

std::optional<Values> values_of(const Call& call, const Bug& bug, const std::string& field) {
  if (auto special = special_values(call, bug, field)) return special;
  if (const auto* entry = column(field)) {
    const auto& text = bug.*entry->text;
    return text.empty() ? Values{} : Values{text};
  }
  if (const auto* custom = field_by_name(call.state, field)) {
    const auto found = bug.custom.find(custom->name);
    if (found != bug.custom.end()) return found->second;
    return custom->type == FieldType::select ? Values{"---"} : Values{};
  }
  return std::nullopt;
}

Values words_of(const std::string& text, const char* separators) {
  Values out;
  std::size_t from = 0;
  while (from <= text.size()) {
    const auto to = std::min(text.find_first_of(separators, from), text.size());
    const auto word = trimmed(text.substr(from, to - from));
    if (!word.empty()) out.push_back(word);
    from = to + 1;
  }
  return out;
}

bool holds(const std::string& text, const std::string& part) {
  return folded(text).find(folded(part)) != std::string::npos;
}

bool is_number(const std::string& text) {
  return !text.empty() && text.size() < 10 && text.find_first_not_of("0123456789") == std::string::npos;
}

// -1, 0, 1: numbers by value, all else as text.
int compared(const std::string& a, const std::string& b) {
  if (is_number(a) && is_number(b)) return std::stoi(a) < std::stoi(b) ? -1 : std::stoi(a) > std::stoi(b) ? 1 : 0;
  const auto left = folded(a), right = folded(b);
  return left < right ? -1 : left > right ? 1 : 0;
}

bool any_of(const Values& values, const std::function<bool(const std::string&)>& test) {
  return std::any_of(values.begin(), values.end(), test);
}

// An empty field counts as an empty text here: `lessthan` finds it (297).
bool by_order(const Values& values, const std::string& operation, const std::string& operand) {
  const auto test = [&](const std::string& value) {
    const auto order = compared(value, operand);
    if (operation == "lessthan") return order < 0;
    if (operation == "lessthaneq") return order <= 0;
    if (operation == "greaterthan") return order > 0;
    return order >= 0;
  };
  return values.empty() ? test("") : any_of(values, test);
}

bool by_words(const Values& values, const std::string& operation, const Values& words) {
  const bool is_substring =
      operation.find("substr") != std::string::npos || operation == "anywords" || operation == "allwords";
  const auto found = [&](const std::string& word) {
    return any_of(values, [&](const std::string& value) {
      return is_substring ? holds(value, word) : compared(value, word) == 0;
    });
  };
  const bool all = operation.rfind("all", 0) == 0;
  return all ? std::all_of(words.begin(), words.end(), found) : std::any_of(words.begin(), words.end(), found);
}

bool meets(const Values& values, const std::string& operation, const std::string& operand) {
  const auto same = [&](const std::string& value) { return compared(value, operand) == 0; };
  const auto part = [&](const std::string& value) { return holds(value, operand); };
  if (operation == "equals") return values.empty() ? operand.empty() : any_of(values, same);
  if (operation == "notequals") return values.empty() ? !operand.empty() : !any_of(values, same);
  if (operation == "substring") return any_of(values, part);
  if (operation == "notsubstring") return !any_of(values, part);
  if (operation == "casesubstring")
    return any_of(values, [&](const std::string& value) { return value.find(operand) != std::string::npos; });
  if (operation == "isempty") return values.empty() || values == Values{"---"};
  if (operation == "isnotempty") return !values.empty() && values != Values{"---"};
  if (operation == "anyexact") return by_words(values, operation, words_of(operand, ","));
  if (operation == "nowords") return !by_words(values, "anyexact", words_of(operand, ", "));
  if (operation == "nowordssubstr") return !by_words(values, "anywordssubstr", words_of(operand, ", "));
  if (operation.rfind("anywords", 0) == 0 || operation.rfind("allwords", 0) == 0)
    return by_words(values, operation, words_of(operand, ", "));
  if (operation.rfind("lessthan", 0) == 0 || operation.rfind("greaterthan", 0) == 0)
    return by_order(values, operation, operand);
  refuse(32000, "The operator '" + operation + "' is not known to the fake Bugzilla.");
}

std::string first_of(const Parameters& search, const std::string& name) {
  const auto found = search.find(name);
  return found == search.end() || found->second.empty() ? "" : found->second.front();
}

// `2026-11-22T09:00:00Z` as a database reads it for a local time: without the T, and what follows is cut.
std::string as_stored(const std::string& field, const std::string& operand) {
  static const std::regex k_iso("(\\d{4}-\\d{2}-\\d{2})T(\\d{2}:\\d{2}:\\d{2}).*");
  std::smatch part;
  if (field != "delta_ts" && field != "creation_ts") return operand;
  return std::regex_match(operand, part, k_iso) ? part[1].str() + " " + part[2].str() : operand;
}

struct Charts {
  const Call& call;
  const Parameters& search;
  const Bug& bug;
  std::vector<int> order;
  std::size_t at = 0;

  [[nodiscard]] std::string part(char kind, int number) const {
    return first_of(search, kind + std::to_string(number));
  }

  // From here to the closing CP, or to the end.
  bool group(bool any) {
    bool all_met = true, one_met = false, is_empty = true;
    while (at < order.size()) {
      const int number = order[at++];
      const auto field = part('f', number);
      if (field == "CP") break;
      bool met = field == "OP" ? group(part('j', number) == "OR") : row(number, field);
      if (!part('n', number).empty()) met = !met;
      is_empty = false;
      all_met = all_met && met;
      one_met = one_met || met;
    }
    return is_empty || (any ? one_met : all_met);
  }

  [[nodiscard]] bool row(int number, const std::string& name) const {
    const auto* entry = column(name);
    const std::string field = entry ? entry->internal : name;
    const auto values = values_of(call, bug, field);
    if (!values) refuse(32000, "Can't use " + name + " as a field name.");
    const auto operand = as_stored(field, part('v', number));
    return meets(*values, part('o', number), operand);
  }
};

}  // namespace

bool meets_charts(const Call& call, const Parameters& search, const Bug& bug) {
  static const std::regex k_chart("f(\\d{1,4})");
  Charts charts{call, search, bug, {}};
  std::smatch number;
  for (const auto& [name, values] : search)
    if (std::regex_match(name, number, k_chart)) charts.order.push_back(std::stoi(number[1].str()));
  std::sort(charts.order.begin(), charts.order.end());
  return charts.group(first_of(search, "j_top") == "OR");
}

bool meets_fields(const Call& call, const Parameters& search, const Bug& bug) {
  for (const auto& [name, given] : search) {
    const auto field = name == "flagtypes_name" ? std::string("flagtypes.name") : name;
    const auto values = values_of(call, bug, field);
    if (!values) continue;  // not the name of a field: ignored (293)
    const auto type = first_of(search, name + "_type");
    if (type.empty() || type == "anyexact") {
      const auto* custom = field_by_name(call.state, field);
      const bool is_list = field == "bug_id" || (custom && custom->type == FieldType::text);
      const auto met = [&](const std::string& operand) {
        return is_list ? meets(*values, "anyexact", operand) : meets(*values, "equals", operand);
      };
      if (!any_of(given, met)) return false;
    } else {
      std::string operand;
      for (const auto& part : given) operand += (operand.empty() ? "" : ",") + part;
      if (!meets(*values, type, operand)) return false;
    }
  }
  return true;
}

}  // namespace cb::fake_bugzilla
