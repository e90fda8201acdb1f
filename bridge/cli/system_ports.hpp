// The real time and real chance of this machine, for main; everything below gets them as ports.
#pragma once

#include <memory>

#include "bridge/ports/clock.hpp"

namespace cb {

std::unique_ptr<Clock> make_system_clock();
std::unique_ptr<Chance> make_system_chance();

}  // namespace cb
