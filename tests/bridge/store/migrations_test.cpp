// Bringing stores up to date, forward only, with a copy beside the file.
#include "bridge/store/migrations.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>

#include "bridge/store/sqlite_store.hpp"
#include "bridge/store/store_file.hpp"
#include "tests/bridge/store/store_samples.hpp"

namespace cb {
namespace {

namespace fs = std::filesystem;
using samples::fetched;

const IssueKey k_one{"support", "1"};

class File {
 public:
  File() : folder_(fs::temp_directory_path() / ("cb-migrations-test-" + std::to_string(::getpid()))) {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  ~File() { fs::remove_all(folder_); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  [[nodiscard]] std::string path() const { return (folder_ / "bridge.db").string(); }
  [[nodiscard]] std::string url() const { return "sqlite:" + path(); }

 private:
  fs::path folder_;
};

// A store as version 1 of the schema left it, with one issue in it.
void make_first_version(const File& file) {
  auto connection = std::make_unique<Connection>(file.path(), StoreAccess::exclusive);
  migrate(*connection, all_migrations().first(1), [](int, int) { FAIL("an empty file needs no copy"); });
  connection->run(
      "INSERT INTO issue (tracker, id, sort_key, updated, fetched_at, revision, snapshot) "
      "VALUES ('support', '1', '0000011 1', 1, 1, 'r', 'kept')");
  connection->run(
      "INSERT INTO decision (tracker, id, decided_at, book_version, decision) "
      "VALUES ('support', '1', 1, 'book-1', 'pool')");
  connection->run("UPDATE issue SET current_decision = last_insert_rowid()");
  connection->run(
      "INSERT INTO ledger (tracker, id, at, action, contract, period, note) "
      "VALUES ('support', '1', 1, 'reserve', 'A', '', '')");
}

std::vector<Migration> with_two_more(const std::string& last_statement) {
  std::vector<Migration> steps(all_migrations().begin(), all_migrations().end());
  steps.push_back({"a column more", {"ALTER TABLE issue ADD COLUMN colour TEXT NOT NULL DEFAULT 'grey'"}});
  steps.push_back({"a table more", {"CREATE TABLE extra (x INTEGER) STRICT", last_statement}});
  return steps;
}

void copy_aside(Connection& connection, int from, int to) {
  connection.run("VACUUM INTO :copy", {prepare_copy(connection.path(), from, to)});
}

TEST_CASE("a store of the first version is brought up to date and keeps what it holds") {
  const File file;
  make_first_version(file);
  const auto store = open_store(file.url());
  CHECK(store->issue(k_one)->snapshot == "kept");
  CHECK(store->issue(k_one)->decision == "pool");
  CHECK(store->ledger(k_one).size() == 1);
  // What lists ask for is known once it is decided again.
  CHECK(store->decided_otherwise("support", "book-1", Instant{}, 10) == std::vector<IssueKey>{k_one});
}

TEST_CASE("what was written before it was counted is counted, and to ask for it costs the same however much there is") {
  const File file;
  make_first_version(file);
  constexpr int k_lines = 200'000;
  {
    Connection connection(file.path(), StoreAccess::exclusive);
    connection.run(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000) "
        "INSERT INTO ledger (tracker, id, at, action, contract, period, note) "
        "SELECT 'support', '1', i, 'consume', 'A', '', '' FROM n");
  }
  const auto store = open_store(file.url());
  auto record = samples::decided(k_one, "another");
  record.ledger = {samples::line(k_one, "consume"), samples::line(k_one, "release")};
  store->record(record);
  const StoreTotals expected{{{"reserve", 1}, {"consume", k_lines + 1}, {"release", 1}}, 2, 0, 0};
  CHECK(store->totals() == expected);
  const auto began = std::chrono::steady_clock::now();
  for (int i = 0; i < 1000; ++i) static_cast<void>(store->totals());
  const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - began);
  MESSAGE("1000 totals took ", took.count(), " ms");
  CHECK(took < std::chrono::seconds{3});  // a scan of the ledger takes a hundred times as long
}

TEST_CASE("later steps run once, in order, after a copy was put aside") {
  const File file;
  make_first_version(file);
  const auto steps = with_two_more("INSERT INTO extra VALUES (7)");
  const auto last = std::to_string(steps.size());
  int copies = 0;
  const auto copy = [&](Connection& connection) {
    return [&](int from, int to) {
      ++copies;
      copy_aside(connection, from, to);
    };
  };
  {
    Connection connection(file.path(), StoreAccess::exclusive);
    migrate(connection, steps, copy(connection));
    migrate(connection, steps, copy(connection));
    CHECK(connection.single("SELECT count(*) FROM extra") == "1");
    CHECK(connection.single("SELECT colour FROM issue") == "grey");
    CHECK(connection.single("PRAGMA user_version") == last);
  }
  CHECK(copies == 1);
  const auto aside = file.path() + ".before-1-to-" + last;
  REQUIRE(fs::exists(aside));
  CHECK((fs::status(aside).permissions() & fs::perms::mask) == (fs::perms::owner_read | fs::perms::owner_write));
  Connection old(aside, StoreAccess::exclusive);
  CHECK(old.single("PRAGMA user_version") == "1");
  CHECK(old.single("SELECT snapshot FROM issue") == "kept");
  CHECK(old.single("SELECT action FROM ledger") == "reserve");
}

TEST_CASE("a step that fails changes nothing of its own, and can be taken again") {
  const File file;
  make_first_version(file);
  Connection connection(file.path(), StoreAccess::exclusive);
  const auto copy = [&](int from, int to) { copy_aside(connection, from, to); };
  CHECK_THROWS_WITH_AS(migrate(connection, with_two_more("INSERT INTO nowhere VALUES (1)"), copy),
                       doctest::Contains("a table more"), StoreError);
  const auto before_last = std::to_string(all_migrations().size() + 1);
  CHECK(connection.single("PRAGMA user_version") == before_last);
  CHECK_FALSE(connection.single("SELECT name FROM sqlite_master WHERE name = 'extra'"));
  migrate(connection, with_two_more("INSERT INTO extra VALUES (7)"), copy);
  CHECK(connection.single("SELECT x FROM extra") == "7");
}

TEST_CASE("a store of a newer program is refused and left as it is") {
  const File file;
  make_first_version(file);
  {
    Connection connection(file.path(), StoreAccess::exclusive);
    migrate(connection, with_two_more("INSERT INTO extra VALUES (7)"), [](int, int) {});
  }
  for (const auto access : {StoreAccess::exclusive, StoreAccess::read}) {
    CHECK_THROWS_WITH_AS(open_store(file.url(), access), doctest::Contains("newer contract-bridge"), StoreError);
  }
  Connection connection(file.path(), StoreAccess::exclusive);
  CHECK(connection.single("SELECT x FROM extra") == "7");
}

TEST_CASE("the database of another program is refused and left as it is") {
  const File file;
  {
    Connection connection(file.path(), StoreAccess::exclusive);
    connection.run("CREATE TABLE theirs (x INTEGER)");
  }
  CHECK_THROWS_WITH_AS(open_store(file.url()), doctest::Contains("another program"), StoreError);
  Connection connection(file.path(), StoreAccess::exclusive);
  CHECK_FALSE(connection.single("SELECT name FROM sqlite_master WHERE name = 'issue'"));
}

}  // namespace
}  // namespace cb
