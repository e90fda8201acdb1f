// States to begin with: the recorded server's, without its bugs, and the means to add some.
#pragma once

#include <string>

#include "tests/trackers/fake_bugzilla_state.hpp"

namespace cb::fake_bugzilla {

// Users admin, staff, customer and customer2 at example.com (key `staff-key`, password `staff-password`), products LMS
// and TestProduct, the custom fields, keywords, flag type and groups of observed.md. Staff are insiders and may edit
// bugs, customers are in no group.
State small_state();

// A bug as that person would have created it; returns its number. Throws std::invalid_argument for unknown names.
int add_bug(State& state, const std::string& reporter, const std::string& summary, const std::string& description,
            Instant at);
void add_comment(State& state, int bug, const std::string& author, const std::string& text, bool is_private,
                 Instant at);

// A custom field with the next free number.
Field& add_field(State& state, const std::string& name, const std::string& label, FieldType type,
                 const std::vector<std::string>& values = {});

}  // namespace cb::fake_bugzilla
