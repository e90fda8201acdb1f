#include "bridge/web/process_facts.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace cb {

namespace {

std::optional<std::int64_t> resident_bytes() {
  std::ifstream file("/proc/self/statm");
  std::int64_t size = 0;
  std::int64_t resident = 0;
  if (!(file >> size >> resident)) return {};
  return resident * sysconf(_SC_PAGESIZE);
}

std::optional<int> open_files() {
  std::error_code failed;
  int number = 0;
  for (std::filesystem::directory_iterator each("/proc/self/fd", failed), end; !failed && each != end;
       each.increment(failed)) {
    ++number;
  }
  if (failed) return {};
  return number - 1;  // without the folder itself, open only for this count
}

double seconds_of(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

std::optional<double> cpu_seconds() {
  rusage usage{};
  if (getrusage(RUSAGE_SELF, &usage) != 0) return {};
  return seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime);
}

}  // namespace

ProcessFacts process_facts() {
  return {resident_bytes(), open_files(), cpu_seconds()};
}

}  // namespace cb
