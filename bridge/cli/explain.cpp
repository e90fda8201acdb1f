#include "bridge/cli/explain.hpp"

#include <ostream>
#include <sstream>

#include "bridge/cli/options.hpp"
#include "bridge/report/decision_json.hpp"
#include "bridge/report/explain.hpp"
#include "bridge/sync/plan.hpp"
#include "bridge/texts/text_book.hpp"

namespace cb {
namespace {

// A flag with its sign, as `entitled+`.
std::string flag_text(const std::string& flag, const std::string& sign) {
  return sign.empty() ? flag + " (not set)" : flag + sign;
}

void print_write(const PlannedWrite& write, const Fetched& fetched, std::ostream& out) {
  const auto text_or_nothing = [](const std::string& text) { return text.empty() ? "(empty)" : text; };
  out << "\nWhat would be written\n";
  for (const auto& [slot, value] : write.changes.fields) {
    const auto before = fetched.shown.find(slot);
    out << "  " << to_text(slot) << ": " << text_or_nothing(before == fetched.shown.end() ? "" : before->second.text)
        << " -> " << text_or_nothing(value.text) << "\n";
  }
  for (const auto& label : write.changes.add_labels) out << "  label " << label << " is added\n";
  for (const auto& label : write.changes.remove_labels) out << "  label " << label << " is removed\n";
  for (const auto& [flag, sign] : write.changes.flags) {
    const auto before = fetched.flags.find(flag);
    out << "  flag: " << flag_text(flag, before == fetched.flags.end() ? "" : before->second) << " -> "
        << flag_text(flag, sign) << "\n";
  }
  if (!write.changes.assign.empty()) out << "  assigned to " << to_text(write.changes.assign) << "\n";
  for (const auto& person : write.changes.copy) out << "  " << to_text(person) << " in copy\n";
  if (!write.changes.status.empty()) {
    out << "  status: " << fetched.issue.status << " -> " << write.changes.status << "\n";
  }
  for (const auto& link : write.changes.links) out << "  link to " << link.url << "\n";
  if (!write.changes.record.empty()) out << "  record of the decision: " << write.changes.record << "\n";
  for (const auto& comment : write.changes.comments) {
    out << "  " << (comment.visibility == Visibility::everybody ? "a comment for everybody" : "a note for staff")
        << ":\n";
    std::istringstream lines(comment.text);
    for (std::string line; std::getline(lines, line);) out << "    " << line << "\n";
  }
  if (write.changes.empty()) out << "  nothing: the issue shows it already\n";
  for (const auto& note : write.notes) out << "  note: " << note << "\n";
}

}  // namespace

int explain(const ExplainOptions& options, const ExplainParts& parts, std::ostream& out, std::ostream& err) {
  const auto asked = decide_issue(options.issue, options.now, parts, err);
  if (const auto* exit_code = std::get_if<int>(&asked)) return *exit_code;
  const auto& [tracker, open, fetched, decision] = std::get<DecidedIssue>(asked);
  if (options.json) {
    out << decision_json(decision, 2) << "\n";
    return k_exit_ok;
  }
  const auto& settings = parts.settings;
  const TextBook texts(settings.texts);
  const auto write =
      plan(decision, fetched, {tracker->write, settings.book, texts, open.tracker->capabilities()}, options.now);
  out << explain_text(decision, fetched.issue, settings.book);
  print_write(write, fetched, out);
  return k_exit_ok;
}

}  // namespace cb
