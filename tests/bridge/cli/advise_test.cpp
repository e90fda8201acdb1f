#include "bridge/cli/advise.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "bridge/settings/urgency_words.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace cb;

namespace {

struct Counts {
  int right = 0, wrong = 0, missed = 0;  // of those called urgent; urgent but not called so
  [[nodiscard]] double precision() const { return right + wrong == 0 ? 0 : double(right) / (right + wrong); }
  [[nodiscard]] double recall() const { return right + missed == 0 ? 0 : double(right) / (right + missed); }
};

// Precision and recall of a list over all ("all") and by language.
std::map<std::string, Counts> measure(const std::string& name) {
  const auto words = urgency_words({}, true);
  std::ifstream list(CB_TEST_DATA "/urgency/" + name);
  std::map<std::string, Counts> counts;
  for (std::string line; std::getline(list, line);) {
    const auto row = nlohmann::json::parse(line);
    const auto text = row.at("text").get<std::string>();
    const bool expected = row.at("urgent");
    const bool got = words->assess(text).urgency == Urgency::urgent;
    if (got != expected) MESSAGE(name, ": ", std::string(got ? "called urgent: " : "missed: "), text);
    for (const std::string& key : {std::string("all"), row.at("language").get<std::string>()}) {
      auto& count = counts[key];
      if (got && expected) ++count.right;
      if (got && !expected) ++count.wrong;
      if (!got && expected) ++count.missed;
    }
  }
  for (const auto& [key, count] : counts) {
    MESSAGE(name, " ", key, ": precision ", count.precision(), ", recall ", count.recall());
  }
  return counts;
}

}  // namespace

TEST_CASE("advise: precision and recall on sentences in four languages") {
  for (const std::string name :
       {"dev.jsonl", "holdout.jsonl", "second.jsonl", "third.jsonl", "fourth.jsonl", "fifth.jsonl", "sixth.jsonl"}) {
    const auto counts = measure(name);
    CHECK(counts.size() == 5);
    for (const auto& [language, count] : counts) {
      const auto key = language;
      CAPTURE(name);
      CAPTURE(key);
      const double least = key == "all" ? 0.85 : 0.75;
      CHECK(count.precision() >= least);
      CHECK(count.recall() >= least);
    }
  }
}

TEST_CASE("advise: a JSON object for each line, also an empty one") {
  TemporaryFolder folder;
  const auto file = folder.path("text.txt");
  std::ofstream(file) << "Nothing works!\r\n\n\xD0\x9E\xD1\x88\xFF\nNemuzeme pracovat\n";
  std::ostringstream out, err;
  CHECK(advise(file, *urgency_words({}, true), out, err) == 0);
  CHECK(err.str().empty());
  std::istringstream lines(out.str());
  std::vector<nlohmann::json> answers;
  for (std::string line; std::getline(lines, line);) answers.push_back(nlohmann::json::parse(line));
  REQUIRE(answers.size() == 4);
  CHECK(answers[0] ==
        nlohmann::json{{"line", 1}, {"urgent", true}, {"language", "en"}, {"matched", {"Nothing works"}}});
  CHECK(answers[1].at("urgent") == false);
  CHECK_FALSE(answers[1].at("language").get<std::string>().empty());
  CHECK(answers[1].at("matched").empty());
  CHECK(answers[3].at("language") == "cs");
  CHECK(answers[3].at("urgent") == true);
  CHECK(advise("/nowhere/text.txt", *urgency_words({}, true), out, err) == 2);
  CHECK(err.str().find("/nowhere/text.txt: error: ") == 0);
}

TEST_CASE("advise: own words extend or replace what is built in") {
  const WordLists own{{"urgent", {{"en", {"coffee machine"}}}}};
  const auto extended = urgency_words(own, true);
  CHECK(extended->assess("The coffee machines!").urgency == Urgency::urgent);
  CHECK(extended->assess("Nothing works").urgency == Urgency::urgent);
  const auto replaced = urgency_words(own, false);
  CHECK(replaced->assess("The coffee machines!").urgency == Urgency::urgent);
  CHECK(replaced->assess("Nothing works").urgency == Urgency::ordinary);
}

TEST_CASE("urgency: every list that is built in is one that is read") {
  for (const auto& [list, by_language] : builtin_urgency()) {
    const auto name = list;
    CAPTURE(name);
    const auto& names = urgency_list_names();
    CHECK(std::find(names.begin(), names.end(), name) != names.end());
    CHECK(by_language.size() == 4);
  }
}

