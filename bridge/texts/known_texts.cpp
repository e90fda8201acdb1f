#include "bridge/texts/known_texts.hpp"

#include <algorithm>

namespace cb {

const std::vector<KnownText>& known_texts() {
  static const std::set<std::string> note_facts = {"clock", "due", "customer", "contract"};
  static const std::set<std::string> mismatch_facts = {"priority", "justification_field"};
  static const std::set<std::string> doubt_facts = {"priority", "words"};
  static const std::vector<KnownText> texts = {
      {"receipt",
       {"plan_title", "contract_until", "free", "included", "pool", "paid", "approved", "reason", "pool_left",
        "pool_size", "pool_period", "response_due", "resolution_due", "consultant", "contact", "links", "community"},
       true},
      {"offer",
       {"reason", "no_contract", "plans", "approver", "approval_field", "approval_value", "approval_label", "price",
        "contact", "links", "community"},
       true},
      {"reminder", {"resolved_on"}, true},
      {"mismatch", mismatch_facts, true},
      {"mismatch_trivial", mismatch_facts, true},
      {"reclassified",
       {"free", "included", "pool", "paid", "approved", "reason", "pool_left", "pool_size", "pool_period"},
       true},
      {"apology", {"promise", "due", "consultant"}, true},
      {"reason_defect", {}, true},
      {"reason_update", {}, true},
      {"reason_small_question", {}, true},
      {"reason_free_kind", {}, true},
      {"reason_category", {}, true},
      {"reason_no_contract", {}, true},
      {"reason_product", {}, true},
      {"reason_not_started", {}, true},
      {"reason_expired", {}, true},
      {"reason_version", {}, true},
      {"reason_channel", {}, true},
      {"reason_language", {}, true},
      {"reason_modified_code", {}, true},
      {"reason_contact", {}, true},
      {"reason_pool_empty", {}, true},
      {"period_contract_year", {}, true},
      {"period_contract", {}, true},
      {"period_quarter", {}, true},
      {"period_month", {}, true},
      {"word_or", {}, true},
      {"promise_first_response", {}, true},
      {"promise_next_update", {}, true},
      {"promise_state_fix_date", {}, true},
      {"promise_keep_fix_date", {}, true},
      {"promise_workaround", {}, true},
      {"promise_resolution", {}, true},
      {"risk", note_facts, false},
      {"breach", note_facts, false},
      {"escalation", {"clock", "due", "overdue", "people", "copy", "customer", "contract"}, false},
      {"urgent", {"when", "calendar", "team", "clock", "due", "customer", "contract"}, false},
      {"mismatch_note", doubt_facts, false},
      {"mismatch_trivial_note", doubt_facts, false},
      {"reclassified_note", {"from", "to", "who", "when", "before", "after"}, false},
      {"approval", {"who", "when", "people"}, false},
      {"declined", {"when"}, false},
      {"unconfirmed", {"when"}, false},
      {"put_back", {"who", "field", "label", "flag", "when"}, false},
      {"unit", {"holds", "customer", "contract"}, false},
      {"unit_lost", {"customer", "contract"}, false},
      {"contract_ended", {"contract", "when", "stop"}, false},
      {"clock_first_response", {}, false},
      {"clock_next_update", {}, false},
      {"clock_state_fix_date", {}, false},
      {"clock_keep_fix_date", {}, false},
      {"clock_workaround", {}, false},
      {"clock_resolution", {}, false},
      {"clock_confirmation", {}, false},
  };
  return texts;
}

const KnownText* find_known_text(const std::string& name) {
  const auto& texts = known_texts();
  const auto found = std::find_if(texts.begin(), texts.end(), [&](const KnownText& text) { return text.name == name; });
  return found == texts.end() ? nullptr : &*found;
}

}  // namespace cb
