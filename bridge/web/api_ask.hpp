// What a request asks the API for, taken out of it strictly: an issue, a page of a list, an instant. Each gives the
// value, or the answer that refuses it with words.
// What is doubled, malformed or unknown in a query was refused before (with_parameters), and has no value here.
#pragma once

#include <string>
#include <variant>

#include "bridge/settings/settings.hpp"
#include "bridge/web/api_answers.hpp"

namespace cb {

// {tracker} and {id} of the route: 404 for a tracker that is not configured, 400 for what is no id of an issue.
std::variant<IssueKey, WebAnswer> asked_issue(const WebCall& call, const Settings& settings);

inline constexpr int k_usual_page = 50;
inline constexpr int k_longest_page = 200;

struct AskedPage {
  int limit = k_usual_page;
  std::string after;  // what next_cursor() was given; empty: the first page
};
// `limit` from 1 to 200 and `cursor`, which is one of this `list` (a word) or refused.
std::variant<AskedPage, WebAnswer> asked_page(const WebCall& call, const std::string& list);
// Opaque to those who get it, and good in a query as it is.
std::string next_cursor(const std::string& list, const std::string& place);

// The parameter as an instant, else `otherwise`.
std::variant<Instant, WebAnswer> asked_instant(const WebCall& call, const std::string& name, Instant otherwise);

}  // namespace cb
