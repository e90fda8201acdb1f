// What the bridge would write against what the tracker can take; pure.
#include <algorithm>
#include <set>

#include "bridge/cli/check.hpp"
#include "bridge/settings/problem.hpp"
#include "rules/decision.hpp"
#include "rules/text.hpp"

namespace cb {
namespace {

using Names = std::vector<std::string>;

bool is_instant(Slot slot) {
  return slot == Slot::next_due || slot == Slot::response_due || slot == Slot::resolution_due;
}

// Every text that the slot may show; empty: free text.
Names words_of(Slot slot, const ContractBook& book) {
  Names words;
  if (slot == Slot::billing) {
    for (const auto each : {Billing::free, Billing::included, Billing::pool, Billing::paid, Billing::undecided}) {
      words.push_back(to_text(each));
    }
  }
  if (slot == Slot::sla_state) {
    for (const auto each :
         {SlaState::none, SlaState::ok, SlaState::paused, SlaState::at_risk, SlaState::breached, SlaState::met}) {
      words.push_back(to_text(each));
    }
  }
  if (slot == Slot::category) {
    for (const auto& category : book.classification.categories) words.push_back(category.value);
    words.emplace_back("undecided");
  }
  return words;
}

class WrittenComparison {
 public:
  WrittenComparison(const Survey& survey, const TrackerSettings& settings, const ContractBook& book)
      : survey_(survey), settings_(settings), book_(book) {}

  std::vector<TrackerFinding> run() {
    for (const auto& [slot, target] : settings_.write.fields) {
      if (const auto* info = find(target.field)) field(slot, *info);
    }
    labels();
    flags();
    return std::move(findings_);
  }

 private:
  void error(std::string text) { findings_.push_back({TrackerFinding::Level::error, std::move(text)}); }
  void warning(std::string text) { findings_.push_back({TrackerFinding::Level::warning, std::move(text)}); }

  [[nodiscard]] const FieldInfo* find(const std::string& name) const {
    const auto found = std::find_if(survey_.fields.begin(), survey_.fields.end(), [&](const FieldInfo& each) {
      return same_name(each.name, name) || same_name(each.title, name) ||
             (settings_.kind == TrackerKind::jira && same_name(each.id, name));
    });
    return found == survey_.fields.end() ? nullptr : &*found;
  }

  void field(Slot slot, const FieldInfo& info) {
    const auto called = "the field " + ticked(info.name) + " (write." + to_text(slot) + ") ";
    const bool is_bugzilla = settings_.kind == TrackerKind::bugzilla;
    if (is_bugzilla && slot == Slot::advice) {
      warning(called + "can be read by customers: Bugzilla hides no field; leave it out, or take labels of staff");
    }
    if (info.date_time && !is_instant(slot)) {
      error(called + "holds instants, and " + to_text(slot) + " is a text; take a text field");
    }
    if (info.values.empty()) return;
    const auto words = words_of(slot, book_);
    if (words.empty()) {
      warning(called + "is a list of " + std::to_string(info.values.size()) + " values and cannot hold every text of " +
              to_text(slot) + "; take a text field");
      return;
    }
    Names missing;
    for (const auto& word : words) {
      if (!contains_name(info.values, word)) missing.push_back(ticked(word));
    }
    if (missing.empty()) return;
    // Bugzilla refuses the whole request for one such value.
    if (is_bugzilla) {
      error(called + "has no value " + listed(missing) +
            ": nothing could be written where it is to show that; add it "
            "there, or take a text field");
    } else {
      warning(called + "has no value " + listed(missing) + ", so it cannot show that; add it there");
    }
  }

  // A Bugzilla's whiteboard takes any token in brackets; keywords must exist.
  [[nodiscard]] bool is_token(const std::string& label) const {
    return settings_.kind == TrackerKind::bugzilla && label.size() > 2 && label.front() == '[' && label.back() == ']';
  }

  void label(const std::string& name, const std::string& use) {
    if (is_token(name) || contains_name(*survey_.labels, name) || !seen_.insert(folded(name)).second) return;
    error("the label " + ticked(name) + " (" + use + ") does not exist there and cannot be set" +
          hint(name, *survey_.labels) + "; create it, or change the configuration");
  }

  void labels() {
    if (!survey_.labels) return;
    for (const auto& [state, name] : settings_.write.labels) label(name, "write.labels." + state);
    const auto marker = [&](const Plan& plan) {
      if (plan.urgent && !plan.urgent->marker.empty()) label(plan.urgent->marker, "marker of plan " + plan.id.value);
    };
    for (const auto& [id, plan] : book_.plans) marker(plan);
    marker(book_.without_contract);
    for (const auto& customer : book_.customers) {
      for (const auto& contract : customer.contracts) marker(contract.plan);
    }
  }

  void flags() {
    for (const auto& each : settings_.write.flags) {
      if (contains_name(survey_.flags, each.flag) || !seen_flags_.insert(folded(each.flag)).second) continue;
      error("the flag " + ticked(each.flag) + " (write.flags." + each.state + ") does not exist there" +
            hint(each.flag, survey_.flags) + "; create it, or change bridge.yaml");
    }
  }

  static std::string hint(const std::string& word, const Names& known) {
    return known.empty() ? ": there are none" : word_hint(word, known);
  }

  const Survey& survey_;
  const TrackerSettings& settings_;
  const ContractBook& book_;
  std::set<std::string> seen_;
  std::set<std::string> seen_flags_;
  std::vector<TrackerFinding> findings_;
};

}  // namespace

std::vector<TrackerFinding> compare_written(const Survey& survey, const TrackerSettings& settings,
                                            const ContractBook& book) {
  return WrittenComparison(survey, settings, book).run();
}

}  // namespace cb
