#include "adapters/bugzilla/bugzilla_parse.hpp"

#include <algorithm>

namespace cb {

namespace {

template <class T>
Result<T> unless_problem(const JsonDocument& document, T value) {
  if (auto problem = document.problem()) return Failure(*std::move(problem));
  return value;
}

// Without carriage returns and NULs, which some clients leave in comments.
std::string plain(const std::string& text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r') {
      out += '\n';
      if (i + 1 < text.size() && text[i + 1] == '\n') ++i;
    } else if (text[i] != '\0') {
      out += text[i];
    }
  }
  return out;
}

std::vector<std::string> texts(const JsonValue& list) {
  std::vector<std::string> out;
  for (const auto& item : list.items()) out.push_back(item.scalar());
  return out;
}

// {"id": 4, "name": "ann", "email": "ann@acme.example", "real_name": "Ann"}; `email` may be left out.
BugzillaPerson person_of(const JsonValue& value) {
  BugzillaPerson person;
  person.id = value["id"].integer_or(0);
  person.login = value["name"].text_or("");
  person.address = value["email"].text_or("");
  person.name = value["real_name"].text_or("");
  return person;
}

// `creator` with `creator_detail`; the detail alone tells the name.
BugzillaPerson named_person(const JsonValue& bug, const std::string& key) {
  auto person = bug[key + "_detail"].present() ? person_of(bug[key + "_detail"]) : BugzillaPerson{};
  if (person.login.empty()) person.login = bug[key].text_or("");
  return person;
}

std::vector<BugzillaPerson> copied_people(const JsonValue& bug) {
  std::vector<BugzillaPerson> people;
  for (const auto& item : bug["cc_detail"].items()) people.push_back(person_of(item));
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
    values.push_back(plain(value.scalar()));
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
    entry.changes.push_back({name, plain(change["removed"].scalar()), plain(change["added"].scalar())});
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
  comment.text = plain(value["text"].text_or(""));
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

BugzillaBug bug_of(const JsonValue& value, const std::vector<BugzillaField>& fields) {
  BugzillaBug bug;
  bug.id = value["id"].integer();
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
  bug.summary = plain(value["summary"].text_or(""));
  bug.whiteboard = plain(value["whiteboard"].text_or(""));
  bug.url = value["url"].text_or("");
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

BugzillaFieldType type_of(std::int64_t number) {
  switch (number) {
    case 1:
      return BugzillaFieldType::text;
    case 2:
      return BugzillaFieldType::select;
    case 3:
      return BugzillaFieldType::multi_select;
    case 4:
      return BugzillaFieldType::textarea;
    case 5:
      return BugzillaFieldType::date_time;
    case 6:
      return BugzillaFieldType::bug_id;
    case 9:
      return BugzillaFieldType::date;
    case 10:
      return BugzillaFieldType::integer;
    default:
      return BugzillaFieldType::other;
  }
}

BugzillaField field_of(const JsonValue& value) {
  BugzillaField field;
  field.name = value["name"].text();
  field.display_name = value["display_name"].text_or("");
  field.type = type_of(value["type"].integer_or(0));
  field.is_custom = value["is_custom"].boolean_or(false);
  field.is_mandatory = value["is_mandatory"].boolean_or(false);
  for (const auto& item : value["values"].items()) {
    // The status has a value without a name (what a new bug starts from), the resolution one that is empty.
    const auto name = item["name"].text_or("");
    if (!name.empty() && std::find(field.values.begin(), field.values.end(), name) == field.values.end())
      field.values.push_back(name);
  }
  return field;
}

BugzillaComponent component_of(const JsonValue& value) {
  BugzillaComponent component{value["name"].text(), value["default_assigned_to"].text_or(""), {}};
  if (!value["flag_types"].present()) return component;
  for (const auto& flag : value["flag_types"]["bug"].items())
    if (flag["is_active"].boolean_or(true)) component.flags.push_back(flag["name"].text());
  return component;
}

}  // namespace

Result<std::string> bugzilla_version(const JsonDocument& document) {
  return unless_problem(document, document.root()["version"].text());
}

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

Result<std::vector<BugzillaUser>> bugzilla_users(const JsonDocument& document) {
  const auto list = document.root()["users"];
  list.require_list();
  std::vector<BugzillaUser> out;
  for (const auto& item : list.items()) {
    BugzillaUser user{person_of(item), {}, item["saved_searches"].is_list()};
    user.person.id = item["id"].integer();
    user.person.login = item["name"].text();
    for (const auto& group : item["groups"].items()) user.groups.push_back(group["name"].text());
    out.push_back(std::move(user));
  }
  return unless_problem(document, std::move(out));
}

Result<BugzillaPerson> bugzilla_whoami(const JsonDocument& document) {
  const auto root = document.root();
  root.require_object();
  auto person = person_of(root);
  person.id = root["id"].integer();
  person.login = root["name"].text();
  return unless_problem(document, std::move(person));
}

Result<bool> bugzilla_truth(const JsonDocument& document) {
  const auto root = document.root();
  const auto said = root.is_object() ? root["result"] : root;
  if (!said.present()) said.refuse("true or false");
  return unless_problem(document, said.boolean_or(false));
}

Result<std::vector<BugzillaField>> bugzilla_fields(const JsonDocument& document) {
  const auto list = document.root()["fields"];
  list.require_list();
  std::vector<BugzillaField> out;
  for (const auto& item : list.items()) out.push_back(field_of(item));
  return unless_problem(document, std::move(out));
}

Result<std::vector<BugzillaProduct>> bugzilla_products(const JsonDocument& document) {
  const auto list = document.root()["products"];
  list.require_list();
  std::vector<BugzillaProduct> out;
  for (const auto& item : list.items()) {
    BugzillaProduct product{item["id"].integer(), item["name"].text(), {}, {}};
    for (const auto& component : item["components"].items()) product.components.push_back(component_of(component));
    for (const auto& version : item["versions"].items()) product.versions.push_back(version["name"].text());
    out.push_back(std::move(product));
  }
  return unless_problem(document, std::move(out));
}

Result<std::vector<std::int64_t>> bugzilla_ids(const JsonDocument& document) {
  const auto list = document.root()["ids"];
  list.require_list();
  std::vector<std::int64_t> out;
  for (const auto& item : list.items()) {
    // Numbers or texts, as the server's Perl happens to hold them.
    const auto text = item.scalar();
    if (text.empty() || text.size() > 18 || text.find_first_not_of("0123456789") != std::string::npos)
      item.refuse("an id");
    else
      out.push_back(std::stoll(text));
  }
  return unless_problem(document, std::move(out));
}

Result<std::string> bugzilla_parameter(const JsonDocument& document, const std::string& name) {
  const auto all = document.root()["parameters"];
  all.require_object();
  return unless_problem(document, all[name].scalar());
}

Result<Instant> bugzilla_server_time(const JsonDocument& document) {
  return unless_problem(document, document.root()["db_time"].instant());
}

}  // namespace cb
