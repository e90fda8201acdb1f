#include <map>
#include <regex>

#include "tests/trackers/demo_board.hpp"

namespace cb {

namespace {

using namespace fake;

template <class Row>
std::string name_of(const std::vector<Row>& rows, int id) {
  const auto* row = by_id(rows, id);
  return row ? row->name : "";
}

std::string person(const State& state, int id) {
  const auto* user = by_id(state.users, id);
  return user ? user->name() : "somebody";
}

std::string joined(const Value& values) {
  std::string out;
  for (const auto& value : values) out += (out.empty() ? "" : ", ") + value;
  return out;
}

// What an attribute's id means, in words.
std::string word(const State& state, const Detail& detail, const std::optional<std::string>& value) {
  static const std::regex k_number("\\d{1,9}");
  if (!value || value->empty()) return "–";
  if (detail.property == "cf" || !std::regex_match(*value, k_number)) return *value;
  const int id = std::stoi(*value);
  if (detail.name == "status_id") return name_of(state.statuses, id);
  if (detail.name == "priority_id") return name_of(state.priorities, id);
  if (detail.name == "tracker_id") return name_of(state.trackers, id);
  if (detail.name == "assigned_to_id") return person(state, id);
  return *value;
}

std::string detail_name(const State& state, const Detail& detail) {
  static const std::map<std::string, std::string> k_words{
      {"status_id", "Status"}, {"priority_id", "Priority"}, {"tracker_id", "Type"}, {"assigned_to_id", "Assignee"}};
  if (detail.property == "cf") return name_of(state.fields, std::stoi(detail.name));
  const auto found = k_words.find(detail.name);
  return found == k_words.end() ? detail.name : found->second;
}

struct Reader {
  const State& state;
  const std::string& bridge_login;
  const std::set<std::string>& bridge_fields;

  [[nodiscard]] DemoNote note(const Journal& entry) const {
    const auto* user = by_id(state.users, entry.user);
    DemoNote out{entry.created,    person(state, entry.user), user && user->login == bridge_login,
                 entry.is_private, entry.notes.value_or(""),  {}};
    for (const auto& detail : entry.details)
      out.changes.push_back(
          {detail_name(state, detail), word(state, detail, detail.old_value), word(state, detail, detail.new_value)});
    return out;
  }

  [[nodiscard]] DemoIssue issue(const IssueRow& row) const {
    DemoIssue out;
    out.id = row.id;
    out.title = row.subject;
    out.type = name_of(state.trackers, row.tracker);
    out.author = person(state, row.author);
    out.status = name_of(state.statuses, row.status);
    out.priority = name_of(state.priorities, row.priority);
    out.assignee = row.assignee ? person(state, *row.assignee) : "";
    out.description = row.description.value_or("");
    out.created = row.created;
    out.is_private = row.is_private;
    for (const auto& field : state.fields) {
      if (!serves(field, row.tracker)) continue;
      const auto found = row.values.find(field.id);
      out.fields.push_back(
          {field.name, found == row.values.end() ? "" : joined(found->second), bridge_fields.count(field.name) > 0});
    }
    for (const auto& entry : row.journals) out.notes.push_back(note(entry));
    const auto* author = by_id(state.users, row.author);
    out.customer = demo_customer(out.fields, author ? author->mail : "");
    return out;
  }
};

}  // namespace

DemoBoard demo_board(const FakeRedmine& redmine, std::string bridge_login, std::set<std::string> bridge_fields) {
  return [&redmine, login = std::move(bridge_login), fields = std::move(bridge_fields)] {
    const auto state = redmine.snapshot();
    const Reader reader{state, login, fields};
    std::vector<DemoIssue> out;
    for (const auto& [id, row] : state.issues) out.push_back(reader.issue(row));
    return out;
  };
}

std::string demo_customer(const std::vector<DemoField>& fields, const std::string& reporter_mail) {
  for (const auto& field : fields)
    if (field.name == "Customer" && !field.value.empty()) return field.value;
  const auto at = reporter_mail.find('@');
  return at == std::string::npos ? "" : reporter_mail.substr(at + 1);
}

}  // namespace cb
