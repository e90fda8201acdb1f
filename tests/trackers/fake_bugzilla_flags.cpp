// Flags: requested, granted, denied and cleared, by name, type or number.
#include <algorithm>

#include "tests/trackers/fake_bugzilla_edit.hpp"

namespace cb::fake_bugzilla {

namespace {

struct Asked {
  std::string status;
  std::optional<int> requestee;
  bool names_requestee = false;
};

std::string shown(const State& state, const Flag& flag) {
  const auto* type = flag_type_by_id(state, flag.type);
  auto out = (type ? type->name : "") + flag.status;
  if (flag.requestee)
    if (const auto* user = user_by_id(state, *flag.requestee)) out += "(" + user->login + ")";
  return out;
}

std::vector<std::string> all_shown(const State& state, const Bug& bug) {
  std::vector<std::string> out;
  for (const auto& flag : bug.flags) out.push_back(shown(state, flag));
  return out;
}

const FlagType& type_of(const Edit& edit, const Json& given) {
  const auto* key = given.contains("name") ? "name" : "type_id";
  const auto wanted = given.contains(key) ? text_of(given[key]) : "";
  const FlagType* found = nullptr;
  for (const auto& type : edit.state.flag_types) {
    const bool serves = type.products.empty() || type.products.count(edit.bug.product) > 0;
    if (!serves || (type.name != wanted && std::to_string(type.id) != wanted)) continue;
    if (found) refuse(133, "The flag type name '" + wanted + "' is not unique: give its type_id.");
    found = &type;
  }
  if (!found) refuse(51, "There is no flagtype named '" + wanted + "'.");
  return *found;
}

Flag* flag_by_id(Bug& bug, int id) {
  const auto found = std::find_if(bug.flags.begin(), bug.flags.end(), [&](const Flag& flag) { return flag.id == id; });
  return found == bug.flags.end() ? nullptr : &*found;
}

Flag* only_flag_of(Bug& bug, const FlagType& type) {
  Flag* found = nullptr;
  for (auto& flag : bug.flags) {
    if (flag.type != type.id) continue;
    if (found) refuse(132, "Flag " + type.name + " is set more than once: give the id of the flag.");
    found = &flag;
  }
  return found;
}

Asked asked_of(const Edit& edit, const Json& given) {
  Asked asked;
  asked.status = given.contains("status") ? text_of(given["status"]) : "";
  if (asked.status != "?" && asked.status != "+" && asked.status != "-" && asked.status != "X")
    refuse(129, "The flag status " + asked.status + " is invalid.");
  const auto requestee = given.contains("requestee") ? text_of(given["requestee"]) : "";
  asked.names_requestee = given.contains("requestee");
  if (asked.status == "?" && !requestee.empty()) asked.requestee = existing_user(edit.state, requestee).id;
  return asked;
}

// Who may grant may do all; who may request may ask, ask again and clear.
void check_right(const Edit& edit, const FlagType& type, const std::string& status) {
  const bool asks = status == "?" || status == "X";
  if (may_grant(edit.state, &edit.user, type) || (asks && may_request(edit.state, &edit.user, type))) return;
  const auto* deed = status == "+" ? "grant" : status == "-" ? "deny" : status == "X" ? "clear" : "request";
  refuse(130, "You tried to " + std::string(deed) + " " + type.name +
                  ". Only a user with the required permissions may make this change.");
}

void add_flag(Edit& edit, const FlagType& type, const Asked& asked) {
  if (!type.is_active)
    refuse(134, "The flag type " + type.name + " is inactive and cannot be used to create new flags.");
  const bool is_set =
      std::any_of(edit.bug.flags.begin(), edit.bug.flags.end(), [&](const Flag& flag) { return flag.type == type.id; });
  if (is_set && !type.is_multiplicable) refuse(32000, "You cannot have several " + type.name + " flags for this bug.");
  check_right(edit, type, asked.status);
  edit.bug.flags.push_back(
      {++edit.state.last_flag, type.id, asked.status, edit.user.id, asked.requestee, edit.now, edit.now});
}

void change_flag(Edit& edit, const FlagType& type, Flag& flag, const Asked& asked) {
  if (asked.status == flag.status && (!asked.names_requestee || asked.requestee == flag.requestee)) return;
  check_right(edit, type, asked.status);
  if (asked.status == "X") {
    edit.bug.flags.erase(edit.bug.flags.begin() + (&flag - edit.bug.flags.data()));
    return;
  }
  flag.status = asked.status;
  flag.setter = edit.user.id;
  flag.requestee = asked.requestee;
  flag.changed = edit.now;
}

void set_one(Edit& edit, const Json& given) {
  if (!given.is_object()) broken_inside("Not a HASH reference at Bugzilla/WebService/Util.pm line 65.\n");
  if (given.contains("id")) {
    auto* flag = flag_by_id(edit.bug, std::stoi(text_of(given["id"])));
    if (!flag) refuse(51, "There is no flag with the id '" + text_of(given["id"]) + "'.");
    return change_flag(edit, *flag_type_by_id(edit.state, flag->type), *flag, asked_of(edit, given));
  }
  const auto& type = type_of(edit, given);
  const bool is_new = given.contains("new") && is_true(given["new"]);
  auto* flag = is_new ? nullptr : only_flag_of(edit.bug, type);
  const auto asked = asked_of(edit, given);
  if (flag) return change_flag(edit, type, *flag, asked);
  if (asked.status != "X") add_flag(edit, type, asked);
}

}  // namespace

void set_flags(Edit& edit, const Json& value) {
  const auto before = all_shown(edit.state, edit.bug);
  for (const auto& given : value.is_array() ? value : Json::array({value})) set_one(edit, given);
  changed_list(edit, "flagtypes.name", before, all_shown(edit.state, edit.bug));
  const auto flags = edit.bug.flags;
  for (const auto& flag : flags)
    if (flag.requestee && flag.changed == edit.now && flag.setter == edit.user.id)
      add_person_in_copy(edit, *flag.requestee);  // 142
}

}  // namespace cb::fake_bugzilla
