// The words of a decision, as files, JSON and people read them.

#include "rules/decision.hpp"
#include "rules/text.hpp"

namespace cb {

std::string to_text(const std::optional<CategoryId>& category) {
  return category ? category->value : "undecided";
}
std::string to_text(Billing billing) {
  switch (billing) {
    case Billing::free:
      return "free";
    case Billing::included:
      return "included";
    case Billing::pool:
      return "pool";
    case Billing::paid:
      return "paid";
    case Billing::undecided:
      return "undecided";
  }
  return {};
}

std::optional<Billing> billing_from_text(const std::string& text) {
  for (const auto each : {Billing::free, Billing::included, Billing::pool, Billing::paid, Billing::undecided}) {
    if (same_name(to_text(each), text)) return each;
  }
  return std::nullopt;
}

std::string to_text(Refusal refusal) {
  switch (refusal) {
    case Refusal::no_contract:
      return "no_contract";
    case Refusal::product:
      return "product";
    case Refusal::not_started:
      return "not_started";
    case Refusal::expired:
      return "expired";
    case Refusal::version:
      return "version";
    case Refusal::channel:
      return "channel";
    case Refusal::language:
      return "language";
    case Refusal::modified_code:
      return "modified_code";
    case Refusal::contact:
      return "contact";
    case Refusal::pool_empty:
      return "pool_empty";
  }
  return {};
}

std::string to_text(ClockName name) {
  switch (name) {
    case ClockName::first_response:
      return "first_response";
    case ClockName::next_update:
      return "next_update";
    case ClockName::state_fix_date:
      return "state_fix_date";
    case ClockName::keep_fix_date:
      return "keep_fix_date";
    case ClockName::workaround:
      return "workaround";
    case ClockName::resolution:
      return "resolution";
    case ClockName::confirmation:
      return "confirmation";
  }
  return {};
}

std::string to_text(ClockState state) {
  switch (state) {
    case ClockState::not_started:
      return "not_started";
    case ClockState::running:
      return "running";
    case ClockState::at_risk:
      return "at_risk";
    case ClockState::paused:
      return "paused";
    case ClockState::met:
      return "met";
    case ClockState::breached:
      return "breached";
    case ClockState::cancelled:
      return "cancelled";
  }
  return {};
}

std::string to_text(SlaState state) {
  switch (state) {
    case SlaState::none:
      return "none";
    case SlaState::ok:
      return "ok";
    case SlaState::paused:
      return "paused";
    case SlaState::at_risk:
      return "at_risk";
    case SlaState::breached:
      return "breached";
    case SlaState::met:
      return "met";
  }
  return {};
}

std::string to_text(Advice advice) {
  switch (advice) {
    case Advice::priority_mismatch:
      return "priority_mismatch";
    case Advice::no_nda:
      return "no_nda";
    case Advice::closed_without_confirmation:
      return "closed_without_confirmation";
    case Advice::newer_version_only:
      return "newer_version_only";
    case Advice::wrong_address:
      return "wrong_address";
    case Advice::assign_consultant:
      return "assign_consultant";
    case Advice::copy_owner:
      return "copy_owner";
  }
  return {};
}

const ClockReading* find_clock(const Decision& decision, ClockName name) {
  for (const auto& clock : decision.clocks) {
    if (clock.name == name) return &clock;
  }
  return nullptr;
}

}  // namespace cb
