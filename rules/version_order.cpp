#include "rules/version_order.hpp"

#include <algorithm>
#include <cctype>
#include <string_view>

#include "rules/text.hpp"

namespace cb {
namespace {

// A part is a run of digits or a run of letters; separators only part. Missing parts count as zero, and words before
// the release (alpha, beta, pre, rc, dev, snapshot) come before it.
struct Part {
  bool number = true;
  std::string text;  // digits without leading zeros, or folded letters
};

std::vector<Part> parts_of(const std::string& version) {
  std::vector<Part> out;
  const auto text = folded(trimmed(version));
  for (std::size_t at = text.rfind('v', 0) == 0 ? 1 : 0; at < text.size();) {
    const auto digit = [&](char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; };
    const auto letter = [&](char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; };
    const auto begin = at;
    if (text[at] == '+') break;  // build metadata does not order
    if (digit(text[at])) {
      while (at < text.size() && digit(text[at])) ++at;
      const auto digits = text.substr(begin, at - begin);
      const auto first = digits.find_first_not_of('0');
      out.push_back({true, first == std::string::npos ? "0" : digits.substr(first)});
    } else if (letter(text[at])) {
      while (at < text.size() && letter(text[at])) ++at;
      out.push_back({false, text.substr(begin, at - begin)});
    } else {
      ++at;
    }
  }
  return out;
}

// Before the release -1, the release itself 0, after it (patch, sp, any other word) 1.
int stage_of(const std::string& word) {
  for (const std::string_view before :
       {"a", "alpha", "b", "beta", "c", "dev", "m", "milestone", "pre", "preview", "rc", "snapshot"}) {
    if (word == before) return -1;
  }
  return word == "final" || word == "ga" || word == "release" ? 0 : 1;
}

std::strong_ordering compare_numbers(const std::string& a, const std::string& b) {
  if (a.size() != b.size()) return a.size() <=> b.size();
  return a.compare(b) <=> 0;
}

std::strong_ordering compare_parts(const Part& a, const Part& b) {
  if (a.number && b.number) return compare_numbers(a.text, b.text);
  // a number goes on with the release, so it is later than a pre-release word and earlier than a later stage
  const int left = a.number ? (a.text == "0" ? 0 : 2) : stage_of(a.text);
  const int right = b.number ? (b.text == "0" ? 0 : 2) : stage_of(b.text);
  if (left != right || a.number || b.number) return left <=> right;
  return left == 0 ? std::strong_ordering::equal : a.text.compare(b.text) <=> 0;
}

}  // namespace

std::strong_ordering compare_versions(const std::string& a, const std::string& b) {
  const auto left = parts_of(a);
  const auto right = parts_of(b);
  const Part zero{true, "0"};
  for (std::size_t at = 0; at < std::max(left.size(), right.size()); ++at) {
    const auto order = compare_parts(at < left.size() ? left[at] : zero, at < right.size() ? right[at] : zero);
    if (order != std::strong_ordering::equal) return order;
  }
  return std::strong_ordering::equal;
}

bool within(const std::string& version, const std::vector<VersionBound>& bounds) {
  return std::all_of(bounds.begin(), bounds.end(), [&](const VersionBound& bound) {
    const auto order = compare_versions(version, bound.version);
    if (bound.op == ">=") return order >= 0;
    if (bound.op == ">") return order > 0;
    if (bound.op == "<=") return order <= 0;
    if (bound.op == "<") return order < 0;
    return order == 0;
  });
}

}  // namespace cb
