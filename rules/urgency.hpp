// Does a text sound urgent, or trivial, and does the stated priority agree (D4)? Decided by word lists of each
// language: some expressions are urgent by themselves, others only together (`nobody` and `log in`), and some calm the
// sentence or the whole text down (`not urgent`, `works again`, `how do I`). All languages are tried, because people
// mix them and the language of a short text is a guess. Pure, linear in the text, of which only the beginning is read.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rules/classification.hpp"
#include "rules/phrases.hpp"

namespace cb {

enum class Urgency { ordinary, urgent, trivial };

struct UrgencyFinding {
  Urgency urgency = Urgency::ordinary;
  std::vector<std::string> matched;  // what made it so, as it stands in the text
};

// The lists that may be named: what config/urgency/LANGUAGE.yaml consists of.
const std::vector<std::string>& urgency_list_names();

// Made once for a configuration; reading it from several threads is safe.
class UrgencyWords {
 public:
  // By list, then language; phrases as phrases.hpp reads them. A name that is no list is ignored.
  explicit UrgencyWords(const WordLists& lists);
  [[nodiscard]] UrgencyFinding assess(std::string_view text) const;

 private:
  PhraseSet phrases_;
  std::size_t languages_ = 0;
};

struct MismatchFinding {
  PriorityMismatch mismatch = PriorityMismatch::none;
  std::vector<std::string> matched;  // what in the text says so
};

// A justification silences both kinds.
MismatchFinding priority_mismatch(Priority stated, const std::string& summary, const std::string& description,
                                  bool justified, const UrgencyWords& words);

}  // namespace cb
