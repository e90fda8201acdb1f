#include "rules/urgency.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <set>

#include "rules/utterance.hpp"

namespace cb {
namespace {

// The lists, in the order of their names below.
enum class Term : std::uint16_t {
  urgent,      // by itself, as a word that says so
  grave,       // by itself, but in a question it is what one asks about
  event,       // by itself, as what has happened
  nobody,      // + able, cannot, trouble, outage
  able,        //
  everyone,    // + cannot, trouble, outage
  trouble,     // that alone may be a small one
  fault,       // something works, but not as it should: + nobody, everyone, pressure
  system,      // + outage
  outage,      //
  cannot,      // + business
  business,    //
  data,        // + lost
  lost,        //
  due,         // + soon + cannot, trouble, outage
  soon,        //
  pressure,    // people wait or time runs out: + cannot, trouble, outage, lost, close by
  vital,       // what nobody does without: + cannot, trouble, outage, lost
  calm,        // nothing in the text is urgent
  wish,        // nothing in the sentence happens: a wish, a question, a plan
  asking,      // a wish where a sentence begins so or is a question: `which` also tells more of something
  supposing,   // nothing after it in the clause happens
  condition,   // at the beginning of a sentence: nothing that the sentence tells happens
  over,        // what came before is over
  but,         // after it, `over` holds no more
  narrow,      // one person, one report: what a part cannot do is no outage
  element,     // one thing on a screen: that it does nothing is a small defect, whatever it is for
  nothing,     // of `nobody`, what says nothing of people
  elsewhere,   // a system on which nobody works
  interface_,  // words next to it are the names of things on the screen
  negation,    //
  trivial      // by itself
};
const std::vector<std::string> k_names{
    "urgent",   "grave",  "event",   "nobody",   "able",      "everyone",  "trouble",   "fault",
    "system",   "outage", "cannot",  "business", "data",      "lost",      "due",       "soon",
    "pressure", "vital",  "calm",    "wish",     "asking",    "supposing", "condition", "over",
    "but",      "narrow", "element", "nothing",  "elsewhere", "interface", "negation",  "trivial"};
constexpr std::size_t k_terms = 32;
constexpr std::size_t k_read = 4000;  // bytes: people say at the beginning what hurts; logs follow
constexpr std::uint32_t k_near = 6;   // words between two expressions that belong together
constexpr std::uint32_t k_beside = 2;
constexpr std::uint32_t k_close = 2;  // sentences between what fails and who waits for it
constexpr std::array k_failures{Term::cannot, Term::trouble, Term::outage, Term::lost, Term::fault};

using Mark = PhraseSet::Mark;
using Marks = std::vector<Mark>;

struct Hit {
  std::uint32_t first = 0, last = 0;
  bool whole = false;     // says that everybody is concerned
  bool direct = false;    // a word that says urgent, and nothing of what happens
  bool pressing = false;  // somebody waits for it
  bool counts = true;
  std::size_t language = 0;
};

// One language's view of a text.
class Reading {
 public:
  Reading(const Utterance& said, std::array<Marks, k_terms> marks) : said_(said), marks_(std::move(marks)) {
    for (const auto term : {Term::urgent, Term::grave, Term::event, Term::outage, Term::trouble, Term::lost,
                            Term::cannot, Term::over, Term::narrow}) {
      drop_negated(term);
    }
    drop_what_is_not_over();
    drop_many_elements();
    // `what should we do?`, `the commercial offer`
    for (const auto term : {Term::pressure, Term::vital}) {
      for (const auto wish : {Term::wish, Term::asking}) drop_within(wish, term);
    }
    for (const auto term : {Term::nobody, Term::everyone}) drop_within(term, Term::narrow);  // `one of our users`
    for (const auto failure : k_failures) drop_within(failure, Term::narrow);                // `cannot be sorted`
  }

  [[nodiscard]] bool calm() const { return !of(Term::calm).empty(); }

  [[nodiscard]] std::vector<Hit> hits() const {
    std::vector<Hit> hits;
    for (const auto& mark : of(Term::urgent)) hits.push_back({mark.first, mark.last, false, true});
    for (const auto& mark : of(Term::grave)) {
      if (!word(mark.first).question) hits.push_back({mark.first, mark.last, false, true});
    }
    for (const auto& mark : of(Term::event)) hits.push_back({mark.first, mark.last, true, false});
    pair(Term::nobody, Term::able, true, hits);
    for (const auto failure : k_failures) {
      pair(Term::nobody, failure, true, hits);
      pair(Term::everyone, failure, true, hits);
    }
    for (const auto failure : {Term::cannot, Term::trouble, Term::outage}) pair(Term::vital, failure, false, hits);
    pair(Term::system, Term::outage, false, hits);
    pair(Term::cannot, Term::business, false, hits);
    pair(Term::data, Term::lost, false, hits);
    deadlines(hits);
    for (auto& hit : hits) hit.counts = !does_not_count(hit);
    return hits;
  }

