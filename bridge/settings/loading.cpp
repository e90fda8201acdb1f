#include "bridge/settings/loading.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace cb {
namespace {

// Names of time zones, from the list that comes with tzdata; empty when it is not installed.
std::vector<std::string> zone_names() {
  std::vector<std::string> names;
  std::ifstream file("/usr/share/zoneinfo/tzdata.zi");
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("Z ")) names.push_back(line.substr(2, line.find(' ', 2) - 2));
    if (line.starts_with("L ")) names.push_back(line.substr(line.rfind(' ') + 1));
  }
  return names;
}

std::string joined(const std::string& folder, const std::string& name) {
  return folder.empty() || folder.ends_with('/') ? folder + name : folder + "/" + name;
}

}  // namespace

std::optional<YamlNode> read_part(Loading& loading, const std::string& name) {
  const std::string path = joined(loading.folder, name);
  loading.files.push_back(path);
  return read_yaml_file(path, path, loading.problems);
}

Place whole_file(const Loading& loading, const std::string& name) {
  return {std::make_shared<const std::string>(joined(loading.folder, name)), 0, 0};
}

bool check_reference(const YamlNode& node, const std::string& word, const Names& names, const std::string& what,
                     const std::string& where, Problems& problems) {
  if (!names) return true;
  if (std::find(names->begin(), names->end(), word) != names->end()) return true;
  std::string text = "there is no " + what + " " + ticked(word) + " in " + where;
  text += names->empty() ? "; none is defined there" : word_hint(word, *names);
  problems.error(node.place, text);
  return false;
}

std::optional<std::string> reference_of(const YamlNode& node, const Names& names, const std::string& what,
                                        const std::string& where, Problems& problems) {
  auto word = word_of(node, "the name of a " + what, problems);
  if (!word || !check_reference(node, *word, names, what, where, problems)) return std::nullopt;
  return word;
}

bool is_language(const std::string& text) {
  const auto lower = [](char c) { return c >= 'a' && c <= 'z'; };
  const auto dash = std::min(text.find('-'), text.size());
  const bool main =
      (dash == 2 || dash == 3) && std::all_of(text.begin(), text.begin() + static_cast<long>(dash), lower);
  const bool region = dash == text.size() || text.size() - dash > 2;
  return main && region;
}

std::optional<std::string> language_of(const YamlNode& node, const std::string& what, Problems& problems) {
  auto word = text_of(node, what, problems);
  if (!word) return std::nullopt;
  if (is_language(*word)) return word;
  problems.error(node.place,
                 "expected " + what + ", a code of two letters such as `en` or `cs`, but found " + ticked(*word));
  return std::nullopt;
}

std::optional<Zone> zone_of(const YamlNode& node, Problems& problems) {
  const auto name = text_of(node, "a time zone such as `Europe/Prague`", problems);
  if (!name) return std::nullopt;
  auto zone = Zone::find(*name);
  if (zone) return zone;
  static const std::vector<std::string> known = zone_names();
  // An abbreviation is another zone's name by chance: MSK is not MST.
  const bool abbreviation =
      name->size() <= 5 && std::all_of(name->begin(), name->end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  const auto near = abbreviation ? std::string() : nearest_word(*name, known);
  problems.error(node.place, "unknown time zone " + ticked(*name) +
                                 (near.empty() ? "; expected an IANA name such as `Europe/Prague` or `UTC`"
                                               : "; did you mean " + ticked(near) + "?"));
  return std::nullopt;
}

std::optional<Source> source_of(const YamlNode& node, const std::string& what, Problems& problems) {
  const YamlMap map(node, what + " (`{ field: NAME }` or `{ label: NAME }`)", keys_of("source"), problems);
  if (!map.ok()) return std::nullopt;
  Source source;
  const auto* field = map.optional("field");
  const auto* label = map.optional("label");
  if (field) source.field = word_of(*field, "the name of a field", problems).value_or("");
  if (label) source.label = word_of(*label, "a label", problems).value_or("");
  if (const auto* value = map.optional("value")) {
    source.value = word_of(*value, "the value that says yes", problems).value_or("");
  }
  if (!node.find("field") && !node.find("label")) {
    problems.error(node.place, "the key `field` or `label` is missing in " + what);
    return std::nullopt;
  }
  if (field && label) {
    problems.error(label->place, what + " is found in a field or as a label; give one of them");
    return std::nullopt;
  }
  return source;
}

}  // namespace cb
