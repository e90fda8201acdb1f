#include "tests/trackers/fake_jira_adf.hpp"

namespace cb::fake_jira {

namespace {

Json paragraph_of(const std::string& text) {
  auto content = Json::array();
  std::size_t from = 0;
  while (from <= text.size()) {
    const auto to = std::min(text.find('\n', from), text.size());
    if (from > 0) content.push_back({{"type", "hardBreak"}});
    if (to > from) content.push_back({{"type", "text"}, {"text", text.substr(from, to - from)}});
    from = to + 1;
  }
  return {{"type", "paragraph"}, {"content", content}};
}

bool is_block(const std::string& type) {
  return type == "paragraph" || type == "heading" || type == "codeBlock" || type == "blockquote" || type == "panel" ||
         type == "bulletList" || type == "orderedList" || type == "table" || type == "rule";
}

std::string inline_text(const Json& node) {
  const auto type = node.value("type", "");
  const auto& attributes = member(node, "attrs");
  if (type == "text") return node.value("text", "");
  if (type == "hardBreak") return "\n";
  if (type == "mention") return "[~accountid:" + text_of(member(attributes, "id")) + "]";
  if (type == "emoji") return text_of(member(attributes, "shortName"));
  if (type == "inlineCard") return "[" + text_of(member(attributes, "url")) + "]";
  return "";
}

std::string joined_content(const Json& node) {
  std::string out;
  for (const auto& child : member(node, "content")) {
    const bool is_after_block = !out.empty() && is_block(child.value("type", ""));
    if (is_after_block) out += node.value("type", "") == "listItem" ? "\n" : "\n\n";
    out += text_of_adf(child);
  }
  return out;
}

std::string list_text(const Json& node) {
  const std::string sign = node.value("type", "") == "bulletList" ? "* " : "# ";
  std::string out;
  for (const auto& child : member(node, "content")) out += (out.empty() ? "" : "\n") + sign + joined_content(child);
  return out;
}

// As strict as the server itself; the rest is a validator's business.
bool is_document(const Json& value) {
  if (value.value("type", "") != "doc" || member(value, "version") != 1) return false;
  const auto& content = member(value, "content");
  if (!content.is_array()) return false;
  for (const auto& node : content) {
    if (!is_block(node.value("type", "")) && node.value("type", "").find("List") == std::string::npos) return false;
    for (const auto& child : member(node, "content"))
      if (child.value("type", "") == "text" && child.value("text", "").empty()) return false;
  }
  return true;
}

}  // namespace

Json adf_of(const std::string& text) {
  auto content = Json::array();
  std::size_t from = 0;
  while (from < text.size()) {
    const auto to = std::min(text.find("\n\n", from), text.size());
    if (to > from) content.push_back(paragraph_of(text.substr(from, to - from)));
    from = to + 2;
  }
  return {{"type", "doc"}, {"version", 1}, {"content", content}};
}

std::string text_of_adf(const Json& node) {
  const auto type = node.value("type", "");
  if (type == "bulletList" || type == "orderedList") return list_text(node);
  if (type == "heading") return "h" + text_of(member(member(node, "attrs"), "level")) + ". " + joined_content(node);
  if (type == "codeBlock") return "{code}\n" + joined_content(node) + "\n{code}";
  if (type == "blockquote") return "{quote}" + joined_content(node) + "{quote}";
  if (type == "rule") return "----";
  return node.contains("content") ? joined_content(node) : inline_text(node);
}

Json rich_json(const Call& call, const Rich& rich) {
  if (rich.text.empty() && rich.adf.empty()) return {};
  if (call.version == 2) return rich.text;
  return rich.adf.empty() ? adf_of(rich.text) : Json::parse(rich.adf);
}

Rich rich_of(const Call& call, const std::string& field, const Json& value) {
  if (value.is_null()) return {};
  if (call.version == 2) {
    if (!value.is_string()) refuse_field(field, "Operation value must be a string");
    return {value.get<std::string>(), ""};
  }
  if (!value.is_object())
    refuse_field(field, "Operation value must be an Atlassian Document (see the Atlassian Document Format)");
  if (!is_document(value)) refuse_field(field, "INVALID_INPUT");
  return {text_of_adf(value), value.dump()};
}

}  // namespace cb::fake_jira
