#include "adapters/jira/jira_adf.hpp"

#include <doctest/doctest.h>

#include "tests/adapters/jira_texts.hpp"

namespace cb {

namespace {

std::string doc(const std::string& content) {
  return R"({"type":"doc","version":1,"content":[)" + content + "]}";
}
std::string paragraph(const std::string& inlines) {
  return R"({"type":"paragraph","content":[)" + inlines + "]}";
}
std::string text(const std::string& words) {
  return R"({"type":"text","text":")" + words + "\"}";
}
std::string node(const std::string& type, const std::string& content) {
  return R"({"type":")" + type + R"(","content":[)" + content + "]}";
}
std::string leaf(const std::string& type, const std::string& attrs) {
  return R"({"type":")" + type + R"(","attrs":{)" + attrs + "}}";
}
std::string nested(const std::string& open, const std::string& inner, const std::string& close, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += open;
  out += inner;
  for (int i = 0; i < times; ++i) out += close;
  return out;
}

}  // namespace

TEST_CASE("text becomes paragraphs, line breaks and links, and nothing else") {
  const auto one = [](const std::string& words) { return R"({"text":")" + words + R"(","type":"text"})"; };
  const auto written = [](const std::string& paragraphs) {
    return R"({"content":[)" + paragraphs + R"(],"type":"doc","version":1})";
  };
  const auto par = [](const std::string& inlines) { return R"({"content":[)" + inlines + R"(],"type":"paragraph"})"; };
  CHECK(jira_adf("") == written(""));
  CHECK(jira_adf("Hi *you*\n# no") == written(par(one("Hi *you*") + R"(,{"type":"hardBreak"},)" + one("# no"))));
  CHECK(jira_adf("Done.", "[cb-7f3a2c]") == written(par(one("Done.")) + "," + par(one("[cb-7f3a2c]"))));
  CHECK(jira_adf("see https://x.example/a.") ==
        written(par(one("see ") + R"(,{"marks":[{"attrs":{"href":"https://x.example/a"},"type":"link"}],)" +
                    R"("text":"https://x.example/a","type":"text"},)" + one("."))));
  CHECK(jira_adf("say \"x\"\x01\xFF") == written(par(one("say \\\"x\\\"\xEF\xBF\xBD"))));
}

TEST_CASE("what is written reads back the same, with its reference") {
  JiraTexts texts(23);
  for (int i = 0; i < 5'000; ++i) {
    const auto words = texts.next();
    CAPTURE(words);
    REQUIRE(jira_adf_text(jira_adf(words)) == jira_plain(words));
    REQUIRE(jira_adf_text(jira_adf(words, "[cb-7f3a2c]")) == jira_with_reference(words, "[cb-7f3a2c]"));
  }
  const auto huge = jira_adf_text(jira_adf(std::string(100'000, 'x'), "[cb-7f3a2c]"));
  CHECK(jira_length(huge) == k_jira_text_limit);
  CHECK(huge.ends_with("[cb-7f3a2c]"));
}

TEST_CASE("every kind of node is read as people read it") {
  const auto item = [](const std::string& words) { return node("listItem", paragraph(text(words))); };
  struct Row {
    const char* name;
    std::string content;
    std::string plain;
  };
  const Row rows[] = {
      {"two paragraphs", paragraph(text("a")) + "," + paragraph(text("b")), "a\n\nb"},
      {"texts in a row", paragraph(text("a ") + "," + text("b")), "a b"},
      {"break", paragraph(text("a") + R"(,{"type":"hardBreak"},)" + text("b")), "a\nb"},
      {"heading", R"({"type":"heading","attrs":{"level":2},"content":[)" + text("T") + "]}," + paragraph(text("a")),
       "T\n\na"},
      {"bullets", node("bulletList", item("a") + "," + item("b")), "- a\n- b"},
      {"numbers", R"({"type":"orderedList","attrs":{"order":9},"content":[)" + item("a") + "," + item("b") + "]}",
       "9. a\n10. b"},
      {"numbers by an odd number", R"({"type":"orderedList","attrs":{"order":-1e99},"content":[)" + item("a") + "]}",
       "1. a"},
      {"list in a list",
       node("bulletList",
            node("listItem", paragraph(text("a")) + "," + node("orderedList", item("b") + "," + item("c")))),
       "- a\n  1. b\n  2. c"},
      {"tasks",
       node("taskList", R"({"type":"taskItem","attrs":{"localId":"1","state":"DONE"},"content":[)" + text("a") +
                            R"(]},{"type":"taskItem","attrs":{"localId":"2","state":"TODO"},"content":[)" + text("b") +
                            "]}," + node("taskList", node("taskItem", text("c")))),
       "[x] a\n[ ] b\n  [ ] c"},
      {"decision", node("decisionList", node("decisionItem", text("we do"))), "- we do"},
      {"code", node("codeBlock", text("int x;\\n  y();")), "int x;\n  y();"},
      {"quote", node("blockquote", paragraph(text("a")) + "," + paragraph(text("b"))), "> a\n>\n> b"},
      {"panel", R"({"type":"panel","attrs":{"panelType":"info"},"content":[)" + paragraph(text("a")) + "]}", "a"},
      {"expand", R"({"type":"expand","attrs":{"title":"More"},"content":[)" + paragraph(text("a")) + "]}", "More\na"},
      {"table",
       node("table", node("tableRow",
                          node("tableHeader", paragraph(text("h"))) + "," + node("tableHeader", paragraph(text("i")))) +
                         "," +
                         node("tableRow", node("tableCell", paragraph(text("1")) + "," + paragraph(text("2"))) + "," +
                                              node("tableCell", ""))),
       "h | i\n1 2 |"},
      {"media", node("mediaSingle", leaf("media", R"("type":"file","id":"1","collection":"","alt":"log.txt")")),
       "log.txt"},
      {"media without a name", node("mediaGroup", leaf("media", R"("type":"file","id":"1","collection":"")")),
       "[file]"},
      {"media and caption",
       node("mediaSingle", leaf("media", R"("type":"external","url":"https://x.example/a.png")") + "," +
                               node("caption", text("the screen"))),
       "https://x.example/a.png\nthe screen"},
      {"mention", paragraph(leaf("mention", R"("id":"5b10","text":"@Ann")") + "," + text(" hi")), "@Ann hi"},
      {"mention without a name", paragraph(leaf("mention", R"("id":"5b10")")), "@5b10"},
      {"emoji", paragraph(leaf("emoji", R"("shortName":":grin:","text":"😀")")), "😀"},
      {"emoji without a sign", paragraph(leaf("emoji", R"("shortName":":grin:")")), ":grin:"},
      {"date", paragraph(leaf("date", R"("timestamp":"1777629600000")")), "2026-05-01"},
      {"date before 1970", paragraph(leaf("date", R"("timestamp":-1)")), "1969-12-31"},
      {"no date", paragraph(leaf("date", R"("timestamp":"soon")")), "soon"},
      {"status", paragraph(leaf("status", R"("text":"WAITING","color":"red")")), "WAITING"},
      {"card", paragraph(leaf("inlineCard", R"("url":"https://x.example/1")")), "https://x.example/1"},
      {"card with data", leaf("blockCard", R"("data":{"url":"https://x.example/2"})"), "https://x.example/2"},
      {"rule", paragraph(text("a")) + R"(,{"type":"rule"},)" + paragraph(text("b")), "a\n\n----\n\nb"},
      {"link",
       paragraph(R"({"type":"text","text":"here","marks":[{"type":"em"},)"
                 R"({"type":"link","attrs":{"href":"https://x.example"}}]})"),
       "here (https://x.example)"},
      {"mail link",
       paragraph(R"({"type":"text","text":"a@b.example","marks":[{"type":"link",)"
                 R"("attrs":{"href":"mailto:a@b.example"}}]})"),
       "a@b.example"},
      {"layout",
       node("layoutSection",
            node("layoutColumn", paragraph(text("a"))) + "," + node("layoutColumn", paragraph(text("b")))),
       "a\n\nb"},
      {"extension", leaf("extension", R"("extensionKey":"k","extensionType":"t","text":"shown")"), "shown"},
      {"unknown block", node("hologram", paragraph(text("a"))), "a"},
      {"unknown node in a line", paragraph(text("a ") + "," + leaf("sticker", R"("text":"b")")), "a\n\nb"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    CHECK(jira_adf_text(doc(row.content)) == row.plain);
  }
}

TEST_CASE("odd input is read as far as it goes") {
  CHECK(jira_adf_text(std::string()) == "");
  CHECK(jira_adf_text(std::string("<html>")) == "");
  CHECK(jira_adf_text(std::string("null")) == "");
  CHECK(jira_adf_text(std::string("42")) == "");
  CHECK(jira_adf_text(std::string("[]")) == "");
  CHECK(jira_adf_text(std::string("\"a text\\r\\nof v2 \"")) == "a text\nof v2");
  CHECK(jira_adf_text(std::string(R"({"type":7,"content":{"a":1}})")) == "");
  CHECK(jira_adf_text(
            doc(R"(null,1,"x",[],{"type":null},{"type":"text","text":{}},)"
                R"({"type":"text","text":"a","marks":{"type":"link"}},{"type":"text","text":"b","marks":[1]},)"
                R"({"type":"mention","attrs":[]},{"type":"date","attrs":{"timestamp":{}}},)"
                R"({"type":"orderedList","attrs":{"order":"x"},"content":[1,{"content":7}]})")) == "ab@\n\n1.\n2.");
}

TEST_CASE("depth and size are bounded, and what was left out is said") {
  const auto list = R"({"type":"bulletList","content":[{"type":"listItem","content":[)";
  CHECK(jira_adf_text(doc(nested(list, paragraph(text("in")), "]}]}", 15))).ends_with("- in"));
  const auto deep = doc(paragraph(text("before")) + "," + nested(list, paragraph(text("in")), "]}]}", 60) + "," +
                        paragraph(text("after")));
  const auto read = jira_adf_text(deep);
  CHECK(read.starts_with("before\n\n- - - "));
  CHECK(read.find("in") == std::string::npos);
  CHECK(read.ends_with("after\n[…]"));
  CHECK(jira_adf_text(nested("[", "", "]", 100'000)) == "");

  const auto wide = jira_adf_text(doc(paragraph(text("a")) + "," + paragraph(text(std::string(400'000, 'x')))));
  CHECK(wide.size() < 263'000);
  CHECK(wide.starts_with("a\n\nxxx"));
  CHECK(wide.ends_with("xxx\n[…]"));

  std::string many = paragraph(text("p"));
  for (int i = 1; i < 60'000; ++i) many += "," + paragraph(text("p"));
  const auto cut = jira_adf_text(doc(many));
  CHECK(cut.size() < 80'000);
  CHECK(cut.ends_with("p\n[…]"));
}

}  // namespace cb
