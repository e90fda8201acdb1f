#include "bridge/settings/load_tracker_parts.hpp"

#include <algorithm>

#include "bridge/settings/address_forms.hpp"
#include "bridge/settings/state_words.hpp"
#include "rules/decision.hpp"
#include "rules/text.hpp"

namespace cb {
namespace {

const std::vector<std::pair<std::string, InstantFormat>> k_formats{
    {"natural", InstantFormat::natural}, {"local", InstantFormat::local}, {"iso", InstantFormat::iso}};
const std::vector<std::pair<std::string, CommentMode>> k_modes{
    {"public", CommentMode::everybody}, {"internal", CommentMode::internal}, {"off", CommentMode::off}};

void check_forms(const YamlNode& list, std::string (*wrong)(const std::string&), Problems& problems) {
  for (const auto& item : list.items) {
    if (item.kind != YamlNode::Kind::scalar) continue;
    if (const auto words = wrong(item.text); !words.empty()) problems.error(item.place, words);
  }
}

// Words of a tracker to the neutral meaning; a word claimed twice is ambiguous.
template <class E>
std::map<std::string, E> meanings_of(const YamlNode& node, const std::string& what, const KeyList& keys,
                                     std::optional<E> (*meaning)(const std::string&), std::vector<std::string>& words,
                                     Problems& problems) {
  std::map<std::string, E> result;
  std::map<std::string, const YamlEntry*> claimed;
  const YamlMap map(node, what, keys, problems);
  for (const auto& entry : node.entries) {
    const auto value = meaning(entry.key);
    if (!value || entry.value.kind == YamlNode::Kind::nothing) continue;
    for (const auto& item : items_of(entry.value, "the tracker's words for " + ticked(entry.key), problems)) {
      const auto word = word_of(item, "a word of the tracker", problems);
      if (!word) continue;
      const auto [found, is_new] = claimed.emplace(folded(*word), &entry);
      if (!is_new) {
        problems.error(item.place, ticked(*word) + " stands under " + ticked(found->second->key) + " in line " +
                                       std::to_string(found->second->place.line) + " already; a word has one meaning");
        continue;
      }
      words.push_back(*word);
      result[folded(*word)] = *value;
    }
  }
  return result;
}

// `name+`, `name-`, `name?` or `name`; the sign is empty where there is none.
std::optional<WriteFlag> flag_of(const YamlEntry& entry, Problems& problems) {
  const auto word = word_of(entry.value, "the flag for " + ticked(entry.key) + ", as `name+`", problems);
  if (!word) return {};
  const std::string signs = "+-?";
  WriteFlag flag{entry.key, *word, ""};
  if (!word->empty() && signs.find(word->back()) != std::string::npos) {
    flag.sign = word->substr(word->size() - 1);
    flag.flag.pop_back();
  }
  const bool named = !flag.flag.empty() && flag.flag.find_first_of(" ,\t") == std::string::npos &&
                     signs.find(flag.flag.back()) == std::string::npos;
  if (named) return flag;
  problems.error(entry.value.place, "expected the flag for " + ticked(entry.key) +
                                        " as `name+`, `name-`, `name?` or the name alone, without blanks or commas, "
                                        "but found " +
                                        ticked(*word));
  return {};
}

// A name alone is `+` while the state holds; under `entitled` it shows all three: + yes, - no, ? undecided.
std::vector<WriteFlag> flags_of(const YamlNode& node, Problems& problems) {
  std::vector<WriteFlag> flags;
  const YamlMap map(node, "`flags`", state_words(), problems);
  const YamlEntry* all_three = nullptr;
  for (const auto& entry : node.entries) {
    auto flag = flag_of(entry, problems);
    if (!flag) continue;
    if (flag->sign.empty() && flag->state == k_entitled_state) {
      all_three = &entry;
      flags.push_back({"not_entitled", flag->flag, "-"});
      flags.push_back({"undecided", flag->flag, "?"});
    }
    if (flag->sign.empty()) flag->sign = "+";
    flags.push_back(*flag);
  }
  for (const auto& entry : node.entries) {
    const bool says_too = entry.key == "not_entitled" || entry.key == "undecided";
    const auto flag = all_three != nullptr && says_too ? flag_of(entry, problems) : std::nullopt;
    if (!flag || !same_name(flag->flag, all_three->value.text)) continue;
    problems.error(entry.value.place, "the flag " + ticked(flag->flag) + " shows " + ticked(entry.key) +
                                          " already, because under " + ticked(k_entitled_state) + " in line " +
                                          std::to_string(all_three->value.place.line) + " it has no sign; write " +
                                          ticked(flag->flag + "+") + " there to set each sign by itself");
  }
  return flags;
}

std::map<std::string, CommentMode> comments_of(const YamlNode& node, Problems& problems) {
  std::map<std::string, CommentMode> result;
  const YamlMap map(node, "`comments`", keys_of("comments"), problems);
  for (const auto& entry : node.entries) {
    if (entry.value.kind == YamlNode::Kind::nothing) continue;
    if (const auto mode = choice_of(entry.value, "who reads the comment " + ticked(entry.key), k_modes, problems)) {
      result[entry.key] = *mode;
    }
  }
  return result;
}

}  // namespace

People people_of(const YamlNode& node, const std::string& what, Problems& problems) {
  People people;
  if (node.kind == YamlNode::Kind::list) {
    for (const auto& item : node.items) {
      const auto word = word_of(item, "a login or an address", problems);
      if (!word) continue;
      (word->find('@') == std::string::npos ? people.logins : people.addresses).push_back(*word);
    }
    return people;
  }
  const YamlMap map(node, what, keys_of("people"), problems);
  if (!map.ok()) return people;
  const auto words = [&](const char* key) {
    const auto* list = map.optional(key);
    return list ? words_of(*list, "`" + std::string(key) + "`", problems) : std::vector<std::string>();
  };
  people.roles = words("roles");
  people.groups = words("groups");
  people.logins = words("logins");
  people.addresses = words("addresses");
  people.domains = words("domains");
  if (const auto* list = map.optional("addresses")) check_forms(*list, address_problem, problems);
  if (const auto* list = map.optional("domains")) check_forms(*list, domain_problem, problems);
  return people;
}

std::map<std::string, Phase> statuses_of(const YamlNode& node, Problems& problems) {
  std::vector<std::string> words;
  return meanings_of<Phase>(node, "`statuses`, the tracker's statuses by phase", keys_of("statuses"), phase_from_text,
                            words, problems);
}

std::map<std::string, Priority> priorities_of(const YamlNode& node, std::vector<std::string>& words,
                                              Problems& problems) {
  return meanings_of<Priority>(node, "`priorities`", keys_of("priorities"), priority_from_text, words, problems);
}

ReadTerms read_terms_of(const YamlNode& node, Problems& problems) {
  ReadTerms terms;
  const YamlMap map(node, "`read`", keys_of("read"), problems);
  if (!map.ok()) return terms;
  const std::vector<std::pair<const char*, std::optional<Source>*>> places{{"customer", &terms.customer},
                                                                           {"organisation", &terms.organisation},
                                                                           {"product", &terms.product},
                                                                           {"version", &terms.version},
                                                                           {"type", &terms.type},
                                                                           {"resolution", &terms.resolution},
                                                                           {"channel", &terms.channel},
                                                                           {"language", &terms.language},
                                                                           {"fix_date", &terms.fix_date},
                                                                           {"category", &terms.category},
                                                                           {"approval", &terms.approval},
                                                                           {"declined", &terms.declined},
                                                                           {"workaround", &terms.workaround},
                                                                           {"justification", &terms.justification},
                                                                           {"modified_code", &terms.modified_code},
                                                                           {"override", &terms.override_}};
  for (const auto& [key, source] : places) {
    if (const auto* found = map.optional(key)) *source = source_of(*found, "`" + std::string(key) + "`", problems);
  }
  return terms;
}

WriteSettings write_settings_of(const YamlNode& node, Problems& problems) {
  WriteSettings settings;
  const YamlMap map(node, "`write`", keys_of("write"), problems);
  if (!map.ok()) return settings;
  for (const auto& entry : node.entries) {
    const auto slot = slot_from_text(entry.key);
    if (!slot || entry.value.kind == YamlNode::Kind::nothing) continue;
    const YamlMap field(entry.value, ticked(entry.key) + " (`{ field: NAME }`)", keys_of("write field"), problems);
    if (!field.ok()) continue;
    WriteField target;
    if (const auto* name = field.required("field")) {
      target.field = word_of(*name, "the name of a field", problems).value_or("");
    }
    if (const auto* format = field.optional("format")) {
      target.format = choice_of(*format, "the format of an instant", k_formats, problems).value_or(target.format);
    }
    settings.fields[*slot] = target;
  }
  if (const auto* labels = map.optional("labels")) settings.labels = states_of(*labels, "`labels`", problems);
  if (const auto* flags = map.optional("flags")) settings.flags = flags_of(*flags, problems);
  if (const auto* property = map.optional("property")) {
    settings.property = word_of(*property, "the name of an issue property", problems).value_or("");
  }
  if (const auto* comments = map.optional("comments")) settings.comments = comments_of(*comments, problems);
  if (const auto* assign = map.optional("assign")) {
    settings.assign_consultant =
        choice_of<bool>(*assign, "who is assigned", {{"consultant", true}, {"off", false}}, problems).value_or(false);
  }
  if (const auto* copy = map.optional("copy")) {
    settings.copy_escalation =
        choice_of<bool>(*copy, "who is put in copy", {{"escalation", true}, {"off", false}}, problems).value_or(false);
    const auto mode = settings.comments.find("escalation");
    if (settings.copy_escalation && (mode == settings.comments.end() || mode->second != CommentMode::internal)) {
      problems.error(copy->place,
                     "`copy: escalation` needs `comments: { escalation: internal }`: the note remembers who was put in "
                     "copy, so that nobody who left is added again");
    }
  }
  return settings;
}

void check_own_fields(const YamlNode& read, const YamlNode& write, Problems& problems) {
  std::map<std::string, const YamlEntry*> written;
  for (const auto& entry : write.entries) {
    const auto* field = entry.value.find("field");
    if (!slot_from_text(entry.key) || !field || field->text.empty()) continue;
    const auto [found, is_new] = written.emplace(folded(field->text), &entry);
    if (!is_new) {
      problems.error(field->place, "the field " + ticked(field->text) + " is written by " + ticked(found->second->key) +
                                       " in line " + std::to_string(found->second->place.line) +
                                       " already; two values cannot stand in one field");
    }
  }
  const auto* labels = write.find("labels");
  for (const auto& entry : read.entries) {
    const auto* label = entry.value.find("label");
    for (const auto& state : labels ? labels->entries : std::vector<YamlEntry>{}) {
      if (!label || !same_name(label->text, state.value.text)) continue;
      problems.error(state.value.place, "the label " + ticked(label->text) + " is read as " + ticked(entry.key) +
                                            " in line " + std::to_string(label->place.line) +
                                            "; what the bridge writes itself cannot be evidence, take another label");
    }
  }
  for (const auto& entry : read.entries) {
    const auto* field = entry.value.find("field");
    const auto found = field ? written.find(folded(field->text)) : written.end();
    if (found == written.end()) continue;
    problems.error(found->second->value.find("field")->place,
                   "the field " + ticked(field->text) + " is read as " + ticked(entry.key) + " in line " +
                       std::to_string(field->place.line) +
                       "; what the bridge writes itself cannot be evidence, take another field");
  }
}

std::vector<Source> shows_pool(const WriteSettings& write) {
  const auto word = to_text(Billing::pool);
  std::vector<Source> out;
  if (const auto slot = write.fields.find(Slot::billing); slot != write.fields.end()) {
    out.push_back({slot->second.field, "", word});
  }
  if (const auto label = write.labels.find(word); label != write.labels.end()) out.push_back({"", label->second, ""});
  return out;
}

}  // namespace cb
