// The ids of issues in a webhook delivery. They are the only thing that is taken from one, and become part of an
// address, so they must look like an id: a whole number as all three trackers have them, nothing else.
#pragma once

#include <string>
#include <vector>

#include "adapters/json_read.hpp"

namespace cb {

bool is_hook_id(const std::string& text);
// Each once; what is no id is passed over.
void add_hook_id(std::vector<std::string>& ids, const std::string& id);
// An id as a number or a text; nothing when it is not present, a problem of the document when it has another form.
void add_hook_id(std::vector<std::string>& ids, const JsonValue& value);

}  // namespace cb
