#include "tests/fuzz/neutral.hpp"

#include <algorithm>

#include "adapters/json_read.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace cb::fuzz {

namespace {

void check_text(const std::string& text) {
  must(text.find('\r') == std::string::npos && text.find('\0') == std::string::npos, "lines end with \\n alone");
}

}  // namespace

void check_error(const Error& error) {
  must(error.kind == ErrorKind::bad_reply, "an answer that cannot be read is a bad reply");
  must(!error.what.empty() && is_one_clean_line(error.what), "an error is one line of words: " + error.what);
}

void check_fetched(const Fetched& fetched, const std::string& id) {
  const auto& issue = fetched.issue;
  must_be(issue.key.id, id, "the issue is the one of the answer");
  check_text(issue.summary);
  check_text(issue.description);
  for (const auto& event : issue.history)
    if (event.comment) check_text(event.comment->text);
  const auto earlier = [](const Event& a, const Event& b) { return a.at < b.at; };
  must(std::is_sorted(issue.history.begin(), issue.history.end(), earlier), "the history is in order");
  must(issue.logged_hours == issue.logged_hours, "the hours are a number");
  if (fetched.record) must(is_same_json(*fetched.record, *fetched.record), "the record is JSON");
}

}  // namespace cb::fuzz
