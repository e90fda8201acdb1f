#include "bridge/sync/change_text.hpp"

namespace cb {

std::string text_of(const Changes& changes) {
  std::string text;
  const auto add = [&](const std::string& part) { text += (text.empty() ? "" : ", ") + part; };
  for (const auto& [slot, value] : changes.fields) {
    add(to_text(slot) + "=" + (value.text.empty() ? "(empty)" : value.text));
  }
  for (const auto& label : changes.add_labels) add("+" + label);
  for (const auto& label : changes.remove_labels) add("-" + label);
  for (const auto& [flag, sign] : changes.flags) {
    auto words = "flag " + flag;
    words += sign.empty() ? " cleared" : sign;
    add(words);
  }
  if (!changes.assign.empty()) add("assigned to " + to_text(changes.assign));
  for (const auto& person : changes.copy) add(to_text(person) + " in copy");
  for (const auto& link : changes.links) add("link " + link.url);
  if (!changes.status.empty()) add("status " + changes.status);
  if (!changes.record.empty()) add("record");
  for (const auto& comment : changes.comments) {
    add((comment.visibility == Visibility::internal ? "internal note " : "public note ") + comment.reference);
  }
  return text;
}

}  // namespace cb
