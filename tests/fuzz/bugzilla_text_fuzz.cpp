// Texts as Bugzilla keeps them: valid UTF-8, cut at a character, and the same when they are sent once more.
#include "adapters/bugzilla/bugzilla_history.hpp"
#include "adapters/bugzilla/bugzilla_values.hpp"
#include "adapters/bugzilla/bugzilla_write.hpp"
#include "adapters/bugzilla/bugzilla_zone.hpp"
#include "adapters/json_read.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace cb::fuzz {

namespace {

void try_field(const std::string& text, BugzillaFieldType type) {
  BugzillaField field;
  field.name = "cf_state";
  field.is_custom = true;
  field.type = type;
  const BugzillaClock clock{false, Zone::find("Europe/Berlin")};
  const auto wanted = bugzilla_wanted(field, Shown{text, {}}, clock);
  if (wanted.problem.empty() && !wanted.values.empty())
    must(bugzilla_shows(field, wanted.values, wanted, clock), "a field that holds what is wanted shows it");
}

}  // namespace

void one_input(const std::string& bytes) {
  const auto plain = bugzilla_plain(bytes);
  must_be(bugzilla_plain(plain), plain, "what is plain stays as it is");
  must(plain.find('\r') == std::string::npos && plain.find('\0') == std::string::npos, "no return and no NUL is left");
  const auto cut = cut_to(plain, 20, "...");
  must_be(bugzilla_plain(cut), cut, "no character is cut in two");
  BugzillaUpdate update;
  update.note = BugzillaNote{plain, true};
  update.whiteboard = plain;
  const auto sent = JsonDocument::parse(bugzilla_update_body(update), "the request");
  must(sent.has_value(), "a request is JSON");
  must_be(sent->root()["comment"]["body"].text(), plain, "a comment is sent as it is");
  for (const auto type : {BugzillaFieldType::text, BugzillaFieldType::textarea, BugzillaFieldType::select,
                          BugzillaFieldType::date_time, BugzillaFieldType::date})
    try_field(bytes, type);
  for (const auto& label : bugzilla_whiteboard_labels(bytes)) must(is_whiteboard_token(label), "a label has brackets");
  bugzilla_net_change(bytes.substr(0, bytes.size() / 2), bytes.substr(bytes.size() / 2), {"---", "gold", "silver"});
  bugzilla_zone_in(bytes);
  const auto zone = *Zone::find("Europe/Berlin");
  if (const auto instant = bugzilla_instant(bytes, zone))
    if (const auto written = bugzilla_date_time(*instant, zone))
      must(bugzilla_instant(*written, zone) == instant, "a wall time that is written reads back");
  bugzilla_date(bytes, zone);
}

}  // namespace cb::fuzz
