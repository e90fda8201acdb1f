// The only file that sees yaml-cpp: its events become YamlNodes.
#include <yaml-cpp/depthguard.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <system_error>

#include "bridge/settings/yaml_reader.hpp"
#include "bridge/settings/yaml_scan.hpp"
#include "bridge/settings/yaml_syntax.hpp"

namespace cb {
namespace {

constexpr std::size_t k_deepest = 64;
constexpr std::size_t k_most_values = 200000;              // that aliases may grow to
constexpr std::size_t k_most_bytes = 16U * 1024U * 1024U;  // likewise
constexpr std::uintmax_t k_largest_file = 16U * 1024U * 1024U;

// Ends the parsing of a file after a problem that was reported.
struct GaveUp {};

struct Weight {
  std::size_t values = 0;
  std::size_t bytes = 0;
};

void weigh(const YamlNode& node, Weight& weight) {
  ++weight.values;
  weight.bytes += node.text.size();
  for (const auto& item : node.items) weigh(item, weight);
  for (const auto& entry : node.entries) {
    weight.bytes += entry.key.size();
    weigh(entry.value, weight);
  }
}

class YamlTreeBuilder : public YAML::EventHandler {
 public:
  YamlTreeBuilder(std::shared_ptr<const std::string> file, const std::vector<std::string>& lines, Problems& problems)
      : file_(std::move(file)), lines_(lines), problems_(problems) {}

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (!done_) return;
    problems_.error(place(mark),
                    "this begins a second document; a file holds one (is a `---` left over, or a line indented less "
                    "than it should be?)");
    throw GaveUp();
  }
  void OnDocumentEnd() override { done_ = true; }

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    YamlNode node;
    node.place = null_place(mark);
    value(std::move(node), anchor);
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const auto found = anchors_.find(anchor);
    if (found == anchors_.end()) {
      problems_.error(place(mark), "this alias stands inside of what it repeats");
      throw GaveUp();
    }
    grow(found->second, place(mark));
    value(found->second, 0);
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& text) override {
    YamlNode node;
    node.kind = YamlNode::Kind::scalar;
    node.place = place(mark);
    node.text = text;
    node.in_quotes = tag == "!" || tag == "tag:yaml.org,2002:str";
    check_tag(tag, node.place);
    value(std::move(node), anchor);
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value /*style*/) override {
    begin(YamlNode::Kind::list, mark, tag, anchor);
  }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value /*style*/) override {
    begin(YamlNode::Kind::map, mark, tag, anchor);
  }
  void OnSequenceEnd() override { end(); }
  void OnMapEnd() override { end(); }

  YamlNode take() { return std::move(root_); }

 private:
  // Of copies: what an alias repeats, and what an anchor keeps for it.
  void grow(const YamlNode& copied, const Place& where) {
    weigh(copied, grown_);
    if (grown_.values <= k_most_values && grown_.bytes <= k_most_bytes) return;
    problems_.error(where, "anchors and aliases repeat more than 200000 values or 16 MB of text");
    throw GaveUp();
  }

  struct Open {
    YamlNode node;
    YAML::anchor_t anchor = 0;
    std::optional<YamlEntry> key;              // waits for its value
    bool key_refused = false;                  // its value is dropped
    std::map<std::string, int> lines_of_keys;  // where each stands: a file may have as many as it has lines
    std::vector<YamlEntry> merged;             // from `<<`
  };

  Place place(const YAML::Mark& mark) const {
    const auto line = static_cast<std::size_t>(std::max(mark.line, 0));
    const int column = line < lines_.size() ? character_column(lines_[line], mark.column) : mark.column + 1;
    return {file_, mark.line + 1, column};
  }

  // yaml-cpp puts nothing behind what is left empty: a key's nothing stands at the key, an item's at its dash.
  Place null_place(const YAML::Mark& mark) const {
    const auto written = line_from(mark);
    if (written.starts_with("~") || written.starts_with("null") || written.starts_with("Null") ||
        written.starts_with("NULL")) {
      return place(mark);
    }
    if (!open_.empty() && open_.back().key) return open_.back().key->place;
    for (int line = std::min(mark.line, static_cast<int>(lines_.size()) - 1); line >= 0; --line) {
      const auto& text = lines_[static_cast<std::size_t>(line)];
      const auto dash = text.find_first_not_of(' ');
      if (dash == std::string::npos || text[dash] != '-') continue;
      if (text.find_first_not_of(" \r", dash + 1) == std::string::npos) {
        return {file_, line + 1, static_cast<int>(dash) + 1};
      }
    }
    return place(mark);
  }
  std::string line_from(const YAML::Mark& mark) const {
    const auto line = static_cast<std::size_t>(std::max(mark.line, 0));
    if (line >= lines_.size() || static_cast<std::size_t>(mark.column) >= lines_[line].size()) return {};
    return lines_[line].substr(static_cast<std::size_t>(mark.column));
  }

  void check_tag(const std::string& tag, const Place& where) {
    if (tag.empty() || tag == "?" || tag == "!" || tag.starts_with("tag:yaml.org,2002:")) return;
    problems_.error(where, "the tag " + ticked(tag) +
                               " has no meaning here; leave it out (a text that begins with `!` "
                               "stands in quotes)");
  }

  void begin(YamlNode::Kind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
    if (open_.size() >= k_deepest) {
      problems_.error(place(mark), "nested more than " + std::to_string(k_deepest) + " levels deep");
      throw GaveUp();
    }
    Open open;
    open.node.kind = kind;
    open.node.place = place(mark);
    open.anchor = anchor;
    check_tag(tag, open.node.place);
    open_.push_back(std::move(open));
  }

  void end() {
    auto done = std::move(open_.back());
    open_.pop_back();
    for (auto& entry : done.merged) {
      const bool is_new = done.lines_of_keys.emplace(entry.key, entry.place.line).second;
      if (is_new) done.node.entries.push_back(std::move(entry));
    }
    value(std::move(done.node), done.anchor);
  }

  void value(YamlNode node, YAML::anchor_t anchor) {
    if (anchor != 0) {
      grow(node, node.place);
      anchors_[anchor] = node;
    }
    if (open_.empty()) {
      root_ = std::move(node);
      return;
    }
    auto& open = open_.back();
    if (open.node.kind == YamlNode::Kind::list) {
      open.node.items.push_back(std::move(node));
    } else if (!open.key) {
      take_key(open, node);
    } else {
      take_value(open, std::move(node));
    }
  }

  void take_key(Open& open, const YamlNode& node) {
    open.key_refused = false;
    if (node.kind == YamlNode::Kind::list || node.kind == YamlNode::Kind::map) {
      problems_.error(node.place, "a key is a word, not " + kind_text(node));
      open.key_refused = true;
    } else if (const auto first = open.lines_of_keys.find(node.text); first != open.lines_of_keys.end()) {
      problems_.error(node.place, "duplicate key " + ticked(node.text) + "; it stands in line " +
                                      std::to_string(first->second) + " already");
      open.key_refused = true;
    }
    open.key = YamlEntry{node.text, node.place, {}};
    if (node.kind == YamlNode::Kind::nothing) open.key->key = "null";
  }

  void take_value(Open& open, YamlNode node) {
    auto entry = std::move(*open.key);
    open.key.reset();
    if (open.key_refused) return;
    if (entry.key == "<<") {
      merge(open, node);
      return;
    }
    open.lines_of_keys.emplace(entry.key, entry.place.line);
    // A block that begins below its key is looked for at the key.
    const bool block = node.kind == YamlNode::Kind::map || node.kind == YamlNode::Kind::list;
    if (block && node.place.line > entry.place.line && node.place.file == entry.place.file) node.place = entry.place;
    entry.value = std::move(node);
    open.node.entries.push_back(std::move(entry));
  }

  void merge(Open& open, const YamlNode& node) {
    if (node.kind == YamlNode::Kind::map) {
      for (const auto& entry : node.entries) open.merged.push_back(entry);
    } else if (node.kind == YamlNode::Kind::list) {
      for (const auto& item : node.items) merge(open, item);
    } else {
      problems_.error(node.place, "`<<` takes over a map, as `<<: *name`; found " + kind_text(node));
    }
  }

  std::shared_ptr<const std::string> file_;
  const std::vector<std::string>& lines_;
  Problems& problems_;
  std::vector<Open> open_;
  std::map<YAML::anchor_t, YamlNode> anchors_;
  Weight grown_;
  YamlNode root_;
  bool done_ = false;
};