TEST_CASE("priority and text: mismatch in both directions, silenced by a justification") {
  const auto words = urgency_words({}, true);
  struct Row {
    const char* name;
    Priority stated;
    std::string summary;
    bool justified;
    PriorityMismatch expected;
  };
  const Row rows[] = {
      {"normal", Priority::normal, "Everything is down", false, PriorityMismatch::sounds_urgent},
      {"low", Priority::low, "Everything is down", false, PriorityMismatch::sounds_urgent},
      {"high", Priority::high, "Everything is down", false, PriorityMismatch::none},
      {"urgent agrees", Priority::urgent, "Everything is down", false, PriorityMismatch::none},
      {"justified", Priority::normal, "Everything is down", true, PriorityMismatch::none},
      {"trivial", Priority::urgent, "Rename the label of a button", false, PriorityMismatch::sounds_trivial},
      {"trivial, justified", Priority::urgent, "Rename the label of a button", true, PriorityMismatch::none},
      {"trivial, normal", Priority::normal, "Rename the label of a button", false, PriorityMismatch::none},
      {"ordinary", Priority::urgent, "The report shows a wrong total", false, PriorityMismatch::none}};
  for (const auto& row : rows) {
    CAPTURE(row.name);
    CHECK(priority_mismatch(row.stated, row.summary, "", row.justified, *words).mismatch == row.expected);
  }
}

TEST_CASE("urgency: what a sentence does with its words") {
  const auto words = urgency_words({}, true);
  struct Row {
    const char* text;
    bool urgent;
  };
  const Row rows[] = {
      {"Do you have a number for emergencies?", false},
      {"Nobody can log in, is there an outage?", true},
      {"If everything goes down at night, which number do we call?", false},
      {"We work with it, e.g. in the shop, and would like to know what happens when it is down.", false},
      {"The export fails.", false},
      {"The export fails. The deadline is today.", true},
      {"The export fails. The driver is waiting at the ramp.", true},
      {"I cannot find the export. Could we have it by the deadline?", false},
      {"One of our users cannot log in", false},
      {"The list of all users cannot be sorted", false},
      {"The button \"Stop all\" should ask first", false},
      {"The tills show \"server not found\" in every shop", true},
      {"We have written nothing until it works again, nobody can log in", true},
      {"What should we do, there is ransomware on the server?", true},
      {"Login button does nothing", false},
      {"When I click Login, nothing happens", false},
      {"Tlačítko přihlášení nic nedělá", false},
      {"Po kliknutí na ikonu plateb se nic nestane", false},
      {"Кнопка входа ничего не делает", false},
      {"Пункт меню «Платежи» не открывается", false},
      {"A belépés gomb nem csinál semmit", false},
      {"A fizetések menüpont nem nyílik meg", false},
      {"Nobody can log in, the login button does nothing", true},
      {"None of the buttons work, the whole program is frozen", true},
      {"The Submit button does not react and the tax return is due today", true},
      {"Tlačítko přihlášení nefunguje nikomu z firmy", true},
      {"60 people who cannot log in are sitting here", true},
      {"Which button stops everything?", false},
      {"Vubec nic nefunguje", true},
      {"Mar semmi sem mukodik", true},
      {"Касса не запускается ни в одном магазине", true}};
  for (const auto& row : rows) {
    CAPTURE(std::string(row.text));
    CHECK((words->assess(row.text).urgency == Urgency::urgent) == row.urgent);
  }
}

TEST_CASE("priority and text: most trivial wishes are recognised in each language") {
  const auto words = urgency_words({}, true);
  std::ifstream list(CB_TEST_DATA "/urgency/trivial.jsonl");
  std::map<std::string, std::pair<int, int>> counts;  // recognised, all
  for (std::string line; std::getline(list, line);) {
    const auto row = nlohmann::json::parse(line);
    const auto text = row.at("text").get<std::string>();
    auto& [recognised, all] = counts[row.at("language").get<std::string>()];
    ++all;
    if (priority_mismatch(Priority::urgent, text, "", false, *words).mismatch == PriorityMismatch::sounds_trivial)
      ++recognised;
  }
  CHECK(counts.size() == 4);
  for (const auto& [key, count] : counts) {
    const auto language = key;
    CAPTURE(language);
    CHECK(count.second >= 20);
    CHECK(count.first >= 0.85 * count.second);
  }
}
