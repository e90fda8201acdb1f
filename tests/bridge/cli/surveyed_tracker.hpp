// A tracker that only answers the survey.
#pragma once

#include <utility>

#include "adapters/tracker.hpp"

namespace cb {

class SurveyedTracker final : public Tracker {
 public:
  SurveyedTracker(Survey survey, Capabilities capabilities)
      : survey_(std::move(survey)), capabilities_(std::move(capabilities)) {}
  [[nodiscard]] const Capabilities& capabilities() const override { return capabilities_; }
  Result<Identity> who_am_i() override { return survey_.identity; }
  Result<Survey> survey() override { return survey_; }
  Result<Page> changed_since(std::optional<Instant> /*since*/, const std::optional<std::string>& /*page*/) override {
    return failure(ErrorKind::rejected, "only surveys");
  }
  Result<Fetched> fetch(const IssueKey& /*key*/) override { return failure(ErrorKind::rejected, "only surveys"); }
  Result<Applied> apply(const IssueKey& /*key*/, const Changes& /*changes*/, const Revision& /*expected*/) override {
    return failure(ErrorKind::rejected, "only surveys");
  }

 private:
  Survey survey_;
  Capabilities capabilities_;
};

}  // namespace cb
