#include "bridge/texts/render.hpp"

#include <algorithm>
#include <kainjow/mustache.hpp>
#include <vector>

#include "bridge/texts/known_texts.hpp"
#include "rules/plain_line.hpp"

namespace cb {

namespace {

// Sections within sections.
constexpr int k_deepest = 20;

// TemplateFacts are put in after the sentences were sorted out, so that a date's dots end no sentence: until then each
// stands as a number between two marks. The marks are control characters that no text contains.
constexpr char k_missing = '\x01';
constexpr char k_fact_begin = '\x02';
constexpr char k_fact_end = '\x03';
constexpr char k_blank_line = '\x04';
const std::string k_variable_suffix = "__";

struct Tag {
  std::size_t begin = 0;  // of the braces
  std::size_t end = 0;    // after them
  char kind = 0;          // 0 for a variable, else # ^ / ! > & {
  std::string name;
};

std::string without_blanks(const std::string& text) {
  const auto from = text.find_first_not_of(" \t");
  return from == std::string::npos ? "" : text.substr(from, text.find_last_not_of(" \t") - from + 1);
}

bool is_mark(char c) {
  return c == k_missing || c == k_fact_begin || c == k_fact_end || c == k_blank_line;
}

std::vector<Tag> tags_of(const std::string& text) {
  std::vector<Tag> tags;
  for (std::size_t at = text.find("{{"); at != std::string::npos; at = text.find("{{", at)) {
    const auto close = text.find("}}", at);
    if (close == std::string::npos) break;
    Tag tag{at, close + 2, 0, text.substr(at + 2, close - at - 2)};
    if (!tag.name.empty() && std::string("#^/!>&{=").find(tag.name.front()) != std::string::npos) {
      tag.kind = tag.name.front();
      tag.name.erase(0, 1);
    }
    tag.name = without_blanks(tag.name);
    at = tag.end;
    tags.push_back(std::move(tag));
  }
  return tags;
}

// Variables get a name of their own, so that a section asks whether a fact is there, and a variable for its text.
// Lines that are blank in the template are marked: they part paragraphs, unlike lines that become blank.
std::string prepared(const std::string& text) {
  std::string result;
  std::size_t at = 0;
  for (const auto& tag : tags_of(text)) {
    result += text.substr(at, tag.begin - at);
    if (tag.kind == 0 || tag.kind == '&') {
      result += "{{&" + tag.name + k_variable_suffix + "}}";
    } else {
      result += text.substr(tag.begin, tag.end - tag.begin);
    }
    at = tag.end;
  }
  result += text.substr(at);
  for (auto gap = result.find("\n\n"); gap != std::string::npos; gap = result.find("\n\n", gap + 2)) {
    result.insert(gap + 1, 1, k_blank_line);
  }
  return result;
}

bool ends_sentence(const std::string& text, std::size_t at) {
  return (text[at] == '.' || text[at] == '?' || text[at] == '!') &&
         (at + 1 == text.size() || text[at + 1] == ' ' || text[at + 1] == '\n');
}

void drop_sentences_with_missing_facts(std::string& text) {
  for (auto hole = text.find(k_missing); hole != std::string::npos; hole = text.find(k_missing)) {
    auto begin = hole;
    while (begin > 0 && text[begin - 1] != '\n' && !ends_sentence(text, begin - 1)) --begin;
    auto end = hole;
    while (end < text.size() && text[end] != '\n' && !ends_sentence(text, end)) ++end;
    if (end < text.size() && text[end] != '\n') ++end;
    text.erase(begin, end - begin);
  }
}

std::string with_single_blanks(const std::string& line) {
  std::string result;
  for (const char c : line) {
    if (c == '\r' || (c == ' ' && (result.empty() || result.back() == ' '))) continue;
    result += c;
  }
  while (!result.empty() && result.back() == ' ') result.pop_back();
  return result;
}

std::string tidied(const std::string& text) {
  std::string result;
  bool new_paragraph = false;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find('\n', at), text.size());
    const auto line = with_single_blanks(text.substr(at, end - at));
    at = end + 1;
    if (line == std::string(1, k_blank_line)) new_paragraph = true;
    if (line.empty() || line.front() == k_blank_line) continue;
    if (!result.empty()) result += new_paragraph ? "\n\n" : "\n";
    result += line;
    new_paragraph = false;
  }
  return result;
}

std::string with_facts(const std::string& text, const std::vector<std::string>& facts) {
  std::string result;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != k_fact_begin) {
      result += text[at];
      continue;
    }
    const auto end = text.find(k_fact_end, at);
    result += facts[std::stoul(text.substr(at + 1, end - at - 1))];
    at = end;
  }
  return result;
}

// The library goes down by a call for each, and the stack has an end.
bool is_nested_too_deeply(const std::string& text) {
  int depth = 0;
  for (const auto& tag : tags_of(text)) {
    if (tag.kind == '#' || tag.kind == '^') ++depth;
    if (tag.kind == '/') --depth;
    if (depth > k_deepest) return true;
  }
  return false;
}

}  // namespace

std::set<std::string> facts_used(const std::string& text) {
  std::set<std::string> names;
  for (const auto& tag : tags_of(text)) {
    if (tag.kind != '!') names.insert(tag.name);
  }
  return names;
}

std::string template_problem(const std::string& text) {
  if (std::any_of(text.begin(), text.end(), is_mark)) return "it holds a control character";
  for (const auto& tag : tags_of(text)) {
    if (tag.kind == '>' || tag.kind == '=' || tag.kind == '{') {
      return "{{" + std::string(1, tag.kind) + tag.name + "…: only {{fact}}, {{#fact}} … {{/fact}} and {{^fact}} … " +
             "{{/fact}} can be used";
    }
  }
  if (is_nested_too_deeply(text)) return "its sections are nested more than " + std::to_string(k_deepest) + " deep";
  const kainjow::mustache::mustache parsed(text);
  return parsed.is_valid() ? "" : parsed.error_message();
}

std::string render(const std::string& given, const TemplateFacts& facts) {
  auto text = given;
  std::erase_if(text, is_mark);
  kainjow::mustache::data data;
  std::vector<std::string> in_order;
  for (const auto& name : facts_used(text)) {
    const auto value = facts.values.find(name);
    const bool known = value != facts.values.end() && !value->second.empty();
    data.set(name, known || facts.flags.count(name) > 0);
    if (known) {
      data.set(name + k_variable_suffix, k_fact_begin + std::to_string(in_order.size()) + k_fact_end);
      in_order.push_back(without_turns(value->second));
    } else {
      data.set(name + k_variable_suffix, std::string(1, k_missing));
    }
  }
  kainjow::mustache::mustache parsed(prepared(text));
  auto result = parsed.render(data);
  drop_sentences_with_missing_facts(result);
  return with_facts(tidied(result), in_order);
}

}  // namespace cb
