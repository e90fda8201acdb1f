#include "tests/faults/store_files.hpp"

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <iterator>

#include "bridge/store/migrations.hpp"
#include "bridge/store/sqlite_store.hpp"

namespace cb::faults {

std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void write_bytes(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

void overwrite(const std::string& path, std::size_t at, std::size_t count) {
  auto bytes = bytes_of(path);
  REQUIRE(bytes.size() >= at + count);
  bytes.replace(at, count, std::string(count, '\x5a'));
  write_bytes(path, bytes);
}

void overwrite_root_of(const std::string& path, const std::string& table) {
  std::int64_t page = 0;
  std::int64_t size = 0;
  {
    Connection connection(path, StoreAccess::read);
    page = number_in({connection.single("SELECT rootpage FROM sqlite_master WHERE name = :name", {table})}, 0);
    size = number_in({connection.single("PRAGMA page_size")}, 0);
  }
  overwrite(path, static_cast<std::size_t>((page - 1) * size), static_cast<std::size_t>(size));
}

std::string refusal(const std::string& path) {
  try {
    open_store("sqlite:" + path);
  } catch (const StoreError& error) {
    return error.what();
  }
  return {};
}

OpenFile::OpenFile(const std::string& path) {
  auto opened = std::make_unique<Connection>(path, StoreAccess::exclusive);
  opened->run("PRAGMA synchronous = OFF");
  migrate(*opened, all_migrations(), [](int, int) {});
  connection = opened.get();
  store = make_sqlite_store(std::move(opened));
}

LockingProcess::LockingProcess(const std::string& path) {
  int ready[2];
  REQUIRE(::pipe(ready) == 0);
  process_ = ::fork();
  REQUIRE(process_ >= 0);
  if (process_ == 0) {
    Connection connection(path, StoreAccess::exclusive);
    connection.run("BEGIN EXCLUSIVE");
    if (::write(ready[1], "x", 1) == 1) ::pause();
    ::_exit(1);
  }
  ::close(ready[1]);
  char held = 0;
  const auto got = ::read(ready[0], &held, 1);
  ::close(ready[0]);
  REQUIRE(got == 1);
}

LockingProcess::~LockingProcess() {
  let_go();
}

void LockingProcess::let_go() {
  if (process_ <= 0) return;
  ::kill(process_, SIGKILL);
  ::waitpid(process_, nullptr, 0);
  process_ = -1;
}

}  // namespace cb::faults
