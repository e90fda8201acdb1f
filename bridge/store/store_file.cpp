#include "bridge/store/store_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "bridge/store/store.hpp"

namespace cb {
namespace {

namespace fs = std::filesystem;

constexpr mode_t k_owner_only = 0600;

class File {
 public:
  File(const std::string& path, int flags) : descriptor_(::open(path.c_str(), flags | O_CLOEXEC, k_owner_only)) {}
  ~File() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  [[nodiscard]] bool is_open() const { return descriptor_ >= 0; }
  [[nodiscard]] int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
};

[[noreturn]] void refuse(const std::string& path, const std::string& why) {
  throw StoreError("store " + path + ": " + why);
}

[[noreturn]] void refuse_creation(const std::string& path, const std::string& what, int reason) {
  refuse(path, what + " cannot be created (" + std::generic_category().message(reason) +
                   "); give the bridge's user the right to write the folder, or name another file in `store:` of "
                   "bridge.yaml");
}

std::string lock_path_of(const std::string& path) {
  return path + ".lock";
}

std::string first_line_of(const std::string& path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  return line;
}

}  // namespace

void check_store_path(const std::string& path) {
  std::error_code ignored;
  const auto folder = fs::absolute(path).parent_path();
  if (!fs::is_directory(folder, ignored)) {
    refuse(path, "the folder " + folder.string() + (fs::exists(folder, ignored) ? " is no folder" : " does not exist") +
                     "; create it, writable by the bridge's user, or name another file in `store:` of bridge.yaml");
  }
  if (fs::exists(path, ignored) && !fs::is_regular_file(path, ignored)) {
    refuse(path, "this is no file; name a file in `store:` of bridge.yaml, sqlite:PATH");
  }
}

bool was_store(const std::string& path) {
  std::error_code ignored;
  return fs::exists(lock_path_of(path), ignored) || fs::exists(path + "-wal", ignored);
}

void refuse_emptied(const std::string& path, bool was_store) {
  std::error_code unknown;
  if (!was_store || fs::file_size(path, unknown) != 0 || unknown) return;
  refuse(path,
         "the file is damaged: it is empty, and was a store; put back a backup of it, or run `contract-bridge "
         "rebuild`, which makes a new one from the trackers. If there never was anything in it, delete it");
}

void check_store_file(const std::string& path, bool was_store) {
  std::error_code ignored;
  if (!fs::exists(path, ignored)) return;
  refuse_emptied(path, was_store);
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    refuse(path, "the file cannot be read (" + std::generic_category().message(errno) +
                     "); give the bridge's user the right to read and write it");
  }
  constexpr char k_magic[] = "SQLite format 3";  // with its final zero, 16 bytes
  char start[sizeof k_magic] = {};
  file.read(start, sizeof start);
  if (file.gcount() == 0) return;
  if (file.gcount() != sizeof start || std::memcmp(start, k_magic, sizeof start) != 0) {
    if (!was_store) fs::remove(lock_path_of(path), ignored);
    refuse(path,
           "the file is not a store of contract-bridge, or its beginning is damaged; name another file in `store:` of "
           "bridge.yaml, put back a backup, or run `contract-bridge rebuild`");
  }
}

void create_store_file(const std::string& path) {
  const File file(path, O_RDWR | O_CREAT);
  if (!file.is_open()) refuse_creation(path, "the file", errno);
}

std::shared_ptr<void> lock_store_file(const std::string& path) {
  const auto lock_path = lock_path_of(path);
  auto lock = std::make_shared<File>(lock_path, O_RDWR | O_CREAT);
  if (!lock->is_open()) refuse_creation(path, "the lock " + lock_path, errno);
  if (::flock(lock->descriptor(), LOCK_EX | LOCK_NB) != 0) {
    const auto owner = first_line_of(lock_path);
    refuse(path, "another contract-bridge uses it" + (owner.empty() ? "" : " (process " + owner + ")") +
                     "; end that one first, or give each its own file in `store:` of bridge.yaml");
  }
  const auto process = std::to_string(::getpid()) + "\n";
  // Only for people: a lock without its owner's number is as good a lock.
  if (::ftruncate(lock->descriptor(), 0) == 0) {
    static_cast<void>(::pwrite(lock->descriptor(), process.data(), process.size(), 0) >= 0);
  }
  return lock;
}

std::string prepare_copy(const std::string& path, int from, int to) {
  auto copy = path + ".before-" + std::to_string(from) + "-to-" + std::to_string(to);
  std::error_code ignored;
  fs::remove(copy, ignored);  // of an attempt that failed: the store is still what it was
  const File file(copy, O_RDWR | O_CREAT | O_EXCL);
  if (!file.is_open()) refuse_creation(path, "the copy " + copy, errno);
  return copy;
}

}  // namespace cb
