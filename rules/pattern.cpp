#include "rules/pattern.hpp"

#include <re2/re2.h>

namespace cb {

struct Pattern::Compiled {
  std::string expression;
  RE2 regex;
};

namespace {

RE2::Options options() {
  RE2::Options out;
  out.set_case_sensitive(false);
  out.set_log_errors(false);
  out.set_max_mem(8 << 20);
  return out;
}

}  // namespace

Pattern::Pattern(std::unique_ptr<const Compiled> compiled) : compiled_(std::move(compiled)) {}
Pattern::~Pattern() = default;

Pattern::Made Pattern::make(const std::string& expression) {
  std::unique_ptr<const Compiled> compiled(new Compiled{expression, RE2(expression, options())});
  if (!compiled->regex.ok()) return {nullptr, compiled->regex.error()};
  return {std::make_shared<const Pattern>(std::move(compiled)), {}};
}

bool Pattern::found_in(std::string_view text) const {
  return RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), compiled_->regex);
}

const std::string& Pattern::expression() const {
  return compiled_->expression;
}

}  // namespace cb
