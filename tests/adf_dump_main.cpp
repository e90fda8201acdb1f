// Prints documents that the Jira adapter writes, one JSON array, for adf_check.py to judge.
#include <cstdio>
#include <string>

#include "adapters/jira/jira_adf.hpp"
#include "tests/adapters/jira_texts.hpp"

int main() {
  std::string out = "[" + cb::jira_adf("") + "," + cb::jira_adf("Done.", "[cb-7f3a2c]");
  out += "," + cb::jira_adf("see https://x.example/a?b=1#c, now\n\n  * not a list\n", "[cb-7f3a2c]");
  out += "," + cb::jira_adf(std::string(100'000, 'x'), "[cb-7f3a2c]");
  cb::JiraTexts texts(77);
  for (int i = 0; i < 500; ++i) out += "," + cb::jira_adf(texts.next(), "[cb-7f3a2c]");
  std::puts((out + "]").c_str());
}
