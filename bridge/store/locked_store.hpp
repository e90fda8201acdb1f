// One store for several threads: each function of the inner store runs alone. A unit of work that needs more than one
// function is not made safe by it; where that matters, the functions of the port are made for it (Record::seen_wake).
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "bridge/store/store.hpp"
#include "bridge/store/store_turns.hpp"

namespace cb {

// `inner` must outlive it, and is used through it alone meanwhile, or through others that take the same turns. Any
// number of threads. `on_wake` is called with the name of each tracker of which issues were woken, after that is in the
// store and outside of the lock. How long its functions wait, and that they throw StoreBusy then, says store_turns.hpp.
std::unique_ptr<Store> make_locked_store(Store& inner, std::function<void(const std::string&)> on_wake = {},
                                         std::shared_ptr<StoreTurns> turns = std::make_shared<StoreTurns>(),
                                         StoreTurns::Asker asker = StoreTurns::Asker::engine);

}  // namespace cb
