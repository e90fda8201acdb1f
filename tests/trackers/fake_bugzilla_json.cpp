#include "tests/trackers/fake_bugzilla_json.hpp"

#include "tests/trackers/fake_bugzilla_access.hpp"
#include "tests/trackers/fake_bugzilla_time.hpp"

namespace cb::fake_bugzilla {

namespace {

std::set<std::string> names_of(const Json& params, const char* key) {
  std::set<std::string> out;
  if (!params.contains(key)) return out;
  for (const auto& entry : texts_of(params[key])) {
    std::size_t from = 0;
    while (from < entry.size()) {
      const auto to = std::min(entry.find_first_of(", +", from), entry.size());
      if (to > from) out.insert(entry.substr(from, to - from));
      from = to + 1;
    }
  }
  return out;
}

// `_default`, `_custom`, `_all`: taken out of the names.
std::set<std::string> kinds_of(std::set<std::string>& names) {
  std::set<std::string> kinds;
  for (auto name = names.begin(); name != names.end();) {
    if ((*name)[0] == '_') {
      kinds.insert(name->substr(1));
      name = names.erase(name);
    } else {
      ++name;
    }
  }
  return kinds;
}

Json person_json(const Call& call, int id) {
  const auto* user = user_by_id(call.state, id);
  if (!user) return Json::object();
  Json json{{"id", user->id}, {"name", user->login}, {"email", user->login}, {"real_name", user->real_name}};
  if (is_harmony(call.state)) json["nick"] = user->login.substr(0, user->login.find('@'));
  return json;
}

std::string login(const Call& call, int id) {
  const auto* user = user_by_id(call.state, id);
  return user ? user->login : "";
}

Json flag_json(const Call& call, const Flag& flag) {
  const auto* type = flag_type_by_id(call.state, flag.type);
  Json json{{"id", flag.id},
            {"type_id", flag.type},
            {"name", type ? type->name : ""},
            {"status", flag.status},
            {"setter", login(call, flag.setter)},
            {"creation_date", to_iso(flag.created)},
            {"modification_date", to_iso(flag.changed)}};
  if (flag.requestee) json["requestee"] = login(call, *flag.requestee);
  return json;
}

Json custom_json(const State& state, const Field& field, const std::vector<std::string>& values) {
  switch (field.type) {
    case FieldType::multi_select:
      return values;
    case FieldType::date:
    case FieldType::date_time:
      return values.empty() ? Json() : Json(stored_as_utc(state, values.front()));
    case FieldType::bug_id:
      return values.empty() ? Json() : Json(std::stoi(values.front()));
    case FieldType::select:
      return values.empty() ? "---" : values.front();
    default:
      return values.empty() ? "" : values.front();
  }
}

// Sorted by number, as the classic Bugzilla gives them.
Json numbers(const std::set<int>& ids) {
  auto out = Json::array();
  for (const int id : ids) out.push_back(id);
  return out;
}

struct BugWriter {
  const Call& call;
  const Bug& bug;
  const Wanted& wanted;
  Json json = Json::object();

  template <class Value>
  void put(const char* name, const Value& value) {
    if (wanted.has(name)) json[name] = value;
  }

  void person(const char* name, int id) {
    if (!wanted.has(name)) return;
    json[name] = login(call, id);
    json[std::string(name) + "_detail"] = wanted.of(person_json(call, id), {"default"}, name);
  }

  void plain() {
    for (const auto& entry : columns()) {
      const bool is_later = std::string(entry.name) == "type";
      if (std::string(entry.name) == "deadline" || (is_later && !is_harmony(call.state))) continue;
      put(entry.name, bug.*entry.text);
    }
    put("id", bug.id);
    put("alias", alias_json(call.state, bug));
    put("is_confirmed", bug.is_confirmed);
    put("classification", "Unclassified");
    put("qa_contact", "");
    put("is_cc_accessible", bug.cc_sees);
    put("is_creator_accessible", bug.creator_sees);
    put("groups", bug.groups);
    put("keywords", bug.keywords);
    put("see_also", bug.see_also);
    put("depends_on", numbers(bug.depends_on));
    put("blocks", numbers(bug.blocks));
    put("dupe_of", bug.duplicate_of ? Json(*bug.duplicate_of) : Json());
    put("deadline", bug.deadline.empty() ? Json() : Json(bug.deadline));
    const auto* status = status_by_name(call.state, bug.status);
    put("is_open", status && status->is_open);
    put("creation_time", to_iso(bug.created));
    put("last_change_time", to_iso(bug.changed));
  }

