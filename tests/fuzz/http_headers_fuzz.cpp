// Headers of any server: its clock and how long it asks to wait. The first line is Date, the rest Retry-After, and all
// of it a body that an error shows the beginning of.
#include "adapters/http.hpp"
#include "rules/time.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace cb::fuzz {

void one_input(const std::string& bytes) {
  const auto [date, wait] = first_line(bytes);
  const Instant now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 27}};
  for (const int status : {200, 302, 404, 429, 503}) {
    const HttpResponse response{status, {{"date", date}, {"RETRY-AFTER", wait}, {"Location", bytes}}, bytes};
    if (const auto time = server_time(response))
      must(to_iso(*time) >= "0000-01-01" && instant_from_iso(to_iso(*time)) == time, "a time is one of a calendar");
    for (const auto& asked : {retry_after(response), retry_after(response, now)})
      if (asked) must(asked->count() >= 0, "nobody waits for less than nothing");
    const auto error = error_of(response, "reading issue #1 of support");
    must(is_one_clean_line(error.what), "an error is one line of words: " + error.what);
  }
  must(url_encoded(bytes).find_first_not_of("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-._~%") ==
           std::string::npos,
       "an encoded part of an address holds no sign that means something");
}

}  // namespace cb::fuzz
