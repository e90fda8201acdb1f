#include "bridge/texts/likely_language.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "bridge/texts/language.hpp"
#include "rules/text.hpp"

namespace cb {
namespace {

// Letters that the others do not have, small words, and beginnings that betray a language without its accents.
struct Signs {
  std::string_view language, letters, words, beginnings;
};

constexpr std::array<Signs, 3> k_signs{{
    {"en", "",
     " the is are we and not to of for our all a an it its be can cant cannot please with in on from has have when no "
     "my "
     "this that by was were does nobody nothing everything how would you your after everyone i is down urgent works ",
     ""},
    {"cs", "ěščřžýůťďňĚŠČŘŽÝŮŤĎŇ",
     " se nam nas vam jsme je neni nic nikdo vse vsechno nejde nejdou od na do po pri pro ze si ale uz jsou prosim "
     "dnes jak kde kdyz by system v k z ve i to mi spadl nam lze az jednomu vsem vubec nejede jede lezi stoji cela "
     "budete bude mate muzete mohu chceme jedna jeden ktery ktera ktere jsem jste mam byt bylo tak pak ani proc co "
     "kolik jaky jaka jake podle jen jeste tyden tydne mesic rok mit cas nevidi ceka pocka ",
     "nefung nemuz nedost pros prihl databaz uzivat spech chyb potreb zmizel faktur vyrob zamest zakazn objedn "
     "licenc obnov"},
    {"hu", "őűŐŰ",
     " a az es nem van egy hogy is meg nincs ha de mar csak sem semmi senki minden kell mert lehet tud tudunk tudnak "
     "ki be el megy all ma rendszer szerver nalunk mi ez osszes ota most hiba tul uj jol lesz volt mit hol mikor "
     "hogyan miert milyen nekunk nekem ezt azt amikor egyik egyetlen senkinel senkinek ",
     "mukod surg felhaszn dolgoz kerjuk kerem bejelentk leall osszeoml adatb elveszt eltunt segits frissit rendszer"},
}};

bool has_cyrillic(const std::string& text) {
  const auto cyrillic = std::count_if(text.begin(), text.end(), [](char c) { return c == '\xD0' || c == '\xD1'; });
  const auto latin =
      std::count_if(text.begin(), text.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
  return cyrillic > 0 && cyrillic * 2 >= latin;
}

int letters_found(std::string_view text, std::string_view letters) {
  int found = 0;
  for (std::size_t at = 0; at + 1 < letters.size(); at += 2) {
    if (text.find(letters.substr(at, 2)) != std::string_view::npos) ++found;
  }
  return found;
}

int score(const Signs& signs, const std::string& text, const PlainWords& plain) {
  int points = 4 * letters_found(text, signs.letters);
  for (std::size_t i = 0; i < plain.words.size(); ++i) {
    const std::string word(plain[i]);
    if (signs.words.find(' ' + word + ' ') != std::string_view::npos) points += 2;
    for (auto length = std::min<std::size_t>(word.size(), 8); length >= 4; --length) {
      if ((" " + std::string(signs.beginnings) + " ").find(' ' + word.substr(0, length) + ' ') != std::string::npos) {
        points += 3;
        break;
      }
    }
  }
  return points;
}

}  // namespace

std::string likely_language(const std::string& text) {
  auto detected = detect_language(text, {});
  if (detected == "ru" || detected == "cs" || detected == "hu" || detected == "en") return detected;
  if (has_cyrillic(text)) return detected.empty() || text.size() < 200 ? "ru" : detected;
  const auto plain = plain_words(text);
  std::string_view best = "en";
  int most = 0;
  for (const auto& signs : k_signs) {
    const int points = score(signs, text, plain);
    if (points > most) {
      most = points;
      best = signs.language;
    }
  }
  if (most >= 4 || detected.empty()) return std::string(best);
  return detected;
}

}  // namespace cb
