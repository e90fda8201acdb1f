#include <algorithm>

#include "tests/trackers/fake_jira_access.hpp"
#include "tests/trackers/fake_jira_json.hpp"
#include "tests/trackers/fake_jira_resources.hpp"
#include "tests/trackers/fake_jira_time.hpp"

namespace cb::fake_jira {

namespace {

constexpr std::size_t k_most_issues = 1000, k_most_fields = 10, k_page = 1000;

struct Row {
  const Issue* issue;
  const Change* change;
};

// Only the items of the wanted fields; all where none are named.
Change of_fields(const Change& change, const std::vector<std::string>& fields) {
  auto out = change;
  const auto is_other = [&](const Item& item) {
    return std::find(fields.begin(), fields.end(), item.id) == fields.end();
  };
  if (!fields.empty()) out.items.erase(std::remove_if(out.items.begin(), out.items.end(), is_other), out.items.end());
  return out;
}

std::vector<std::string> texts(const Json& list) {
  std::vector<std::string> out;
  for (const auto& entry : list) out.push_back(text_of(entry));
  return out;
}

// Each issue once, those that are not seen left out.
std::vector<Row> rows_of(Call& call, const std::vector<std::string>& fields) {
  std::vector<Row> out;
  std::set<std::string> done;
  for (const auto& key : texts(member(call.body, "issueIdsOrKeys"))) {
    const auto* issue = issue_by_key(call.state.issues, key);
    if (!issue || !sees(call.state, call.user, *issue) || !done.insert(issue->id).second) continue;
    for (const auto& change : issue->history)
      if (!of_fields(change, fields).items.empty()) out.push_back({issue, &change});
  }
  return out;
}

std::size_t offset_of(const Json& token) {
  if (token.is_null()) return 0;
  const auto text = text_of(token);
  if (text.rfind("after-", 0) != 0 || text.find_first_not_of("0123456789", 6) != std::string::npos)
    refuse(400, "The nextPageToken is not valid.");
  return std::stoul(text.substr(6));
}

}  // namespace

Reply changelog(Call& call) {
  const auto& issue = visible_issue(call, call.path[0]);
  const auto total = issue.history.size();
  const auto page = window(call, total, 100, 100);
  auto values = Json::array();
  for (auto i = page.from; i < page.to; ++i) values.push_back(change_json(call, issue.history[i]));
  const auto self = call.root() + "/issue/" + issue.id + "/changelog?maxResults=" + std::to_string(page.most);
  Json out{{"self", self + "&startAt=" + std::to_string(page.from)},
           {"maxResults", page.most},
           {"startAt", page.from},
           {"total", total},
           {"isLast", page.to >= total},
           {"values", values}};
  if (page.to < total) out["nextPage"] = self + "&startAt=" + std::to_string(page.to);
  return {200, out};
}

// `created` as a number here, as in the document's own example.
Reply bulk_changelog(Call& call) {
  require_login(call);
  const auto fields = texts(member(call.body, "fieldIds"));
  const auto& issues = member(call.body, "issueIdsOrKeys");
  if (issues.empty() || issues.size() > k_most_issues)
    refuse(400, "The number of issues must be between 1 and " + std::to_string(k_most_issues) + ".");
  if (fields.size() > k_most_fields) refuse(400, "At most 10 field ids can be given.");
  const auto all = rows_of(call, fields);
  const auto from = offset_of(member(call.body, "nextPageToken"));
  const auto most = std::min<std::size_t>(
      member(call.body, "maxResults").is_number() ? call.body["maxResults"].get<std::size_t>() : k_page, k_page);
  const auto to = std::min(all.size(), from + most);
  auto logs = Json::array();
  for (auto i = from; i < to; ++i) {
    if (logs.empty() || logs.back()["issueId"] != all[i].issue->id)
      logs.push_back({{"issueId", all[i].issue->id}, {"changeHistories", Json::array()}});
    auto entry = change_json(call, of_fields(*all[i].change, fields));
    entry["created"] = epoch_millis(all[i].change->at);
    logs.back()["changeHistories"].push_back(std::move(entry));
  }
  Json out{{"issueChangeLogs", logs}};
  if (to < all.size()) out["nextPageToken"] = "after-" + std::to_string(to);
  return {200, out};
}

}  // namespace cb::fake_jira
