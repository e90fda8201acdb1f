// Clock histories with the reading written down by hand; both evaluate() and the walker must read them so. Stories in
// the words of clock_story.hpp. The Prague office of June: 07:00Z to 16:00Z, Friday 07:00Z-10:00Z and 10:30Z-15:00Z.
// From Tuesday 9 June 07:00Z: 1bd = 18h, 2bd = 27h until 06-11 16:00, 5bd = 52h30m until 06-16 16:00, 10bd = 96h until
// 06-23 16:00. The plan promises urgent: response 2h, update 4h, workaround 1bd, resolution 2bd; high: response 4h,
// resolution 5bd; normal: response 0bd, fix date 2bd, resolution 10bd; low: nothing.
#include <doctest/doctest.h>

#include "tests/rules/support/clock_story.hpp"

using namespace cb;
using namespace cb::testing;

namespace {

using Vary = void (*)(Site&);

void as_is(Site&) {}
void restart(Site& site) {
  site.plan().on_priority_change = OnPriorityChange::restart;
}
void third(Site& site) {
  site.plan().pause_on_third_party = true;
}
void floor_high(Site& site) {
  site.plan().priority_floor = Priority::high;
}
void floor_high_restart(Site& site) {
  floor_high(site);
  restart(site);
}
void window_1h(Site& site) {
  site.plan().reopen_window = std::chrono::hours{1};
}
void half(Site& site) {
  site.plan().raise_share = 0.5;
}
void none_of_it(Site& site) {
  site.plan().raise_share = 0;
}
void moscow(Site& site) {
  site.contract().calendar = {"moscow"};
}
void night(Site& site) {
  site.contract().calendar = {"night"};
}
void always(Site& site) {
  site.contract().calendar = {"always"};
}
void confirm_8h(Site& site) {
  site.plan().confirmation->close_after = hours(8);
}
void procedure(Site& site) {
  UrgentProcedure urgent;
  urgent.when = {Priority::urgent};
  urgent.calendars = {{"en", {"duty"}}, {"", {"always"}}};
  site.plan().urgent = urgent;
}
void own_targets(Site& site) {
  procedure(site);
  site.plan().urgent->targets = TargetTable{{}, Targets{minutes(30), {}, {}, {}, {}}};
}
void floor_urgent(Site& site) {
  procedure(site);
  site.plan().priority_floor = Priority::urgent;
}
void at_once(Site& site) {
  site.plan().targets.otherwise = Targets{hours(0), {}, {}, {}, {}};
}

constexpr auto R = ClockName::first_response;
constexpr auto U = ClockName::next_update;
constexpr auto S = ClockName::state_fix_date;
constexpr auto K = ClockName::keep_fix_date;
constexpr auto W = ClockName::workaround;
constexpr auto F = ClockName::resolution;  // final solution
constexpr auto C = ClockName::confirmation;

struct Row {
  std::string name;
  Vary vary;
  ClockName clock;
  std::string story;
  std::string now;
  std::string expected;
};

const std::vector<Row> k_responses = {
    {"at opening", as_is, R, "06-09 07:00", "06-09 10:00", "running due 06-09 16:00 used 3h left 6h"},
    {"a second before opening", as_is, R, "06-09 06:59:59", "06-09 07:00", "running due 06-09 16:00 used 0m left 9h"},
    {"a second after opening", as_is, R, "06-09 07:00:01", "06-09 08:00:01",
     "running due 06-09 16:00 used 1h left 7h59m59s"},
    {"a second before closing", as_is, R, "06-09 15:59:59", "06-09 16:00", "at_risk due 06-09 16:00 used 1s left 0m"},
    {"at closing it is the next day's", as_is, R, "06-09 16:00", "06-09 16:00",
     "running due 06-10 16:00 used 0m left 9h"},
    {"when the lunch begins", as_is, R, "06-12 10:00", "06-12 10:30", "running due 06-12 15:00 used 0m left 4h30m"},
    {"at Friday's closing", as_is, R, "06-12 15:00", "06-13 15:00", "running due 06-15 16:00 used 0m left 9h"},
    {"the last second of Sunday in UTC", as_is, R, "06-14 23:59:59", "06-15 06:00",
     "running due 06-15 16:00 used 0m left 9h"},
    {"on a holiday", as_is, R, "05-08 08:00", "05-08 09:00", "running due 05-11 16:00 used 0m left 9h"},
    {"hours over a long weekend", as_is, R, "05-07 14:00; high", "05-07 15:00",
     "running due 05-11 09:00 used 1h left 3h"},
    {"hours over the lunch", as_is, R, "06-12 09:00; urgent", "06-12 10:15", "running due 06-12 11:30 used 1h left 1h"},
    {"a second before three quarters", as_is, R, "06-09 07:00; urgent", "06-09 08:29:59",
     "running due 06-09 09:00 used 1h29m59s left 30m1s"},
    {"at three quarters", as_is, R, "06-09 07:00; urgent", "06-09 08:30",
     "at_risk due 06-09 09:00 used 1h30m left 30m"},
    {"at the deadline", as_is, R, "06-09 07:00; urgent", "06-09 09:00", "at_risk due 06-09 09:00 used 2h left 0m"},
    {"a second after it", as_is, R, "06-09 07:00; urgent", "06-09 09:00:01",
     "breached due 06-09 09:00 used 2h1s left -1s"},
    {"no time at all is due at the start", at_once, R, "06-09 05:00; low", "06-09 05:00",
     "at_risk due 06-09 05:00 used 0m left 0m"},
    {"and missed a second later", at_once, R, "06-09 05:00; low", "06-09 05:00:01",
     "breached due 06-09 05:00 used 0m left 0m"},
    {"answered on the deadline the next day", as_is, R, "06-09 14:00; high; 06-10 09:00 a +", "06-10 12:00",
     "met due 06-10 09:00 stopped 06-10 09:00 used 4h left 0m"},
    {"answered a second late", as_is, R, "06-09 14:00; high; 06-10 09:00:01 a +", "06-10 12:00",
     "breached due 06-10 09:00 stopped 06-10 09:00:01 used 4h1s left -1s"},
    {"answered in the night", as_is, R, "06-09 18:00; high; 20:00 a +", "06-10 12:00",
     "met due 06-10 11:00 stopped 06-09 20:00 used 0m left 4h"},
    {"the first answer counts", as_is, R, "06-09 07:00; 08:00 a +; 09:00 b +", "06-09 10:00",
     "met due 06-09 16:00 stopped 06-09 08:00 used 1h left 8h"},
    {"internal words are none", as_is, R, "06-09 07:00; 08:00 a -", "06-09 10:00",
     "running due 06-09 16:00 used 3h left 6h"},
    {"nor a robot's", as_is, R, "06-09 07:00; 08:00 c +", "06-09 10:00", "running due 06-09 16:00 used 3h left 6h"},
    {"nor a partner's", as_is, R, "06-09 07:00; 08:00 o +", "06-09 10:00", "running due 06-09 16:00 used 3h left 6h"},
    {"nor the customer's", as_is, R, "06-09 07:00; 08:00 e +", "06-09 10:00",
     "running due 06-09 16:00 used 3h left 6h"},
    {"nor those of staff who reported it", as_is, R, "06-09 07:00; staff; 08:00 a +", "06-09 10:00",
     "running due 06-09 16:00 used 3h left 6h"},
    {"but a colleague's", as_is, R, "06-09 07:00; staff; 08:00 a +; 09:00 b +", "06-09 10:00",
     "met due 06-09 16:00 stopped 06-09 09:00 used 2h left 7h"},
    {"asking without words is none", as_is, R, "06-09 07:00; 08:00 a >Feedback", "06-09 10:00",
     "running due 06-09 16:00 used 3h left 6h"},
    {"waiting for an order does not pause it", as_is, R, "06-09 07:00; 08:00 a >Offered", "06-09 10:00",
     "running due 06-09 16:00 used 3h left 6h"},
    {"a paid issue is answered before the order", as_is, R, "06-09 07:00; Training", "06-09 10:00",
     "running due 06-09 16:00 used 3h left 6h"},
    {"solved by staff", as_is, R, "06-09 07:00; 08:00 a >Resolved", "06-09 10:00",
     "met due 06-09 16:00 stopped 06-09 08:00 used 1h left 8h"},
    {"solved by staff too late", as_is, R, "06-09 07:00; urgent; 10:00 a >Resolved", "06-09 12:00",
     "breached due 06-09 09:00 stopped 06-09 10:00 used 3h left -1h"},
    {"solved by the staff who reported it", as_is, R, "06-09 07:00; staff; 08:00 a >Resolved", "06-09 10:00",
     "cancelled stopped 06-09 08:00 used 1h left 8h"},
    {"closed by a colleague of the customer", as_is, R, "06-09 07:00; 08:00 j >Closed", "06-09 10:00",
     "cancelled stopped 06-09 08:00 used 1h left 8h"},
    {"closed by the partner", as_is, R, "06-09 07:00; 08:00 o >Closed", "06-09 10:00",
     "cancelled stopped 06-09 08:00 used 1h left 8h"},
    {"closed by a robot", as_is, R, "06-09 07:00; 08:00 c >Closed", "06-09 10:00",
     "cancelled stopped 06-09 08:00 used 1h left 8h"},
    {"closed by the customer when it was late already", as_is, R, "06-09 07:00; urgent; 10:00 e >Closed", "06-09 12:00",
     "breached due 06-09 09:00 stopped 06-09 10:00 used 3h left -1h"},
    {"words after the customer's closing", as_is, R, "06-09 07:00; 08:00 e >Closed; 09:00 a +", "06-09 10:00",
     "cancelled stopped 06-09 08:00 used 1h left 8h"},
    {"withdrawn", as_is, R, "06-09 07:00; 08:00 e >Rejected", "06-09 10:00",
     "cancelled stopped 06-09 08:00 used 1h left 8h"},
    {"withdrawn when it was late already", as_is, R, "06-09 07:00; urgent; 10:00 e >Rejected", "06-09 12:00",
     "breached due 06-09 09:00 stopped 06-09 10:00 used 3h left -1h"},
    {"withdrawn at the deadline", as_is, R, "06-09 07:00; urgent; 09:00 e >Rejected", "06-09 12:00",
     "cancelled stopped 06-09 09:00 used 2h left 0m"},
    {"withdrawn and taken up again", as_is, R, "06-09 07:00; 08:00 e >Rejected; 10:00 e >New", "06-09 11:00",
     "running due 06-10 09:00 used 2h left 7h"},
    {"answered with the closing word", as_is, R, "06-09 07:00; 08:00 a + >Resolved", "06-09 10:00",
     "met due 06-09 16:00 stopped 06-09 08:00 used 1h left 8h"},
    {"answered late, then solved", as_is, R, "06-09 07:00; urgent; 10:00 a +; 11:00 a >Resolved", "06-09 12:00",
     "breached due 06-09 09:00 stopped 06-09 10:00 used 3h left -1h"},
    {"nothing is promised under low", as_is, R, "06-09 07:00; low", "06-09 10:00", "none"},
    {"promised late: a quarter from then on", as_is, R, "06-09 07:00; low; 06-10 08:00 a =high", "06-10 08:30",
     "at_risk due 06-10 09:00 used 10h30m left 30m"},
    {"no longer promised", as_is, R, "06-09 07:00; urgent; 08:00 a =low", "06-09 10:00",
     "cancelled stopped 06-09 08:00 used 1h left 1h"},
    {"promised again in time", as_is, R, "06-09 07:00; urgent; 08:00 a =low; 08:30 a =urgent", "06-09 08:30",
     "at_risk due 06-09 09:00 used 1h30m left 30m"},
    {"promised again late", as_is, R, "06-09 07:00; urgent; 08:00 a =low; 08:50 a =urgent", "06-09 09:00",
     "at_risk due 06-09 09:20 used 2h left 20m"},
    {"missed, and then no longer promised", as_is, R, "06-09 07:00; urgent; 09:30 a =low", "06-09 10:00",
     "breached due 06-09 09:00 used 3h left -1h"},
    {"lowered at the deadline", as_is, R, "06-09 07:00; urgent; 09:00 a =normal", "06-09 10:00",
     "running due 06-09 16:00 used 3h left 6h"},
    {"lowered a second after it", as_is, R, "06-09 07:00; urgent; 09:00:01 a =normal", "06-09 10:00",
     "breached due 06-09 09:00 used 3h left -1h"},
    {"answered and lowered in one entry", as_is, R, "06-09 07:00; urgent; 08:00 a + =normal", "06-09 10:00",
     "met due 06-09 09:00 stopped 06-09 08:00 used 1h left 1h"},
    {"a reopening leaves the answer", as_is, R, "06-09 07:00; 08:00 a +; 06-10 08:00 a >Resolved; 06-11 08:00 e >New",
     "06-11 09:00", "met due 06-09 16:00 stopped 06-09 08:00 used 1h left 8h"},
    {"closed by the customer unanswered and reopened", as_is, R, "06-09 07:00; 08:00 e >Closed; 06-10 08:00 e >New",
     "06-10 09:00", "running due 06-10 16:00 used 2h left 7h"},
    {"reopened after the window in the night", as_is, R, "06-01 07:00; 06-02 10:00 a + >Resolved; 06-16 18:00 e + >New",
     "06-17 08:00", "running due 06-17 16:00 used 1h left 8h"},
    {"reopened by staff with a word", as_is, R, "06-01 07:00; 06-02 10:00 a + >Resolved; 06-16 18:00 a + >New",
     "06-17 08:00", "met due 06-17 16:00 stopped 06-16 18:00 used 0m left 9h"},
    {"a floor raises the promise", floor_high, R, "06-09 07:00", "06-09 08:00",
     "running due 06-09 11:00 used 1h left 3h"},
    {"a floor lowers nothing", floor_high, R, "06-09 07:00; urgent", "06-09 08:00",
     "running due 06-09 09:00 used 1h left 1h"},
    {"a floor is no change of terms", floor_high, R, "06-09 07:00; low; 10:30 a =high", "06-09 10:30",
     "at_risk due 06-09 11:00 used 3h30m left 30m"},
    {"lunch in Moscow", moscow, R, "06-09 09:00; urgent", "06-09 10:30", "running due 06-09 12:00 used 1h left 1h"},
    {"the night shift of Friday ends on Saturday", night, R, "06-12 21:00; urgent", "06-12 22:00",
     "running due 06-12 23:00 used 1h left 1h"},
    {"the night shift received on Saturday in its tail", night, R, "06-13 03:00; urgent", "06-13 05:00",
     "running due 06-15 21:00 used 1h left 1h"},
    {"a business day around the clock ends at midnight", always, R, "06-09 18:00", "06-09 19:00",
     "running due 06-10 00:00 used 1h left 5h"},
    {"over the beginning of summer time", as_is, R, "03-27 15:30; urgent", "03-27 15:45",
     "running due 03-30 08:30 used 15m left 1h45m"},
    {"over the end of summer time", as_is, R, "10-23 14:30; urgent", "10-23 14:45",
     "running due 10-26 09:30 used 15m left 1h45m"},
};

const std::vector<Row> k_solutions = {
    {"paused in hours", as_is, F, "06-09 07:00; 08:00 a >Feedback; 10:00 e >New", "06-09 11:00",
     "running due 06-24 09:00 used 2h left 94h"},
    {"in the pause", as_is, F, "06-09 07:00; 08:00 a >Feedback", "06-11 10:00", "paused used 1h left 95h"},
    {"paused over the weekend only", as_is, F, "06-09 07:00; 06-12 15:00 a >Feedback; 06-15 07:00 e >New",
     "06-15 08:00", "running due 06-23 16:00 used 35h30m left 60h30m"},
    {"paused over the lunch", as_is, F, "06-09 07:00; 06-12 09:00 a >Feedback; 11:00 e >New", "06-12 12:00",
     "running due 06-24 08:30 used 30h left 66h"},
    {"paused for a second", as_is, F, "06-09 07:00; 08:00 a >Feedback; 08:00:01 e >New", "06-09 09:00",
     "running due 06-24 07:00:01 used 1h59m59s left 94h1s"},
    {"paused twice", as_is, F, "06-09 07:00; 08:00 a >Feedback; 09:00 e >New; 10:00 a >Feedback; 11:00 e >New",
     "06-09 12:00", "running due 06-24 09:00 used 3h left 93h"},
    {"the customer's word does not end a pause", as_is, F, "06-09 07:00; 08:00 a >Feedback; 09:00 e +", "06-09 11:00",
     "paused used 1h left 95h"},
    {"offered", as_is, F, "06-09 07:00; 08:00 a >Offered; 10:00 a >New", "06-09 11:00",
     "running due 06-24 09:00 used 2h left 94h"},
    {"offered until ordered, whatever the status says", as_is, F, "06-09 07:00; 08:00 a >Offered; 09:00 j ok",
     "06-09 11:00", "running due 06-24 08:00 used 3h left 93h"},
    {"a third party does not pause", as_is, F, "06-09 07:00; 08:00 a >Vendor", "06-09 10:00",
     "running due 06-23 16:00 used 3h left 93h"},
    {"unless the plan says so", third, F, "06-09 07:00; 08:00 a >Vendor", "06-09 10:00", "paused used 1h left 95h"},
    {"from pause to pause", third, F, "06-09 07:00; 08:00 a >Feedback; 09:00 a >Offered; 10:00 a >Vendor; 11:00 a >New",
     "06-09 12:00", "running due 06-24 10:00 used 2h left 94h"},
    {"an unknown status goes on with the pause", as_is, F,
     "06-09 07:00; 08:00 a >Feedback; 09:00 a >Weird; 10:00 a >New", "06-09 11:00",
     "running due 06-24 09:00 used 2h left 94h"},
    {"registered in a pause", as_is, F, "06-09 07:00; >Feedback; 09:00 e >New", "06-09 10:00",
     "running due 06-24 09:00 used 1h left 95h"},
    {"registered in a pause that ends at opening", as_is, F, "06-09 05:00; >Feedback; 07:00 e >New", "06-09 08:00",
     "running due 06-23 16:00 used 1h left 95h"},
    {"solved at the deadline", as_is, F, "06-11 07:00; urgent; 06-15 16:00 a >Resolved", "06-16 10:00",
     "met due 06-15 16:00 stopped 06-15 16:00 used 25h30m left 0m"},
    {"solved a second late", as_is, F, "06-11 07:00; urgent; 06-15 16:00:01 a >Resolved", "06-16 10:00",
     "breached due 06-15 16:00 stopped 06-15 16:00:01 used 25h30m left 0m"},
    {"solved in a pause", as_is, F, "06-09 07:00; urgent; 08:00 a >Feedback; 06-10 08:00 a >Resolved", "06-16 10:00",
     "met due 06-15 08:30 stopped 06-10 08:00 used 1h left 26h"},
    {"closed by the customer", as_is, F, "06-09 07:00; 06-10 09:00 e >Closed", "06-10 10:00",
     "met due 06-23 16:00 stopped 06-10 09:00 used 11h left 85h"},
    {"paused a second before the deadline", as_is, F, "06-09 07:00; urgent; 06-11 15:59:59 a >Feedback", "06-20 10:00",
     "paused used 26h59m59s left 1s"},
    {"and gone on", as_is, F, "06-09 07:00; urgent; 06-11 15:59:59 a >Feedback; 06-16 07:00 e >New", "06-16 07:00",
     "at_risk due 06-16 07:00:01 used 26h59m59s left 1s"},
    {"paused at the deadline", as_is, F, "06-09 07:00; urgent; 06-11 16:00 a >Feedback", "06-11 16:00",
     "paused used 27h left 0m"},
    {"and a second later", as_is, F, "06-09 07:00; urgent; 06-11 16:00 a >Feedback", "06-11 16:00:01",
     "breached due 06-11 16:00 used 27h left 0m"},
    {"breached and paused", as_is, F, "06-09 07:00; urgent; 06-12 08:00 a >Feedback", "06-12 12:00",
     "breached due 06-11 16:00 used 28h left -1h"},
    {"raised in time", as_is, F, "06-09 07:00; 06-10 08:00 a =urgent", "06-10 08:30",
     "running due 06-11 16:00 used 10h30m left 16h30m"},
    {"raised late", as_is, F, "06-09 07:00; 06-12 12:00 a =urgent", "06-12 12:00",
     "at_risk due 06-15 10:45 used 31h30m left 6h45m"},
    {"raised late, with half of the new target", half, F, "06-09 07:00; 06-12 12:00 a =urgent", "06-12 12:00",
     "running due 06-16 08:30 used 31h30m left 13h30m"},
    {"raised late, with no share: due then", none_of_it, F, "06-09 07:00; 06-12 12:00 a =urgent", "06-12 12:00",
     "at_risk due 06-12 12:00 used 31h30m left 0m"},
    {"and missed a second later, not before the change", none_of_it, F, "06-09 07:00; 06-12 12:00 a =urgent",
     "06-12 12:00:01", "breached due 06-12 12:00 used 31h30m1s left -1s"},
    {"raised in a pause", as_is, F, "06-09 07:00; 08:00 a >Feedback; 06-10 08:00 a =urgent; 09:00 e >New",
     "06-10 10:00", "running due 06-15 09:30 used 2h left 25h"},
    {"raised and lowered again", as_is, F, "06-09 07:00; high; 10:00 a =normal; 12:00 a =high", "06-09 13:00",
     "running due 06-16 16:00 used 6h left 46h30m"},
    {"raised after it was solved", as_is, F, "06-09 07:00; 08:00 a >Resolved; 09:00 e =urgent", "06-09 10:00",
     "met due 06-23 16:00 stopped 06-09 08:00 used 1h left 95h"},
    {"and reopened", as_is, F, "06-09 07:00; 08:00 a >Resolved; 09:00 e =urgent; 10:00 e >New", "06-09 11:00",
     "running due 06-12 09:00 used 2h left 25h"},
    {"restarted", restart, F, "06-09 07:00; 06-10 08:00 a =urgent", "06-10 09:00",
     "running due 06-12 15:00 used 1h left 23h30m"},
    {"restarted outside hours", restart, F, "06-09 07:00; 06-10 18:00 a =urgent", "06-11 08:00",
     "running due 06-15 16:00 used 1h left 24h30m"},
    {"a restart undoes no breach", restart, F, "06-09 07:00; urgent; 06-12 08:00 a =normal", "06-12 09:00",
     "breached due 06-11 16:00 used 29h left -2h"},
    {"restarted in a pause", restart, F, "06-09 07:00; 08:00 a >Feedback; 10:00 a =urgent; 12:00 e >New", "06-09 13:00",
     "running due 06-12 09:00 used 1h left 23h"},
    {"below the floor nothing restarts", floor_high_restart, F, "06-09 07:00; 06-10 08:00 a =high", "06-10 09:00",
     "running due 06-16 16:00 used 11h left 41h30m"},
    {"low has none", as_is, F, "06-09 07:00; low", "06-09 10:00", "none"},
    {"lowered to low", as_is, F, "06-09 07:00; 06-10 08:00 a =low", "06-10 10:00",
     "cancelled stopped 06-10 08:00 used 10h left 86h"},
    {"and back", as_is, F, "06-09 07:00; 06-10 08:00 a =low; 06-11 08:00 a =normal", "06-11 09:00",
     "running due 06-23 16:00 used 20h left 76h"},
    {"promised only after it was solved", as_is, F, "06-09 07:00; low; 08:00 a >Resolved; 09:00 a =high", "06-09 10:00",
     "none"},
    {"solved", as_is, F, "06-09 07:00; urgent; 06-10 16:00 a + >Resolved", "06-11 10:00",
     "met due 06-11 16:00 stopped 06-10 16:00 used 18h left 9h"},
    {"reopened inside the window", as_is, F, "06-09 07:00; urgent; 06-10 16:00 a + >Resolved; 06-12 07:00 e >New",
     "06-12 08:00", "running due 06-15 08:30 used 19h left 8h"},
    {"reopened into a pause", as_is, F, "06-09 07:00; 08:00 a >Resolved; 09:00 a >Feedback", "06-09 10:00",
     "paused used 1h left 95h"},
    {"solved late and reopened", as_is, F, "06-09 07:00; urgent; 06-12 08:00 a >Resolved; 09:00 e >New", "06-12 11:00",
     "breached due 06-11 16:00 used 29h30m left -2h30m"},
    {"reopened at the end of the window", window_1h, F, "06-09 07:00; 08:00 a >Resolved; 08:30 e >Closed; 09:00 e >New",
     "06-09 10:00", "running due 06-24 08:00 used 2h left 94h"},
    {"and a second later: a new cycle", window_1h, F,
     "06-09 07:00; 08:00 a >Resolved; 08:30 e >Closed; 09:00:01 e >New", "06-09 10:00:01",
     "running due 06-23 16:00 used 1h left 92h59m59s"},
    {"each reopening has a window of its own", window_1h, F,
     "06-09 07:00; 08:00 a >Resolved; 09:00 e >New; 10:00 a >Resolved; 11:00 e >New", "06-09 12:00",
     "running due 06-24 09:00 used 3h left 93h"},
    {"resolved and closed among themselves", as_is, F,
     "06-09 07:00; 08:00 a >Resolved; 09:00 e >Closed; 10:00 a >Resolved", "06-09 12:00",
     "met due 06-23 16:00 stopped 06-09 08:00 used 1h left 95h"},
    {"solved again", as_is, F, "06-09 07:00; 08:00 a >Resolved; 09:00 e >New; 10:00 a >Resolved", "06-09 12:00",
     "met due 06-24 08:00 stopped 06-09 10:00 used 2h left 94h"},
    {"withdrawn", as_is, F, "06-09 07:00; 08:00 e >Rejected", "06-09 12:00",
     "cancelled stopped 06-09 08:00 used 1h left 95h"},
    {"withdrawn in a pause", as_is, F, "06-09 07:00; 08:00 a >Feedback; 10:00 e >Rejected", "06-09 12:00",
     "cancelled stopped 06-09 10:00 used 1h left 95h"},
    {"withdrawn and taken up again", as_is, F, "06-09 07:00; 08:00 e >Rejected; 09:00 e >New", "06-09 10:00",
     "running due 06-24 08:00 used 2h left 94h"},
    {"withdrawn when late", as_is, F, "06-09 07:00; urgent; 06-12 08:00 e >Rejected", "06-12 12:00",
     "breached due 06-11 16:00 stopped 06-12 08:00 used 28h left -1h"},
    {"a duplicate found after the solution", as_is, F, "06-09 07:00; 08:00 a >Resolved; 09:00 a >Rejected",
     "06-09 12:00", "met due 06-23 16:00 stopped 06-09 08:00 used 1h left 95h"},
    {"withdrawn, then closed", as_is, F, "06-09 07:00; 08:00 a >Rejected; 09:00 a >Closed", "06-09 12:00",
     "cancelled stopped 06-09 08:00 used 1h left 95h"},
    {"history after now is not known yet", as_is, F, "06-09 07:00; 08:00 a >Resolved", "06-09 07:59:59",
     "running due 06-23 16:00 used 59m59s left 95h1s"},
};

const std::vector<Row> k_orders = {
    {"waits for the order", as_is, F, "06-09 07:00; Training", "06-12 10:00", "not_started"},
    {"ordered", as_is, F, "06-09 07:00; Training; 06-10 08:00 j ok", "06-10 09:00",
     "running due 06-24 16:00 used 1h left 94h"},
    {"ordered by staff on behalf", as_is, F, "06-09 07:00; Training; 06-10 08:00 a ok", "06-10 09:00",
     "running due 06-24 16:00 used 1h left 94h"},
    {"ordered by one who may not", as_is, F, "06-09 07:00; Training; 06-10 08:00 e ok", "06-10 09:00", "not_started"},
    {"ordered by another's partner", as_is, F, "06-09 07:00; Training; 06-10 08:00 o ok", "06-10 09:00", "not_started"},
    {"ordered by a robot", as_is, F, "06-09 07:00; Training; 06-10 08:00 c ok", "06-10 09:00", "not_started"},
    {"ordered in the night", as_is, F, "06-09 07:00; Training; 20:00 j ok", "06-10 08:00",
     "running due 06-24 16:00 used 1h left 95h"},
    {"the first order counts", as_is, F, "06-09 07:00; Training; 06-10 08:00 j ok; 06-11 08:00 a ok", "06-11 09:00",
     "running due 06-24 16:00 used 10h left 85h"},
    {"offered and ordered", as_is, F, "06-09 07:00; Training; 08:00 a >Offered; 06-10 08:00 j ok", "06-10 09:00",
     "running due 06-24 16:00 used 1h left 94h"},
    {"declined", as_is, F, "06-09 07:00; Training; 08:00 a >Offered; 09:00 j >Rejected", "06-09 10:00",
     "cancelled stopped 06-09 09:00"},
    {"the priority of the order's time", as_is, F, "06-09 07:00; Training; 08:00 a =high; 06-10 07:00 j ok",
     "06-10 08:00", "running due 06-17 16:00 used 1h left 51h30m"},
    {"the fix date waits, too", as_is, S, "06-09 07:00; Training; 06-10 08:00 j ok", "06-10 09:00",
     "running due 06-12 15:00 used 1h left 23h30m"},
    {"a date stated before the order", as_is, S, "06-09 07:00; Training; 08:00 a fix=2026-06-16; 06-10 08:00 j ok",
     "06-10 09:00", "met due 06-12 15:00 stopped 06-10 08:00 used 0m left 24h30m"},
    {"is kept from the order on", as_is, K, "06-09 07:00; Training; 08:00 a fix=2026-06-16; 06-10 08:00 j ok",
     "06-10 09:00", "running due 06-16 16:00 used 1h left 41h30m"},
    {"and not before", as_is, K, "06-09 07:00; Training; 08:00 a fix=2026-06-16", "06-10 09:00", "none"},
    {"updates wait", as_is, U, "06-09 07:00; Training; urgent; 08:00 a +", "06-09 09:00", "not_started"},
    {"updates from the order on", as_is, U, "06-09 07:00; Training; urgent; 08:00 a +; 10:00 j ok", "06-09 11:00",
     "running due 06-09 14:00 used 1h left 3h"},
    {"an update too late after the order", as_is, U, "06-09 07:00; Training; urgent; 08:00 a +; 10:00 j ok; 15:00 a +",
     "06-09 15:30", "breached due 06-10 10:00 used 30m left 3h30m"},
    {"the workaround waits", as_is, W, "06-09 07:00; Training; urgent; 10:00 j ok", "06-09 11:00",
     "running due 06-10 16:00 used 1h left 14h"},
    {"the confirmation waits", as_is, C, "06-09 07:00; Training; 09:00 a >Resolved", "06-09 11:00", "not_started"},
    {"a solution before the order stops nothing that began with it", as_is, W,
     "06-09 07:00; Training; urgent; 08:00 a >Resolved; 09:00 e >New; 10:00 j ok", "06-09 11:00",
     "running due 06-10 16:00 used 1h left 14h"},
};

const std::vector<Row> k_updates = {
    {"before the answer", as_is, U, "06-09 07:00; urgent", "06-09 08:00", "not_started"},
    {"from the answer on", as_is, U, "06-09 07:00; urgent; 08:00 a +", "06-09 09:00",
     "running due 06-09 12:00 used 1h left 3h"},
    {"anew with each word", as_is, U, "06-09 07:00; urgent; 08:00 a +; 10:00 b +", "06-09 11:00",
     "running due 06-09 14:00 used 1h left 3h"},
    {"an internal word is none", as_is, U, "06-09 07:00; urgent; 08:00 a +; 10:00 a -", "06-09 11:00",
     "at_risk due 06-09 12:00 used 3h left 1h"},
    {"nor the customer's", as_is, U, "06-09 07:00; urgent; 08:00 a +; 10:00 e +", "06-09 11:00",
     "at_risk due 06-09 12:00 used 3h left 1h"},
    {"nor a robot's", as_is, U, "06-09 07:00; urgent; 08:00 a +; 10:00 c +", "06-09 11:00",
     "at_risk due 06-09 12:00 used 3h left 1h"},
    {"that of the staff who reported it counts", as_is, U, "06-09 07:00; urgent; staff; 08:00 b +; 10:00 a +",
     "06-09 11:00", "running due 06-09 14:00 used 1h left 3h"},
    {"but not before a colleague answered", as_is, U, "06-09 07:00; urgent; staff; 08:00 a +", "06-09 11:00",
     "not_started"},
    {"asked", as_is, U, "06-09 07:00; urgent; 08:00 a +; 09:00 a >Feedback", "06-09 11:00", "paused used 1h left 3h"},
    {"and answered", as_is, U, "06-09 07:00; urgent; 08:00 a +; 09:00 a >Feedback; 11:00 e >New", "06-09 12:00",
     "running due 06-09 14:00 used 2h left 2h"},
    {"a word in the pause", as_is, U, "06-09 07:00; urgent; 08:00 a +; 09:00 a >Feedback; 10:00 a +", "06-09 11:00",
     "paused used 0m left 4h"},
    {"waiting for an order does not pause", as_is, U, "06-09 07:00; urgent; 08:00 a +; 09:00 a >Offered", "06-09 11:00",
     "at_risk due 06-09 12:00 used 3h left 1h"},
    {"nor for a third party", third, U, "06-09 07:00; urgent; 08:00 a +; 09:00 a >Vendor", "06-09 11:00",
     "at_risk due 06-09 12:00 used 3h left 1h"},
    {"at the last moment", as_is, U, "06-09 07:00; urgent; 08:00 a +; 12:00 a +", "06-09 13:00",
     "running due 06-09 16:00 used 1h left 3h"},
    {"a second late", as_is, U, "06-09 07:00; urgent; 08:00 a +; 12:00:01 a +", "06-09 13:00",
     "breached due 06-10 07:00:01 used 59m59s left 3h1s"},
    {"over night", as_is, U, "06-09 07:00; urgent; 14:00 a +", "06-09 15:00",
     "running due 06-10 09:00 used 1h left 3h"},
    {"solved in time", as_is, U, "06-09 07:00; urgent; 08:00 a +; 10:00 a >Resolved", "06-09 15:00",
     "met due 06-09 12:00 stopped 06-09 10:00 used 2h left 2h"},
    {"solved when late", as_is, U, "06-09 07:00; urgent; 08:00 a +; 13:00 a >Resolved", "06-09 15:00",
     "breached due 06-09 12:00 stopped 06-09 13:00 used 5h left -1h"},
    {"solved with a word", as_is, U, "06-09 07:00; urgent; 08:00 a +; 10:00 a + >Resolved", "06-09 15:00",
     "met due 06-09 14:00 stopped 06-09 10:00 used 0m left 4h"},
    {"solved as the answer", as_is, U, "06-09 07:00; urgent; 08:00 a >Resolved", "06-09 15:00", "not_started"},
    {"closed by the customer unanswered", as_is, U, "06-09 07:00; urgent; 08:00 e >Closed", "06-09 15:00",
     "not_started"},
    {"closed by the customer, unanswered and late", as_is, U, "06-09 07:00; urgent; 10:00 e >Closed", "06-09 15:00",
     "not_started"},
    {"reopened", as_is, U, "06-09 07:00; urgent; 08:00 a +; 09:00 a >Resolved; 11:00 e >New", "06-09 12:00",
     "running due 06-09 14:00 used 2h left 2h"},
    {"spoken while it was solved", as_is, U,
     "06-09 07:00; urgent; 08:00 a +; 09:00 a >Resolved; 10:00 a +; 11:00 e >New", "06-09 12:00",
     "running due 06-09 15:00 used 1h left 3h"},
    {"lowered to where none is promised", as_is, U, "06-09 07:00; urgent; 08:00 a +; 09:00 a =normal", "06-09 10:00",
     "cancelled stopped 06-09 09:00 used 1h left 3h"},
    {"lowered, and spoken", as_is, U, "06-09 07:00; urgent; 08:00 a +; 09:00 a =normal; 10:00 a +", "06-09 11:00",
     "cancelled stopped 06-09 09:00 used 1h left 3h"},
    {"late, then lowered, then spoken", as_is, U, "06-09 07:00; urgent; 08:00 a +; 13:00 e =normal; 14:00 a +",
     "06-09 15:00", "breached due 06-09 12:00 stopped 06-09 14:00 used 6h left -2h"},
    {"answered and lowered in one entry", as_is, U, "06-09 07:00; urgent; 08:00 a + =normal", "06-09 10:00", "none"},
    {"raised after the answer", as_is, U, "06-09 07:00; 08:00 a +; 09:00 e =urgent", "06-09 10:00",
     "running due 06-09 12:00 used 2h left 2h"},
    {"raised long after the answer", as_is, U, "06-09 07:00; 08:00 a +; 14:00 e =urgent", "06-09 14:30",
     "at_risk due 06-09 15:00 used 6h30m left 30m"},
    {"withdrawn", as_is, U, "06-09 07:00; urgent; 08:00 a +; 09:00 e >Rejected", "06-09 10:00",
     "cancelled stopped 06-09 09:00 used 1h left 3h"},
    {"withdrawn before the answer", as_is, U, "06-09 07:00; urgent; 09:00 e >Rejected", "06-09 10:00",
     "cancelled stopped 06-09 09:00"},
};

const std::vector<Row> k_dates = {
    {"to be stated", as_is, S, "06-09 07:00", "06-09 10:00", "running due 06-11 16:00 used 3h left 24h"},
    {"stated", as_is, S, "06-09 07:00; 08:00 a fix=2026-06-16", "06-09 10:00",
     "met due 06-11 16:00 stopped 06-09 08:00 used 1h left 26h"},
    {"stated by a robot of ours", as_is, S, "06-09 07:00; 08:00 c fix=2026-06-16", "06-09 10:00",
     "met due 06-11 16:00 stopped 06-09 08:00 used 1h left 26h"},
    {"wished by the customer", as_is, S, "06-09 07:00; 08:00 e fix=2026-06-16", "06-09 10:00",
     "running due 06-11 16:00 used 3h left 24h"},
    {"stated and emptied", as_is, S, "06-09 07:00; 08:00 a fix=2026-06-16; 09:00 a fix=", "06-09 10:00",
     "met due 06-11 16:00 stopped 06-09 08:00 used 1h left 26h"},
    {"stated late", as_is, S, "06-09 07:00; 06-12 08:00 a fix=2026-06-16", "06-12 10:00",
     "breached due 06-11 16:00 stopped 06-12 08:00 used 28h left -1h"},
    {"asking pauses it", as_is, S, "06-09 07:00; 08:00 a >Feedback; 10:00 e >New", "06-09 11:00",
     "running due 06-12 09:00 used 2h left 25h"},
    {"offering, too", as_is, S, "06-09 07:00; 08:00 a >Offered", "06-09 11:00", "paused used 1h left 26h"},
    {"a third party never", third, S, "06-09 07:00; 08:00 a >Vendor", "06-09 10:00",
     "running due 06-11 16:00 used 3h left 24h"},
    {"a later pause moves nothing", as_is, S, "06-09 07:00; 08:00 a fix=2026-06-16; 09:00 a >Feedback", "06-09 10:00",
     "met due 06-11 16:00 stopped 06-09 08:00 used 1h left 26h"},
    {"a later priority moves nothing", as_is, S, "06-09 07:00; 08:00 a fix=2026-06-16; 09:00 a =high", "06-09 10:00",
     "met due 06-11 16:00 stopped 06-09 08:00 used 1h left 26h"},
    {"solved instead", as_is, S, "06-09 07:00; 08:00 a >Resolved", "06-09 10:00",
     "met due 06-11 16:00 stopped 06-09 08:00 used 1h left 26h"},
    {"solved instead, too late", as_is, S, "06-09 07:00; 06-12 08:00 a >Resolved", "06-12 10:00",
     "breached due 06-11 16:00 stopped 06-12 08:00 used 28h left -1h"},
    {"a solution stops it for good", as_is, S, "06-09 07:00; 08:00 a >Resolved; 09:00 e >New", "06-09 10:00",
     "met due 06-11 16:00 stopped 06-09 08:00 used 1h left 26h"},
    {"a withdrawal does not", as_is, S, "06-09 07:00; 08:00 e >Rejected; 09:00 e >New", "06-09 10:00",
     "running due 06-12 08:00 used 2h left 25h"},
    {"owed again in a new cycle", window_1h, S, "06-09 07:00; 08:00 a fix=2026-06-16; 09:00 a >Resolved; 12:00 e >New",
     "06-09 13:00", "running due 06-11 16:00 used 1h left 21h"},
    {"not promised under high", as_is, S, "06-09 07:00; high", "06-09 10:00", "none"},
    {"a Friday", as_is, K, "06-09 07:00; 08:00 a fix=2026-06-12", "06-09 09:00",
     "running due 06-12 15:00 used 1h left 32h30m"},
    {"a Saturday means Friday", as_is, K, "06-09 07:00; 08:00 a fix=2026-06-13", "06-09 09:00",
     "running due 06-12 15:00 used 1h left 32h30m"},
    {"a holiday means the day before", as_is, K, "05-06 07:00; 08:00 a fix=2026-05-08", "05-06 09:00",
     "running due 05-07 16:00 used 1h left 16h"},
    {"in the contract's calendar", moscow, K, "06-09 06:00; 07:00 a fix=2026-06-10", "06-09 08:00",
     "running due 06-10 15:00 used 1h left 14h"},
    {"no date, no clock", as_is, K, "06-09 07:00", "06-09 09:00", "none"},
    {"the customer's wish is none", as_is, K, "06-09 07:00; 08:00 e fix=2026-06-12", "06-09 09:00", "none"},
    {"words are no date", as_is, K, "06-09 07:00; 08:00 a fix=soon", "06-09 09:00", "none"},
    {"under every priority", as_is, K, "06-09 07:00; low; 08:00 a fix=2026-06-12", "06-09 09:00",
     "running due 06-12 15:00 used 1h left 32h30m"},
    {"moved", as_is, K, "06-09 07:00; 08:00 a fix=2026-06-12; 06-10 08:00 a fix=2026-06-16", "06-10 09:00",
     "running due 06-16 16:00 used 1h left 41h30m"},
    {"moved to an earlier day", as_is, K, "06-09 07:00; 08:00 a fix=2026-06-16; 06-10 08:00 a fix=2026-06-11",
     "06-10 09:00", "running due 06-11 16:00 used 1h left 16h"},
    {"missed, then moved", as_is, K, "06-09 07:00; 08:00 a fix=2026-06-09; 06-10 08:00 a fix=2026-06-12", "06-10 09:00",
     "breached due 06-12 15:00 used 1h left 23h30m"},
    {"moved at closing of the day", as_is, K, "06-09 07:00; 08:00 a fix=2026-06-09; 16:00 a fix=2026-06-12",
     "06-10 08:00", "running due 06-12 15:00 used 1h left 24h30m"},
    {"emptied", as_is, K, "06-09 07:00; 08:00 a fix=2026-06-12; 09:00 a fix=", "06-09 10:00",
     "running due 06-12 15:00 used 2h left 31h30m"},
    {"emptied and stated again", as_is, K, "06-09 07:00; 08:00 a fix=2026-06-12; 09:00 a fix=; 10:00 a fix=2026-06-12",
     "06-09 11:00", "running due 06-12 15:00 used 3h left 30h30m"},
    {"a day that is over", as_is, K, "06-09 07:00; 08:00 a fix=2026-06-08", "06-09 09:00",
     "breached due 06-08 16:00 used 1h left -1h"},
    {"today, after closing", as_is, K, "06-09 07:00; 17:00 a fix=2026-06-09", "06-10 08:00",
     "breached due 06-09 16:00 used 1h left -1h"},
    {"asking moves it", as_is, K, "06-09 07:00; 08:00 a fix=2026-06-12; 09:00 a >Feedback; 11:00 e >New", "06-09 12:00",
     "running due 06-15 09:00 used 2h left 31h30m"},
    {"offering does not", as_is, K, "06-09 07:00; 08:00 a fix=2026-06-12; 09:00 a >Offered", "06-09 12:00",
     "running due 06-12 15:00 used 4h left 29h30m"},
    {"kept at the last moment", as_is, K, "06-09 07:00; 08:00 a fix=2026-06-12; 06-12 15:00 a >Resolved", "06-12 16:00",
     "met due 06-12 15:00 stopped 06-12 15:00 used 33h30m left 0m"},
    {"a second late", as_is, K, "06-09 07:00; 08:00 a fix=2026-06-12; 06-12 15:00:01 a >Resolved", "06-12 16:00",
     "breached due 06-12 15:00 stopped 06-12 15:00:01 used 33h30m left 0m"},
    {"reopened after the day", as_is, K, "06-09 07:00; 08:00 a fix=2026-06-10; 09:00 a >Resolved; 06-15 07:00 e >New",
     "06-15 08:00", "running due 06-16 14:00 used 2h left 15h"},
    {"a new cycle inherits no date", window_1h, K,
     "06-09 07:00; 08:00 a fix=2026-06-12; 09:00 a >Resolved; 12:00 e >New", "06-09 13:00", "none"},
    {"withdrawn", as_is, K, "06-09 07:00; 08:00 a fix=2026-06-12; 09:00 e >Rejected", "06-09 13:00",
     "cancelled stopped 06-09 09:00 used 1h left 32h30m"},
    {"stays on the plan's calendar", procedure, K, "06-09 07:00; urgent; ru; 08:00 a fix=2026-06-12", "06-09 09:00",
     "running due 06-12 15:00 used 1h left 32h30m"},
};

const std::vector<Row> k_workarounds = {
    {"to be found", as_is, W, "06-09 07:00; urgent", "06-09 10:00", "running due 06-10 16:00 used 3h left 15h"},
    {"found", as_is, W, "06-09 07:00; urgent; 09:00 a works", "06-09 10:00",
     "met due 06-10 16:00 stopped 06-09 09:00 used 2h left 16h"},
    {"the customer's label is none", as_is, W, "06-09 07:00; urgent; 09:00 e works", "06-09 10:00",
     "running due 06-10 16:00 used 3h left 15h"},
    {"a robot's is one", as_is, W, "06-09 07:00; urgent; 09:00 c works", "06-09 10:00",
     "met due 06-10 16:00 stopped 06-09 09:00 used 2h left 16h"},
    {"removed later", as_is, W, "06-09 07:00; urgent; 09:00 a works; 09:30 a fails", "06-09 10:00",
     "met due 06-10 16:00 stopped 06-09 09:00 used 2h left 16h"},
    {"found late", as_is, W, "06-09 07:00; urgent; 06-11 08:00 a works", "06-11 10:00",
     "breached due 06-10 16:00 stopped 06-11 08:00 used 19h left -1h"},
    {"waiting for the customer", as_is, W, "06-09 07:00; urgent; 09:00 a >Feedback", "06-09 10:00",
     "paused used 2h left 16h"},
    {"waiting for a third party", third, W, "06-09 07:00; urgent; 09:00 a >Vendor", "06-09 10:00",
     "paused used 2h left 16h"},
    {"solved instead", as_is, W, "06-09 07:00; urgent; 09:00 a >Resolved", "06-09 10:00",
     "met due 06-10 16:00 stopped 06-09 09:00 used 2h left 16h"},
    {"found before it was promised", as_is, W, "06-09 07:00; 08:00 a works; 09:00 a =urgent", "06-09 10:00", "none"},
    {"promised late", as_is, W, "06-09 07:00; 06-11 08:00 a =urgent", "06-11 08:00",
     "at_risk due 06-11 12:30 used 19h left 4h30m"},
    {"no longer promised", as_is, W, "06-09 07:00; urgent; 08:00 a =high", "06-09 10:00",
     "cancelled stopped 06-09 08:00 used 1h left 17h"},
    {"withdrawn and taken up again", as_is, W, "06-09 07:00; urgent; 08:00 e >Rejected; 09:00 e >New", "06-09 10:00",
     "running due 06-11 08:00 used 2h left 16h"},
};

const std::vector<Row> k_confirmations = {
    {"nothing to confirm yet", as_is, C, "06-09 07:00", "06-09 10:00", "not_started"},
    {"asked for", as_is, C, "06-09 07:00; 09:00 a >Resolved", "06-09 10:00",
     "running due 06-23 16:00 used 1h left 93h"},
    {"by the customer", as_is, C, "06-09 07:00; 09:00 a >Resolved; 06-10 08:00 j >Closed", "06-10 10:00",
     "met due 06-23 16:00 stopped 06-10 08:00 used 8h left 86h"},
    {"not by another's partner", as_is, C, "06-09 07:00; 09:00 a >Resolved; 06-10 08:00 o >Closed", "06-10 10:00",
     "cancelled stopped 06-10 08:00 used 8h left 86h"},
    {"not by staff", as_is, C, "06-09 07:00; 09:00 a >Resolved; 06-10 08:00 a >Closed", "06-10 10:00",
     "cancelled stopped 06-10 08:00 used 8h left 86h"},
    {"not by a robot", as_is, C, "06-09 07:00; 09:00 a >Resolved; 06-10 08:00 c >Closed", "06-10 10:00",
     "cancelled stopped 06-10 08:00 used 8h left 86h"},
    {"the first closing counts", as_is, C, "06-09 07:00; 09:00 a >Resolved; 06-10 08:00 a >Closed; 09:00 e >Closed",
     "06-10 10:00", "cancelled stopped 06-10 08:00 used 8h left 86h"},
    {"never at risk", confirm_8h, C, "06-09 07:00; 08:00 a >Resolved", "06-09 15:59",
     "running due 06-09 16:00 used 7h59m left 1m"},
    {"at its due", confirm_8h, C, "06-09 07:00; 08:00 a >Resolved", "06-09 16:00",
     "running due 06-09 16:00 used 8h left 0m"},
    {"nobody reacted", confirm_8h, C, "06-09 07:00; 08:00 a >Resolved", "06-10 10:00",
     "cancelled due 06-09 16:00 stopped 06-09 16:00 used 8h left 0m"},
    {"confirmed at its due", confirm_8h, C, "06-09 07:00; 08:00 a >Resolved; 16:00 e >Closed", "06-10 10:00",
     "met due 06-09 16:00 stopped 06-09 16:00 used 8h left 0m"},
    {"confirmed late is confirmed", confirm_8h, C, "06-09 07:00; 08:00 a >Resolved; 06-10 08:00 e >Closed",
     "06-10 10:00", "met due 06-09 16:00 stopped 06-10 08:00 used 9h left -1h"},
    {"closed by staff late", confirm_8h, C, "06-09 07:00; 08:00 a >Resolved; 06-10 08:00 a >Closed", "06-10 10:00",
     "cancelled due 06-09 16:00 stopped 06-09 16:00 used 8h left 0m"},
    {"reopened", as_is, C, "06-09 07:00; 09:00 a >Resolved; 10:00 e >New", "06-09 11:00", "not_started"},
    {"solved again", as_is, C, "06-09 07:00; 09:00 a >Resolved; 10:00 e >New; 11:00 a >Resolved", "06-09 12:00",
     "running due 06-23 16:00 used 1h left 91h"},
    {"closed at once by the customer", as_is, C, "06-09 07:00; 08:00 e >Closed", "06-09 11:00",
     "met due 06-23 16:00 stopped 06-09 08:00 used 0m left 95h"},
    {"closed at once by staff", as_is, C, "06-09 07:00; 08:00 a >Closed", "06-09 11:00",
     "cancelled stopped 06-09 08:00 used 0m left 95h"},
    {"withdrawn", as_is, C, "06-09 07:00; 08:00 a >Resolved; 09:00 e >Rejected", "06-09 11:00",
     "cancelled stopped 06-09 09:00 used 1h left 94h"},
    {"withdrawn unsolved", as_is, C, "06-09 07:00; 09:00 e >Rejected", "06-09 11:00", "cancelled stopped 06-09 09:00"},
    {"under every priority", as_is, C, "06-09 07:00; low; 09:00 a >Resolved", "06-09 10:00",
     "running due 06-23 16:00 used 1h left 93h"},
};

const std::vector<Row> k_urgent = {
    {"taken by the duty on Saturday", procedure, R, "06-13 10:00; urgent; en", "06-13 11:00",
     "running due 06-13 12:00 used 1h left 1h"},
    {"the duty sleeps", procedure, R, "06-13 22:00; urgent; en", "06-13 23:00",
     "running due 06-14 06:00 used 0m left 2h"},
    {"another language, another calendar", procedure, R, "06-13 22:00; urgent; ru", "06-13 23:00",
     "running due 06-14 00:00 used 1h left 1h"},
    {"not urgent: no procedure", procedure, R, "06-13 10:00; high; en", "06-13 11:00",
     "running due 06-15 11:00 used 0m left 4h"},
    {"business days of the urgent calendar", procedure, W, "06-13 10:00; urgent; ru", "06-13 11:00",
     "running due 06-15 00:00 used 1h left 37h"},
    {"raised on Saturday", procedure, F, "06-12 14:00; ru; 06-13 10:00 e =urgent", "06-13 11:00",
     "running due 06-15 19:00 used 2h left 56h"},
    {"lowered on Friday evening", procedure, F, "06-12 14:00; ru; urgent; 16:00 a =normal", "06-15 08:00",
     "running due 06-26 14:00 used 3h left 85h"},
    {"targets of its own", own_targets, R, "06-13 10:00; urgent; en", "06-13 10:10",
     "running due 06-13 10:30 used 10m left 20m"},
    {"and nothing else", own_targets, F, "06-13 10:00; urgent; en", "06-13 10:10", "none"},
    {"a floor does not call for it", floor_urgent, R, "06-13 10:00; en", "06-13 11:00",
     "running due 06-15 09:00 used 0m left 2h"},
    {"the confirmation stays on the plan's calendar", procedure, C, "06-09 07:00; urgent; ru; 09:00 a >Resolved",
     "06-09 10:00", "running due 06-23 16:00 used 1h left 93h"},
    {"the duty over the beginning of summer time", procedure, R, "03-28 20:30; urgent; en", "03-28 20:45",
     "running due 03-29 05:30 used 15m left 1h45m"},
    {"the duty over the end of summer time", procedure, R, "10-24 19:30; urgent; en", "10-24 19:45",
     "running due 10-25 06:30 used 15m left 1h45m"},
};

void check(const std::vector<Row>& rows) {
  Site site;
  const auto customers = site.book.customers;
  for (const auto& row : rows) {
    CAPTURE(row.name);
    CAPTURE(row.story);
    site.book.customers = customers;
    row.vary(site);
    const auto issue = issue_of(row.story);
    const auto now = instant_of(row.now);
    CHECK(brief(text_of(site.decided(issue, now), row.clock)) == row.expected);
    CHECK(brief(text_of(site.walked(issue, now), row.clock)) == row.expected);
  }
}

}  // namespace

TEST_CASE("first responses by hand, by the walker and by evaluate") {
  check(k_responses);
}
TEST_CASE("resolutions by hand, by the walker and by evaluate") {
  check(k_solutions);
}
TEST_CASE("clocks that wait for an order by hand, by the walker and by evaluate") {
  check(k_orders);
}
TEST_CASE("updates by hand, by the walker and by evaluate") {
  check(k_updates);
}
TEST_CASE("fix dates by hand, by the walker and by evaluate") {
  check(k_dates);
}
TEST_CASE("workarounds by hand, by the walker and by evaluate") {
  check(k_workarounds);
}
TEST_CASE("confirmations by hand, by the walker and by evaluate") {
  check(k_confirmations);
}
TEST_CASE("clocks of the urgent procedure by hand, by the walker and by evaluate") {
  check(k_urgent);
}
