#include <doctest/doctest.h>

#include "bridge/texts/customer_texts.hpp"
#include "bridge/texts/known_texts.hpp"
#include "bridge/texts/local_dates.hpp"
#include "bridge/texts/staff_texts.hpp"

using namespace cb;

namespace {

const char* const k_languages[] = {"en", "ru", "cs", "hu"};

ReceiptFacts full_receipt(Billing billing) {
  ReceiptFacts facts;
  facts.plan_title = "PLAN";
  facts.contract_until = "UNTIL";
  facts.billing = billing;
  facts.reason = "REASON";
  facts.pool_left = "4";
  facts.pool_size = "5";
  facts.pool_period = "PERIOD";
  facts.response_due = "RESPONSE";
  facts.resolution_due = "RESOLUTION";
  facts.consultant = "CONSULTANT";
  return facts;
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("every language has every text, with the facts that English names, and no other") {
  const auto& texts = builtin_texts();
  for (const auto& known : known_texts()) {
    CAPTURE(known.name);
    if (!known.customer_reads_it) {
      REQUIRE(texts.at("staff").count(known.name) == 1);
      continue;
    }
    const auto in_english = facts_used(texts.at("en").at(known.name));
    for (const auto* language : k_languages) {
      CAPTURE(language);
      REQUIRE(texts.at(language).count(known.name) == 1);
      CHECK(facts_used(texts.at(language).at(known.name)) == in_english);
    }
  }
  for (const auto& entry : texts) {
    const auto& [language, named] = entry;
    CAPTURE(entry.first);
    for (const auto& inner : named) {
      const auto& [name, text] = inner;
      CAPTURE(inner.first);
      const auto* known = find_known_text(name);
      REQUIRE(known != nullptr);
      CHECK(known->customer_reads_it == (language != "staff"));
      CHECK(template_problem(text).empty());
      CHECK(text.find('!') == std::string::npos);
      for (const auto& fact : facts_used(text)) CHECK(known->facts.count(fact) == 1);
    }
  }
}

TEST_CASE("a receipt says who pays, in every language") {
  const TextBook texts({});
  for (const auto* language : k_languages) {
    CAPTURE(language);
    const auto free = receipt_text(texts, language, full_receipt(Billing::free));
    const auto included = receipt_text(texts, language, full_receipt(Billing::included));
    const auto pool = receipt_text(texts, language, full_receipt(Billing::pool));
    const auto paid = receipt_text(texts, language, full_receipt(Billing::paid));
    for (const auto& text : {free, included, pool, paid}) {
      for (const auto* fact : {"PLAN", "UNTIL", "RESPONSE", "RESOLUTION", "CONSULTANT"}) CHECK(contains(text, fact));
      CHECK_FALSE(contains(text, "{{"));
      CHECK_FALSE(contains(text, "  "));
    }
    CHECK(contains(free, "REASON"));
    CHECK_FALSE(contains(included, "REASON"));
    CHECK(contains(pool, "4"));
    CHECK(contains(pool, "PERIOD"));
    CHECK(contains(paid, "REASON"));
  }
}

TEST_CASE("a receipt leaves out the sentences whose fact is missing") {
  const TextBook texts({});
  ReceiptFacts facts;
  facts.billing = Billing::paid;
  facts.reason = "no support contract is in force";
  facts.response_due = "12 May 2026, 18:00 (CEST)";
  CHECK(receipt_text(texts, "en", facts) ==
        "We have registered your request.\n"
        "It is not covered by a support contract: no support contract is in force. We will send you an offer before we "
        "start.\n"
        "You will have our first answer by 12 May 2026, 18:00 (CEST).");
}

TEST_CASE("an offer names who may approve, where it is known") {
  const TextBook texts({});
  const OfferFacts facts{"REASON", "PLANS", "Jan", "Order approved", "yes", ""};
  for (const auto* language : k_languages) {
    CAPTURE(language);
    const auto text = offer_text(texts, language, facts);
    for (const auto* fact : {"REASON", "PLANS", "Jan", "Order approved", "yes"}) CHECK(contains(text, fact));
    CHECK_FALSE(contains(text, "{{"));
    auto without = facts;
    without.approver.clear();
    without.plans.clear();
    CHECK_FALSE(contains(offer_text(texts, language, without), "  "));
    CHECK(contains(offer_text(texts, language, without), "Order approved"));
  }
  CHECK(offer_text(texts, "en", {"REASON", "", "", "", "", ""}) ==
        "This request is not covered by your current agreement: REASON.");
}

TEST_CASE("the configuration's own text replaces one of ours, and only that") {
  const TextBook texts({{"en", {{"receipt", "Registered: {{plan_title}}."}}},
                        {"de", {{"receipt", "Erfasst."}}},
                        {"staff", {{"risk", "Hurry: {{clock}}."}}}});
  CHECK(receipt_text(texts, "en", full_receipt(Billing::free)) == "Registered: PLAN.");
  CHECK(receipt_text(texts, "de", full_receipt(Billing::free)) == "Erfasst.");
  CHECK(contains(receipt_text(texts, "cs", full_receipt(Billing::free)), "PLAN"));
  CHECK(contains(offer_text(texts, "de", {"REASON", "", "", "", "", ""}), "not covered"));
  StaffFacts note;
  note.clock = "The resolution";
  note.due = "Monday";
  CHECK(staff_text(texts, "risk", note) == "Hurry: The resolution.");
  note.customer = "ACME";
  note.contract = "A-1";
  CHECK(staff_text(texts, "breach", note) ==
        "The resolution is overdue: it was due Monday.\nCustomer: ACME, contract A-1.");
  CHECK(texts.find("cs-CZ", "word_or") == "nebo");
}

TEST_CASE("dates stand in the language's own form and the customer's zone") {
  const auto at = *instant_from_iso("2026-05-12T16:00:00Z");
  const auto prague = *Zone::find("Europe/Prague");
  CHECK(instant_in("en", at, prague) == "12 May 2026, 18:00 (CEST)");
  CHECK(instant_in("ru", at, *Zone::find("Europe/Moscow")) == "12.05.2026, 19:00 (MSK)");
  CHECK(instant_in("cs", at, prague) == "12. 5. 2026 18:00 (CEST)");
  CHECK(instant_in("hu", at, *Zone::find("Europe/Budapest")) == "2026. 05. 12. 18:00 (CEST)");
  CHECK(instant_in("de", at, prague) == "2026-05-12 18:00 (CEST)");
  CHECK(instant_in("en", at, *Zone::find("Asia/Dubai")) == "12 May 2026, 20:00 (UTC+04)");
  CHECK(date_in("en", *date_from_iso("2027-02-28")) == "28 February 2027");
}

TEST_CASE("a customer is told why in words of his own, never in codes") {
  const TextBook texts({});
  const Refusal all[] = {Refusal::no_contract, Refusal::product,   Refusal::not_started, Refusal::expired,
                         Refusal::version,     Refusal::channel,   Refusal::language,    Refusal::modified_code,
                         Refusal::contact,     Refusal::pool_empty};
  for (const auto refusal : all) {
    CAPTURE(to_text(refusal));
    Decision decision;
    decision.billing = Billing::paid;
    decision.refusal = refusal;
    for (const auto* language : k_languages) CHECK_FALSE(texts.find(language, reason_text_name(decision)).empty());
  }
  Decision decision;
  decision.billing = Billing::free;
  decision.category.claimed = CategoryId{"defect"};
  CHECK(reason_text_name(decision) == "reason_defect");
  decision.billing = Billing::paid;
  CHECK(reason_text_name(decision) == "reason_category");
  decision.billing = Billing::pool;
  CHECK(reason_text_name(decision).empty());
}
