#include "tests/rules/support/walker.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "tests/rules/support/happenings.hpp"
#include "tests/rules/support/watch.hpp"

namespace cb::testing {
namespace {

using What = Happening::What;

bool waits(Phase phase) {
  return phase != Phase::resolved && phase != Phase::closed && phase != Phase::withdrawn;
}

class Walk {
 public:
  Walk(const Issue& issue, const WalkTerms& terms, Story story)
      : issue_(issue), terms_(terms), phase_(story.phase), priority_(story.priority), story_(std::move(story)) {}

  std::map<ClockName, Walked> to(Instant now) {
    begin_cycle(issue_.created);
    for (const auto& each : story_.happenings) {
      for (auto& [name, watch] : watches_) watch.run_to(each.at);
      happen(each);
    }
    for (auto& [name, watch] : watches_) watch.run_to(now);
    std::map<ClockName, Walked> out;
    for (auto& [name, watch] : watches_) {
      if (auto reading = read(name, watch)) out[name] = *reading;
    }
    return out;
  }

 private:
  // --- terms

  [[nodiscard]] bool by_procedure() const {  // ruling 29: the stated priority
    const auto& urgent = terms_.plan.urgent;
    return urgent && std::find(urgent->when.begin(), urgent->when.end(), priority_) != urgent->when.end();
  }
  [[nodiscard]] CalendarId calendar() const {
    if (by_procedure()) {
      for (const auto& each : terms_.plan.urgent->calendars) {
        if (each.language.empty() || each.language == issue_.language) return each.use;
      }
    }
    return terms_.calendar;
  }
  // The confirmation and a stated date stay on the plan's calendar (rulings 16, 48).
  [[nodiscard]] const Office& measured_by(ClockName name) const {
    const bool plans = name == ClockName::confirmation || name == ClockName::keep_fix_date;
    return terms_.offices.at(plans ? terms_.calendar : calendar());
  }
  [[nodiscard]] Priority effective() const {
    return terms_.plan.priority_floor ? std::max(priority_, *terms_.plan.priority_floor) : priority_;
  }
  [[nodiscard]] std::optional<Target> target(ClockName name) const {
    const auto* targets = terms_.plan.targets.of(by_procedure() ? Priority::urgent : effective());
    if (by_procedure() && terms_.plan.urgent->targets) targets = terms_.plan.urgent->targets->of(effective());
    if (name == ClockName::confirmation) {
      return terms_.plan.confirmation ? terms_.plan.confirmation->close_after : std::nullopt;
    }
    if (!targets) return std::nullopt;
    switch (name) {
      case ClockName::first_response:
        return targets->first_response;
      case ClockName::next_update:
        return targets->next_update;
      case ClockName::state_fix_date:
        return targets->state_fix_date;
      case ClockName::workaround:
        return targets->workaround;
      default:
        return targets->resolution;
    }
  }
  struct Terms {
    std::optional<Target> target;
    CalendarId calendar;
    bool procedure = false;
    friend bool operator==(const Terms&, const Terms&) = default;
  };
  [[nodiscard]] Terms terms_of(ClockName name) const { return {target(name), calendar(), by_procedure()}; }
  // A business day target becomes open time once (ruling 58).
  [[nodiscard]] std::optional<Seconds> allowance(ClockName name, Instant from) const {
    const auto wanted = target(name);
    if (!wanted) return std::nullopt;
    if (wanted->unit == Target::Unit::open_time) return wanted->open_time;
    const auto& by = measured_by(name);
    return by.open_between(from, by.closing_of_day(from, wanted->business_days));
  }
  [[nodiscard]] bool pauses(ClockName name) const {
    const bool customer = phase_ == Phase::waiting_for_customer;
    const bool order = phase_ == Phase::waiting_for_order && !approved_;
    const bool third = phase_ == Phase::waiting_for_third_party && terms_.plan.pause_on_third_party;
    switch (name) {
      case ClockName::next_update:
      case ClockName::keep_fix_date:
        return customer;
      case ClockName::state_fix_date:
        return customer || order;
      case ClockName::workaround:
      case ClockName::resolution:
        return customer || order || third;
      default:
        return false;
    }
  }

  // --- starts

