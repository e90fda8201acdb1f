#include "bridge/settings/loader.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "bridge/settings/loading.hpp"

namespace cb {
namespace {

namespace fs = std::filesystem;

// FNV-1a over the names and bytes of all files: any edit gives another version.
class Fingerprint {
 public:
  void add(const std::string& text) {
    for (const char c : text) {
      value_ ^= static_cast<unsigned char>(c);
      value_ *= 0x100000001B3ULL;
    }
  }
  [[nodiscard]] std::string text() const {
    std::array<char, 20> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%016llx", static_cast<unsigned long long>(value_));
    return buffer.data();
  }

 private:
  std::uint64_t value_ = 0xCBF29CE484222325ULL;
};

std::string version_of(const Loading& loading) {
  Fingerprint fingerprint;
  auto files = loading.files;
  std::sort(files.begin(), files.end());
  files.erase(std::unique(files.begin(), files.end()), files.end());
  for (const auto& path : files) {
    std::ifstream stream(path, std::ios::binary);
    std::ostringstream content;
    content << stream.rdbuf();
    // Where the folder lies does not matter, what is in it does.
    fingerprint.add(path.starts_with(loading.folder) ? path.substr(loading.folder.size()) : path);
    fingerprint.add(std::string(1, '\0') + content.str() + '\0');
  }
  return fingerprint.text();
}

bool folder_is_readable(Loading& loading) {
  std::error_code failed;
  const Place place{std::make_shared<const std::string>(loading.folder), 0, 0};
  const auto status = fs::status(loading.folder, failed);
  if (!fs::exists(status)) {
    loading.problems.error(place, "there is no such folder; --config names the folder that holds bridge.yaml");
    return false;
  }
  if (!fs::is_directory(status)) {
    loading.problems.error(place, "this is a file; --config names the folder that holds bridge.yaml");
    return false;
  }
  return true;
}

// A file that nothing reads is mostly a name misspelt.
void warn_about_strangers(Loading& loading) {
  const std::vector<std::string> known{"bridge.yaml", "calendars.yaml", "plans.yaml", "contracts.yaml",
                                       "classification.yaml"};
  std::error_code failed;
  std::vector<std::string> names;
  for (fs::directory_iterator entry(loading.folder, failed), end; !failed && entry != end; entry.increment(failed)) {
    const auto extension = entry->path().extension();
    if (extension == ".yaml" || extension == ".yml") names.push_back(entry->path().filename().string());
  }
  for (const auto& name : names) {
    if (name.front() == '.' || std::find(known.begin(), known.end(), name) != known.end()) continue;
    const auto near = nearest_word(name, known);
    loading.problems.warning(whole_file(loading, name),
                             "nothing reads this file" + (near.empty() ? "" : "; did you mean " + ticked(near) + "?"));
  }
}

}  // namespace

Loaded load_settings(const std::string& folder) {
  Loading loading;
  loading.folder = folder;
  while (loading.folder.size() > 1 && loading.folder.ends_with('/')) loading.folder.pop_back();
  if (folder_is_readable(loading)) {
    load_bridge(loading);
    load_calendars(loading);
    load_classification(loading);
    load_plans(loading);
    load_contracts(loading);
    load_texts(loading);
    warn_about_strangers(loading);
  }
  Loaded loaded;
  loaded.problems = loading.problems.sorted();
  if (loading.problems.any_error()) return loaded;
  loading.settings.folder = loading.folder;
  loading.settings.book.version = version_of(loading);
  loaded.settings = std::move(loading.settings);
  return loaded;
}

}  // namespace cb
