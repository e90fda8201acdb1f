// What `rebuild` takes for damage and what not, and what it carries over. tests/faults/rebuild_test.cpp tells what
// trackers see of it.
#include <doctest/doctest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>

#include "bridge/store/connection.hpp"
#include "bridge/store/migrations.hpp"
#include "tests/bridge/store/rebuild_samples.hpp"
#include "tests/support/temporary_folder.hpp"

namespace cb {
namespace {

namespace fs = std::filesystem;
using samples::fill;
using samples::k_issues;
using samples::k_later;
using samples::ledger_lines;
using samples::refusal;
using samples::table;

std::vector<std::string> names_in(const std::string& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

// Another process that lets nobody else even read the file, until it is destroyed.
class Locker {
 public:
  explicit Locker(const std::string& path) {
    int ready[2];
    REQUIRE(::pipe(ready) == 0);
    process_ = ::fork();
    REQUIRE(process_ >= 0);
    if (process_ == 0) lock(path, ready[1]);
    ::close(ready[1]);
    char held = 0;
    const auto got = ::read(ready[0], &held, 1);
    ::close(ready[0]);
    REQUIRE(got == 1);
  }
  ~Locker() {
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
  }
  Locker(const Locker&) = delete;
  Locker& operator=(const Locker&) = delete;

 private:
  [[noreturn]] static void lock(const std::string& path, int ready) {
    Connection connection(path, StoreAccess::beside);
    static_cast<void>(connection.single("PRAGMA locking_mode = EXCLUSIVE"));
    static_cast<void>(connection.single("SELECT count(*) FROM issue"));
    connection.run("BEGIN EXCLUSIVE");
    if (::write(ready, "x", 1) == 1) ::pause();
    ::_exit(1);
  }

  pid_t process_ = -1;
};

TEST_CASE("a store that another program keeps locked is not damaged, and rebuild leaves it alone") {
  const TemporaryFolder folder;
  const auto path = folder.path("bridge.db");
  fill(path);
  {
    const Locker locker(path);
    const auto text = refusal(path);
    CAPTURE(text);
    CHECK(text.find("store " + path + ": another program keeps it locked") == 0);
    CHECK(text.find("nothing was rebuilt") != std::string::npos);
    for (const auto& name : names_in(folder.name())) {
      CAPTURE(name);
      CHECK(name.find("damaged") == std::string::npos);
      CHECK(name.find("rebuilding") == std::string::npos);
    }
  }
  CHECK(ledger_lines(path) == k_issues);
}

TEST_CASE("a store without its last page loses nothing but what stood there") {
  const TemporaryFolder folder;
  const auto path = folder.path("bridge.db");
  fill(path);
  {
    Connection connection(path, StoreAccess::exclusive);
    connection.run("CREATE TABLE last (padding TEXT)");
    static_cast<void>(connection.single("PRAGMA wal_checkpoint(TRUNCATE)"));
  }
  fs::resize_file(path, fs::file_size(path) - 4096);
  const auto rebuilt = rebuild_store("sqlite:" + path, k_later);
  CHECK(rebuilt.unreadable == "");
  for (const auto* what : {"issues", "past decisions", "ledger lines"}) {
    CAPTURE(what);
    CHECK(table(rebuilt, what).saved == k_issues);
    CHECK(table(rebuilt, what).damaged == 0);
    CHECK_FALSE(table(rebuilt, what).lost);
  }
  CHECK(ledger_lines(path) == k_issues);
}

TEST_CASE("a table that is not there is told as lost, unless the store is older than the table") {
  const TemporaryFolder folder;
  const auto path = folder.path("bridge.db");
  SUBCASE("the ledger is missing") {
    fill(path);
    { Connection(path, StoreAccess::exclusive).run("DROP TABLE ledger"); }
    const auto rebuilt = rebuild_store("sqlite:" + path, k_later);
    CHECK(table(rebuilt, "ledger lines").lost);
    CHECK(table(rebuilt, "ledger lines").saved == 0);
    CHECK(table(rebuilt, "past decisions").saved == k_issues);
    CHECK_FALSE(table(rebuilt, "notifications").lost);
  }
  SUBCASE("a store of the first version") {
    {
      Connection connection(path, StoreAccess::exclusive);
      migrate(connection, all_migrations().first(1), [](int, int) {});
    }
    const auto rebuilt = rebuild_store("sqlite:" + path, k_later);
    CHECK_FALSE(table(rebuilt, "notifications").lost);
    CHECK_FALSE(table(rebuilt, "ledger lines").lost);
  }
}

TEST_CASE("of a store that was emptied everything is told as lost, and its log is kept") {
  const TemporaryFolder folder;
  const auto path = folder.path("bridge.db");
  fill(path);
  fs::resize_file(path, 0);
  folder.write("bridge.db-wal", "a log");
  const auto rebuilt = rebuild_store("sqlite:" + path, k_later);
  CHECK(rebuilt.unreadable.find("the file is empty") != std::string::npos);
  CHECK(table(rebuilt, "ledger lines").lost);
  CHECK(fs::file_size(rebuilt.moved_to) == 0);
  CHECK(fs::file_size(rebuilt.moved_to + "-wal") == 5);
  CHECK(ledger_lines(path) == 0);
}

TEST_CASE("a header that SQLite does not understand is damage") {
  const TemporaryFolder folder;
  const auto path = folder.path("bridge.db");
  fill(path);
  {
    std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
    file.seekp(47);  // the format of the schema: 4
    file.put('\x7f');
  }
  const auto rebuilt = rebuild_store("sqlite:" + path, k_later);
  CHECK(rebuilt.moved_to == path + ".damaged-20260609T080000Z");
  CHECK(fs::exists(rebuilt.moved_to));
  CHECK(ledger_lines(path) == table(rebuilt, "ledger lines").saved);
}

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

TEST_CASE("a disk without room for the new store leaves the old one as it was") {
  const TemporaryFolder folder;
  const auto path = folder.path("bridge.db");
  fill(path);
  const auto before = names_in(folder.name());
  {
    const FileSizeLimit limit(64 * 1024);
    const auto text = refusal(path);
    CAPTURE(text);
    CHECK(text.find("nothing was rebuilt") != std::string::npos);
  }
  CHECK(names_in(folder.name()) == before);
  CHECK(ledger_lines(path) == k_issues);
}

TEST_CASE("rebuild refuses the store of a newer program") {
  const TemporaryFolder folder;
  const auto path = folder.path("bridge.db");
  fill(path);
  { Connection(path, StoreAccess::exclusive).run("PRAGMA user_version = 99"); }
  const auto text = refusal(path);
  CAPTURE(text);
  CHECK(text.find("newer contract-bridge (version 99") != std::string::npos);
  CHECK(Connection(path, StoreAccess::read).single("PRAGMA user_version") == "99");
  CHECK_FALSE(fs::exists(path + ".rebuilding"));
}

}  // namespace
}  // namespace cb
