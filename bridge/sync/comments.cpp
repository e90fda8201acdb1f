#include "bridge/sync/comments.hpp"

#include <algorithm>
#include <cstdint>

#include "bridge/sync/customer_comments.hpp"
#include "bridge/sync/staff_notes.hpp"
#include "rules/cycle.hpp"

namespace cb {

namespace {

template <class Accepts>
bool is_written(const Issue& issue, const std::string& reference, Accepts accepts) {
  return std::any_of(issue.history.begin(), issue.history.end(), [&](const Event& event) {
    return event.by.self && event.comment && event.comment->text.find(reference) != std::string::npos &&
           accepts(*event.comment);
  });
}

// One note instead of two that say the same.
void fold(std::vector<NewComment>& comments, const WantedComment& want, const IssueKey& key, int cycle) {
  const auto find = [&](const std::string& cause) {
    return std::find_if(comments.begin(), comments.end(),
                        [&](const NewComment& each) { return each.reference == reference_of(key, cause, cycle); });
  };
  for (const auto& cause : want.says_too) {
    const auto said = find(cause);
    if (said == comments.end() || find(want.cause) == comments.end()) continue;
    const auto reference = said->reference;
    comments.erase(said);
    find(want.cause)->text += "\n" + reference;
  }
}

}  // namespace

std::string reference_of(const IssueKey& key, const std::string& cause, int cycle) {
  std::uint64_t hash = 0xcbf29ce484222325U;  // FNV-1a
  for (const char c : to_text(key) + "|" + cause + "|" + std::to_string(cycle)) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  }
  hash = (hash >> 48U) ^ (hash >> 24U) ^ hash;
  std::string digits;
  for (int shift = 20; shift >= 0; shift -= 4) {
    digits += "0123456789abcdef"[(hash >> static_cast<unsigned>(shift)) & 0xfU];
  }
  return "[cb-" + digits + "]";
}

int cycle_of(const Decision& decision) {
  int cycle = 1;
  for (const auto& clock : decision.clocks) cycle = std::max(cycle, clock.cycle);
  return cycle;
}

bool has_comment(const Issue& issue, const std::string& cause, int cycle) {
  return is_written(issue, reference_of(issue.key, cause, cycle), [](const Comment&) { return true; });
}

bool was_told(const Issue& issue, const std::string& cause, int cycle) {
  return is_written(issue, reference_of(issue.key, cause, cycle),
                    [](const Comment& comment) { return comment.visibility == Visibility::everybody; });
}

bool is_open(const Decision& decision) {
  return decision.phase && is_waiting(*decision.phase);
}

std::string promise_of(const ClockReading& clock) {
  const bool renewed = clock.name == ClockName::next_update || clock.name == ClockName::keep_fix_date;
  return to_text(clock.name) + (renewed && clock.due ? "/" + to_iso(*clock.due) : "");
}

CommentMode mode_of(const CommentTerms& terms, const std::string& kind) {
  const auto mode = terms.modes.find(kind);
  if (mode != terms.modes.end()) return mode->second;
  return kind == "notice" && !terms.modes.empty() ? CommentMode::internal : CommentMode::off;
}

std::vector<NewComment> missing_comments(const Decision& decision, const Issue& issue, const CommentTerms& terms,
                                         const std::vector<PutBack>& put_back, Instant now) {
  std::vector<NewComment> comments;
  // Without the history nobody knows what was written before.
  if (!issue.history_known) return comments;
  const CommentCase with{decision, issue, terms, put_back, now};
  const auto cycle = cycle_of(decision);
  auto wanted = customer_comments(with);
  for (auto& note : staff_notes(with)) wanted.push_back(std::move(note));
  for (const auto& want : wanted) {
    if (want.text.empty() || (want.visibility == Visibility::internal && !terms.private_comments)) continue;
    const auto own_cycle = want.dated ? k_dated : cycle;
    const bool stands = has_comment(issue, want.cause, own_cycle) ||
                        std::any_of(want.also_as.begin(), want.also_as.end(),
                                    [&](const std::string& cause) { return has_comment(issue, cause, cycle); });
    if (!stands) comments.push_back({want.visibility, want.text, reference_of(issue.key, want.cause, own_cycle)});
  }
  for (const auto& want : wanted) fold(comments, want, issue.key, cycle);
  return comments;
}

}  // namespace cb
