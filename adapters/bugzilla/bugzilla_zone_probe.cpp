#include "adapters/bugzilla/bugzilla_zone_probe.hpp"

#include <algorithm>

#include "adapters/bugzilla/bugzilla_parse.hpp"
#include "adapters/bugzilla/bugzilla_zone.hpp"
#include "adapters/bugzilla/bugzilla_zone_marks.hpp"

namespace cb {

namespace {

using std::chrono::days;
using std::chrono::minutes;

constexpr Seconds k_step = minutes{15};  // no zone of today has an offset in between
constexpr int k_lowest = -12 * 4;
constexpr int k_highest = 14 * 4;

std::string to_write(const std::string& zone) {
  return "write `server_timezone: " + zone + "` into bridge.yaml";
}

// What a search showed.
struct Sight {
  std::vector<BugzillaRef> bugs;
  std::string zone;              // that the server named when it broke off
  std::optional<Error> unclear;  // it broke off and did not say why
};

class Probe {
 public:
  Probe(BugzillaSession& session, const std::optional<Zone>& configured, Instant now)
      : session_(session), configured_(configured), now_(now) {}
  Result<BugzillaZoneProof> run();

 private:
  Result<Sight> look(const std::string& query);
  Result<Sight> look_from(const std::string& query, const std::string& wall);
  Result<std::vector<BugzillaRef>> some(const std::string& query);
  std::optional<Error> by_gap();
  std::optional<Error> by_known_gaps();
  std::optional<Error> by_bugs();
  void named(const std::string& zone, const std::string& wall);
  Result<std::optional<bool>> is_after(const BugzillaRef& bug, Seconds offset);
  Result<std::optional<Seconds>> offset_at(const BugzillaRef& bug);
  Result<std::optional<BugzillaRef>> of_other_season(const BugzillaRef& recent);
  std::optional<Error> look_at(const BugzillaRef& bug);
  void no_zone_was_named();

