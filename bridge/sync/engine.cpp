#include "bridge/sync/engine.hpp"

#include "bridge/sync/cycle_run.hpp"

namespace cb {

Engine::Engine(const EngineParts& parts, EngineOptions options, Progress progress)
    : parts_(parts), options_(std::move(options)), progress_(std::move(progress)) {}

CycleReport Engine::run_cycle() {
  CycleRun run(parts_, options_, progress_);
  try {
    run.run();
  } catch (const StoreError& error) {
    run.stop(std::string("the store failed: ") + error.what());
  }
  return run.report();
}

}  // namespace cb