class YamlReading {
 public:
  YamlReading(const std::string& text, const std::string& shown, Problems& problems)
      : text_(text), lines_(lines_of(text)), file_(std::make_shared<const std::string>(shown)), problems_(problems) {}

  std::optional<YamlNode> run() {
    if (const auto bad = first_bad_byte(text_)) {
      report(*bad, "this byte is no UTF-8 text; save the file as UTF-8");
      return std::nullopt;
    }
    YamlTreeBuilder builder(file_, lines_, problems_);
    try {
      std::istringstream stream(text_);
      YAML::Parser parser(stream);
      while (parser.HandleNextDocument(builder)) {
      }
    } catch (const GaveUp&) {
      return std::nullopt;
    } catch (const YAML::DeepRecursion& error) {
      report({error.mark.line, error.mark.column}, "nested more than " + std::to_string(k_deepest) + " levels deep");
      return std::nullopt;
    } catch (const YAML::Exception& error) {
      const auto wrong = explain_syntax_error({{error.mark.line, error.mark.column}, error.msg}, text_, lines_);
      report(wrong.at, wrong.text);
      return std::nullopt;
    }
    return accepted(builder.take());
  }

 private:
  // What yaml-cpp reads without a word.
  std::optional<YamlNode> accepted(YamlNode root) {
    const auto scan = scan_yaml(text_, {static_cast<int>(lines_.size()), 0});
    if (scan.open_quote) {
      report(*scan.open_quote, open_quote_text());
      return std::nullopt;
    }
    if (scan.tab) {
      report(*scan.tab, tab_text());
      return std::nullopt;
    }
    if (!root.place.file) root.place = {file_, 1, 1};
    return root;
  }

