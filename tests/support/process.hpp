// Runs a program to its end and keeps what it said. No shell is involved. The program gets no standard input and, but
// for PATH and what the test names, no environment.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace cb {

struct Finished {
  int exit_code = -1;  // 128 + the signal's number when a signal ended it
  std::string out;
  std::string err;
};

Finished run_program(const std::string& program, const std::vector<std::string>& arguments,
                     const std::string& working_folder = ".",
                     const std::map<std::string, std::string>& environment = {});

}  // namespace cb
