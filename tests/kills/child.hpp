// contract-bridge as a process of its own, which can be killed at any moment.
#pragma once

#include <sys/types.h>

#include <map>
#include <string>
#include <vector>

namespace cb::kills {

class Child {
 public:
  // Starts at once; what it says goes to the end of `log`.
  Child(const std::string& program, const std::vector<std::string>& arguments,
        const std::map<std::string, std::string>& environment, const std::string& log);
  // Killed when it still runs.
  ~Child();
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  // SIGKILL. False: it had ended by itself, which no service should.
  bool kill();
  // SIGHUP: it reads its configuration again, and lists its trackers.
  void reload() const;
  // SIGTERM, and its exit code.
  int end();

 private:
  pid_t pid_;
};

}  // namespace cb::kills
