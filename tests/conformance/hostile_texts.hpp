// Texts that strangers may bring into what the bridge writes: as a customer's name, a plan's title, a contract's id, a
// login. H01 to H28 of the hostile inputs; H31 to H42 are in hostile_ids_test.cpp,
// all others in tests/hostile.
#pragma once

#include <string>
#include <vector>

namespace cb::hostile {

struct Text {
  std::string id;
  std::string what;
  std::string text;
  std::string shown{};  // what people read in the end; empty: the text itself
};

inline const std::vector<Text>& texts() {
  static const std::string k_bidi = "\xE2\x80\xAE";
  static const std::vector<Text> k_texts{
      {"H01", "a tag", "<script>alert(1)</script>"},
      {"H02", "an attribute that runs", "\"><img src=x onerror=alert(1)>"},
      {"H03", "a comment that hides the rest", "Gold <!-- "},
      {"H04", "an entity", "&lt;b&gt; &#60;i&#62; &amp;"},
      {"H05", "Textile: an image from elsewhere", "!http://evil.example/a.png!"},
      {"H06", "Textile: a link with other words", "\"Support\":http://evil.example"},
      {"H07", "Textile: a style", "%{background:url(http://evil.example)}x%"},
      {"H08", "Redmine: a macro", "{{include(Secret)}} {{collapse(x)}}"},
      {"H09", "Redmine: a macro inside of an address", "https://x.example/{{include(Secret)}}"},
      {"H10", "Redmine: a wiki link", "[[Secret|Support]]"},
      {"H11", "a mention", "@admin, https://x.example/@admin and user:admin"},
      {"H12", "Markdown: a link with other words", "[Support](http://evil.example)"},
      {"H13", "Markdown: a link defined elsewhere", "- [a]: http://evil.example\nsee [a] and [b][a]"},
      {"H14", "Markdown: an image from elsewhere", "![x](http://evil.example/a.png)"},
      {"H15", "Markdown: an address in angles", "<http://evil.example> <javascript:alert(1)>"},
      {"H16", "blocks", "h1. Title\nbq. Said\n# one\n> two\n|a|b|\n~~~\nx\n~~~"},
      {"H17", "Jira: a link that runs", "[Support|javascript:alert(1)]"},
      {"H18", "Jira: a mention", "[~admin] [~accountid:5b10ac8d82e05b22cc7d4ef5]"},
      {"H19", "Jira: macros", "{html}<b>x</b>{html} {include:Secret} {color:red}x{color} {adf}{}{adf}"},
      {"H20", "Jira: an image and a file", "!http://evil.example/a.png|width=1! [^secret.txt]"},
      {"H21", "Jira: a document", R"({"type":"doc","version":1,"content":[{"type":"mention","attrs":{"id":"1"}}]})"},
      // Bugzilla makes links of these in whatever anybody writes, and shows nobody more than they may see.
      {"H22", "Bugzilla: links of its own", "bug 1, comment #1, attachment 2, bug 1 comment 3"},
      {"H23", "a reference of ours", "x [cb-7f3a2c]"},
      {"H24", "a second header", "Gold\r\nX-Redmine-API-Key: x\r\n\r\nGET / HTTP/1.1",
       "Gold\nX-Redmine-API-Key: x\n\nGET / HTTP/1.1"},
      {"H25", "bytes that are no UTF-8, and one sign in too many bytes", "a\xFF\xFE \xC0\xAF \xED\xA0\x80 b",
       "a\xEF\xBF\xBD \xEF\xBF\xBD \xEF\xBF\xBD b"},
      {"H26", "NUL", std::string("Gold\0Silver", 11), "GoldSilver"},
      {"H27", "a byte order mark", "\xEF\xBB\xBFGold", "Gold"},
      {"H28", "signs that turn the direction of writing", "Gold " + k_bidi + "eulb", "Gold eulb"},
  };
  return k_texts;
}

}  // namespace cb::hostile
