#include "bridge/settings/plan_reader.hpp"

#include <algorithm>

namespace cb {
namespace {

const std::vector<std::pair<std::string, Priority>> k_priority_names{
    {"urgent", Priority::urgent}, {"high", Priority::high}, {"normal", Priority::normal}, {"low", Priority::low}};
const std::vector<std::pair<std::string, Cover>> k_covers{{"free", Cover::free},     {"included", Cover::included},
                                                          {"pool", Cover::pool},     {"paid", Cover::paid},
                                                          {"refuse", Cover::refuse}, {"budget", Cover::budget}};
const std::vector<std::string> k_channels{"portal", "email", "phone", "chat"};

class PlanReader {
 public:
  PlanReader(const YamlNode& node, Plan& plan, Loading& loading)
      : node_(node), plan_(plan), loading_(loading), problems_(loading.problems) {}

  void read() {
    read_offer();
    read_money();
    read_promises();
    read_rules();
    check_together();
  }

 private:
  const YamlNode* find(const char* key) const {
    const auto* found = node_.find(key);
    return found && found->kind != YamlNode::Kind::nothing ? found : nullptr;
  }

  // Who may ask for what, and where.
  void read_offer() {
    if (const auto* rank = find("rank"))
      plan_.rank = int_of(*rank, "the plan's rank", 0, 1000000, problems_).value_or(0);
    if (const auto* title = find("title")) read_title(*title);
    if (const auto* name = find("calendar")) {
      plan_.calendar = {reference_of(*name, loading_.calendars, "calendar", "calendars.yaml", problems_).value_or("")};
    }
    if (const auto* channels = find("channels")) read_channels(*channels);
    if (const auto* languages = find("languages")) {
      for (const auto& item : items_of(*languages, "`languages`", problems_)) {
        if (auto code = language_of(item, "a language", problems_)) plan_.languages.push_back(std::move(*code));
      }
    }
    if (const auto* versions = find("versions")) plan_.versions = versions_of(*versions, problems_);
    if (const auto* updates = find("updates")) {
      plan_.updates_included = choice_of<bool>(*updates, "`updates`", {{"included", true}, {"paid", false}}, problems_);
    }
    if (const auto* code = find("modified_code")) {
      plan_.modified_code_covered =
          choice_of<bool>(*code, "`modified_code`", {{"covered", true}, {"excluded", false}}, problems_).value_or(true);
    }
    if (const auto* requires_ = find("requires")) read_requires(*requires_);
  }

  void read_title(const YamlNode& node) {
    for (const auto& entry : named_entries(node, "the plan's title by language", problems_)) {
      if (!is_language(entry.key)) {
        problems_.error(entry.place, "expected a language such as `en` in `title`, but found " + ticked(entry.key));
      }
      if (auto text = text_of(entry.value, "the plan's title", problems_)) plan_.title[entry.key] = std::move(*text);
    }
  }

  // A tracker may have channels of its own, so an unknown one is only doubtful, unless it is nearly a known one.
  void read_channels(const YamlNode& node) {
    for (const auto& item : items_of(node, "`channels`", problems_)) {
      const auto word = word_of(item, "a channel", problems_);
      if (!word) continue;
      const bool known = std::find(k_channels.begin(), k_channels.end(), *word) != k_channels.end();
      const auto near = known ? std::string() : nearest_word(*word, k_channels);
      if (!near.empty()) {
        problems_.error(item.place, "unknown channel " + ticked(*word) + "; did you mean " + ticked(near) + "?");
      } else if (!known) {
        problems_.warning(item.place, "the channel " + ticked(*word) + " is none of " + listed(k_channels) +
                                          "; it is covered only where a tracker tells exactly this word");
      }
      plan_.channels.push_back(*word);
    }
  }

  void read_requires(const YamlNode& node) {
    const YamlMap map(node, "`requires`", keys_of("requires"), problems_);
    const auto* contact = map.ok() ? map.required("contact") : nullptr;
    if (!contact) return;
    plan_.contact = choice_of<ContactRequirement>(
                        *contact, "the contact that is required",
                        {{"certified", ContactRequirement::certified}, {"named", ContactRequirement::named}}, problems_)
                        .value_or(ContactRequirement::none);
  }

