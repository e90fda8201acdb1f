#include "bridge/texts/staff_texts.hpp"

#include "bridge/texts/render.hpp"

namespace cb {

std::string staff_text(const TextBook& texts, const std::string& name, const StaffFacts& facts) {
  return render(texts.find("staff", name), {{{"clock", facts.clock},
                                             {"due", facts.due},
                                             {"customer", facts.customer},
                                             {"contract", facts.contract},
                                             {"who", facts.who},
                                             {"when", facts.when},
                                             {"people", facts.people},
                                             {"copy", facts.copy},
                                             {"from", facts.from},
                                             {"to", facts.to},
                                             {"before", facts.before},
                                             {"after", facts.after},
                                             {"calendar", facts.calendar},
                                             {"team", facts.team},
                                             {"field", facts.field},
                                             {"label", facts.label},
                                             {"flag", facts.flag},
                                             {"priority", facts.priority},
                                             {"words", facts.words}},
                                            facts.flags});
}

}  // namespace cb
