#include "adapters/bugzilla/bugzilla_write.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "adapters/bugzilla/bugzilla_history.hpp"
#include "adapters/bugzilla/bugzilla_neutral.hpp"
#include "rules/text.hpp"

namespace cb {

namespace {

using nlohmann::json;

constexpr const char* k_cut_mark = "\n[…]";

std::string note_of(const NewComment& comment) {
  auto body = bugzilla_plain(comment.text);
  const auto end = body.find_last_not_of(" \t\n");
  body.erase(end == std::string::npos ? 0 : end + 1);
  if (comment.reference.empty()) return cut_to(body, k_bugzilla_comment_limit, k_cut_mark);
  const auto tail = (body.empty() ? "" : "\n\n") + bugzilla_plain(comment.reference);
  return cut_to(body, k_bugzilla_comment_limit - std::min(tail.size(), k_bugzilla_comment_limit), k_cut_mark) + tail;
}

void write_fields(const BugzillaBug& bug, const Changes& changes, const BugzillaWriting& writing,
                  BugzillaUpdate& update) {
  for (const auto& [slot, shown] : changes.fields) {
    const auto* field = bugzilla_field_of(slot, writing);
    const auto held = field == nullptr ? bug.fields.end() : bug.fields.find(field->name);
    if (held == bug.fields.end()) continue;
    auto wanted = bugzilla_wanted(*field, shown, writing.clock);
    if (!bugzilla_shows(*field, held->second, wanted, writing.clock))
      update.fields.push_back({*field, std::move(wanted)});
  }
}

// "[a] [b] text" without [a]: a blank that parted it from the rest goes with it.
std::string without_token(const std::string& whiteboard, const std::string& token) {
  const auto wanted = folded(token);
  for (std::size_t open = whiteboard.find('['); open != std::string::npos; open = whiteboard.find('[', open + 1)) {
    const auto close = whiteboard.find(']', open);
    if (close == std::string::npos) break;
    if (folded(whiteboard.substr(open, close - open + 1)) != wanted) continue;
    auto from = open;
    auto to = close + 1;
    if (to < whiteboard.size() && whiteboard[to] == ' ')
      ++to;
    else if (from > 0 && whiteboard[from - 1] == ' ')
      --from;
    return without_token(whiteboard.substr(0, from) + whiteboard.substr(to), token);
  }
  return whiteboard;
}

void write_labels(const BugzillaBug& bug, const Changes& changes, BugzillaUpdate& update) {
  auto whiteboard = bug.whiteboard;
  for (const auto& label : changes.remove_labels) {
    if (contains_name(changes.add_labels, label)) continue;
    if (is_whiteboard_token(label))
      whiteboard = without_token(whiteboard, label);
    else if (contains_name(bug.keywords, label))
      update.remove_keywords.push_back(label);
  }
  for (const auto& label : changes.add_labels) {
    if (is_whiteboard_token(label)) {
      if (!contains_name(bugzilla_whiteboard_labels(whiteboard), label))
        whiteboard += (whiteboard.empty() || whiteboard.back() == ' ' ? "" : " ") + label;
    } else if (!contains_name(bug.keywords, label) && !contains_name(update.add_keywords, label)) {
      update.add_keywords.push_back(label);
    }
  }
  if (whiteboard != bug.whiteboard) update.whiteboard = std::move(whiteboard);
}

// Several flags of one name: those with the status stay, all others go, but one is turned into the status where none
// has it.
void write_flag(const BugzillaBug& bug, const std::string& name, const std::string& status, BugzillaUpdate& update) {
  bool there = status.empty() || std::any_of(bug.flags.begin(), bug.flags.end(), [&](const auto& flag) {
                 return same_name(flag.name, name) && flag.status == status;
               });
  for (const auto& flag : bug.flags) {
    if (!same_name(flag.name, name) || flag.status == status) continue;
    update.flags.push_back({flag.id, flag.name, there ? "X" : status});
    there = true;
  }
  if (!there) update.flags.push_back({0, name, status});
}

json flag_json(const BugzillaFlagUpdate& flag, bool by_name) {
  json out{{"status", flag.status}};
  if (flag.id != 0 && !by_name)
    out["id"] = flag.id;
  else
    out["name"] = flag.name;
  return out;
}

// Only null clears date-times everywhere: Harmony takes an empty text for an illegal date.
json field_json(const BugzillaFieldUpdate& update) {
  const auto& wanted = update.wanted;
  switch (update.field.type) {
    case BugzillaFieldType::date_time:
    case BugzillaFieldType::date:
      return wanted.sent.empty() ? json(nullptr) : json(wanted.sent);
    case BugzillaFieldType::select:
      return wanted.sent.empty() ? "---" : wanted.sent;
    case BugzillaFieldType::multi_select:
      return wanted.values;
    default:
      return wanted.sent;
  }
}

std::string text_of(const json& body) {
  return body.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace

bool BugzillaUpdate::empty() const {
  return fields.empty() && add_keywords.empty() && remove_keywords.empty() && !whiteboard && flags.empty() &&
         assignee.empty() && cc.empty() && see_also.empty() && !note;
}

const BugzillaField* bugzilla_field_of(Slot slot, const BugzillaWriting& writing) {
  const auto name = writing.write.find(slot);
  return name == writing.write.end() ? nullptr : field_named(writing.fields, name->second);
}

bool is_whiteboard_token(const std::string& label) {
  return label.size() > 2 && label.front() == '[' && label.back() == ']';
}

bool is_same_link(const std::string& a, const std::string& b) {
  const auto plain = [](std::string link) {
    link = link.substr(0, link.find('#'));
    if (const auto scheme = link.find("://"); scheme != std::string::npos) link.erase(0, scheme + 3);
    while (!link.empty() && link.back() == '/') link.pop_back();
    return link;
  };
  return same_name(plain(a), plain(b));
}

const BugzillaComment* own_comment(const BugzillaBug& bug, const std::string& reference, const std::string& login) {
  if (reference.empty()) return nullptr;
  for (const auto& comment : bug.comments)
    if (same_name(comment.author, login) && comment.text.find(reference) != std::string::npos) return &comment;
  return nullptr;
}

std::vector<std::int64_t> bugzilla_exposed(const BugzillaBug& bug, const Changes& changes, const std::string& login) {
  std::vector<std::int64_t> exposed;
  for (const auto& wanted : changes.comments) {
    if (wanted.visibility != Visibility::internal || wanted.reference.empty()) continue;
    for (const auto& comment : bug.comments)
      if (same_name(comment.author, login) && !comment.is_private &&
          comment.text.find(wanted.reference) != std::string::npos)
        exposed.push_back(comment.id);
  }
  return exposed;
}

std::vector<BugzillaUpdate> bugzilla_updates(const BugzillaBug& bug, const Changes& changes,
                                             const BugzillaWriting& writing, const BugzillaLogins& people) {
  std::vector<BugzillaUpdate> updates(1);
  auto& first = updates.front();
  write_fields(bug, changes, writing, first);
  write_labels(bug, changes, first);
  for (const auto& [name, status] : changes.flags) write_flag(bug, name, status, first);
  first.assignee = people.assignee;
  first.cc = people.cc;
  for (const auto& link : changes.links)
    if (std::none_of(bug.see_also.begin(), bug.see_also.end(),
                     [&](const auto& there) { return is_same_link(there, link.url); }))
      first.see_also.push_back(link.url);
  for (const auto& comment : changes.comments) {
    if (own_comment(bug, comment.reference, writing.login) != nullptr) continue;
    auto body = note_of(comment);
    if (body.empty()) continue;
    if (updates.back().note) updates.emplace_back();
    updates.back().note = BugzillaNote{std::move(body), comment.visibility == Visibility::internal};
  }
  if (updates.front().empty()) updates.clear();
  return updates;
}

std::string bugzilla_update_body(const BugzillaUpdate& update, const std::vector<std::int64_t>& ids) {
  json body = json::object();
  if (!ids.empty()) body["ids"] = ids;
  for (const auto& field : update.fields) body[field.field.name] = field_json(field);
  if (!update.add_keywords.empty()) body["keywords"]["add"] = update.add_keywords;
  if (!update.remove_keywords.empty()) body["keywords"]["remove"] = update.remove_keywords;
  if (update.whiteboard) body["whiteboard"] = *update.whiteboard;
  for (const auto& flag : update.flags) body["flags"].push_back(flag_json(flag, !ids.empty()));
  if (!update.assignee.empty()) body["assigned_to"] = update.assignee;
  if (!update.cc.empty()) body["cc"]["add"] = update.cc;
  if (!update.see_also.empty()) body["see_also"]["add"] = update.see_also;
  if (update.note) body["comment"] = {{"body", update.note->body}, {"is_private", update.note->is_private}};
  return text_of(body);
}

std::string bugzilla_withdrawal_body(const std::vector<std::int64_t>& comments) {
  json body = json::object();
  for (const auto id : comments) body["comment_is_private"][std::to_string(id)] = true;
  return text_of(body);
}

std::string bugzilla_clearing_body(const std::vector<std::string>& date_time_fields) {
  json body = json::object();
  for (const auto& name : date_time_fields) body[name] = nullptr;
  return text_of(body);
}

}  // namespace cb
