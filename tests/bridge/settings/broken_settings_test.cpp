// Wrong configurations, each made from tests/data/example by one edit (tests/data/broken.json): refused at the place
// that a person must look at, with words that help, and never showing a secret.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "bridge/settings/loader.hpp"
#include "tests/support/effort.hpp"
#include "tests/support/temporary_folder.hpp"

namespace cb {
namespace {

namespace fs = std::filesystem;

std::string content_of(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream content;
  content << stream.rdbuf();
  return content.str();
}

TEST_CASE("every wrong configuration is refused with place and words") {
  const auto rows = nlohmann::json::parse(content_of(fs::path(CB_TEST_DATA) / "broken.json"));
  REQUIRE(rows.size() > 330);
  const TemporaryFolder temporary;  // of this run alone: another may be under way
  const fs::path folder = temporary.name();
  fs::copy(fs::path(CB_TEST_DATA) / "example", folder, fs::copy_options::recursive);
  for (std::size_t i = 0; i < rows.size(); i += k_stride) {
    const auto& row = rows[i];
    const auto name = row.at("name").get<std::string>();
    CAPTURE(name);
    const auto path = folder / row.at("file").get<std::string>();
    const auto good = content_of(path);
    auto edited = good;
    const auto replaced = row.at("replace").get<std::string>();
    const auto at = edited.find(replaced);
    REQUIRE(at != std::string::npos);
    edited.replace(at, replaced.size(), row.at("by").get<std::string>());
    std::ofstream(path, std::ios::binary) << edited;

    const auto loaded = load_settings(folder.string());
    CHECK_FALSE(loaded.settings.has_value());
    std::string text;
    for (const auto& problem : loaded.problems) text += to_text(problem) + "\n";
    const auto prefix = folder.string() + "/";
    for (auto found = text.find(prefix); found != std::string::npos; found = text.find(prefix)) {
      text.erase(found, prefix.size());
    }
    CAPTURE(text);
    const auto expected = row.at("place").get<std::string>() + ": error: ";
    const auto line = text.find(expected);
    REQUIRE(line != std::string::npos);
    const auto words = row.at("words").get<std::string>();
    CAPTURE(words);
    CHECK(text.substr(line, text.find('\n', line) - line).find(words) != std::string::npos);
    CHECK(text.find("topsecret") == std::string::npos);
    CHECK(text.find("8f2ac4ff0d6c9e31") == std::string::npos);
    std::ofstream(path, std::ios::binary) << good;
  }
}

}  // namespace
}  // namespace cb