  void people() {
    person("creator", bug.reporter);
    person("assigned_to", bug.assignee);
    if (!wanted.has("cc")) return;
    json["cc"] = Json::array();
    json["cc_detail"] = Json::array();
    for (const int id : bug.cc) {
      json["cc"].push_back(login(call, id));
      json["cc_detail"].push_back(wanted.of(person_json(call, id), {"default"}, "cc"));
    }
  }

  void lists() {
    if (wanted.has("flags")) {
      json["flags"] = Json::array();
      for (const auto& flag : bug.flags) json["flags"].push_back(flag_json(call, flag));
    }
    for (const auto& field : call.state.fields) {
      if (field.is_obsolete || !wanted.has(field.name, {"default", "custom"})) continue;
      const auto found = bug.custom.find(field.name);
      json[field.name] =
          custom_json(call.state, field, found == bug.custom.end() ? std::vector<std::string>() : found->second);
    }
    if (is_time_tracker(call.state, call.user))
      for (const auto* name : {"estimated_time", "remaining_time", "actual_time"}) put(name, 0);
    if (call.user && wanted.has("tags", {"extra"})) json["tags"] = Json::array();
  }

  void beyond() {
    put("duplicates", Json::array());
    put("comment_count", bug.comments.size());
    if (wanted.has("description", {"extra"})) {
      const bool hidden =
          bug.comments.empty() || (bug.comments.front().is_private && !is_insider(call.state, call.user));
      json["description"] = hidden ? "" : bug.comments.front().text;
    }
    if (wanted.has("comments", {"extra"})) json["comments"] = comments_json(call, bug, wanted, "comments");
    if (wanted.has("history", {"extra"})) json["history"] = history_json(call, bug, wanted, "history");
  }
};

}  // namespace

Wanted::Wanted(const Json& params)
    : include_(names_of(params, "include_fields")), exclude_(names_of(params, "exclude_fields")) {
  const bool is_open = include_.empty();
  include_kinds_ = kinds_of(include_);
  exclude_kinds_ = kinds_of(exclude_);
  if (is_open) include_kinds_.insert("default");
}

bool Wanted::has(const std::string& field, const std::set<std::string>& kinds, const std::string& parent) const {
  const auto name = parent.empty() ? field : parent + "." + field;
  if (exclude_.count(name)) return false;
  if (include_.count(name)) return true;
  if (exclude_kinds_.count("all")) return false;
  if (include_kinds_.count("all")) return true;
  for (const auto& kind : kinds) {
    if (exclude_kinds_.count(kind)) return false;
    if (include_kinds_.count(kind)) return true;
  }
  if (!parent.empty()) return include_.count(parent) > 0;
  const auto below = include_.lower_bound(field + ".");
  return below != include_.end() && below->rfind(field + ".", 0) == 0;
}

Json Wanted::of(const Json& row, const std::set<std::string>& kinds, const std::string& parent) const {
  auto out = Json::object();
  for (const auto& [name, value] : row.items())
    if (has(name, kinds, parent)) out[name] = value;
  return out;
}

bool is_harmony(const State& state) {
  return state.settings.flavour == Flavour::harmony || state.settings.flavour == Flavour::bmo;
}

Json alias_json(const State& state, const Bug& bug) {
  if (!is_harmony(state)) return bug.aliases;
  return bug.aliases.empty() ? Json() : Json(bug.aliases.front());
}

Json bug_json(const Call& call, const Bug& bug, const Wanted& wanted) {
  BugWriter writer{call, bug, wanted};
  writer.plain();
  writer.people();
  writer.lists();
  if (is_harmony(call.state)) writer.beyond();
  return std::move(writer.json);
}

}  // namespace cb::fake_bugzilla
