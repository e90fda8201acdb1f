#include "bridge/settings/state_words.hpp"

#include "bridge/settings/key_catalogue.hpp"
#include "rules/text.hpp"

namespace cb {
namespace {

bool ends_an_issue(Phase phase) {
  return phase == Phase::resolved || phase == Phase::closed || phase == Phase::withdrawn;
}

// Empty after a problem, which is reported.
std::optional<std::string> open_status(const YamlNode& node, const std::map<std::string, Phase>& statuses,
                                       const std::string& what, const std::string& why_open, Problems& problems) {
  auto status = word_of(node, what, problems);
  if (!status || statuses.empty()) return status;
  const auto mapped = statuses.find(folded(*status));
  if (mapped == statuses.end()) {
    std::vector<std::string> known;
    known.reserve(statuses.size());
    for (const auto& [word, phase] : statuses) known.push_back(word);
    problems.error(node.place, "the status " + ticked(*status) +
                                   " does not stand under `statuses`, which gives every status its phase" +
                                   word_hint(*status, known));
    return {};
  }
  if (!ends_an_issue(mapped->second)) return status;
  problems.error(node.place, "the status " + ticked(*status) + " is " + to_text(mapped->second) + ", and the bridge " +
                                 why_open + "; name a status of another phase");
  return {};
}

void add_transition(const YamlNode& node, const std::string& state, const std::map<std::string, Phase>& statuses,
                    std::vector<WriteTransition>& to, Problems& problems) {
  const YamlMap map(node, "a change of status for " + ticked(state) + " (`{ from: STATUS, to: STATUS }`)",
                    keys_of("transition"), problems);
  if (!map.ok()) return;
  const auto* from_node = map.required("from");
  const auto* to_node = map.required("to");
  if (from_node == nullptr || to_node == nullptr) return;
  const auto from =
      open_status(*from_node, statuses, "the status that the issue has, `from`", "reopens no issue", problems);
  const auto target =
      open_status(*to_node, statuses, "the status that it gets, `to`", "never closes an issue", problems);
  if (!from || !target) return;
  if (same_name(*from, *target)) {
    problems.error(to_node->place, "`from` and `to` are both " + ticked(*target) + ": nothing would change");
    return;
  }
  to.push_back({state, *from, *target});
}

}  // namespace

const KeyList& state_words() {
  static const KeyList words{"none",
                             "ok",
                             "paused",
                             "at_risk",
                             "breached",
                             "met",
                             "running",
                             "not_started",
                             "cancelled",
                             "free",
                             "included",
                             "pool",
                             "paid",
                             "undecided",
                             "waiting_for_us",
                             "waiting_for_customer",
                             "waiting_for_order",
                             "waiting_for_third_party",
                             "resolved",
                             "closed",
                             "withdrawn",
                             "priority_mismatch",
                             "no_nda",
                             "closed_without_confirmation",
                             "newer_version_only",
                             "wrong_address",
                             "assign_consultant",
                             "copy_owner",
                             "product_moved",
                             "contract_ended",
                             k_entitled_state,
                             "not_entitled"};
  return words;
}

std::map<std::string, std::string> states_of(const YamlNode& node, const std::string& what, Problems& problems) {
  std::map<std::string, std::string> result;
  const YamlMap map(node, what, state_words(), problems);
  for (const auto& entry : node.entries) {
    if (const auto word = word_of(entry.value, "the word for " + ticked(entry.key), problems))
      result[entry.key] = *word;
  }
  return result;
}

std::vector<WriteTransition> transitions_of(const YamlNode& node, const std::map<std::string, Phase>& statuses,
                                            Problems& problems) {
  std::vector<WriteTransition> transitions;
  const YamlMap map(node, "`transitions`", state_words(), problems);
  for (const auto& entry : node.entries) {
    if (!map.ok() || entry.value.kind == YamlNode::Kind::nothing) continue;
    if (entry.value.kind != YamlNode::Kind::list) {
      add_transition(entry.value, entry.key, statuses, transitions, problems);
      continue;
    }
    for (const auto& item : entry.value.items) add_transition(item, entry.key, statuses, transitions, problems);
  }
  return transitions;
}

}  // namespace cb
