#include "bridge/web/api_evaluate.hpp"

#include "bridge/report/decision_json.hpp"
#include "bridge/settings/posted_issue.hpp"
#include "bridge/texts/language.hpp"
#include "bridge/web/api_answers.hpp"

namespace cb {

namespace {

void find_language(Issue& issue) {
  if (issue.language.empty()) issue.detected_language = detect_language(issue.summary, issue.description);
}

WebAnswer refusal(const std::vector<Problem>& problems) {
  std::vector<PlacedError> errors;
  for (const auto& problem : problems) {
    if (problem.level == Problem::Level::error) errors.push_back({problem.file, problem.text});
  }
  const auto number = errors.size();
  return problem_answer(422,
                        "The issue was not decided: " +
                            (number == 1 ? std::string("something is") : std::to_string(number) + " things are") +
                            " wrong in what was posted; each is listed with its place.",
                        errors);
}

}  // namespace

WebAnswer api_evaluate(const WebParts& parts, const WebCall& call) {
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
