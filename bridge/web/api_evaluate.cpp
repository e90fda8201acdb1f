#include "bridge/web/api_evaluate.hpp"

#include "bridge/report/decision_json.hpp"
#include "bridge/settings/posted_issue.hpp"
#include "bridge/texts/language.hpp"
#include "bridge/web/api_answers.hpp"
#include "rules/text.hpp"

namespace cb {

namespace {

constexpr std::size_t k_most_told = 100;

void find_language(Issue& issue) {
  if (issue.language.empty()) issue.detected_language = detect_language(issue.summary, issue.description);
}

WebAnswer refusal(const std::vector<Problem>& problems) {
  std::vector<PlacedError> errors;
  std::size_t number = 0;
  for (const auto& problem : problems) {
    if (problem.level != Problem::Level::error) continue;
    if (++number <= k_most_told) errors.push_back({problem.file, problem.text});
  }
  std::string detail = "The issue was not decided: " +
                       (number == 1 ? std::string("something is") : std::to_string(number) + " things are") +
                       " wrong in what was posted; ";
  detail += number <= k_most_told ? "each is listed with its place."
                                  : "here are " + std::to_string(k_most_told) + " with their places, and there are " +
                                        std::to_string(number - k_most_told) + " more.";
  return problem_answer(422, detail, errors);
}

// Of forms and plain text a page of a foreign site can make the reader's browser post what it likes; of this type the
// browser asks us first.
bool is_json(const WebRequest& request) {
  auto type = header(request, "Content-Type").value_or("");
  type = trimmed(type.substr(0, type.find(';')));
  return same_name(type, "application/json");
}

}  // namespace

WebAnswer api_evaluate(const WebParts& parts, const WebCall& call) {
  if (!is_json(call.request))
    return problem_answer(415, "An issue is posted as JSON: send it with `Content-Type: application/json`.");
  const auto settings = parts.settings();
  const auto& book = settings->book;
  auto reading = read_posted_issue(call.request.body, book, parts.clock.now());
  if (!reading.posted) return refusal(reading.problems);
  auto& posted = *reading.posted;
  LedgerView ledger;
  for (auto& earlier : posted.before) {
    find_language(earlier);
    for (auto& claim : claims_of(earlier, book, posted.now)) ledger.claims.push_back(std::move(claim));
  }
  find_language(posted.issue);
  return json_answer(200, decision_json(evaluate(posted.issue, book, ledger, posted.now)));
}

}  // namespace cb
