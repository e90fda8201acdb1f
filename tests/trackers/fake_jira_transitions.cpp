#include <algorithm>

#include "tests/trackers/fake_jira_access.hpp"
#include "tests/trackers/fake_jira_edit.hpp"
#include "tests/trackers/fake_jira_json.hpp"
#include "tests/trackers/fake_jira_meta.hpp"
#include "tests/trackers/fake_jira_resources.hpp"

namespace cb::fake_jira {

namespace {

bool leads_from(const Transition& transition, const std::string& status) {
  return transition.from.empty() ? transition.to != status : transition.from.count(status) > 0;
}

Json screen_json(const Call& call, const Project& project, const Transition& transition) {
  auto out = Json::object();
  for (const auto& id : transition.screen) {
    const auto* custom = field_by_id(call.state, id);
    out[id] = custom ? custom_meta(call, *custom)
                     : system_meta(call, project, id, id == "resolution" && transition.needs_resolution);
  }
  return out;
}

const Transition& chosen(const Call& call, const Issue& issue, const std::string& id) {
  for (const auto& transition : call.state.transitions)
    if (transition.id == id && leads_from(transition, issue.status)) return transition;
  if (id.find_first_not_of("0123456789") != std::string::npos || id.empty())
    refuse(400, "Missing 'transition' identifier");
  if (call.is_cloud()) refuse(400, "Transition id '" + id + "' is not valid for this issue.");
  refuse(400, "It seems that you have tried to perform a workflow operation (" + id +
                  ") that is not valid for the current state of this issue (" + issue.key + ").");
}

}  // namespace

Reply get_transitions(Call& call) {
  const auto& issue = visible_issue(call, call.path[0]);
  const auto& project = project_of(call.state, issue);
  const auto expand = call.list("expand");
  const bool with_fields = std::find(expand.begin(), expand.end(), "transitions.fields") != expand.end();
  auto all = Json::array();
  for (const auto& transition : call.state.transitions) {
    if (!leads_from(transition, issue.status) || !may(call.state, call.user, project, "TRANSITION_ISSUES")) continue;
    if (call.has("transitionId") && call.text("transitionId") != transition.id) continue;
    Json entry{{"id", transition.id},
               {"name", transition.name},
               {"to", status_json(call, *status_by_id(call.state, transition.to))}};
    if (call.is_cloud())
      entry.update({{"hasScreen", !transition.screen.empty()},
                    {"isGlobal", transition.from.empty()},
                    {"isInitial", false},
                    {"isAvailable", true},
                    {"isConditional", false},
                    {"looped", false}});
    if (with_fields) entry["fields"] = screen_json(call, project, transition);
    all.push_back(std::move(entry));
  }
  return {200, {{"expand", "transitions"}, {"transitions", all}}};
}

Reply transition(Call& call) {
  auto& issue = visible_issue(call, call.path[0]);
  require(call, project_of(call.state, issue), "TRANSITION_ISSUES", "transition issues");
  const auto& wanted = chosen(call, issue, text_of(member(member(call.body, "transition"), "id")));
  const auto& fields = member(call.body, "fields");
  const auto& update = member(call.body, "update");
  const bool has_resolution = fields.contains("resolution") || update.contains("resolution");
  if (wanted.needs_resolution && !has_resolution) refuse_field("resolution", "Resolution is required.");
  Edit edit(call, issue);
  edit.restrict_to(wanted.screen);
  edit.set_all(fields, update);
  if (wanted.clears_resolution) edit.set_resolution("");
  edit.set_status(wanted.to);
  edit.set_metadata(member(call.body, "historyMetadata"));
  edit.set_properties(member(call.body, "properties"));
  edit.commit(false);
  return {204, {}};
}

}  // namespace cb::fake_jira
