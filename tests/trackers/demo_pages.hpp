// The demo tracker for people: plain pages that show each issue as staff and as a customer see it. The customer's view
// holds no private note, no private issue and nothing that only staff may see. All text of users is escaped; no
// scripts, nothing from elsewhere.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "tests/trackers/fake_redmine.hpp"

namespace cb {

class DemoPages {
 public:
  // `bridge_login` and `bridge_fields` mark what contract-bridge writes. `redmine` must outlive the pages.
  DemoPages(const FakeRedmine& redmine, std::string bridge_login, std::set<std::string> bridge_fields);

  // `/`, `/issues/N` and `/issues/N?view=customer`; nothing for all other addresses.
  [[nodiscard]] std::optional<HttpResponse> page(const HttpRequest& request) const;

 private:
  const FakeRedmine* redmine_;
  std::string bridge_login_;
  std::set<std::string> bridge_fields_;
};

}  // namespace cb
