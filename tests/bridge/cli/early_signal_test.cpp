// A service that is told to reload while it reads its configuration for the first time does not die of it. The
// configuration is long, so that there is a while for that, and wrong at its end, so that it ends by itself.
#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <string>

#include "tests/support/effort.hpp"
#include "tests/support/temporary_folder.hpp"

namespace cb {
namespace {

// Of the mask as /proc tells it; false also when the process has ended.
bool holds_back_hangups(pid_t process) {
  std::ifstream status("/proc/" + std::to_string(process) + "/status");
  for (std::string line; std::getline(status, line);) {
    if (line.rfind("SigBlk:", 0) != 0) continue;
    return (std::stoull(line.substr(7), nullptr, 16) & (1ULL << (SIGHUP - 1))) != 0;
  }
  return false;
}

std::string long_wrong_contracts() {
  std::string text = "customers:\n";
  for (int i = 0; i < 20'000 / k_stride; ++i) {
    const auto id = "c" + std::to_string(i);
    text += "  " + id + ": { name: " + id + ", match: { domains: [" + id + ".example] } }\n";
  }
  return text + "  last: { nmae: misspelt }\n";
}

pid_t start(const std::string& folder, const std::string& err) {
  const std::string program = CB_BINARY_DIR "/contract-bridge";
  const auto child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    sigset_t none;  // another test of this program may have held signals back
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
    dup2(open(err.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), 2);
    execl(program.c_str(), program.c_str(), "run", "--config", folder.c_str(), nullptr);
    _exit(127);
  }
  return child;
}

}  // namespace

TEST_CASE("a reload that is asked for while the configuration is read for the first time ends nothing") {
  const TemporaryFolder folder;
  const auto config = folder.path("config");
  std::filesystem::copy(CB_TEST_DATA "/example", config, std::filesystem::copy_options::recursive);
  std::ofstream(config + "/contracts.yaml") << long_wrong_contracts();
  const auto child = start(config, folder.path("err"));
  int status = 0;
  bool was_told = false;
  while (waitpid(child, &status, WNOHANG) == 0) {
    if (was_told || !holds_back_hangups(child)) continue;
    REQUIRE(kill(child, SIGHUP) == 0);
    was_told = true;
  }
  CHECK(was_told);
  CHECK(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 1);
}

}  // namespace cb
