// A rebuild that is killed: what it leaves, whoever starts next.
#include <doctest/doctest.h>
#include <sys/inotify.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>

#include "tests/bridge/store/rebuild_samples.hpp"
#include "tests/support/temporary_folder.hpp"

namespace cb {
namespace {

namespace fs = std::filesystem;
using namespace samples;

std::string opening(const std::string& path, StoreAccess access) {
  try {
    open_store("sqlite:" + path, access);
  } catch (const StoreError& error) {
    return error.what();
  }
  return {};
}

// A store whose last process was killed: most of it is in the log.
void fill_and_kill(const std::string& path) {
  const auto child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    const auto store = open_store("sqlite:" + path);
    for (int i = 1; i <= k_issues; ++i) {
      store->save_fetched(fetched(key(i)), {});
      auto record = decided(key(i), "{}");
      record.ledger = {line(key(i), "reserve")};
      store->record(record);
    }
    ::raise(SIGKILL);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  REQUIRE(fs::file_size(path + "-wal") > 0);
}

TEST_CASE("wherever a rebuild is killed, the store is not used before another one ends it, and nothing is lost") {
  const TemporaryFolder folder;
  const auto path = folder.path("bridge.db");
  const auto kept = path + ".damaged-20260601T080000Z";
  fill_and_kill(path);
  SUBCASE("while the new file is made") {
    folder.write("bridge.db.rebuilding", "half a file");
  }
  SUBCASE("after the log has its second name") {
    folder.write("bridge.db.rebuilding", "a file");
    fs::create_hard_link(path + "-wal", kept + "-wal");
  }
  SUBCASE("after the file has its second name") {
    folder.write("bridge.db.rebuilding", "a file");
    fs::create_hard_link(path + "-wal", kept + "-wal");
    fs::create_hard_link(path, kept);
  }
  SUBCASE("before the new file has its name") {
    folder.write("bridge.db.rebuilding", "a file");
    fs::rename(path + "-wal", kept + "-wal");
    fs::create_hard_link(path, kept);
    fs::remove(path + "-shm");
  }
  for (const auto access : {StoreAccess::exclusive, StoreAccess::beside, StoreAccess::read}) {
    const auto text = opening(path, access);
    CAPTURE(text);
    CHECK(text.find("run `contract-bridge rebuild` again") != std::string::npos);
  }
  const auto rebuilt = rebuild_store("sqlite:" + path, k_later);
  CHECK(table(rebuilt, "ledger lines").saved == k_issues);
  CHECK_FALSE(fs::exists(path + ".rebuilding"));
  CHECK_FALSE(fs::exists(kept));
  CHECK(ledger_lines(path) == k_issues);
}

TEST_CASE("a store that is missing while a rebuild has not come to its end is not begun anew") {
  const TemporaryFolder folder;
  const auto path = folder.path("bridge.db");
  fill(path);
  fs::rename(path, path + ".damaged-20260601T080000Z");
  folder.write("bridge.db.rebuilding", "a file");
  for (const auto& text : {opening(path, StoreAccess::exclusive), opening(path, StoreAccess::read), refusal(path)}) {
    CAPTURE(text);
    CHECK(text.find("the file is missing") != std::string::npos);
    CHECK(text.find(path + ".damaged-TIME") != std::string::npos);
  }
  CHECK_FALSE(fs::exists(path));
}

TEST_CASE("at no moment of a rebuild is the store without its file") {
  const TemporaryFolder folder;
  const auto path = folder.path("bridge.db");
  fill(path);
  const int watch = ::inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
  REQUIRE(watch >= 0);
  REQUIRE(::inotify_add_watch(watch, folder.name().c_str(), IN_MOVED_FROM | IN_DELETE) >= 0);
  static_cast<void>(rebuild_store("sqlite:" + path, k_later));
  alignas(inotify_event) char events[16384];
  const auto length = ::read(watch, events, sizeof events);
  ::close(watch);
  REQUIRE(length > 0);  // the new file lost its first name at least
  for (ssize_t at = 0; at < length;) {
    const auto* event = reinterpret_cast<const inotify_event*>(events + at);
    CHECK(std::string(event->name) != "bridge.db");
    at += static_cast<ssize_t>(sizeof(inotify_event) + event->len);
  }
}

}  // namespace
}  // namespace cb
