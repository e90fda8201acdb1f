#include "bridge/report/sla_pairs.hpp"

#include <algorithm>

#include "rules/text.hpp"

namespace cb {

namespace {

struct NamedBy {
  ClockName clock;
  std::vector<std::string> stems;  // of plain words, without case and accents
};

// In this order: "Time to close after resolution" is no resolution, and "first response" no update. English as a Jira
// Service Management calls its own, and the same words in the languages of our customers.
const std::vector<NamedBy>& names() {
  static const std::vector<NamedBy> all{
      {ClockName::confirmation, {"confirm", "close", "bestatig", "potvrz", "подтвержд", "закрыт", "megerosit"}},
      {ClockName::workaround, {"workaround", "umgehung", "obejit", "обходн", "athidal"}},
      {ClockName::next_update, {"update", "next", "aktualis", "обновлен", "frissites"}},
      {ClockName::first_response, {"respon", "reply", "answer", "reaktion", "antwort", "odpoved", "ответ", "valasz"}},
      {ClockName::resolution, {"resol", "solution", "fix", "losung", "vyresen", "reseni", "решени", "megold"}},
  };
  return all;
}

bool is_far(Seconds apart) {
  return apart > k_same_instant || apart < -k_same_instant;
}

// `2h10m earlier`: how ours lies to theirs.
std::string apart_text(Seconds ours_minus_theirs, const char* less, const char* more) {
  const bool is_less = ours_minus_theirs < Seconds{0};
  return duration_text(is_less ? -ours_minus_theirs : ours_minus_theirs) + " " + (is_less ? less : more);
}

bool is_over(const ClockReading& clock) {
  return clock.stopped || clock.state == ClockState::met || clock.state == ClockState::cancelled;
}

class Pairing {
 public:
  Pairing(const ClockReading& ours, const OwnClock& theirs) : ours_(ours), theirs_(theirs) {
    pair_.ours = ours;
    pair_.theirs = theirs;
  }

  SlaPair compared() {
    verdicts();
    instants();
    if (!pair_.differences.empty()) reasons();
    return std::move(pair_);
  }

 private:
  void differ(std::string words) { pair_.differences.push_back(std::move(words)); }
  void because(std::string words) { pair_.reasons.push_back(std::move(words)); }

  void verdicts() {
    const bool breached = ours_.state == ClockState::breached;
    if (breached != theirs_.breached) differ(breached ? "breached here, not there" : "breached there, not here");
    const bool over = is_over(ours_);
    if (ours_.state == ClockState::not_started) {
      differ("not started here, " + state_of(theirs_) + " there");
    } else if (over == theirs_.ongoing) {
      differ(over ? "over here, still counted there" : "over there, still counted here");
    } else if (!over && !breached && (ours_.state == ClockState::paused) != theirs_.paused) {
      // A clock of ours that is breached does not tell whether it is paused as well (ruling 50).
      differ(theirs_.paused ? "paused there, not here" : "paused here, not there");
    }
  }

  void instants() {
    if (ours_.due && theirs_.due && is_far(*ours_.due - *theirs_.due)) {
      due_differs_ = true;
      differ("due " + apart_text(*ours_.due - *theirs_.due, "earlier here", "later here"));
    }
    const bool goals_only = ours_.target && theirs_.goal && !(ours_.due && theirs_.due);
    if (goals_only && is_far(ours_.target->amount - *theirs_.goal)) differ("promised otherwise");
    if (ours_.stopped && theirs_.stopped && is_far(*ours_.stopped - *theirs_.stopped))
      differ("stopped " + apart_text(*ours_.stopped - *theirs_.stopped, "earlier here", "later here"));
    const bool both_paused = ours_.state == ClockState::paused && theirs_.paused;
    if (both_paused && ours_.left && theirs_.left && is_far(ours_.left->amount - *theirs_.left))
      differ(apart_text(ours_.left->amount - *theirs_.left, "less left here", "more left here"));
  }

