#include "bridge/sync/decision_record.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "bridge/sync/slot_values.hpp"
#include "bridge/texts/customer_texts.hpp"

namespace cb {

namespace {

using Json = nlohmann::ordered_json;

// Programs that read the record tell by it what to expect; raised when a name or a meaning changes.
constexpr int k_format = 1;

template <class T>
Json iso_or_null(const std::optional<T>& when) {
  return when ? Json(to_iso(*when)) : Json(nullptr);
}

Json null_if_empty(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

Json seconds_or_null(const std::optional<BusinessTime>& time) {
  return time ? Json(time->amount.count()) : Json(nullptr);
}

Json name_of_customer(const Decision& decision, const ContractBook& book) {
  const auto* customer = decision.customer ? find_customer(book, *decision.customer) : nullptr;
  return customer == nullptr ? Json(nullptr) : null_if_empty(customer->name);
}

bool is_own(const Decision& decision, const ContractBook& book) {
  return decision.contract && is_own_contract(book, decision.customer, *decision.contract);
}

Json contract_of(const Decision& decision, const ContractBook& book) {
  if (!is_own(decision, book)) return nullptr;
  return {{"id", decision.contract->value}, {"until", iso_or_null(decision.contract_until)}};
}

Json category_of(const Category& category) {
  const auto now = category.now();
  return {{"now", now ? now->value : "undecided"},
          {"claimed", category.claimed ? category.claimed->value : "undecided"},
          {"established", category.established ? Json(category.established->value) : Json(nullptr)}};
}

// A finished issue had what it had, whatever size the pool has today.
Json pool_of(const Decision& decision, const ContractBook& book) {
  const auto& pool = decision.pool;
  if (!pool || !is_own_contract(book, decision.customer, pool->contract)) return nullptr;
  const auto claim = std::find_if(decision.claims.begin(), decision.claims.end(), [&](const Claim& each) {
    return each.contract == pool->contract && each.budget.empty() && !each.ended_at;
  });
  Json takes = nullptr;
  if (decision.billing == Billing::pool && claim != decision.claims.end()) {
    takes = claim->hold == Hold::consumed ? "consumed" : "reserved";
  }
  Json json = {{"takes", takes}};
  if (!is_finished(decision)) json["size"] = pool->size ? Json(*pool->size) : Json("unlimited");
  return json;
}

Json budget_of(const Decision& decision, const ContractBook& book) {
  if (!decision.budget || !is_own(decision, book)) return nullptr;
  return {{"category", decision.budget->category.value}, {"hours", decision.budget->hours.count()}};
}

// Who stated a date is staff's business.
Json stated_of(const ClockReading& clock) {
  auto list = Json::array();
  for (const auto& each : clock.stated) list.push_back({{"date", to_iso(each.date)}, {"at", to_iso(each.at)}});
  return list;
}

// Time used stands still once a clock has stopped, time left while it is paused.
Json json_of(const ClockReading& clock) {
  const bool stopped = clock.stopped && (clock.state == ClockState::met || clock.state == ClockState::breached);
  Json json = {{"state", to_text(clock.state)},
               {"start", iso_or_null(clock.start)},
               {"due", iso_or_null(clock.due)},
               {"stopped", iso_or_null(clock.stopped)},
               {"target", seconds_or_null(clock.target)}};
  if (stopped) json["used"] = seconds_or_null(clock.used);
  if (clock.state == ClockState::paused) json["left"] = seconds_or_null(clock.left);
  if (clock.cycle > 1) json["cycle"] = clock.cycle;
  if (clock.urgent_procedure) json["urgent_procedure"] = true;
  if (!clock.stated.empty()) json["stated"] = stated_of(clock);
  return json;
}

Json clocks_of(const std::vector<ClockReading>& clocks) {
  auto by_name = Json::object();
  for (const auto& clock : clocks) by_name[to_text(clock.name)] = json_of(clock);
  return by_name;
}

Json past_clocks_of(const std::vector<ClockReading>& clocks) {
  auto list = Json::array();
  for (const auto& clock : clocks) {
    Json entry = {{"clock", to_text(clock.name)}};
    entry.update(json_of(clock));
    list.push_back(std::move(entry));
  }
  return list;
}

Json covering_plans_of(const Decision& decision, const ContractBook& book) {
  auto titles = Json::array();
  for (const auto& id : decision.covering_plans) {
    const auto plan = book.plans.find(id);
    if (plan != book.plans.end()) titles.push_back(title_of(plan->second, "en"));
  }
  return titles;
}

Json urgent_of(const UrgentService& urgent) {
  return {{"holds", urgent.holds}, {"since", urgent.holds ? iso_or_null(urgent.since) : Json(nullptr)}};
}

Json entitled_of(const Decision& decision) {
  const auto entitled = is_entitled(decision);
  return entitled ? Json(*entitled) : Json(nullptr);
}

Json record_of(const Decision& decision, const ContractBook& book) {
  SlotForm form;
  form.format = InstantFormat::iso;
  return {{"format", k_format},
          {"issue", to_text(decision.issue)},
          {"customer", name_of_customer(decision, book)},
          {"contract", contract_of(decision, book)},
          {"plan", null_if_empty(slot_value(Slot::plan, decision, book, form).text)},
          {"category", category_of(decision.category)},
          {"billing", to_text(decision.billing)},
          {"entitled", entitled_of(decision)},
          {"refusal", decision.refusal ? Json(to_text(*decision.refusal)) : Json(nullptr)},
          {"reason", null_if_empty(reason_text_name(decision))},
          {"covering_plans", covering_plans_of(decision, book)},
          {"order", {{"approved", decision.order_approved}, {"declined", iso_or_null(decision.order_declined)}}},
          {"pool", pool_of(decision, book)},
          {"budget", budget_of(decision, book)},
          {"phase", decision.phase ? Json(to_text(*decision.phase)) : Json(nullptr)},
          {"priority", to_text(decision.priority)},
          {"language", null_if_empty(decision.language)},
          {"sla_state", to_text(decision.sla_state)},
          {"next_due", iso_or_null(decision.next_due)},
          {"resolved_at", iso_or_null(decision.resolved_at)},
          {"urgent", urgent_of(decision.urgent)},
          {"clocks", clocks_of(decision.clocks)},
          {"past_clocks", past_clocks_of(decision.past_clocks)},
          {"links", decision.links},
          {"shortened", Json::array()}};
}

std::string text_of(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

// The list is there from the beginning: a new key would move the others, which are kept as a row.
void note_shortened(Json& record, const std::string& what) {
  auto& list = record["shortened"];
  const bool told = std::any_of(list.begin(), list.end(),
                                [&](const Json& each) { return each.get_ref<const std::string&>() == what; });
  if (!told) list.push_back(what);
}

// Takes the oldest away until the text fits or nothing is left.
void shorten_list(Json& record, Json& list, const std::string& what, std::size_t most) {
  while (!list.empty() && text_of(record).size() > most) {
    note_shortened(record, what);
    // Halves: a list that is far too long costs no more than a few looks.
    const auto less = std::max<std::size_t>(1, list.size() / 2);
    list.erase(list.begin(), list.begin() + static_cast<std::ptrdiff_t>(less));
  }
}

}  // namespace

std::string decision_record(const Decision& decision, const ContractBook& book, std::size_t most) {
  auto record = record_of(decision, book);
  shorten_list(record, record["past_clocks"], "past_clocks", most);
  for (auto& clock : record["clocks"]) {
    if (clock.contains("stated")) shorten_list(record, clock["stated"], "stated", most);
  }
  shorten_list(record, record["links"], "links", most);
  return text_of(record);
}

}  // namespace cb
