#include "tests/trackers/fake_jira_jql.hpp"

#include <algorithm>
#include <regex>

#include "rules/text.hpp"

namespace cb::fake_jira {

namespace {

constexpr std::size_t k_most_orders = 7;

struct Token {
  std::string text;
  bool is_quoted = false;
};

[[noreturn]] void no_jql(const std::string& why) {
  refuse(400, "Error in the JQL Query: " + why);
}

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

std::vector<Token> tokens_of(const std::string& text) {
  static const std::regex k_token(
      R"rx(\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(>=|<=|!=|[=<>(),])|([^\s"'=<>!(),]+)))rx");
  std::vector<Token> out;
  auto from = text.cbegin();
  std::smatch part;
  while (std::regex_search(from, text.cend(), part, k_token, std::regex_constants::match_continuous)) {
    const bool is_quoted = part[1].matched || part[2].matched;
    static const std::regex k_escape(R"(\\(.))");
    const auto inner = part[1].matched ? part[1].str() : part[2].str();
    if (is_quoted) out.push_back({std::regex_replace(inner, k_escape, "$1"), true});
    if (!is_quoted) out.push_back({part[3].matched ? part[3].str() : part[4].str(), false});
    from = part[0].second;
  }
  if (std::find_if_not(from, text.cend(), [](unsigned char c) { return std::isspace(c); }) != text.cend())
    no_jql("The character '" + std::string(1, *from) + "' is a reserved JQL character.");
  return out;
}

class Parser {
 public:
  explicit Parser(std::vector<Token> tokens) : tokens_(std::move(tokens)) {}

  Jql parse() {
    Jql out;
    while (!at_end() && !is("order")) {
      out.conditions.push_back(condition());
      if (!at_end() && !is("order")) expect("and");
    }
    if (at_end()) return out;
    expect("order");
    expect("by");
    do {
      out.order.push_back({lower(next().text), false});
      if (is("desc")) out.order.back().is_descending = true;
      if (is("desc") || is("asc")) next();
    } while (take(","));
    if (!at_end()) no_jql("Expecting ',' but got '" + tokens_[at_].text + "'.");
    if (out.order.size() > k_most_orders) refuse(400, "The ORDER BY clause can have at most 7 fields.");
    return out;
  }

 private:
  [[nodiscard]] bool at_end() const { return at_ >= tokens_.size(); }
  [[nodiscard]] bool is(const std::string& word) const {
    return !at_end() && !tokens_[at_].is_quoted && lower(tokens_[at_].text) == word;
  }
  Token next() {
    if (at_end()) no_jql("The query ends too early.");
    return tokens_[at_++];
  }
  bool take(const std::string& word) {
    if (!is(word)) return false;
    ++at_;
    return true;
  }
  void expect(const std::string& word) {
    if (!take(word))
      no_jql("Expecting '" + word + "' but got '" + (at_end() ? "the end of the query" : tokens_[at_].text) + "'.");
  }
  Condition condition() {
    Condition out{lower(next().text), lower(next().text), {}, {}};
    if (out.sign == "not") {
      expect("in");
      out.sign = "not in";
    }
    if (out.sign != "in" && out.sign != "not in") {
      add(out, next());
      return out;
    }
    expect("(");
    do {
      add(out, next());
    } while (take(","));
    expect(")");
    return out;
  }
  static void add(Condition& condition, const Token& token) {
    condition.values.push_back(token.text);
    condition.quoted.push_back(token.is_quoted);
  }

  std::vector<Token> tokens_;
  std::size_t at_ = 0;
};

}  // namespace

Jql parsed_jql(const std::string& text) {
  auto out = Parser(tokens_of(text)).parse();
  static const std::set<std::string> k_signs{"=", "!=", ">", ">=", "<", "<=", "in", "not in"};
  for (const auto& condition : out.conditions)
    if (!k_signs.count(condition.sign))
      no_jql("Expecting operator but got '" + condition.sign +
             "'. The valid operators are '=', '!=', '<', '>', '<=', "
             "'>=', 'in', 'not in'.");
  return out;
}

}  // namespace cb::fake_jira
