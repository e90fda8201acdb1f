// The comments that customers read: receipt, offer, reminder, advice on the priority, reclassification, apology. Their
// texts come from whitelisted facts alone (customer_facts.hpp).
#pragma once

#include <vector>

#include "bridge/sync/wanted_comment.hpp"

namespace cb {

std::vector<WantedComment> customer_comments(const CommentCase& with);

// The cause of a receipt that told of a free request: who has it is not moved to paid by an issue seen late (ruling
// 35).
inline constexpr const char* k_receipt_of_pool = "receipt/pool";

}  // namespace cb
