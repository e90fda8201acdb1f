// Wiki markup of Jira Data Center: any bytes are read as plain text, and a plain text that is written reads back as it
// was, whatever markup it looks like.
#include "adapters/jira/jira_wiki.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace cb::fuzz {

void one_input(const std::string& bytes) {
  const auto text = jira_wiki_text(bytes);
  must_be(jira_plain(text), text, "what was read is in plain form");
  const std::string reference = "[cb-7f3a2c]";
  for (const auto& words : {text, bytes}) {
    must_be(jira_wiki_text(jira_wiki(words)), jira_plain(words), "a text that was written reads back");
    must_be(jira_wiki_text(jira_wiki(words, reference)), jira_with_reference(words, reference), "its reference too");
  }
}

}  // namespace cb::fuzz
