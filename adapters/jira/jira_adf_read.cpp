#include <algorithm>
#include <array>
#include <vector>

#include "adapters/jira/jira_adf.hpp"

namespace cb {

namespace {

constexpr int k_deepest = 64;
constexpr std::size_t k_most_nodes = 50'000;
constexpr std::size_t k_most_bytes = 256U * 1024U;
constexpr int k_deepest_indent = 12;
constexpr std::size_t k_longest_title = 1000;
constexpr int k_deepest_json = 512;

// Members of a node; unlike JsonValue's own readers these take any type without noting a problem.
JsonValue member(const JsonValue& node, const std::string& key) {
  if (node.is_object()) return node[key];
  return {nullptr, nullptr, {}};
}

std::string text_of(const JsonValue& node, const std::string& key) {
  const auto value = member(node, key);
  return value.is_text() ? value.text() : std::string();
}

std::string attribute(const JsonValue& node, const std::string& key) {
  return text_of(member(node, "attrs"), key);
}

std::vector<JsonValue> children_of(const JsonValue& node) {
  const auto content = member(node, "content");
  return content.is_list() ? content.items() : std::vector<JsonValue>{};
}

std::string first_of(std::initializer_list<std::string> texts) {
  for (const auto& text : texts)
    if (!text.empty()) return text;
  return {};
}

// Every line but the first is moved to the right, so that it stands below the text of the first.
std::string item_of(const std::string& mark, const std::string& text, int depth) {
  const std::string indent(depth <= k_deepest_indent ? mark.size() : 0, ' ');
  std::string out = mark;
  for (const char c : text) {
    out += c;
    if (c == '\n') out += indent;
  }
  return out;
}

std::string quoted(const std::string& text) {
  std::string out = "> ";
  for (const char c : text) {
    out += c;
    if (c == '\n') out += "> ";
  }
  return out;
}

// Milliseconds since 1970, a text by the schema and a number from some clients.
std::string date_of(const JsonValue& node) {
  const auto stamp = member(member(node, "attrs"), "timestamp");
  if (!stamp.is_text() && !stamp.is_number()) return {};
  const auto written = stamp.scalar();
  const auto digits = written.substr(!written.empty() && written.front() == '-' ? 1 : 0);
  // Fifteen digits reach beyond any year that a date can tell.
  const bool is_whole = !digits.empty() && digits.size() < 15 && digits.find_first_not_of("0123456789") == digits.npos;
  if (!is_whole) return written.substr(0, 40);
  const std::chrono::milliseconds since{std::stoll(written)};
  return to_iso(Instant{std::chrono::floor<Seconds>(since)}).substr(0, 10);
}

std::string mention_of(const JsonValue& node) {
  const auto text = attribute(node, "text");
  if (text.empty()) return "@" + attribute(node, "id");
  return text.front() == '@' ? text : "@" + text;
}

std::string card_of(const JsonValue& node) {
  const auto data = member(member(node, "attrs"), "data");
  return first_of({attribute(node, "url"), text_of(data, "url"), text_of(data, "name")});
}

std::string media_of(const JsonValue& node) {
  return first_of({attribute(node, "alt"), attribute(node, "__fileName"), attribute(node, "url"), "[file]"});
}

std::string linked(const JsonValue& node) {
  auto text = text_of(node, "text");
  const auto marks = member(node, "marks");
  if (!marks.is_list()) return text;
  for (const auto& mark : marks.items()) {
    if (text_of(mark, "type") != "link") continue;
    const auto address = attribute(mark, "href");
    const bool is_told = address.empty() || address == text || address == text + "/" || address == "mailto:" + text;
    if (!is_told) return text.append(" (").append(address).append(")");
  }
  return text;
}

// Nodes without nodes in them.
struct Leaf {
  const char* type;
  bool in_line;
  std::string (*text)(const JsonValue& node);
};

std::string own_text(const JsonValue& node) {
  return attribute(node, "text");
}

const Leaf* known_leaf(const std::string& type) {
  static constexpr std::array<Leaf, 14> k_leaves{
      {{"text", true, linked},
       {"hardBreak", true, [](const JsonValue&) { return std::string("\n"); }},
       {"mention", true, mention_of},
       {"emoji", true,
        [](const JsonValue& node) {
          return first_of({own_text(node), attribute(node, "shortName")});
        }},
       {"date", true, date_of},
       {"status", true, own_text},
       {"placeholder", true, own_text},
       {"inlineExtension", true, own_text},
       {"inlineCard", true, card_of},
       {"mediaInline", true, media_of},
       {"media", false, media_of},
       {"blockCard", false, card_of},
       {"embedCard", false, card_of},
       {"rule", false, [](const JsonValue&) { return std::string("----"); }}}};
  const auto* leaf =
      std::find_if(k_leaves.begin(), k_leaves.end(), [&](const Leaf& each) { return type == each.type; });
  return leaf == k_leaves.end() ? nullptr : leaf;
}

// Of a node that nobody knows and that has no nodes in it: whatever it has for people.
std::string any_text(const JsonValue& node) {
  return first_of({text_of(node, "text"), own_text(node), attribute(node, "title"), attribute(node, "url")});
}

bool is_list(const std::string& type) {
  return type == "bulletList" || type == "orderedList" || type == "taskList" || type == "decisionList";
}

std::string mark_of(const JsonValue& item) {
  const auto type = text_of(item, "type");
  if (is_list(type)) return "  ";  // a task list stands in a task list as if it were an item
  if (type != "taskItem" && type != "blockTaskItem") return "- ";
  return attribute(item, "state") == "DONE" ? "[x] " : "[ ] ";
}

long first_number(const JsonValue& list) {
  const auto order = member(member(list, "attrs"), "order");
  const double number = order.is_number() ? order.number_or(1) : 1;
  return number >= 0 && number < 1e9 ? static_cast<long>(number) : 1;
}

class AdfReader {
 public:
  std::string document(const JsonValue& node) {
    auto text = children(node, "\n\n", 1);
    return jira_plain(left_out_ ? text + "\n[…]" : std::move(text));
  }

