#include <algorithm>

#include "tests/trackers/fake_jira_access.hpp"
#include "tests/trackers/fake_jira_jql.hpp"
#include "tests/trackers/fake_jira_json.hpp"
#include "tests/trackers/fake_jira_resources.hpp"

namespace cb::fake_jira {

namespace {

constexpr std::size_t k_most_ids = 5000, k_most_rows = 100, k_most_fresh = 50;

// Parameters of the body join those of the query: both forms of a search mean the same.
void take_body(Call& call) {
  if (!call.body.is_object()) return;
  for (const auto& [name, value] : call.body.items()) {
    auto& values = call.query[name];
    if (value.is_array()) {
      for (const auto& entry : value) values.push_back(text_of(entry));
    } else if (!value.is_null()) {
      values.push_back(text_of(value));
    }
    if (values.empty()) call.query.erase(name);
  }
}

void require_bounds(const Jql& jql) {
  if (jql.conditions.empty())
    refuse(400, "Unbounded JQL queries are not allowed here. Please add a search restriction to your query.");
}

std::set<int> fresh_ids(const Call& call) {
  std::set<int> out;
  for (const auto& id : call.list("reconcileIssues")) out.insert(std::stoi(id));
  if (out.size() > k_most_fresh) refuse(400, "At most 50 issues can be reconciled.");
  return out;
}

// Pages without content may be long ones.
std::size_t rows_a_page(const Call& call) {
  const auto fields = call.list("fields");
  const bool only_ids =
      std::all_of(fields.begin(), fields.end(), [](const auto& field) { return field == "id" || field == "key"; });
  const auto wanted = static_cast<std::size_t>(call.number("maxResults", 50));
  if (wanted == 0 || wanted > k_most_ids) refuse(400, "The maxResults value must be between 1 and 5000.");
  const auto most = std::min(wanted, only_ids ? k_most_ids : k_most_rows);
  const auto shortened = call.state.settings.short_pages;
  return shortened == 0 ? most : std::min(most, shortened);
}

std::vector<int> rows_to_show(Call& call, const std::set<int>& fresh) {
  const auto token = call.text("nextPageToken");
  const auto jql = call.text("jql");
  const auto parsed = parsed_jql(jql);
  require_bounds(parsed);
  if (token.empty()) return found_issues(call, parsed, fresh);
  const auto found = call.state.cursors.find(token);
  const auto who = call.user ? call.user->id : "";
  if (found == call.state.cursors.end() || found->second.jql != jql || found->second.user != who)
    refuse(400, "The provided nextPageToken is invalid or was made for another search.");
  return found->second.rows;
}

std::string remember_rest(Call& call, std::vector<int> rows) {
  auto token = "CAEaAggD" + next_id(call.state);
  call.state.cursors[token] = {call.text("jql"), call.user ? call.user->id : "", std::move(rows)};
  return token;
}

Json rows_json(const Call& call, const std::vector<int>& rows, std::size_t from, std::size_t to,
               const std::string& otherwise, const std::set<int>& fresh) {
  auto out = Json::array();
  for (auto i = from; i < to; ++i)
    if (const auto* issue = indexed(call, rows[i], fresh))
      out.push_back(issue_json(call, *issue, call.list("fields"), otherwise, call.list("expand")));
  return out;
}

}  // namespace

Reply search_jql(Call& call) {
  take_body(call);
  const auto fresh = fresh_ids(call);
  auto rows = rows_to_show(call, fresh);
  const auto to = std::min(rows.size(), rows_a_page(call));
  Json out{{"issues", rows_json(call, rows, 0, to, "id", fresh)}, {"isLast", to == rows.size()}};
  if (to < rows.size())
    out["nextPageToken"] = remember_rest(call, {rows.begin() + static_cast<std::ptrdiff_t>(to), rows.end()});
  return {200, out};
}

Reply approximate_count(Call& call) {
  take_body(call);
  const auto jql = parsed_jql(call.text("jql"));
  require_bounds(jql);
  return {200, {{"count", found_issues(call, jql, {}).size()}}};
}

Reply removed_search(Call&) {
  refuse(410,
         "The requested API has been removed. Please migrate to the /rest/api/3/search/jql API. A full migration "
         "guideline is available at https://developer.atlassian.com/changelog/#CHANGE-2046");
}

Reply search(Call& call) {
  take_body(call);
  const auto& settings = call.state.settings;
  const auto from = static_cast<std::size_t>(call.number("startAt", 0));
  const auto most = std::min(static_cast<std::size_t>(call.number("maxResults", 50)), settings.most_rows);
  if (from + most > settings.deepest_offset)
    refuse(500, "Search limit exceeded: startAt and maxResults must not go beyond " +
                    std::to_string(settings.deepest_offset) + " issues.");
  const auto rows = found_issues(call, parsed_jql(call.text("jql")), {});
  const auto to = std::min(rows.size(), from + most);
  return {200,
          {{"expand", "schema,names"},
           {"startAt", from},
           {"maxResults", most},
           {"total", rows.size()},
           {"issues", rows_json(call, rows, std::min(from, to), to, "*navigable", {})}}};
}

}  // namespace cb::fake_jira
