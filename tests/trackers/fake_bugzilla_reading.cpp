// Comments and history, as those see them who ask.
#include <algorithm>

#include "tests/trackers/fake_bugzilla_access.hpp"
#include "tests/trackers/fake_bugzilla_json.hpp"
#include "tests/trackers/fake_bugzilla_time.hpp"

namespace cb::fake_bugzilla {

namespace {

// Exclusive (114, 170).
std::optional<Instant> new_since(const Call& call) {
  if (!call.has("new_since")) return std::nullopt;
  return instant_parameter(call.state, call.text("new_since"));
}

// Parts that were stored apart are joined with a blank: long values (171) as well as several updates of one second.
std::string joined(const std::string& field, const std::string& so_far, const std::string& next) {
  if (so_far.empty()) return next;
  if (!next.empty() && (next[0] == ',' || next[0] == ' ')) return so_far + next;
  const bool is_list = field == "see_also" || field == "depends_on" || field == "blocks";
  return so_far + (field == "url" ? "" : is_list ? ", " : " ") + next;
}

const Comment* comment_by_id(const Bug& bug, int id) {
  for (const auto& comment : bug.comments)
    if (comment.id == id) return &comment;
  return nullptr;
}

// The classic one shows the row of the comment, text included, to whoever may see the change: also to customers when
// the comment is private again (174).
void add_comment_row(const Call& call, const Bug& bug, const Change& change, Json& json) {
  const auto* comment = change.comment ? comment_by_id(bug, *change.comment) : nullptr;
  if (!comment) return;
  if (is_harmony(call.state)) {
    json["comment_id"] = comment->id;
    json["comment_count"] = comment - bug.comments.data();
    return;
  }
  json["comment"] = {{"comment_id", comment->id}, {"bug_id", bug.id},
                     {"who", comment->author},    {"bug_when", server_local(call.state, comment->at)},
                     {"thetext", comment->text},  {"isprivate", comment->is_private ? 1 : 0},
                     {"already_wrapped", 0},      {"type", 0},
                     {"extra_data", nullptr},     {"work_time", "0.00"}};
}

bool hidden(const Call& call, const Change& change) {
  return change.field == "longdescs.isprivate" && change.added == "1" && !is_insider(call.state, call.user);
}

}  // namespace

Json comment_json(const Call& call, const Bug& bug, const Comment& comment, int count) {
  const auto* author = user_by_id(call.state, comment.author);
  Json json{{"id", comment.id},
            {"bug_id", bug.id},
            {"count", count},
            {"text", comment.text},
            {"creator", author ? author->login : ""},
            {"time", to_iso(comment.at)},
            {"creation_time", to_iso(comment.at)},
            {"is_private", comment.is_private},
            {"attachment_id", nullptr},
            {"tags", Json::array()}};
  if (is_harmony(call.state)) {
    json["author"] = json["creator"];
    json["raw_text"] = json["text"];
  }
  return json;
}

Json comments_json(const Call& call, const Bug& bug, const Wanted& wanted, const std::string& parent) {
  const auto since = new_since(call);
  auto out = Json::array();
  int count = -1;
  for (const auto& comment : bug.comments) {
    ++count;
    if ((since && comment.at <= *since) || (comment.is_private && !is_insider(call.state, call.user))) continue;
    out.push_back(wanted.of(comment_json(call, bug, comment, count),
                            parent.empty() ? std::set<std::string>{"default"} : std::set<std::string>{"extra"},
                            parent));
  }
  return out;
}

Json history_json(const Call& call, const Bug& bug, const Wanted& wanted, const std::string& parent) {
  const auto since = new_since(call);
  auto out = Json::array();
  const Change* before = nullptr;
  for (const auto& change : bug.history) {
    if ((since && change.at <= *since) || hidden(call, change)) continue;
    if (!before || before->at != change.at || before->author != change.author) {
      const auto* author = user_by_id(call.state, change.author);
      out.push_back({{"when", to_iso(change.at)}, {"who", author ? author->login : ""}, {"changes", Json::array()}});
    }
    auto& changes = out.back()["changes"];
    const auto same = std::find_if(changes.begin(), changes.end(), [&](const Json& entry) {
      return entry["field_name"] == change.field && !change.comment;
    });
    if (same != changes.end()) {
      (*same)["removed"] = joined(change.field, (*same)["removed"], change.removed);
      (*same)["added"] = joined(change.field, (*same)["added"], change.added);
    } else {
      Json json{{"field_name", change.field}, {"removed", change.removed}, {"added", change.added}};
      add_comment_row(call, bug, change, json);
      changes.push_back(std::move(json));
    }
    before = &change;
  }
  if (parent.empty()) return out;
  for (auto& entry : out) entry = wanted.of(entry, {"extra"}, parent);
  return out;
}

}  // namespace cb::fake_bugzilla
