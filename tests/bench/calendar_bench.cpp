// How fast business time is: items are answers. Starts are spread over thirty years at random (but the same in every
// run), so that neither caches nor branch prediction live off one place; one thread.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <random>
#include <vector>

#include "rules/calendar.hpp"

namespace cb {
namespace {

constexpr std::size_t k_questions = 1U << 16U;

// An office of eleven years of holidays, with a lunch break or without; or every hour but the holidays'.
CalendarTerms terms_of(int kind) {
  CalendarTerms terms;
  terms.timezone = "Europe/Prague";
  terms.always = kind == 2;
  for (std::size_t day = 0; day < 5; ++day) {
    if (kind == 0) terms.week[day] = {{540, 1080}};
    if (kind == 1) terms.week[day] = {{540, 720}, {750, 1020}};
  }
  for (int year = 2020; year <= 2030; ++year) {
    for (unsigned month = 1; month <= 12; ++month) {
      terms.holidays.insert(Date{std::chrono::local_days{std::chrono::year{year} / month / (month + 1)}});
    }
    terms.short_days[Date{std::chrono::local_days{std::chrono::year{year} / 12 / 31}}] = {{540, 720}};
  }
  return terms;
}

Calendar calendar_of(int kind) {
  const auto calendar = Calendar::make(terms_of(kind));
  if (!calendar) std::abort();
  return *calendar;
}

struct Question {
  Instant from;
  BusinessTime time;
};

// Starts from 2005 to 2035, deadlines of up to a hundred hours.
std::vector<Question> questions() {
  constexpr std::int64_t k_from = 1104537600;
  constexpr std::int64_t k_years = 30LL * 365 * 86400;
  std::mt19937_64 random{1};
  std::uniform_int_distribution<std::int64_t> start{0, k_years};
  std::uniform_int_distribution<std::int64_t> minutes{1, 6000};
  std::vector<Question> result(k_questions);
  for (Question& question : result) {
    question.from = Instant{Seconds{k_from + start(random)}};
    question.time = {Seconds{minutes(random) * 60}};
  }
  return result;
}

void name_of(benchmark::State& state) {
  const char* const k_names[] = {"one interval a day", "two intervals a day", "24x7 with holidays"};
  state.SetLabel(k_names[state.range(0)]);
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(k_questions));
}

void deadline(benchmark::State& state) {
  const Calendar calendar = calendar_of(static_cast<int>(state.range(0)));
  const auto asked = questions();
  for (auto _ : state) {
    for (const Question& question : asked) benchmark::DoNotOptimize(calendar.add(question.from, question.time));
  }
  name_of(state);
}
BENCHMARK(deadline)->DenseRange(0, 2)->Unit(benchmark::kMillisecond);

void elapsed(benchmark::State& state) {
  const Calendar calendar = calendar_of(static_cast<int>(state.range(0)));
  const auto asked = questions();
  for (auto _ : state) {
    for (const Question& question : asked) {
      benchmark::DoNotOptimize(calendar.between(question.from, question.from + question.time.amount * 5));
    }
  }
  name_of(state);
}
BENCHMARK(elapsed)->DenseRange(0, 2)->Unit(benchmark::kMillisecond);

// Three pauses after each start: over night, of an hour, of three days.
void deadline_with_pauses(benchmark::State& state) {
  const Calendar calendar = calendar_of(static_cast<int>(state.range(0)));
  const auto asked = questions();
  std::vector<Span> pauses;
  for (const Question& question : asked) {
    const auto hours = [&](int n) { return question.from + std::chrono::hours{n}; };
    pauses.insert(pauses.end(), {{hours(3), hours(20)}, {hours(26), hours(27)}, {hours(50), hours(122)}});
  }
  for (auto _ : state) {
    for (std::size_t i = 0; i < asked.size(); ++i) {
      const std::span<const Span> of_question{&pauses[3 * i], 3};
      benchmark::DoNotOptimize(calendar.add(asked[i].from, asked[i].time, of_question));
    }
  }
  name_of(state);
}
BENCHMARK(deadline_with_pauses)->DenseRange(0, 2)->Unit(benchmark::kMillisecond);

void building_a_calendar(benchmark::State& state) {
  const CalendarTerms terms = terms_of(static_cast<int>(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(Calendar::make(terms));
}
BENCHMARK(building_a_calendar)->DenseRange(0, 2)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace cb
