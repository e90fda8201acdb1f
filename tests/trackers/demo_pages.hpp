// The demo tracker for people: plain pages that show each issue as staff and as a customer see it. The customer's view
// holds no private note, no private issue and nothing that only staff may see. All text of users is escaped; no
// scripts, nothing from elsewhere.
#pragma once

#include <optional>
#include <string>

#include "tests/trackers/demo_board.hpp"

namespace cb {

class DemoPages {
 public:
  // `kind`: what it stands in for, as people read it.
  DemoPages(DemoBoard board, std::string kind) : board_(std::move(board)), kind_(std::move(kind)) {}

  // `/`, `/issues/N` and `/issues/N?view=customer` (a Bugzilla's `/show_bug.cgi?id=N` and a Jira's `/browse/KEY` too);
  // nothing for all other addresses.
  [[nodiscard]] std::optional<HttpResponse> page(const HttpRequest& request) const;

 private:
  DemoBoard board_;
  std::string kind_;
};

}  // namespace cb
