#include <algorithm>

#include "adapters/jira/jira_wiki.hpp"
#include "tests/trackers/demo_board.hpp"
#include "tests/trackers/fake_jira_time.hpp"

namespace cb {

namespace {

using namespace fake_jira;

std::string person(const State& state, const std::string& id) {
  const auto* user = user_by_id(state, id);
  return user ? user->display_name : id.empty() ? "nobody" : "somebody";
}

std::string joined(const std::vector<std::string>& values) {
  std::string out;
  for (const auto& value : values) out += (out.empty() ? "" : ", ") + value;
  return out;
}

std::string name_of(const std::vector<Named>& rows, const std::string& id) {
  const auto* row = named_by_id(rows, id);
  return row ? row->name : "";
}

// `assignee` as `Assignee`
std::string label_of(const Item& item) {
  auto label = item.field;
  if (!label.empty()) label[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(label[0])));
  return label;
}

std::string word(const std::optional<std::string>& text) {
  return text && !text->empty() ? *text : "–";
}

// `2026-11-23 18:05 UTC`
std::string time_text(const std::string& millis) {
  auto text = to_iso(std::chrono::floor<Seconds>(moment_of(std::stoll(millis)))).substr(0, 16);
  text[10] = ' ';
  return text + " UTC";
}

std::string word_of(const State& state, const Field& field, const std::string& value) {
  if (field.kind == FieldKind::date_time) return time_text(value);
  for (const auto& option : field.options)
    if (option.id == value) return option.value;
  const auto* organization = field.kind == FieldKind::organizations ? organization_by_id(state, value) : nullptr;
  return organization ? organization->name : value;
}

std::string value_of(const std::vector<DemoField>& fields, const std::string& name) {
  for (const auto& field : fields)
    if (field.name == name) return field.value;
  return "";
}

// What is not kept as a document is markup, which people see in its effect.
std::string text_of(const Rich& rich) {
  return rich.adf.empty() ? jira_wiki_text(rich.text) : rich.text;
}

struct Reader {
  const State& state;
  const std::string& bridge_login;
  const std::set<std::string>& bridge_fields;

  [[nodiscard]] bool is_ours(const std::string& author) const {
    const auto* user = user_by_id(state, author);
    return user && user->name == bridge_login;
  }

  [[nodiscard]] DemoNote note_of(const Comment& comment) const {
    return {std::chrono::floor<Seconds>(comment.created), person(state, comment.author), is_ours(comment.author),
            comment.is_internal || comment.visibility,    text_of(comment.body),         {}};
  }

  // What one person did at one time is one note; changes go with the comment where that is public.
  [[nodiscard]] std::vector<DemoNote> notes(const Issue& issue) const {
    std::vector<std::pair<Moment, DemoNote>> all;
    for (const auto& comment : issue.comments) all.emplace_back(comment.created, note_of(comment));
    for (const auto& change : issue.history) {
      const auto author = person(state, change.author);
      auto found = std::find_if(all.begin(), all.end(), [&](const auto& entry) {
        return entry.first == change.at && entry.second.author == author && !entry.second.is_private;
      });
      if (found == all.end())
        found = all.insert(
            all.end(),
            {change.at, {std::chrono::floor<Seconds>(change.at), author, is_ours(change.author), false, "", {}}});
      for (const auto& item : change.items)
        found->second.changes.push_back({label_of(item), word(item.from_text), word(item.to_text)});
    }
    std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<DemoNote> out;
    for (auto& [at, note] : all) out.push_back(std::move(note));
    return out;
  }

  [[nodiscard]] std::vector<DemoField> fields(const Issue& issue) const {
    std::vector<DemoField> out;
    for (const auto& field : state.fields) {
      if (field.kind == FieldKind::request_type) continue;
      std::vector<std::string> words;
      const auto found = issue.custom.find(field.id());
      // A paragraph's second value is its document.
      const bool is_paragraph = field.kind == FieldKind::paragraph;
      if (found != issue.custom.end())
        for (std::size_t i = 0; i < (is_paragraph ? 1 : found->second.size()); ++i)
          words.push_back(word_of(state, field, found->second[i]));
      out.push_back({field.name, joined(words), bridge_fields.count(field.name) > 0});
    }
    out.push_back({"Labels", joined(issue.labels), false});
    return out;
  }

  [[nodiscard]] DemoIssue issue(const Issue& row) const {
    DemoIssue out;
    out.id = std::stoi(row.id);
    out.key = row.key;
    out.title = row.summary;
    out.type = name_of(state.types, row.type);
    out.author = person(state, row.reporter);
    const auto resolution = name_of(state.resolutions, row.resolution);
    out.status = status_by_id(state, row.status)->name + (resolution.empty() ? "" : " (" + resolution + ")");
    out.priority = name_of(state.priorities, row.priority);
    out.assignee = row.assignee.empty() ? "" : person(state, row.assignee);
    out.description = text_of(row.description);
    out.created = std::chrono::floor<Seconds>(row.created);
    out.fields = fields(row);
    out.notes = notes(row);
    const auto* reporter = user_by_id(state, row.reporter);
    out.customer = demo_customer(out.fields, "");
    if (out.customer.empty()) out.customer = value_of(out.fields, "Organizations");
    if (out.customer.empty()) out.customer = demo_customer({}, reporter ? reporter->email : "");
    return out;
  }
};

}  // namespace

DemoBoard demo_board(const FakeJira& jira, std::string bridge_login, std::set<std::string> bridge_fields) {
  return [&jira, login = std::move(bridge_login), fields = std::move(bridge_fields)] {
    const auto state = jira.snapshot();
    const Reader reader{state, login, fields};
    std::vector<DemoIssue> out;
    for (const auto& [id, issue] : state.issues) out.push_back(reader.issue(issue));
    return out;
  };
}

}  // namespace cb
