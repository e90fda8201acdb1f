// The texts of all languages: built in, and replaced one by one by the configuration's own. A text that a language
// lacks is taken from English. Never changes after it was made; any number of threads may read it.
#pragma once

#include <string>

#include "bridge/settings/settings.hpp"

namespace cb {

// The texts of config/texts: by language, then name; `staff` stands for notes that only staff read.
const Texts& builtin_texts();

class TextBook {
 public:
  explicit TextBook(const Texts& own);
  // Empty when no language has it. Of `cs-CZ` the part before the dash counts where the whole is not known.
  [[nodiscard]] const std::string& find(const std::string& language, const std::string& name) const;

 private:
  Texts texts_;
};

}  // namespace cb
