#include "bridge/init/proposal_yaml.hpp"

#include <algorithm>
#include <vector>

#include "bridge/init/yaml_word.hpp"

namespace cb {
namespace {

constexpr std::size_t k_most_named = 12;  // projects or roles in a comment

std::string some_of(const std::vector<std::string>& words) {
  std::vector<std::string> first(words.begin(),
                                 words.begin() + static_cast<std::ptrdiff_t>(std::min(words.size(), k_most_named)));
  return yaml_list(first) + (words.size() > first.size() ? " and more" : "");
}

// `{ field: cf_due, format: iso }`
std::string source(const FieldBinding& binding) {
  std::string text = "{ field: " + yaml_word(binding.field);
  if (!binding.value.empty()) text += ", value: " + yaml_word(binding.value);
  if (!binding.format.empty()) text += ", format: " + binding.format;
  return text + " }";
}

// `${NAME}` needs no quotes in block style; a path may.
std::string key_reference(const std::string& text) {
  return text.starts_with("${") ? text : yaml_word(text);
}

// A map below the tracker: its lines, and whether any of them is more than a comment.
class Section {
 public:
  explicit Section(std::string key) : key_(std::move(key)) {}

  void active(const std::string& line) {
    lines_.push_back("      " + line);
    any_ = true;
  }
  void comment(const std::string& line) { lines_.push_back("      # " + line); }
  void later(const std::string& what, const std::string& line) {
    comment("after you created " + comment_words(what) + ":");
    comment(line);
  }

  // A key without a value is an error, so a section without an active line is a comment as a whole.
  [[nodiscard]] std::string text(const std::string& meaning) const {
    if (lines_.empty()) return {};
    std::string out = (any_ ? "    " : "    # ") + key_ + ":   # " + meaning + "\n";
    for (const auto& line : lines_) out += line + "\n";
    return out;
  }

