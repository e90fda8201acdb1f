#include "adapters/bugzilla/bugzilla_tracker.hpp"

#include <algorithm>

#include "adapters/bugzilla/bugzilla_apply.hpp"
#include "adapters/bugzilla/bugzilla_directory.hpp"
#include "adapters/bugzilla/bugzilla_list.hpp"
#include "adapters/bugzilla/bugzilla_read.hpp"
#include "adapters/bugzilla/bugzilla_session.hpp"
#include "adapters/bugzilla/bugzilla_survey.hpp"
#include "rules/text.hpp"

namespace cb {

namespace {

constexpr int k_cycles_between_refreshes = 60;  // people change groups, administrators rename things
constexpr Seconds k_overlap{300};               // a change may be committed later than the second it is stamped with

class BugzillaTracker final : public Tracker {
 public:
  BugzillaTracker(BugzillaTerms terms, Http& http)
      : terms_(std::move(terms)),
        session_(terms_, http),
        directory_(session_, terms_),
        reader_(session_, directory_, terms_),
        writer_(session_, directory_, reader_, terms_) {
    capabilities_.kind = "bugzilla";
    capabilities_.labels = capabilities_.flags = capabilities_.links = true;
    capabilities_.assign = capabilities_.copy = capabilities_.server_time = true;
    capabilities_.overlap = k_overlap;
    capabilities_.fetch_batch = k_bugzilla_fetch_batch;
    capabilities_.write_batch = k_bugzilla_write_batch;
    capabilities_.stored_in_zone = terms_.server_timezone;
    capabilities_.date_time_fields = !terms_.server_timezone.empty();
  }

  [[nodiscard]] const Capabilities& capabilities() const override { return capabilities_; }
  Result<Identity> who_am_i() override;
  Result<Survey> survey() override;
  Result<Page> changed_since(std::optional<Instant> since, const std::optional<std::string>& page) override;
  Result<Fetched> fetch(const IssueKey& key) override;
  std::vector<Result<Fetched>> fetch_all(const std::vector<IssueKey>& keys) override;
  Result<Applied> apply(const IssueKey& key, const Changes& changes, const Revision& expected) override;
  std::vector<Result<Applied>> apply_all(const std::vector<WriteTarget>& targets, const Changes& changes) override;

 private:
  void forget();
  std::optional<Error> refresh();
  std::optional<Error> zone_missing();
  Error no_number(const IssueKey& key) const;

