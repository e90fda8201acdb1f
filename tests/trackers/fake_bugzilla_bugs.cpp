#include "tests/trackers/fake_bugzilla_bugs.hpp"

#include <algorithm>
#include <functional>

#include "rules/text.hpp"
#include "tests/trackers/fake_bugzilla_edit.hpp"
#include "tests/trackers/fake_bugzilla_json.hpp"

namespace cb::fake_bugzilla {

namespace {

// What the web form's mid-air check would look at; REST never does (190 to 192).
std::string update_token(const Call& call, const Bug& bug) {
  const auto at = std::to_string(call.now.time_since_epoch().count());
  return at + "-" + std::to_string(std::hash<std::string>{}(std::to_string(bug.id) + to_iso(bug.changed)));
}

const Comment& comment_by_id(const Call& call, const std::string& id, const Bug*& bug) {
  for (const auto& [number, row] : call.shown)
    for (const auto& comment : row.comments) {
      if (std::to_string(comment.id) != id) continue;
      bug = &row;
      return comment;
    }
  refuse(111, "Comment id '" + id + "' does not exist.");
}

// Alone, a comment is counted by its time: with another of the same second it comes out one higher (112).
int count_by_time(const Bug& bug, const Comment& comment) {
  const auto until = std::count_if(bug.comments.begin(), bug.comments.end(),
                                   [&](const Comment& other) { return other.at <= comment.at; });
  return static_cast<int>(until) - 1;
}

// `comment` may hold its text under either name; a text alone breaks (100).
void set_comment(Edit& edit, const Json& value) {
  if (value.is_string())
    broken_inside("Can't use string (\"" + value.get<std::string>() +
                  "\") as a HASH ref while \"strict refs\" in use at Bugzilla/WebService/Bug.pm line 649.\n");
  if (!value.is_object()) return;
  const auto* key = value.contains("comment") ? "comment" : "body";
  add_comment(edit, value.contains(key) ? text_of(value[key]) : "",
              value.contains("is_private") && is_true(value["is_private"]));
}

void set_columns(Edit& edit, const Json& params) {
  for (const auto& entry : columns()) {
    const std::string name = entry.name;
    const bool is_apart = name == "status" || name == "resolution" || (name == "type" && !is_harmony(edit.state));
    if (!is_apart && params.contains(name)) set_column(edit, entry, params[name]);
  }
  if (params.contains("is_creator_accessible"))
    set_flag(edit, "is_creator_accessible", &Bug::creator_sees, params["is_creator_accessible"]);
  if (params.contains("is_cc_accessible"))
    set_flag(edit, "is_cc_accessible", &Bug::cc_sees, params["is_cc_accessible"]);
}

void set_alias(Edit& edit, const Json& value) {
  auto after = edit.bug.aliases;
  if (value.is_object()) {
    for (const auto& [action, names] : value.items())
      for (const auto& name : texts_of(names)) {
        after.erase(std::remove(after.begin(), after.end(), name), after.end());
        if (action != "remove") after.push_back(name);
      }
  } else {
    after = text_of(value).empty() ? std::vector<std::string>() : texts_of(value);
  }
  const auto before = edit.bug.aliases;
  edit.bug.aliases = after;
  changed_list(edit, "alias", before, after);
}

// In the order of Bugzilla's own update; what it does not know is ignored without a word (094 to 096).
void set_all(Edit& edit, const Json& params) {
  const auto apply = [&](const char* name, const std::function<void(const Json&)>& set) {
    if (params.contains(name)) set(params[name]);
  };
  apply("groups", [&](const Json& value) { set_groups(edit, value); });
  apply("depends_on", [&](const Json& value) { set_links(edit, "depends_on", &Bug::depends_on, &Bug::blocks, value); });
  apply("blocks", [&](const Json& value) { set_links(edit, "blocks", &Bug::blocks, &Bug::depends_on, value); });
  apply("keywords", [&](const Json& value) { set_keywords(edit, value); });
  apply("comment", [&](const Json& value) { set_comment(edit, value); });
  apply("comment_is_private", [&](const Json& value) { set_comment_privacy(edit, value); });
  apply("alias", [&](const Json& value) { set_alias(edit, value); });
  set_columns(edit, params);
  apply("assigned_to", [&](const Json& value) { set_assignee(edit, value); });
  set_status(edit, params);
  apply("see_also", [&](const Json& value) { set_see_also(edit, value); });
  for (const auto& field : edit.state.fields)
    if (!field.is_obsolete) apply(field.name.c_str(), [&](const Json& value) { set_custom(edit, field, value); });
  apply("cc", [&](const Json& value) { set_cc(edit, value); });
  apply("flags", [&](const Json& value) { set_flags(edit, value); });
}

Json reply_of(const Edit& edit) {
  auto alias =
      is_harmony(edit.state) ? Json(edit.bug.aliases.empty() ? "" : edit.bug.aliases.front()) : Json(edit.bug.aliases);
  return {{"id", edit.bug.id},
          {"last_change_time", to_iso(edit.bug.changed)},
          {"changes", edit.changes},
          {"alias", std::move(alias)}};
}

}  // namespace

// The master's, for whoever is logged in.
Json get_bugs(const Call& call) {
  const auto& bugs = call.user ? call.state.bugs : call.shown;
  const Wanted wanted(call.params);
  auto out = Json::array(), faults = Json::array();
  const auto ids = call.list("ids");
  if (ids.empty()) refuse(50, "The function requires a ids argument, and that argument was not set.");
  for (const auto& id : ids) {
    const auto& bug = visible_bug(bugs, call.user, id);
    out.push_back(bug_json(call, bug, wanted));
    if (call.user && wanted.has("update_token")) out.back()["update_token"] = update_token(call, bug);
  }
  return {{"bugs", std::move(out)}, {"faults", std::move(faults)}};
}

Json get_comments(const Call& call) {
  const Wanted wanted(call.params);
  auto bugs = Json::object(), comments = Json::object();
  for (const auto& id : call.list("ids")) {
    const auto& bug = visible_bug(call.shown, call.user, id);
    bugs[std::to_string(bug.id)] = {{"comments", comments_json(call, bug, wanted)}};
  }
  for (const auto& id : call.list("comment_ids")) {
    const Bug* bug = nullptr;
    const auto& comment = comment_by_id(call, id, bug);
    visible_bug(call.shown, call.user, std::to_string(bug->id));
    if (comment.is_private && !is_insider(call.state, call.user)) refuse(110, "Comment id " + id + " is private.");
    comments[id] = wanted.of(comment_json(call, *bug, comment, count_by_time(*bug, comment)));
  }
  return {{"bugs", std::move(bugs)}, {"comments", std::move(comments)}};
}

Json get_history(const Call& call) {
  const Wanted wanted(call.params);
  auto bugs = Json::array();
  for (const auto& id : call.list("ids")) {
    const auto& bug = visible_bug(call.shown, call.user, id);
    bugs.push_back(
        {{"id", bug.id}, {"alias", alias_json(call.state, bug)}, {"history", history_json(call, bug, wanted)}});
  }
  return {{"bugs", std::move(bugs)}};
}

// All of it or nothing (177, 359): a refusal puts every bug back.
Json update_bugs(const Call& call) {
  std::vector<int> ids;
  for (const auto& id : call.list("ids")) ids.push_back(visible_bug(call.state.bugs, call.user, id).id);
  if (ids.size() > 1 && call.has("dupe_of"))
    refuse(32000, "You cannot mark bugs as duplicates when changing several bugs at once.");
  if (ids.size() > 1 && call.has("alias")) refuse(103, "You cannot set the alias of several bugs at once.");
  Transaction transaction(call.state);
  auto bugs = Json::array();
  for (const int id : ids) {
    Edit edit{call.state, transaction, *call.user, call.now, transaction.open(id)};
    set_all(edit, call.params);
    edit.finish();
    bugs.push_back(reply_of(edit));
  }
  transaction.commit();
  return {{"bugs", std::move(bugs)}};
}

Json post_comment(const Call& call) {
  const auto text = call.text("comment");
  if (trimmed(text).empty()) refuse(50, "The function requires a comment argument, and that argument was not set.");
  const auto& bug = visible_bug(call.state.bugs, call.user, call.text("id"));
  Transaction transaction(call.state);
  Edit edit{call.state, transaction, *call.user, call.now, transaction.open(bug.id)};
  add_comment(edit, text, call.flag("is_private"));
  edit.finish();
  transaction.commit();
  return {{"id", call.state.last_comment}};
}

}  // namespace cb::fake_bugzilla
