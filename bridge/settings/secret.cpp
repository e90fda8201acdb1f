#include "bridge/settings/secret.hpp"

#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "bridge/settings/address_forms.hpp"

namespace cb {
namespace {

constexpr std::size_t k_longest = 64U * 1024U;

Result<std::string> from_environment(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  if (value == nullptr) {
    return failure(ErrorKind::denied, "the environment variable " + name + " is not set; set it, or write file:/path");
  }
  if (*value == '\0') return failure(ErrorKind::denied, "the environment variable " + name + " is empty");
  return std::string(value);
}

Result<std::string> from_file(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) {
    return failure(ErrorKind::denied, "the file " + path + " that should hold a secret cannot be found");
  }
  if (!S_ISREG(status.st_mode)) return failure(ErrorKind::denied, path + " should hold a secret and is no file");
  if ((status.st_mode & (S_IRGRP | S_IWGRP | S_IROTH | S_IWOTH)) != 0) {
    return failure(ErrorKind::denied,
                   "the file " + path + " holds a secret and may be read by others; run chmod 600 " + path);
  }
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream content;
  content << stream.rdbuf();
  if (!stream) {
    const std::string why = status.st_size == 0 ? " is empty" : " cannot be read by this user";
    return failure(ErrorKind::denied, "the file " + path + " that should hold a secret" + why);
  }
  auto text = content.str();
  if (text.ends_with('\n')) text.pop_back();
  if (text.ends_with('\r')) text.pop_back();
  if (text.empty()) return failure(ErrorKind::denied, "the file " + path + " that should hold a secret is empty");
  if (text.size() > k_longest || text.find_first_of(std::string("\n\r\0", 3)) != std::string::npos) {
    return failure(ErrorKind::denied, "the file " + path + " should hold a secret on one line and nothing else");
  }
  return text;
}

}  // namespace

Result<std::string> resolve(const SecretReference& reference) {
  if (!is_secret_reference(reference.text)) {
    return failure(ErrorKind::denied, "a secret is written as ${NAME} or file:/path, never as itself");
  }
  if (reference.text.starts_with("file:")) return from_file(reference.text.substr(5));
  return from_environment(reference.text.substr(2, reference.text.size() - 3));
}

Result<std::string> resolve_long(const SecretReference& reference, const std::string& whose) {
  auto secret = resolve(reference);
  if (!secret) return failure(ErrorKind::denied, whose + ": " + secret.error().what);
  if (secret->size() >= k_shortest_secret) return *std::move(secret);
  return failure(ErrorKind::denied, whose + ": " + reference.text + " holds less than " +
                                        std::to_string(k_shortest_secret) +
                                        " signs, which can be guessed; make one with openssl rand -hex 32");
}

}  // namespace cb