  BugzillaTerms terms_;
  BugzillaSession session_;
  BugzillaDirectory directory_;
  BugzillaReader reader_;
  BugzillaWriter writer_;
  Capabilities capabilities_;
  int cycles_ = 0;
  bool identity_checked_ = false;  // in this list
};

void BugzillaTracker::forget() {
  directory_.forget();
  session_.forget();
}

Result<Identity> BugzillaTracker::who_am_i() {
  TRY(user, directory_.identify());
  TRY(server, session_.server());
  TRY(is_insider, directory_.may_be_insider());
  TRY(now, directory_.server_time());
  TRY(account, directory_.person(user.person.login));
  capabilities_.private_comments = is_insider;
  capabilities_.date_time_fields = server.writes_iso_date_times || !terms_.server_timezone.empty();
  const bool may_write = contains_name(user.groups, "editbugs");
  capabilities_.assign = capabilities_.copy = may_write;
  return Identity{std::move(account), may_write, now};
}

// Date-times are written in the server's local time, which its API does not tell. Text fields need no zone.
std::optional<Error> BugzillaTracker::zone_missing() {
  auto server = session_.server();
  if (!server) return server.error();
  if (!terms_.server_timezone.empty()) {
    if (Zone::find(terms_.server_timezone)) return {};
    return Error{ErrorKind::denied,
                 session_.attempt("server_timezone ") + terms_.server_timezone +
                     " is no zone that is known here; write its IANA name, as Europe/Berlin",
                 {}};
  }
  if (server->writes_iso_date_times) return {};
  for (const auto& [slot, name] : terms_.write) {
    auto field = directory_.field(name);
    if (!field) return field.error();
    if (!*field || (*field)->type != BugzillaFieldType::date_time) continue;
    return Error{ErrorKind::denied,
                 session_.attempt("the field ") + name + " for " + to_text(slot) +
                     " holds date-times in the server's local time; set server_timezone in the configuration, or use "
                     "a text field, which holds the instant with its zone",
                 {}};
  }
  return {};
}

std::optional<Error> BugzillaTracker::refresh() {
  forget();
  if (auto me = who_am_i(); !me) return me.error();
  identity_checked_ = true;
  if (auto products = directory_.products(); !products) return products.error();
  return zone_missing();
}

Result<Page> BugzillaTracker::changed_since(std::optional<Instant> since, const std::optional<std::string>& page) {
  if (!page) {
    identity_checked_ = false;
    if (cycles_ % k_cycles_between_refreshes == 0)
      if (auto error = refresh()) return Failure(*std::move(error));
    ++cycles_;
  }
  const auto after = page ? bugzilla_id(*page) : std::optional<std::int64_t>(0);
  if (!after) return failure(ErrorKind::bad_reply, session_.attempt("the list cannot go on at page " + *page));
  TRY(refs, bugzilla_list_part(session_, terms_, since, *after));
  if (refs.empty() && !page && !identity_checked_) {
    // Whom the server takes for a stranger it shows nothing, with success.
    if (auto wrong = directory_.confirm()) return Failure(*std::move(wrong));
    identity_checked_ = true;
  }
  Page out;
  for (const auto& ref : refs) out.refs.push_back({{terms_.name, std::to_string(ref.id)}, ref.updated});
  if (!refs.empty()) out.next = std::to_string(refs.back().id);
  return out;
}

Error BugzillaTracker::no_number(const IssueKey& key) const {
  return {ErrorKind::not_found, session_.attempt("there is no bug " + key.id + ": Bugzilla's bugs have numbers"), {}};
}

Result<Fetched> BugzillaTracker::fetch(const IssueKey& key) {
  const auto id = bugzilla_id(key.id);
  if (!id) return Failure(no_number(key));
  TRY(bug, reader_.read(*id));
  return reader_.fetched(bug);
}

std::vector<Result<Fetched>> BugzillaTracker::fetch_all(const std::vector<IssueKey>& keys) {
  std::vector<std::int64_t> ids;
  for (const auto& key : keys)
    if (const auto id = bugzilla_id(key.id)) ids.push_back(*id);
  auto read = reader_.fetched_all(reader_.read_all(ids));
  std::vector<Result<Fetched>> out;
  std::size_t at = 0;
  for (const auto& key : keys) {
    if (bugzilla_id(key.id))
      out.push_back(std::move(read[at++]));
    else
      out.emplace_back(Failure(no_number(key)));
  }
  return out;
}

Result<Survey> BugzillaTracker::survey() {
  forget();
  TRY(identity, who_am_i());
  return bugzilla_survey(session_, directory_, terms_, identity);
}

Result<Applied> BugzillaTracker::apply(const IssueKey& key, const Changes& changes, const Revision& expected) {
  if (auto error = zone_missing()) return Failure(*std::move(error));
  return writer_.apply(key, changes, expected);
}

std::vector<Result<Applied>> BugzillaTracker::apply_all(const std::vector<WriteTarget>& targets,
                                                        const Changes& changes) {
  if (const auto error = zone_missing()) return {targets.size(), Result<Applied>(Failure(*error))};
  return writer_.apply_all(targets, changes);
}

}  // namespace

std::unique_ptr<Tracker> make_bugzilla_tracker(BugzillaTerms terms, Http& http) {
  return std::make_unique<BugzillaTracker>(std::move(terms), http);
}

}  // namespace cb
