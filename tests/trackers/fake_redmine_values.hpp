// Custom field values: how JSON becomes what Redmine stores, and what it says of a value that the field refuses.
#pragma once

#include <optional>
#include <string>

#include "tests/trackers/fake_redmine_json.hpp"

namespace cb::fake {

// null becomes "", numbers and booleans text, a list stays a list.
Value value_from(const Json& json);

// `Sla class is not included in the list`; nothing when the field takes the value. A stored value that the list lost
// since then hinders nothing (recording 424).
std::optional<std::string> complaint(const Field& field, const Value& value, const Value& stored);

bool blank(const std::string& text);
bool blank(const Value& value);
bool is_date(const std::string& text);

}  // namespace cb::fake
