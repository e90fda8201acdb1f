// Store files for tests that hurt them.
#pragma once

#include <memory>
#include <string>

#include "bridge/store/connection.hpp"

namespace cb::faults {

std::string bytes_of(const std::string& path);
void write_bytes(const std::string& path, const std::string& bytes);

// Overwrites so many bytes from there on.
void overwrite(const std::string& path, std::size_t at, std::size_t count);
// Overwrites the page on which that table begins.
void overwrite_root_of(const std::string& path, const std::string& table);

// What opening that store says; empty: it opens.
std::string refusal(const std::string& path);

// A store whose connection the test can reach. Nobody cuts the power in a test, and runs are many: it does not wait for
// the disk.
struct OpenFile {
  explicit OpenFile(const std::string& path);
  Connection* connection = nullptr;
  std::unique_ptr<Store> store;
};

// Another process that holds the right to write to the file until it is let go.
class LockingProcess {
 public:
  explicit LockingProcess(const std::string& path);
  ~LockingProcess();
  LockingProcess(const LockingProcess&) = delete;
  LockingProcess& operator=(const LockingProcess&) = delete;
  void let_go();

 private:
  int process_ = -1;
};

}  // namespace cb::faults
