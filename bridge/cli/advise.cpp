#include "bridge/cli/advise.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>
#include <ostream>

#include "bridge/cli/options.hpp"
#include "bridge/texts/likely_language.hpp"

namespace cb {

int advise(const std::string& file, const UrgencyWords& words, std::ostream& out, std::ostream& err) {
  errno = 0;
  std::ifstream stream(file, std::ios::binary);
  int number = 0;
  for (std::string line; stream.is_open() && std::getline(stream, line);) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    const auto finding = words.assess(line);
    const bool urgent = finding.urgency == Urgency::urgent;
    nlohmann::ordered_json answer;
    answer["line"] = ++number;
    answer["urgent"] = urgent;
    answer["language"] = likely_language(line);
    answer["matched"] = urgent ? finding.matched : std::vector<std::string>();
    out << answer.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) << '\n';
  }
  if (stream.is_open() && !stream.bad() && errno == 0) return k_exit_ok;
  err << file << ": error: " << (errno == 0 ? "cannot be read" : std::strerror(errno)) << '\n';
  return k_exit_usage;
}

}  // namespace cb
