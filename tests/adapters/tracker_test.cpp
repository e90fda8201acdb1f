#include "adapters/tracker.hpp"

#include <doctest/doctest.h>

#include <set>

namespace cb {

TEST_CASE("slots have names, and names lead back") {
  std::set<std::string> names;
  for (const auto slot : {Slot::billing, Slot::category, Slot::entitlement, Slot::plan, Slot::pool, Slot::sla_state,
                          Slot::next_due, Slot::response_due, Slot::resolution_due, Slot::advice}) {
    const auto name = to_text(slot);
    CAPTURE(name);
    CHECK(!name.empty());
    CHECK(slot_from_text(name) == slot);
    names.insert(name);
  }
  CHECK(names.size() == 10);
  CHECK(!slot_from_text("Billing").has_value());
  CHECK(!slot_from_text("").has_value());
}

TEST_CASE("changes are empty only when nothing is in them") {
  Changes changes;
  CHECK(changes.empty());
  changes.remove_labels = {"x"};
  CHECK(!changes.empty());
  Changes assigned;
  assigned.assign.name = "Alena Králová";
  CHECK(!assigned.empty());
  Changes copied;
  copied.copy = {{"boris.s", "", ""}};
  CHECK(!copied.empty());
}

TEST_CASE("a person is known by login, else by address or name") {
  const PersonRef alena{"alena.k", "alena@vendor.example", "Alena Králová"};
  struct Row {
    const char* login;
    const char* address;
    const char* name;
    bool same;
  };
  for (const auto& row : {Row{"Alena.K", "", "", true}, Row{"alena.k2", "alena@vendor.example", "Alena Králová", false},
                          Row{"", "ALENA@vendor.example", "A. K.", true}, Row{"", "", "alena králová", true},
                          Row{"", "other@vendor.example", "Alena Králová", true}, Row{"", "", "Alena Kralova", false},
                          Row{"", "", "", false}}) {
    CAPTURE(row.login);
    CAPTURE(row.name);
    Author author;
    author.login = row.login;
    author.address = row.address;
    author.name = row.name;
    CHECK(is_person(alena, author) == row.same);
  }
  CHECK(!is_person({}, {}));
  CHECK(to_text(alena) == "alena.k");
  CHECK(to_text(PersonRef{"", "alena@vendor.example", "Alena Králová"}) == "Alena Králová");
}

}  // namespace cb
