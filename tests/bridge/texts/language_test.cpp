#include "bridge/texts/language.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <fstream>
#include <map>
#include <string>
#include <vector>

namespace cb {
namespace {

struct Sentence {
  std::string language;
  std::string text;
};

std::vector<Sentence> sentences() {
  std::vector<Sentence> found;
  std::ifstream file(CB_TEST_DATA "/language/sentences.tsv");
  for (std::string line; std::getline(file, line);) found.push_back({line.substr(0, 2), line.substr(3)});
  return found;
}

TEST_CASE("short sentences of support, sixteen in each of four languages") {
  const auto all = sentences();
  REQUIRE(all.size() == 64);
  std::map<std::string, int> right;
  std::string missed;
  for (const auto& sentence : all) {
    const auto found = detect_language(sentence.text, "");
    if (found == sentence.language) {
      ++right[sentence.language];
    } else {
      missed += sentence.language + " taken for `" + found + "`: " + sentence.text + "\n";
    }
  }
  CAPTURE(missed);
  CHECK(right["ru"] == 16);
  CHECK(right["cs"] >= 15);  // `Server vrací 500 Internal Server Error` is three quarters English
  CHECK(right["hu"] == 16);
  CHECK(right["en"] == 16);
}

TEST_CASE("what is detected, and what is left open") {
  struct Row {
    const char* name;
    std::string summary;
    std::string description;
    std::string language;
  };
  const std::string log =
      "org.postgresql.util.PSQLException: ERROR: duplicate key value violates unique constraint\n"
      "  at com.acme.lms.Login.doGet(Login.java:42)\n  at javax.servlet.http.HttpServlet.service(HttpServlet.java:687)";
  const std::string english = "The list of students stays empty after the update. Please tell us how to get it back.";
  const std::string windows_1251 = "\xcd\xe5 \xf0\xe0\xe1\xee\xf2\xe0\xe5\xf2 \xe2\xf5\xee\xe4";
  const Row rows[] = {
      {"nothing", "", "", ""},
      {"a number", "12345 67890", "", ""},
      {"signs", "???", "!!!", ""},
      {"a word of every language", "Test", "", ""},
      {"a code", "LMS-17", "", ""},
      {"no language at all", "jfkdls jfkdlsa fjdklsa", "", ""},
      {"one Russian word", "Ошибка", "", "ru"},
      {"one Czech word", "Nefunguje", "", "cs"},
      {"one Hungarian word", "Segítség!", "", "hu"},
      {"two words", "Не работает", "", "ru"},
      {"Ukrainian is not Russian", "Система не працює зранку, люди не можуть працювати", "", "uk"},
      {"Slovak is not Czech", "Systém od rána nefunguje a ľudia nemôžu pracovať, prosíme o pomoc", "", "sk"},
      {"German in spite of the hint", "Die Anmeldung funktioniert nicht", "", "de"},
      {"Chinese without its script", "你好，世界", "", "zh"},
      {"the description tells more", "Export", "Jak mohu exportovat známky všech studentů do tabulky?", "cs"},
      {"a log below a Hungarian summary", "Nem tudok bejelentkezni a rendszerbe", log, "hu"},
      {"a log below a Russian summary", "Не работает вход в систему", log, "ru"},
      {"a log below an English summary", "Login button does nothing", log, "en"},
      {"a log below one Russian word", "Ошибка", log, "ru"},
      {"a log below one Hungarian word", "Segítség!", log, "hu"},
      {"a log below two Czech words", "Nefunguje přihlášení", log, "cs"},
      {"a log below nothing", "", log, "en"},
      {"an English word that looks Czech", "Fence", english, "en"},
      {"another one", "Attendance", english, "en"},
      {"two of them", "Fence posts", english, "en"},
      {"four words with a product", "Moodle quiz attempts missing", english, "en"},
      {"three words that look Danish", "Quiz timer stuck", english, "en"},
      {"Markdown's signs", "~~~ fence", english, "en"},
      {"a wiki's macros", "{{>toc}} {{collapse(x)}}", english, "en"},
      {"a person's name", "Dvořák", english, "en"},
      {"a Greek letter", "The value of π is wrong", english, "en"},
      {"an English word alone", "Fence", "", ""},
      {"another one alone", "Attendance", "", ""},
      {"a broken byte", "Не работает \xff вход, после обновления пропали все курсы", "", "ru"},
      {"a letter cut in half", "Не работает вход после обновлени\xd1", "", "ru"},
      {"another encoding", windows_1251, "", ""},
      {"a zero byte", std::string("Не работает\0вход, пропали курсы", 55), "", "ru"},
      {"a control character", "Не работает \x01 вход, после обновления пропали все курсы", "", "ru"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    CHECK(detect_language(row.summary, row.description) == row.language);
  }
}

TEST_CASE("any bytes are survived, and a long text takes no longer than a page") {
  std::string noise;
  std::uint32_t state = 7;
  for (int i = 0; i < 2'000'000; ++i) {
    state = state * 1664525U + 1013904223U;
    noise.push_back(static_cast<char>(state >> 24U));
  }
  const auto start = std::chrono::steady_clock::now();
  CHECK(detect_language(noise, noise).size() <= 2);
  for (std::size_t length = 0; length < 300; ++length)
    CHECK(detect_language(noise.substr(length, length), "").size() <= 2);
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(5));
}

}  // namespace
}  // namespace cb

TEST_CASE("Russian of a few words is not taken for a relative of it") {
  for (const auto* text :
       {"Курс по отчётности\nНужен курс по отчётности на два дня.", "Настройте права новому сотруднику",
        "Кнопка входа не работает", "Где посмотреть номер версии?"}) {
    CAPTURE(text);
    const auto code = cb::detect_language(text, "");
    CHECK((code == "ru" || code.empty()));
  }
  CHECK(cb::detect_language("Не могу да се пријавим у систем, молим вас помозите што пре", "") == "sr");
}
