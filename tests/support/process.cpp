#include "tests/support/process.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <iterator>
#include <stdexcept>

#include "tests/support/temporary_folder.hpp"

namespace cb {
namespace {

std::string content(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> all;
  all.reserve(texts.size() + 1);
  for (auto& text : texts) all.push_back(text.data());
  all.push_back(nullptr);
  return all;
}

// In the child: only calls that are safe between fork and exec.
[[noreturn]] void become(const char* folder, const char* out, const char* err, char* const* arguments,
                         char* const* environment) {
  const int in_fd = open("/dev/null", O_RDONLY);
  const int out_fd = open(out, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  const int err_fd = open(err, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  if (in_fd >= 0 && out_fd >= 0 && err_fd >= 0 && chdir(folder) == 0) {
    dup2(in_fd, 0);
    dup2(out_fd, 1);
    dup2(err_fd, 2);
    execve(arguments[0], arguments, environment);
  }
  _exit(127);
}

}  // namespace

Finished run_program(const std::string& program, const std::vector<std::string>& arguments,
                     const std::string& working_folder, const std::map<std::string, std::string>& environment) {
  const TemporaryFolder folder;
  const auto out = folder.path("out");
  const auto err = folder.path("err");
  std::vector<std::string> words{program};
  words.insert(words.end(), arguments.begin(), arguments.end());
  const char* path = std::getenv("PATH");
  std::vector<std::string> variables{std::string("PATH=") + (path == nullptr ? "/usr/bin:/bin" : path)};
  for (const auto& [name, value] : environment) variables.push_back(std::string(name).append("=").append(value));
  const auto word_pointers = pointers(words);
  const auto variable_pointers = pointers(variables);
  const auto child = fork();
  if (child < 0) throw std::runtime_error("cannot start " + program);
  if (child == 0)
    become(working_folder.c_str(), out.c_str(), err.c_str(), word_pointers.data(), variable_pointers.data());
  int status = 0;
  if (waitpid(child, &status, 0) != child) throw std::runtime_error("cannot wait for " + program);
  return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), content(out), content(err)};
}

}  // namespace cb
