// Markup in what strangers named (H01 to H28), through the real way of a comment: filled into a template, written by
// the adapter to each fake, read back by the adapter. People read the same words: no link, no mention, no image, no
// macro, no HTML. Besides these rows: tests/adapters/redmine_markup_test.cpp, jira_wiki_test.cpp and jira_adf_test.cpp
// (the forms themselves), tests/conformance/demo_*_test.cpp (our own pages).
#include <doctest/doctest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "adapters/jira/jira_text.hpp"
#include "bridge/texts/render.hpp"
#include "tests/conformance/hostile_texts.hpp"
#include "tests/conformance/writing.hpp"

using namespace cb;
using namespace cb::conformance;

namespace {

using Json = nlohmann::json;

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
    text.replace(at, what.size(), by);
  return text;
}

// As a browser shows what Redmine makes of it where it makes no markup of it: entities as their signs.
std::string shown_by_redmine(const std::string& stored) {
  auto text = stored;
  for (int sign = 0x21; sign < 0x7F; ++sign)
    if (sign != '&') text = replaced(text, "&#" + std::to_string(sign) + ";", std::string(1, static_cast<char>(sign)));
  return replaced(text, "&#38;", "&");
}

// Node types and addresses of all links of a document.
void look_through(const Json& node, std::vector<std::string>& types, std::vector<std::string>& links) {
  if (node.is_object()) {
    if (node.contains("type")) types.push_back(node["type"]);
    if (node.contains("marks"))
      for (const auto& mark : node["marks"]) links.push_back(mark.at("attrs").at("href"));
    if (node.contains("content"))
      for (const auto& child : node["content"]) look_through(child, types, links);
    if (!links.empty() && node.contains("marks")) CHECK(node.at("text") == links.back());
  }
}

void check_document(const Json& document) {
  std::vector<std::string> types, links;
  look_through(document, types, links);
  for (const auto& type : types) {
    CAPTURE(type);
    CHECK((type == "doc" || type == "paragraph" || type == "text" || type == "hardBreak"));
  }
}

void check_redmine(const std::string& stored) {
  for (const auto* opening :
       {"<s", "<i", "<!", "<h", "<j", "{{", "[[", "](", "]:", "][", "\":", "%{", "!http", " @a", "/@a"}) {
    CAPTURE(opening);
    CHECK(stored.find(opening) == std::string::npos);
  }
  for (const auto* block : {"h1.", "bq.", "# ", "> ", "|", "~~~"}) {
    CAPTURE(block);
    CHECK(("\n" + stored).find(std::string("\n") + block) == std::string::npos);
  }
}

// In wiki markup nothing opens that no backslash or joiner stands before.
void check_wiki(const std::string& stored) {
  for (const auto* opening : {"[S", "[~", "[^", "{h", "{i", "{c", "{a", "!http"}) {
    for (auto at = stored.find(opening); at != std::string::npos; at = stored.find(opening, at + 1)) {
      CAPTURE(opening);
      CHECK((at > 0 && stored[at - 1] == '\\'));
    }
  }
}

// A document, or wiki markup, wherever in the request a comment with that mark stands. How many were found.
int check_jira(const Json& part, const std::string& mark) {
  if (part.is_object() && part.value("type", "") == "doc") {
    if (part.dump().find(mark) == std::string::npos) return 0;
    check_document(part);
    return 1;
  }
  if (part.is_string()) {
    const auto& text = part.get_ref<const std::string&>();
    if (text.find(mark) == std::string::npos) return 0;
    check_wiki(text);
    return 1;
  }
  int found = 0;
  if (part.is_structured())
    for (const auto& child : part) found += check_jira(child, mark);
  return found;
}

void check_stored(const TrackerUnderTest& t, const std::string& stored, const std::string& mark) {
  if (t.redmine != nullptr) check_redmine(stored);
  if (t.jira == nullptr) return;
  int found = 0;
  for (const auto& request : t.fake->log())
    if (request.method != "GET" && !request.body.empty()) found += check_jira(Json::parse(request.body), mark);
  CHECK(found > 0);
}

// Blanks at the end of a line and around a text, and more than one empty line, are nothing that people read; nor is it
// told how many bytes made one sign that stands for what could not be read.
std::string as_read(const TrackerUnderTest& t, const std::string& text) {
  auto read = jira_plain(t.redmine != nullptr ? shown_by_redmine(text) : text);
  const std::string unknown = "\xEF\xBF\xBD";
  while (read.find(unknown + unknown) != std::string::npos) read = replaced(read, unknown + unknown, unknown);
  return read;
}

std::string comment_text(const Fetched& fetched, const std::string& mark) {
  for (const auto& event : fetched.issue.history)
    if (event.comment && event.comment->text.find(mark) != std::string::npos) return event.comment->text;
  return {};
}

std::string stored_note(TrackerUnderTest& t, const std::string& id, const std::string& mark) {
  for (const auto& note : t.backstage->notes(Who::staff, id))
    if (note.find(mark) != std::string::npos) return note;
  return {};
}

}  // namespace

TEST_CASE("H01 to H28: what strangers named is shown as it is, by every tracker, and is no markup") {
  on_the_fakes([](TrackerUnderTest& t) {
    const auto id = t.backstage->create(Who::customer, {"Hostile"});
    const auto tracker = t.open();
    for (const auto& row : hostile::texts()) {
      CAPTURE(row.id);
      CAPTURE(row.what);
      const auto mark = "Plan of " + row.id;
      const auto text = render(mark + ": {{plan_title}}", {{{"plan_title", row.text}}, {}});
      const std::string reference = "[cb-0000" + row.id.substr(1) + "]";
      t.fake->clear_log();
      const auto done = applied(t, *tracker, id, comment(Visibility::everybody, text, reference));
      CHECK(done.ignored.empty());
      const auto& shown = row.shown.empty() ? row.text : row.shown;
      const auto wanted = jira_plain(mark + ": " + shown + "\n\n" + reference);
      CHECK(as_read(t, comment_text(done.after, mark)) == wanted);
      const auto stored = stored_note(t, id, mark);
      REQUIRE_FALSE(stored.empty());
      CHECK(stored.find('\0') == std::string::npos);  // a database may refuse it
      check_stored(t, stored, mark);
    }
  });
}

TEST_CASE("H01 to H28: in a field of one line they are one line, read back, and not written again and again") {
  on_the_fakes([](TrackerUnderTest& t) {
    const auto id = t.backstage->create(Who::customer, {"Hostile fields"});
    const auto tracker = t.open();
    for (const auto& row : hostile::texts()) {
      CAPTURE(row.id);
      CAPTURE(row.what);
      const auto changes = fields({{t.words.text(), {"Plan " + row.text, {}}}});
      const auto done = applied(t, *tracker, id, changes);
      CHECK(done.ignored.empty());
      CHECK(done.after.shown.at(t.words.text()).text.starts_with("Plan "));
      t.fake->clear_log();
      applied(t, *tracker, id, changes);
      CHECK(t.fake->writes() == 0);
    }
  });
}
