#include "tests/trackers/fake_bugzilla_state.hpp"

#include <algorithm>

#include "rules/text.hpp"

namespace cb::fake_bugzilla {

namespace {

template <class Row, class Test>
const Row* first_of(const std::vector<Row>& rows, Test test) {
  const auto found = std::find_if(rows.begin(), rows.end(), test);
  return found == rows.end() ? nullptr : &*found;
}

}  // namespace

const User* user_by_login(const State& state, const std::string& login) {
  return first_of(state.users, [&](const User& user) { return same_name(user.login, login); });
}

const User* user_by_id(const State& state, int id) {
  return first_of(state.users, [&](const User& user) { return user.id == id; });
}

const Group* group_by_name(const State& state, const std::string& name) {
  return first_of(state.groups, [&](const Group& group) { return group.name == name; });
}

const Group* group_by_id(const State& state, int id) {
  return first_of(state.groups, [&](const Group& group) { return group.id == id; });
}

const Product* product_by_name(const State& state, const std::string& name) {
  return first_of(state.products, [&](const Product& product) { return same_name(product.name, name); });
}

const Field* field_by_name(const State& state, const std::string& name) {
  return first_of(state.fields, [&](const Field& field) { return field.name == name; });
}

const FlagType* flag_type_by_id(const State& state, int id) {
  return first_of(state.flag_types, [&](const FlagType& type) { return type.id == id; });
}

const Status* status_by_name(const State& state, const std::string& name) {
  return first_of(state.statuses, [&](const Status& status) { return same_name(status.name, name); });
}

int next_bug_id(const State& state) {
  return state.bugs.empty() ? 1 : state.bugs.rbegin()->first + 1;
}

const std::vector<Column>& columns() {
  static const std::vector<Column> k_columns{
      {"summary", "short_desc", "Summary", &Bug::summary},
      {"product", "product", "Product", &Bug::product},
      {"component", "component", "Component", &Bug::component},
      {"version", "version", "Version", &Bug::version},
      {"target_milestone", "target_milestone", "Target Milestone", &Bug::milestone},
      {"op_sys", "op_sys", "OS", &Bug::system},
      {"platform", "rep_platform", "Platform", &Bug::platform},
      {"priority", "priority", "Priority", &Bug::priority},
      {"severity", "bug_severity", "Severity", &Bug::severity},
      {"status", "bug_status", "Status", &Bug::status},
      {"resolution", "resolution", "Resolution", &Bug::resolution},
      {"whiteboard", "status_whiteboard", "Status Whiteboard", &Bug::whiteboard},
      {"url", "bug_file_loc", "URL", &Bug::url},
      {"deadline", "deadline", "Deadline", &Bug::deadline},
      {"type", "bug_type", "Type", &Bug::kind},
  };
  return k_columns;
}

const Column* column(const std::string& name) {
  return first_of(columns(), [&](const Column& entry) { return name == entry.name || name == entry.internal; });
}

}  // namespace cb::fake_bugzilla
