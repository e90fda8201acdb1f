#include "rules/contract.hpp"

#include "rules/contract_book.hpp"
#include "rules/text.hpp"

namespace cb {

const std::string& name_of(const Contact& contact) {
  return contact.name.empty() ? contact.address : contact.name;
}

const Contact* find_contact(const Customer& customer, const std::string& address) {
  if (address.empty()) return nullptr;
  for (const auto& contact : customer.contacts) {
    if (same_name(contact.address, address)) return &contact;
  }
  return nullptr;
}

const Customer* find_customer(const ContractBook& book, const CustomerId& id) {
  for (const auto& customer : book.customers) {
    if (customer.id == id) return &customer;
  }
  return nullptr;
}

const Contract* find_contract(const ContractBook& book, const ContractId& id) {
  for (const auto& customer : book.customers) {
    for (const auto& contract : customer.contracts) {
      if (contract.id == id) return &contract;
    }
  }
  return nullptr;
}

}  // namespace cb
