// A tracker's survey against the configuration; pure, so that a test needs no tracker.
#include <algorithm>

#include "bridge/cli/check.hpp"
#include "bridge/settings/problem.hpp"
#include "rules/text.hpp"

namespace cb {
namespace {

class Comparison {
 public:
  Comparison(const Survey& survey, const Capabilities& capabilities, const TrackerSettings& settings,
             const ContractBook& book)
      : survey_(survey), capabilities_(capabilities), settings_(settings), terms_(book.trackers.at(settings.name)) {}

  std::vector<TrackerFinding> run() {
    account();
    statuses();
    priorities();
    projects();
    fields();
    comments();
    without_effect();
    return findings_;
  }

 private:
  void add(TrackerFinding::Level level, std::string text) { findings_.push_back({level, std::move(text)}); }
  void error(std::string text) { add(TrackerFinding::Level::error, std::move(text)); }
  void warning(std::string text) { add(TrackerFinding::Level::warning, std::move(text)); }

  void account() {
    const auto& account = survey_.identity.account;
    const auto& name = !account.login.empty() ? account.login : !account.name.empty() ? account.name : account.id;
    std::string text = "reachable, as " + ticked(name);
    if (!survey_.version.empty()) text += ", version " + survey_.version;
    add(TrackerFinding::Level::note, text);
    for (const auto& note : survey_.notes) add(TrackerFinding::Level::note, note);
    for (const auto& problem : survey_.problems) error(problem);
    if (!survey_.identity.may_write && survey_.problems.empty()) {
      error("the account " + ticked(name) + " may not write; give it the right to edit issues");
    }
  }

  // `resolved duplicate`: both are there.
  [[nodiscard]] bool is_status_with_resolution(const std::string& words) const {
    for (auto blank = words.find(' '); blank != std::string::npos; blank = words.find(' ', blank + 1)) {
      const bool both = contains_name(survey_.statuses, words.substr(0, blank)) &&
                        contains_name(survey_.resolutions, words.substr(blank + 1));
      if (both) return true;
    }
    return false;
  }

  // An unmapped status makes an issue undecided (design.md 2), so it is an error.
  void statuses() {
    for (const auto& [status, phase] : terms_.statuses) {
      if (contains_name(survey_.statuses, status) || is_status_with_resolution(status)) continue;
      error("the status " + ticked(status) + " (" + to_text(phase) + ") does not exist there" +
            word_hint(status, survey_.statuses));
    }
    for (const auto& status : survey_.statuses) {
      if (terms_.statuses.count(folded(status)) > 0) continue;
      error("the status " + ticked(status) + " belongs to no phase; add it under `statuses` in bridge.yaml");
    }
  }

  void priorities() {
    std::vector<std::string> known;
    for (const auto& priority : survey_.priorities) known.push_back(folded(priority));
    for (const auto& [word, priority] : terms_.priorities) {
      if (std::find(known.begin(), known.end(), word) != known.end()) continue;
      error("the priority " + ticked(word) + " (" + to_text(priority) + ") does not exist there" +
            word_hint(word, survey_.priorities));
    }
    for (const auto& word : survey_.priorities) {
      if (terms_.priorities.count(folded(word)) > 0) continue;
      warning("the priority " + ticked(word) + " is not mapped and counts as normal; add it under `priorities`");
    }
  }

  void projects() {
    if (survey_.projects.empty()) return;
    for (const auto& project : settings_.projects) {
      if (contains_name(survey_.projects, project)) continue;
      error("the project " + ticked(project) + " is not visible to the bridge's account" +
            word_hint(project, survey_.projects));
    }
  }

  void field(const std::string& name, const std::string& use, const std::vector<std::string>& known) {
    ambiguous(name, use);
    if (name.empty() || contains_name(known, name)) return;
    error("the field " + ticked(name) + " (" + use + ") does not exist there, or the account does not see it" +
          word_hint(name, known) + "; create it, or change bridge.yaml");
  }

  // Names of a Jira's fields need not be unique.
  void ambiguous(const std::string& name, const std::string& use) {
    std::string ids;
    int count = 0;
    for (const auto& info : survey_.fields) {
      if (name.empty() || !same_name(info.name, name)) continue;
      ids += (count++ == 0 ? "" : ", ") + ticked(info.id);
    }
    if (settings_.kind != TrackerKind::jira || count < 2) return;
    error("the name " + ticked(name) + " (" + use +
          ") is that of several fields; write the id of the right one: " + ids);
  }

  void fields() {
    std::vector<std::string> known;
    for (const auto& info : survey_.fields) {
      known.push_back(info.name);
      if (!info.title.empty()) known.push_back(info.title);
      // Names of a Jira's fields need not be unique, so that its configuration may name the id.
      if (settings_.kind == TrackerKind::jira && !info.id.empty()) known.push_back(info.id);
    }
    const auto& read = terms_.read;
    const std::vector<std::pair<const char*, const std::optional<Source>*>> sources{
        {"read.customer", &read.customer},
        {"read.organisation", &read.organisation},
        {"read.product", &read.product},
        {"read.version", &read.version},
        {"read.type", &read.type},
        {"read.resolution", &read.resolution},
        {"read.channel", &read.channel},
        {"read.language", &read.language},
        {"read.fix_date", &read.fix_date},
        {"read.category", &read.category},
        {"read.approval", &read.approval},
        {"read.declined", &read.declined},
        {"read.workaround", &read.workaround},
        {"read.justification", &read.justification},
        {"read.modified_code", &read.modified_code},
        {"read.override", &read.override_}};
    for (const auto& [use, source] : sources) {
      if (*source) field((*source)->field, use, known);
    }
    field(settings_.label_field, "label_field", known);
    for (const auto& [slot, target] : settings_.write.fields) field(target.field, "write." + to_text(slot), known);
  }

  void comments() {
    if (capabilities_.private_comments) return;
    for (const auto& [comment, mode] : settings_.write.comments) {
      if (mode != CommentMode::internal) continue;
      error("the comment " + ticked(comment) +
            " is `internal`, and this account cannot write notes that only staff see; give it that right, or set the "
            "comment to `off`");
    }
  }

  void without_effect() {
    const auto& write = settings_.write;
    const auto useless = [&](bool is_wanted, bool can, const std::string& what) {
      if (is_wanted && !can) warning(what + " has no effect: this tracker cannot take it, or not from this account");
    };
    useless(!write.transitions.empty(), capabilities_.transitions, "`write.transitions`");
    useless(!write.property.empty(), capabilities_.record, "`write.property`");
  }

  const Survey& survey_;
  const Capabilities& capabilities_;
  const TrackerSettings& settings_;
  const TrackerTerms& terms_;
  std::vector<TrackerFinding> findings_;
};

}  // namespace

std::vector<TrackerFinding> compare_tracker(const Survey& survey, const Capabilities& capabilities,
                                            const TrackerSettings& settings, const ContractBook& book) {
  auto findings = Comparison(survey, capabilities, settings, book).run();
  for (auto& finding : compare_written(survey, settings, book)) findings.push_back(std::move(finding));
  return findings;
}

}  // namespace cb
