#include "tests/trackers/fake_bugzilla_edit.hpp"

#include <algorithm>

#include "rules/text.hpp"

namespace cb::fake_bugzilla {

namespace {

constexpr std::size_t k_longest_row = 254;        // characters of a value in one row of history
constexpr std::size_t k_longest_comment = 65535;  // characters

std::string with_line_feeds(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
    out += text[i] == '\r' ? '\n' : text[i];
  }
  const auto last = out.find_last_not_of(" \t\n\f\v");
  out.resize(last == std::string::npos ? 0 : last + 1);
  return out;
}

std::size_t bytes_of(const std::string& utf8, std::size_t count) {
  std::size_t at = 0;
  for (; at < utf8.size() && count > 0; --count) {
    ++at;
    while (at < utf8.size() && (static_cast<unsigned char>(utf8[at]) & 0xC0U) == 0x80U) ++at;
  }
  return at;
}

// Up to the last comma, blank or hyphen that fits, else as much as fits.
std::string taken_off(std::string& text) {
  std::size_t end = text.size();
  if (characters(text) > k_longest_row) {
    const auto most = bytes_of(text, k_longest_row);
    end = most;
    for (const char sign : {',', ' ', '-'}) {
      const auto at = text.rfind(sign, most);
      if (at == std::string::npos || at == 0) continue;
      end = std::min(at + 1, most);
      break;
    }
  }
  auto part = text.substr(0, end);
  text.erase(0, end);
  return part;
}

std::string joined(const std::vector<std::string>& values) {
  std::string out;
  for (const auto& value : values) out += (out.empty() ? "" : ", ") + value;
  return out;
}

std::vector<std::string> without(const std::vector<std::string>& values, const std::vector<std::string>& others) {
  std::vector<std::string> out;
  for (const auto& value : values)
    if (std::find(others.begin(), others.end(), value) == others.end()) out.push_back(value);
  return out;
}

}  // namespace

Transaction::Transaction(State& state)
    : state_(state), last_comment_(state.last_comment), last_flag_(state.last_flag) {}

Transaction::~Transaction() {
  if (is_done_) return;
  for (auto& [id, bug] : before_) {
    if (bug) {
      state_.bugs[id] = std::move(*bug);
    } else {
      state_.bugs.erase(id);
    }
  }
  state_.last_comment = last_comment_;
  state_.last_flag = last_flag_;
}

Bug& Transaction::open(int id) {
  auto& bug = state_.bugs.at(id);
  before_.try_emplace(id, bug);
  return bug;
}

Bug& Transaction::add(Bug bug) {
  bug.id = next_bug_id(state_);
  before_.try_emplace(bug.id, std::nullopt);
  return state_.bugs[bug.id] = std::move(bug);
}

void Edit::check(const std::string& field, const std::string& label, const std::string& from,
                 const std::string& to) const {
  check_may_change(state, user, bug, field, label, from, to);
}

void Edit::changed(const std::string& field, const std::string& removed, const std::string& added) {
  changes[field] = {{"removed", removed}, {"added", added}};
  is_touched = true;
  log_change(bug, {now, user.id, field, removed, added});
}

void Edit::finish() {
  if (is_touched) bug.changed = now;
}

Edit edit_of(Edit& edit, int id) {
  return {edit.state, edit.transaction, edit.user, edit.now, edit.transaction.open(id)};
}

void log_change(Bug& bug, const Change& change) {
  auto rest = change;
  while (!rest.removed.empty() || !rest.added.empty()) {
    auto row = change;
    row.removed = taken_off(rest.removed);
    row.added = taken_off(rest.added);
    bug.history.push_back(std::move(row));
  }
}

void changed_list(Edit& edit, const std::string& field, const std::vector<std::string>& before,
                  const std::vector<std::string>& after) {
  const auto removed = without(before, after), added = without(after, before);
  if (!removed.empty() || !added.empty()) edit.changed(field, joined(removed), joined(added));
}

void add_comment(Edit& edit, const std::string& text, bool is_private) {
  const auto body = with_line_feeds(text);
  if (is_private && !is_insider(edit.state, &edit.user))
    refuse(113, "Sorry, but you are not allowed to (un)mark comments or attachments as private.");
  if (body.empty()) return;
  if (characters(body) > k_longest_comment) refuse(114, "Comments cannot be longer than 65535 characters.");
  edit.bug.comments.push_back({++edit.state.last_comment, edit.user.id, edit.now, body, is_private});
  edit.is_touched = true;
}

void set_comment_privacy(Edit& edit, const Json& value) {
  if (!value.is_object()) broken_inside("Not a HASH reference at Bugzilla/Bug.pm line 2523.\n");
  for (const auto& [id, is_private] : value.items()) {
    if (!is_insider(edit.state, &edit.user))
      refuse(113, "Sorry, but you are not allowed to (un)mark comments or attachments as private.");
    const auto found =
        std::find_if(edit.bug.comments.begin(), edit.bug.comments.end(),
                     [wanted = id](const Comment& comment) { return std::to_string(comment.id) == wanted; });
    if (found == edit.bug.comments.end())
      refuse(117,
             "You tried to modify the privacy of comment id " + id + ", but that is not a valid comment on this bug.");
    if (found->is_private == is_true(is_private)) continue;
    log_change(edit.bug, {edit.now, edit.user.id, "longdescs.isprivate", found->is_private ? "1" : "0",
                          found->is_private ? "0" : "1", found->id});
    found->is_private = !found->is_private;
    edit.is_touched = true;
  }
}

std::size_t characters(const std::string& utf8) {
  return static_cast<std::size_t>(
      std::count_if(utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string choice(const std::vector<std::string>& names, const std::string& label, const std::string& given) {
  if (given.empty()) refuse(50, "You must select/enter a " + label + ".");
  for (const auto& name : names)
    if (same_name(name, given)) return name;
  refuse(51, "There is no " + label + " named '" + given + "'.");
}

std::string checked_free_text(const std::string& label, const std::string& text, std::size_t longest) {
  const auto count = characters(text);
  if (count > longest)
    refuse(104, "The text you entered in the " + label + " field is too long (" + std::to_string(count) +
                    " characters, above the maximum length allowed of " + std::to_string(longest) + " characters).");
  return text;
}

}  // namespace cb::fake_bugzilla
