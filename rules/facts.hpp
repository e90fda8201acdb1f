// What classification rules look at: an issue's facts with the tracker's terms applied, the word search prepared
// once. Pointers point into the issue, tracker terms and book.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rules/classification.hpp"
#include "rules/contract_book.hpp"
#include "rules/text.hpp"
#include "rules/timeline.hpp"

namespace cb {

struct Facts {
  const Issue* issue = nullptr;
  std::string type, component, project, version;
  std::string resolution;
  std::vector<std::string> labels;
  Fields fields;
  std::string product;
  std::string channel;
  Priority priority = Priority::normal;
  std::string priority_word;  // the tracker's; empty where only the priority of an earlier time is asked
  std::vector<ReporterKind> reporter;
  std::string text;                  // summary and description
  std::optional<SearchText> search;  // made when first needed
};

bool holds(const Condition& condition, Facts& facts, const WordLists& lists);
bool has_word(Facts& facts, const std::string& list, const WordLists& lists);

}  // namespace cb