  // Who pays.
  void read_money() {
    if (const auto* covers = find("covers")) read_covers(*covers);
    if (const auto* prices = find("prices")) read_prices(*prices);
    if (const auto* community = find("community")) plan_.community = local_text_of(*community, "`community`, a link");
    if (const auto* pool = find("pool")) plan_.pool = pool_of(*pool, problems_);
    if (const auto* budgets = find("budgets")) plan_.budgets = budgets_of(*budgets, loading_.categories, problems_);
  }

  // `TEXT`, or `{ en: TEXT, cs: TEXT }`.
  LocalText local_text_of(const YamlNode& node, const std::string& what) {
    LocalText out;
    if (node.kind == YamlNode::Kind::scalar) {
      if (auto text = text_of(node, what, problems_)) out[""] = std::move(*text);
      return out;
    }
    for (const auto& entry : named_entries(node, what + ", a text or texts by language", problems_)) {
      if (!is_language(entry.key)) {
        problems_.error(entry.place,
                        "expected a language such as `en` in " + what + ", but found " + ticked(entry.key));
      }
      if (auto text = text_of(entry.value, what, problems_)) out[entry.key] = std::move(*text);
    }
    return out;
  }

  // `otherwise` stands for every category that is not named.
  bool is_category(const YamlEntry& entry) {
    auto names = loading_.categories;
    if (names) names->push_back("otherwise");
    YamlNode name;
    name.place = entry.place;
    return check_reference(name, entry.key, names, "category", "classification.yaml", problems_);
  }

  void read_prices(const YamlNode& node) {
    for (const auto& entry : named_entries(node, "`prices`, texts for the offer by category", problems_)) {
      if (!is_category(entry)) continue;
      plan_.prices[CategoryId{entry.key}] = local_text_of(entry.value, "the price of " + ticked(entry.key));
    }
  }

  void read_covers(const YamlNode& node) {
    for (const auto& entry : named_entries(node, "`covers`, billing by category", problems_)) {
      const bool known = is_category(entry);
      const auto cover = choice_of(entry.value, "who pays for " + ticked(entry.key), k_covers, problems_);
      if (!known || !cover) continue;
      if (entry.key == "otherwise") {
        plan_.covers_otherwise = *cover;
      } else {
        plan_.covers[CategoryId{entry.key}] = *cover;
      }
    }
  }

  // What is promised in time.
  void read_promises() {
    if (const auto* targets = find("targets")) {
      plan_.targets = target_table_of(*targets, "`targets`, by priority", problems_);
    }
    if (const auto* shares = find("warn_at")) read_warn_at(*shares);
    if (const auto* confirmation = find("confirmation")) read_confirmation(*confirmation);
    if (const auto* check_in = find("check_in")) {
      const YamlMap map(*check_in, "`check_in`", keys_of("check_in"), problems_);
      const auto* every = map.ok() ? map.required("every") : nullptr;
      if (every) plan_.check_in_every = positive(*every, "how often to check in");
    }
    if (const auto* urgent = find("urgent")) plan_.urgent = urgent_of(*urgent, loading_);
  }

  std::optional<Seconds> positive(const YamlNode& node, const std::string& what) {
    const auto duration = duration_of(node, what, problems_);
    if (!duration || *duration > Seconds{0}) return duration;
    problems_.error(node.place, "expected " + what + ", a duration above zero, but found " + ticked(node.text));
    return std::nullopt;
  }

  void read_warn_at(const YamlNode& node) {
    for (const auto& item : items_of(node, "`warn_at`, shares such as `[75%, 90%]`", problems_)) {
      const auto share = percent_of(item, "a share of the target", problems_);
      if (!share) continue;
      if (!plan_.warn_at.empty() && *share <= plan_.warn_at.back()) {
        problems_.error(item.place,
                        "`warn_at` must rise: " + ticked(item.text) + " does not come after the share before");
      }
      plan_.warn_at.push_back(*share);
    }
  }