  [[nodiscard]] std::vector<Hit> trifles() const {
    std::vector<Hit> hits;
    if (of(Term::outage).empty() && of(Term::cannot).empty() && of(Term::lost).empty()) add(Term::trivial, hits);
    add(Term::calm, hits);
    return hits;
  }

 private:
  [[nodiscard]] const Marks& of(Term term) const { return marks_[static_cast<std::size_t>(term)]; }
  [[nodiscard]] const UtteredWord& word(std::uint32_t index) const { return said_.words[index]; }
  [[nodiscard]] bool same_sentence(std::uint32_t a, std::uint32_t b) const {
    return word(a).sentence == word(b).sentence;
  }
  [[nodiscard]] bool same_clause(std::uint32_t a, std::uint32_t b) const { return word(a).clause == word(b).clause; }

  void add(Term term, std::vector<Hit>& hits) const {
    for (const auto& mark : of(term)) hits.push_back({mark.first, mark.last, false, false});
  }

  // `not down`
  void drop_negated(Term term) {
    auto& marks = marks_[static_cast<std::size_t>(term)];
    const auto& negations = of(Term::negation);
    const auto negated = [&](const Mark& mark) {
      return std::any_of(negations.begin(), negations.end(), [&](const Mark& negation) {
        return negation.last + 1 == mark.first && same_clause(negation.last, mark.first);
      });
    };
    if (!negations.empty()) marks.erase(std::remove_if(marks.begin(), marks.end(), negated), marks.end());
  }

  // `now nothing works`
  void drop_what_is_not_over() {
    auto& marks = marks_[static_cast<std::size_t>(Term::over)];
    const auto denied = [&](const Mark& mark) {
      for (const auto term : {Term::negation, Term::nobody}) {
        const auto& words = of(term);
        if (std::any_of(words.begin(), words.end(),
                        [&](const Mark& word) { return mark.first < word.first && word.first < mark.last; })) {
          return true;
        }
      }
      return false;
    };
    marks.erase(std::remove_if(marks.begin(), marks.end(), denied), marks.end());
  }

  // `none of the buttons`, `every page`
  void drop_many_elements() {
    auto& marks = marks_[static_cast<std::size_t>(Term::element)];
    const auto many = [&](const Mark& mark) {
      for (const auto term : {Term::nobody, Term::everyone}) {
        const auto& words = of(term);
        if (std::any_of(words.begin(), words.end(), [&](const Mark& word) {
              return word.first <= mark.first && mark.first <= word.last + k_beside && !says_nothing(word) &&
                     same_clause(word.first, mark.first);
            })) {
          return true;
        }
      }
      return false;
    };
    marks.erase(std::remove_if(marks.begin(), marks.end(), many), marks.end());
  }

  void drop_within(Term term, Term larger) {
    const auto& phrases = of(larger);
    auto& marks = marks_[static_cast<std::size_t>(term)];
    const auto within = [&](const Mark& mark) {
      return std::any_of(phrases.begin(), phrases.end(),
                         [&](const Mark& phrase) { return phrase.first <= mark.first && mark.last <= phrase.last; });
    };
    if (!phrases.empty()) marks.erase(std::remove_if(marks.begin(), marks.end(), within), marks.end());
  }

  // The nearest partner of each mark on either side; both lists are in the order of the text.
  void pair(Term one, Term other, bool whole, std::vector<Hit>& hits) const {
    auto from = of(other).begin();
    for (const auto& mark : of(one)) {
      while (from != of(other).end() && from->first + k_near + 8 < mark.first) ++from;
      for (auto at = from; at != of(other).end() && at->first <= mark.last + k_near + 1; ++at) {
        const bool after = at->first > mark.last && at->first - mark.last <= k_near + 1;
        const bool before = at->last < mark.first && mark.first - at->last <= k_near + 1;
        if (!(after || before) || !same_sentence(mark.first, at->first)) continue;
        hits.push_back({std::min(mark.first, at->first), std::max(mark.last, at->last), whole, false});
        break;
      }
    }
  }

  // What fails is urgent when a deadline is near or somebody waits, also in the next sentence.
  void deadlines(std::vector<Hit>& hits) const {
    std::vector<Hit> due;
    pair(Term::due, Term::soon, false, due);
    add(Term::pressure, due);
    due.erase(std::remove_if(due.begin(), due.end(),
                             [&](const Hit& hit) { return is_only_wished(hit) && !is_supposed(hit.first); }),
              due.end());
    if (due.empty()) return;
    for (const auto failure : k_failures) {
      for (const auto& mark : of(failure)) {
        const auto here = word(mark.first).sentence;
        const bool close = std::any_of(due.begin(), due.end(), [&](const Hit& hit) {
          const auto there = word(hit.first).sentence;
          return std::max(here, there) - std::min(here, there) <= k_close;
        });
        if (close) hits.push_back({mark.first, mark.last, false, false, true});
      }
    }
  }

