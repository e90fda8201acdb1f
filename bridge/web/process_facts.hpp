// What the kernel says of this process (Linux, /proc/self). A fact that cannot be read is absent, not zero.
#pragma once

#include <cstdint>
#include <optional>

namespace cb {

struct ProcessFacts {
  std::optional<std::int64_t> resident_bytes;
  std::optional<int> open_files;
  std::optional<double> cpu_seconds;  // of all threads, in the kernel too
};

ProcessFacts process_facts();

}  // namespace cb
