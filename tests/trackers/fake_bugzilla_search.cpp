#include "tests/trackers/fake_bugzilla_search.hpp"

#include <algorithm>
#include <regex>

#include "rules/text.hpp"
#include "tests/trackers/fake_bugzilla_access.hpp"
#include "tests/trackers/fake_bugzilla_chart.hpp"
#include "tests/trackers/fake_bugzilla_json.hpp"
#include "tests/trackers/fake_bugzilla_time.hpp"

namespace cb::fake_bugzilla {

namespace {

// Names of the API that are no columns of plain text.
std::string internal_name(const std::string& name) {
  static const std::map<std::string, std::string> k_names{{"id", "bug_id"},
                                                          {"last_change_time", "delta_ts"},
                                                          {"creation_time", "creation_ts"},
                                                          {"creator", "reporter"},
                                                          {"depends_on", "dependson"},
                                                          {"blocks", "blocked"},
                                                          {"description", "longdesc"},
                                                          {"is_confirmed", "everconfirmed"},
                                                          {"groups", "bug_group"}};
  if (const auto* entry = column(name)) return entry->internal;
  const auto found = k_names.find(name);
  return found == k_names.end() ? name : found->second;
}

// Perl's numeric value of a text: abc is 0 (276).
long numeric(const std::string& text) {
  static const std::regex k_number("\\s*([+-]?\\d{1,12}).*");
  std::smatch part;
  return std::regex_match(text, part, k_number) ? std::stol(part[1].str()) : 0;
}

std::string natural(const std::string& text, const char* name) {
  static const std::regex k_natural("\\d{1,9}");
  if (!std::regex_match(text, k_natural))
    refuse(52, "Invalid parameter " + std::string(name) + " passed to Bugzilla::Search::new: It must be numeric.");
  return text;
}

struct Window {
  std::size_t limit = 0, offset = 0;
};

// Every limit is lowered to the server's cap; zero means the cap and drops the offset with it (273, 334).
Window window_of(const Call& call) {
  const auto cap = static_cast<std::size_t>(call.state.settings.max_search_results);
  if (call.has("offset") && !call.has("limit"))
    refuse(50, "The function Bug.search() requires a limit argument, and that argument was not set.");
  if (!call.has("limit")) return {cap, 0};
  const auto limit = call.text("limit");
  if (numeric(limit) == 0) return {cap, 0};
  Window window{cap, 0};
  if (numeric(limit) <= static_cast<long>(cap)) window.limit = std::stoul(natural(limit, "limit"));
  if (call.has("offset")) window.offset = std::stoul(natural(call.text("offset"), "offset"));
  return window;
}

void add_chart(Parameters& search, const std::string& field, const std::string& operation, const std::string& value) {
  static const std::regex k_chart("f\\d+");
  // The number of charts so far and not the highest number: a gap lets this one overwrite another (classic).
  const auto count = std::count_if(search.begin(), search.end(),
                                   [](const auto& entry) { return std::regex_match(entry.first, k_chart); });
  const auto number = std::to_string(count + 1);
  search["f" + number] = {field};
  search["o" + number] = {operation};
  search["v" + number] = {value};
}

bool is_open(const State& state, const std::string& name) {
  const auto* status = status_by_name(state, name);
  return status && status->is_open;
}

std::vector<std::string> statuses_named(const State& state, const std::vector<std::string>& names) {
  std::vector<std::string> out;
  for (const auto& name : names) {
    if (name != "__open__" && name != "__closed__" && name != "__all__") out.push_back(name);
    for (const auto& status : state.statuses)
      if (name == "__all__" || (name == "__open__" && status.is_open) || (name == "__closed__" && !status.is_open))
        out.push_back(status.name);
  }
  return out;
}

std::string joined(const std::vector<std::string>& values) {
  std::string out;
  for (const auto& value : values) out += (out.empty() ? "" : " ") + value;
  return out;
}

Parameters parameters_of(const Call& call) {
  static const std::set<std::string> k_apart{"include_fields", "exclude_fields", "limit",      "offset",
                                             "order",          "api_key",        "login",      "password",
                                             "token",          "quicksearch",    "count_only", "Bugzilla_api_key"};
  Parameters search;
  for (const auto& [name, value] : call.params.items())
    if (!k_apart.count(name)) search[internal_name(name)] = texts_of(value);
  for (const auto* name : {"delta_ts", "creation_ts"}) {
    const auto found = search.find(name);
    if (found == search.end()) continue;
    const auto at = server_local(call.state, instant_parameter(call.state, found->second.front()));
    search.erase(found);
    add_chart(search, name, "greaterthaneq", at);
  }
  for (const auto* role : {"assigned_to", "reporter", "commenter", "cc"}) {
    const auto found = search.find(role);
    if (found == search.end()) continue;
    const auto words = joined(found->second);
    search.erase(found);
    add_chart(search, role, "anywordssubstr", words);
  }
  for (const auto* text : {"short_desc", "longdesc", "status_whiteboard", "bug_file_loc"})
    if (search.count(text) && !search.count(std::string(text) + "_type"))
      search[std::string(text) + "_type"] = {"allwordssubstr"};
  if (search.count("keywords") && !search.count("keywords_type")) search["keywords_type"] = {"allwords"};
  if (search.count("bug_status")) search["bug_status"] = statuses_named(call.state, search["bug_status"]);
  return search;
}

// Words of the summary; open bugs only, unless it begins with ALL.
bool meets_quicksearch(const Call& call, const Bug& bug) {
  if (!call.has("quicksearch")) return true;
  auto words = " " + call.text("quicksearch") + " ";
  const bool all = words.rfind(" ALL ", 0) == 0;
  if (all) words = words.substr(4);
  if (!all && !is_open(call.state, bug.status)) return false;
  const auto summary = folded(bug.summary);
  std::size_t from = 0;
  while ((from = words.find_first_not_of(' ', from)) != std::string::npos) {
    const auto to = words.find(' ', from);
    if (summary.find(folded(words.substr(from, to - from))) == std::string::npos) return false;
    from = to;
  }
  return true;
}

template <class Row>
std::size_t place(const std::vector<Row>& rows, const std::string& name) {
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (rows[i] == name) return i;
  return rows.size();
}

// Unknown columns are dropped without a word, last_change_time and delta_ts among them (279, 281).
void sort_by(const Call& call, std::vector<const Bug*>& bugs, const std::string& column_name, bool descending) {
  using Order = std::function<bool(const Bug&, const Bug&)>;
  const auto& state = call.state;
  static const std::map<std::string, std::function<Order(const State&)>> k_orders{
      {"bug_id", [](const State&) { return Order([](const Bug& a, const Bug& b) { return a.id < b.id; }); }},
      {"changeddate",
       [](const State&) { return Order([](const Bug& a, const Bug& b) { return a.changed < b.changed; }); }},
      {"opendate",
       [](const State&) { return Order([](const Bug& a, const Bug& b) { return a.created < b.created; }); }},
      {"priority",
       [](const State& s) {
         return Order([&s](const Bug& a, const Bug& b) {
           return place(s.priorities, a.priority) < place(s.priorities, b.priority);
         });
       }},
      {"bug_severity", [](const State& s) {
         return Order([&s](const Bug& a, const Bug& b) {
           return place(s.severities, a.severity) < place(s.severities, b.severity);
         });
       }}};
  const auto found = k_orders.find(column_name);
  if (found == k_orders.end()) return;
  const auto less = found->second(state);
  std::stable_sort(bugs.begin(), bugs.end(),
                   [&](const Bug* a, const Bug* b) { return descending ? less(*b, *a) : less(*a, *b); });
}

// By number, then from the last column to the first, so that the first decides.
void sort(const Call& call, std::vector<const Bug*>& bugs) {
  static const std::regex k_part("\\s*(\\S+)(?:\\s+(asc|desc))?\\s*", std::regex::icase);
  const auto text = call.text("order");
  std::vector<std::string> parts;
  std::size_t from = 0;
  while (from <= text.size()) {
    const auto to = std::min(text.find(',', from), text.size());
    parts.push_back(text.substr(from, to - from));
    from = to + 1;
  }
  std::reverse(parts.begin(), parts.end());
  for (const auto& part : parts) {
    std::smatch words;
    if (std::regex_match(part, words, k_part)) sort_by(call, bugs, words[1].str(), folded(words[2].str()) == "desc");
  }
}

}  // namespace

Json search(const Call& call) {
  const auto window = window_of(call);
  const auto parameters = parameters_of(call);
  std::vector<const Bug*> found;
  for (const auto& [id, bug] : call.shown)
    if (sees(call.user, bug) && meets_fields(call, parameters, bug) && meets_charts(call, parameters, bug) &&
        meets_quicksearch(call, bug))
      found.push_back(&bug);
  if (is_harmony(call.state) && call.flag("count_only")) return {{"bug_count", found.size()}};
  sort(call, found);
  const Wanted wanted(call.params);
  auto bugs = Json::array();
  for (auto i = window.offset; i < found.size() && bugs.size() < window.limit; ++i)
    bugs.push_back(bug_json(call, *found[i], wanted));
  return {{"bugs", std::move(bugs)}};
}

}  // namespace cb::fake_bugzilla
