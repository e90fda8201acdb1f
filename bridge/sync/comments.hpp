// Which comments an issue should have by now, and which of them are still to be written: pure. Each stands at most once
// for its cause and cycle, recognised by our own account and the reference, never by its wording. Customer-visible
// texts come from whitelisted facts alone (bridge/texts/customer_texts.hpp); notes for staff are left out where the
// tracker cannot keep them private.
#pragma once

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

std::vector<NewComment> missing_comments(const Decision& decision, const Issue& issue, const CommentTerms& terms,
                                         Instant now);

// `[cb-7f3a2c]`: the same for the same issue, cause and cycle, on any machine.
std::string reference_of(const IssueKey& key, const std::string& cause, int cycle);

}  // namespace cb
