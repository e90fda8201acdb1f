#include "bridge/texts/language.hpp"

// CLD2's header names FILE without including it.
#include <cstdio>
//
#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

#include <algorithm>
#include <initializer_list>

namespace cb {
namespace {

constexpr std::size_t k_read = 8000;  // bytes; more text makes no answer better

struct Answer {
  CLD2::Language language = CLD2::UNKNOWN_LANGUAGE;
  bool reliable = false;
  double evidence = 0;  // grows with the text and with how well it fits
  int valid_bytes = 0;
};

Answer ask(const std::string& text, int flags) {
  // The languages we have texts in. A hint moves doubtful answers only: German stays German.
  const CLD2::CLDHints hints = {"ru,cs,hu,en", nullptr, CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE};
  CLD2::Language languages[3] = {};
  int percents[3] = {};
  double scores[3] = {};
  int letters = 0;
  Answer answer;
  answer.language = CLD2::ExtDetectLanguageSummaryCheckUTF8(text.data(), static_cast<int>(text.size()), true, &hints,
                                                            flags, languages, percents, scores, nullptr, &letters,
                                                            &answer.reliable, &answer.valid_bytes);
  answer.evidence = scores[0] * letters;
  return answer;
}

bool is_continuation(char byte) {
  return (static_cast<unsigned char>(byte) & 0xc0U) == 0x80U;
}

// CLD2 refuses a text as a whole: broken bytes become spaces, and what is broken all over is cut off.
std::string readable(std::string text) {
  if (text.size() > k_read) {
    auto end = k_read;
    while (end > 0 && is_continuation(text[end])) --end;
    text.resize(end);
  }
  constexpr int k_repairs = 32;
  for (int i = 0; i < k_repairs; ++i) {
    const auto valid = static_cast<std::size_t>(ask(text, 0).valid_bytes);
    if (valid >= text.size()) return text;
    auto end = valid + 1;
    while (end < text.size() && is_continuation(text[end])) ++end;
    std::fill(text.begin() + static_cast<std::ptrdiff_t>(valid), text.begin() + static_cast<std::ptrdiff_t>(end), ' ');
  }
  text.resize(static_cast<std::size_t>(ask(text, 0).valid_bytes));
  return text;
}

std::string code_of(CLD2::Language language) {
  const std::string code = CLD2::LanguageCode(language);
  if (code == "un") return {};
  if (code == "iw") return "he";
  const auto main = code.substr(0, code.find('-'));  // zh-Hant
  return main.size() == 2 ? main : std::string();
}

// Russian of a few words is easily taken for a relative of it; its letters tell: Serbian and Macedonian have none of
// these, Bulgarian and Ukrainian none of the second kind.
std::string by_letters(const std::string& code, const std::string& text) {
  const auto has_any = [&](std::initializer_list<const char*> letters) {
    return std::any_of(letters.begin(), letters.end(),
                       [&](const char* letter) { return text.find(letter) != std::string::npos; });
  };
  const bool southern = code == "sr" || code == "mk";
  if (southern && has_any({"й", "ю", "я", "ь", "ы", "э", "щ", "ё"}) && !has_any({"ђ", "ј", "љ", "њ", "ћ", "џ"}))
    return "ru";
  if ((code == "bg" || code == "uk") && has_any({"ы", "э", "ё"}) && !has_any({"і", "ї", "є", "ґ"})) return "ru";
  return code;
}

// The hint alone weighs 10,000 to 13,000 (measured on texts without any language), one typical word 16,000 and more.
constexpr double k_own_evidence = 15000;
// English words of one title reach 19,000 for a language that they are not in, as `Fence` and `Attendance` do for
// Czech. Of 60,000 runs of one to four English words fewer than one in three hundred reach this.
constexpr double k_foreign_evidence = 20000;

// Greek, Cyrillic and all that come after them, the Latin letters and signs among those excepted, for at least half.
bool is_of_other_letters(const std::string& text) {
  const auto other = std::count_if(text.begin(), text.end(), [](char c) {
    const auto lead = static_cast<unsigned char>(c);
    return (lead >= 0xCE && lead <= 0xE0) || (lead >= 0xE3 && lead <= 0xED);
  });
  const auto latin =
      std::count_if(text.begin(), text.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
  return other > 0 && other >= latin;
}

std::string language_of(const std::string& raw) {
  const auto text = readable(raw);
  if (text.empty()) return {};
  const auto sure = ask(text, 0);
  if (sure.reliable && sure.language != CLD2::UNKNOWN_LANGUAGE) return by_letters(code_of(sure.language), text);
  // A few words: the best guess counts when the words themselves speak for it.
  const auto guess = ask(text, CLD2::kCLDFlagBestEffort);
  const bool english = guess.language == CLD2::ENGLISH;
  if (!guess.reliable || guess.evidence < (english ? k_own_evidence : k_foreign_evidence)) return {};
  return by_letters(code_of(guess.language), text);
}

// Of a summary that stands against an English description: a mere guess is too little, as long as its letters could be
// English ones.
std::string clear_language_of(const std::string& raw) {
  const auto text = readable(raw);
  if (text.empty()) return {};
  if (is_of_other_letters(text)) return language_of(text);
  const auto sure = ask(text, 0);
  if (!sure.reliable || sure.language == CLD2::UNKNOWN_LANGUAGE || sure.evidence < k_foreign_evidence) return {};
  return by_letters(code_of(sure.language), text);
}

}  // namespace

std::string detect_language(const std::string& summary, const std::string& description) {
  auto whole = language_of(summary + "\n" + description);
  if (description.empty() || (!whole.empty() && whole != "en")) return whole;
  auto of_summary = whole == "en" ? clear_language_of(summary) : language_of(summary);
  return of_summary.empty() ? whole : of_summary;
}

}  // namespace cb