  void begin(ClockName name, Instant at) {
    auto& watch = watches_[name];
    watch.pause(pauses(name));
    watch.start(at, measured_by(name), allowance(name, at));
    under_[name] = terms_of(name);
  }
  void begin_cycle(Instant at) {
    ++cycle_;
    watches_.clear();
    ended_.clear();
    solved_.reset();
    responded_ = in_public_ = update_late_ = keep_late_ = worked_around_ = false;
    date_.reset();
    without_update_.reset();
    moves_ = 0;
    for (const auto name : k_all) watches_[name];
    begin(ClockName::first_response, at);
    if (!gated()) open_gate(at);
  }
  void open_gate(Instant at) {
    for (const auto name : {ClockName::state_fix_date, ClockName::workaround, ClockName::resolution}) begin(name, at);
    if (date_) watches_[ClockName::state_fix_date].stop();
    if (worked_around_) watches_[ClockName::workaround].stop();
    if (in_public_) begin(ClockName::next_update, at);
    if (date_) state_date(*date_, at);
  }
  [[nodiscard]] bool gated() const { return terms_.needs_order && !approved_; }

  // --- what happens

  void happen(const Happening& each) {
    const bool ours = each.by != Role::customer && each.by != Role::partner;
    switch (each.what) {
      case What::comment:
        if (each.by == Role::staff) staff_spoke(each);
        break;
      case What::phase:
        change_phase(each);
        break;
      case What::priority:
        change_priority(each);
        break;
      case What::fix_date:
        if (ours) fix_date(each);
        break;
      case What::workaround:
        if (ours && !each.value.empty()) {
          worked_around_ = true;
          watches_[ClockName::workaround].stop();
        }
        break;
      case What::approval:
        approve(each);
        break;
    }
  }

  void staff_spoke(const Happening& each) {
    spoke_ = each;
    if (!responded_ && same_person(each.who, issue_.reporter)) return;  // ruling 28
    if (!waits(phase_)) return meanwhile_.push_back(each);
    if (!responded_) watches_[ClockName::first_response].stop();
    responded_ = in_public_ = true;
    if (!gated()) next_interval(each.at);
  }
  void next_interval(Instant at) {  // ruling 13
    auto& update = watches_[ClockName::next_update];
    update_late_ = update_late_ || update.late();
    update.stop();
    if (update.promised()) without_update_ = update;  // shown where the priority promises no further one
    begin(ClockName::next_update, at);
  }

  void approve(const Happening& each) {  // ruling 34
    const bool may = each.by == Role::staff || std::find(terms_.may_order.begin(), terms_.may_order.end(),
                                                         each.who.address) != terms_.may_order.end();
    if (!may || approved_) return;
    approved_ = true;
    if (terms_.needs_order) open_gate(each.at);
    for (auto& [name, watch] : watches_) watch.pause(pauses(name));
  }

  void fix_date(const Happening& each) {
    const auto date = date_from_iso(each.value);
    if (!date) return;  // emptied: the last date stays due (ruling 48)
    watches_[ClockName::state_fix_date].stop();
    if (date_ == date) return;
    if (date_) ++moves_;
    date_ = date;
    if (!gated()) state_date(*date, each.at);
  }
  void state_date(Date date, Instant at) {
    auto& keep = watches_[ClockName::keep_fix_date];
    keep_late_ = keep_late_ || keep.late();
    const auto& plans = terms_.offices.at(terms_.calendar);
    const auto closing = plans.closing_of(date);
    keep.pause(pauses(ClockName::keep_fix_date));
    keep.start(at, plans, plans.open_between(at, closing));
    if (closing < at) keep.missed(closing);
  }

  void change_priority(const Happening& each) {
    if (!waits(phase_)) meanwhile_.push_back(each);
    const auto before = effective();
    const bool procedure = by_procedure();
    priority_ = each.priority;
    if (waits(phase_) && (before != effective() || procedure != by_procedure())) apply_terms(each.at);
  }
  void apply_terms(Instant at) {
    const bool restart = terms_.plan.on_priority_change == OnPriorityChange::restart;
    for (auto& [name, watch] : watches_) {
      if (!watch.running() || name == ClockName::confirmation || name == ClockName::keep_fix_date) continue;
      if (under_[name] == terms_of(name) && !restart) continue;
      under_[name] = terms_of(name);
      if (watch.begun() == at) {  // told in the same entry
        watch.start(at, measured_by(name), allowance(name, at));
        continue;
      }
      if (restart && !watch.late() && allowance(name, at)) watch.move_start(at);
      auto allowed = allowance(name, watch.begun());
      if (allowed && !restart) {  // ruling 8
        const auto share = std::llround(static_cast<double>(allowed->count()) * terms_.plan.raise_share);
        allowed = std::max(*allowed, watch.counted() + Seconds{share});
      }
      watch.change(at, measured_by(name), allowed);
    }
  }

