#include "tests/support/scripted_tracker.hpp"

#include <algorithm>

namespace cb {

namespace {

Author ourselves() {
  Author author;
  author.id = "1";
  author.login = "bridge";
  author.self = true;
  return author;
}

Author author_of(const PersonRef& person) {
  Author author;
  author.id = to_text(person);
  author.login = person.login;
  author.address = person.address;
  author.name = person.name;
  return author;
}

// As in Redmine: people in copy, and an assignment that is refused, do not move an issue's updated time.
bool moves_time(Changes changes, bool assigns) {
  changes.copy.clear();
  if (!assigns) changes.assign = {};
  return !changes.empty();
}

}  // namespace

ScriptedTracker::ScriptedTracker(Clock& clock, std::string name) : clock_(clock), name_(std::move(name)) {
  capabilities_.kind = "scripted";
  capabilities_.private_comments = true;
  capabilities_.labels = true;
  capabilities_.flags = true;
  capabilities_.assign = true;
  capabilities_.copy = true;
  slots = {Slot::billing, Slot::entitlement, Slot::sla_state, Slot::next_due, Slot::response_due, Slot::resolution_due};
}

Result<Identity> ScriptedTracker::who_am_i() {
  ++identities;
  if (denied) return Failure(*denied);
  Identity identity;
  identity.account = ourselves();
  identity.may_write = true;
  identity.server_time = server_time_is;
  return identity;
}

Result<Survey> ScriptedTracker::survey() {
  return Survey{};
}

Result<Page> ScriptedTracker::changed_since(std::optional<Instant> since, const std::optional<std::string>& page) {
  ++lists;
  if (list_fails) return Failure(*list_fails);
  Page result;
  if (denied) return result;
  std::vector<IssueRef> all;
  for (const auto& [key, fetched] : issues_) {
    if (!since || fetched.issue.updated >= *since) all.push_back({key, fetched.issue.updated});
  }
  const auto from = page ? std::stoul(*page) : 0U;
  const auto to = std::min(all.size(), from + static_cast<std::size_t>(page_size));
  for (auto i = from; i < to; ++i) result.refs.push_back(all[i]);
  if (to < all.size()) result.next = std::to_string(to);
  return result;
}

Result<Fetched> ScriptedTracker::fetch(const IssueKey& key) {
  ++fetches;
  if (before_fetch) before_fetch(key);
  const auto broken_one = broken.find(key.id);
  if (broken_one != broken.end()) return Failure(broken_one->second);
  if (denied) return Failure(*denied);
  const auto found = issues_.find(key);
  if (found == issues_.end()) return failure(ErrorKind::not_found, to_text(key) + " is not there");
  return found->second;
}

Result<Applied> ScriptedTracker::apply(const IssueKey& key, const Changes& changes, const Revision& expected) {
  if (before_apply) before_apply();
  if (denied) return Failure(*denied);
  auto& fetched = issues_.at(key);
  if (fetched.issue.revision != expected) return failure(ErrorKind::stale, to_text(key) + " moved");
  const auto refused_one = refused.find(key.id);
  if (refused_one != refused.end()) return Failure(refused_one->second);
  ++writes;
  bool exposed = false;
  for (const auto& [slot, value] : changes.fields) {
    const auto shown = fetched.shown.find(slot);
    const bool undone = std::find(ignored.begin(), ignored.end(), to_text(slot)) != ignored.end();
    if (shown == fetched.shown.end() || undone) continue;
    const auto name = field_names.find(slot);
    if (name != field_names.end()) {
      auto changed = event(ourselves());
      changed.changes = {{Attribute::field, name->second, shown->second.text, value.text}};
      fetched.issue.history.push_back(changed);
    }
    shown->second = value;
  }
  auto& labels = fetched.issue.labels;
  for (const auto& label : changes.remove_labels) std::erase(labels, label);
  labels.insert(labels.end(), changes.add_labels.begin(), changes.add_labels.end());
  put_flags(fetched, changes);
  put_page_and_status(fetched, changes);
  const bool assigns = put_people(fetched, changes);
  for (const auto& wanted : changes.comments) {
    if (wanted.visibility == Visibility::internal && leaks_private_notes) {
      exposed = true;
      continue;
    }
    auto written = event(ourselves());
    written.comment = Comment{wanted.visibility, wanted.text + "\n\n" + wanted.reference};
    fetched.issue.history.push_back(written);
  }
  if (moves_time(changes, assigns)) touch(fetched);
  if (exposed) return Failure(Error{ErrorKind::denied, to_text(key) + ": a private note came out public", {}, true});
  Applied applied{fetched, {}, {}};
  for (const auto& each : ignored) {
    (each == "assignee" || each == "copy" ? applied.unreached : applied.ignored).push_back(each);
  }
  return applied;
}

std::vector<Result<Fetched>> ScriptedTracker::fetch_all(const std::vector<IssueKey>& keys) {
  read_batches.push_back(keys.size());
  return Tracker::fetch_all(keys);
}

std::vector<Result<Applied>> ScriptedTracker::apply_all(const std::vector<WriteTarget>& targets,
                                                        const Changes& changes) {
  write_batches.push_back(targets.size());
  return Tracker::apply_all(targets, changes);
}

void ScriptedTracker::put_flags(Fetched& fetched, const Changes& changes) {
  for (const auto& [flag, sign] : changes.flags) {
    auto changed = event(ourselves());
    changed.changes = {{Attribute::flag, flag, fetched.flags[flag], sign}};
    fetched.issue.history.push_back(changed);
    fetched.flags[flag] = sign;
    if (sign.empty()) fetched.flags.erase(flag);
  }
}

void ScriptedTracker::put_page_and_status(Fetched& fetched, const Changes& changes) {
  if (!changes.record.empty()) fetched.record = changes.record;
  for (const auto& link : changes.links) fetched.links[link.id] = link.url;
  if (changes.status.empty()) return;
  auto moved = event(ourselves());
  moved.changes = {{Attribute::status, "", fetched.issue.status, changes.status}};
  fetched.issue.history.push_back(moved);
  fetched.issue.status = changes.status;
}

bool ScriptedTracker::put_people(Fetched& fetched, const Changes& changes) {
  const auto undone = [&](const char* what) {
    return std::find(ignored.begin(), ignored.end(), what) != ignored.end();
  };
  const bool assigns = !changes.assign.empty() && !fetched.issue.assignee && !undone("assignee");
  if (assigns) {
    auto assigned = event(ourselves());
    assigned.changes = {{Attribute::assignee, "", "", to_text(changes.assign)}};
    fetched.issue.history.push_back(assigned);
    fetched.issue.assignee = author_of(changes.assign);
  }
  if (undone("copy")) return assigns;
  auto& copied = fetched.copied;
  for (const auto& person : changes.copy) {
    const bool there =
        std::any_of(copied.begin(), copied.end(), [&](const Author& each) { return is_person(person, each); });
    if (!there) copied.push_back(author_of(person));
  }
  return assigns;
}

Fetched& ScriptedTracker::add(Issue issue) {
  issue.key.tracker = name_;
  const auto key = issue.key;
  auto& fetched = issues_[key];
  fetched.issue = std::move(issue);
  for (const auto slot : slots) fetched.shown[slot] = {};
  fetched.date_time_slots = date_time_slots;
  touch(fetched);
  return fetched;
}

void ScriptedTracker::touch(Fetched& fetched) {
  fetched.issue.updated = now();
  fetched.issue.revision = {std::to_string(++revisions_)};
}

Event ScriptedTracker::event(const Author& by) {
  Event result;
  result.id = std::to_string(++events_);
  result.at = now();
  result.by = by;
  return result;
}

void ScriptedTracker::comment(const std::string& id, const Author& by, const std::string& text, Visibility visibility) {
  auto said = event(by);
  said.comment = Comment{visibility, text};
  at(id).issue.history.push_back(said);
  touch(at(id));
}

void ScriptedTracker::change_status(const std::string& id, const Author& by, const std::string& to) {
  auto& fetched = at(id);
  auto changed = event(by);
  changed.changes = {{Attribute::status, "", fetched.issue.status, to}};
  fetched.issue.status = to;
  fetched.issue.history.push_back(changed);
  touch(fetched);
}

void ScriptedTracker::change_field(const std::string& id, const Author& by, const std::string& name,
                                   const std::string& to) {
  auto& fetched = at(id);
  auto changed = event(by);
  changed.changes = {{Attribute::field, name, field_value(fetched.issue, name), to}};
  fetched.issue.fields[name] = {to};
  fetched.issue.history.push_back(changed);
  touch(fetched);
}

void ScriptedTracker::change_label(const std::string& id, const Author& by, const std::string& label, bool on) {
  auto& fetched = at(id);
  auto changed = event(by);
  changed.changes = {{Attribute::label, "", on ? "" : label, on ? label : ""}};
  std::erase(fetched.issue.labels, label);
  if (on) fetched.issue.labels.push_back(label);
  fetched.issue.history.push_back(changed);
  touch(fetched);
}

void ScriptedTracker::change_flag(const std::string& id, const Author& by, const std::string& flag,
                                  const std::string& sign) {
  auto& fetched = at(id);
  auto changed = event(by);
  changed.changes = {{Attribute::flag, flag, fetched.flags[flag], sign}};
  fetched.flags[flag] = sign;
  if (sign.empty()) fetched.flags.erase(flag);
  fetched.issue.history.push_back(changed);
  touch(fetched);
}

int ScriptedTracker::own_comments(const std::string& id, const std::string& text) const {
  const auto& history = issues_.at({name_, id}).issue.history;
  return static_cast<int>(std::count_if(history.begin(), history.end(), [&](const Event& each) {
    return each.by.self && each.comment && each.comment->text.find(text) != std::string::npos;
  }));
}

std::string ScriptedTracker::state_text() const {
  std::string text;
  for (const auto& [key, fetched] : issues_) {
    text += to_text(key) + "\n";
    for (const auto& [slot, value] : fetched.shown) text += "  " + to_text(slot) + "=" + value.text + "\n";
    for (const auto& label : fetched.issue.labels) text += "  label " + label + "\n";
    for (const auto& [flag, sign] : fetched.flags) text += "  flag " + flag + sign + "\n";
    for (const auto& [id, url] : fetched.links) text += "  link " + id + " " + url + "\n";
    if (fetched.record) text += "  record " + *fetched.record + "\n";
    if (fetched.issue.assignee) text += "  assigned to " + fetched.issue.assignee->login + "\n";
    for (const auto& person : fetched.copied) text += "  in copy " + person.login + "\n";
    std::vector<std::string> comments;
    for (const auto& each : fetched.issue.history) {
      if (!each.by.self || !each.comment) continue;
      comments.push_back((each.comment->visibility == Visibility::internal ? "  internal: " : "  public: ") +
                         each.comment->text + "\n");
    }
    std::sort(comments.begin(), comments.end());
    for (const auto& comment : comments) text += comment;
  }
  return text;
}

}  // namespace cb
