// Where Atlassian's documents and recorded answers lie: beside the repository, in ../shared/jira, or below the folder
// that the variable CB_SHARED names. They are not ours to copy; where they are missing, a test says what it leaves out.
#pragma once

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>

namespace cb {

inline std::optional<std::filesystem::path> shared_jira(const std::string& what_needs_it) {
  const char* given = std::getenv("CB_SHARED");
  const auto shared =
      given != nullptr ? std::filesystem::path(given) : std::filesystem::path(CB_SOURCE_DIR "/../shared");
  if (std::filesystem::is_directory(shared / "jira")) return shared / "jira";
  const std::string text = "NOT CHECKED: " + what_needs_it + "; " + (shared / "jira").string() + " is not there";
  MESSAGE(text);
  return {};
}

// A recorded answer, as `go-jira/transitions.json`.
inline std::optional<std::string> jira_recorded(const std::string& name) {
  const auto folder = shared_jira("the recorded answer " + name);
  if (!folder) return {};
  std::ifstream file(*folder / "recorded" / name, std::ios::binary);
  REQUIRE_MESSAGE(file.good(), name);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace cb
