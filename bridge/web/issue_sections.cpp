#include "bridge/web/issue_sections.hpp"

#include "bridge/report/explain_clocks.hpp"
#include "bridge/web/html.hpp"

namespace cb {

namespace {

class Facts {
 public:
  void add(const std::string& name, const std::string& text, const std::string& style = "") {
    if (text.empty()) return;
    html_ += "<dt>" + html_escaped(name) + "</dt><dd" + (style.empty() ? "" : " class=\"" + style + "\"") + ">" +
             html_escaped(text) + "</dd>\n";
  }
  [[nodiscard]] std::string html() const { return "<dl>\n" + html_ + "</dl>\n"; }

 private:
  std::string html_;
};

std::string section(const std::string& title, const std::string& list, const std::string& items) {
  if (items.empty()) return {};
  return "<h2>" + html_escaped(title) + "</h2>\n<" + list + ">\n" + items + "</" + list + ">\n";
}

const Customer* customer_of(const Decision& decision, const ContractBook& book) {
  return decision.customer ? find_customer(book, *decision.customer) : nullptr;
}

Zone zone_of(const Decision& decision, const ContractBook& book) {
  const auto* customer = customer_of(decision, book);
  return customer == nullptr ? Zone::utc() : customer->zone;
}

std::string name_of(const Decision& decision, const ContractBook& book) {
  if (!decision.customer) return decision.customer_candidates.empty() ? "nobody known" : "undecided";
  const auto* customer = customer_of(decision, book);
  return customer == nullptr || customer->name.empty() ? decision.customer->value : customer->name;
}

std::string contract_of(const Decision& decision) {
  auto text = decision.contract ? decision.contract->value : std::string("none");
  if (decision.plan) text += ", plan " + decision.plan->value;
  if (decision.contract_until) text += ", until " + to_iso(*decision.contract_until);
  if (decision.refusal) text += "; refused: " + to_text(*decision.refusal);
  return text;
}

std::string pool_of(const PoolView& pool) {
  if (!pool.size || !pool.left) return "unlimited, " + std::to_string(pool.consumed) + " consumed";
  return std::to_string(*pool.left) + " of " + std::to_string(*pool.size) + " left, " + std::to_string(pool.reserved) +
         " reserved, " + std::to_string(pool.consumed) + " consumed";
}

std::string clock_text(const ClockReading& clock, const Zone& zone) {
  auto text = ": " + to_text(clock.state);
  if (clock.due) text += ", due " + both_times(*clock.due, zone);
  if (clock.stopped) text += ", stopped " + both_times(*clock.stopped, zone);
  if (clock.used) text += ", used " + duration_text(clock.used->amount);
  if (clock.left) text += ", left " + duration_text(clock.left->amount);
  if (clock.target) text += ", of " + duration_text(clock.target->amount);
  return text;
}

bool may_be_linked(const std::string& url) {
  return url.starts_with("https://") || url.starts_with("http://");
}

}  // namespace

std::string heading_of(const Issue& issue) {
  auto html = "<h1>" + html_escaped(to_text(issue.key)) + " " + html_escaped(issue.summary) + "</h1>\n";
  if (may_be_linked(issue.url)) {
    html +=
        "<p><a rel=\"noreferrer\" href=\"" + html_escaped(issue.url) + "\">" + html_escaped(issue.url) + "</a></p>\n";
  }
  return html;
}

std::string facts_of(const Decision& decision, const ContractBook& book, Instant now) {
  const auto zone = zone_of(decision, book);
  Facts facts;
  facts.add("customer", name_of(decision, book));
  facts.add("contract", contract_of(decision));
  facts.add("category", to_text(decision.category.now()));
  facts.add("billing", to_text(decision.billing) + (decision.order_approved ? ", the order is approved" : ""));
  if (decision.pool) facts.add("pool", pool_of(*decision.pool));
  facts.add("priority", to_text(decision.priority));
  facts.add("promises", to_text(decision.sla_state), to_text(decision.sla_state));
  if (decision.next_due) {
    const bool overdue = *decision.next_due < now;
    facts.add("next due", both_times(*decision.next_due, zone) + (overdue ? ", overdue" : ""),
              overdue ? "overdue" : "");
  }
  facts.add("consultant", decision.consultant);
  std::string advice;
  for (const auto each : decision.advice) advice += (advice.empty() ? "" : ", ") + to_text(each);
  for (const auto& each : decision.internal_advice) advice += (advice.empty() ? "" : ", ") + each;
  facts.add("advice", advice);
  if (decision.recheck_at) facts.add("changes by itself", both_times(*decision.recheck_at, zone));
  return facts.html();
}

std::string reasons_of(const Decision& decision) {
  std::string items;
  for (const auto& reason : decision.reasons) {
    items += "<li><b>" + html_escaped(reason.step) + "</b> " + html_escaped(reason.text) +
             (reason.rule.empty() || reason.text.find(reason.rule) != std::string::npos
                  ? ""
                  : " [" + html_escaped(reason.rule) + "]") +
             "</li>\n";
  }
  return section("Why", "ol", items);
}

std::string clocks_of(const Decision& decision, const ContractBook& book) {
  const auto zone = zone_of(decision, book);
  std::string items;
  for (const auto& clock : decision.clocks) {
    items += "<li class=\"" + to_text(clock.state) + "\"><b>" + html_escaped(to_text(clock.name)) + "</b>" +
             html_escaped(clock_text(clock, zone)) + "</li>\n";
  }
  return section("Clocks", "ul", items);
}

std::string ledger_of(const std::vector<LedgerLine>& lines) {
  std::string items;
  for (const auto& line : lines) {
    items += "<li>" + html_escaped(to_iso(line.at) + " " + line.action) +
             (line.contract.empty() ? "" : " " + html_escaped(line.contract.value)) +
             (line.note.empty() ? "" : ": " + html_escaped(line.note)) + "</li>\n";
  }
  return section("Ledger", "ul", items);
}

}  // namespace cb
