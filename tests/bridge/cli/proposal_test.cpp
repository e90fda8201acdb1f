// From what a server has to a configuration that the loader takes and `check` finds nothing wrong with.
#include "bridge/init/proposal.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

#include "bridge/cli/check.hpp"
#include "bridge/init/admin_tasks.hpp"
#include "bridge/init/known_words.hpp"
#include "bridge/init/proposal_yaml.hpp"
#include "bridge/init/starter_files.hpp"
#include "bridge/init/yaml_word.hpp"
#include "bridge/settings/loader.hpp"
#include "bridge/settings/yaml_reader.hpp"
#include "rules/text.hpp"
#include "tests/bridge/cli/init_surveys.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace cb;
using namespace cb::surveys;

namespace {

using Words = std::map<std::string, std::string>;

// section.key to field, with value and format where there are.
Words bound(const Proposal& proposal) {
  Words out;
  for (const auto& binding : proposal.bound) {
    out[binding.section + "." + binding.key] = binding.field +
                                               (binding.value.empty() ? "" : " value " + binding.value) +
                                               (binding.format.empty() ? "" : " format " + binding.format);
  }
  return out;
}

Words missing(const Proposal& proposal, bool recommended) {
  Words out;
  for (const auto& field : proposal.missing) {
    if (field.recommended == recommended)
      out[field.binding.section + "." + field.binding.key] = field.binding.field + ": " + field.type;
  }
  return out;
}

// `waiting_for_us: New, Blocked?; closed: ...`: a question mark where it is a guess.
template <class E>
std::string shown(const std::map<E, std::vector<MappedWord>>& words) {
  std::string out;
  for (const auto& [meaning, list] : words) {
    if (list.empty()) continue;
    out += (out.empty() ? "" : "; ") + to_text(meaning) + ":";
    for (const auto& word : list) out += (&word == &list.front() ? " " : ", ") + word.word + (word.sure ? "" : "?");
  }
  return out;
}

struct Started {
  std::optional<Settings> settings;
  std::string problems;
};

Started started(const std::vector<StarterFile>& files) {
  const TemporaryFolder folder;
  for (const auto& file : files) folder.write(file.name, file.text);
  auto loaded = load_settings(folder.name());
  Started out;
  out.settings = std::move(loaded.settings);
  for (const auto& problem : loaded.problems) out.problems += to_text(problem) + "\n";
  return out;
}

Started started(const Proposal& proposal) {
  return started(starter_files(proposal));
}

// Every starter folder is good without a warning, and agrees with its server.
void check_folder(const Proposal& proposal, const Survey& survey, const Capabilities& can) {
  const auto start = started(proposal);
  CAPTURE(bridge_yaml(proposal));
  CAPTURE(start.problems);
  REQUIRE(start.settings);
  CHECK(start.problems.empty());
  const auto& tracker = start.settings->trackers.front();
  for (const auto& finding : compare_tracker(survey, can, tracker, start.settings->book)) {
    CAPTURE(finding.text);
    CHECK(finding.level == TrackerFinding::Level::note);
  }
}

std::string all_tasks(const Proposal& proposal) {
  return tasks_text(proposal);
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("statuses and priorities of the usual trackers") {
  struct Row {
    const char* name;
    Survey survey;
    TrackerKind kind;
    const char* statuses;
    const char* priorities;
  };
  auto workflow = bare_bugzilla();
  workflow.statuses = {"NEW", "ASSIGNED", "REOPENED", "NEEDINFO", "WAITING", "RESOLVED", "VERIFIED", "CLOSED"};
  workflow.closed_statuses = {"RESOLVED", "VERIFIED", "CLOSED"};
  workflow.priorities = {"P1", "P2", "P3", "P4", "P5", "--"};
  workflow.resolutions = {"FIXED", "DUPLICATE"};
  auto strange = redmine_default();
  strange.statuses = {"New", "Parked", "Archived", "Rejected", "Closed", "new"};
  strange.closed_statuses = {"Archived", "New"};
  strange.priorities = {"Normal", "Someday"};
  auto untold = redmine_german();
  untold.closed_statuses.clear();
  const Row rows[] = {
      {"Bugzilla 5.2", bugzilla_52(), TrackerKind::bugzilla,
       "waiting_for_us: UNCONFIRMED, CONFIRMED, IN_PROGRESS; resolved: RESOLVED; closed: VERIFIED; withdrawn: RESOLVED "
       "INVALID, RESOLVED DUPLICATE, VERIFIED INVALID, VERIFIED DUPLICATE",
       "low: Low, Lowest; normal: Normal, ---; high: High; urgent: Highest"},
      {"Bugzilla with its old workflow", workflow, TrackerKind::bugzilla,
       "waiting_for_us: NEW, ASSIGNED, REOPENED; waiting_for_customer: NEEDINFO, WAITING; resolved: RESOLVED; closed: "
       "VERIFIED, CLOSED; withdrawn: RESOLVED DUPLICATE, VERIFIED DUPLICATE, CLOSED DUPLICATE",
       "low: P4, P5; normal: P3, --; high: P2; urgent: P1"},
      {"Redmine", redmine_default(), TrackerKind::redmine,
       "waiting_for_us: New, In Progress; waiting_for_customer: Feedback; resolved: Resolved; closed: Closed; "
       "withdrawn: "
       "Rejected",
       "low: Low; normal: Normal; high: High; urgent: Urgent, Immediate"},
      {"Redmine, German", redmine_german(), TrackerKind::redmine,
       "waiting_for_us: Neu, In Bearbeitung; waiting_for_customer: Feedback; resolved: Gelöst; closed: Erledigt; "
       "withdrawn: Abgewiesen",
       "low: Niedrig; normal: Normal; high: Hoch; urgent: Dringend, Sofort"},
      {"closed or not is not told", untold, TrackerKind::redmine,
       "waiting_for_us: Neu, In Bearbeitung; waiting_for_customer: Feedback; resolved: Gelöst; closed: Erledigt; "
       "withdrawn: Abgewiesen",
       "low: Niedrig; normal: Normal; high: Hoch; urgent: Dringend, Sofort"},
      {"names and flags that do not agree are guesses", strange, TrackerKind::redmine,
       "waiting_for_us: Parked?; closed: New?, Archived?, Closed?; withdrawn: Rejected?", "normal: Normal, Someday?"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    const auto proposal = propose(target(row.kind), row.survey, able());
    CHECK(shown(proposal.statuses) == row.statuses);
    CHECK(shown(proposal.priorities) == row.priorities);
    check_folder(proposal, row.survey, able());
  }
}

TEST_CASE("Redmine's own words in its languages are all known") {
  // default_issue_status_* and default_priority_* of Redmine 5.0's locales: new, in progress, resolved, feedback,
  // closed, rejected; low to immediate.
  struct Row {
    const char* language;
    std::vector<std::string> statuses;
    std::vector<std::string> priorities;
  };
  const Row rows[] = {{"en",
                       {"New", "In Progress", "Resolved", "Feedback", "Closed", "Rejected"},
                       {"Low", "Normal", "High", "Urgent", "Immediate"}},
                      {"de",
                       {"Neu", "In Bearbeitung", "Gelöst", "Feedback", "Erledigt", "Abgewiesen"},
                       {"Niedrig", "Normal", "Hoch", "Dringend", "Sofort"}},
                      {"cs",
                       {"Nový", "Ve vývoji", "Vyřešený", "Čeká se", "Uzavřený", "Odmítnutý"},
                       {"Nízká", "Normální", "Vysoká", "Urgentní", "Okamžitá"}},
                      {"ru",
                       {"Новая", "В работе", "Решена", "Нужен отклик", "Закрыта", "Отклонена"},
                       {"Низкий", "Нормальный", "Высокий", "Срочный", "Немедленный"}},
                      {"hu",
                       {"Új", "Folyamatban", "Megoldva", "Visszajelzés", "Lezárt", "Elutasított"},
                       {"Alacsony", "Normál", "Magas", "Sürgős", "Azonnal"}},
                      {"fr",
                       {"Nouveau", "En cours", "Résolu", "Commentaire", "Fermé", "Rejeté"},
                       {"Bas", "Normal", "Haut", "Urgent", "Immédiat"}},
                      {"es",
                       {"Nueva", "En curso", "Resuelta", "Comentarios", "Cerrada", "Rechazada"},
                       {"Baja", "Normal", "Alta", "Urgente", "Inmediata"}}};
  const std::vector<Phase> phases{Phase::waiting_for_us,       Phase::waiting_for_us, Phase::resolved,
                                  Phase::waiting_for_customer, Phase::closed,         Phase::withdrawn};
  const std::vector<Priority> priorities{Priority::low, Priority::normal, Priority::high, Priority::urgent,
                                         Priority::urgent};
  for (const auto& row : rows) {
    CAPTURE(row.language);
    for (std::size_t i = 0; i < phases.size(); ++i) CHECK(known_phase(row.statuses[i]) == phases[i]);
    for (std::size_t i = 0; i < priorities.size(); ++i) CHECK(known_priority(row.priorities[i]) == priorities[i]);
  }
}

TEST_CASE("a Bugzilla as it was recorded: what exists is bound, what does not is named") {
  const auto survey = bugzilla_52();
  const auto proposal = propose(target(TrackerKind::bugzilla), survey, able());
  CHECK(bound(proposal) == Words{{"write.entitlement", "cf_entitlement"}, {"read.customer", "cf_customer"}});
  CHECK(missing(proposal, true) == Words{{"write.billing", "cf_billing: Drop Down"},
                                         {"write.sla_state", "cf_sla_state: Drop Down"},
                                         {"write.next_due", "cf_sla_next_due: Free Text"},
                                         {"write.response_due", "cf_sla_response_due_text: Free Text"},
                                         {"write.resolution_due", "cf_sla_resolution_due: Free Text"},
                                         {"read.category", "cf_category_confirmed: Drop Down"},
                                         {"read.fix_date", "cf_fix_promised: Free Text"},
                                         {"read.approval", "cf_order_approved: Drop Down"}});
  CHECK(proposal.flags == Words{{"entitled", "entitled"}});
  CHECK(proposal.labels == Words{{"breached", "sla-breached"}});
  CHECK(proposal.staff.groups == std::vector<std::string>{"staff"});
  CHECK(proposal.staff.domains.empty());
  const auto yaml = bridge_yaml(proposal);
  CAPTURE(yaml);
  CHECK(has(yaml, "\n      entitlement: { field: cf_entitlement }\n"));
  CHECK(has(yaml, "\n      # after you created cf_sla_state:\n      # sla_state: { field: cf_sla_state }\n"));
  CHECK(has(yaml, "\n      # response_due: { field: cf_sla_response_due_text, format: iso }\n"));
  CHECK(has(yaml, "\n      flags: { entitled: entitled }"));
  CHECK(has(yaml, "\n      comments: { risk: internal, breach: internal }"));
  CHECK(has(yaml, "\n    api_key: ${BUGZILLA_API_KEY} "));
  const auto tasks = all_tasks(proposal);
  CAPTURE(tasks);
  CHECK(has(tasks, "`cf_billing`: Drop Down with the values free, included, pool, paid, undecided; who pays"));
  CHECK(has(tasks, "`cf_sla_state`: Drop Down with the values none, ok, paused, at_risk, breached, met"));
  CHECK(has(tasks, "the field `cf_sla_response_due` would fit `write.response_due`, but it holds local time"));
  CHECK(has(tasks, "the reporter of a bug may edit every custom field"));
  CHECK(has(tasks, "Can turn these bits on for other users"));
  CHECK(!has(tasks, "tick `editbugs`"));
  CHECK(!has(tasks, "Flag type"));
  CHECK(!has(tasks, "Keywords"));
}

TEST_CASE("a bare Bugzilla: everything is to be created, and the file is good nevertheless") {
  auto survey = bare_bugzilla();
  const Capabilities none;
  const auto proposal = propose(target(TrackerKind::bugzilla), survey, none);
  CHECK(proposal.bound.empty());
  CHECK(proposal.staff.domains == std::vector<std::string>{"vendor.example"});
  const auto yaml = bridge_yaml(proposal);
  CAPTURE(yaml);
  CHECK(has(yaml, "\n    # read:"));
  CHECK(has(yaml, "\n    # write:"));
  CHECK(has(yaml, "\n    staff: { domains: [vendor.example] }   # please check\n"));
  CHECK(has(yaml, "\n      # after you created the flag type entitled:\n      # flags: { entitled: entitled }\n"));
  CHECK(has(yaml, "\n      # after you created the label sla-breached:\n      # labels: { breached: sla-breached }\n"));
  CHECK(!has(yaml, "\n      comments:"));
  const auto tasks = all_tasks(proposal);
  CAPTURE(tasks);
  for (const auto* words : {"tick `editbugs`", "tick `canconfirm`", "insidergroup", "`cf_sla_response_due`: Free Text",
                            "`sla-breached`", "`[sla-breached]`", "name `entitled`", "Grant Group"}) {
    CAPTURE(words);
    CHECK(has(tasks, words));
  }
  check_folder(proposal, survey, none);
}

TEST_CASE("what the service needs stands behind a # and is good without it") {
  auto survey = bare_bugzilla();
  auto files = starter_files(propose(target(TrackerKind::bugzilla), survey, {}));
  const auto file =
      std::find_if(files.begin(), files.end(), [](const auto& each) { return each.name == "bridge.yaml"; });
  REQUIRE(file != files.end());
  auto& text = file->text;
  const auto uncomment = [&](const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    text.replace(at, from.size(), to);
  };
  uncomment("    # webhook:", "    webhook:");
  for (const auto* key : {"server:", "  listen:", "  token:", "  public_url:", "notifications:", "  - { name: on-call"})
    uncomment("\n# " + std::string(key), "\n" + std::string(key));
  const auto start = started(files);
  CAPTURE(text);
  CAPTURE(start.problems);
  REQUIRE(start.settings);
  CHECK(start.problems.empty());
  CHECK(start.settings->server.token.text == "file:/etc/contract-bridge/token");
  CHECK(start.settings->trackers.front().webhook);
  CHECK(start.settings->notifications.size() == 1);
}

// The server after an administrator did what the list says.
Survey after_the_work(Survey survey, const Proposal& proposal) {
  for (const auto& made : proposal.missing) {
    FieldInfo info = field(made.binding.field, made.type, "", made.values);
    if (proposal.target.kind == TrackerKind::redmine) {
      info.format = made.type == "Text" ? "string" : made.type == "Long text" ? "text" : plain_name(made.type);
    }
    survey.fields.push_back(info);
  }
  if (survey.labels) {
    for (const auto& [state, label] : proposal.missing_labels) survey.labels->push_back(label);
  }
  survey.flags = {"entitled"};
  return survey;
}

TEST_CASE("run again after the work, it binds everything, and check passes") {
  struct Row {
    const char* name;
    TrackerKind kind;
    Survey survey;
  };
  for (const auto& row : {Row{"bare Bugzilla", TrackerKind::bugzilla, bare_bugzilla()},
                          Row{"Bugzilla 5.2", TrackerKind::bugzilla, bugzilla_52()},
                          Row{"Redmine", TrackerKind::redmine, redmine_default()},
                          Row{"German Redmine", TrackerKind::redmine, redmine_german()}}) {
    CAPTURE(row.name);
    const auto first = propose(target(row.kind), row.survey, able());
    const auto survey = after_the_work(row.survey, first);
    const auto second = propose(target(row.kind), survey, able());
    CHECK(second.missing.empty());
    CHECK(second.flags.size() == (row.kind == TrackerKind::bugzilla ? 1 : 0));
    for (const auto& made : first.missing) {
      CAPTURE(made.binding.field);
      const auto words = bound(second);
      const auto found = words.find(made.binding.section + "." + made.binding.key);
      REQUIRE(found != words.end());
      CHECK(found->second.starts_with(made.binding.field));
    }
    check_folder(second, survey, able());
  }
}

TEST_CASE("a date-time field is used where the server showed its zone, or where it takes instants") {
  struct Row {
    const char* name;
    std::string told;
    std::string showed;
    bool takes_instants;
    bool used;
    bool problem;
  };
  for (const auto& row : {Row{"nothing is known", "", "", false, false, false},
                          Row{"only told", "Europe/Berlin", "", false, false, false},
                          Row{"showed by itself", "", "Europe/Berlin", false, true, false},
                          Row{"told and showed", "Europe/Berlin", "Europe/Berlin", false, true, false},
                          Row{"told another one", "Europe/Moscow", "Europe/Berlin", false, false, true},
                          Row{"takes instants", "", "", true, true, false}}) {
    CAPTURE(row.name);
    auto survey = bugzilla_52();
    survey.time_zone = row.showed;
    auto asked = target(TrackerKind::bugzilla);
    asked.server_timezone = row.told;
    auto can = able();
    can.date_time_fields = row.takes_instants;
    const auto proposal = propose(asked, survey, can);
    const auto words = bound(proposal);
    CHECK(words.count("write.response_due") == (row.used ? 1 : 0));
    if (row.used) CHECK(words.at("write.response_due") == "cf_sla_response_due");
    if (row.used) CHECK(words.at("write.resolution_due") == "cf_sla_resolve_due");
    CHECK(proposal.problems.empty() == !row.problem);
    CHECK(has(bridge_yaml(proposal), "please check: not proved yet") == (!row.told.empty() && !row.used));
    check_folder(proposal, survey, can);
    // Text is better than either.
    survey.fields.push_back(field("cf_sla_response_due_text", "Free Text", "SLA Response Due (UTC)"));
    CHECK(bound(propose(asked, survey, can)).at("write.response_due") == "cf_sla_response_due_text format iso");
  }
}

TEST_CASE("fields by name and kind") {
  struct Row {
    const char* name;
    TrackerKind kind;
    FieldInfo info;
    const char* key;
    const char* bound;   // empty: not
    const char* remark;  // why not
  };
  const auto redmine = TrackerKind::redmine;
  const auto bugzilla = TrackerKind::bugzilla;
  const Row rows[] = {
      {"as in the README", redmine, field("SLA next due", "string"), "write.next_due", "SLA next due", ""},
      {"words in another order", redmine, field("Next SLA deadline", "string"), "write.next_due", "Next SLA deadline",
       ""},
      {"format not told", redmine, field("Billing", ""), "write.billing", "Billing", ""},
      {"a list without our words", redmine, field("Billing", "list", "", {"A", "B"}), "write.billing", "",
       "its list lacks words"},
      {"a list with our words", redmine,
       field("Billing", "list", "", {"free", "included", "pool", "paid", "undecided"}), "write.billing", "Billing", ""},
      {"Redmine minds the case", redmine,
       field("Billing", "list", "", {"Free", "Included", "Pool", "Paid", "Undecided"}), "write.billing", "",
       "its list lacks words"},
      {"Bugzilla does not", bugzilla,
       field("cf_billing", "Drop Down", "", {"Free", "Included", "Pool", "Paid", "Undecided"}), "write.billing",
       "cf_billing", ""},
      {"a number", redmine, field("SLA", "int"), "write.sla_state", "", "of the type `int`"},
      {"a date holds no time", redmine, field("SLA response due", "date"), "write.response_due", "",
       "of the type `date`"},
      {"a similar name is not enough", redmine, field("Billing address", "string"), "write.billing", "", ""},
      {"a tick", redmine, field("Order approved", "bool"), "read.approval", "Order approved value 1", ""},
      {"yes in another language", redmine, field("Order approved", "list", "", {"ano", "ne"}), "read.approval",
       "Order approved value ano", ""},
      {"no yes", redmine, field("Order approved", "list", "", {"open", "shut"}), "read.approval", "",
       "none of its values says yes"},
      {"by its shown name", bugzilla, field("cf_kd", "Free Text", "Customer"), "read.customer", "cf_kd", ""},
      {"Bugzilla's own fields are none of ours", bugzilla, field("customer", "Free Text"), "read.customer", "", ""},
      {"a day on a server whose zone is not known", bugzilla, field("cf_fix_promised", "Date"), "read.fix_date", "",
       "local time of the server"},
      {"a day on Redmine", redmine, field("Fix promised", "date"), "read.fix_date", "Fix promised", ""},
      {"in Czech", redmine, field("Zákazník", "string"), "read.customer", "Zákazník", ""},
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    auto survey = row.kind == redmine ? redmine_default() : bare_bugzilla();
    survey.fields = {row.info};
    const auto proposal = propose(target(row.kind), survey, able());
    const auto words = bound(proposal);
    const auto found = words.find(row.key);
    CHECK((found == words.end() ? "" : found->second) == row.bound);
    std::string remarks;
    for (const auto& remark : proposal.remarks) remarks += remark + "\n";
    CAPTURE(remarks);
    CHECK(has(remarks, row.remark));
    CHECK(remarks.empty() == (std::string(row.remark).empty()));
    check_folder(proposal, survey, able());
  }
}

TEST_CASE("labels of a Redmine: only those that its list certainly has") {
  auto survey = redmine_default();
  FieldInfo labels = field("Štítky", "list", "", {"sla-breached", "hold", "workaround"});
  labels.multiple = true;
  survey.fields = {labels};
  const auto full = propose(target(TrackerKind::redmine), survey, able());
  CHECK(full.label_field == "Štítky");
  CHECK(full.labels == Words{{"breached", "sla-breached"}});
  CHECK(full.read_labels == Words{{"override", "hold"}, {"workaround", "workaround"}});
  check_folder(full, survey, able());
  survey.fields[0].values.clear();
  const auto unseen = propose(target(TrackerKind::redmine), survey, able());
  CHECK(unseen.label_field == "Štítky");
  CHECK(unseen.labels.empty());
  CHECK(has(all_tasks(unseen), "add the value `sla-breached`"));
  check_folder(unseen, survey, able());
  survey.fields[0].multiple = false;
  CHECK(propose(target(TrackerKind::redmine), survey, able()).label_field.empty());
}

TEST_CASE("who is staff") {
  struct Row {
    const char* name;
    std::vector<std::string> roles, groups;
    std::string insiders;
    std::string yaml;
  };
  for (const auto& row :
       {Row{"roles",
            {"Manager", "Entwickler", "Reporter", "Bridge"},
            {},
            "",
            "staff: { roles: [Manager, Entwickler] }\n"},
        Row{"insiders", {}, {"admin", "support", "staff"}, "staff", "staff: { groups: [staff] }\n"},
        Row{"a group by its name", {}, {"admin", "support"}, "", "staff: { groups: [support] }\n"},
        Row{"the domain", {"Reporter"}, {"admin"}, "", "staff: { domains: [vendor.example] }   # please check\n"}}) {
    CAPTURE(row.name);
    auto survey = redmine_default();
    survey.roles = row.roles;
    survey.groups = row.groups;
    survey.insider_group = row.insiders;
    const auto yaml = bridge_yaml(propose(target(TrackerKind::redmine), survey, able()));
    CAPTURE(yaml);
    CHECK(has(yaml, "    " + row.yaml));
  }
}

TEST_CASE("words of a server come back from YAML as they were") {
  const std::vector<std::string> words{"New",
                                       "In Progress",
                                       "yes",
                                       "no",
                                       "Null",
                                       "null",
                                       "~",
                                       "true",
                                       "on",
                                       "y",
                                       "1",
                                       "1.5",
                                       "0x10",
                                       "1e3",
                                       ".5",
                                       "---",
                                       "--",
                                       "- a",
                                       "a: b",
                                       "a:b",
                                       "a #b",
                                       "#b",
                                       "a#b",
                                       "\"quoted\"",
                                       "'single'",
                                       "back\\slash",
                                       "[list]",
                                       "{map}",
                                       "a, b",
                                       "*alias",
                                       "&anchor",
                                       "!tag",
                                       "|",
                                       ">",
                                       "%directive",
                                       "@at",
                                       "`tick`",
                                       "?",
                                       "? key",
                                       ": value",
                                       "<<",
                                       "=",
                                       " leading",
                                       "trailing ",
                                       "tab\tinside",
                                       "line\nbreak",
                                       "return\rcarriage",
                                       std::string("nul\0byte", 8),
                                       "bell\a",
                                       "\x7F",
                                       "emoji 😀",
                                       "👩‍👩‍👧",
                                       "Řešeno",
                                       "Закрыта",
                                       "“printed”",
                                       "„unten“",
                                       "\xC2\x85next line",
                                       "\xE2\x80\xA8separator",
                                       "\xEF\xBB\xBFmark",
                                       "${NAME}",
                                       "RESOLVED DUPLICATE",
                                       "a\\",
                                       "\\n",
                                       "\"",
                                       "'",
                                       "2026-01-01",
                                       "..",
                                       "...",
                                       ".inf",
                                       ".nan",
                                       "עברית",
                                       "\xF0\x9F\x98\x80",
                                       "x\xEF\xBF\xBDy"};
  CHECK(yaml_word("Закрыта") == "Закрыта");
  CHECK(yaml_word("In Progress") == "In Progress");
  for (const auto& word : words) {
    CAPTURE(word);
    Problems problems;
    const auto text = "a: " + yaml_word(word) + "   # comment\nb: [" + yaml_word(word) + ", x]\nc:\n  - " +
                      yaml_word(word) + "\nd: { field: " + yaml_word(word) + " }\n";
    CAPTURE(text);
    const auto node = read_yaml_text(text, "x.yaml", problems);
    REQUIRE(node);
    CHECK(!problems.any_error());
    CHECK(node->find("a")->text == word);
    CHECK(node->find("b")->items.at(0).text == word);
    CHECK(node->find("c")->items.at(0).text == word);
    CHECK(node->find("d")->find("field")->text == word);
    const auto read = word_of(*node->find("a"), "a word", problems);
    REQUIRE(read);
    CHECK(*read == word);
    CHECK(problems.sorted().empty());
  }
}

TEST_CASE("bytes that are no text do not break the file") {
  for (const std::string word : {"\xFF\xFE", "a\xC3", "\xED\xA0\x80", "\xF8\x88\x80\x80\x80", "\xC0\x80"}) {
    Problems problems;
    const auto node = read_yaml_text("a: " + yaml_word(word) + " # " + comment_words(word) + "\n", "x.yaml", problems);
    REQUIRE(node);
    CHECK(!problems.any_error());
    CHECK(has(node->find("a")->text, "\xEF\xBF\xBD"));
  }
}

// Any words at all: the starter folder loads, and means exactly what the server has.
TEST_CASE("a server with hostile names") {
  const std::vector<std::string> pieces{"yes",
                                        "null",
                                        "#",
                                        ": ",
                                        "\"",
                                        "'",
                                        "\\",
                                        "\n",
                                        "😀",
                                        "Č",
                                        " ",
                                        "- ",
                                        "[",
                                        "]",
                                        "{",
                                        "}",
                                        ",",
                                        "&a",
                                        "*a",
                                        "!",
                                        "|",
                                        ">",
                                        "%",
                                        "@",
                                        "`",
                                        "~",
                                        "true",
                                        "1",
                                        ".5",
                                        "\t",
                                        "---",
                                        "...",
                                        "${X}",
                                        "\r",
                                        "\xE2\x80\xA8",
                                        "New",
                                        "Closed",
                                        "cf_",
                                        "SLA",
                                        "Billing",
                                        "sla-breached",
                                        "\xC2\x85",
                                        "?"};
  std::mt19937 random(20261127);
  const auto word = [&] {
    std::string out;
    for (auto n = 1 + random() % 5; n > 0; --n) out += pieces[random() % pieces.size()];
    return out;
  };
  const auto words = [&] {
    std::vector<std::string> out;
    for (auto n = random() % 6; n > 0; --n) out.push_back(word());
    return out;
  };
  for (int round = 0; round < 200; ++round) {
    CAPTURE(round);
    const auto kind = round % 2 == 0 ? TrackerKind::redmine : TrackerKind::bugzilla;
    Survey survey;
    survey.version = word();
    survey.identity.account.login = word();
    survey.identity.may_write = true;
    survey.statuses = words();
    survey.closed_statuses = words();
    if (!survey.statuses.empty()) survey.closed_statuses.push_back(survey.statuses.front());
    survey.priorities = words();
    survey.projects = words();
    survey.roles = words();
    survey.groups = words();
    survey.insider_group = word();
    survey.resolutions = {"DUPLICATE", word()};
    survey.types = words();
    survey.flags = words();
    survey.labels = words();
    survey.labels->push_back("SLA breached");
    survey.notes = words();
    survey.problems = words();
    for (const auto& name : words()) survey.fields.push_back(field(name, ""));
    survey.fields.push_back(field(kind == TrackerKind::redmine ? "SLA: \"next\" due #" : "cf_next: \"due\" #", ""));
    auto asked = target(kind);
    if (kind == TrackerKind::bugzilla) asked.login = word() + "x";
    for (const auto& project : words())
      if (!trimmed(project).empty()) asked.projects.push_back(project);
    const auto proposal = propose(asked, survey, able());
    const auto start = started(proposal);
    CAPTURE(bridge_yaml(proposal));
    CAPTURE(start.problems);
    REQUIRE(start.settings);
    const auto& tracker = start.settings->trackers.front();
    const auto& terms = start.settings->book.trackers.at("support");
    CHECK(tracker.projects == asked.projects);
    CHECK(tracker.login == asked.login);
    CHECK(terms.staff.groups == proposal.staff.groups);
    CHECK(terms.staff.roles == proposal.staff.roles);
    CHECK(tracker.write.fields.at(Slot::next_due).field == survey.fields.back().name);
    for (const auto& status : survey.statuses) {
      if (trimmed(status).empty()) continue;
      CAPTURE(status);
      CHECK(terms.statuses.count(folded(status)) == 1);
    }
    for (const auto& priority : survey.priorities)
      if (!trimmed(priority).empty()) CHECK(terms.priorities.count(folded(priority)) == 1);
  }
}
