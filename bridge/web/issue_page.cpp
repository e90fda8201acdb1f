#include "bridge/web/issue_page.hpp"

#include "bridge/report/decision_json.hpp"
#include "bridge/report/explain.hpp"
#include "bridge/report/issue_json.hpp"
#include "bridge/sync/claims.hpp"
#include "bridge/sync/stored_decision.hpp"
#include "bridge/web/api_ask.hpp"
#include "bridge/web/embedded_pages.hpp"
#include "bridge/web/html.hpp"
#include "bridge/web/issue_sections.hpp"

namespace cb {

namespace {

const std::string k_style = "../../pages.css";

WebAnswer message(int status, const std::string& title, const std::string& text) {
  return html_answer(status, title, "<h1>" + html_escaped(title) + "</h1>\n<p>" + html_escaped(text) + "</p>\n",
                     k_style);
}

// What the store knows of the other issues of these pools.
LedgerView ledger_view(const Issue& issue, const ContractBook& book, Instant now, Store& store) {
  LedgerView ledger;
  for (const auto& contract : pools_around(issue, book, now))
    for (auto& claim : store.claims(contract)) ledger.claims.push_back(std::move(claim));
  return ledger;
}

std::string note(const std::string& text) {
  return "<p class=\"note\">" + html_escaped(text) + "</p>\n";
}

std::string notes_of(const StoredIssue& stored, const Decision& decision, const ContractBook& book,
                     const std::optional<Parked>& parked) {
  std::string html;
  if (stored.gone) html += note("The tracker does not show this issue any more; this is what was known last.");
  if (parked) {
    html += note("It could not be processed since " + to_iso(parked->since) + " and is tried again at " +
                 to_iso(parked->retry_at) + " (" + std::to_string(parked->attempts) +
                 (parked->attempts == 1 ? " try" : " tries") + " so far): " + parked->error);
  }
  if (stored.decision.empty()) {
    html += note("It was read and not decided yet; what follows is what would be decided now.");
  } else if (!same_decision(stored.decision, decision_json(decision))) {
    html += note(stored.book_version == book.version
                     ? "What the tracker shows was decided earlier and differs from what follows; the bridge looks at "
                       "this issue again soon."
                     : "What the tracker shows was decided with an earlier configuration and differs from what "
                       "follows; the bridge looks at this issue again soon.");
  }
  return html;
}

std::string footer_of(const StoredIssue& stored, const std::vector<PastDecision>& decisions, Instant now) {
  std::string text = "Read from the tracker at " + to_iso(stored.fetched_at);
  if (!decisions.empty()) text += ", decided at " + to_iso(decisions.back().at);
  return "<footer>" + html_escaped(text + "; times used and left are as of " + to_iso(now) + ".") + "</footer>\n";
}

WebAnswer issue_page(const WebParts& parts, const WebCall& call) {
  const auto settings = parts.settings();
  if (!settings) return message(503, "Starting", "The service has no configuration yet.");
  const auto asked = asked_issue(call, *settings);
  if (std::holds_alternative<WebAnswer>(asked))
    return message(404, "No such issue", "No tracker and issue of these names can be known here.");
  const auto& key = std::get<IssueKey>(asked);
  const auto stored = parts.store.issue(key);
  const auto parked = parts.store.parked(key);
  if (!stored)
    return message(404, "Not known",
                   parked ? "The bridge could not read the issue " + to_text(key) + " yet: " + parked->error
                          : "The bridge has not seen the issue " + to_text(key) + ".");
  const auto issue = issue_from_json(stored->snapshot);
  if (!issue) return message(500, "Not readable", issue.error().what);
  const auto& book = settings->book;
  const auto now = parts.clock.now();
  const auto decision = evaluate(*issue, book, ledger_view(*issue, book, now, parts.store), now);
  const auto body =
      heading_of(*issue) + notes_of(*stored, decision, book, parked) + facts_of(decision, book, now) +
      reasons_of(decision) + clocks_of(decision, book) + ledger_of(parts.store.ledger(key)) +
      "<details>\n<summary>All of it, as <code>contract-bridge explain</code> prints it</summary>\n<pre>" +
      html_escaped(explain_text(decision, *issue, book)) + "</pre>\n</details>\n" +
      footer_of(*stored, parts.store.decisions(key), now);
  return html_answer(200, to_text(key), body, k_style);
}

}  // namespace

void add_page_routes(Router& router, const WebParts& parts) {
  router.add("GET", "/issues/{tracker}/{id}", Guard::page, [&parts](const WebCall& call) {
    try {
      return issue_page(parts, call);
    } catch (const StoreError& error) {
      return message(503, "The store failed", error.what());
    }
  });
  router.add("GET", "/pages.css", Guard::page, [](const WebCall&) {
    WebAnswer answer;
    answer.content_type = "text/css; charset=utf-8";
    answer.headers.emplace_back("Cache-Control", "private, max-age=3600");
    answer.body = embedded_style();
    return answer;
  });
}

}  // namespace cb
