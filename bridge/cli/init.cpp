#include "bridge/cli/init.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <ostream>

#include "bridge/cli/options.hpp"
#include "bridge/init/admin_tasks.hpp"
#include "bridge/init/create_fields.hpp"
#include "bridge/init/proposal_json.hpp"
#include "bridge/init/proposal_yaml.hpp"
#include "bridge/init/starter_files.hpp"
#include "bridge/init/yaml_word.hpp"
#include "bridge/settings/address_forms.hpp"
#include "bridge/settings/problem.hpp"
#include "bridge/settings/secret.hpp"
#include "rules/zone.hpp"

namespace cb {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t k_shortest_secret = 8;  // what is shorter may be a part of any word

TrackerSettings settings_of(const InitTarget& target) {
  TrackerSettings settings;
  settings.name = target.name;
  settings.kind = target.kind;
  settings.url = target.url;
  settings.api_key = target.api_key;
  settings.ca_file = target.ca_file;
  settings.login = target.login;
  settings.projects = target.projects;
  settings.server_timezone = target.server_timezone;
  return settings;
}

// A server might show us our own key, as the name of anything.
std::string without_secret(std::string text, const SecretReference& reference) {
  const auto key = resolve(reference);
  if (!key || key->size() < k_shortest_secret) return text;
  for (auto at = text.find(*key); at != std::string::npos; at = text.find(*key, at)) {
    text.replace(at, key->size(), "[secret]");
  }
  return text;
}

// Only files that are not there yet; whatever is in the way is named.
std::vector<std::string> in_the_way(const std::string& folder) {
  std::vector<std::string> names;
  for (const auto& name : starter_names()) {
    const auto path = fs::path(folder) / name;
    std::error_code ignored;
    if (fs::exists(fs::symlink_status(path, ignored))) names.push_back(ticked(path.string()));
  }
  return names;
}

// Why the file could not be made; empty when it was. Never replaces one.
std::string create(const std::string& path, const std::string& text) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
  if (file < 0) return path + ": " + std::strerror(errno);
  std::size_t done = 0;
  std::string why;
  while (done < text.size() && why.empty()) {
    const auto written = ::write(file, text.data() + done, text.size() - done);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) why = path + ": " + std::strerror(errno);
    done += written > 0 ? static_cast<std::size_t>(written) : 0;
  }
  if (::close(file) != 0 && why.empty()) why = path + ": " + std::strerror(errno);
  if (!why.empty()) ::unlink(path.c_str());
  return why;
}

// All files or none.
std::string write_folder(const std::string& folder, const std::vector<StarterFile>& files) {
  std::error_code failed;
  fs::create_directories(folder, failed);
  if (failed) return folder + ": " + failed.message();
  std::vector<std::string> made;
  for (const auto& file : files) {
    const auto path = (fs::path(folder) / file.name).string();
    auto why = create(path, file.text);
    if (why.empty()) {
      made.push_back(path);
      continue;
    }
    for (const auto& other : made) ::unlink(other.c_str());
    return why;
  }
  return {};
}

// The survey need not show a new field at once, so that what was made is added to it.
Proposal with_fields_made(const Proposal& proposal, Survey survey, Tracker& tracker) {
  auto created = create_fields(tracker, proposal);
  survey.fields.insert(survey.fields.end(), created.fields.begin(), created.fields.end());
  auto after = propose(proposal.target, survey, tracker.capabilities());
  after.made = std::move(created.made);
  after.not_made = std::move(created.not_made);
  return after;
}

Result<Proposal> asked(const InitOptions& options, const OpenForInit& open) {
  const auto& target = options.target;
  ContractBook book;
  book.trackers[target.name].name = target.name;
  TRY(opened, open(settings_of(target), book));
  TRY(survey, opened.tracker->survey());
  auto proposal = propose(target, survey, opened.tracker->capabilities());
  if (!options.create) return proposal;
  return with_fields_made(proposal, std::move(survey), *opened.tracker);
}

std::string list_text(const std::string& heading, const std::vector<std::string>& lines) {
  if (lines.empty()) return {};
  auto text = heading + "\n";
  for (const auto& line : lines) text += "   - " + comment_words(line) + "\n";
  return text + "\n";
}

std::string work_text(const Proposal& proposal) {
  return list_text("Made:", proposal.made) + list_text("Could not be made:", proposal.not_made) + tasks_text(proposal);
}

std::string default_key(TrackerKind kind) {
  switch (kind) {
    case TrackerKind::jira:
      return "${JIRA_API_KEY}";
    case TrackerKind::bugzilla:
      return "${BUGZILLA_API_KEY}";
    case TrackerKind::redmine:
      break;
  }
  return "${REDMINE_API_KEY}";
}

std::string problem_of(const InitTarget& target) {
  if (auto wrong = url_problem(target.url); !wrong.empty()) return wrong;
  if (!is_secret_reference(target.api_key.text))
    return "--api-key is where the key is found, never the key itself: '${NAME}' for an environment variable (in "
           "single "
           "quotes, or the shell puts the key in its place), or file:/path";
  if (target.name.empty() || target.name.find_first_of("# \t/") != std::string::npos)
    return "--name is " + ticked(target.name) +
           "; it cannot be empty nor hold `#`, `/` or blanks: issues are called "
           "NAME#123";
  if (target.kind == TrackerKind::redmine && !target.login.empty())
    return "--login is for Bugzilla and Jira; a Redmine tells whose key it is";
  if (target.kind != TrackerKind::bugzilla && !target.server_timezone.empty())
    return "--server-timezone is for Bugzilla; other trackers tell instants with their zone";
  if (!target.server_timezone.empty() && !Zone::find(target.server_timezone))
    return "--server-timezone is " + ticked(target.server_timezone) + "; expected a name such as `Europe/Prague`";
  return {};
}

}  // namespace

std::string complete(InitOptions& options) {
  auto& target = options.target;
  while (target.url.ends_with('/')) target.url.pop_back();
  if (target.api_key.text.empty()) target.api_key.text = default_key(target.kind);
  if (options.create && target.kind != TrackerKind::jira)
    return "--create is for Jira; in a " + display_name(target.kind) + " an administrator makes the fields by hand";
  return problem_of(target);
}

int init(const InitOptions& options, const OpenForInit& open, std::ostream& out, std::ostream& err) {
  if (!options.output.empty()) {
    if (const auto names = in_the_way(options.output); !names.empty()) {
      err << "contract-bridge: nothing was written, because no file is overwritten; there are already:\n";
      for (const auto& name : names) err << "  " << name << "\n";
      return k_exit_usage;
    }
  }
  const auto& key = options.target.api_key;
  const auto proposal = asked(options, open);
  if (!proposal) {
    err << "contract-bridge: " << without_secret(proposal.error().what, key) << "\n";
    return k_exit_trouble;
  }
  if (!options.output.empty()) {
    auto files = starter_files(*proposal);
    for (auto& file : files) file.text = without_secret(std::move(file.text), key);
    if (const auto why = write_folder(options.output, files); !why.empty()) {
      err << "contract-bridge: nothing was written: " << why << "\n";
      return k_exit_usage;
    }
  }
  const int exit_code = proposal->not_made.empty() ? k_exit_ok : k_exit_trouble;
  if (options.json) {
    out << without_secret(proposal_json(*proposal), key);
    return exit_code;
  }
  if (options.output.empty()) {
    out << without_secret(bridge_yaml(*proposal), key);
  } else {
    for (const auto& name : starter_names()) out << (fs::path(options.output) / name).string() << "\n";
  }
  err << without_secret(work_text(*proposal), key);
  return exit_code;
}

}  // namespace cb
