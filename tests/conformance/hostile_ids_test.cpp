// Ids of issues that are none (H31 to H42), as a command line, a webhook or a store may bring them: nothing is read or
// written for them, and no request goes where they point to. tests/adapters/bugzilla_tracker_test.cpp has more numbers.
#include <doctest/doctest.h>

#include <algorithm>

#include "tests/conformance/writing.hpp"

using namespace cb;
using namespace cb::conformance;

namespace {

struct Row {
  std::string id;
  std::string what;
  std::string issue;
};

const std::vector<Row>& rows() {
  static const std::vector<Row> k_rows{{"H31", "up in the path", "../../users/current"},
                                       {"H32", "up, encoded", "%2e%2e%2fusers"},
                                       {"H33", "a query of its own", "1?key=stolen&include=journals"},
                                       {"H34", "a part of a page", "1#note-2"},
                                       {"H35", "another resource", "1/watchers"},
                                       {"H36", "a second header", "1\r\nX-Forged: yes\r\n\r\n"},
                                       {"H37", "a second request", "1 HTTP/1.1\r\nHost: evil.example\r\n\r\nGET /2"},
                                       {"H38", "nothing", ""},
                                       {"H39", "a number that is too big", "99999999999999999999"},
                                       {"H40", "a negative number", "-1"},
                                       {"H41", "digits of another script", "\xD9\xA1"},
                                       {"H42", "NUL", std::string("1\0.json", 7)}};
  return k_rows;
}

// Targets that a request for that id may have had: encoded to a single part of the path.
bool stays_in_place(const FakeTracker::Logged& request) {
  for (const auto* sign : {"../", "/users", "stolen", "#", "/watchers", "\r", "\n", " ", "evil"})
    if (request.target.find(sign) != std::string::npos) return false;
  return true;
}

}  // namespace

TEST_CASE("H31 to H42: an id that is none is no issue, and leads nowhere") {
  on_the_fakes([](TrackerUnderTest& t) {
    const auto good = t.backstage->create(Who::customer, {"The only one"});
    const auto tracker = t.open();
    REQUIRE(tracker->fetch(t.key(good)).has_value());
    for (const auto& row : rows()) {
      CAPTURE(row.id);
      CAPTURE(row.what);
      t.fake->clear_log();
      const auto fetched = tracker->fetch(t.key(row.issue));
      REQUIRE_FALSE(fetched.has_value());
      const auto& what = fetched.error().what;
      CAPTURE(what);
      CHECK(std::none_of(what.begin(), what.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; }));
      CHECK(fetched.error().kind != ErrorKind::retry_later);
      const auto written = tracker->apply(t.key(row.issue), fields({{t.words.text(), {"x", {}}}}), {"x"});
      CHECK_FALSE(written.has_value());
      CHECK(t.fake->writes() == 0);
      for (const auto& request : t.fake->log()) {
        // Who we are is asked where an issue is not there; that is no request for the id.
        const bool own = request.target.find("current") != std::string::npos && row.issue.find("current") != 6;
        CAPTURE(request.target);
        CHECK((own || stays_in_place(request)));
      }
    }
    REQUIRE(tracker->fetch(t.key(good)).has_value());
  });
}
