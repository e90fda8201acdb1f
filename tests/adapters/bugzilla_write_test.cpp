#include "adapters/bugzilla/bugzilla_write.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

namespace cb {

namespace {

using nlohmann::json;

BugzillaField field(const std::string& name, BugzillaFieldType type, std::vector<std::string> values = {}) {
  return {name, "Title of " + name, type, true, false, std::move(values)};
}

BugzillaWriting writing(const std::string& zone = "Europe/Berlin", bool iso = false) {
  return {{{Slot::billing, "cf_billing"},
           {Slot::plan, "Title of cf_plan"},
           {Slot::pool, "cf_pool"},
           {Slot::next_due, "cf_due"},
           {Slot::response_due, "cf_day"},
           {Slot::advice, "cf_advice"},
           {Slot::category, "cf_many"},
           {Slot::sla_state, "cf_gone"},
           {Slot::entitlement, "priority"}},
          {field("cf_billing", BugzillaFieldType::text),
           field("cf_plan", BugzillaFieldType::select, {"---", "Gold", "none"}),
           field("cf_pool", BugzillaFieldType::integer),
           field("cf_due", BugzillaFieldType::date_time),
           field("cf_day", BugzillaFieldType::date),
           field("cf_advice", BugzillaFieldType::textarea),
           field("cf_many", BugzillaFieldType::multi_select, {"a", "b"}),
           {"priority", "Priority", BugzillaFieldType::select, false, false, {"High"}}},
          {iso, Zone::find(zone)},
          "bridge@vendor.example"};
}

BugzillaBug bug() {
  BugzillaBug out;
  out.id = 5;
  out.product = "LMS";
  for (const auto* name : {"cf_billing", "cf_plan", "cf_pool", "cf_due", "cf_day", "cf_advice", "cf_many"})
    out.fields[name] = {};
  return out;
}

BugzillaBug holding(const std::string& name, const std::string& value) {
  auto out = bug();
  out.fields[name] = {value};
  return out;
}

// The body of the only request, or null for none.
json body_of(const BugzillaBug& before, const Changes& changes, const BugzillaWriting& how = writing(),
             const BugzillaLogins& people = {}) {
  const auto updates = bugzilla_updates(before, changes, how, people);
  REQUIRE(updates.size() <= 1);
  return updates.empty() ? json() : json::parse(bugzilla_update_body(updates.front()));
}

Shown at(const char* iso) {
  return {iso, instant_from_iso(iso)};
}

Changes showing(Slot slot, Shown shown) {
  Changes changes;
  changes.fields[slot] = std::move(shown);
  return changes;
}

std::string repeated(const std::string& text, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += text;
  return out;
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a field gets what its type takes, and nothing when it holds that already") {
  struct Row {
    const char* name;
    Slot slot;
    Shown shown;
    const char* held;  // empty: nothing
    const char* body;  // null: nothing is sent
  };
  const std::string long_text = repeated("ä", 300);
  const std::string cut = repeated("ä", 254) + "…";
  const std::string cut_body = R"({"cf_billing":")" + cut + "\"}";
  const Row rows[] = {
      {"text", Slot::billing, {"free", {}}, "", R"({"cf_billing":"free"})"},
      {"text, trimmed", Slot::billing, {" free\r\n", {}}, "free", "null"},
      {"text that was longer than fits", Slot::billing, {long_text, {}}, "", cut_body.c_str()},
      {"text that was cut before", Slot::billing, {long_text, {}}, cut.c_str(), "null"},
      {"text, cleared", Slot::billing, {"", {}}, "free", R"({"cf_billing":""})"},
      {"a text field gets the words of an instant", Slot::billing, at("2026-11-22T14:00:00Z"), "",
       R"({"cf_billing":"2026-11-22T14:00:00Z"})"},
      {"select by its display name", Slot::plan, {"Gold", {}}, "none", R"({"cf_plan":"Gold"})"},
      {"select, other case", Slot::plan, {"gold", {}}, "Gold", "null"},
      {"select, cleared", Slot::plan, {"", {}}, "Gold", R"({"cf_plan":"---"})"},
      {"select, empty already", Slot::plan, {"", {}}, "---", "null"},
      {"select without that value: the server refuses it",
       Slot::plan,
       {"Platinum", {}},
       "Gold",
       R"({"cf_plan":"Platinum"})"},
      {"several values", Slot::category, {"a", {}}, "b", R"({"cf_many":["a"]})"},
      {"several values, cleared", Slot::category, {"", {}}, "b", R"({"cf_many":[]})"},
      {"integer", Slot::pool, {"12", {}}, "0", R"({"cf_pool":"12"})"},
      {"integer, empty reads as zero", Slot::pool, {"", {}}, "0", "null"},
      {"integer, words", Slot::pool, {"a dozen", {}}, "12", R"({"cf_pool":""})"},
      {"date and time in winter", Slot::next_due, at("2026-11-22T14:00:00Z"), "",
       R"({"cf_due":"2026-11-22 15:00:00"})"},
      {"in summer", Slot::next_due, at("2027-07-01T10:00:00Z"), "", R"({"cf_due":"2027-07-01 12:00:00"})"},
      {"the same to the second", Slot::next_due, at("2026-11-22T14:00:00Z"), "2026-11-22T14:00:00Z", "null"},
      {"a second off", Slot::next_due, at("2026-11-22T14:00:01Z"), "2026-11-22T14:00:00Z",
       R"({"cf_due":"2026-11-22 15:00:01"})"},
      {"date and time, cleared", Slot::next_due, {"", {}}, "2026-11-22T14:00:00Z", R"({"cf_due":null})"},
      {"the hour that comes twice", Slot::next_due, at("2027-10-31T00:30:00Z"), "2026-11-22T14:00:00Z",
       R"({"cf_due":null})"},
      {"its second pass, nothing there", Slot::next_due, at("2027-10-31T01:30:00Z"), "", "null"},
      {"words for a date and time", Slot::next_due, {"paused", {}}, "2026-11-22T14:00:00Z", R"({"cf_due":null})"},
      {"date", Slot::response_due, at("2026-05-02T22:30:00Z"), "", R"({"cf_day":"2026-05-03"})"},
      {"date, read as the server's midnight", Slot::response_due, at("2026-05-02T22:30:00Z"), "2026-05-02T22:00:00Z",
       "null"},
      {"date, cleared", Slot::response_due, {"", {}}, "2026-05-02T22:00:00Z", R"({"cf_day":null})"},
      {"large text", Slot::advice, {"one\ntwo", {}}, "", R"({"cf_advice":"one\ntwo"})"},
      {"a field that the bug lacks", Slot::sla_state, {"ok", {}}, "", "null"},
      {"a field of Bugzilla itself", Slot::entitlement, {"ENT-1", {}}, "", "null"},
      {"a slot without a field", Slot::resolution_due, {"x", {}}, "", "null"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const auto how = writing();
    auto before = bug();
    const auto* target = bugzilla_field_of(row.slot, how);
    if (target != nullptr && *row.held != '\0') before.fields[target->name] = {row.held};
    CHECK(body_of(before, showing(row.slot, row.shown), how) == json::parse(row.body));
  }
}

TEST_CASE("how a date and time is written is the flavour's matter") {
  const auto due = showing(Slot::next_due, at("2026-11-22T14:00:00Z"));
  CHECK(body_of(bug(), due, writing("Europe/Berlin", true)) == json::parse(R"({"cf_due":"2026-11-22T14:00:00Z"})"));
  CHECK(body_of(bug(), due, writing("", true)) == json::parse(R"({"cf_due":"2026-11-22T14:00:00Z"})"));
  // Harmony keeps wall time too.
  const auto doubled = showing(Slot::next_due, at("2027-10-31T00:30:00Z"));
  CHECK(body_of(bug(), doubled, writing("Europe/Berlin", true)).is_null());
  // Without the zone nothing is guessed.
  CHECK(body_of(bug(), due, writing("")).is_null());
  const auto missing = bugzilla_missing(bug(), due, writing(""));
  REQUIRE(missing.size() == 1);
  CHECK(has(missing.front(), "server_timezone"));
}

TEST_CASE("labels are keywords, or tokens of the whiteboard that leave the rest alone") {
  struct Row {
    const char* name;
    std::vector<std::string> add, remove;
    const char* whiteboard;
    const char* body;
  };
  const Row rows[] = {
      {"keyword added", {"sla-breached"}, {}, "", R"({"keywords":{"add":["sla-breached"]}})"},
      {"keyword there in another case", {"VIP"}, {}, "", "null"},
      {"keyword removed", {}, {"Vip", "absent"}, "", R"({"keywords":{"remove":["Vip"]}})"},
      {"both in one", {"sla-breached"}, {"vip"}, "", R"({"keywords":{"add":["sla-breached"],"remove":["vip"]}})"},
      {"token, empty whiteboard", {"[sla]"}, {}, "", R"({"whiteboard":"[sla]"})"},
      {"token behind text", {"[sla]"}, {}, "see Ann [qa]", R"({"whiteboard":"see Ann [qa] [sla]"})"},
      {"token there", {"[SLA]"}, {}, "[sla]", "null"},
      {"token removed at the start", {}, {"[sla]"}, "[sla] see Ann", R"({"whiteboard":"see Ann"})"},
      {"at the end", {}, {"[sla]"}, "see  Ann [sla]", R"({"whiteboard":"see  Ann"})"},
      {"in between", {}, {"[sla]"}, "[a] [sla] [b]", R"({"whiteboard":"[a] [b]"})"},
      {"twice", {}, {"[sla]"}, "[sla][SLA] x", R"({"whiteboard":"x"})"},
      {"absent", {}, {"[sla]"}, "[sla-old] x", "null"},
      {"one for another", {"[ok]"}, {"[sla]"}, "[sla]", R"({"whiteboard":"[ok]"})"},
      {"added and removed at once: added",
       {"[ok]", "a"},
       {"[ok]", "a"},
       "",
       R"({"whiteboard":"[ok]","keywords":{"add":["a"]}})"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    auto before = bug();
    before.keywords = {"vip"};
    before.whiteboard = row.whiteboard;
    Changes changes;
    changes.add_labels = row.add;
    changes.remove_labels = row.remove;
    CHECK(body_of(before, changes) == json::parse(row.body));
  }
}

TEST_CASE("flags are set, changed and cleared, each by its id") {
  struct Row {
    const char* name;
    std::vector<BugzillaFlag> there;
    const char* status;
    const char* body;
  };
  const Row rows[] = {
      {"new", {}, "+", R"({"flags":[{"name":"entitled","status":"+"}]})"},
      {"there", {{7, "Entitled", "+", ""}}, "+", "null"},
      {"changed", {{7, "entitled", "?", ""}}, "+", R"({"flags":[{"id":7,"status":"+"}]})"},
      {"cleared", {{7, "entitled", "-", ""}}, "", R"({"flags":[{"id":7,"status":"X"}]})"},
      {"nothing to clear", {{8, "needinfo", "?", ""}}, "", "null"},
      {"several: one stays, the others go",
       {{7, "entitled", "?", ""}, {8, "entitled", "+", ""}, {9, "entitled", "-", ""}},
       "+",
       R"({"flags":[{"id":7,"status":"X"},{"id":9,"status":"X"}]})"},
      {"several: one is changed, the others go",
       {{7, "entitled", "?", ""}, {9, "entitled", "-", ""}},
       "+",
       R"({"flags":[{"id":7,"status":"+"},{"id":9,"status":"X"}]})"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    auto before = bug();
    before.flags = row.there;
    Changes changes;
    changes.flags["entitled"] = row.status;
    CHECK(body_of(before, changes) == json::parse(row.body));
    if (json::parse(row.body).is_null())
      CHECK(bugzilla_missing(before, changes, writing()).empty());
    else
      CHECK(bugzilla_missing(before, changes, writing()).size() == 1);
  }
}

TEST_CASE("everything but further comments goes in one request") {
  auto changes = showing(Slot::billing, {"free", {}});
  changes.add_labels = {"sla-breached", "[sla]"};
  changes.flags["entitled"] = "+";
  changes.links = {{"", "https://github.com/acme/lms/issues/5", ""},
                   {"", "http://bugs.other.example/show_bug.cgi?id=3", ""}};
  changes.comments = {{Visibility::internal, "For staff ", "[cb-1]"}, {Visibility::everybody, "Hello", "[cb-2]"}};
  auto before = bug();
  before.see_also = {"https://bugs.other.example/show_bug.cgi?id=3"};
  const auto updates = bugzilla_updates(before, changes, writing(), {"ann@vendor.example", {"bob@vendor.example"}});
  REQUIRE(updates.size() == 2);
  CHECK(json::parse(bugzilla_update_body(updates[0])) == json::parse(R"({"cf_billing":"free",
      "keywords":{"add":["sla-breached"]},"whiteboard":"[sla]","flags":[{"name":"entitled","status":"+"}],
      "assigned_to":"ann@vendor.example","cc":{"add":["bob@vendor.example"]},
      "see_also":{"add":["https://github.com/acme/lms/issues/5"]},
      "comment":{"body":"For staff\n\n[cb-1]","is_private":true}})"));
  CHECK(json::parse(bugzilla_update_body(updates[1])) ==
        json::parse(R"({"comment":{"body":"Hello\n\n[cb-2]","is_private":false}})"));
}

TEST_CASE("one request for several bugs names them, and flags by name") {
  auto before = bug();
  before.flags = {{7, "entitled", "?", ""}};
  Changes changes;
  changes.flags["entitled"] = "+";
  const auto updates = bugzilla_updates(before, changes, writing(), {});
  REQUIRE(updates.size() == 1);
  CHECK(json::parse(bugzilla_update_body(updates[0], {5, 6})) ==
        json::parse(R"({"ids":[5,6],"flags":[{"name":"entitled","status":"+"}]})"));
}

TEST_CASE("a comment is ours by author and reference, never by its wording") {
  Changes changes;
  changes.comments = {{Visibility::internal, "Text", "[cb-1]"}};
  struct Row {
    const char* name;
    BugzillaComment stored;
    bool is_sent;
    std::size_t exposed;
  };
  const Row rows[] = {
      {"ours", {9, 1, "Bridge@vendor.example", {}, true, "Text\n\n[cb-1]"}, false, 0},
      {"ours, reworded", {9, 1, "bridge@vendor.example", {}, true, "Other [cb-1]"}, false, 0},
      {"somebody else's", {9, 1, "eva@acme.example", {}, false, "Text\n\n[cb-1]"}, true, 0},
      {"same words, other reference", {9, 1, "bridge@vendor.example", {}, true, "Text\n\n[cb-2]"}, true, 0},
      {"ours, public", {9, 1, "bridge@vendor.example", {}, false, "Text\n\n[cb-1]"}, false, 1},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    auto before = bug();
    before.comments = {row.stored};
    CHECK(bugzilla_updates(before, changes, writing(), {}).size() == (row.is_sent ? 1 : 0));
    CHECK(bugzilla_exposed(before, changes, "bridge@vendor.example").size() == row.exposed);
    CHECK(bugzilla_missing(before, changes, writing()).size() == (row.is_sent ? 1 : 0));
  }
}

TEST_CASE("a comment that is too long is cut by characters and keeps its reference") {
  Changes changes;
  changes.comments = {{Visibility::everybody, repeated("🐞", 70000), "[cb-1]"}};
  const auto body = body_of(bug(), changes).at("comment").at("body").get<std::string>();
  CHECK(body.ends_with("🐞\n[…]\n\n[cb-1]"));
  const auto characters = std::count_if(body.begin(), body.end(), [](char c) { return (c & 0xC0) != 0x80; });
  CHECK(characters == 65535);
  changes.comments = {{Visibility::everybody, "<script> {{include(secret)}} bug 5 &amp; \xff", "[cb-1]"}};
  CHECK(body_of(bug(), changes).at("comment").at("body") ==
        "<script> {{include(secret)}} bug 5 &amp; \xEF\xBF\xBD\n\n[cb-1]");
}

TEST_CASE("what is missing after a write is named") {
  struct Row {
    const char* name;
    Changes changes;
    const char* words;
  };
  Changes label, token, gone, link, flag, unstored;
  label.add_labels = {"sla-breached"};
  token.add_labels = {"[sla]"};
  gone.remove_labels = {"vip"};
  link.links = {{"", "https://support.example.com/tickets/4711", ""}};
  flag.flags["entitled"] = "+";
  unstored.comments = {{Visibility::everybody, "Hello", "[cb-9]"}};
  const Row rows[] = {
      {"field", showing(Slot::billing, {"free", {}}),
       "field cf_billing \"Title of cf_billing\": shows \"old\" and not \"free\""},
      {"field that the bug lacks", showing(Slot::sla_state, {"x", {}}),
       "field \"cf_gone\": the server has no such field"},
      {"field of Bugzilla", showing(Slot::entitlement, {"x", {}}), "give the bridge a custom field for entitlement"},
      {"no field", showing(Slot::resolution_due, {"x", {}}), "resolution_due: no field is configured for it"},
      {"value", showing(Slot::plan, {"Platinum", {}}), "shows \"\" and not \"Platinum\""},
      {"doubled hour", showing(Slot::next_due, at("2027-10-31T00:30:00Z")), "that hour comes twice"},
      {"keyword", label, "keywords: does not show sla-breached"},
      {"token", token, "whiteboard: does not show [sla]"},
      {"removed", gone, "keywords: still shows vip"},
      {"link", link, "see also: does not show https://support.example.com/tickets/4711"},
      {"flag", flag, "flag entitled: shows nothing and not entitled+"},
      {"comment", unstored, "comment [cb-9]: it was not stored"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    auto after = holding("cf_billing", "old");
    after.keywords = {"vip"};
    const auto missing = bugzilla_missing(after, row.changes, writing());
    REQUIRE(missing.size() == 1);
    CAPTURE(missing.front());
    CHECK(has(missing.front(), row.words));
  }
}

}  // namespace cb
