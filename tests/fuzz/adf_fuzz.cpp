// Documents of Jira Cloud: any JSON becomes a plain text, and a plain text that is written reads back as it was.
#include "adapters/jira/jira_adf.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace cb::fuzz {

void one_input(const std::string& bytes) {
  const auto text = jira_adf_text(bytes);
  must_be(jira_plain(text), text, "what was read is in plain form");
  for (const auto& words : {text, bytes}) {
    must_be(jira_adf_text(jira_adf(words)), jira_plain(words), "a text that was written reads back");
    const std::string reference = "[cb-7f3a2c]";
    must_be(jira_adf_text(jira_adf(words, reference)), jira_with_reference(words, reference), "its reference too");
  }
}

}  // namespace cb::fuzz
