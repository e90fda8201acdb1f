// Fields of several values: keywords, people in copy, groups, links.
#include <algorithm>
#include <regex>

#include "rules/text.hpp"
#include "tests/trackers/fake_bugzilla_edit.hpp"

namespace cb::fake_bugzilla {

namespace {

std::string joined(const std::set<std::string>& values) {
  std::string out;
  for (const auto& value : values) out += (out.empty() ? "" : ", ") + value;
  return out;
}

std::vector<std::string> listed(const std::set<std::string>& values) {
  return {values.begin(), values.end()};
}

std::vector<std::string> part(const Json& value, const char* name) {
  return value.contains(name) ? texts_of(value[name]) : std::vector<std::string>();
}

// A text holds several, with commas or blanks between them (127).
std::set<std::string> keyword_names(const State& state, const Json& value) {
  static const std::regex k_word("[^\\s,]+");
  std::set<std::string> out;
  for (const auto& text : texts_of(value))
    for (auto word = std::sregex_iterator(text.begin(), text.end(), k_word); word != std::sregex_iterator(); ++word) {
      const auto known = std::find_if(state.keywords.begin(), state.keywords.end(),
                                      [&](const Keyword& keyword) { return same_name(keyword.name, word->str()); });
      if (known == state.keywords.end())
        refuse(51, "There is no keyword named '" + word->str() + "'. See the list of available keywords.");
      out.insert(known->name);
    }
  return out;
}

std::vector<std::string> logins(const State& state, const std::vector<int>& ids) {
  std::vector<std::string> out;
  for (const int id : ids)
    if (const auto* user = user_by_id(state, id)) out.push_back(user->login);
  return out;
}

// As a database sorts text: signs before digits before letters (310).
bool comes_before(const std::string& a, const std::string& b) {
  const auto rank = [](unsigned char c) { return std::isalnum(c) ? 256 + std::tolower(c) : static_cast<int>(c); };
  return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(),
                                      [&](unsigned char x, unsigned char y) { return rank(x) < rank(y); });
}

void sort_by_login(const State& state, std::vector<int>& ids) {
  std::sort(ids.begin(), ids.end(), [&](int a, int b) {
    const auto *left = user_by_id(state, a), *right = user_by_id(state, b);
    return left && right && comes_before(left->login, right->login);
  });
}

bool contains(const std::vector<int>& ids, int id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

std::string address_of(const State& state, int id) {
  return state.settings.url_base + "show_bug.cgi?id=" + std::to_string(id);
}

// The number where the address is one of this server.
std::optional<int> local_bug(const State& state, const std::string& url) {
  const auto prefix = state.settings.url_base + "show_bug.cgi?id=";
  const auto number = url.rfind(prefix, 0) == 0 ? url.substr(prefix.size()) : url;
  if (number.empty() || number.size() > 9 || number.find_first_not_of("0123456789") != std::string::npos)
    return std::nullopt;
  return std::stoi(number);
}

// Jira's keys: two letters and more, then a number (trackers.md A6).
bool is_tracker_url(const std::string& url) {
  static const std::regex k_known(
      "https?://[^/]+(/.*)?/show_bug\\.cgi\\?id=\\d+|"
      "https?://bugs\\.launchpad\\.net/.*\\+bug/\\d+|"
      "https?://code\\.google\\.com/p/[^/]+/issues/detail\\?id=\\d+|"
      "https?://bugs\\.debian\\.org/(cgi-bin/bugreport\\.cgi\\?bug=)?\\d+|"
      "https?://[^/]+(/.*)?/browse/[A-Z][A-Z]+-\\d+|"
      "https?://[^/]+(/.*)?/ticket/\\d+|"
      "https?://[^/]+(/.*)?/view\\.php\\?id=\\d+|"
      "https?://sourceforge\\.net/.*(/\\d+/?|aid=\\d+.*)|"
      "https?://github\\.com/[^/]+/[^/]+/(issues|pull)/\\d+");
  return std::regex_match(url, k_known);
}

std::string checked_url(const State& state, const User& user, const std::string& given) {
  if (const auto id = local_bug(state, given)) {
    visible_bug(state.bugs, &user, std::to_string(*id));
    return address_of(state, *id);
  }
  if (given.size() > 255) refuse(112, "Bug URLs can not be longer than 255 characters long.");
  if (!is_tracker_url(given))
    refuse(112, given +
                    " is not a valid URL to a bug. See Also URLs should point to one of: show_bug.cgi in a Bugzilla "
                    "installation. A bug on launchpad.net An issue on code.google.com. A bug on bugs.debian.org. An "
                    "issue in a JIRA installation. A ticket in a Trac installation. A bug in a MantisBT installation. "
                    "A bug on sourceforge.net. An issue/pull request on github.com.");
  return given;
}

void link(Edit& edit, const std::string& url, bool is_there) {
  auto& links = edit.bug.see_also;
  const auto found = std::find(links.begin(), links.end(), url);
  if ((found != links.end()) == is_there) return;
  const auto before = links;
  if (is_there) {
    links.push_back(url);
  } else {
    links.erase(found);
  }
  edit.check("see_also", "See Also", is_there ? "" : url, is_there ? url : "");
  const auto told = edit.changes.contains("see_also") ? edit.changes["see_also"] : Json();
  changed_list(edit, "see_also", before, links);
  if (told.is_null()) return;
  for (const auto* side : {"removed", "added"}) {
    const auto so_far = told[side].get<std::string>(), now = edit.changes["see_also"][side].get<std::string>();
    edit.changes["see_also"][side] = so_far + (so_far.empty() || now.empty() ? "" : ", ") + now;
  }
}

// A link between two bugs of this server stands at both (161, 172).
void link_both(Edit& edit, const std::string& url, bool is_there) {
  link(edit, url, is_there);
  const auto other = local_bug(edit.state, url);
  if (!other || *other == edit.bug.id || !edit.state.bugs.count(*other)) return;
  auto back = edit_of(edit, *other);
  link(back, address_of(edit.state, edit.bug.id), is_there);
  back.finish();
}

std::vector<std::string> as_texts(const std::set<int>& ids) {
  std::vector<std::string> out;
  for (const int id : ids) out.push_back(std::to_string(id));
  return out;
}

}  // namespace

void set_keywords(Edit& edit, const Json& value) {
  if (!value.is_object()) broken_inside("Not a HASH reference at Bugzilla/Bug.pm line 2492.\n");
  auto after = edit.bug.keywords;
  for (const auto& [action, names] : value.items()) {
    const auto given = keyword_names(edit.state, names);
    if (action == "set") after = given;
    if (action == "add") after.insert(given.begin(), given.end());
    if (action == "remove")
      for (const auto& name : given) after.erase(name);
  }
  if (after == edit.bug.keywords) return;
  edit.check("keywords", "Keywords", joined(edit.bug.keywords), joined(after));
  const auto before = edit.bug.keywords;
  edit.bug.keywords = after;
  changed_list(edit, "keywords", listed(before), listed(after));
}

void add_person_in_copy(Edit& edit, int id) {
  const auto before = edit.bug.cc;
  if (contains(before, id)) return;
  edit.bug.cc.push_back(id);
  sort_by_login(edit.state, edit.bug.cc);
  changed_list(edit, "cc", logins(edit.state, before), logins(edit.state, edit.bug.cc));
}

void set_cc(Edit& edit, const Json& value) {
  if (!value.is_object()) broken_inside("Not a HASH reference at Bugzilla/Bug.pm line 2470.\n");
  const auto before = edit.bug.cc;
  for (const auto& login : part(value, "add")) {
    const int id = existing_user(edit.state, login).id;
    if (!contains(edit.bug.cc, id)) edit.bug.cc.push_back(id);
  }
  for (const auto& login : part(value, "remove")) {
    const int id = existing_user(edit.state, login).id;
    if (id != edit.user.id) edit.check("cc", "CC", login, "");
    edit.bug.cc.erase(std::remove(edit.bug.cc.begin(), edit.bug.cc.end(), id), edit.bug.cc.end());
  }
  sort_by_login(edit.state, edit.bug.cc);
  changed_list(edit, "cc", logins(edit.state, before), logins(edit.state, edit.bug.cc));
}

void set_groups(Edit& edit, const Json& value) {
  if (!value.is_object()) broken_inside("Not a HASH reference at Bugzilla/Bug.pm line 2470.\n");
  const auto before = edit.bug.groups;
  for (const auto& name : part(value, "add")) {
    const auto* group = group_by_name(edit.state, name);
    if (!group || !group->is_bug_group || !in_group(&edit.user, name))
      refuse(120, "You tried to restrict bug " + std::to_string(edit.bug.id) + " to the '" + name +
                      "' group, but either this group does not exist, or you are not allowed to restrict bugs to this "
                      "group in the '" +
                      edit.bug.product + "' product.");
    edit.bug.groups.insert(name);
  }
  for (const auto& name : part(value, "remove")) {
    if (!edit.bug.groups.count(name)) continue;
    if (!in_group(&edit.user, name))
      refuse(120, "You tried to remove bug " + std::to_string(edit.bug.id) + " from the '" + name +
                      "' group, but you are not allowed to do that.");
    edit.bug.groups.erase(name);
  }
  if (before == edit.bug.groups) return;
  edit.check("groups", "Group", joined(before), joined(edit.bug.groups));
  changed_list(edit, "groups", listed(before), listed(edit.bug.groups));
}

void set_see_also(Edit& edit, const Json& value) {
  if (!value.is_object()) broken_inside("Not a HASH reference at Bugzilla/Bug.pm line 2470.\n");
  for (const auto& url : part(value, "add")) link_both(edit, checked_url(edit.state, edit.user, url), true);
  for (const auto& url : part(value, "remove")) {
    const auto id = local_bug(edit.state, url);
    link_both(edit, id ? address_of(edit.state, *id) : url, false);
  }
}

// `depends_on` and `blocks`: the other end changes with it.
void set_links(Edit& edit, const char* field, std::set<int> Bug::*ours, std::set<int> Bug::*theirs, const Json& value) {
  if (!value.is_object()) broken_inside("Not a HASH reference at Bugzilla/Bug.pm line 2470.\n");
  const auto before = edit.bug.*ours;
  auto after = before;
  const auto id_of = [&](const std::string& text) { return visible_bug(edit.state.bugs, &edit.user, text).id; };
  if (value.contains("set")) after.clear();
  for (const auto* action : {"set", "add"})
    for (const auto& id : part(value, action)) after.insert(id_of(id));
  for (const auto& id : part(value, "remove")) after.erase(id_of(id));
  if (after == before) return;
  edit.bug.*ours = after;
  changed_list(edit, field, as_texts(before), as_texts(after));
  const std::string there = std::string(field) == "blocks" ? "depends_on" : "blocks";
  for (auto& [id, row] : edit.state.bugs) {
    const bool linked = after.count(id) > 0;
    if (id == edit.bug.id || linked == ((row.*theirs).count(edit.bug.id) > 0)) continue;
    auto other = edit_of(edit, id);
    const auto was = other.bug.*theirs;
    if (linked) {
      (other.bug.*theirs).insert(edit.bug.id);
    } else {
      (other.bug.*theirs).erase(edit.bug.id);
    }
    changed_list(other, there, as_texts(was), as_texts(other.bug.*theirs));
    other.finish();
  }
}

}  // namespace cb::fake_bugzilla
