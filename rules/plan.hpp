// The price list as values: what a support plan covers, promises and counts. A contract holds a whole Plan of its
// own, after `based_on` and its `override` were merged (ruling 5), so the rules never look anything up by name.
// Domain rows A1-A4, B1, B4, B6, C1, C2, C4, D2, D4-D6, E1-E9.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "rules/ids.hpp"
#include "rules/time.hpp"
#include "rules/tracker_terms.hpp"

namespace cb {

// What a plan says of a category.
enum class Cover { free, included, pool, paid, refuse, budget };

// Open time of the calendar, or business days after the day of receipt.
struct Target {
  enum class Unit { open_time, business_days } unit = Unit::open_time;
  Seconds open_time{0};
  int business_days = 0;
  friend bool operator==(const Target&, const Target&) = default;
};

struct Targets {
  std::optional<Target> first_response, next_update, state_fix_date, workaround, resolution;
  friend bool operator==(const Targets&, const Targets&) = default;
};

// By priority; `otherwise` serves priorities that are not named.
struct TargetTable {
  std::map<Priority, Targets> by_priority;
  std::optional<Targets> otherwise;
  [[nodiscard]] const Targets* of(Priority priority) const;
};

enum class Period { contract_year, contract, quarter, month };

struct WhenEmpty {
  enum class Kind { paid, refuse, overdraft } kind = Kind::paid;
  int overdraft = 0;
};

struct Pool {
  std::optional<int> requests;  // empty: unlimited, counted but never empty
  Period per = Period::contract_year;
  int carry_over = 0;  // units of the period before that may be taken along
  WhenEmpty when_empty;
};

struct Budget {
  Seconds hours{0};
  Period per = Period::contract_year;
  WhenEmpty when_empty;
};

struct Confirmation {
  std::optional<Target> remind_after;
  int remind_times = 0;
  std::optional<Target> close_after;
};

// `>=4.0 <6`: all bounds must hold; no bounds means any.
struct VersionBound {
  std::string op;  // >=, >, <=, <, =
  std::string version;
};

// Who serves an urgent issue: the first entry whose conditions hold when it becomes urgent.
struct UrgentCalendar {
  std::string language;  // empty: any
  CalendarId use;
  std::optional<bool> local_open{};  // the calendar that would serve it otherwise is open, or closed; empty: either
  std::string team{};                // who takes it there; empty: the usual people
};

struct Condition;  // classification.hpp

// Both parts of `when` must hold: the priority as stated at that time, and what else is asked of the issue. Where the
// rest names a priority, deep inside, that too is the one of that time.
struct UrgentProcedure {
  std::vector<Priority> when;             // empty: any
  std::shared_ptr<const Condition> also;  // null: nothing else
  std::vector<UrgentCalendar> calendars;  // first match wins
  std::optional<TargetTable> targets;     // empty: those of the plan's `urgent`
  std::string marker;                     // a label
};

enum class ContactRequirement { none, named, certified };
enum class OnPriorityChange { from_start, restart };
enum class OnExpiry { finish, stop, ask };

// By language; "" serves all of them.
using LocalText = std::map<std::string, std::string>;
// In that language, else without one, else English, else any.
std::string text_in(const LocalText& text, const std::string& language);

struct Plan {
  PlanId id;
  int rank = 0;
  std::map<std::string, std::string> title;  // by language
  CalendarId calendar;
  std::vector<std::string> channels;     // empty: all
  std::vector<std::string> languages;    // empty: all
  std::vector<VersionBound> versions;    // empty: any
  std::optional<bool> updates_included;  // for the category `update` where `covers` does not name it
  std::map<CategoryId, Cover> covers;
  std::optional<Cover> covers_otherwise;
  std::optional<Pool> pool;
  std::map<CategoryId, Budget> budgets;
  bool modified_code_covered = true;
  TargetTable targets;
  std::vector<double> warn_at;  // shares of the target, ascending
  std::optional<Confirmation> confirmation;
  std::map<CategoryId, LocalText> prices;  // texts for the offer; `otherwise` for all other categories
  LocalText community;                     // a link for who is not entitled (C5)
  std::optional<Seconds> check_in_every;
  ContactRequirement contact = ContactRequirement::none;
  std::optional<Priority> priority_floor;
  std::optional<UrgentProcedure> urgent;
  OnPriorityChange on_priority_change = OnPriorityChange::from_start;
  double raise_share = 0.25;
  Seconds reopen_window{14 * 24 * 3600};
  OnExpiry on_expiry = OnExpiry::finish;
  bool pause_on_third_party = false;
};

// covers[category], else otherwise, else paid.
Cover cover_of(const Plan& plan, const CategoryId& category);
// What an order of this category costs, in words for the customer; empty when nothing is configured.
std::string price_of(const Plan& plan, const CategoryId& category, const std::string& language);
// In that language, else English, else any, else the id.
std::string title_of(const Plan& plan, const std::string& language);

}  // namespace cb
