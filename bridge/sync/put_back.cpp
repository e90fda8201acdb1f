#include "bridge/sync/put_back.hpp"

#include <algorithm>

#include "rules/timeline.hpp"

namespace cb {

namespace {

class Edits {
 public:
  // Values over time, the first of which nobody set by an edit. Who changed it last is who changed it; the value need
  // not be the present one, because a history may cut long texts and tell date-times in words of its own.
  void add(const std::vector<ValueChange>& values, std::vector<std::string> PutBack::*list, const std::string& name) {
    const auto& last = values.back();
    if (values.size() < 2 || is_ours(last.by)) return;
    auto edit = std::find_if(edits_.begin(), edits_.end(),
                             [&](const PutBack& each) { return each.at == last.at && each.who == called(*last.who); });
    if (edit == edits_.end()) edit = edits_.insert(edit, PutBack{{}, {}, {}, last.at, called(*last.who)});
    ((*edit).*list).push_back(name);
  }
  std::vector<PutBack> all() { return std::move(edits_); }

 private:
  std::vector<PutBack> edits_;
};

}  // namespace

std::vector<PutBack> edits_put_back(const Changes& changes, const Issue& issue, const PlanTerms& terms) {
  Edits edits;
  const auto found = terms.book.trackers.find(issue.key.tracker);
  if (found == terms.book.trackers.end()) return {};
  const auto& tracker = found->second;
  for (const auto& [slot, value] : changes.fields) {
    const auto& field = terms.write.fields.at(slot).field;
    edits.add(values_of(Source{field, {}, {}}, issue, tracker, terms.book, k_never), &PutBack::fields, field);
  }
  for (const auto* labels : {&changes.add_labels, &changes.remove_labels}) {
    for (const auto& label : *labels) {
      edits.add(values_of(Source{{}, label, {}}, issue, tracker, terms.book, k_never), &PutBack::labels, label);
    }
  }
  for (const auto& [flag, sign] : changes.flags) {
    edits.add(flag_values_of(flag, issue, tracker, terms.book, k_never), &PutBack::flags, flag);
  }
  return edits.all();
}

}  // namespace cb
