#include "tests/simulation/judge.hpp"

#include <algorithm>

namespace cb::simulation {

namespace {

constexpr int k_writes_at_least = 60;
constexpr int k_writes_a_change = 8;
constexpr std::size_t k_requests_an_hour = 4000;
constexpr int k_events_at_once = 2000;

std::string text_of(const std::vector<LedgerLine>& lines) {
  std::string text;
  for (const auto& line : lines)
    text +=
        "\n  " + to_iso(line.at) + " " + line.action + " " + line.contract.value + " " + line.period + " " + line.note;
  return text;
}

}  // namespace

void Judge::fail(const std::string& invariant, const std::string& facts) {
  if (!breach_) breach_ = Breach{invariant, facts, turns_.now(), trace_.steps()};
}

void Judge::bridge_asked(const std::string& site, const HttpRequest& request) {
  if (request.method == "GET") return;
  auto& tracker = *sites_.at(site);
  for (const auto& id : tracker.ids()) {
    auto& known = known_[site][id];
    auto mark = tracker.mark(id);
    if (mark == known.mark) continue;
    known.mark = std::move(mark);
    ++known.writes;
    last_change_ = turns_.now();
    trace_.count("changes by the bridge");
    const auto name = site + "#" + id;
    const auto seen = tracker.see(id);
    look_at_comments(name, known, seen);
    look_for_leaks(name, seen);
    look_at_writes(name, known);
  }
}

void Judge::people_changed(const std::string& site, const std::string& id) {
  auto& known = known_[site][id];
  known.mark = sites_.at(site)->mark(id);
  ++known.changes;
  ++changes_;
  last_change_ = turns_.now();
}

void Judge::people_removed(const std::string& site, const std::string& id) {
  known_[site].erase(id);
  ++changes_;
  last_change_ = turns_.now();
}

void Judge::look_at_comments(const std::string& name, Known& known, const SeenIssue& seen) {
  std::set<std::string> ids, references;
  for (const auto& comment : seen.comments) {
    ids.insert(comment.id);
    if (known.comments.count(comment.id) == 0) trace_.count(comment.is_public ? "public comments" : "internal notes");
    const auto found = references_in(comment.text);
    const std::set<std::string> once(found.begin(), found.end());
    if (once.empty()) fail("every comment of ours bears a reference", name + ": " + comment.text);
    for (const auto& reference : once)
      if (!references.insert(reference).second)
        fail("no comment of ours stands twice", name + " has " + reference + " twice: " + comment.text);
  }
  for (const auto& id : known.comments)
    if (ids.count(id) == 0) fail("no comment of ours is lost", name + " has no comment " + id + " any more");
  known.comments = std::move(ids);
}

void Judge::look_for_leaks(const std::string& name, const SeenIssue& seen) {
  const auto words = forbidden_words(seen.reporter);
  const auto look = [&](const std::string& where, const std::string& text) {
    for (const auto& word : words)
      if (text.find(word) != std::string::npos)
        fail("no internal fact is shown to customers", name + ", " + where + " says \"" + word + "\": " + text);
  };
  for (const auto& comment : seen.comments)
    if (comment.is_public) look("comment " + comment.id, comment.text);
  for (const auto& [field, value] : seen.fields) look("field " + field, value);
}

void Judge::look_at_writes(const std::string& name, const Known& known) {
  const auto most = k_writes_at_least + k_writes_a_change * known.changes + lines_;
  if (known.writes > most)
    fail("an issue sees a handful of writes", name + " was changed " + std::to_string(known.writes) +
                                                  " times by the bridge and " + std::to_string(known.changes) +
                                                  " times by people");
}

void Judge::recorded(const IssueKey& key, const std::vector<LedgerLine>& ledger) {
  auto& before = ledgers_[key];
  if (ledger.size() == before.size()) return;
  lines_ += static_cast<int>(ledger.size()) - static_cast<int>(before.size());
  trace_.count("ledger lines", static_cast<std::int64_t>(ledger.size()) - static_cast<std::int64_t>(before.size()));
  const auto same = [](const LedgerLine& a, const LedgerLine& b) {
    return a.at == b.at && a.action == b.action && a.contract == b.contract && a.period == b.period && a.note == b.note;
  };
  if (ledger.size() < before.size() || !std::equal(before.begin(), before.end(), ledger.begin(), same))
    fail("no line of the ledger is lost", to_text(key) + ": before" + text_of(before) + "\nnow" + text_of(ledger));
  if (const auto why = illegal_sequence(ledger); !why.empty())
    fail("the lines of an issue are a legal sequence", to_text(key) + ": " + why + text_of(ledger));
  for (auto line = ledger.begin() + static_cast<std::ptrdiff_t>(std::min(before.size(), ledger.size()));
       line != ledger.end(); ++line)
    trace_.step(turns_.now(),
                "ledger of " + to_text(key) + ": " + line->action + " " + line->contract.value + " " + line->note);
  before = ledger;
}

void Judge::look_at(Store& store, const std::map<std::string, std::size_t>& requests_of_last_hour) {
  if (turns_.most_at_once() > k_events_at_once)
    fail("time goes on", std::to_string(turns_.most_at_once()) + " events happened at one instant");
  for (const auto& [site, requests] : requests_of_last_hour)
    if (requests > k_requests_an_hour)
      fail("a tracker is asked no more than there is reason for",
           site + " was asked " + std::to_string(requests) + " times in an hour");
  for (const auto& [site, known] : known_) {
    const auto counts = store.counts(site);
    // Forged wakes and stops of the tracker come on top.
    const int most = 2 * static_cast<int>(known.size()) + 50;
    if (counts.woken > most || counts.parked > most || counts.intended > most)
      fail("what the store keeps of work is bounded by the issues",
           site + ": " + std::to_string(counts.woken) + " woken, " + std::to_string(counts.parked) + " parked, " +
               std::to_string(counts.intended) + " begun, of " + std::to_string(known.size()) + " issues");
  }
}

std::string illegal_sequence(const std::vector<LedgerLine>& lines) {
  const LedgerLine* held = nullptr;
  std::string billing = "none";
  for (const auto& line : lines) {
    if (line.action == "reserve" ||
        (line.action == "consume" && (held == nullptr || line.note.rfind("reopened", 0) == 0))) {
      const bool reopened = held != nullptr && held->action == "consume" && line.note.rfind("reopened", 0) == 0;
      if (held != nullptr && !reopened) return "a second unit is taken while one is held";
      held = &line;
    } else if (line.action == "consume") {
      if (held->action == "consume") return "a unit is consumed twice";
      if (held->contract != line.contract || held->period != line.period)
        return "another unit is consumed than is held";
      held = &line;
    } else if (line.action == "release") {
      if (held == nullptr) return "a unit is given back that was not held";
      if (held->contract != line.contract || held->period != line.period)
        return "another unit is given back than was held";
      held = nullptr;
    } else if (line.action == "billing") {
      const auto arrow = line.note.find(" -> ");
      if (arrow == std::string::npos || line.note.substr(0, arrow) != billing)
        return "the billing does not go on from " + billing;
      billing = line.note.substr(arrow + 4);
    }
  }
  return {};
}

std::vector<std::string> references_in(const std::string& text) {
  constexpr std::size_t k_digits = 6;
  std::vector<std::string> found;
  for (auto at = text.find("cb-"); at != std::string::npos; at = text.find("cb-", at + 1)) {
    const auto digits = text.substr(at + 3, k_digits);
    if (digits.size() == k_digits && digits.find_first_not_of("0123456789abcdef") == std::string::npos)
      found.push_back("cb-" + digits);
  }
  return found;
}

std::vector<std::string> forbidden_words(const std::string& reporter) {
  // Staff say of a stranger that he belongs to them (Crowd::rarely).
  std::string own;
  for (const auto& person : people())
    if (person.login == reporter) own = person.customer == "?" ? "none" : person.customer;
  const auto* customer_of = customer_named(own);
  std::vector<std::string> words{k_staff_secret};
  for (const auto& customer : customers()) {
    if (customer.id == own) continue;
    words.push_back(customer.name);
    words.insert(words.end(), customer.contracts.begin(), customer.contracts.end());
  }
  // A partner's people may order for those whom it serves, and are named to them.
  for (const auto& person : people())
    if (person.customer != own && (customer_of == nullptr || person.customer != customer_of->partner))
      words.push_back(person.first + " " + person.last);
  return words;
}

}  // namespace cb::simulation
