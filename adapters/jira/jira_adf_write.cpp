#include <algorithm>
#include <nlohmann/json.hpp>

#include "adapters/jira/jira_adf.hpp"

namespace cb {

namespace {

using nlohmann::json;

void add_text(json& inlines, std::string_view text) {
  if (!text.empty()) inlines.push_back({{"type", "text"}, {"text", text}});
}

void add_link(json& inlines, std::string_view address) {
  const json mark{{"type", "link"}, {"attrs", {{"href", address}}}};
  inlines.push_back({{"type", "text"}, {"text", address}, {"marks", json::array({mark})}});
}

void add_line(json& inlines, std::string_view line) {
  std::size_t written = 0;
  for (std::size_t i = 0; i < line.size();) {
    const auto length = jira_address_at(line, i);
    if (length == 0) {
      ++i;
      continue;
    }
    add_text(inlines, line.substr(written, i - written));
    add_link(inlines, line.substr(i, length));
    i += length;
    written = i;
  }
  add_text(inlines, line.substr(written));
}

json paragraph_of(std::string_view text) {
  json inlines = json::array();
  for (std::size_t from = 0; from <= text.size();) {
    const auto end = std::min(text.find('\n', from), text.size());
    if (from > 0) inlines.push_back({{"type", "hardBreak"}});
    add_line(inlines, text.substr(from, end - from));
    from = end + 1;
  }
  return {{"type", "paragraph"}, {"content", std::move(inlines)}};
}

}  // namespace

std::string jira_adf(const std::string& text, const std::string& reference) {
  const auto plain = jira_with_reference(text, reference);
  json content = json::array();
  for (std::size_t from = 0; from < plain.size();) {
    const auto end = std::min(plain.find("\n\n", from), plain.size());
    content.push_back(paragraph_of(std::string_view(plain).substr(from, end - from)));
    from = end + 2;
  }
  return json{{"type", "doc"}, {"version", 1}, {"content", std::move(content)}}.dump();
}

}  // namespace cb
