#include "rules/serving.hpp"

#include <algorithm>

#include "rules/pool.hpp"

namespace cb {
namespace {

std::string why(Refusal refusal, const Contract& contract, const Registration& at) {
  switch (refusal) {
    case Refusal::no_contract:
      return "there is no contract";
    case Refusal::product:
      return "it does not serve the product " + at.product;
    case Refusal::not_started:
      return "it begins on " + to_iso(contract.from);
    case Refusal::expired:
      return "it ended on " + (contract.until ? to_iso(*contract.until) : std::string("?"));
    case Refusal::version:
      return "it does not cover the version " + at.version;
    case Refusal::channel:
      return "it does not cover the channel " + at.channel;
    case Refusal::language:
      return "it does not cover the language " + at.language;
    case Refusal::modified_code:
      return "it does not cover modified code";
    case Refusal::contact:
      return (at.address.empty() ? "the reporter" : at.address) + " is not a contact whom its plan requires";
    case Refusal::pool_empty:
      return "no free request is left";
  }
  return {};
}

void note_refusal(Serving& out, Refusal refusal, const Contract* contract) {
  if (out.refusal && *out.refusal >= refusal) return;
  out.refusal = refusal;
  out.refused_by = contract;
}

std::string units(const PoolView& pool) {
  if (!pool.size) return "unlimited, " + std::to_string(pool.consumed + pool.reserved) + " used";
  return std::to_string(*pool.left) + " of " + std::to_string(*pool.size) + " left, " + std::to_string(pool.reserved) +
         " reserved, " + std::to_string(pool.consumed) + " consumed";
}

// What the store remembers of this very claim.
bool was_promised(const Claim& claim, const std::vector<Claim>& ledger) {
  return std::any_of(ledger.begin(), ledger.end(), [&](const Claim& each) {
    return each.promised && each.issue == claim.issue && each.cycle == claim.cycle && each.contract == claim.contract;
  });
}

// Puts the claim on the contract; the next one asked by the same issue ranks after it.
const Claim& add_claim(Serving& out, const Asking& asking, const Contract& contract, Period per,
                       const CategoryId& budget) {
  auto claim = asking.claim;
  claim.contract = contract.id;
  claim.period = period_of(contract, per, claim.place);
  claim.budget = budget;
  if (budget.empty()) claim.logged = Seconds{0};
  claim.rank = static_cast<int>(out.claims.size());
  claim.promised = budget.empty() && asking.remembered && was_promised(claim, *asking.remembered);
  out.claims.push_back(claim);
  return out.claims.back();
}

std::vector<Claim> with_own(const Asking& asking, const Serving& out) {
  auto all = *asking.ledger;
  all.insert(all.end(), out.claims.begin(), out.claims.end());
  return all;
}

// Takes a unit of the contract's pool, or what `when_empty` says. False: the contract refuses, ask the next one.
bool take_unit(Serving& out, const Asking& asking, const Contract& contract) {
  const auto claim = add_claim(out, asking, contract, contract.plan.pool->per, {});
  const bool refuses = contract.plan.pool->when_empty.kind == WhenEmpty::Kind::refuse;
  if (!asking.ledger) return !refuses;
  const auto settled = settle(contract, claim, with_own(asking, out), asking.book);
  out.pool = settled.view;
  out.unit_disputed = settled.disputed;
  if (settled.has_unit) {
    out.billing = Billing::pool;
    if (settled.disputed) {
      out.reasons.push_back({"pool", "ruling 35",
                             "an issue registered before this one was seen late; the customer had been told that a "
                             "free request is used, so it stays"});
    }
    const std::string what = claim.hold == Hold::consumed ? "one free request is used" : "one free request is reserved";
    out.reasons.push_back({"pool", contract.id.value, what + "; " + units(settled.view)});
    return true;
  }
  out.billing = Billing::paid;
  if (claim.approved_at && !refuses) {
    out.reasons.push_back(
        {"pool", "ruling 36", "the order was approved, so no free request is used; " + units(settled.view)});
    return true;
  }
  if (settled.disputed) {
    out.reasons.push_back({"pool", "ruling 35",
                           "by the order of registration a free request would be left, but it was promised to a "
                           "later issue; staff decide"});
  }
  out.refusal = Refusal::pool_empty;  // no code got further (ruling 6)
  out.refused_by = &contract;
  out.reasons.push_back({"pool", contract.id.value, "no free request is left for this one; " + units(settled.view)});
  return !refuses;
}

// Hours of a budget (C4, ruling 21): included while hours are left, then what its `when_empty` says.
bool take_hours(Serving& out, const Asking& asking, const Contract& contract) {
  const auto& budget = contract.plan.budgets.at(*asking.category);
  const auto claim = add_claim(out, asking, contract, budget.per, *asking.category);
  const bool refuses = budget.when_empty.kind == WhenEmpty::Kind::refuse;
  if (!asking.ledger) return !refuses;
  const auto settled = settle_budget(contract, claim, with_own(asking, out));
  out.budget = settled.view;
  const auto hours = duration_text(settled.view.used) + " of " + duration_text(settled.view.hours) + " used";
  if (settled.has_hours && !claim.approved_at) {
    out.reasons.push_back({"pool", contract.id.value, "hours of the budget are left: " + hours});
    return true;
  }
  out.billing = Billing::paid;
  out.reasons.push_back({"pool", contract.id.value, "the hours of the budget are used up: " + hours});
  return !refuses;
}

// True when this contract serves the issue.
bool try_contract(Serving& out, const Asking& asking, const Candidate& candidate) {
  const auto& contract = *candidate.contract;
  const auto passed_over = [&](const std::string& reason) {
    out.reasons.push_back({"contract", contract.id.value, "passed over: " + reason});
  };
  if (const auto refusal = refusal_of(contract, *candidate.owner, asking.registration)) {
    note_refusal(out, *refusal, &contract);
    passed_over(why(*refusal, contract, asking.registration));
    return false;
  }
  const auto cover = cover_for(contract.plan, asking.category);
  if (cover == Cover::refuse) {
    if (!out.refused_by) out.refused_by = &contract;
    passed_over("its plan does not serve the category " + asking.category.value_or(CategoryId{}).value);
    return false;
  }
  out.cover = cover;
  out.billing = cover ? class_of(*cover) : Billing::undecided;
  if (asking.withdrawn) return true;
  if (cover == Cover::pool && contract.plan.pool && !take_unit(out, asking, contract)) {
    out.pool.reset();
    passed_over("its free requests are used up and its plan refuses");
    return false;
  }
  if (cover == Cover::budget && asking.category && contract.plan.budgets.count(*asking.category) > 0 &&
      !take_hours(out, asking, contract)) {
    out.budget.reset();
    passed_over("its hours are used up and its plan refuses");
    return false;
  }
  return true;
}

void say_class(Serving& out, const Asking& asking) {
  const auto plan = out.contract ? "plan " + out.plan->id.value : std::string("without a contract");
  if (!out.cover) {
    out.reasons.push_back({"billing", "", "undecided, because the category is"});
    return;
  }
  const auto category = asking.category ? asking.category->value : std::string("every category");
  out.reasons.push_back({"billing", plan, category + " is " + to_text(out.billing) + " (" + plan + ")"});
}

}  // namespace

Billing class_of(Cover cover) {
  switch (cover) {
    case Cover::free:
      return Billing::free;
    case Cover::included:
    case Cover::budget:
      return Billing::included;
    case Cover::pool:
      return Billing::pool;
    case Cover::paid:
    case Cover::refuse:
      return Billing::paid;
  }
  return Billing::undecided;
}

std::optional<Cover> cover_for(const Plan& plan, const std::optional<CategoryId>& category) {
  if (category) return cover_of(plan, *category);
  if (!plan.covers_otherwise) return std::nullopt;
  const bool same = std::all_of(plan.covers.begin(), plan.covers.end(),
                                [&](const auto& each) { return each.second == *plan.covers_otherwise; });
  return same ? plan.covers_otherwise : std::nullopt;
}

Serving serve(const Asking& asking, const std::vector<Candidate>& candidates) {
  Serving out;
  for (const auto& candidate : candidates) {
    if (!try_contract(out, asking, candidate)) continue;
    out.contract = candidate.contract;
    out.plan = &candidate.contract->plan;
    out.calendar = candidate.contract->calendar.empty() ? out.plan->calendar : candidate.contract->calendar;
    out.reasons.push_back(
        {"contract", out.contract->id.value,
         "served by " + out.contract->id.value + " of " + candidate.owner->id.value + ", plan " + out.plan->id.value});
    break;
  }
  if (out.contract) {
    // an empty pool is no refusal of this contract; the code stands next to the bill (ruling 4)
    if (out.refusal != Refusal::pool_empty || out.refused_by != out.contract) {
      out.refusal.reset();
      out.refused_by = nullptr;
    }
    if (out.contract->plan.pool && !out.pool && asking.ledger) {
      out.pool = pool_view(*out.contract, asking.registration.at, *asking.ledger, asking.book);
    }
  } else {
    out.plan = &asking.book.without_contract;
    out.calendar = out.plan->calendar;
    out.pool.reset();
    out.budget.reset();
    out.cover = cover_for(*out.plan, asking.category);
    out.billing = asking.customer && out.cover ? class_of(*out.cover) : Billing::undecided;
    if (out.billing == Billing::pool) out.billing = Billing::paid;  // there is no pool without a contract
    if (asking.customer && candidates.empty()) {
      out.refusal = Refusal::no_contract;
      out.reasons.push_back({"contract", "", asking.customer->id.value + " has no contract"});
    }
  }
  if (!asking.customer) {
    out.reasons.push_back({"billing", "ruling 2", "undecided, because the customer is; somebody must look"});
  } else {
    say_class(out, asking);
  }
  return out;
}

}  // namespace cb
