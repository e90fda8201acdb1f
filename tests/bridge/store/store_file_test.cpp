// The store as a file: who may open it, what a damaged, foreign or full one says, what a killed process leaves.
#include <doctest/doctest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>

#include "bridge/store/connection.hpp"
#include "bridge/store/migrations.hpp"
#include "bridge/store/sqlite_store.hpp"
#include "tests/bridge/store/store_samples.hpp"

namespace cb {
namespace {

namespace fs = std::filesystem;
using samples::at;
using samples::claim;
using samples::decided;
using samples::fetched;
using samples::line;

const IssueKey k_one{"support", "1"};

class Folder {
 public:
  Folder() : path_(fs::temp_directory_path() / ("cb-store-file-test-" + std::to_string(::getpid()))) {
    fs::remove_all(path_);
    fs::create_directories(path_);
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  [[nodiscard]] std::string file(const std::string& name = "bridge.db") const { return (path_ / name).string(); }
  [[nodiscard]] std::string url(const std::string& name = "bridge.db") const { return "sqlite:" + file(name); }

 private:
  fs::path path_;
};

void write_text(const std::string& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

// The words of the refusal; empty when the store opens.
std::string refusal(const std::string& url, StoreAccess access = StoreAccess::exclusive) {
  try {
    open_store(url, access);
  } catch (const StoreError& error) {
    return error.what();
  }
  return {};
}

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST_CASE("a new store can be read by its owner alone") {
  const Folder folder;
  const auto before = ::umask(0);
  {
    const auto store = open_store(folder.url());
    store->save_fetched(fetched(k_one), {});
    for (const auto* name : {"bridge.db", "bridge.db-wal", "bridge.db-shm", "bridge.db.lock"}) {
      CAPTURE(name);
      REQUIRE(fs::exists(folder.file(name)));
      CHECK((fs::status(folder.file(name)).permissions() & fs::perms::mask) ==
            (fs::perms::owner_read | fs::perms::owner_write));
    }
  }
  ::umask(before);
}

TEST_CASE("what cannot be opened is told with the path and what to do") {
  const Folder folder;
  write_text(folder.file("a-file"), "text");
  fs::create_directory(folder.file("a-folder"));
  write_text(folder.file("text.db"), "This is a text of more than sixteen letters.");
  write_text(folder.file("short.db"), "short");
  struct Row {
    const char* name;
    std::string url;
    StoreAccess access;
    std::vector<std::string> words;
  };
  const auto exclusive = StoreAccess::exclusive;
  const Row rows[] = {
      {"no folder",
       folder.url("nowhere/bridge.db"),
       exclusive,
       {folder.file("nowhere"), "does not exist", "create it"}},
      {"the folder is a file", folder.url("a-file/bridge.db"), exclusive, {folder.file("a-file"), "is no folder"}},
      {"a folder", folder.url("a-folder"), exclusive, {folder.file("a-folder"), "is no file"}},
      {"a text", folder.url("text.db"), exclusive, {folder.file("text.db"), "not a store", "bridge.yaml"}},
      {"a short text", folder.url("short.db"), exclusive, {folder.file("short.db"), "not a store"}},
      {"a text, to read", folder.url("text.db"), StoreAccess::read, {folder.file("text.db"), "not a store"}},
      {"none yet, to read", folder.url(), StoreAccess::read, {folder.file(), "none yet", "once"}},
      {"PostgreSQL", "postgresql://bridge@db/bridge", exclusive, {"PostgreSQL", "later version", "sqlite:PATH"}},
      {"no kind", folder.file(), exclusive, {folder.file(), "sqlite:PATH"}},
      {"no path", "sqlite:", exclusive, {"sqlite:PATH"}},
      {"empty", "", exclusive, {"sqlite:PATH"}},
      {"a quotation mark", folder.url("a\"b.db"), exclusive, {"quotation mark"}},
      {"a line end", folder.url("a\nb.db"), exclusive, {"control character"}},
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    const auto text = refusal(row.url, row.access);
    CAPTURE(text);
    CHECK_FALSE(text.empty());
    for (const auto& words : row.words) CHECK(holds(text, words));
  }
  CHECK_FALSE(fs::exists(folder.file("text.db.lock")));
  CHECK_FALSE(fs::exists(folder.file("a-folder.lock")));
  CHECK(std::string(std::istreambuf_iterator<char>(std::ifstream(folder.file("text.db")).rdbuf()), {}) ==
        "This is a text of more than sixteen letters.");
}

TEST_CASE("a path with spaces, signs and other letters is as good as any") {
  const Folder folder;
  const auto* name = "můj obchod = 'x' ; č. 5 договор.db";
  { open_store(folder.url(name))->save_fetched(fetched(k_one), {}); }
  CHECK(fs::exists(folder.file(name)));
  CHECK(open_store(folder.url(name))->issue(k_one));
}

TEST_CASE("an empty file becomes a store") {
  const Folder folder;
  write_text(folder.file(), "");
  CHECK(refusal(folder.url()).empty());
}

TEST_CASE("a store whose file was emptied is damaged, and no new one") {
  const Folder folder;
  { open_store(folder.url())->save_fetched(fetched(k_one), {}); }
  write_text(folder.file(), "");
  for (const auto access : {StoreAccess::exclusive, StoreAccess::beside, StoreAccess::read}) {
    const auto text = refusal(folder.url(), access);
    CAPTURE(text);
    CHECK(holds(text, folder.file() + ": the file is damaged: it is empty"));
    CHECK(holds(text, "contract-bridge rebuild"));
  }
  CHECK(fs::file_size(folder.file()) == 0);
}

TEST_CASE("a first start that is killed while it makes the file keeps nobody out") {
  const Folder folder;
  SUBCASE("it has but the lock") {
    write_text(folder.file("bridge.db.lock"), "4711\n");
  }
  SUBCASE("it has begun the file") {
    write_text(folder.file("bridge.db.lock"), "4711\n");
    write_text(folder.file("bridge.db.new"), "SQLite");
    write_text(folder.file("bridge.db.new-wal"), "half");
  }
  CHECK(refusal(folder.url()).empty());
  CHECK_FALSE(fs::exists(folder.file("bridge.db.new")));
  CHECK_FALSE(fs::exists(folder.file("bridge.db.new-wal")));
}

TEST_CASE("the log of a store that is gone is not taken for that of a new one") {
  const Folder folder;
  { open_store(folder.url("old.db"))->save_fetched(fetched(k_one), {}); }
  {
    const auto old = open_store(folder.url("old.db"));
    old->save_fetched(fetched({"support", "2"}), {});
    fs::copy_file(folder.file("old.db-wal"), folder.file("bridge.db-wal"));
  }
  REQUIRE(fs::file_size(folder.file("bridge.db-wal")) > 0);
  CHECK(open_store(folder.url())->issues("support", std::nullopt, 10).empty());
}

TEST_CASE("a second program is refused, and the file is free again when the first ends") {
  const Folder folder;
  auto store = open_store(folder.url());
  const auto text = refusal(folder.url());
  CAPTURE(text);
  CHECK(holds(text, folder.file()));
  CHECK(holds(text, "another contract-bridge uses it (process " + std::to_string(::getpid()) + ")"));
  store.reset();
  CHECK(refusal(folder.url()).empty());
}

// Runs `work` in a process of its own that is killed right after it.
void run_and_kill(const std::function<void()>& work) {
  const auto child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    work();
    ::raise(SIGKILL);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  REQUIRE(WIFSIGNALED(status));
}

TEST_CASE("a process killed between intend and record leaves the intent, and the lock free") {
  const Folder folder;
  run_and_kill([&] {
    const auto store = open_store(folder.url());
    store->save_fetched(fetched(k_one, "snapshot"), {claim(k_one, "ACME-2026", at("2026-03-01T08:00:00Z"))});
    store->intend({k_one, at("2026-06-09T08:00:00Z"), "billing: pool"});
  });
  const auto store = open_store(folder.url());
  const auto open = store->open_intents("support");
  REQUIRE(open.size() == 1);
  CHECK(open[0].changes == "billing: pool");
  CHECK(store->issue(k_one)->snapshot == "snapshot");
  CHECK(store->issue(k_one)->decision.empty());
  CHECK(store->claims({"ACME-2026"}).size() == 1);
  CHECK(store->ledger(k_one).empty());
}

TEST_CASE("a process killed after record leaves all of it") {
  const Folder folder;
  run_and_kill([&] {
    const auto store = open_store(folder.url());
    store->save_fetched(fetched(k_one), {});
    store->intend({k_one, at("2026-06-09T08:00:00Z"), "billing: pool"});
    auto record = decided(k_one, "pool");
    record.ledger = {line(k_one, "reserve")};
    store->record(record);
  });
  const auto store = open_store(folder.url());
  CHECK(store->issue(k_one)->decision == "pool");
  CHECK(store->ledger(k_one).size() == 1);
  CHECK(store->open_intents("support").empty());
}

TEST_CASE("a process killed inside a transaction leaves nothing of it") {
  const Folder folder;
  { open_store(folder.url())->save_fetched(fetched(k_one), {}); }
  run_and_kill([&] {
    Connection connection(folder.file(), StoreAccess::exclusive);
    connection.run("BEGIN IMMEDIATE");
    connection.run("UPDATE issue SET snapshot = 'half'");
  });
  CHECK(open_store(folder.url())->issue(k_one)->snapshot == "{}");
}

TEST_CASE("a file that is deleted or replaced while the store is open is told, and not written to") {
  const Folder folder;
  { open_store(folder.url("other.db"))->save_fetched(fetched({"support", "2"}), {}); }
  const auto store = open_store(folder.url());
  store->save_fetched(fetched(k_one), {});
  std::string words;
  SUBCASE("deleted") {
    fs::remove(folder.file());
    words = folder.file() + ": the file is gone";
  }
  SUBCASE("replaced") {
    fs::rename(folder.file("other.db"), folder.file());
    words = folder.file() + ": the file was replaced since it was opened";
  }
  const auto log = fs::file_size(folder.file("bridge.db-wal"));
  const auto says = [&](const auto& work) {
    try {
      work();
    } catch (const StoreError& error) {
      const std::string text = error.what();
      CAPTURE(text);
      CHECK(holds(text, words));
      CHECK(holds(text, "nd the service first"));
      return;
    }
    FAIL_CHECK("nothing is told");
  };
  says([&] { store->save_fetched(fetched({"support", "3"}), {}); });
  says([&] { store->audit(at("2026-06-09T08:00:00Z"), "x"); });
  says([&] { store->issue(k_one); });
  CHECK(fs::file_size(folder.file("bridge.db-wal")) == log);
}

TEST_CASE("a reader sees what the writer recorded, and writes nothing") {
  const Folder folder;
  const auto writer = open_store(folder.url());
  writer->save_fetched(fetched(k_one, "first"), {});
  const auto reader = open_store(folder.url(), StoreAccess::read);
  CHECK(reader->issue(k_one)->snapshot == "first");
  writer->save_fetched(fetched(k_one, "second"), {});
  CHECK(reader->issue(k_one)->snapshot == "second");
  CHECK_THROWS_AS(reader->save_fetched(fetched(k_one, "third"), {}), StoreError);
  CHECK_THROWS_AS(reader->audit(at("2026-06-09T08:00:00Z"), "x"), StoreError);
  CHECK(writer->issue(k_one)->snapshot == "second");
}

TEST_CASE("the ledger and the audit refuse to be changed or erased, whoever tries") {
  const Folder folder;
  {
    const auto store = open_store(folder.url());
    store->save_fetched(fetched(k_one), {});
    auto record = decided(k_one, "pool");
    record.ledger = {line(k_one, "reserve")};
    store->record(record);
    store->audit(at("2026-06-09T08:00:00Z"), "x");
  }
  Connection connection(folder.file(), StoreAccess::exclusive);
  for (const auto* sql : {"UPDATE ledger SET action = 'release'", "DELETE FROM ledger", "UPDATE audit SET what = 'y'",
                          "DELETE FROM audit"}) {
    CAPTURE(sql);
    CHECK_THROWS_WITH_AS(connection.run(sql), doctest::Contains("append-only"), StoreError);
  }
  CHECK(connection.single("SELECT action FROM ledger") == "reserve");
  CHECK(connection.single("SELECT what FROM audit") == "x");
}

TEST_CASE("a full disk is told, nothing half is kept, and the store goes on when there is room") {
  const Folder folder;
  { open_store(folder.url()); }
  auto owned = std::make_unique<Connection>(folder.file(), StoreAccess::exclusive);
  auto& connection = *owned;
  const auto store = make_sqlite_store(std::move(owned));
  store->save_fetched(fetched(k_one), {});
  const auto pages = connection.single("PRAGMA page_count");
  REQUIRE(pages);
  connection.query("PRAGMA max_page_count = " + *pages, 1);
  auto record = decided(k_one, std::string(200'000, 'x'));
  record.ledger = {line(k_one, "reserve")};
  CHECK_THROWS_WITH_AS(store->record(record), doctest::Contains("the disk is full"), StoreError);
  CHECK_THROWS_WITH_AS(store->record(record), doctest::Contains("a running service then goes on by itself"),
                       StoreError);
  CHECK_THROWS_WITH_AS(store->record(record), doctest::Contains(folder.file().c_str()), StoreError);
  CHECK(store->issue(k_one)->decision.empty());
  CHECK(store->ledger(k_one).empty());
  connection.query("PRAGMA max_page_count = 1000000", 1);
  store->record(record);
  CHECK(store->ledger(k_one).size() == 1);
}

TEST_CASE("a file that another program keeps locked is told as such") {
  const Folder folder;
  { open_store(folder.url()); }
  Connection other(folder.file(), StoreAccess::exclusive);
  auto owned = std::make_unique<Connection>(folder.file(), StoreAccess::exclusive);
  owned->run("PRAGMA busy_timeout = 10");
  const auto store = make_sqlite_store(std::move(owned));
  other.run("BEGIN IMMEDIATE");
  CHECK_THROWS_WITH_AS(store->save_fetched(fetched(k_one), {}), doctest::Contains("another program keeps it locked"),
                       StoreError);
  other.run("COMMIT");
  store->save_fetched(fetched(k_one), {});
  CHECK(store->issue(k_one));
}

TEST_CASE("a damaged file is told and left as it is") {
  const Folder folder;
  {
    const auto store = open_store(folder.url());
    for (int i = 1; i <= 200; ++i) {
      store->save_fetched(fetched({"support", std::to_string(i)}, std::string(500, 'x')), {});
    }
  }
  const auto size = fs::file_size(folder.file());
  SUBCASE("in the middle") {
    std::fstream file(folder.file(), std::ios::binary | std::ios::in | std::ios::out);
    file.seekp(static_cast<std::streamoff>(size / 2));
    file << std::string(4096, '\xa5');
  }
  SUBCASE("cut off") {
    fs::resize_file(folder.file(), size / 2);
  }
  SUBCASE("after its header") {
    std::fstream file(folder.file(), std::ios::binary | std::ios::in | std::ios::out);
    file.seekp(16);
    file << std::string(200, '\xff');
  }
  const auto damaged = fs::file_size(folder.file());
  const auto text = refusal(folder.url());
  CAPTURE(text);
  CHECK(holds(text, folder.file()));
  CHECK(holds(text, "damaged"));
  CHECK(holds(text, "backup"));
  CHECK(fs::file_size(folder.file()) == damaged);
}

}  // namespace
}  // namespace cb
