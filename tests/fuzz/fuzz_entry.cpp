#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "tests/fuzz/fuzz.hpp"

namespace cb::fuzz {

void must(bool holds, const std::string& what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", what.c_str());
  std::abort();
}

void must_be(const std::string& got, const std::string& wanted, const std::string& what) {
  if (got == wanted) return;
  std::fprintf(stderr, "got:    %s\nwanted: %s\n", got.c_str(), wanted.c_str());
  must(false, what);
}

std::pair<std::string, std::string> first_line(const std::string& bytes) {
  const auto end = bytes.find('\n');
  if (end == std::string::npos) return {bytes, {}};
  return {bytes.substr(0, end), bytes.substr(end + 1)};
}

bool is_one_clean_line(const std::string& text) {
  for (const char c : text)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) return false;
  return true;
}

}  // namespace cb::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  cb::fuzz::one_input(std::string(reinterpret_cast<const char*>(data), size));
  return 0;
}
