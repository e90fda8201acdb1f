// Every note for staff alone, in the vendor's language: facts that customers must not read stay in these, and comments
// made of them are never public.
#pragma once

#include <set>
#include <string>

#include "bridge/texts/text_book.hpp"

namespace cb {

// An empty value is a fact that is missing; its sentence is left out.
struct StaffFacts {
  std::string clock, due;          // a promise and its deadline
  std::string customer, contract;  // whose issue it is
  std::string who, when;           // who did something, and when
  std::string people, copy;        // who is to act, and who is in copy
  std::string from, to;            // categories
  std::string before, after;       // billing classes
  std::string calendar, team;      // of the urgent procedure
  std::string field, label, flag;  // what somebody changed; several with quotes between them
  std::string priority, words;     // the tracker's word, and what in the text contradicts it
  std::set<std::string> flags;     // overdue, holds, stop
};

// `name` is a text of config/texts/staff.yaml: risk, breach, escalation ...
std::string staff_text(const TextBook& texts, const std::string& name, const StaffFacts& facts);

}  // namespace cb
