// The demo's issues as its pages show them, whatever tracker holds them. Texts are as people wrote them, not escaped.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "tests/trackers/fake_bugzilla.hpp"
#include "tests/trackers/fake_jira.hpp"
#include "tests/trackers/fake_redmine.hpp"

namespace cb {

struct DemoChange {
  std::string field, from, to;
};

// What one person did at one time.
struct DemoNote {
  Instant at;
  std::string author;
  bool is_ours = false;  // by contract-bridge
  bool is_private = false;
  std::string text;
  std::vector<DemoChange> changes;
};

struct DemoField {
  std::string name, value;
  bool is_ours = false;
};

struct DemoIssue {
  int id = 0;
  std::string key;  // what people call it, where that is not #id
  std::string title, type, author, customer, status, priority, assignee, description;
  Instant created;
  bool is_private = false;
  std::vector<DemoField> fields;
  std::vector<DemoNote> notes;
};

// By their numbers.
using DemoBoard = std::function<std::vector<DemoIssue>()>;

// `bridge_login` and `bridge_fields` (names as people read them) mark what contract-bridge writes. The tracker must
// outlive the board; it may answer requests meanwhile.
DemoBoard demo_board(const FakeRedmine& redmine, std::string bridge_login, std::set<std::string> bridge_fields);
DemoBoard demo_board(const FakeBugzilla& bugzilla, std::string bridge_login, std::set<std::string> bridge_fields);
DemoBoard demo_board(const FakeJira& jira, std::string bridge_login, std::set<std::string> bridge_fields);

// Who an issue belongs to: the Customer field, else the domain of the reporter's address.
std::string demo_customer(const std::vector<DemoField>& fields, const std::string& reporter_mail);

}  // namespace cb