  void read_confirmation(const YamlNode& node) {
    const YamlMap map(node, "`confirmation`", keys_of("confirmation"), problems_);
    if (!map.ok()) return;
    Confirmation confirmation;
    if (const auto* after = map.optional("remind_after")) {
      confirmation.remind_after = target_of(*after, "`remind_after`", problems_);
      confirmation.remind_times = 1;
    }
    if (const auto* times = map.optional("remind_times")) {
      confirmation.remind_times = int_of(*times, "`remind_times`", 0, 100, problems_).value_or(0);
    }
    if (const auto* after = map.optional("close_after")) {
      confirmation.close_after = target_of(*after, "`close_after`", problems_);
    }
    plan_.confirmation = confirmation;
  }

  void read_rules() {
    if (const auto* floor = find("priority_floor")) {
      plan_.priority_floor = choice_of(*floor, "`priority_floor`", k_priority_names, problems_);
    }
    if (const auto* change = find("on_priority_change")) {
      plan_.on_priority_change =
          choice_of<OnPriorityChange>(
              *change, "`on_priority_change`",
              {{"from_start", OnPriorityChange::from_start}, {"restart", OnPriorityChange::restart}}, problems_)
              .value_or(plan_.on_priority_change);
    }
    if (const auto* share = find("raise_share")) {
      plan_.raise_share = percent_of(*share, "`raise_share`", problems_).value_or(plan_.raise_share);
    }
    if (const auto* window = find("reopen_window")) {
      plan_.reopen_window = duration_of(*window, "`reopen_window`", problems_).value_or(plan_.reopen_window);
    }
    if (const auto* expiry = find("on_expiry")) {
      plan_.on_expiry = choice_of<OnExpiry>(
                            *expiry, "`on_expiry`",
                            {{"finish", OnExpiry::finish}, {"stop", OnExpiry::stop}, {"ask", OnExpiry::ask}}, problems_)
                            .value_or(plan_.on_expiry);
    }
    if (const auto* phases = find("pause_on")) read_pause_on(*phases);
  }

  void read_pause_on(const YamlNode& node) {
    const std::vector<std::string> pausing{"waiting_for_third_party", "waiting_for_customer", "waiting_for_order"};
    for (const auto& item : items_of(node, "`pause_on`, phases", problems_)) {
      const auto phase = choice_of(item, "a phase that may pause", pausing, problems_);
      if (phase && *phase == 0) plan_.pause_on_third_party = true;
    }
  }

  // What one key says of another.
  void check_together() {
    const auto* covers = find("covers");
    if (!covers) return;
    for (const auto& entry : covers->entries) {
      if (entry.value.text == "pool" && !find("pool")) {
        problems_.error(entry.value.place, ticked(entry.key) +
                                               " is covered by `pool`, but the plan has no `pool`; add "
                                               "`pool: { requests: N, per: contract_year }`");
      }
      if (entry.value.text != "budget" || plan_.budgets.count(CategoryId{entry.key}) > 0) continue;
      problems_.error(entry.value.place, ticked(entry.key) +
                                             " is covered by `budget`, but `budgets` of the plan has no " +
                                             ticked(entry.key) + "; add `budgets: { " + entry.key +
                                             ": { hours: N, per: contract_year } }`");
    }
  }

  const YamlNode& node_;
  Plan& plan_;
  Loading& loading_;
  Problems& problems_;
};

}  // namespace

Plan read_plan(const YamlNode& node, const PlanId& id, const std::string& owner, const Place& at, bool complete,
               Loading& loading) {
  Plan plan;
  plan.id = id;
  if (node.kind != YamlNode::Kind::map) return plan;
  for (const auto* key : {"calendar", "covers"}) {
    if (complete && !node.find(key)) loading.problems.error(at, "the key " + ticked(key) + " is missing in " + owner);
  }
  PlanReader(node, plan, loading).read();
  return plan;
}

}  // namespace cb
