#include "bridge/init/create_fields.hpp"

#include <algorithm>
#include <optional>

#include "bridge/init/field_wants.hpp"
#include "bridge/settings/problem.hpp"

namespace cb {
namespace {

std::optional<NewField::Kind> kind_of_type(const std::string& type) {
  if (type == k_jira_text) return NewField::Kind::text;
  if (type == k_jira_instant) return NewField::Kind::date_time;
  if (type == k_jira_day) return NewField::Kind::date;
  if (type == k_jira_list) return NewField::Kind::list;
  return {};
}

NewField wanted(const MissingField& field, NewField::Kind kind) {
  auto description = field.use + (field.filled_by_bridge ? " (written by contract-bridge)" : "");
  return {field.binding.field, kind, std::move(description), field.values};
}

// With the values of a list that it did not get, as it was made.
std::string made_line(const MissingField& field, const FieldInfo& info) {
  std::string lacking;
  for (const auto& value : field.values) {
    const bool there = std::find(info.values.begin(), info.values.end(), value) != info.values.end();
    if (!there) lacking += (lacking.empty() ? "" : ", ") + ticked(value);
  }
  const auto line = ticked(field.binding.field) + ": " + field.type + (info.id.empty() ? "" : ", " + info.id);
  return lacking.empty() ? line : line + "; add its values by hand: " + lacking;
}

}  // namespace

CreatedFields create_fields(Tracker& tracker, const Proposal& proposal) {
  CreatedFields created;
  for (const auto& field : proposal.missing) {
    const auto kind = field.recommended ? kind_of_type(field.type) : std::nullopt;
    if (!kind) continue;
    const auto info = tracker.create_field(wanted(field, *kind));
    if (info) {
      created.fields.push_back(*info);
      created.made.push_back(made_line(field, *info));
    } else {
      created.not_made.push_back(ticked(field.binding.field) + ": " + info.error().what);
    }
  }
  return created;
}

}  // namespace cb
