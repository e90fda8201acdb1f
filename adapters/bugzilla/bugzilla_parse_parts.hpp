// What the parsers of Bugzilla's answers share.
#pragma once

#include <utility>

#include "adapters/bugzilla/bugzilla_records.hpp"
#include "adapters/json_read.hpp"

namespace cb {

template <class T>
Result<T> unless_problem(const JsonDocument& document, T value) {
  if (auto problem = document.problem()) return Failure(*std::move(problem));
  return value;
}

// {"id": 4, "name": "ann", "email": "ann@acme.example", "real_name": "Ann"}; `email` may be left out.
BugzillaPerson bugzilla_person(const JsonValue& value);

}  // namespace cb
