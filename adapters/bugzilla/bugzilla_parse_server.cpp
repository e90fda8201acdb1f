// What Bugzilla tells of itself: version, people, fields, products.
#include <algorithm>

#include "adapters/bugzilla/bugzilla_parse.hpp"
#include "adapters/bugzilla/bugzilla_parse_parts.hpp"

namespace cb {

namespace {

BugzillaFieldType type_of(std::int64_t number) {
  switch (number) {
    case 1:
      return BugzillaFieldType::text;
    case 2:
      return BugzillaFieldType::select;
    case 3:
      return BugzillaFieldType::multi_select;
    case 4:
      return BugzillaFieldType::textarea;
    case 5:
      return BugzillaFieldType::date_time;
    case 6:
      return BugzillaFieldType::bug_id;
    case 9:
      return BugzillaFieldType::date;
    case 10:
      return BugzillaFieldType::integer;
    default:
      return BugzillaFieldType::other;
  }
}

BugzillaField field_of(const JsonValue& value) {
  BugzillaField field;
  field.name = value["name"].text();
  field.display_name = value["display_name"].text_or("");
  field.type = type_of(value["type"].integer_or(0));
  field.is_custom = value["is_custom"].boolean_or(false);
  field.is_mandatory = value["is_mandatory"].boolean_or(false);
  for (const auto& item : value["values"].items()) {
    // The status has a value without a name (what a new bug starts from), the resolution one that is empty.
    const auto name = item["name"].text_or("");
    if (!name.empty() && std::find(field.values.begin(), field.values.end(), name) == field.values.end())
      field.values.push_back(name);
    if (!name.empty() && !item["is_open"].boolean_or(true)) field.closed.push_back(name);
  }
  return field;
}

BugzillaComponent component_of(const JsonValue& value) {
  BugzillaComponent component{value["name"].text(), value["default_assigned_to"].text_or(""), {}};
  if (!value["flag_types"].present()) return component;
  for (const auto& flag : value["flag_types"]["bug"].items())
    if (flag["is_active"].boolean_or(true)) component.flags.push_back(flag["name"].text());
  return component;
}

}  // namespace

BugzillaPerson bugzilla_person(const JsonValue& value) {
  BugzillaPerson person;
  person.id = value["id"].integer_or(0);
  person.login = value["name"].text_or("");
  person.address = value["email"].text_or("");
  person.name = value["real_name"].text_or("");
  return person;
}

Result<std::string> bugzilla_version(const JsonDocument& document) {
  return unless_problem(document, document.root()["version"].text());
}

Result<std::vector<BugzillaUser>> bugzilla_users(const JsonDocument& document) {
  const auto list = document.root()["users"];
  list.require_list();
  std::vector<BugzillaUser> out;
  for (const auto& item : list.items()) {
    BugzillaUser user{bugzilla_person(item), {}, item["saved_searches"].is_list()};
    user.person.id = item["id"].integer();
    user.person.login = item["name"].text();
    for (const auto& group : item["groups"].items()) user.groups.push_back(group["name"].text());
    out.push_back(std::move(user));
  }
  return unless_problem(document, std::move(out));
}

Result<BugzillaPerson> bugzilla_whoami(const JsonDocument& document) {
  const auto root = document.root();
  root.require_object();
  auto person = bugzilla_person(root);
  person.id = root["id"].integer();
  person.login = root["name"].text();
  return unless_problem(document, std::move(person));
}

Result<bool> bugzilla_truth(const JsonDocument& document) {
  const auto root = document.root();
  const auto said = root.is_object() ? root["result"] : root;
  if (!said.present()) said.refuse("true or false");
  return unless_problem(document, said.boolean_or(false));
}

Result<std::vector<BugzillaField>> bugzilla_fields(const JsonDocument& document) {
  const auto list = document.root()["fields"];
  list.require_list();
  std::vector<BugzillaField> out;
  for (const auto& item : list.items()) out.push_back(field_of(item));
  return unless_problem(document, std::move(out));
}

Result<std::vector<BugzillaProduct>> bugzilla_products(const JsonDocument& document) {
  const auto list = document.root()["products"];
  list.require_list();
  std::vector<BugzillaProduct> out;
  for (const auto& item : list.items()) {
    BugzillaProduct product{item["id"].integer(), item["name"].text(), {}, {}};
    for (const auto& component : item["components"].items()) product.components.push_back(component_of(component));
    for (const auto& version : item["versions"].items()) product.versions.push_back(version["name"].text());
    out.push_back(std::move(product));
  }
  return unless_problem(document, std::move(out));
}

Result<std::vector<std::int64_t>> bugzilla_ids(const JsonDocument& document) {
  const auto list = document.root()["ids"];
  list.require_list();
  std::vector<std::int64_t> out;
  for (const auto& item : list.items()) {
    // Numbers or texts, as the server's Perl happens to hold them.
    const auto text = item.scalar();
    if (text.empty() || text.size() > 18 || text.find_first_not_of("0123456789") != std::string::npos)
      item.refuse("an id");
    else
      out.push_back(std::stoll(text));
  }
  return unless_problem(document, std::move(out));
}

Result<std::string> bugzilla_parameter(const JsonDocument& document, const std::string& name) {
  const auto all = document.root()["parameters"];
  all.require_object();
  return unless_problem(document, all[name].scalar());
}

Result<Instant> bugzilla_server_time(const JsonDocument& document) {
  return unless_problem(document, document.root()["db_time"].instant());
}

}  // namespace cb
