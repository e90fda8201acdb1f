// The threads of the machine.
#pragma once

#include <memory>

#include "bridge/ports/threads.hpp"

namespace cb {

std::unique_ptr<Threads> make_real_threads();

}  // namespace cb
