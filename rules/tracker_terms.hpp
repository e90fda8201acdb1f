// What a tracker's words mean: statuses to phases, priorities to the neutral four, who is staff or a bot, and in
// which field or label a fact stands. Names compare ignoring case: keys of the maps are folded (text.hpp).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "rules/issue.hpp"

namespace cb {

enum class Role { customer, partner, staff, bridge, bot };
enum class Phase {
  waiting_for_us,
  waiting_for_customer,
  waiting_for_order,
  waiting_for_third_party,
  resolved,
  closed,
  withdrawn
};
enum class Priority { low, normal, high, urgent };

std::string to_text(Role role);
std::string to_text(Phase phase);
std::string to_text(Priority priority);
std::optional<Phase> phase_from_text(const std::string& text);
std::optional<Priority> priority_from_text(const std::string& text);

// Anybody who matches one of these; `*.acme.example` matches subdomains, a plain domain only itself (ruling 44).
struct People {
  std::vector<std::string> roles;
  std::vector<std::string> groups;
  std::vector<std::string> logins;
  std::vector<std::string> addresses;
  std::vector<std::string> domains;
};
bool matches(const People& people, const Author& author);

// Where a fact is found: in a field or as a label, with the value that says yes where that makes sense.
struct Source {
  std::string field;
  std::string label;
  std::string value;
};

struct ReadTerms {
  std::optional<Source> customer, organisation, product, type, version, resolution, channel, language, fix_date,
      category, approval, declined, workaround, justification, modified_code, override_;
};

struct TrackerTerms {
  std::string name;
  People staff;
  People bots;
  std::map<std::string, Phase> statuses;  // also with a resolution behind one blank, which wins: resolved duplicate
  std::map<std::string, Priority> priorities;
  ReadTerms read;
  std::vector<Source> shows_pool;  // where we show that an issue uses a free request; never read as evidence of a claim
};

}  // namespace cb