  void change_phase(const Happening& each) {
    const auto before = phase_;
    if (before == each.phase) return;
    phase_ = each.phase;
    if (!waits(before) && waits(phase_)) {
      if (each.at > *solved_ + terms_.plan.reopen_window) {
        begin_cycle(each.at);
        if (spoke_ && spoke_->at == each.at) staff_spoke(*spoke_);  // reopened with an answer
        return;
      }
      reopen(each.at);
    } else if (waits(before) && !waits(phase_)) {
      solved_ = each.at;
      priority_when_solved_ = priority_;
      meanwhile_.clear();
      if (phase_ != Phase::withdrawn) solve(each);
    }
    if (phase_ == Phase::withdrawn) withdraw(each.at);
    if (!waits(phase_) && phase_ != Phase::withdrawn) confirm(each, before);
    for (auto& [name, watch] : watches_) watch.pause(pauses(name));
  }

  void solve(const Happening& each) {
    auto& response = watches_[ClockName::first_response];
    const bool answers = each.by == Role::staff && !same_person(each.who, issue_.reporter);  // ruling 14
    if (answers && !responded_) {
      response.stop();
      responded_ = true;
    } else if (response.running()) {
      response.cancel();
      ended_.push_back(ClockName::first_response);
    }
    for (const auto name : {ClockName::next_update, ClockName::keep_fix_date, ClockName::resolution}) {
      if (!watches_[name].running()) continue;
      watches_[name].stop();
      ended_.push_back(name);
    }
    for (const auto name : {ClockName::state_fix_date, ClockName::workaround}) watches_[name].stop();  // ruling 15
  }

  void withdraw(Instant at) {
    for (auto& [name, watch] : watches_) {
      if (name == ClockName::confirmation && watch.late()) continue;  // ended by itself at its due
      if (watch.running()) ended_.push_back(name);
      watch.cancel();
      if (!watch.started()) watch.drop(at);
    }
  }

  // What was said and changed meanwhile counts, but its time does not.
  void reopen(Instant at) {
    watches_[ClockName::confirmation] = Watch{};
    for (auto& [name, watch] : watches_) watch.drop({});
    const auto ended = std::exchange(ended_, {});
    for (const auto name : ended) {
      if (name != ClockName::confirmation) watches_[name].go_on(*solved_);
    }
    priority_ = priority_when_solved_;
    for (const auto& each : std::exchange(meanwhile_, {})) {
      for (auto& [name, watch] : watches_) watch.skip_to(each.at);
      each.what == What::priority ? change_priority(each) : staff_spoke(each);
    }
    for (auto& [name, watch] : watches_) watch.skip_to(at);
  }

  void confirm(const Happening& each, Phase before) {  // ruling 16
    auto& confirmation = watches_[ClockName::confirmation];
    if (waits(before) && !gated()) begin(ClockName::confirmation, each.at);
    const bool customer = each.by == Role::customer;  // the only partner in these stories is another customer's
    if (phase_ != Phase::closed || !confirmation.running()) return;
    if (customer) {
      confirmation.stop();
    } else if (!confirmation.late()) {
      confirmation.cancel();
    }
  }

  // --- readings

