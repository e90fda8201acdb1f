#include "adapters/result.hpp"

namespace cb {

std::string to_text(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::retry_later:
      return "retry_later";
    case ErrorKind::stale:
      return "stale";
    case ErrorKind::not_found:
      return "not_found";
    case ErrorKind::denied:
      return "denied";
    case ErrorKind::rejected:
      return "rejected";
    case ErrorKind::bad_reply:
      return "bad_reply";
  }
  return "bad_reply";
}

}  // namespace cb
