#include <algorithm>

#include "tests/trackers/demo_board.hpp"

namespace cb {

namespace {

using namespace fake_bugzilla;

std::string person(const State& state, int id) {
  const auto* user = user_by_id(state, id);
  return user ? user->real_name : "somebody";
}

std::string joined(const std::vector<std::string>& values) {
  std::string out;
  for (const auto& value : values) out += (out.empty() ? "" : ", ") + value;
  return out;
}

std::string label_of(const State& state, const std::string& field) {
  if (field == "assigned_to") return "Assignee";
  if (field == "keywords") return "Keywords";
  if (field == "flagtypes.name") return "Flags";
  if (const auto* custom = field_by_name(state, field)) return custom->label;
  const auto* entry = column(field);
  return entry ? entry->label : field;
}

std::string word(const State& state, const Change& change, const std::string& value) {
  if (value.empty() || value == "---") return "–";
  const auto* user = change.field == "assigned_to" ? user_by_login(state, value) : nullptr;
  return user ? user->real_name : value;
}

struct Reader {
  const State& state;
  const std::string& bridge_login;
  const std::set<std::string>& bridge_fields;

  [[nodiscard]] bool is_ours(int author) const {
    const auto* user = user_by_id(state, author);
    return user && user->login == bridge_login;
  }

  // Comments, and what one person changed at one time: with the comment of that update, where it is public.
  [[nodiscard]] std::vector<DemoNote> notes(const Bug& bug) const {
    std::vector<DemoNote> out;
    std::vector<int> authors;
    const auto note_of = [&](Instant at, int author, bool any) -> DemoNote& {
      for (std::size_t i = 0; any && i < out.size(); ++i)
        if (out[i].at == at && authors[i] == author && !out[i].is_private) return out[i];
      authors.push_back(author);
      out.push_back({at, person(state, author), is_ours(author), false, "", {}});
      return out.back();
    };
    for (std::size_t i = 1; i < bug.comments.size(); ++i) {
      auto& note = note_of(bug.comments[i].at, bug.comments[i].author, false);
      note.text = bug.comments[i].text;
      note.is_private = bug.comments[i].is_private;
    }
    for (const auto& change : bug.history)
      if (change.field != "longdescs.isprivate")
        note_of(change.at, change.author, true)
            .changes.push_back({label_of(state, change.field), word(state, change, change.removed),
                                word(state, change, change.added)});
    std::stable_sort(out.begin(), out.end(), [](const DemoNote& a, const DemoNote& b) { return a.at < b.at; });
    return out;
  }

  [[nodiscard]] std::vector<DemoField> fields(const Bug& bug) const {
    std::vector<DemoField> out;
    for (const auto& field : state.fields) {
      if (field.name == "cf_type") continue;
      const auto found = bug.custom.find(field.name);
      const auto value = found == bug.custom.end() ? "" : joined(found->second);
      out.push_back({field.label, value == "---" ? "" : value, bridge_fields.count(field.label) > 0});
    }
    out.push_back({"Keywords", joined({bug.keywords.begin(), bug.keywords.end()}), false});
    std::vector<std::string> flags;
    for (const auto& flag : bug.flags)
      if (const auto* type = flag_type_by_id(state, flag.type)) flags.push_back(type->name + flag.status);
    out.push_back({"Flags", joined(flags), false});
    return out;
  }

  [[nodiscard]] DemoIssue issue(const Bug& bug) const {
    DemoIssue out;
    out.id = bug.id;
    out.title = bug.summary;
    const auto type = bug.custom.find("cf_type");
    out.type = type == bug.custom.end() ? "Bug" : joined(type->second);
    out.author = person(state, bug.reporter);
    out.status = bug.status + (bug.resolution.empty() ? "" : " " + bug.resolution);
    out.priority = bug.priority;
    out.assignee = person(state, bug.assignee);
    out.description = bug.comments.empty() ? "" : bug.comments.front().text;
    out.created = bug.created;
    out.is_private = !bug.groups.empty();
    out.fields = fields(bug);
    out.notes = notes(bug);
    const auto* reporter = user_by_id(state, bug.reporter);
    out.customer = demo_customer(out.fields, reporter ? reporter->login : "");
    return out;
  }
};

}  // namespace

DemoBoard demo_board(const FakeBugzilla& bugzilla, std::string bridge_login, std::set<std::string> bridge_fields) {
  return [&bugzilla, login = std::move(bridge_login), fields = std::move(bridge_fields)] {
    const auto state = bugzilla.snapshot();
    const Reader reader{state, login, fields};
    std::vector<DemoIssue> out;
    for (const auto& [id, bug] : state.bugs) out.push_back(reader.issue(bug));
    return out;
  };
}

}  // namespace cb
