// Recorded answers of a real Redmine 5.0.4 and a real Bugzilla 5.2 (tests/data/recordings): one request and its
// response per file.
#pragma once

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>
#include <string>

namespace cb {

struct Recording {
  int status = 0;
  std::string body;
};

inline std::string recording_path(const std::string& name, const std::string& tracker = "redmine") {
  return std::string(CB_TEST_DATA) + "/recordings/" + tracker + "/" + name;
}

inline std::string file_text(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + path);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

inline Recording recording(const std::string& name, const std::string& tracker = "redmine") {
  const auto file = nlohmann::json::parse(file_text(recording_path(name + ".json", tracker)));
  const auto& response = file.at("response");
  const auto& body = response.at("body");
  return {response.at("status").get<int>(), body.is_string() ? body.get<std::string>() : body.dump()};
}

}  // namespace cb