 private:
  // Shortens what no longer fits; false when no more is to be read.
  bool fits(std::string& text) {
    ++nodes_;
    const auto room = k_most_bytes - bytes_;
    if (nodes_ <= k_most_nodes && text.size() <= room) {
      bytes_ += text.size();
      return true;
    }
    text.resize(std::min(text.size(), room));
    bytes_ += text.size();
    nodes_ = k_most_nodes;  // whatever comes now is one too many
    left_out_ = true;
    return false;
  }

  bool too_deep(int depth) {
    if (depth <= k_deepest) return false;
    left_out_ = true;
    return true;
  }

  // Runs of nodes that stand in a line are one piece, every other is one of its own.
  std::string children(const JsonValue& node, const std::string& between, int depth) {
    std::string out;
    bool in_line = false;
    const auto nodes = children_of(node);
    if (!nodes.empty() && too_deep(depth)) return out;
    for (const auto& child : nodes) {
      const auto* leaf = known_leaf(text_of(child, "type"));
      const bool is_leaf = leaf != nullptr || children_of(child).empty();
      auto text = leaf != nullptr ? leaf->text(child) : is_leaf ? any_text(child) : std::string();
      const bool more = fits(text);
      if (more && !is_leaf) text = block(child, depth + 1);
      if (!more && text.empty()) break;
      const bool continues = in_line && leaf != nullptr && leaf->in_line;
      if (!out.empty() && !continues) out += between;
      out += text;
      if (!more) break;
      in_line = leaf != nullptr && leaf->in_line;
    }
    return out;
  }

  std::string block(const JsonValue& node, int depth) {
    const auto type = text_of(node, "type");
    if (is_list(type)) return list(node, depth);
    if (type == "blockquote") return quoted(children(node, "\n\n", depth));
    if (type == "tableRow") return row(node, depth);
    const bool is_tight = type == "mediaSingle" || type == "mediaGroup" || type == "table";
    auto text = children(node, is_tight ? "\n" : "\n\n", depth);
    auto title = attribute(node, "title").substr(0, k_longest_title);
    return title.empty() ? text : title + "\n" + text;
  }

  std::string list(const JsonValue& node, int depth) {
    const bool is_numbered = text_of(node, "type") == "orderedList";
    long number = first_number(node);
    std::string out;
    for (const auto& item : children_of(node)) {
      std::string nothing;
      if (!fits(nothing)) break;
      const auto mark = is_numbered ? std::to_string(number++) + ". " : mark_of(item);
      const auto text = is_list(text_of(item, "type")) ? inner_list(item, depth) : children(item, "\n", depth + 1);
      if (!out.empty()) out += '\n';
      out += item_of(mark, text, depth);
    }
    return out;
  }

  std::string inner_list(const JsonValue& node, int depth) {
    return too_deep(depth + 1) ? std::string() : list(node, depth + 1);
  }

  // On one line, whatever stands in the cells.
  std::string row(const JsonValue& node, int depth) {
    std::string out;
    for (const auto& cell : children_of(node)) {
      std::string nothing;
      if (!fits(nothing)) break;
      auto text = children(cell, "\n", depth + 1);
      std::replace(text.begin(), text.end(), '\n', ' ');
      out += (out.empty() ? "" : " | ") + text;
    }
    return out;
  }

  std::size_t nodes_ = 0;
  std::size_t bytes_ = 0;
  bool left_out_ = false;
};

}  // namespace

std::string jira_adf_text(const JsonValue& document) {
  if (document.is_text()) return jira_plain(document.text());
  return AdfReader{}.document(document);
}

std::string jira_adf_text(const std::string& json) {
  const auto parsed = JsonDocument::parse(json, "document", {.depth = k_deepest_json});
  return parsed ? jira_adf_text(parsed->root()) : std::string();
}

}  // namespace cb