  std::optional<Walked> read(ClockName name, const Watch& watch) {
    Walked out;
    out.cycle = cycle_;
    if (!watch.started()) {
      if (name == ClockName::keep_fix_date || !target(name)) return std::nullopt;
      out.stopped = watch.stopped();
      if (out.stopped) out.state = ClockState::cancelled;
      return out;
    }
    if (!watch.promised()) {
      if (name != ClockName::next_update || !without_update_) return std::nullopt;
      return read(name, *std::exchange(without_update_, {}));
    }
    out.used = watch.used();
    out.left = *watch.allowed() - watch.used();
    out.stopped = watch.stopped();
    if (name == ClockName::keep_fix_date) out.moves = moves_;
    if (name == ClockName::confirmation && watch.late()) return read_late_confirmation(watch, out);
    const bool late = watch.late() || (name == ClockName::next_update && update_late_) ||
                      (name == ClockName::keep_fix_date && keep_late_);
    const bool paused = watch.running() && watch.paused() && !watch.late();
    if (!paused && !watch.cancelled()) out.due = watch.due();
    if (late) {
      out.state = ClockState::breached;
    } else if (watch.cancelled()) {
      out.state = ClockState::cancelled;
    } else if (out.stopped) {
      out.state = ClockState::met;
    } else if (paused) {
      out.state = ClockState::paused;
    } else {
      out.state = at_risk(watch) && name != ClockName::confirmation ? ClockState::at_risk : ClockState::running;
    }
    return out;
  }
  static Walked read_late_confirmation(const Watch& watch, Walked out) {  // never breached
    out.due = watch.due();
    out.state = out.stopped ? ClockState::met : ClockState::cancelled;
    if (out.state == ClockState::met) return out;
    out.stopped = out.due;
    out.used = watch.allowed();
    out.left = Seconds{0};
    return out;
  }
  [[nodiscard]] bool at_risk(const Watch& watch) const {
    return std::any_of(terms_.plan.warn_at.begin(), terms_.plan.warn_at.end(), [&](double share) {
      return static_cast<double>(watch.used().count()) >= share * static_cast<double>(watch.allowed()->count());
    });
  }

  static constexpr ClockName k_all[] = {ClockName::first_response, ClockName::next_update, ClockName::state_fix_date,
                                        ClockName::keep_fix_date,  ClockName::workaround,  ClockName::resolution,
                                        ClockName::confirmation};

  const Issue& issue_;
  const WalkTerms& terms_;
  Phase phase_;
  Priority priority_;
  Story story_;
  int cycle_ = 0;
  std::map<ClockName, Watch> watches_;
  std::map<ClockName, Terms> under_;  // what each clock was last measured by
  std::vector<ClockName> ended_;      // by a solution or a withdrawal, so that a reopening lets them go on
  std::optional<Instant> solved_;
  Priority priority_when_solved_ = Priority::normal;
  std::vector<Happening> meanwhile_;  // what was said and changed while it was solved
  std::optional<Happening> spoke_;    // the last public word of staff
  std::optional<Watch> without_update_;
  bool responded_ = false, in_public_ = false, approved_ = false, worked_around_ = false;
  bool update_late_ = false, keep_late_ = false;
  std::optional<Date> date_;
  int moves_ = 0;
};

std::string text_of(ClockState state, std::optional<Instant> due, std::optional<Instant> stopped,
                    std::optional<Seconds> used, std::optional<Seconds> left) {
  auto out = to_text(state);
  if (due) out += " due " + to_iso(*due);
  if (stopped) out += " stopped " + to_iso(*stopped);
  if (used) out += " used " + duration_text(*used);
  if (left) out += " left " + duration_text(*left);
  return out;
}

}  // namespace

std::map<ClockName, Walked> walk(const Issue& issue, const WalkTerms& terms, Instant now) {
  return Walk(issue, terms, story_of(issue, terms.book, now)).to(now);
}

std::string text_of(const std::map<ClockName, Walked>& clocks, ClockName name) {
  const auto found = clocks.find(name);
  if (found == clocks.end()) return "none";
  const auto& clock = found->second;
  return text_of(clock.state, clock.due, clock.stopped, clock.used, clock.left);
}

std::string text_of(const Decision& decision, ClockName name) {
  const auto* clock = find_clock(decision, name);
  if (!clock) return "none";
  const auto amount = [](const std::optional<BusinessTime>& time) {
    return time ? std::optional(time->amount) : std::nullopt;
  };
  // a clock that never started shows its whole target as left (ruling 17); the walker knows only what happened
  if (!clock->start) return text_of(clock->state, clock->due, clock->stopped, {}, {});
  return text_of(clock->state, clock->due, clock->stopped, amount(clock->used), amount(clock->left));
}

}  // namespace cb::testing
