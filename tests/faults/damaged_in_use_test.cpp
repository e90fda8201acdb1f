// A store that is damaged while the service uses it: the service says so, with the way out, and writes nothing by
// guess; after it was ended and the store rebuilt, everything comes to the same end.
#include <filesystem>

#include "bridge/store/rebuild.hpp"
#include "bridge/web/health.hpp"
#include "bridge/web/service_state.hpp"
#include "tests/faults/fault_site.hpp"
#include "tests/faults/fault_world.hpp"
#include "tests/faults/store_files.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace cb;
using namespace cb::faults;

namespace {

// Everything is in the file, and nothing of it in memory.
void write_out(Connection& connection) {
  static_cast<void>(connection.single("PRAGMA wal_checkpoint(TRUNCATE)"));
  connection.run("PRAGMA shrink_memory");
}

std::string readyz_text(FaultWorld& world, const Settings& settings) {
  const std::vector<LoopStatus> loops{world.loop().status()};
  const auto state = look_at_service({"test", world.clock.now(), start(), settings, loops}, world.store());
  CHECK_FALSE(state.ready());
  WebRequest request;
  const auto answer = readyz(state, request, true);
  CHECK(answer.status == 503);
  return answer.body;
}

}  // namespace

TEST_CASE("a store that is damaged in use is told, nothing is written by guess, and a rebuild ends it") {
  // Where the damage is met only when a write is recorded, that write was decided by what is sound, and the comparison
  // at the end shows that it is right; the step ends there, and no step after it writes again.
  const std::pair<std::string, int> rows[] = {{"issue", 0}, {"claim", 0}, {"outbox", 0}, {"wake", 0}, {"ledger", 1}};
  for (const auto& row : rows) {
    const auto& [table, most_writes] = row;
    CAPTURE(row.first);
    const TemporaryFolder folder;
    const auto path = folder.path("bridge.db");
    auto file = std::make_unique<OpenFile>(path);
    WorldOptions options{TrackerKind::redmine};
    options.store = file->store.get();
    FaultWorld world(options);
    write_out(*file->connection);
    overwrite_root_of(path, table);
    const auto writes = world.fake().writes();
    for (int i = 0; i < 5; ++i) {
      const auto report = world.step();
      CHECK(report.error.find("store " + path) != std::string::npos);
      CHECK(report.error.find("contract-bridge rebuild") != std::string::npos);
      world.clock.sleep(Seconds(300));
    }
    CHECK(world.fake().writes() - writes <= most_writes);
    CHECK(world.log_text.str().find("contract-bridge rebuild") != std::string::npos);
    const auto told = readyz_text(world, demo_settings(TrackerKind::redmine));
    CHECK(told.find("not ready") == 0);
    CHECK(told.find("contract-bridge rebuild") != std::string::npos);

    world.use_store(world.spare());
    file.reset();
    static_cast<void>(rebuild_store("sqlite:" + path, world.clock.now()));
    const auto rebuilt = open_store("sqlite:" + path);
    world.use_store(*rebuilt);
    world.run_until(the_end());
    CHECK(difference(undisturbed(TrackerKind::redmine).end_state, world.end_state()) == "");
    CHECK(rebuilt->open_intents(world.tracker()).empty());
  }
}
