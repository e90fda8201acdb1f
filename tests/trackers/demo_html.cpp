#include "tests/trackers/demo_html.hpp"

namespace cb::fake {

namespace {

const char* const k_style = R"css(
:root { color-scheme: light dark; --line: #8886; --soft: #8881; --mark: #2a6fb0; --inside: #b7791f; }
* { box-sizing: border-box; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 80rem; padding: 1rem 1.25rem 3rem; }
h1 { font-size: 1.5rem; margin: .5rem 0; } h2 { font-size: 1.15rem; margin: 1.75rem 0 .5rem; }
a { color: var(--mark); } a:focus-visible { outline: 3px solid var(--mark); outline-offset: 2px; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .95rem; }
th, td { border-bottom: 1px solid var(--line); padding: .4rem .6rem; text-align: left; vertical-align: top; }
th { white-space: nowrap; } tbody tr:hover { background: var(--soft); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; margin: 0; } dt { font-weight: 600; } dd { margin: 0; }
.bridge { border-left: 5px solid var(--mark); background: var(--soft); border-radius: 4px; padding: .75rem 1rem; }
.note { border: 1px solid var(--line); border-radius: 4px; margin: .75rem 0; padding: .6rem 1rem; }
.note.ours { border-left: 5px solid var(--mark); background: var(--soft); }
.note.inside { border-left: 5px dashed var(--inside); }
.note header { font-size: .9rem; } .note p { margin: .4rem 0 0; } .note ul { margin: .4rem 0 0; padding-left: 1.25rem; font-size: .9rem; }
.tag { border: 1px solid currentColor; border-radius: 1rem; font-size: .8rem; padding: 0 .5rem; margin-left: .4rem; white-space: nowrap; }
.empty { opacity: .75; }
@media (max-width: 40rem) { dl { grid-template-columns: 1fr; } dd { margin-bottom: .4rem; } }
)css";

}  // namespace

std::string escaped(const std::string& text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string escaped_lines(const std::string& text) {
  std::string out;
  for (const char c : escaped(text)) {
    if (c == '\r') continue;
    if (c == '\n') {
      out += "<br>\n";
    } else {
      out += c;
    }
  }
  return out;
}

std::string html_page(const std::string& title, const std::string& body) {
  return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
         "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" +
         escaped(title) + "</title>\n<style>" + k_style + "</style>\n</head>\n<body>\n" + body + "\n</body>\n</html>\n";
}

}  // namespace cb::fake
