#include "adapters/bugzilla/bugzilla_parse.hpp"

#include <algorithm>

#include "adapters/bugzilla/bugzilla_parse_parts.hpp"
#include "adapters/plain_newlines.hpp"

namespace cb {

namespace {

std::vector<std::string> texts(const JsonValue& list) {
  std::vector<std::string> out;
  for (const auto& item : list.items()) out.push_back(item.scalar());
  return out;
}

// `creator` with `creator_detail`; the detail alone tells the name.
BugzillaPerson named_person(const JsonValue& bug, const std::string& key) {
  auto person = bug[key + "_detail"].present() ? bugzilla_person(bug[key + "_detail"]) : BugzillaPerson{};
  if (person.login.empty()) person.login = bug[key].text_or("");
  return person;
}

std::vector<BugzillaPerson> copied_people(const JsonValue& bug) {
  std::vector<BugzillaPerson> people;
  for (const auto& item : bug["cc_detail"].items()) people.push_back(bugzilla_person(item));
  for (const auto& login : texts(bug["cc"]))
    if (std::none_of(people.begin(), people.end(), [&](const auto& person) { return person.login == login; }))
      people.push_back({0, login, "", ""});
  return people;
}

std::vector<BugzillaFlag> flags_of(const JsonValue& bug) {
  std::vector<BugzillaFlag> flags;
  for (const auto& item : bug["flags"].items())
    flags.push_back({item["id"].integer(), item["name"].text(), item["status"].text(), item["setter"].text_or("")});
  return flags;
}

std::vector<std::string> values_of(const JsonValue& value) {
  std::vector<std::string> values;
  if (value.is_list()) {
    values = texts(value);
  } else if (value.present()) {
    values.push_back(plain_newlines(value.scalar()));
  }
  values.erase(std::remove(values.begin(), values.end(), ""), values.end());
  return values;
}

BugzillaHistoryEntry entry_of(const JsonValue& value) {
  BugzillaHistoryEntry entry{value["when"].instant(), value["who"].text(), {}, false};
  for (const auto& change : value["changes"].items()) {
    const auto name = change["field_name"].text();
    entry.privacy_changed |= name == "longdescs.isprivate" || name == "attachments.isprivate";
    // What befell an attachment, its flags too, did not befall the bug.
    if (change["attachment_id"].present()) continue;
    entry.changes.push_back(
        {name, plain_newlines(change["removed"].scalar()), plain_newlines(change["added"].scalar())});
  }
  return entry;
}

BugzillaComment comment_of(const JsonValue& value) {
  BugzillaComment comment;
  comment.id = value["id"].integer();
  comment.count = value["count"].integer();
  comment.author = value["creator"].text();
  comment.created = value["creation_time"].present() ? value["creation_time"].instant() : value["time"].instant();
  comment.is_private = value["is_private"].boolean_or(false);
  comment.text = plain_newlines(value["text"].text_or(""));
  return comment;
}

std::vector<BugzillaHistoryEntry> history_of(const JsonValue& list) {
  std::vector<BugzillaHistoryEntry> history;
  for (const auto& item : list.items()) history.push_back(entry_of(item));
  std::stable_sort(history.begin(), history.end(), [](const auto& a, const auto& b) { return a.when < b.when; });
  return history;
}

std::vector<BugzillaComment> comments_of(const JsonValue& list) {
  std::vector<BugzillaComment> comments;
  for (const auto& item : list.items()) comments.push_back(comment_of(item));
  std::sort(comments.begin(), comments.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
  return comments;
}

void read_words(const JsonValue& value, BugzillaBug& bug) {
  bug.product = value["product"].text();
  bug.component = value["component"].text();
  bug.version = value["version"].text_or("");
  bug.type = value["type"].text_or("");
  bug.status = value["status"].text();
  bug.resolution = value["resolution"].text_or("");
  bug.priority = value["priority"].text_or("");
  bug.severity = value["severity"].text_or("");
  bug.platform = value["platform"].text_or("");
  bug.op_sys = value["op_sys"].text_or("");
  bug.milestone = value["target_milestone"].text_or("");
  bug.summary = plain_newlines(value["summary"].text_or(""));
  bug.whiteboard = plain_newlines(value["whiteboard"].text_or(""));
  bug.url = value["url"].text_or("");
}

BugzillaBug bug_of(const JsonValue& value, const std::vector<BugzillaField>& fields) {
  BugzillaBug bug;
  bug.id = value["id"].integer();
  read_words(value, bug);
  bug.creator = named_person(value, "creator");
  bug.assignee = named_person(value, "assigned_to");
  bug.cc = copied_people(value);
  bug.keywords = texts(value["keywords"]);
  bug.see_also = texts(value["see_also"]);
  bug.groups = texts(value["groups"]);
  bug.is_creator_accessible = value["is_creator_accessible"].boolean_or(true);
  bug.actual_hours = value["actual_time"].number_or(0);
  bug.flags = flags_of(value);
  for (const auto& field : fields)
    if (field.is_custom && value[field.name].exists()) bug.fields[field.name] = values_of(value[field.name]);
  bug.created = value["creation_time"].instant();
  bug.updated = value["last_change_time"].instant();
  bug.has_comments = value["comments"].is_list();
  bug.has_history = value["history"].is_list();
  if (bug.has_comments) bug.comments = comments_of(value["comments"]);
  if (bug.has_history) bug.history = history_of(value["history"]);
  return bug;
}

}  // namespace

Result<std::vector<BugzillaBug>> bugzilla_bugs(const JsonDocument& document, const std::vector<BugzillaField>& fields) {
  const auto list = document.root()["bugs"];
  list.require_list();
  std::vector<BugzillaBug> out;
  for (const auto& item : list.items()) out.push_back(bug_of(item, fields));
  return unless_problem(document, std::move(out));
}

Result<std::vector<BugzillaRef>> bugzilla_refs(const JsonDocument& document) {
  const auto list = document.root()["bugs"];
  list.require_list();
  std::vector<BugzillaRef> out;
  for (const auto& item : list.items()) out.push_back({item["id"].integer(), item["last_change_time"].instant()});
  return unless_problem(document, std::move(out));
}

Result<std::map<std::int64_t, std::vector<BugzillaComment>>> bugzilla_comments(const JsonDocument& document,
                                                                               const std::vector<std::int64_t>& bugs) {
  const auto all = document.root()["bugs"];
  all.require_object();
  std::map<std::int64_t, std::vector<BugzillaComment>> out;
  for (const auto id : bugs) {
    const auto bug = all[std::to_string(id)];
    if (!bug.exists()) continue;
    bug["comments"].require_list();
    out[id] = comments_of(bug["comments"]);
  }
  return unless_problem(document, std::move(out));
}

Result<std::map<std::int64_t, std::vector<BugzillaHistoryEntry>>> bugzilla_histories(const JsonDocument& document) {
  const auto list = document.root()["bugs"];
  list.require_list();
  std::map<std::int64_t, std::vector<BugzillaHistoryEntry>> out;
  for (const auto& item : list.items()) {
    item["history"].require_list();
    out[item["id"].integer()] = history_of(item["history"]);
  }
  return unless_problem(document, std::move(out));
}

}  // namespace cb
