#include "bridge/settings/secret.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace cb {
namespace {

namespace fs = std::filesystem;

TEST_CASE("secrets come from the environment or a file that only we may read") {
  const auto path = fs::temp_directory_path() / ("cb_secret_test" + std::to_string(::getpid()));
  const auto file = [&](const std::string& text, fs::perms perms) {
    fs::remove(path);
    std::ofstream(path, std::ios::binary) << text;
    fs::permissions(path, perms);
  };
  const auto mine = fs::perms::owner_read | fs::perms::owner_write;
  const SecretReference reference{"file:" + path.string()};
  file("s3cret\n", mine);
  CHECK(resolve(reference).value() == "s3cret");
  file("s3cret", mine | fs::perms::others_read);
  CHECK(resolve(reference).error().what.find("chmod 600") != std::string::npos);
  file("s3cret", mine | fs::perms::group_read);
  CHECK(resolve(reference).error().what.find("s3cret") == std::string::npos);
  file("", mine);
  CHECK(resolve(reference).error().what.find("is empty") != std::string::npos);
  file("two\nlines", mine);
  CHECK(resolve(reference).error().what.find("one line") != std::string::npos);
  fs::remove(path);
  CHECK(resolve(reference).error().what.find("cannot be found") != std::string::npos);

  ::setenv("CB_SECRET_TEST", "k3y", 1);
  CHECK(resolve({"${CB_SECRET_TEST}"}).value() == "k3y");
  ::setenv("CB_SECRET_TEST", "", 1);
  CHECK(resolve({"${CB_SECRET_TEST}"}).error().what == "the environment variable CB_SECRET_TEST is empty");
  ::unsetenv("CB_SECRET_TEST");
  CHECK(resolve({"${CB_SECRET_TEST}"}).error().what.find("CB_SECRET_TEST is not set") != std::string::npos);
  CHECK(resolve({"literal-key"}).error().what.find("literal-key") == std::string::npos);
}

}  // namespace
}  // namespace cb
