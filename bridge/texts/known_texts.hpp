// Which texts there are, and which facts each may name: the whitelist behind every text that a customer reads. Facts
// that are not listed here do not reach a text at all.
#pragma once

#include <set>
#include <string>
#include <vector>

namespace cb {

struct KnownText {
  std::string name;               // receipt
  std::set<std::string> facts;    // {{fact}} and {{#fact}} … {{/fact}}
  bool customer_reads_it = true;  // false: a note for staff, written in config/texts/staff.yaml
};

const std::vector<KnownText>& known_texts();
const KnownText* find_known_text(const std::string& name);

// The names of facts that a template uses, in variables and sections.
std::set<std::string> facts_used(const std::string& text);

// Sections that do not close, and the like; empty when the template is sound.
std::string template_problem(const std::string& text);

}  // namespace cb