  [[nodiscard]] bool does_not_count(const Hit& hit) const {
    return is_named(hit) || is_only_wished(hit) || is_over(hit) || (!hit.direct && is_small(hit));
  }

  // The name of a thing on the screen, or a word quoted.
  [[nodiscard]] bool is_named(const Hit& hit) const {
    bool quoted = true;
    for (auto i = hit.first; i <= hit.last; ++i) quoted = quoted && word(i).quoted;
    if (quoted) return true;
    if (hit.direct) return is_beside_interface(hit.first, hit.last);
    return is_quoted_name(hit.first) || is_quoted_name(hit.last);
  }

  // `the button "Stop all"`
  [[nodiscard]] bool is_quoted_name(std::uint32_t index) const {
    if (!word(index).quoted) return false;
    auto first = index, last = index;
    while (first > 0 && word(first - 1).quoted) --first;
    while (last + 1 < said_.words.size() && word(last + 1).quoted) ++last;
    return is_beside_interface(first, last);
  }

  [[nodiscard]] bool is_beside_interface(std::uint32_t first, std::uint32_t last) const {
    const auto& names = of(Term::interface_);
    return std::any_of(names.begin(), names.end(), [&](const Mark& name) {
      const bool inside = first <= name.first && name.last <= last;
      return !inside && same_clause(name.first, first) && name.first <= last + k_beside &&
             first <= name.last + k_beside;
    });
  }

  [[nodiscard]] bool is_only_wished(const Hit& hit) const {
    const auto& wishes = of(Term::wish);
    const auto& questions = of(Term::asking);
    const auto& conditions = of(Term::condition);
    const auto begins_sentence = [&](const Mark& condition) {
      return same_sentence(condition.first, hit.first) &&
             (condition.first == 0 || !same_sentence(condition.first - 1, condition.first));
    };
    const auto wished = [&](const Mark& wish) {
      return hit.direct ? same_sentence(wish.first, hit.first) : bears_on(wish, hit);
    };
    const auto asked = [&](const Mark& question) {
      return wished(question) && (word(question.first).question || begins_sentence(question));
    };
    return std::any_of(wishes.begin(), wishes.end(), wished) ||
           std::any_of(questions.begin(), questions.end(), asked) ||
           (!hit.direct && std::any_of(conditions.begin(), conditions.end(), begins_sentence)) ||
           is_supposed(hit.first);
  }

  // In the sentence, and not in an afterthought: `nobody can log in, is there an outage?` tells first and asks then.
  [[nodiscard]] bool bears_on(const Mark& mark, const Hit& hit) const {
    return same_sentence(mark.first, hit.first) && (mark.first < hit.last || same_clause(mark.first, hit.last));
  }

  [[nodiscard]] bool is_supposed(std::uint32_t index) const {
    const auto& suppositions = of(Term::supposing);
    return std::any_of(suppositions.begin(), suppositions.end(), [&](const Mark& supposition) {
      return supposition.last < index && same_clause(supposition.last, index);
    });
  }

  [[nodiscard]] bool is_over(const Hit& hit) const {
    for (const auto& over : of(Term::over)) {
      if (is_supposed(over.first)) continue;  // `until it works again`
      const bool again = std::any_of(of(Term::but).begin(), of(Term::but).end(),
                                     [&](const Mark& but) { return over.last < but.first && but.first < hit.first; });
      if (!again) return true;
    }
    return false;
  }

  [[nodiscard]] bool is_small(const Hit& hit) const {
    const auto& parts = of(Term::narrow);
    if (!hit.whole && std::any_of(parts.begin(), parts.end(), [&](const Mark& part) { return bears_on(part, hit); })) {
      return true;
    }
    if (is_of_one_element(hit)) return true;
    const auto& others = of(Term::elsewhere);
    return std::any_of(others.begin(), others.end(), [&](const Mark& other) {
      return same_clause(other.first, hit.first) || same_clause(other.first, hit.last);
    });
  }

  [[nodiscard]] bool says_nothing(const Mark& mark) const {
    const auto& words = of(Term::nothing);
    return std::any_of(words.begin(), words.end(),
                       [&](const Mark& word) { return word.first <= mark.first && mark.last <= word.last; });
  }

