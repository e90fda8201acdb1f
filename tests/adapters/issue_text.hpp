// A fetched issue as text, for expectations that people review.
#pragma once

#include <sstream>
#include <string>
#include <vector>

#include "adapters/tracker.hpp"

namespace cb {

inline std::string words(const char* what, const std::vector<std::string>& values) {
  std::string out;
  for (const auto& value : values) out += std::string(out.empty() ? what : ",") + value;
  return out;
}

inline std::string text_of(const Author& author) {
  return author.id + " login=" + author.login + " address=" + author.address + " name=" + author.name +
         words(" groups=", author.groups) + words(" roles=", author.roles) + (author.self ? " self" : "");
}

inline std::string text_of(Attribute what) {
  static constexpr const char* k_names[] = {"status",    "priority", "type",  "resolution", "assignee", "project",
                                            "component", "version",  "label", "field",      "flag"};
  return k_names[static_cast<int>(what)];
}

inline std::string text_of(const Fetched& fetched) {
  const auto& issue = fetched.issue;
  std::ostringstream out;
  out << to_text(issue.key) << ' ' << issue.url << "\nproject: " << issue.project << "\nproduct: " << issue.product
      << "\ncomponent: " << issue.component << "\nversion: " << issue.version << "\ntype: " << issue.type
      << "\npriority: " << issue.priority << "\nstatus: " << issue.status << "\nresolution: " << issue.resolution
      << "\nsummary: " << issue.summary << "\ndescription: " << issue.description
      << "\nreporter: " << text_of(issue.reporter)
      << "\nassignee: " << (issue.assignee ? text_of(*issue.assignee) : "nobody")
      << "\norganisation: " << issue.organisation << "\nchannel: " << issue.channel << words("\nlabels: ", issue.labels)
      << "\ncreated: " << to_iso(issue.created) << "\nupdated: " << to_iso(issue.updated)
      << "\nrevision: " << issue.revision.value << "\ninternal: " << issue.internal
      << "\nhistory known: " << issue.history_known << '\n';
  for (const auto& [name, values] : issue.fields) out << "field " << name << words(" = ", values) << '\n';
  for (const auto& [slot, shown] : fetched.shown)
    out << "shown " << to_text(slot) << " = " << shown.text
        << (shown.instant ? " at " + to_iso(*shown.instant) : std::string()) << '\n';
  for (const auto slot : fetched.date_time_slots) out << "holds an instant: " << to_text(slot) << '\n';
  for (const auto& [name, status] : fetched.flags) out << "flag " << name << " = " << status << '\n';
  for (const auto& person : fetched.copied) out << "copied " << text_of(person) << '\n';
  for (const auto& event : issue.history) {
    out << "event " << event.id << ' ' << to_iso(event.at) << " by " << text_of(event.by) << '\n';
    if (event.comment)
      out << (event.comment->visibility == Visibility::internal ? "  internal: " : "  public: ") << event.comment->text
          << '\n';
    for (const auto& change : event.changes)
      out << "  " << text_of(change.what) << (change.name.empty() ? "" : " ") << change.name << ": '" << change.from
          << "' -> '" << change.to << "'\n";
  }
  return out.str();
}

}  // namespace cb
