#include "bridge/settings/json_node.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

namespace cb {

namespace {

constexpr std::size_t k_json_deepest = 64;
constexpr std::size_t k_most_json_values = 20'000;
constexpr std::size_t k_longest_json_key = 200;
// Every value holds the path to it, so that keys which are each short enough must not add up either.
constexpr std::size_t k_longest_json_path = 500;

Place place_at(const std::string& path) {
  return {std::make_shared<const std::string>(path), 0, 0};
}

bool is_plain_key(const std::string& key) {
  return !key.empty() && std::all_of(key.begin(), key.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  });
}

// What a parser of nlohmann's calls, in the order of the text; false ends it.
class JsonTreeBuilder {
 public:
  using Json = nlohmann::json;
  explicit JsonTreeBuilder(Problems& problems) : problems_(problems) {}

  bool null() { return put({}); }
  bool boolean(bool value) { return scalar(value ? "true" : "false", false); }
  bool number_integer(Json::number_integer_t value) { return scalar(std::to_string(value), false); }
  bool number_unsigned(Json::number_unsigned_t value) { return scalar(std::to_string(value), false); }
  bool number_float(Json::number_float_t /*value*/, const std::string& written) { return scalar(written, false); }
  bool string(std::string& value) { return scalar(std::move(value), true); }
  bool binary(Json::binary_t& /*value*/) { return refuse("$", "bytes have no place in JSON"); }

  bool start_object(std::size_t /*size*/) { return begin(YamlNode::Kind::map); }
  bool end_object() { return end(); }
  bool start_array(std::size_t /*size*/) { return begin(YamlNode::Kind::list); }
  bool end_array() { return end(); }

  bool key(std::string& name) {
    auto& open = open_.back();
    if (name.size() > k_longest_json_key)
      return refuse(open.path,
                    "a key is longer than " + std::to_string(k_longest_json_key) + " bytes: " + ticked(name));
    if (!open.keys.insert(name).second)
      return refuse(path_of_value(name), "the key " + ticked(name) + " is given twice");
    open.key = std::move(name);
    return true;
  }

  // The library's own words quote what was read last, which may be long or a secret.
  bool parse_error(std::size_t position, const std::string& /*last*/, const nlohmann::detail::exception& error) {
    const bool utf8 = std::string(error.what()).find("UTF-8") != std::string::npos;
    return refuse("$", (utf8 ? "this is not valid UTF-8 at byte " : "this is not JSON from byte ") +
                           std::to_string(position) + (utf8 ? "" : " on"));
  }

  YamlNode take() { return std::move(root_); }

 private:
  struct Open {
    YamlNode node;
    std::string path;
    std::string key;             // of a map: the one that waits for its value
    std::set<std::string> keys;  // of a map: all so far
  };

  bool refuse(const std::string& path, const std::string& text) {
    problems_.error(place_at(path), text);
    return false;
  }

  [[nodiscard]] std::string path_of_value(const std::string& key) const {
    if (open_.empty()) return "$";
    const auto& open = open_.back();
    if (open.node.kind == YamlNode::Kind::list) return open.path + "[" + std::to_string(open.node.items.size()) + "]";
    return open.path + (is_plain_key(key) ? "." + key : "[" + Json(key).dump(-1, ' ', false, k_repair) + "]");
  }
  // Empty after a refusal: one value too many, or too far down.
  std::optional<std::string> next_path() {
    if (++values_ > k_most_json_values) {
      refuse("$", "there are more than " + std::to_string(k_most_json_values) + " values in this");
      return std::nullopt;
    }
    auto path = path_of_value(open_.empty() ? "" : open_.back().key);
    if (path.size() <= k_longest_json_path) return path;
    refuse(open_.back().path,
           "the keys on the way to a value are together longer than " + std::to_string(k_longest_json_path) + " bytes");
    return std::nullopt;
  }

  bool scalar(std::string text, bool in_quotes) {
    YamlNode node;
    node.kind = YamlNode::Kind::scalar;
    node.text = std::move(text);
    node.in_quotes = in_quotes;
    return put(std::move(node));
  }

  bool put(YamlNode node) {
    const auto path = next_path();
    if (!path) return false;
    node.place = place_at(*path);
    attach(std::move(node));
    return true;
  }

  void attach(YamlNode node) {
    if (open_.empty()) {
      root_ = std::move(node);
      return;
    }
    auto& open = open_.back();
    if (open.node.kind == YamlNode::Kind::list) {
      open.node.items.push_back(std::move(node));
    } else {
      const auto place = node.place;
      open.node.entries.push_back({std::move(open.key), place, std::move(node)});
    }
  }

  bool begin(YamlNode::Kind kind) {
    if (open_.size() == k_json_deepest) return refuse("$", "this is nested more than 64 levels deep");
    auto path = next_path();
    if (!path) return false;
    Open open;
    open.node.kind = kind;
    open.node.place = place_at(*path);
    open.path = *std::move(path);
    open_.push_back(std::move(open));
    return true;
  }

  bool end() {
    auto node = std::move(open_.back().node);
    open_.pop_back();
    attach(std::move(node));
    return true;
  }

  static constexpr auto k_repair = Json::error_handler_t::replace;
  Problems& problems_;
  std::vector<Open> open_;
  std::size_t values_ = 0;
  YamlNode root_;
};

}  // namespace

std::optional<YamlNode> read_json_text(const std::string& text, Problems& problems) {
  JsonTreeBuilder builder(problems);
  if (!nlohmann::json::sax_parse(text, &builder)) return std::nullopt;
  return builder.take();
}

}  // namespace cb
