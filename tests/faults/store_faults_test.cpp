// A store that cannot be written for a while: it says which file, what and what to do, nothing is half done, and once
// the trouble is over the bridge goes on and ends up where the undisturbed run does.
#include <sys/resource.h>

#include <csignal>
#include <filesystem>

#include "tests/faults/fault_world.hpp"
#include "tests/faults/store_files.hpp"
#include "tests/support/effort.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace cb;
using namespace cb::faults;

namespace {

// No file of this process may grow beyond so many bytes.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) {
    std::signal(SIGXFSZ, SIG_IGN);
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit{bytes, before_.rlim_max};
    REQUIRE(::setrlimit(RLIMIT_FSIZE, &limit) == 0);
  }
  ~FileSizeLimit() { ::setrlimit(RLIMIT_FSIZE, &before_); }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;

 private:
  rlimit before_{};
};

struct Trouble {
  const char* name;
  std::function<void(Connection&)> begins, ends;
  std::vector<std::string> words;
};

void check_trouble(TrackerKind kind, const Trouble& trouble, int steps_before) {
  const TemporaryFolder folder;
  const auto path = folder.path("bridge.db");
  OpenFile file(path);
  WorldOptions options{kind};
  options.store = file.store.get();
  FaultWorld world(options);
  for (int i = 0; i < steps_before; ++i) {
    world.step();
    world.clock.sleep(Seconds(30));
  }
  trouble.begins(*file.connection);
  std::string error;
  for (int i = 0; i < 4; ++i) {
    const auto report = world.step();
    if (!report.error.empty()) error = report.error;
    world.clock.sleep(Seconds(60));
  }
  CAPTURE(error);
  CHECK(error.find("store " + path) != std::string::npos);
  for (const auto& words : trouble.words) CHECK(error.find(words) != std::string::npos);
  trouble.ends(*file.connection);
  CHECK(file.connection->single("PRAGMA integrity_check") == "ok");
  world.run_until(the_end());
  CHECK(difference(undisturbed(kind).end_state, world.end_state()) == "");
  CHECK(file.store->all_parked(world.tracker()).empty());
  CHECK(file.store->open_intents(world.tracker()).empty());
}

std::string pages_now(Connection& connection, int more) {
  return std::to_string(number_in({connection.single("PRAGMA page_count")}, 0) + more);
}

}  // namespace

TEST_CASE("the disk is full, or the file cannot be written, for a few minutes") {
  std::unique_ptr<FileSizeLimit> limit;
  const Trouble troubles[] = {
      {"no page more",
       [](Connection& to) { static_cast<void>(to.single("PRAGMA max_page_count = " + pages_now(to, 0))); },
       [](Connection& to) { static_cast<void>(to.single("PRAGMA max_page_count = 1000000")); },
       {"the disk is full", "free some space"}},
      {"some pages more",
       [](Connection& to) { static_cast<void>(to.single("PRAGMA max_page_count = " + pages_now(to, 2))); },
       [](Connection& to) { static_cast<void>(to.single("PRAGMA max_page_count = 1000000")); },
       {"the disk is full", "free some space"}},
      {"a file that cannot grow",
       [&](Connection& to) {
         static_cast<void>(to.single("PRAGMA wal_checkpoint(TRUNCATE)"));
         limit = std::make_unique<FileSizeLimit>(16 * 1024);
       },
       [&](Connection&) { limit.reset(); },
       {"disk"}},
      {"read-only",
       [](Connection& to) { to.run("PRAGMA query_only = ON"); },
       [](Connection& to) { to.run("PRAGMA query_only = OFF"); },
       {"cannot be written", "right to write the file and its folder"}},
  };
  int number = 0;
  for (const auto kind : k_kinds) {
    for (const auto& trouble : troubles) {
      for (const int steps_before : {0, 1}) {
        if (!is_taken(number, k_world_stride)) continue;
        CAPTURE(name_of(kind));
        CAPTURE(trouble.name);
        CAPTURE(steps_before);
        check_trouble(kind, trouble, steps_before);
      }
    }
  }
}

TEST_CASE("another process keeps the store locked") {
  const TemporaryFolder folder;
  const auto path = folder.path("bridge.db");
  { OpenFile made(path); }
  LockingProcess other(path);
  // It waits ten seconds for the lock, so this is tried but once.
  OpenFile file(path);
  WorldOptions options{TrackerKind::redmine};
  options.store = file.store.get();
  FaultWorld world(options);
  const auto report = world.step();
  CAPTURE(report.error);
  CHECK(report.error.find("store " + path + ": another program keeps it locked") != std::string::npos);
  CHECK(report.error.find("end the other program") != std::string::npos);
  CHECK(world.fake().writes() == 0);
  other.let_go();
  world.run_until(the_end());
  CHECK(difference(undisturbed(TrackerKind::redmine).end_state, world.end_state()) == "");
}

TEST_CASE("a damaged file is named when the bridge starts, with the way out, and left as it is") {
  const TemporaryFolder folder;
  const auto path = folder.path("bridge.db");
  {
    const auto store = open_store("sqlite:" + path);
    WorldOptions options{TrackerKind::redmine};
    options.store = store.get();
    FaultWorld world(options);
    world.run_until(start() + Seconds(60));
  }
  const auto sound = bytes_of(path);
  struct Row {
    const char* name;
    std::function<void()> hurt;
    std::string words;
  };
  const Row rows[] = {
      {"bytes in the middle", [&] { overwrite_root_of(path, "ledger"); }, "the file is damaged"},
      {"the header", [&] { overwrite(path, 0, 100); }, "its beginning is damaged"},
      {"half of it is gone", [&] { write_bytes(path, sound.substr(0, sound.size() / 2)); }, "the file is damaged"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    write_bytes(path, sound);
    row.hurt();
    const auto hurt = bytes_of(path);
    const auto text = refusal(path);
    CAPTURE(text);
    CHECK(text.find("store " + path + ": ") == 0);
    CHECK(text.find(row.words) != std::string::npos);
    CHECK(text.find("contract-bridge rebuild") != std::string::npos);
    CHECK(bytes_of(path) == hurt);
  }
}

TEST_CASE("a log of the store that was cut by a crash costs what was not committed, and the bridge does it again") {
  for (const double part : {0.0, 0.3, 0.6, 0.95}) {
    CAPTURE(part);
    const TemporaryFolder folder;
    const auto path = folder.path("bridge.db");
    auto first = open_store("sqlite:" + path);
    WorldOptions options{TrackerKind::redmine};
    options.store = first.get();
    FaultWorld world(options);
    world.step();
    const auto copy = folder.path("after-crash.db");
    const auto log = bytes_of(path + "-wal");
    REQUIRE(!log.empty());
    write_bytes(copy, bytes_of(path));
    write_bytes(copy + "-wal", log.substr(0, static_cast<std::size_t>(part * static_cast<double>(log.size()))));
    const auto second = open_store("sqlite:" + copy);
    world.use_store(*second);
    first.reset();
    world.run_until(the_end());
    CHECK(difference(undisturbed(TrackerKind::redmine).end_state, world.end_state()) == "");
  }
}
