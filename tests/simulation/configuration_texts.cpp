#include "tests/simulation/configuration_texts.hpp"

#include "tests/simulation/cast.hpp"

namespace cb::simulation {

const char* const k_redmine_yaml = R"(    kind: redmine
    api_key: ${CB_SIMULATED_KEY}
    projects: [lms, reports]
    label_field: Labels
    staff: { roles: [Support], domains: [vendor.example] }
    statuses:
      waiting_for_us: [New, In Progress]
      waiting_for_customer: [Feedback]
      waiting_for_order: [Offered]
      resolved: [Resolved]
      closed: [Closed]
      withdrawn: [Rejected]
    priorities: { urgent: [Immediate, Urgent], high: [High], normal: [Normal], low: [Low] }
    read:
      customer: { field: Customer }
      channel: { field: Channel }
      fix_date: { field: Fix promised }
      category: { field: Category confirmed }
      approval: { field: Order approved, value: "yes" }
      justification: { field: Business impact }
      override: { label: hold }
    write:
      billing: { field: Billing }
      entitlement: { field: Entitlement }
      sla_state: { field: SLA }
      next_due: { field: SLA next due }
      response_due: { field: SLA response due }
      resolution_due: { field: SLA resolution due }
      labels: { breached: sla-breached, closed_without_confirmation: unconfirmed }
      assign: consultant
      copy: escalation
)";

const char* const k_bugzilla_yaml = R"(    kind: bugzilla
    api_key: ${CB_SIMULATED_KEY}
    login: contract-bridge@vendor.example
    insider_group: staff
    projects: [LMS, Reports]
    staff: { groups: [staff], roles: [insider], domains: [vendor.example] }
    statuses:
      waiting_for_us: [UNCONFIRMED, CONFIRMED, IN_PROGRESS]
      waiting_for_customer: [FEEDBACK]
      waiting_for_order: [OFFERED]
      resolved: [RESOLVED]
      closed: [VERIFIED]
      withdrawn: [REJECTED, RESOLVED DUPLICATE]
    priorities: { urgent: [Immediate, Urgent], high: [High], normal: [Normal], low: [Low] }
    read:
      type: { field: cf_type }
      customer: { field: cf_customer }
      channel: { field: cf_channel }
      fix_date: { field: cf_fix_promised }
      category: { field: cf_category_confirmed }
      approval: { field: cf_order_approved, value: "yes" }
      justification: { field: Business impact }
      override: { label: hold }
    write:
      billing: { field: cf_billing }
      entitlement: { field: cf_entitlement }
      sla_state: { field: cf_sla }
      next_due: { field: cf_sla_next_due, format: iso }
      response_due: { field: cf_sla_response_due, format: iso }
      resolution_due: { field: cf_sla_resolution_due, format: iso }
      labels: { breached: sla-breached, closed_without_confirmation: "[unconfirmed]" }
      flags: { entitled: entitled }
      assign: consultant
      copy: escalation
)";

const char* const k_jira_yaml = R"(    kind: jira
    api_key: ${CB_SIMULATED_KEY}
    projects: [LMS, REPORTS]
    staff: { roles: [Service Desk Team] }
    statuses:
      waiting_for_us: [Waiting for support, In Progress, Escalated]
      waiting_for_customer: [Waiting for customer]
      waiting_for_order: [Waiting for approval]
      resolved: [Resolved]
      closed: [Closed]
      withdrawn: [Canceled]
    priorities: { urgent: [Blocker, Highest], high: [High], normal: [Medium], low: [Low] }
    read:
      customer: { field: Customer }
      channel: { field: Channel }
      fix_date: { field: Fix promised }
      category: { field: Category confirmed }
      approval: { field: Order approved, value: "yes" }
      justification: { field: Business impact }
      override: { label: hold }
    write:
      billing: { field: Billing }
      entitlement: { field: Entitlement }
      sla_state: { field: SLA }
      next_due: { field: SLA next due }
      response_due: { field: SLA response due }
      resolution_due: { field: SLA resolution due }
      labels: { breached: sla-breached, closed_without_confirmation: unconfirmed }
      property: contract-bridge
      transitions:
        breached: { from: Waiting for support, to: Escalated }
      assign: consultant
      copy: escalation
)";

const char* const k_small_plan_yaml = R"(    warn_at: [75%, 90%]
    confirmation: { remind_after: 1bd, remind_times: 2, close_after: 3bd }
    urgent:
      when: { priority: urgent }
      calendar:
        - { language: en, use: always }
        - { otherwise: office }
      marker: urgent-procedure
)";

const char* const k_other_plans_yaml = R"(
  large:
    rank: 2
    title: { en: Large plan }
    based_on: small
    channels: [portal, email, phone, chat]
    pool: { requests: 4, per: quarter, when_empty: { overdraft: 1 } }
    targets:
      urgent: { first_response: 30m, next_update: 1h, workaround: 2h, resolution: 6h }
      otherwise: { first_response: 1h, next_update: 4h, resolution: 1bd }
  allday:
    rank: 4
    title: { en: Plan around the clock }
    calendar: always
    channels: [portal, email, phone, chat]
    covers: { otherwise: included }
    targets:
      urgent: { first_response: 30m, next_update: 2h, resolution: 8h }
      otherwise: { first_response: 1h, next_update: 6h, resolution: 24h }
    warn_at: [50%, 80%]
    confirmation: { remind_after: 1bd, remind_times: 1, close_after: 2bd }
without_contract:
  covers: { defect: free, small_question: free, update: free, otherwise: paid }
  prices: { otherwise: { en: "120 EUR an hour" } }
  calendar: office
  targets: { otherwise: { first_response: 1bd } }
)";

const char* const k_calendars_yaml = R"(calendars:
  office:
    timezone: Europe/Prague
    hours: { mon-thu: ["08:00-18:00"], fri: ["08:00-12:00", "12:30-17:00"] }
  always: { timezone: UTC, hours: always }
)";

const char* const k_classification_yaml = R"(categories: [defect, small_question, consultation, customisation, update]
rules:
  - { id: bug, when: { type: Bug }, category: defect }
  - { id: question, when: { type: Question }, category: small_question }
  - { id: update, when: { type: Update }, category: update }
  - { id: support, when: { type: Support }, category: consultation }
unmatched: undecided
established:
  - { id: staff-field, when: { field: { Category confirmed: any } }, category: from_field }
urgency:
  justification: { field: Business impact }
)";

std::string customer_yaml(const std::string& id) {
  const auto& customer = *customer_named(id);
  std::string text = "  " + id + ":\n    name: " + customer.name + "\n    language: " + customer.language +
                     "\n    timezone: " + customer.zone + "\n    match: { organisations: [" + customer.name +
                     "], domains: [" + customer.domain + "] }\n    contacts:\n";
  bool first = true;
  for (const auto& person : people()) {
    if (person.customer != id) continue;
    text += "      - { address: " + person.mail + ", name: " + person.first + " " + person.last +
            (first ? ", certified: true, may: [order]" : "") + " }\n";
    first = false;
  }
  return text + "    consultant: sara\n    backups: [stan]\n    escalation_owner: suzy\n";
}

}  // namespace cb::simulation
