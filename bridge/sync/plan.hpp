// The difference between a decision and what the tracker shows: pure. Nothing to change means no write; that is the
// guard against loops. Only slots that are configured and that the issue has are compared. An instant
// that the tracker cannot store is not sent: its field stays empty, and a note says why. Where staff hold the
// decision by the override field or label, nothing is changed.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "adapters/tracker.hpp"
#include "bridge/settings/settings.hpp"
#include "bridge/texts/text_book.hpp"
#include "rules/contract_book.hpp"
#include "rules/decision.hpp"

namespace cb {

struct PlanTerms {
  const WriteSettings& write;
  const ContractBook& book;
  const TextBook& texts;
  const Capabilities& capabilities;
};

struct PlannedWrite {
  Changes changes;
  std::map<Slot, Shown> after;     // what the issue shows once that is done
  std::vector<std::string> notes;  // what cannot be shown, for the log
};

PlannedWrite plan(const Decision& decision, const Fetched& fetched, const PlanTerms& terms, Instant now);

}  // namespace cb