 private:
  std::string key_;
  std::vector<std::string> lines_;
  bool any_ = false;
};

void put_header(const Proposal& proposal, std::string& out) {
  const auto& target = proposal.target;
  out += "# Proposed by `contract-bridge init " + to_text(target.kind) + "` from what " + comment_words(target.url) +
         " has" + (proposal.version.empty() ? "" : " (version " + comment_words(proposal.version) + ")") + ".\n" +
         "# Active is only what exists there. Create what stands behind `# after you created`, then run it again, or "
         "take\n"
         "# the `#` of the line below away. `# please check` marks a guess.\n";
}

void put_tracker(const Proposal& proposal, std::string& out) {
  const auto& target = proposal.target;
  out += "trackers:\n  - name: " + yaml_word(target.name) + "   # issues are called " + comment_words(target.name) +
         "#123; their identity: never change it\n    kind: " + to_text(target.kind) +
         "\n    url: " + yaml_word(target.url) + "\n    api_key: " + key_reference(target.api_key.text) +
         "   # a reference; the key itself never stands in a file\n";
  if (!target.login.empty()) out += "    login: " + yaml_word(target.login) + "   # whose key it is\n";
  if (!target.ca_file.empty()) out += "    ca_file: " + yaml_word(target.ca_file) + "\n";
  if (!target.projects.empty()) {
    out += "    projects: " + yaml_list(target.projects) + "\n";
  } else if (!proposal.visible_projects.empty()) {
    out += "    # projects: " + some_of(proposal.visible_projects) + "   # left out: all that the account sees\n";
  }
  if (!target.server_timezone.empty()) {
    out += std::string("    server_timezone: ") + yaml_word(target.server_timezone) +
           (proposal.zone_is_proved ? "   # as the server showed it" : "   # please check: not proved yet") + "\n";
  } else if (target.kind == TrackerKind::bugzilla) {
    out += "    # server_timezone: Europe/Prague   # of the server's clock; only date-time fields need it\n";
  }
  if (!proposal.label_field.empty()) out += "    label_field: " + yaml_word(proposal.label_field) + "\n";
  out +=
      "    # webhook: { secret: \"file:/etc/contract-bridge/webhook\" }   # the tracker calls when something changed\n";
}

void put_staff(const Proposal& proposal, std::string& out) {
  out += "    # First responses are counted from staff. Any of roles, groups, logins, addresses, domains will do.\n";
  std::string people;
  const auto add = [&](const char* key, const std::vector<std::string>& words) {
    if (!words.empty()) people += (people.empty() ? "" : ", ") + std::string(key) + ": " + yaml_list(words);
  };
  add("roles", proposal.staff.roles);
  add("groups", proposal.staff.groups);
  add("domains", proposal.staff.domains);
  if (people.empty()) {
    out += "    # staff: { domains: [vendor.example] }   # please check: nothing shows who is staff\n";
  } else {
    out += "    staff: { " + people + " }" + (proposal.staff_is_sure ? "" : "   # please check") + "\n";
  }
  if (!proposal.bots.roles.empty()) out += "    bots: { roles: " + yaml_list(proposal.bots.roles) + " }\n";
  if (!proposal.other_roles.empty())
    out += "    # roles that may be staff, too: " + some_of(proposal.other_roles) + "\n";
  if (!proposal.other_groups.empty() && proposal.staff.groups.empty())
    out += "    # groups that may be staff: " + some_of(proposal.other_groups) + "\n";
}

// Words in one line, those that were guessed on lines of their own.
void put_words(const std::string& key, const std::vector<MappedWord>& words, std::string& out) {
  const bool sure = std::all_of(words.begin(), words.end(), [](const auto& word) { return word.sure; });
  if (sure) {
    std::vector<std::string> plain;
    plain.reserve(words.size());
    for (const auto& word : words) plain.push_back(word.word);
    out += "      " + key + ": " + yaml_list(plain) + "\n";
    return;
  }
  out += "      " + key + ":\n";
  for (const auto& word : words)
    out += "        - " + yaml_word(word.word) + (word.sure ? "" : "   # please check") + "\n";
}

void put_statuses(const Proposal& proposal, std::string& out) {
  if (proposal.statuses.empty()) {
    out += "    statuses: { waiting_for_us: [New] }   # please check: the server showed none\n";
    return;
  }
  out += "    statuses:   # every status belongs to one phase\n";
  for (const auto& [phase, words] : proposal.statuses)
    if (!words.empty()) put_words(to_text(phase), words, out);
}

void put_priorities(const Proposal& proposal, std::string& out) {
  if (proposal.priorities.empty()) return;
  out += "    priorities:\n";
  for (auto entry = proposal.priorities.rbegin(); entry != proposal.priorities.rend(); ++entry)
    put_words(to_text(entry->first), entry->second, out);
}

void put_fields(const Proposal& proposal, const std::string& section, Section& to) {
  for (const auto& binding : proposal.bound)
    if (binding.section == section) to.active(binding.key + ": " + source(binding));
  for (const auto& field : proposal.missing) {
    if (field.binding.section != section || !field.recommended) continue;
    to.later(field.binding.field, field.binding.key + ": " + source(field.binding));
  }
}

void put_read(const Proposal& proposal, std::string& out) {
  Section read("read");
  put_fields(proposal, "read", read);
  for (const auto& [key, label] : proposal.read_labels) read.active(key + ": { label: " + yaml_word(label) + " }");
  out += read.text("where facts are found; everything else has its natural place");
}

std::string states(const std::map<std::string, std::string>& words) {
  std::string out;
  for (const auto& [state, word] : words) out += (out.empty() ? "" : ", ") + state + ": " + yaml_word(word);
  return "{ " + out + " }";
}

void put_write(const Proposal& proposal, std::string& out) {
  Section write("write");
  put_fields(proposal, "write", write);
  if (!proposal.labels.empty()) write.active("labels: " + states(proposal.labels));
  for (const auto& [state, label] : proposal.missing_labels) {
    if (proposal.labels.empty())
      write.later("the label " + label, "labels: { " + state + ": " + yaml_word(label) + " }");
  }
  if (!proposal.flags.empty())
    write.active("flags: " + states(proposal.flags) + "   # + is entitled, - is not, ? open");
  if (proposal.missing_flag) write.later("the flag type entitled", "flags: { entitled: entitled }");
  if (!proposal.property.empty())
    write.active("property: " + yaml_word(proposal.property) +
                 "   # the decision as JSON, for automation and searches; whoever sees an issue can read it");
  if (proposal.internal_comments) {
    write.active("comments: { risk: internal, breach: internal }   # quiet: notes for staff only");
    write.comment("receipt, offer, reminder and reclassified may be public, once the fields show what you expect");
  } else {
    write.comment("after the account may write private notes (see the list of init):");
    write.comment("comments: { risk: internal, breach: internal }");
  }
  out += write.text("what the bridge shows");
}

// For `run`; nothing of it is asked of the tracker, so nothing can be bound. Each line is good without its `#`.
constexpr const char* k_for_the_service = R"(
# server:                                            # for `run`: health, metrics, API, pages, webhooks
#   listen: 127.0.0.1:8480
#   token: file:/etc/contract-bridge/token           # asked for by pages and API
#   public_url: https://support.vendor.example/bridge
# notifications:                                     # who is told of breaches, risks, urgent issues and outages
#   - { name: on-call, url: "https://oncall.vendor.example/hook", secret: "file:/etc/contract-bridge/on-call" }
)";

}  // namespace

std::string bridge_yaml(const Proposal& proposal) {
  std::string out;
  put_header(proposal, out);
  put_tracker(proposal, out);
  put_staff(proposal, out);
  put_statuses(proposal, out);
  put_priorities(proposal, out);
  put_read(proposal, out);
  put_write(proposal, out);
  out += "\nstore: sqlite:/var/lib/contract-bridge/bridge.db   # the folder must exist\n";
  out += k_for_the_service;
  return out;
}

}  // namespace cb
