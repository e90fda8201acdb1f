#include "bridge/init/proposal_json.hpp"

#include <nlohmann/json.hpp>

namespace cb {
namespace {

using Json = nlohmann::ordered_json;

template <class E>
Json words_json(const std::map<E, std::vector<MappedWord>>& words, Json& doubtful) {
  Json out = Json::object();
  for (const auto& [meaning, list] : words) {
    auto& names = out[to_text(meaning)] = Json::array();
    for (const auto& word : list) {
      names.push_back(word.word);
      if (!word.sure) doubtful.push_back(word.word);
    }
  }
  return out;
}

Json binding_json(const FieldBinding& binding) {
  Json out{{"key", binding.section + "." + binding.key}, {"field", binding.field}};
  if (!binding.value.empty()) out["value"] = binding.value;
  if (!binding.format.empty()) out["format"] = binding.format;
  return out;
}

Json missing_json(const Proposal& proposal) {
  Json out = Json::array();
  for (const auto& field : proposal.missing) {
    auto entry = binding_json(field.binding);
    entry["type"] = field.type;
    if (!field.values.empty()) entry["values"] = field.values;
    entry["use"] = field.use;
    entry["recommended"] = field.recommended;
    out.push_back(std::move(entry));
  }
  for (const auto& [state, label] : proposal.missing_labels)
    out.push_back({{"key", "write.labels." + state}, {"label", label}, {"recommended", true}});
  if (proposal.missing_flag)
    out.push_back({{"key", "write.flags.entitled"}, {"flag", "entitled"}, {"recommended", true}});
  return out;
}

Json tracker_json(const InitTarget& target) {
  Json out{
      {"name", target.name}, {"kind", to_text(target.kind)}, {"url", target.url}, {"api_key", target.api_key.text}};
  if (!target.login.empty()) out["login"] = target.login;
  if (!target.ca_file.empty()) out["ca_file"] = target.ca_file;
  if (!target.projects.empty()) out["projects"] = target.projects;
  return out;
}

}  // namespace

std::string proposal_json(const Proposal& proposal) {
  Json out;
  out["tracker"] = tracker_json(proposal.target);
  out["version"] = proposal.version;
  out["account"] = proposal.account;
  out["visible_projects"] = proposal.visible_projects;
  out["server_timezone"] = {{"name", proposal.target.server_timezone}, {"proved", proposal.zone_is_proved}};
  auto doubtful = Json::array();
  out["statuses"] = words_json(proposal.statuses, doubtful);
  out["priorities"] = words_json(proposal.priorities, doubtful);
  out["please_check"] = std::move(doubtful);
  out["staff"] = {{"roles", proposal.staff.roles},
                  {"groups", proposal.staff.groups},
                  {"domains", proposal.staff.domains},
                  {"sure", proposal.staff_is_sure}};
  out["bots"] = {{"roles", proposal.bots.roles}};
  out["fields"] = Json::array();
  for (const auto& binding : proposal.bound) out["fields"].push_back(binding_json(binding));
  out["missing"] = missing_json(proposal);
  out["label_field"] = proposal.label_field;
  out["labels"] = proposal.labels;
  out["read_labels"] = proposal.read_labels;
  out["flags"] = proposal.flags;
  out["property"] = proposal.property;
  out["internal_comments"] = proposal.internal_comments;
  out["tasks"] = Json::array();
  for (const auto& task : proposal.tasks) out["tasks"].push_back({{"title", task.title}, {"steps", task.steps}});
  out["made"] = proposal.made;
  out["not_made"] = proposal.not_made;
  out["remarks"] = proposal.remarks;
  out["notes"] = proposal.notes;
  out["problems"] = proposal.problems;
  return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace cb
