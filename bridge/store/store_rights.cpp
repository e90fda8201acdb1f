#include "bridge/store/store_rights.hpp"

#include <fcntl.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <filesystem>
#include <optional>

#include "bridge/store/store.hpp"

namespace cb {
namespace {

std::string name_of(uid_t user) {
  std::array<char, 4096> buffer{};
  passwd entry{};
  passwd* found = nullptr;
  if (::getpwuid_r(user, &entry, buffer.data(), buffer.size(), &found) == 0 && found != nullptr) return entry.pw_name;
  return "user " + std::to_string(user);
}

std::optional<uid_t> owner_of(const std::string& path) {
  struct stat found {};
  if (::stat(path.c_str(), &found) != 0) return {};
  return found.st_uid;
}

bool is_forbidden(const std::string& path, int mode) {
  return ::faccessat(AT_FDCWD, path.c_str(), mode, AT_EACCESS) != 0 && errno == EACCES;
}

std::string way_out(const std::string& path, const std::string& file, uid_t owner, StoreRight right) {
  const auto me = ::geteuid();
  if (owner == me) return "; `chmod u+rw " + file + "` gives the right back";
  auto text = "; run it as that user (`sudo -u " + name_of(owner) + " contract-bridge ...`)";
  if (right == StoreRight::write)
    text += ", or, if a command run by mistake as that user made the store, give it away: `chown " + name_of(me) + " " +
            path + "*`";
  return text;
}

[[noreturn]] void refuse(const std::string& path, const std::string& file, StoreRight right) {
  const auto owner = owner_of(file);
  const auto me = name_of(::geteuid());
  if (owner)
    throw StoreError("store " + path + ": " + file + " belongs to " + name_of(*owner) + ", and " + me + " may not " +
                     (right == StoreRight::write ? "read and write it" : "read it") +
                     way_out(path, file, *owner, right));
  const auto folder = std::filesystem::absolute(path).parent_path().string();
  const auto whose = owner_of(folder);
  throw StoreError("store " + path + ": the folder " + folder +
                   (whose ? " belongs to " + name_of(*whose) + ", and " : " lies where ") + me + " may not enter" +
                   (whose ? " it" : "") + "; run this as the user of the service (`sudo -u USER contract-bridge ...`)");
}

}  // namespace

void check_store_rights(const std::string& path, StoreRight right) {
  const int mode = right == StoreRight::write ? R_OK | W_OK : R_OK;
  for (const auto* part : {"", "-wal", "-shm"})
    if (is_forbidden(path + part, mode)) refuse(path, path + part, right);
  if (right == StoreRight::write && is_forbidden(path + ".lock", mode)) refuse(path, path + ".lock", right);
}

}  // namespace cb
