#include "tests/rules/support/stories.hpp"

#include <algorithm>

#include "tests/rules/support/small_book.hpp"

namespace cb::testing {
namespace {

int pick(std::mt19937& chance, int from, int to) {
  return std::uniform_int_distribution<int>(from, to)(chance);
}

const std::string& one_of(const std::vector<std::string>& words, std::mt19937& chance) {
  return words[static_cast<std::size_t>(pick(chance, 0, static_cast<int>(words.size()) - 1))];
}

// An hour to a month later, so that windows of two weeks are met from both sides.
Instant later(Instant instant, std::mt19937& chance) {
  return instant + std::chrono::hours{pick(chance, 0, 2) == 0 ? pick(chance, 24, 24 * 30) : pick(chance, 1, 24)};
}

Step random_step(Instant when, const StoryTerms& terms, const Asker& asker, std::mt19937& chance) {
  static const std::vector<std::string> categories{"defect", "consultation", "consultation", "training", ""};
  static const std::vector<std::string> statuses{"In Progress", "Resolved", "In Progress", "Resolved",
                                                 "Feedback",    "Closed",   "Rejected"};
  const bool may_order = asker.reporter.find("olga") == 0 || asker.reporter.find("jan") == 0;
  const auto kind = pick(chance, 0, 9);
  if (kind < 2) return {Step::Kind::category, when, "alena.k", one_of(categories, chance)};
  if (kind < 7) return {Step::Kind::status, when, "alena.k", one_of(statuses, chance)};
  if (kind < 9 && terms.approvals) return {Step::Kind::approval, when, may_order ? asker.reporter : "alena.k", "yes"};
  return {Step::Kind::comment, when, "alena.k", ""};
}

}  // namespace

std::vector<IssueStory> random_stories(const StoryTerms& terms, std::mt19937& chance) {
  static const std::vector<std::string> types{"Support", "Support", "Support", "Support", "Bug", "Training", "Task"};
  std::vector<IssueStory> out;
  for (int number = 1; number <= terms.issues; ++number) {
    const auto& asker =
        terms.askers[static_cast<std::size_t>(pick(chance, 0, static_cast<int>(terms.askers.size()) - 1))];
    IssueStory story;
    story.registered = an_issue("2026-04-01T08:00:00Z");
    // days are few, so that some are registered at the same instant
    story.registered.created += std::chrono::hours{24 * pick(chance, 0, 150)};
    story.registered.key.id = std::to_string(number);
    story.registered.type = one_of(types, chance);
    story.registered.reporter = person(asker.reporter);
    if (!asker.customer.empty()) story.registered.fields["Customer"] = {asker.customer};
    auto when = story.registered.created;
    for (int step = pick(chance, 0, 6); step > 0; --step) {
      when = later(when, chance);
      story.steps.push_back(random_step(when, terms, asker, chance));
    }
    out.push_back(story);
  }
  std::shuffle(out.begin(), out.end(), chance);
  return out;
}

Issue as_of(const IssueStory& story, Instant now) {
  auto out = story.registered;
  for (const auto& step : story.steps) {
    if (step.at > now) break;
    const auto when = to_iso(step.at);
    switch (step.kind) {
      case Step::Kind::category:
        change_field(out, when, step.by, "Category confirmed", step.word);
        break;
      case Step::Kind::status:
        change_status(out, when, step.by, step.word);
        break;
      case Step::Kind::approval:
        change_field(out, when, step.by, "Order approved", step.word);
        break;
      case Step::Kind::comment:
        comment(out, when, step.by);
        break;
    }
  }
  return out;
}

Instant end_of_stories() {
  return at("2027-03-15T08:00:00Z");
}

}  // namespace cb::testing
