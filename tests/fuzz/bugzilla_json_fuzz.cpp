// Bugzilla's answers: whatever JSON comes, it is a list of bugs, a list of something else, or an error with words.
#include "adapters/bugzilla/bugzilla_neutral.hpp"
#include "adapters/bugzilla/bugzilla_parse.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/fuzz/neutral.hpp"

namespace cb::fuzz {

namespace {

BugzillaTerms terms() {
  BugzillaTerms terms;
  terms.name = "support";
  terms.write = {{Slot::billing, "cf_sla"}, {Slot::resolution_due, "cf_due"}};
  terms.read.customer = terms.read.organisation = Source{"cf_customer", "", ""};
  terms.read.channel = Source{"", "vip", "phone"};
  terms.flags = {"Entitled"};
  return terms;
}

BugzillaNames names() {
  BugzillaNames names;
  for (const auto type : {BugzillaFieldType::text, BugzillaFieldType::date_time, BugzillaFieldType::select}) {
    BugzillaField field;
    field.name = type == BugzillaFieldType::text     ? "cf_sla"
                 : type == BugzillaFieldType::select ? "cf_customer"
                                                     : "cf_due";
    field.is_custom = true;
    field.type = type;
    names.fields.push_back(field);
  }
  names.zone = Zone::find("Europe/Berlin");
  names.insider_group = "insider";
  return names;
}

}  // namespace

void one_input(const std::string& bytes) {
  static const auto k_names = names();
  const auto document = [&] { return JsonDocument::parse(bytes, "reading bug 1 of support"); };
  const auto first = document();
  if (!first) return check_error(first.error());
  auto bugs = bugzilla_bugs(*document(), k_names.fields);
  if (bugs) {
    const auto comments = bugzilla_comments(*document(), {1, 2, 3});
    const auto history = bugzilla_histories(*document());
    for (auto& bug : *bugs) {
      if (comments && comments->count(2) > 0) bug.comments = comments->at(2);
      if (history && !history->empty()) bug.history = history->begin()->second;
      check_fetched(fetched_bug(bug, k_names, terms()), std::to_string(bug.id));
      bugzilla_revision(bug);
    }
  } else {
    check_error(bugs.error());
  }
  check(bugzilla_version(*document()));
  check(bugzilla_refs(*document()));
  check(bugzilla_comments(*document(), {1, 2, 3}));
  check(bugzilla_histories(*document()));
  check(bugzilla_users(*document()));
  check(bugzilla_whoami(*document()));
  check(bugzilla_truth(*document()));
  check(bugzilla_fields(*document()));
  check(bugzilla_products(*document()));
  check(bugzilla_ids(*document()));
  check(bugzilla_parameter(*document(), "timezone"));
  check(bugzilla_server_time(*document()));
}

}  // namespace cb::fuzz
