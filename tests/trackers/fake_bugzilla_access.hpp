// Who asks, and what may that person see and do: keys, groups, roles on a bug.
#pragma once

#include <string>

#include "tests/trackers/fake_bugzilla_call.hpp"

namespace cb::fake_bugzilla {

// Nobody where no credentials came, or where they came in a header that this line of Bugzilla does not read. Refuses
// what is wrong (300, 301, 306).
const User* login_of(const State& state, const Json& params, const HttpRequest& request);

bool in_group(const User* user, const std::string& group);
bool is_insider(const State& state, const User* user);
bool is_time_tracker(const State& state, const User* user);
bool sees(const User* user, const Bug& bug);

// By number or alias; refuses 100, 101, 102.
const Bug& visible_bug(const Bugs& bugs, const User* user, const std::string& id_or_alias);

// Refuses with 115 what this person may not change; `field` is the API's name.
void check_may_change(const State& state, const User& user, const Bug& bug, const std::string& field,
                      const std::string& label, const std::string& from, const std::string& to);
// What check_may_change() would refuse, as the words for who may.
std::string who_may_change(const State& state, const User& user, const Bug& bug, const std::string& field,
                           const std::string& from, const std::string& to);

bool may_request(const State& state, const User* user, const FlagType& type);
bool may_grant(const State& state, const User* user, const FlagType& type);

// A person by login; refuses 51.
const User& existing_user(const State& state, const std::string& login);

}  // namespace cb::fake_bugzilla
