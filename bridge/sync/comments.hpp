// Which comments an issue should have by now, and which of them are still to be written: pure. Each stands at most once
// for its cause and cycle, or for its cause alone where that names an instant, recognised by our own account and the
// reference, never by its wording. Customer-visible texts come from whitelisted facts alone
// (bridge/texts/customer_texts.hpp); notes for staff are left out where the tracker cannot keep them private.
#pragma once

#include <string>
#include <vector>

#include "bridge/sync/wanted_comment.hpp"

namespace cb {

std::vector<NewComment> missing_comments(const Decision& decision, const Issue& issue, const CommentTerms& terms,
                                         const std::vector<PutBack>& put_back, Instant now);

// `[cb-7f3a2c]`: the same for the same issue, cause and cycle, on any machine.
std::string reference_of(const IssueKey& key, const std::string& cause, int cycle);
// The present one, as its clocks tell; 1 without any.
int cycle_of(const Decision& decision);
// Whether our account wrote it.
bool has_comment(const Issue& issue, const std::string& cause, int cycle);
// And in public.
bool was_told(const Issue& issue, const std::string& cause, int cycle);

}  // namespace cb
