// Which terms a clock has when: the effective priority with a plan's floor, and the urgent procedure with its own
// calendar and targets (A3, D5, D6; rulings 8, 29, 30).
#pragma once

#include <vector>

#include "rules/clock.hpp"
#include "rules/measure.hpp"

namespace cb {

Priority effective(Priority stated, const Plan& plan);
// Eras from `start` on; the first holds at `start`. Empty when a calendar is missing from the book.
std::vector<Era> eras_of(ClockName name, const ClockInput& input, Instant start);

// The urgent procedure as it holds under the present priority.
UrgentService urgent_service(const ClockInput& input);

}  // namespace cb
