#include "tests/rules/support/happenings.hpp"

#include "rules/roles.hpp"
#include "rules/text.hpp"

namespace cb::testing {
namespace {

Priority priority_of(const TrackerTerms& tracker, const std::string& word) {
  if (const auto neutral = priority_from_text(word)) return *neutral;
  const auto found = tracker.priorities.find(folded(word));
  return found == tracker.priorities.end() ? Priority::normal : found->second;
}

std::string first_value(const Issue& issue, Attribute what, const std::string& now) {
  for (const auto& event : issue.history) {
    for (const auto& change : event.changes) {
      if (change.what == what) return change.from;
    }
  }
  return now;
}

class Reader {
 public:
  Reader(const TrackerTerms& tracker, const ContractBook& book) : tracker_(tracker), book_(book) {}

  void read(const Event& event, std::vector<Happening>& out) const {
    Happening made;
    made.at = event.at;
    made.who = event.by;
    made.by = role_of(event.by, tracker_, book_);
    if (event.comment && event.comment->visibility == Visibility::everybody) out.push_back(made);
    for (const auto& change : event.changes) {
      if (understand(change, made)) out.push_back(made);
    }
  }

 private:
  static bool stands_in(const std::optional<Source>& source, const FieldChange& change) {
    if (!source) return false;
    if (change.what == Attribute::label) {
      return !source->label.empty() && same_name(source->label, change.to.empty() ? change.from : change.to);
    }
    return change.what == Attribute::field && !source->field.empty() && same_name(source->field, change.name);
  }

  bool understand(const FieldChange& change, Happening& made) const {
    made.value = change.to;
    if (change.what == Attribute::status) {
      const auto found = tracker_.statuses.find(folded(change.to));
      made.what = Happening::What::phase;
      if (found != tracker_.statuses.end()) made.phase = found->second;
      return found != tracker_.statuses.end();  // ruling 40: else the phase before it goes on
    }
    if (change.what == Attribute::priority) {
      made.what = Happening::What::priority;
      made.priority = priority_of(tracker_, change.to);
      return true;
    }
    if (stands_in(tracker_.read.fix_date, change)) {
      made.what = Happening::What::fix_date;
      return true;
    }
    if (stands_in(tracker_.read.workaround, change)) {
      made.what = Happening::What::workaround;
      return true;
    }
    made.what = Happening::What::approval;
    return stands_in(tracker_.read.approval, change) &&
           (tracker_.read.approval->value.empty() || same_name(tracker_.read.approval->value, change.to));
  }

  const TrackerTerms& tracker_;
  const ContractBook& book_;
};

}  // namespace

Story story_of(const Issue& issue, const ContractBook& book, Instant now) {
  const auto& tracker = book.trackers.at(issue.key.tracker);
  Story out;
  const auto status = tracker.statuses.find(folded(first_value(issue, Attribute::status, issue.status)));
  if (status != tracker.statuses.end()) out.phase = status->second;
  out.priority = priority_of(tracker, first_value(issue, Attribute::priority, issue.priority));
  const Reader reader(tracker, book);
  for (const auto& event : issue.history) {
    if (event.at <= now) reader.read(event, out.happenings);
  }
  return out;
}

}  // namespace cb::testing