  BugzillaSession& session_;
  const std::optional<Zone>& configured_;
  Instant now_;
  BugzillaZoneProof proof_;
  std::vector<Seconds> offsets_;
  bool skips_nothing_ = false;  // none of the known gaps is one of the server's
};

Result<Sight> Probe::look(const std::string& query) {
  auto document =
      session_.ask("GET", "/bug?include_fields=id,last_change_time&" + query, "", "finding out the server's time zone");
  Sight sight;
  if (document) {
    TRY(refs, bugzilla_refs(*document));
    sight.bugs = std::move(refs);
    return sight;
  }
  auto& refusal = document.error();
  const auto zone = bugzilla_zone_in(refusal.error.what + "\n" + refusal.page);
  if (zone)
    sight.zone = *zone;
  else if (!refusal.page.empty())
    sight.unclear = std::move(refusal.error);
  else
    return Failure(std::move(refusal.error));
  return sight;
}

Result<Sight> Probe::look_from(const std::string& query, const std::string& wall) {
  return look(query + "&last_change_time=" + url_encoded(wall));
}

Result<std::vector<BugzillaRef>> Probe::some(const std::string& query) {
  TRY(sight, look(query));
  if (sight.unclear) return Failure(*std::move(sight.unclear));
  return std::move(sight.bugs);
}

void Probe::named(const std::string& zone, const std::string& wall) {
  proof_.time_zone = zone;
  const auto how = ": it cannot read " + wall + ", a time that its clocks skip, and names the zone";
  if (!configured_) {
    proof_.notes.push_back("the server's time zone is " + zone + how + "; " + to_write(zone));
    return;
  }
  const auto found = Zone::find(zone);
  if (zone == configured_->name())
    proof_.notes.push_back("server_timezone " + zone + " is proved" + how);
  else if (found && is_same_clock(*found, *configured_, now_))
    proof_.notes.push_back("server_timezone " + configured_->name() + " is proved, the server calls it " + zone + how);
  else
    proof_.problems.push_back("server_timezone is " + configured_->name() + ", but the server is in " + zone + how +
                              "; " + to_write(zone));
}

std::optional<Error> Probe::by_known_gaps() {
  for (const auto& gap : known_gaps(now_)) {
    auto sight = look_from("limit=1", gap);
    if (!sight) return sight.error();
    if (sight->zone.empty()) continue;
    named(sight->zone, gap);
    return {};
  }
  skips_nothing_ = true;
  return {};
}

std::optional<Error> Probe::by_gap() {
  const auto gap = configured_ ? next_gap(*configured_, now_) : std::nullopt;
  if (!gap) return by_known_gaps();
  auto sight = look_from("limit=1", *gap);
  if (!sight) return sight.error();
  if (!sight->zone.empty()) {
    named(sight->zone, *gap);
    return {};
  }
  if (sight->unclear) {
    proof_.notes.push_back("the server breaks off at " + *gap + ", a time that the clocks of " + configured_->name() +
                           " skip, but does not say that it is there: " + sight->unclear->what);
    return {};
  }
  if (auto error = by_known_gaps()) return error;
  if (proof_.time_zone.empty())
    proof_.problems.push_back("server_timezone is " + configured_->name() + ", but the server knows the time " + *gap +
                              ", which the clocks skip there: it is in another zone; write its name into bridge.yaml");
  return {};
}

// Whether the bug's last change, on the wall clock of the server, is at or after its instant moved by this offset.
// Empty: it named its zone instead.
Result<std::optional<bool>> Probe::is_after(const BugzillaRef& bug, Seconds offset) {
  const auto wall = bugzilla_wall_text(wall_at(bug.updated, offset));
  TRY(sight, look_from("id=" + std::to_string(bug.id), wall));
  if (sight.unclear) return Failure(*std::move(sight.unclear));
  if (sight.zone.empty()) return std::optional<bool>(!sight.bugs.empty());
  if (proof_.time_zone.empty()) named(sight.zone, wall);
  return std::optional<bool>();
}

// Empty: it cannot be told, since the bug changed meanwhile.
Result<std::optional<Seconds>> Probe::offset_at(const BugzillaRef& bug) {
  int low = k_lowest;        // known to be at or before
  int high = k_highest + 1;  // known to be after
  int step = configured_ ? static_cast<int>(offset_of(*configured_, bug.updated) / k_step) : 0;
  bool first = true;
  for (int next = step; high - low > 1; first = false) {
    TRY(after, is_after(bug, next * k_step));
    if (!after) return std::optional<Seconds>();
    (*after ? low : high) = next;
    // Most likely the first guess is right: one step further decides it.
    next = first && *after && low + 1 < high ? low + 1 : low + (high - low) / 2;
  }
  TRY(there, is_after(bug, low * k_step));
  TRY(beyond, is_after(bug, low * k_step + Seconds{1}));
  TRY(now, some("id=" + std::to_string(bug.id)));
  const bool moved = now.size() != 1 || now.front().updated != bug.updated;
  if (moved || !there || !beyond || !*there || *beyond) return std::optional<Seconds>();
  return std::optional<Seconds>(low * k_step);
}

// Last changed when the clocks of the zone were set otherwise, or half a year earlier.
Result<std::optional<BugzillaRef>> Probe::of_other_season(const BugzillaRef& recent) {
  auto from = recent.updated - days{213};
  auto to = recent.updated - days{152};
  if (configured_) {
    std::optional<Instant> begin;
    std::optional<Instant> end;
    for (auto at = configured_->next_change(recent.updated - days{550}); at && *at <= recent.updated;
         at = configured_->next_change(*at)) {
      begin = end;
      end = at;
    }
    if (begin) {
      from = *begin + days{1};
      to = *end - days{1};
    }
  }
  const auto wall = [](Instant instant) { return url_encoded(bugzilla_wall_text(wall_at(instant, Seconds{0}))); };
  TRY(bugs, some("limit=1&order=bug_id&f1=delta_ts&o1=greaterthaneq&v1=" + wall(from) +
                 "&f2=delta_ts&o2=lessthaneq&v2=" + wall(to)));
  // Who ignores the charts would show any bug.
  if (bugs.empty() || bugs.front().updated < from - days{1} || bugs.front().updated > to + days{1})
    return std::optional<BugzillaRef>();
  return std::optional<BugzillaRef>(bugs.front());
}

std::optional<Error> Probe::look_at(const BugzillaRef& bug) {
  auto offset = offset_at(bug);
  if (!offset) return offset.error();
  const auto when = "at " + to_iso(bug.updated) + ", the last change of bug #" + std::to_string(bug.id) + ", ";
  if (!*offset) {
    proof_.notes.push_back(when + "the server's offset could not be told: the bug was changed meanwhile");
    return {};
  }
  offsets_.push_back(**offset);
  if (!configured_) return {};
  const auto expected = offset_of(*configured_, bug.updated);
  if (**offset == expected)
    proof_.notes.push_back(when + "the server was at " + offset_text(expected) + ", as " + configured_->name());
  else
    proof_.problems.push_back(when + "the server was at " + offset_text(**offset) + ", " + configured_->name() +
                              " would be at " + offset_text(expected) + ": server_timezone is wrong");
  return {};
}

std::optional<Error> Probe::by_bugs() {
  auto recent = some("limit=1&order=changeddate%20DESC&last_change_time=1990-01-01T00:00:00Z");
  if (!recent) return recent.error();
  if (recent->empty()) {
    proof_.notes.emplace_back("the server's offset could not be proved, because the account sees no bug");
    return {};
  }
  if (auto error = look_at(recent->front())) return error;
  auto other = of_other_season(recent->front());
  if (!other) return other.error();
  if (*other) return look_at(**other);
  proof_.notes.emplace_back(
      "the server's offset of the other half of the year could not be proved, because no bug was "
      "last changed then");
  return {};
}

void Probe::no_zone_was_named() {
  if (offsets_.empty() || !skips_nothing_) return;
  const auto first = offsets_.front();
  const bool is_one = std::all_of(offsets_.begin(), offsets_.end(), [&](Seconds one) { return one == first; });
  if (is_one && first == Seconds{0}) {
    proof_.time_zone = "UTC";
    const std::string words = "the server is in UTC: its clocks skip no time, and show +00:00";
    if (configured_ && !is_same_clock(*configured_, Zone::utc(), now_))
      proof_.problems.push_back(words + "; " + to_write("UTC"));
    else
      proof_.notes.push_back(configured_ ? words : words + "; " + to_write("UTC"));
  } else if (!configured_) {
    proof_.notes.push_back(is_one
                               ? "the server is at " + offset_text(first) +
                                     ", and its clocks skip no time; write the name of its zone into bridge.yaml"
                               : "the server is at " + offset_text(first) + " and at " + offset_text(offsets_.back()) +
                                     " in turn, but does not name its zone; write its name into bridge.yaml");
  }
}

Result<BugzillaZoneProof> Probe::run() {
  if (auto error = by_gap()) return Failure(*std::move(error));
  if (auto error = by_bugs()) return Failure(*std::move(error));
  if (proof_.time_zone.empty()) no_zone_was_named();
  return std::move(proof_);
}

}  // namespace

Result<BugzillaZoneProof> bugzilla_zone_proof(BugzillaSession& session, const std::optional<Zone>& configured,
                                              Instant now) {
  return Probe(session, configured, now).run();
}

Result<std::optional<std::string>> bugzilla_server_zone(BugzillaSession& session, Instant now) {
  TRY(proof, bugzilla_zone_proof(session, std::nullopt, now));
  return proof.time_zone.empty() ? std::optional<std::string>() : std::optional(proof.time_zone);
}

}  // namespace cb
