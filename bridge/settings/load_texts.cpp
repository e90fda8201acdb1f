// texts/LANGUAGE.yaml: templates by name. Texts that are not there are built in. A template may name only the facts
// that bridge/texts lists for it (the visibility guard, design.md 7). A fact that only one language leaves out was
// probably forgotten when the others were changed.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "bridge/settings/loading.hpp"
#include "bridge/settings/yaml_scan.hpp"
#include "bridge/texts/known_texts.hpp"

namespace cb {
namespace {

// Where a fact is written: the first line from the text's own on that holds it in braces.
Place place_of_fact(const Place& text, const std::string& fact) {
  std::ifstream stream(*text.file, std::ios::binary);
  std::ostringstream content;
  content << stream.rdbuf();
  const auto lines = lines_of(content.str());
  for (auto line = static_cast<std::size_t>(text.line - 1); line < lines.size(); ++line) {
    for (auto at = lines[line].find("{{"); at != std::string::npos; at = lines[line].find("{{", at + 2)) {
      const auto name = lines[line].find_first_not_of("{#^/& ", at);
      if (name == std::string::npos || lines[line].compare(name, fact.size(), fact) != 0) continue;
      return {text.file, static_cast<int>(line) + 1, character_column(lines[line], static_cast<int>(name))};
    }
  }
  return text;
}

void check_facts(const YamlEntry& entry, const KnownText& known, Problems& problems) {
  const auto wrong = template_problem(entry.value.text);
  if (!wrong.empty()) problems.error(entry.value.place, "the text " + ticked(entry.key) + ": " + wrong);
  for (const auto& fact : facts_used(entry.value.text)) {
    if (known.facts.count(fact) > 0) continue;
    const KeyList facts(known.facts.begin(), known.facts.end());
    problems.error(place_of_fact(entry.value.place, fact),
                   "the text " + ticked(entry.key) + " has no fact " + ticked("{{" + fact + "}}") +
                       (facts.empty() ? "; this text names none" : word_hint(fact, facts)));
  }
}

KeyList names_of_texts(bool for_customers) {
  KeyList names;
  for (const auto& text : known_texts()) {
    if (text.customer_reads_it == for_customers) names.push_back(text.name);
  }
  return names;
}

struct OwnText {
  std::string language;
  Place place;
  std::set<std::string> facts;
};
// By name; what customers read alone, since notes for staff have one language.
using OwnTexts = std::map<std::string, std::vector<OwnText>>;

void warn_of_forgotten_facts(const OwnTexts& own, Problems& problems) {
  for (const auto& [name, texts] : own) {
    if (texts.size() < 2) continue;
    for (const auto& fact : find_known_text(name)->facts) {
      const auto names_it = [&](const OwnText& text) { return text.facts.count(fact) > 0; };
      const auto missing = std::find_if_not(texts.begin(), texts.end(), names_it);
      if (missing == texts.end() || !std::all_of(missing + 1, texts.end(), names_it)) continue;
      problems.warning(missing->place, "the text " + ticked(name) + " of " + missing->language + " does not name " +
                                           ticked("{{" + fact + "}}") + ", which the other " +
                                           (texts.size() == 2 ? "language does" : "languages do"));
    }
  }
}

void load_file(const std::string& name, Loading& loading, OwnTexts& own) {
  auto& problems = loading.problems;
  const auto root = read_part(loading, "texts/" + name);
  const auto language = name.substr(0, name.rfind('.'));
  const bool for_customers = language != "staff";
  if (for_customers && !is_language(language)) {
    problems.error(whole_file(loading, "texts/" + name),
                   "a file of texts is called by its language, such as `en.yaml`, or `staff.yaml` for notes to staff");
  }
  if (!root || root->kind == YamlNode::Kind::nothing) return;
  const YamlMap map(*root, "texts/" + name, names_of_texts(for_customers), problems);
  for (const auto& entry : root->entries) {
    const auto* known = find_known_text(entry.key);
    if (!known || known->customer_reads_it != for_customers || entry.value.kind == YamlNode::Kind::nothing) continue;
    const auto text = text_of(entry.value, "the text " + ticked(entry.key), problems);
    if (!text) continue;
    check_facts(entry, *known, problems);
    if (for_customers) own[entry.key].push_back({language, entry.value.place, facts_used(*text)});
    loading.settings.texts[language][entry.key] = *text;
  }
}

}  // namespace

void load_texts(Loading& loading) {
  namespace fs = std::filesystem;
  std::error_code failed;
  std::vector<std::string> names;
  const fs::path folder = fs::path(loading.folder) / "texts";
  for (fs::directory_iterator entry(folder, failed), end; !failed && entry != end; entry.increment(failed)) {
    const auto name = entry->path().filename().string();
    const auto extension = entry->path().extension();
    if (name.front() != '.' && (extension == ".yaml" || extension == ".yml")) names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  OwnTexts own;
  for (const auto& name : names) load_file(name, loading, own);
  warn_of_forgotten_facts(own, loading.problems);
}

}  // namespace cb