  void report(TextPosition at, const std::string& words) {
    const auto line = static_cast<std::size_t>(std::max(at.line, 0));
    const int column = line < lines_.size() ? character_column(lines_[line], at.column) : at.column + 1;
    problems_.error({file_, at.line + 1, column}, words);
  }

  const std::string& text_;
  std::vector<std::string> lines_;
  std::shared_ptr<const std::string> file_;
  Problems& problems_;
};

}  // namespace

std::optional<YamlNode> read_yaml_text(const std::string& text, const std::string& shown, Problems& problems) {
  const bool mark = text.starts_with("\xEF\xBB\xBF");
  const std::string content = mark ? text.substr(3) : text;
  return YamlReading(content, shown, problems).run();
}

std::optional<YamlNode> read_yaml_file(const std::string& path, const std::string& shown, Problems& problems) {
  const Place whole{std::make_shared<const std::string>(shown), 0, 0};
  std::error_code failed;
  const auto status = std::filesystem::status(path, failed);
  if (!std::filesystem::exists(status)) {
    const bool link = std::filesystem::is_symlink(std::filesystem::symlink_status(path, failed));
    problems.error(whole, link ? "this link leads to no file" : "there is no such file");
    return std::nullopt;
  }
  if (!std::filesystem::is_regular_file(status)) {
    problems.error(whole, std::filesystem::is_directory(status) ? "this is a folder; a YAML file is expected"
                                                                : "this is no ordinary file; a YAML file is expected");
    return std::nullopt;
  }
  const auto size = std::filesystem::file_size(path, failed);
  if (!failed && size > k_largest_file) {
    problems.error(whole, "the file has " + std::to_string(size) + " bytes; at most 16 MB are read");
    return std::nullopt;
  }
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream content;
  if (!stream || !(content << stream.rdbuf() || size == 0)) {
    problems.error(whole, "the file cannot be read; check its permissions");
    return std::nullopt;
  }
  return read_yaml_text(content.str(), shown, problems);
}

}  // namespace cb