  void reasons() {
    const bool starts_differ = ours_.start && theirs_.started && is_far(*ours_.start - *theirs_.started);
    const bool goals_differ = ours_.target && theirs_.goal && is_far(ours_.target->amount - *theirs_.goal);
    if (starts_differ)
      because("it started " + apart_text(*ours_.start - *theirs_.started, "earlier here", "later here"));
    if (goals_differ)
      because("the goal is " + duration_text(ours_.target->amount) + " here and " + duration_text(*theirs_.goal) +
              " there");
    if (!ours_.paused.empty())
      because("paused here " + std::to_string(ours_.paused.size()) + (ours_.paused.size() == 1 ? " time" : " times") +
              ", which the tracker may count");
    const bool same_terms = ours_.start && theirs_.started && ours_.target && theirs_.goal;
    if (due_differs_ && same_terms && !starts_differ && !goals_differ)
      because("start and goal are the same, so another calendar or other pauses count there" +
              (ours_.calendar.empty() ? "" : "; here it is the calendar " + ours_.calendar.value));
    if (ours_.used && theirs_.used && is_far(ours_.used->amount - *theirs_.used))
      because(duration_text(ours_.used->amount) + " are used here and " + duration_text(*theirs_.used) + " there");
  }

  const ClockReading& ours_;
  const OwnClock& theirs_;
  SlaPair pair_;
  bool due_differs_ = false;
};

std::vector<const ClockReading*> rounds_of(const Decision& decision, ClockName name) {
  std::vector<const ClockReading*> rounds;
  for (const auto* clocks : {&decision.past_clocks, &decision.clocks}) {
    for (const auto& clock : *clocks) {
      if (clock.name == name) rounds.push_back(&clock);
    }
  }
  return rounds;
}

std::vector<ClockName> names_in(const Decision& decision) {
  std::vector<ClockName> found;
  for (const auto* clocks : {&decision.clocks, &decision.past_clocks}) {
    for (const auto& clock : *clocks) {
      if (std::find(found.begin(), found.end(), clock.name) == found.end()) found.push_back(clock.name);
    }
  }
  return found;
}

// The rounds of the first name that means this clock.
std::vector<const OwnClock*> rounds_of(const std::vector<OwnClock>& theirs, ClockName clock) {
  std::vector<const OwnClock*> rounds;
  for (const auto& each : theirs) {
    if (clock_called(each.name) != clock) continue;
    if (rounds.empty() || rounds.front()->name == each.name) rounds.push_back(&each);
  }
  return rounds;
}

}  // namespace

std::optional<ClockName> clock_called(const std::string& name) {
  const auto words = plain_words(name);
  for (const auto& each : names()) {
    for (std::size_t i = 0; i < words.words.size(); ++i) {
      const bool says = std::any_of(each.stems.begin(), each.stems.end(),
                                    [&](const std::string& stem) { return words[i].starts_with(stem); });
      if (says) return each.clock;
    }
  }
  return {};
}

std::string state_of(const OwnClock& clock) {
  if (clock.breached) return clock.paused ? "breached, paused" : "breached";
  if (clock.paused) return "paused";
  return clock.ongoing ? "running" : "met";
}

std::vector<SlaPair> sla_pairs(const Decision& decision, const std::vector<OwnClock>& theirs) {
  std::vector<SlaPair> pairs;
  std::vector<const OwnClock*> taken;
  for (const auto name : names_in(decision)) {
    const auto ours = rounds_of(decision, name);
    const auto rounds = rounds_of(theirs, name);
    // Their rounds begin anew more often than ours, so that only the last ones belong together for certain.
    for (std::size_t i = 0; i < ours.size(); ++i) {
      const auto from_the_end = ours.size() - i;
      if (from_the_end > rounds.size()) {
        pairs.push_back({*ours[i], {}, {}, {}});
        continue;
      }
      const auto* partner = rounds[rounds.size() - from_the_end];
      taken.push_back(partner);
      pairs.push_back(Pairing(*ours[i], *partner).compared());
    }
  }
  for (const auto& each : theirs) {
    if (std::find(taken.begin(), taken.end(), &each) == taken.end()) pairs.push_back({{}, each, {}, {}});
  }
  return pairs;
}

}  // namespace cb
