#include "bridge/web/api_ask.hpp"

#include <algorithm>
#include <charconv>

namespace cb {

namespace {

constexpr std::size_t k_longest_id = 18;  // as the adapters take it
constexpr std::size_t k_longest_cursor = 2'000;
const std::string k_digits = "0123456789abcdef";

bool is_issue_id(const std::string& id) {
  return !id.empty() && id.size() <= k_longest_id && id.front() != '0' &&
         std::all_of(id.begin(), id.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string hex_of(const std::string& text) {
  std::string hex;
  for (const auto c : text) {
    const auto byte = static_cast<unsigned char>(c);
    hex += k_digits[byte / 16U];
    hex += k_digits[byte % 16U];
  }
  return hex;
}

std::optional<std::string> from_hex(const std::string& hex) {
  if (hex.empty() || hex.size() % 2 != 0 || hex.size() > k_longest_cursor) return {};
  std::string text;
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    const auto high = k_digits.find(hex[i]);
    const auto low = k_digits.find(hex[i + 1]);
    if (high == std::string::npos || low == std::string::npos) return {};
    text += static_cast<char>(high * 16 + low);
  }
  return text;
}

std::optional<int> limit_from(const std::string& text) {
  int limit = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), limit);
  if (error != std::errc() || end != text.data() + text.size()) return {};
  return limit >= 1 && limit <= k_longest_page ? std::optional(limit) : std::nullopt;
}

}  // namespace

std::variant<IssueKey, WebAnswer> asked_issue(const WebCall& call, const Settings& settings) {
  const IssueKey key{call.parts.at("tracker"), call.parts.at("id")};
  std::string known;
  bool is_known = false;
  for (const auto& tracker : settings.trackers) {
    known += (known.empty() ? "" : ", ") + tracker.name;
    is_known = is_known || tracker.name == key.tracker;
  }
  if (!is_known) return problem_answer(404, "No tracker of that name is configured; the trackers are: " + known + ".");
  if (!is_issue_id(key.id)) {
    return problem_answer(400, "The id of an issue is a whole number of at most 18 digits, as 123.");
  }
  return key;
}

std::variant<AskedPage, WebAnswer> asked_page(const WebCall& call, const std::string& list) {
  AskedPage page;
  if (const auto given = call.parameter("limit"); given.state != Parameter::State::absent) {
    const auto limit = limit_from(given.value);
    if (!limit) return problem_answer(400, "`limit` is a whole number from 1 to 200.");
    page.limit = *limit;
  }
  if (const auto given = call.parameter("cursor"); given.state != Parameter::State::absent) {
    const auto text = from_hex(given.value);
    if (!text || !text->starts_with(list + " ") || text->size() == list.size() + 1) {
      return problem_answer(400, "`cursor` is none of this list; take the one that `next` of the page before holds.");
    }
    page.after = text->substr(list.size() + 1);
  }
  return page;
}

std::string next_cursor(const std::string& list, const std::string& place) {
  return hex_of(list + " " + place);
}

std::variant<Instant, WebAnswer> asked_instant(const WebCall& call, const std::string& name, Instant otherwise) {
  const auto given = call.parameter(name);
  if (given.state == Parameter::State::absent) return otherwise;
  const auto instant = instant_from_iso(given.value);
  if (!instant) return problem_answer(400, "`" + name + "` is an instant in UTC such as 2026-11-22T14:30:00Z.");
  return *instant;
}

}  // namespace cb
