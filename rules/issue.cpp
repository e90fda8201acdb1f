#include "rules/issue.hpp"

#include "rules/text.hpp"

namespace cb {

// By what is told of both, the surest first: the tracker's id, then login, then address.
bool same_person(const Author& a, const Author& b) {
  if (!a.id.empty() && !b.id.empty()) return a.id == b.id;
  if (!a.login.empty() && !b.login.empty()) return same_name(a.login, b.login);
  if (!a.address.empty() && !b.address.empty()) return same_name(a.address, b.address);
  return false;
}

std::string called(const Author& author) {
  for (const auto* name : {&author.address, &author.login, &author.name}) {
    if (!name->empty()) return *name;
  }
  return "somebody unknown";
}

std::string field_value(const Issue& issue, const std::string& name) {
  for (const auto& [field, values] : issue.fields) {
    if (!same_name(field, name)) continue;
    for (const auto& value : values) {
      if (!value.empty()) return value;
    }
  }
  return {};
}

}  // namespace cb