  // `the button does nothing`, but not `the button does nothing for anybody` nor what people wait for
  [[nodiscard]] bool is_of_one_element(const Hit& hit) const {
    if (hit.pressing) return false;
    bool beside = false, inside = false;
    for (const auto& element : of(Term::element)) {
      beside = beside || same_clause(element.first, hit.first) || same_clause(element.first, hit.last);
      inside = inside || (hit.first <= element.first && element.last <= hit.last);
    }
    if (!beside || !hit.whole) return beside;
    for (const auto term : {Term::nobody, Term::everyone}) {
      for (const auto& mark : of(term)) {
        if (hit.first <= mark.first && mark.last <= hit.last) {
          if (!says_nothing(mark)) return false;
          inside = true;
        }
      }
    }
    return inside;
  }

  const Utterance& said_;
  std::array<Marks, k_terms> marks_;
};

// Languages share words: what one of them explains away, another must not bring back.
void drop_what_does_not_count(std::vector<Hit>& hits) {
  std::vector<Hit> dropped;
  std::copy_if(hits.begin(), hits.end(), std::back_inserter(dropped), [](const Hit& hit) { return !hit.counts; });
  const auto explained = [&](const Hit& hit) {
    return std::any_of(dropped.begin(), dropped.end(), [&](const Hit& other) {
      return other.language != hit.language && other.first <= hit.first && hit.last <= other.last;
    });
  };
  hits.erase(std::remove_if(hits.begin(), hits.end(),
                            [&](const Hit& hit) { return !hit.counts || (!dropped.empty() && explained(hit)); }),
             hits.end());
}

std::vector<std::string> excerpts(const Utterance& said, std::vector<Hit> hits, std::string_view text) {
  std::sort(hits.begin(), hits.end(),
            [](const Hit& a, const Hit& b) { return a.first != b.first ? a.first < b.first : a.last > b.last; });
  std::vector<std::string> out;
  std::optional<std::uint32_t> told;  // up to this word
  for (const auto& hit : hits) {
    if (told && hit.last <= *told) continue;
    told = hit.last;
    const auto from = said.plain.words[hit.first].from;
    out.emplace_back(text.substr(from, said.plain.words[hit.last].to - from));
  }
  return out;
}

}  // namespace

const std::vector<std::string>& urgency_list_names() {
  return k_names;
}

UrgencyWords::UrgencyWords(const WordLists& lists) {
  std::set<std::string> languages;
  for (const auto& [name, by_language] : lists) {
    for (const auto& [language, phrases] : by_language) languages.insert(language);
  }
  languages_ = languages.size();
  for (std::size_t term = 0; term < k_terms; ++term) {
    const auto found = lists.find(k_names[term]);
    if (found == lists.end()) continue;
    for (const auto& [language, phrases] : found->second) {
      const auto index = static_cast<std::size_t>(std::distance(languages.begin(), languages.find(language)));
      for (const auto& phrase : phrases) phrases_.add(phrase, static_cast<std::uint16_t>(index * k_terms + term), true);
    }
  }
}

UrgencyFinding UrgencyWords::assess(std::string_view text) const {
  text = text.substr(0, k_read);
  const auto said = read_utterance(text);
  std::vector<std::array<Marks, k_terms>> marks(languages_);
  for (const auto& mark : phrases_.find_in(said.plain)) {
    // A phrase does not go on into the next sentence.
    if (said.words[mark.first].sentence != said.words[mark.last].sentence) continue;
    marks[mark.tag / k_terms][mark.tag % k_terms].push_back(mark);
  }
  bool calm = false;
  std::vector<Hit> urgent, trivial;
  for (std::size_t language = 0; language < languages_; ++language) {
    const Reading reading(said, std::move(marks[language]));
    calm = calm || reading.calm();
    auto hits = reading.hits();
    for (auto& hit : hits) hit.language = language;
    const auto trifles = reading.trifles();
    urgent.insert(urgent.end(), hits.begin(), hits.end());
    trivial.insert(trivial.end(), trifles.begin(), trifles.end());
  }
  drop_what_does_not_count(urgent);
  if (!urgent.empty() && !calm) return {Urgency::urgent, excerpts(said, std::move(urgent), text)};
  if (!trivial.empty()) return {Urgency::trivial, excerpts(said, std::move(trivial), text)};
  return {};
}

MismatchFinding priority_mismatch(Priority stated, const std::string& summary, const std::string& description,
                                  bool justified, const UrgencyWords& words) {
  if (justified || stated == Priority::high) return {};
  auto found = words.assess(summary + "\n" + description);
  const auto suspicious = stated == Priority::urgent ? Urgency::trivial : Urgency::urgent;
  if (found.urgency != suspicious) return {};
  return {stated == Priority::urgent ? PriorityMismatch::sounds_trivial : PriorityMismatch::sounds_urgent,
          std::move(found.matched)};
}

}  // namespace cb
