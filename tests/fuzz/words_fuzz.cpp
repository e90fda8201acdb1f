// Short forms that people and servers write: instants, dates, durations, addresses, what was probably meant by a wrong
// one. What is read and written again is the same.
#include "adapters/jira/jira_parse.hpp"
#include "adapters/redmine/redmine_list.hpp"
#include "bridge/http/base_url.hpp"
#include "bridge/settings/address_forms.hpp"
#include "bridge/settings/near_forms.hpp"
#include "bridge/settings/yaml_reader.hpp"
#include "rules/text.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace cb::fuzz {

namespace {

void try_times(const std::string& text) {
  if (const auto instant = instant_from_iso(text)) must_be(to_iso(*instant), text, "an instant is written as it was");
  if (const auto date = date_from_iso(text)) must_be(to_iso(*date), text, "a date is written as it was");
  if (const auto amount = duration_from_text(text))
    must(duration_from_text(duration_text(*amount)) == amount, "a duration that is written reads back");
  if (const auto amount = parse_duration(text)) must(amount->count() >= 0, "a configured duration is not negative");
  std::string why;
  if (const auto date = parse_date(text, why))
    must(date_from_iso(to_iso(*date)) == date, "a configured date is one of a calendar");
  if (const auto instant = jira_instant(text)) {
    must(jira_instant(jira_revision(text)) == instant, "a revision is the same instant");
    must(jira_instant(jira_date_time(*instant)) == instant, "an instant that is sent reads back");
  } else {
    must_be(jira_revision(text), text, "what is no instant stays as it is");
  }
}

void try_addresses(const std::string& text) {
  if (const auto url = base_url_from(text)) {
    const auto again = base_url_from(to_text(*url) + url->prefix);
    must(again.has_value(), "an address that is written can be read");
    must(again->host == url->host && again->port == url->port && again->prefix == url->prefix, "and is the same");
  } else {
    must(is_one_clean_line(url.error().what), "an error is one line of words: " + url.error().what);
  }
  for (const auto& problem :
       {url_problem(text), store_problem(text), listen_problem(text), address_problem(text), domain_problem(text)})
    must(is_one_clean_line(problem), "a problem is one line of words: " + problem);
  is_secret_reference(text);
  is_plain_http_elsewhere(text);
}

void try_guesses(const std::string& text) {
  for (const auto& guess : {near_date(text), near_hours(text), near_duration(text), near_target(text), near_share(text),
                            near_truth(text), near_list(text)})
    must(is_one_clean_line(did_you_mean(guess)), "a guess is one line of words: " + guess);
  if (const auto guess = near_duration(text); !guess.empty())
    must(parse_duration(guess).has_value(), "what was probably meant can be read: " + guess);
}

}  // namespace

void one_input(const std::string& bytes) {
  try_times(bytes);
  try_addresses(bytes);
  try_guesses(bytes);
  const auto fold = folded(bytes);
  must_be(folded(fold), fold, "what is folded stays as it is");
  display_width(bytes);
  const auto words = plain_words(bytes);
  for (const auto& word : words.words) must(word.from <= word.to && word.to <= bytes.size(), "a word lies in its text");
  must(!SearchText(bytes).has_stem(bytes + "fail"), "no text holds a longer one");
  if (const auto place = redmine_list_place(bytes))
    must(redmine_list_place(to_text(*place)).has_value(), "a place in a list that is written reads back");
}

}  // namespace cb::fuzz
