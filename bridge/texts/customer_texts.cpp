#include "bridge/texts/customer_texts.hpp"

#include "bridge/texts/render.hpp"

namespace cb {

namespace {

std::set<std::string> who_pays(Billing billing, bool order_approved) {
  if (billing == Billing::undecided) return {};
  if (billing == Billing::paid && order_approved) return {"approved"};
  return {to_text(billing)};
}

}  // namespace

std::string receipt_text(const TextBook& texts, const std::string& language, const ReceiptFacts& facts) {
  TemplateFacts named{{{"plan_title", facts.plan_title},
                       {"contract_until", facts.contract_until},
                       {"reason", facts.reason},
                       {"pool_left", facts.pool_left},
                       {"pool_size", facts.pool_size},
                       {"pool_period", facts.pool_period},
                       {"response_due", facts.response_due},
                       {"resolution_due", facts.resolution_due},
                       {"consultant", facts.consultant},
                       {"contact", facts.contact},
                       {"links", facts.links},
                       {"community", facts.community}},
                      {}};
  named.flags = who_pays(facts.billing, facts.order_approved);
  return render(texts.find(language, "receipt"), named);
}

std::string offer_text(const TextBook& texts, const std::string& language, const OfferFacts& facts) {
  return render(texts.find(language, "offer"),
                {{{"reason", facts.reason},
                  {"plans", facts.plans},
                  {"approver", facts.approver},
                  {"approval_field", facts.approval_field},
                  {"approval_value", facts.approval_value},
                  {"approval_label", facts.approval_label},
                  {"price", facts.price},
                  {"contact", facts.contact},
                  {"links", facts.links},
                  {"community", facts.community}},
                 facts.no_contract ? std::set<std::string>{"no_contract"} : std::set<std::string>{}});
}

std::string reminder_text(const TextBook& texts, const std::string& language, const std::string& resolved_on) {
  return render(texts.find(language, "reminder"), {{{"resolved_on", resolved_on}}, {}});
}

std::string mismatch_text(const TextBook& texts, const std::string& language, const std::string& name,
                          const MismatchFacts& facts) {
  return render(texts.find(language, name),
                {{{"priority", facts.priority}, {"justification_field", facts.justification_field}}, {}});
}

std::string reclassified_text(const TextBook& texts, const std::string& language, const ReclassifiedFacts& facts) {
  return render(texts.find(language, "reclassified"), {{{"reason", facts.reason},
                                                        {"pool_left", facts.pool_left},
                                                        {"pool_size", facts.pool_size},
                                                        {"pool_period", facts.pool_period}},
                                                       who_pays(facts.billing, facts.order_approved)});
}

std::string apology_text(const TextBook& texts, const std::string& language, const ApologyFacts& facts) {
  return render(texts.find(language, "apology"),
                {{{"promise", facts.promise}, {"due", facts.due}, {"consultant", facts.consultant}}, {}});
}

std::string reason_text_name(const Decision& decision) {
  const auto& category = decision.category.now();
  if (decision.billing == Billing::free) {
    if (category && category->value == "defect") return "reason_defect";
    if (category && category->value == "update") return "reason_update";
    if (category && category->value == "small_question") return "reason_small_question";
    return "reason_free_kind";
  }
  if (decision.billing != Billing::paid) return "";
  return decision.refusal ? "reason_" + to_text(*decision.refusal) : "reason_category";
}

}  // namespace cb
