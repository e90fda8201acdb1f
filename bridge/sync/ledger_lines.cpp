#include "bridge/sync/ledger_lines.hpp"

#include <algorithm>
#include <cstdlib>

namespace cb {

namespace {

const std::string k_reserve = "reserve";
const std::string k_consume = "consume";
const std::string k_release = "release";
const std::string k_billing = "billing";
const std::string k_category = "category";
const std::string k_arrow = " -> ";
const std::string k_reopened = "reopened, cycle ";

const LedgerLine* last_unit(const std::vector<LedgerLine>& lines) {
  const auto found = std::find_if(lines.rbegin(), lines.rend(), moves_pool);
  return found == lines.rend() ? nullptr : &*found;
}

// Which cycle took the unit that is held. Times do not tell: lines bear ours, and cycles begin by the tracker's.
int cycle_of_unit(const std::vector<LedgerLine>& lines) {
  for (auto line = lines.rbegin(); line != lines.rend(); ++line) {
    if (line->note.rfind(k_reopened, 0) == 0) return std::atoi(line->note.c_str() + k_reopened.size());
    if (line->action == k_reserve || line->action == k_release) break;
  }
  return 1;
}

// The class that the last line led to.
std::string last_billing(const std::vector<LedgerLine>& lines) {
  const auto found =
      std::find_if(lines.rbegin(), lines.rend(), [](const LedgerLine& line) { return line.action == k_billing; });
  if (found == lines.rend()) return "none";
  return found->note.substr(found->note.rfind(k_arrow) + k_arrow.size());
}

// The claim behind the unit that the issue holds in its present cycle; null when it holds none.
const Claim* held_claim(const Decision& decision) {
  if (decision.billing != Billing::pool || !decision.pool) return nullptr;
  const Claim* held = nullptr;
  for (const auto& claim : decision.claims) {
    if (claim.contract == decision.pool->contract && claim.budget.empty() && !claim.ended_at &&
        (held == nullptr || claim.cycle > held->cycle))
      held = &claim;
  }
  return held;
}

std::string cycle_note(const Claim& claim) {
  return claim.cycle == 1 ? "" : k_reopened + std::to_string(claim.cycle);
}

// A category that moved (E6): from what to what, by whom, when. Each move once.
void add_reclassified(std::vector<LedgerLine>& lines, const Decision& decision, const std::vector<LedgerLine>& before,
                      Instant now) {
  for (const auto& move : decision.reclassified) {
    const auto note = to_text(move.from) + k_arrow + to_text(move.to) + ", by " + move.who + ", " + to_iso(move.at);
    const bool known = std::any_of(before.begin(), before.end(), [&](const LedgerLine& line) {
      return line.action == k_category && line.note == note;
    });
    if (!known) lines.push_back({decision.issue, now, k_category, ContractId{}, "", note});
  }
}

}  // namespace

bool moves_pool(const LedgerLine& line) {
  return line.action == k_reserve || line.action == k_consume || line.action == k_release;
}

std::vector<LedgerLine> new_ledger_lines(const Decision& decision, const std::vector<LedgerLine>& before, Instant now) {
  std::vector<LedgerLine> lines;
  const auto* last = last_unit(before);
  const auto* held = held_claim(decision);
  const bool holds_one = last != nullptr && last->action != k_release;
  const auto period = held == nullptr ? "" : to_iso(held->period.from);
  const bool same_pool = holds_one && held != nullptr && last->contract == held->contract && last->period == period;
  // A unit that an earlier cycle consumed stays so; the new cycle takes one of its own (ruling 9).
  const bool of_earlier_cycle =
      holds_one && held != nullptr && last->action == k_consume && held->cycle > cycle_of_unit(before);

  if (holds_one && !same_pool && !of_earlier_cycle) {
    lines.push_back(
        {decision.issue, now, k_release, last->contract, last->period, "billing " + to_text(decision.billing)});
  }
  if (held != nullptr) {
    const bool consumed = held->hold == Hold::consumed;
    const bool fresh = !same_pool || of_earlier_cycle;
    if (fresh) {
      lines.push_back(
          {decision.issue, now, consumed ? k_consume : k_reserve, held->contract, period, cycle_note(*held)});
    } else if (consumed && last->action == k_reserve) {
      lines.push_back({decision.issue, now, k_consume, held->contract, period, ""});
    }
  }
  add_reclassified(lines, decision, before, now);
  const auto from = last_billing(before);
  const auto to = to_text(decision.billing);
  if (from != to) lines.push_back({decision.issue, now, k_billing, ContractId{}, "", from + k_arrow + to});
  return lines;
}

}  // namespace cb
