// One comment that an issue should have by now, whether it stands there already or not.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "adapters/tracker.hpp"
#include "bridge/settings/settings.hpp"
#include "bridge/texts/text_book.hpp"
#include "rules/contract_book.hpp"
#include "rules/decision.hpp"

namespace cb {

struct CommentTerms {
  const std::map<std::string, CommentMode>& modes;
  const ContractBook& book;
  const TextBook& texts;
  bool private_comments = false;
};

// Somebody who is not staff changed these of ours in one edit, and they are set right with this write (design.md 7).
struct PutBack {
  std::vector<std::string> fields, labels, flags;
  Instant at;
  std::string who;
};

// What comments are made of, all as of `now`.
struct CommentCase {
  const Decision& decision;
  const Issue& issue;
  const CommentTerms& terms;
  const std::vector<PutBack>& put_back;
  Instant now;
};

struct WantedComment {
  std::string cause;  // with what tells several of a kind apart
  std::string text;
  Visibility visibility = Visibility::internal;
  // Causes of the same comment in other words, as `receipt` and `receipt/pool`: where one of them stands, it stands.
  std::vector<std::string> also_as{};
  // Causes of other comments that it says, too: where they are missing as well, it bears their references, and they are
  // not written.
  std::vector<std::string> says_too{};
  // The cause names its instant: the same in every cycle, so a reopened issue does not hear of it again.
  bool dated = false;
};

// `notice` is internal where nothing else is said and there are comments at all.
CommentMode mode_of(const CommentTerms& terms, const std::string& kind);

// The cycle in the reference of a comment that its own date tells apart.
inline constexpr int k_dated = 1;
// What was missed or done longer ago is no news: the issue shows it, and nobody is mailed.
inline constexpr Seconds k_news_age{14 * 24 * 3600};
// Older issues get no receipt: a bridge that is connected to an old tracker must not write to everybody.
inline constexpr Seconds k_receipt_age{7 * 24 * 3600};

// The promise that a note is about: the clock, and which of several where the clock promises again and again.
std::string promise_of(const ClockReading& clock);

// Still waiting for somebody.
bool is_open(const Decision& decision);

}  // namespace cb
