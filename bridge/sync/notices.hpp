// What is told outside the tracker: risk, breach and the urgent procedure, to the targets that ask for them. Pure. Each
// notification bears the id of its cause, so that it is told once, also after a crash; the body is made here, so that
// every attempt sends the same. No secret, and nothing of the issue but its heading reaches it.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "bridge/settings/settings.hpp"
#include "bridge/store/store.hpp"
#include "rules/contract_book.hpp"
#include "rules/decision.hpp"
#include "rules/issue.hpp"

namespace cb {

struct NoticeTerms {
  const std::vector<NotificationTarget>& targets;
  const TrackerSettings& tracker;
  const ContractBook& book;
};

// What happened longer ago is no news outside the tracker: a bridge that is connected to an old one stays quiet.
inline constexpr Seconds k_notice_age{3 * 24 * 3600};

std::vector<Notification> notices(const Decision& decision, const Issue& issue, const NoticeTerms& terms, Instant now);

// A user's text as part of a message for chat tools: one line, short, and nothing in it calls anybody, makes a link or
// changes the look.
std::string chat_text(const std::string& text);

}  // namespace cb
