// The parts of bridge.yaml: a tracker's people, statuses, priorities, what is read and what is written, and who is told
// outside the tracker. Internal to the loader.
#pragma once

#include "bridge/settings/loading.hpp"

namespace cb {

// `{ roles, groups, logins, addresses, domains }`, or a list of logins and addresses.
People people_of(const YamlNode& node, const std::string& what, Problems& problems);
std::map<std::string, Phase> statuses_of(const YamlNode& node, Problems& problems);
// `words` takes the tracker's own words as written.
std::map<std::string, Priority> priorities_of(const YamlNode& node, std::vector<std::string>& words,
                                              Problems& problems);
ReadTerms read_terms_of(const YamlNode& node, Problems& problems);
WriteSettings write_settings_of(const YamlNode& node, Problems& problems);
// The field and the label that say `pool`: their history tells what people were shown (ruling 35).
std::vector<Source> shows_pool(const WriteSettings& write);
// A field that the bridge writes is no evidence (design.md 7): two slots in one field, or a field both read and
// written, are errors.
void check_own_fields(const YamlNode& read, const YamlNode& write, Problems& problems);
// `notifications` of the file.
void read_notifications(const YamlNode& node, Settings& settings, Problems& problems);

}  // namespace cb
