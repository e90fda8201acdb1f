#include "bridge/web/openapi.hpp"

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "bridge/settings/yaml_reader.hpp"
#include "bridge/web/embedded_pages.hpp"

namespace cb {

namespace {

using Json = nlohmann::ordered_json;

Json json_of(const YamlNode& node) {
  switch (node.kind) {
    case YamlNode::Kind::nothing:
      return nullptr;
    case YamlNode::Kind::list: {
      auto list = Json::array();
      for (const auto& item : node.items) list.push_back(json_of(item));
      return list;
    }
    case YamlNode::Kind::map: {
      auto map = Json::object();
      for (const auto& entry : node.entries) map[entry.key] = json_of(entry.value);
      return map;
    }
    case YamlNode::Kind::scalar:
      break;
  }
  // A plain number or truth value is written in YAML as in JSON; every other text is none.
  if (!node.in_quotes) {
    auto value = Json::parse(node.text, nullptr, false);
    if (value.is_number() || value.is_boolean()) return value;
  }
  return node.text;
}

std::string converted() {
  Problems problems;
  const auto root = read_yaml_text(openapi_yaml(), "openapi.yaml", problems);
  if (!root || problems.any_error()) throw std::logic_error("openapi.yaml cannot be read");
  return json_of(*root).dump();
}

}  // namespace

const std::string& openapi_yaml() {
  return embedded_openapi();
}

const std::string& openapi_json() {
  static const std::string json = converted();
  return json;
}

}  // namespace cb
