#include "tests/trackers/net_faults.hpp"

#include <algorithm>

namespace cb {

namespace {

using Kind = NetFault::Kind;

struct Named {
  Kind kind;
  const char* name;
  bool kept_back;
};

constexpr Named k_named[] = {
    {Kind::status, "status", true},
    {Kind::web_page, "web-page", true},
    {Kind::wrong_json, "wrong-json", true},
    {Kind::silence, "silence", true},
    {Kind::refused, "refused", true},
    {Kind::reset_before_head, "reset-before-head", true},
    {Kind::answer_lost, "answer-lost", false},
    {Kind::answer_late, "answer-late", false},
    {Kind::reset_in_head, "reset-in-head", false},
    {Kind::reset_in_body, "reset-in-body", false},
    {Kind::cut_short, "cut-short", false},
    {Kind::cut_json, "cut-json", false},
    {Kind::length_too_small, "length-too-small", false},
    {Kind::length_too_large, "length-too-large", false},
    {Kind::broken_chunks, "broken-chunks", false},
    {Kind::broken_gzip, "broken-gzip", false},
    {Kind::cut_gzip, "cut-gzip", false},
    {Kind::drip, "drip", false},
};

const Named& named(Kind kind) {
  return *std::find_if(std::begin(k_named), std::end(k_named), [&](const Named& each) { return each.kind == kind; });
}

// splitmix64.
std::uint64_t rolled(std::uint64_t& state) {
  state += 0x9e3779b97f4a7c15U;
  auto mixed = state;
  mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9U;
  mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111ebU;
  return mixed ^ (mixed >> 31U);
}

}  // namespace

std::string to_text(NetFault::Kind kind) {
  return named(kind).name;
}

std::optional<NetFault::Kind> net_fault_from_text(const std::string& name) {
  for (const auto& each : k_named)
    if (each.name == name) return each.kind;
  return {};
}

const std::vector<NetFault::Kind>& all_net_faults() {
  static const std::vector<NetFault::Kind> kinds = [] {
    std::vector<NetFault::Kind> all;
    for (const auto& each : k_named) all.push_back(each.kind);
    return all;
  }();
  return kinds;
}

bool is_kept_back(NetFault::Kind kind) {
  return named(kind).kept_back;
}

NetFaultPlan::NetFaultPlan(std::vector<NetFaultRule> rules, std::uint64_t seed) : dice_(seed) {
  for (auto& rule : rules) rules_.push_back({std::move(rule)});
}

bool NetFaultPlan::holds(Counted& counted, const HttpRequest& request, Instant now) {
  const auto& rule = counted.rule;
  if (rule.about && !rule.about(request)) return false;
  ++counted.seen;
  // Rolled for every request, so that what strikes does not depend on the other conditions.
  const bool rolls = rule.percent == 0 || rolled(dice_) % 100 < static_cast<std::uint64_t>(rule.percent);
  return rolls && (rule.nth == 0 || counted.seen == rule.nth) && (rule.every == 0 || counted.seen % rule.every == 0) &&
         (rule.at_most == 0 || counted.struck < rule.at_most) && (!rule.from || now >= *rule.from) &&
         (!rule.until || now < *rule.until);
}

std::optional<NetFault> NetFaultPlan::strikes(const HttpRequest& request, Instant now) {
  std::optional<NetFault> struck;
  for (auto& counted : rules_) {
    if (!holds(counted, request, now) || struck) continue;
    ++counted.struck;
    struck = counted.rule.fault;
  }
  return struck;
}

}  // namespace cb
