#include "tests/simulation/trace.hpp"

#include <ostream>

namespace cb::simulation {

std::string text_of(Moment at) {
  const auto second = std::chrono::floor<Seconds>(at);
  auto fraction = std::to_string((at - second).count());
  fraction.insert(0, 6 - fraction.size(), '0');
  auto text = to_iso(second);
  text.insert(text.size() - 1, "." + fraction);
  return text;
}

void Trace::step(Moment at, const std::string& line) {
  ++steps_;
  const auto add = [this](unsigned char c) { hash_ = (hash_ ^ c) * 0x100000001b3U; };
  for (auto left = static_cast<std::uint64_t>(at.time_since_epoch().count()); left != 0; left >>= 8U)
    add(static_cast<unsigned char>(left & 0xffU));
  for (const char c : line) add(static_cast<unsigned char>(c));
  if (out_ != nullptr) *out_ << steps_ << " " << text_of(at) << " " << line << "\n";
}

void Trace::remark(const std::string& line) {
  if (out_ != nullptr) *out_ << "        " << line << "\n";
}

}  // namespace cb::simulation
