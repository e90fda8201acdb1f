// Whose a store is, told to whoever may not use it.
#include <doctest/doctest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>

#include "bridge/store/rebuild.hpp"
#include "tests/bridge/store/store_samples.hpp"
#include "tests/support/temporary_folder.hpp"

namespace cb {
namespace {

namespace fs = std::filesystem;

constexpr uid_t k_nobody = 65534;

std::string opening(const std::string& path, StoreAccess access) {
  try {
    open_store("sqlite:" + path, access);
  } catch (const std::exception& error) {
    return error.what();
  }
  return {};
}

// What `work` says when that user does it, in a process of his.
std::string as_user(uid_t user, const std::function<std::string()>& work) {
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  const auto child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    const auto text = ::setuid(user) == 0 ? work() : std::string("setuid failed");
    static_cast<void>(::write(ends[1], text.data(), text.size()) >= 0);
    ::_exit(0);
  }
  ::close(ends[1]);
  std::string text;
  char part[4096];
  for (ssize_t got = 0; (got = ::read(ends[0], part, sizeof part)) > 0;) text.append(part, static_cast<size_t>(got));
  ::close(ends[0]);
  ::waitpid(child, nullptr, 0);
  return text;
}

TEST_CASE("who may not open a store that root made is told so, and how to go on") {
  if (::geteuid() != 0) {
    MESSAGE("not tried: only root can make a file that another user may not open; run the tests as root for it");
    return;
  }
  const TemporaryFolder folder;
  const auto path = folder.path("bridge.db");
  { open_store("sqlite:" + path); }
  ::chmod(folder.name().c_str(), 0777);  // the folder is not in the way
  struct Row {
    const char* name;
    std::function<std::string()> work;
    bool gives_away;
  };
  const Row rows[] = {
      {"once", [&] { return opening(path, StoreAccess::exclusive); }, true},
      {"retry", [&] { return opening(path, StoreAccess::beside); }, true},
      {"status", [&] { return opening(path, StoreAccess::read); }, false},
      {"rebuild",
       [&] {
         try {
           rebuild_store("sqlite:" + path, samples::at("2026-06-09T08:00:00Z"));
         } catch (const std::exception& error) {
           return std::string(error.what());
         }
         return std::string();
       },
       true},
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    const auto text = as_user(k_nobody, row.work);
    CAPTURE(text);
    CHECK(text.find("store " + path + ": " + path + " belongs to root, and ") == 0);
    CHECK(text.find("sudo -u root contract-bridge") != std::string::npos);
    CHECK((text.find("chown ") != std::string::npos) == row.gives_away);
  }
  CHECK(::chown(path.c_str(), k_nobody, k_nobody) == 0);
  const auto lock = as_user(k_nobody, [&] { return opening(path, StoreAccess::exclusive); });
  CAPTURE(lock);
  CHECK(lock.find(path + ".lock belongs to root, and ") != std::string::npos);
}

TEST_CASE("who may not enter the folder of a store is told in words") {
  if (::geteuid() != 0) {
    MESSAGE("not tried: only root can make a folder that another user may not enter; run the tests as root for it");
    return;
  }
  const TemporaryFolder folder;  // mode 0700
  const auto path = folder.path("bridge.db");
  { open_store("sqlite:" + path); }
  for (const auto access : {StoreAccess::read, StoreAccess::beside, StoreAccess::exclusive}) {
    const auto text = as_user(k_nobody, [&] { return opening(path, access); });
    CAPTURE(text);
    CHECK(text.find("store " + path + ": the folder " + folder.name() + " belongs to root, and ") == 0);
    CHECK(text.find("may not enter it") != std::string::npos);
  }
}

}  // namespace
}  // namespace cb
