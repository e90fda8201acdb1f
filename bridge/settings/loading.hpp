// What the parts of the loader share while one folder is read; internal to bridge/settings. Each file of the
// configuration has its load_*.cpp; they run in an order in which names are known before they are referred to. A list
// of names is empty (optional) when its file could not be read: then references to it are not checked, so that one
// broken file does not bring a flood of errors elsewhere.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "bridge/settings/condition_reader.hpp"
#include "bridge/settings/key_catalogue.hpp"
#include "bridge/settings/settings.hpp"
#include "bridge/settings/yaml_reader.hpp"

namespace cb {

using Names = std::optional<std::vector<std::string>>;

struct Loading {
  std::string folder;
  Problems problems;
  Settings settings;
  std::vector<std::string> files;  // read so far, with the folder: the fingerprint is made of them
  Names trackers, calendars, categories, plans, staff, customers, partners;
  std::map<std::string, YamlNode> plan_nodes;                // merged by based_on
  OwnNames own;                                              // what the trackers' fields and labels of ours are called
  std::set<Priority> priorities;                             // that some tracker maps
  std::vector<std::string> priority_words;                   // the trackers' own
  std::map<std::string, std::string> calendar_zones;         // by calendar
  std::map<std::string, std::set<std::string>> title_words;  // languages of each plan's title
  std::map<std::string, Place> title_places;
};

// A file of the folder; remembers it for the fingerprint. Empty after a problem, which is reported.
std::optional<YamlNode> read_part(Loading& loading, const std::string& name);
Place whole_file(const Loading& loading, const std::string& name);

void load_bridge(Loading& loading);
void load_calendars(Loading& loading);
void load_classification(Loading& loading);
void load_plans(Loading& loading);
void load_contracts(Loading& loading);
void load_texts(Loading& loading);

// A word that must be one of the names: reports it with the nearest one. `what` as "calendar", `where` as
// "calendars.yaml".
bool check_reference(const YamlNode& node, const std::string& word, const Names& names, const std::string& what,
                     const std::string& where, Problems& problems);
// Reads the word as well; empty when it is none or not known.
std::optional<std::string> reference_of(const YamlNode& node, const Names& names, const std::string& what,
                                        const std::string& where, Problems& problems);

// `en`, `pt-BR`
bool is_language(const std::string& text);
std::optional<std::string> language_of(const YamlNode& node, const std::string& what, Problems& problems);
// An IANA zone; an unknown one is reported with the nearest.
std::optional<Zone> zone_of(const YamlNode& node, Problems& problems);
// `{ field: NAME }` or `{ label: NAME }`, with `value`.
std::optional<Source> source_of(const YamlNode& node, const std::string& what, Problems& problems);

}  // namespace cb
