// What a Bugzilla's answer means when it is none (observed.md 3, trackers.md A9): the number in it decides, not the
// status. 401 is used for "you may not change this field", 404 for "there is no such keyword", 200 for an internal
// exception.
#pragma once

#include <optional>
#include <string>

#include "adapters/bugzilla/bugzilla_session.hpp"

namespace cb {

// Codes that callers decide on.
inline constexpr std::int64_t k_bugzilla_no_such_object = 51;  // user, value, keyword, flag
inline constexpr std::int64_t k_bugzilla_no_such_alias = 100;
inline constexpr std::int64_t k_bugzilla_no_such_bug = 101;
inline constexpr std::int64_t k_bugzilla_bug_invisible = 102;
inline constexpr std::int64_t k_bugzilla_not_insider = 113;
inline constexpr std::int64_t k_bugzilla_auth_failure = 304;  // of an action that needs a right
inline constexpr std::int64_t k_bugzilla_no_such_resource = 32614;

ErrorKind bugzilla_kind_of(std::int64_t code, const std::string& method);
// The refusal that a document states; nothing where it is an answer.
std::optional<BugzillaRefusal> bugzilla_refusal(const JsonDocument& document, const std::string& method,
                                                const std::string& attempt);
// An answer with a bad status and without a number: of a proxy, or of a server that broke down. A 404 from there says
// nothing about any bug.
Error bugzilla_error_of(const HttpResponse& response, const std::string& attempt);

}  // namespace cb
