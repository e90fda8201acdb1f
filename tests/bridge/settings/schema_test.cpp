// The JSON Schemas of config/schema and the loader know the same keys, in both directions: each block of a schema
// carries the loader's name for it (`x-block`).
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "bridge/settings/key_catalogue.hpp"
#include "bridge/settings/loader.hpp"

namespace cb {
namespace {

using Json = nlohmann::json;
using Keys = std::set<std::string>;

// Blocks of a schema with their keys; a block that several schemas hold must be the same in all of them.
void collect(const Json& node, std::map<std::string, Keys>& blocks) {
  if (node.is_array()) {
    for (const auto& item : node) collect(item, blocks);
  }
  if (!node.is_object()) return;
  if (node.contains("x-block")) {
    const auto name = node["x-block"].get<std::string>();
    CAPTURE(name);
    Keys keys;
    for (const auto& [key, value] : node.at("properties").items()) keys.insert(key);
    const auto [found, is_new] = blocks.emplace(name, keys);
    CHECK((is_new || found->second == keys));
    CHECK(node.at("additionalProperties") == false);
    for (const auto& key : node.value("required", Json::array())) CHECK(keys.count(key.get<std::string>()) == 1);
  }
  for (const auto& [key, value] : node.items()) collect(value, blocks);
}

// Every `$ref` leads somewhere.
void check_references(const Json& node, const Json& root) {
  if (node.is_array()) {
    for (const auto& item : node) check_references(item, root);
  }
  if (!node.is_object()) return;
  if (node.contains("$ref") && node["$ref"].is_string()) {
    const auto target = node["$ref"].get<std::string>();
    CAPTURE(target);
    CHECK(root.contains(Json::json_pointer(target.substr(1))));
  }
  for (const auto& [key, value] : node.items()) check_references(value, root);
}

TEST_CASE("schemas and loader know the same keys") {
  std::map<std::string, Keys> blocks;
  for (const auto* name : {"bridge", "calendars", "plans", "contracts", "classification", "scenario"}) {
    CAPTURE(name);
    std::ifstream stream(std::string(CB_SOURCE_DIR) + "/config/schema/" + name + ".schema.json");
    REQUIRE(stream);
    const auto schema = Json::parse(stream);
    CHECK(schema.at("$schema") == "https://json-schema.org/draft/2020-12/schema");
    collect(schema, blocks);
    check_references(schema, schema);
  }
  for (const auto& entry : key_catalogue()) {
    const auto& [block, keys] = entry;
    CAPTURE(entry.first);
    REQUIRE(blocks.count(block) == 1);
    CHECK(blocks.at(block) == Keys(keys.begin(), keys.end()));
  }
  for (const auto& entry : blocks) {
    const auto& [block, keys] = entry;
    CAPTURE(entry.first);
    CHECK(key_catalogue().count(block) == 1);
  }
}

TEST_CASE("the example that ships loads without a warning") {
  const auto loaded = load_settings(std::string(CB_SOURCE_DIR) + "/config/example");
  for (const auto& problem : loaded.problems) FAIL_CHECK(to_text(problem));
  CHECK(loaded.settings.has_value());
}

}  // namespace
}  // namespace cb
