// How the outside fails. Each kind asks for one reaction: retry_later: back off; stale: re-read and decide again;
// not_found: confirm before it is believed; denied: stop this tracker and alarm; rejected: park the issue;
// bad_reply: park the issue and alarm. Messages are for people: what was attempted, on which tracker and issue,
// what the server answered, what to do; never a secret.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <tl/expected.hpp>

namespace cb {

enum class ErrorKind { retry_later, stale, not_found, denied, rejected, bad_reply };
std::string to_text(ErrorKind kind);

struct Error {
  ErrorKind kind = ErrorKind::bad_reply;
  std::string what;
  std::optional<std::chrono::seconds> retry_after;
  // A comment for staff was public, or what we write comes out wrong: no issue of this tracker is to be written.
  bool stops_writing = false;
  bool unanswered = false;  // the server was too slow: it may still be about to do what it was asked
};

// Debian's tl::expected may be ignored without a warning; this one may not.
template <class T>
class [[nodiscard]] Result : public tl::expected<T, Error> {
 public:
  using tl::expected<T, Error>::expected;
};

using Failure = tl::unexpected<Error>;
inline Failure failure(ErrorKind kind, std::string what) {
  return Failure(Error{kind, std::move(what), {}});
}

// Gives the value, or returns the error from the calling function.
#define TRY(name, expression)                                                 \
  auto name##_result = (expression);                                          \
  if (!name##_result) return ::cb::Failure(std::move(name##_result.error())); \
  auto name = std::move(*name##_result)

}  // namespace cb
