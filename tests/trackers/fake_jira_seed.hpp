// States to begin with, and the means to add to them.
#pragma once

#include <string>
#include <vector>

#include "tests/trackers/fake_jira_state.hpp"

namespace cb::fake_jira {

// One of the four forms. Users: `bridge` (agent, no administrator: make_admin()), `staff` and `staff2` (agents),
// `admin`, `customer` and `customer2` (Carla of ACME, Otto of Duna), `other` (an account with a licence that is a
// customer all the same). Each has the e-mail NAME@example.com, the token NAME-token and the password NAME-password;
// account ids are `acc-NAME` on Cloud, keys `JIRAUSER-NAME` on Data Center. Projects SUP (a service desk where there is
// Service Management), LAB (staff and bridge only) and SEC (admin only). Statuses To Do, In Progress, Waiting for
// customer, Done; resolutions Done, Won't Do, Duplicate, Cannot Reproduce; priorities Highest to Lowest. Fields:
// Billing, Channel, Customer tier (lists), SLA, Entitlement, Customer (text), Due (date-time), Response due
// (date-time), Notes for staff (paragraph), Effort (number), Areas (several), Region (cascading), Owner (user), Since
// (date), Tags (labels); Organizations and Request Type with Service Management.
State small_state(bool cloud, bool service_management);

void make_admin(State& state, const std::string& user);  // by name

// Id of the user of that name. Throws std::invalid_argument for unknown names, as do the others.
std::string user_id(const State& state, const std::string& name);
// An issue as that person would have created it; returns its id.
std::string add_issue(State& state, const std::string& project, const std::string& reporter, const std::string& summary,
                      const std::string& description, Instant at);
Issue& issue(State& state, const std::string& id_or_key);
void add_comment(State& state, const std::string& issue, const std::string& author, const std::string& text,
                 bool is_internal, Instant at);
// With its entry in the history; resolves or reopens as the workflow would.
void set_status(State& state, const std::string& issue, const std::string& author, const std::string& status,
                Instant at);
// The key changes, the id stays.
void move_issue(State& state, const std::string& issue, const std::string& project, const std::string& author,
                Instant at);
// The history keeps the old name.
void rename_status(State& state, const std::string& from, const std::string& to);
// What privacy law does: the account stays as `unknown`, without a name.
void delete_user(State& state, const std::string& name);
Field& add_field(State& state, const std::string& name, FieldKind kind, const std::vector<std::string>& options = {});

}  // namespace cb::fake_jira
