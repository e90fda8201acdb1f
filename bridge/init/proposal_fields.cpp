#include "bridge/init/proposal_fields.hpp"

#include <algorithm>
#include <set>

#include "bridge/init/field_wants.hpp"
#include "bridge/init/known_words.hpp"
#include "bridge/settings/problem.hpp"
#include "rules/text.hpp"

namespace cb {
namespace {

const char* k_yes = "yes";

// Redmine and Jira take a list's values as they are spelt, Bugzilla in any case (observed.md 6).
bool has_all(const std::vector<std::string>& values, const std::vector<std::string>& words, TrackerKind tracker) {
  return std::all_of(words.begin(), words.end(), [&](const auto& word) {
    if (tracker == TrackerKind::bugzilla) return contains_name(values, word);
    return std::find(values.begin(), values.end(), word) != values.end();
  });
}

// The value that approves: the tracker's own word for yes.
std::string yes_among(const std::vector<std::string>& values) {
  static const std::vector<std::string> yes{"yes", "ja", "ano", "да", "igen", "oui", "si", "approved", "true", "1"};
  for (const auto& value : values) {
    const auto name = plain_name(value);
    if (std::find(yes.begin(), yes.end(), name) != yes.end()) return value;
  }
  return {};
}

class FieldSearch {
 public:
  FieldSearch(const Survey& survey, bool date_times_are_safe, Proposal& proposal)
      : survey_(survey), safe_(date_times_are_safe), proposal_(proposal), tracker_(proposal.target.kind) {}

  void run() {
    for (const auto& want : field_wants()) {
      if (has_own_place(want, tracker_)) continue;
      if (const auto* field = best_for(want)) {
        used_.insert(field);
        proposal_.bound.push_back(binding(want, *field));
      } else if (!by_hand(want, tracker_).name.empty()) {
        proposal_.missing.push_back(missing(want));
      }
    }
  }

 private:
  // By the name of the API, or by what people see.
  bool is_named(const FieldInfo& field, const FieldWant& want) const {
    return std::any_of(want.names.begin(), want.names.end(), [&](const auto& name) {
      const auto words = field_words(name);
      return field_words(field.name) == words || field_words(field.title) == words;
    });
  }

  const FieldInfo* best_for(const FieldWant& want) {
    const FieldInfo* best = nullptr;
    std::size_t best_rank = want.kinds.size();
    std::vector<std::string> refused;
    for (const auto& field : survey_.fields) {
      if (used_.count(&field) > 0 || configured_name(field, tracker_).empty() || !is_named(field, want)) continue;
      const auto kind = kind_of(field, tracker_);
      const auto found = std::find(want.kinds.begin(), want.kinds.end(), kind);
      const auto why = found == want.kinds.end() ? wrong_kind(field, want) : unfit(field, kind, want);
      if (!why.empty()) {
        refused.push_back(why);
        continue;
      }
      const auto rank = static_cast<std::size_t>(found - want.kinds.begin());
      if (rank < best_rank) {
        best = &field;
        best_rank = rank;
      }
    }
    if (best == nullptr) proposal_.remarks.insert(proposal_.remarks.end(), refused.begin(), refused.end());
    return best;
  }

  // A Jira may have several fields of one name; then the id says which.
  std::string named(const FieldInfo& field) const {
    auto name = configured_name(field, tracker_);
    if (tracker_ != TrackerKind::jira) return name;
    const auto alike = std::count_if(survey_.fields.begin(), survey_.fields.end(),
                                     [&](const auto& each) { return same_name(each.name, name); });
    return alike > 1 ? field.id : name;
  }

  std::string called(const FieldInfo& field) const { return "the field " + ticked(named(field)); }

  std::string wrong_kind(const FieldInfo& field, const FieldWant& want) const {
    const auto format = field.format.empty() ? std::string("of another kind") : "of the type " + ticked(field.format);
    return called(field) + " is named like `" + want.section + "." + want.key + "`, but it is " + format +
           ", which cannot hold it; it is left alone";
  }

  // Why a field of the right kind cannot be used; empty when it can.
  std::string unfit(const FieldInfo& field, FieldKind kind, const FieldWant& want) const {
    const auto purpose = "`" + want.section + "." + want.key + "`";
    const bool instant = kind == FieldKind::date_time || (kind == FieldKind::date && tracker_ == TrackerKind::bugzilla);
    if (instant && !safe_) {
      return called(field) + " would fit " + purpose +
             ", but it holds local time of the server, whose time zone is not proved: run `check` with "
             "`server_timezone` first, or use a text field";
    }
    if (kind != FieldKind::list || field.values.empty()) return {};
    if (want.section == "write" && !has_all(field.values, want.words, tracker_)) {
      return called(field) + " would fit " + purpose +
             ", but its list lacks words that the bridge writes: " + listed(want.words) +
             "; add them, or use a text field";
    }
    const bool answers = std::find(want.words.begin(), want.words.end(), k_yes) != want.words.end();
    if (answers && yes_among(field.values).empty()) {
      return called(field) + " would fit " + purpose + ", but none of its values says yes";
    }
    return {};
  }

  FieldBinding binding(const FieldWant& want, const FieldInfo& field) const {
    const auto kind = kind_of(field, tracker_);
    FieldBinding out{want.section, want.key, named(field), "", ""};
    const bool answers = std::find(want.words.begin(), want.words.end(), k_yes) != want.words.end();
    if (answers) {
      const auto yes = yes_among(field.values);
      out.value = kind == FieldKind::truth ? "1" : yes.empty() ? k_yes : yes;
    }
    if (want.is_due && kind != FieldKind::date_time && tracker_ == TrackerKind::bugzilla) out.format = "iso";
    return out;
  }

  MissingField missing(const FieldWant& want) const {
    MissingField out;
    const bool bugzilla = tracker_ == TrackerKind::bugzilla;
    auto name = by_hand(want, tracker_).name;
    if (is_taken(name)) name += bugzilla ? "_text" : " (text)";
    out.binding = {want.section, want.key, name, "", want.is_due && bugzilla ? "iso" : ""};
    out.type = by_hand(want, tracker_).type;
    const bool list = out.type == "Drop Down" || out.type == "List" || out.type == k_jira_list;
    if (list) out.values = want.words;
    if (std::find(want.words.begin(), want.words.end(), k_yes) != want.words.end()) out.binding.value = k_yes;
    out.use = want.use;
    out.recommended = want.recommended;
    out.filled_by_bridge = want.section == "write";
    return out;
  }

  bool is_taken(const std::string& name) const {
    return std::any_of(survey_.fields.begin(), survey_.fields.end(),
                       [&](const auto& field) { return same_name(configured_name(field, tracker_), name); });
  }

  const Survey& survey_;
  bool safe_;
  Proposal& proposal_;
  TrackerKind tracker_;
  std::set<const FieldInfo*> used_;
};

}  // namespace

std::string configured_name(const FieldInfo& field, TrackerKind tracker) {
  switch (tracker) {
    case TrackerKind::bugzilla:
      return field.name.starts_with("cf_") ? field.name : "";
    case TrackerKind::jira:
      return field.id.starts_with("customfield_") && !trimmed(field.name).empty() ? field.name : "";
    case TrackerKind::redmine:
      break;
  }
  return trimmed(field.name).empty() ? "" : field.name;
}

void propose_fields(const Survey& survey, bool date_times_are_safe, Proposal& proposal) {
  FieldSearch(survey, date_times_are_safe, proposal).run();
}

}  // namespace cb
