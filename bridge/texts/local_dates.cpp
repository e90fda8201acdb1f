#include "bridge/texts/local_dates.hpp"

#include <array>

namespace cb {

namespace {

constexpr std::array<const char*, 12> k_english_months = {"January",   "February", "March",    "April",
                                                          "May",       "June",     "July",     "August",
                                                          "September", "October",  "November", "December"};

std::string two_digits(long number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

std::string base_language(const std::string& language) {
  return language.substr(0, language.find('-'));
}

}  // namespace

std::string date_in(const std::string& language, Date date) {
  const std::chrono::year_month_day day(date);
  const auto year = std::to_string(static_cast<int>(day.year()));
  const auto month = static_cast<unsigned>(day.month());
  const auto number = static_cast<unsigned>(day.day());
  const auto base = base_language(language);
  if (base == "en") return std::to_string(number) + " " + k_english_months[month - 1] + " " + year;
  if (base == "ru") return two_digits(number) + "." + two_digits(month) + "." + year;
  if (base == "cs") return std::to_string(number) + ". " + std::to_string(month) + ". " + year;
  if (base == "hu") return year + ". " + two_digits(month) + ". " + two_digits(number) + ".";
  return to_iso(date);
}

std::string instant_in(const std::string& language, Instant instant, const Zone& zone) {
  const auto local = zone.local(instant);
  const auto minutes = local.time_of_day.count() / 60;
  const auto base = base_language(language);
  // Zones without letters of their own are told as +03.
  const auto abbreviation = zone.abbreviation(instant);
  const bool numeric = !abbreviation.empty() && (abbreviation.front() == '+' || abbreviation.front() == '-');
  return date_in(language, local.date) + (base == "en" || base == "ru" ? ", " : " ") + two_digits(minutes / 60) + ":" +
         two_digits(minutes % 60) + " (" + (numeric ? "UTC" : "") + abbreviation + ")";
}

}  // namespace cb
