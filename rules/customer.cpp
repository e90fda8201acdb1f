#include "rules/customer.hpp"

#include <algorithm>

#include "rules/roles.hpp"
#include "rules/text.hpp"
#include "rules/timeline.hpp"

namespace cb {
namespace {

struct Answer {
  const Customer* customer;
  std::string how;        // for people
  bool reporter = false;  // answered by the reporter's address
};

const Customer* by_field(const ContractBook& book, const std::string& value) {
  for (const auto& customer : book.customers) {
    if (same_name(customer.id.value, value) || same_name(customer.name, value) ||
        contains_name(customer.match.fields, value)) {
      return &customer;
    }
  }
  return nullptr;
}

template <class Names>
const Customer* by_names(const ContractBook& book, const std::string& value, Names names) {
  if (value.empty()) return nullptr;
  for (const auto& customer : book.customers) {
    if (contains_name(names(customer), value)) return &customer;
  }
  return nullptr;
}

// A partner's contact speaks for a customer the partner serves (ruling 1).
bool speaks_for(const Customer& partner, const Customer& customer) {
  if (!partner.is_partner) return false;
  if (customer.partner == partner.id) return true;
  return std::find(partner.serves.begin(), partner.serves.end(), customer.id) != partner.serves.end();
}

struct Asked {
  std::vector<Answer> answers;
  std::string unknown_value;
};

Asked ask_all(const Issue& issue, const TrackerTerms& tracker, const ContractBook& book, Instant now) {
  Asked out;
  if (const auto& source = tracker.read.customer) {
    // the reporter fills it when he registers; a later edit by him is no evidence, one by staff is
    const auto value = evidence_of(values_of(*source, issue, tracker, book, now)).value;
    if (!value.empty()) {
      if (const auto* found = by_field(book, value)) {
        out.answers.push_back({found, "the field " + source->field + " says \"" + value + "\""});
      } else {
        out.unknown_value = value;
      }
    }
  }
  auto organisations = issue.more_organisations;
  organisations.insert(organisations.begin(), issue.organisation);
  for (const auto& name : organisations) {
    const auto* found = by_names(book, name, [](const Customer& c) { return c.match.organisations; });
    if (found) out.answers.push_back({found, "the organisation is \"" + name + "\""});
  }
  const auto project = evidence_of(values_of(Attribute::project, issue.project, issue, tracker, book, now)).value;
  if (const auto* found = by_names(book, project, [](const Customer& c) { return c.match.projects; })) {
    out.answers.push_back({found, "the project is " + project});
  }
  // trackers that keep one product for each customer, where it is another thing than the project
  if (const auto* found = by_names(book, issue.product, [](const Customer& c) { return c.match.projects; });
      found && !is_product_its_project(issue) && !same_name(issue.product, project)) {
    out.answers.push_back({found, "the product is " + issue.product});
  }
  const auto role = role_of(issue.reporter, tracker, book);
  if (role == Role::customer || role == Role::partner) {
    if (const auto* found = owner_of_address(book, issue.reporter.address)) {
      out.answers.push_back({found, "the reporter is " + issue.reporter.address, true});
    }
  }
  return out;
}

// Whoever leaves the field empty says nothing; what was said first stays, like the other terms of registration.
std::string first_filled(const Source& source, const Issue& issue, const TrackerTerms& tracker,
                         const ContractBook& book, Instant now) {
  for (const auto& change : values_of(source, issue, tracker, book, now)) {
    if (change.value.empty()) continue;
    return source.label.empty() || source.value.empty() ? change.value : source.value;
  }
  return {};
}

void conclude_conflict(CustomerFinding& out, const std::vector<Answer>& answers) {
  std::string text = "the customer is undecided:";
  for (const auto& answer : answers) {
    if (std::find(out.candidates.begin(), out.candidates.end(), answer.customer->id) == out.candidates.end()) {
      out.candidates.push_back(answer.customer->id);
    }
    text += (&answer == &answers.front() ? " " : "; ") + answer.how + " (" + answer.customer->id.value + ")";
  }
  out.reasons.push_back({"customer", "ruling 1", text + ". Correct the field or the configuration."});
}

}  // namespace

CustomerFinding find_customer_of(const Issue& issue, const TrackerTerms& tracker, const ContractBook& book,
                                 Instant now) {
  CustomerFinding out;
  const auto asked = ask_all(issue, tracker, book, now);
  if (!asked.unknown_value.empty()) {
    out.unknown_value = asked.unknown_value;
    out.reasons.push_back({"customer", "ruling 46",
                           "the customer is undecided: the field " + tracker.read.customer->field + " says \"" +
                               asked.unknown_value + "\", which is no customer's name"});
    for (const auto& answer : asked.answers) {
      out.candidates.push_back(answer.customer->id);
      out.reasons.push_back({"customer", "", answer.how + " (" + answer.customer->id.value + ")"});
    }
    return out;
  }
  if (asked.answers.empty()) {
    out.reasons.push_back({"customer", "ruling 2",
                           "no customer: neither field, organisation, project nor reporter (" +
                               (issue.reporter.address.empty() ? issue.reporter.name : issue.reporter.address) +
                               ") is known"});
    return out;
  }
  const Customer* chosen = nullptr;
  const Customer* partner = nullptr;
  for (const auto& answer : asked.answers) {
    if (answer.reporter && chosen && chosen != answer.customer && speaks_for(*answer.customer, *chosen)) {
      partner = answer.customer;
    } else if (chosen && chosen != answer.customer) {
      conclude_conflict(out, asked.answers);
      return out;
    } else {
      chosen = answer.customer;
    }
  }
  out.customer = chosen;
  for (const auto& answer : asked.answers) {
    if (answer.customer == chosen) out.reasons.push_back({"customer", "", chosen->id.value + ": " + answer.how});
  }
  if (partner) {
    out.reasons.push_back(
        {"customer", "ruling 1", "the partner " + partner->id.value + " speaks for " + chosen->id.value});
  }
  return out;
}

bool is_product_its_project(const Issue& issue) {
  return !issue.product.empty() && same_name(issue.product, issue.project);
}

std::string product_of(const Issue& issue, const TrackerTerms& tracker, const ContractBook& book, Instant now) {
  if (const auto& source = tracker.read.product) {
    auto product = first_filled(*source, issue, tracker, book, now);
    if (!product.empty()) return product;
  }
  if (!issue.product.empty() && !is_product_its_project(issue)) return issue.product;
  auto project = values_of(Attribute::project, issue.project, issue, tracker, book, now).front().value;
  if (!issue.product.empty()) return project;
  const auto any = [&](auto holds) { return std::any_of(book.customers.begin(), book.customers.end(), holds); };
  const bool is_product = any([&](const Customer& customer) {
    return std::any_of(customer.contracts.begin(), customer.contracts.end(),
                       [&](const Contract& contract) { return contains_name(contract.products, project); });
  });
  const bool names_customer =
      any([&](const Customer& customer) { return contains_name(customer.match.projects, project); });
  return !is_product && names_customer ? std::string() : project;
}

std::string version_of(const Issue& issue, const TrackerTerms& tracker, const ContractBook& book, Instant now) {
  if (!is_product_its_project(issue)) return issue.version;
  const auto products = values_of(Attribute::project, issue.project, issue, tracker, book, now);
  const auto& first = products.front().value;
  const auto moved = std::find_if(products.begin(), products.end(),
                                  [&](const ValueChange& each) { return !same_name(each.value, first); });
  if (same_name(products.back().value, first)) return issue.version;  // never moved, or moved back
  const auto versions = tracker.read.version ? values_of(*tracker.read.version, issue, tracker, book, now)
                                             : values_of(Attribute::version, issue.version, issue, tracker, book, now);
  auto found = versions.begin();
  while (std::next(found) != versions.end() && std::next(found)->at < moved->at) ++found;
  return found->value;
}

}  // namespace cb
