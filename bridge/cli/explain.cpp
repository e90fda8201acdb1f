#include "bridge/cli/explain.hpp"

#include <algorithm>
#include <ostream>
#include <set>
#include <sstream>

#include "bridge/cli/options.hpp"
#include "bridge/report/decision_json.hpp"
#include "bridge/report/explain.hpp"
#include "bridge/sync/claims.hpp"
#include "bridge/sync/plan.hpp"
#include "bridge/texts/language.hpp"
#include "bridge/texts/text_book.hpp"

namespace cb {
namespace {

struct Asked {
  IssueKey key;
  const TrackerSettings* tracker = nullptr;
};

std::string tracker_names(const Settings& settings) {
  std::string names;
  for (const auto& tracker : settings.trackers) names += (names.empty() ? "" : ", ") + tracker.name;
  return names;
}

std::optional<Asked> asked_for(const std::string& issue, const Settings& settings, std::ostream& err) {
  const auto mark = issue.find('#');
  const auto name = mark == std::string::npos ? std::string() : issue.substr(0, mark);
  const auto id = mark == std::string::npos ? issue : issue.substr(mark + 1);
  const auto refuse = [&](const std::string& why) {
    err << "contract-bridge: '" << issue << "' " << why << "; the trackers are: " << tracker_names(settings) << "\n";
    return std::nullopt;
  };
  if (id.empty()) return refuse("is not an issue; expected TRACKER#ID, as support#123");
  if (mark == std::string::npos) {
    if (settings.trackers.size() != 1) return refuse("does not say which tracker; expected TRACKER#ID");
    return Asked{{settings.trackers.front().name, id}, &settings.trackers.front()};
  }
  const auto tracker = std::find_if(settings.trackers.begin(), settings.trackers.end(),
                                    [&](const auto& each) { return each.name == name; });
  if (tracker == settings.trackers.end()) return refuse("names a tracker that is not configured");
  return Asked{{name, id}, &*tracker};
}

// What the store knows of the other issues of these pools.
LedgerView ledger_view(const Issue& issue, const ExplainParts& parts, Instant now) {
  LedgerView ledger;
  const auto contracts = pools_around(issue, parts.settings.book, now);
  if (contracts.empty()) return ledger;
  const auto store = parts.open_store();
  for (const auto& contract : contracts)
    for (auto& claim : store->claims(contract)) ledger.claims.push_back(std::move(claim));
  return ledger;
}

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

int trouble(const Error& error, int exit_code, std::ostream& err) {
  err << "contract-bridge: " << error.what << "\n";
  return exit_code;
}

}  // namespace

int explain(const ExplainOptions& options, const ExplainParts& parts, std::ostream& out, std::ostream& err) {
  const auto& settings = parts.settings;
  const auto asked = asked_for(options.issue, settings, err);
  if (!asked) return k_exit_usage;
  const auto open = parts.open(*asked->tracker);
  if (!open) return trouble(open.error(), k_exit_wrong, err);
  // What this account may write is known once it is known who it is.
  if (const auto who = open->tracker->who_am_i(); !who) return trouble(who.error(), k_exit_trouble, err);
  auto fetched = open->tracker->fetch(asked->key);
  if (!fetched) return trouble(fetched.error(), k_exit_trouble, err);
  auto& issue = fetched->issue;
  if (issue.language.empty()) issue.detected_language = detect_language(issue.summary, issue.description);
  const auto decision = evaluate(issue, settings.book, ledger_view(issue, parts, options.now), options.now);
  if (options.json) {
    out << decision_json(decision, 2) << "\n";
    return k_exit_ok;
  }
  const TextBook texts(settings.texts);
  const auto write = plan(decision, *fetched,
                          {asked->tracker->write, settings.book, texts, open->tracker->capabilities()}, options.now);
  out << explain_text(decision, issue, settings.book);
  print_write(write, *fetched, out);
  return k_exit_ok;
}

}  // namespace cb
