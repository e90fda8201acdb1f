#include "tests/kills/tracker_world.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <stdexcept>

#include "bridge/store/store.hpp"
#include "tests/trackers/demo_seed.hpp"

namespace cb::kills {

namespace {

namespace fs = std::filesystem;

const std::string k_tracker = "demo";

std::string content_of(const fs::path& path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error("cannot read " + path.string());
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// One that nobody listens on now.
int free_port() {
  const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* const generic = reinterpret_cast<sockaddr*>(&address);
  const bool bound = ::bind(socket, generic, size) == 0 && ::getsockname(socket, generic, &size) == 0;
  ::close(socket);
  if (!bound) throw std::runtime_error("no free port");
  return ntohs(address.sin_port);
}

std::string replaced(std::string text, const std::string& line, const std::string& by) {
  return std::regex_replace(text, std::regex(line), by);
}

std::string configuration_for(const std::string& url, const std::string& folder) {
  auto text = content_of(fs::path(CB_SOURCE_DIR) / "config/demo/bridge.yaml");
  text = replaced(text, "\n( *url:)[^\n]*", "\n$1 " + url);
  text = replaced(text, "\nstore:[^\n]*", "\nstore: sqlite:" + folder + "/bridge.db");
  text = replaced(text, "\nserver:[^\n]*", "\nserver: { listen: 127.0.0.1:" + std::to_string(free_port()) + " }");
  return replaced(text, "poll_every:[^\n]*", "poll_every: 10s");
}

std::string reference_in(const std::string& note) {
  std::smatch found;
  return std::regex_search(note, found, std::regex(R"(\[cb-[0-9a-f]{6}\])")) ? found.str() : "";
}

}  // namespace

TrackerWorld::TrackerWorld(std::string folder, Instant start, std::function<Instant()> clock)
    : folder_(std::move(folder)) {
  const auto seed = demo_seed(content_of(fs::path(CB_TEST_DATA) / "demo/issues.json"), start,
                              [](const std::string& login) { return "key-of-" + login; });
  keys_ = {seed.bridge_login, "key-of-" + seed.bridge_login, "key-of-" + seed.staff_login,
           "key-of-" + seed.customer_login};
  redmine_ = std::make_unique<FakeRedmine>(seed.state, std::move(clock));
  door_ = std::make_unique<Doorway>(*redmine_);
  server_ = std::make_unique<FakeServer>(*door_);
  fs::copy(fs::path(CB_SOURCE_DIR) / "config/demo", folder_ + "/config", fs::copy_options::recursive);
  std::ofstream(folder_ + "/config/bridge.yaml") << configuration_for(server_->url(), folder_);
}

std::unique_ptr<Child> TrackerWorld::start(const std::string& program) const {
  return std::make_unique<Child>(
      program, std::vector<std::string>{"run", "--config", folder_ + "/config", "--log-level", "warning"},
      std::map<std::string, std::string>{{"REDMINE_API_KEY", keys_.bridge}}, folder_ + "/log");
}

void TrackerWorld::ask(const std::string& method, const std::string& path, const std::string& key,
                       const std::string& body) {
  // What this person may not do is refused in both worlds alike.
  static_cast<void>(
      redmine_->handle({method, path, {{"X-Redmine-API-Key", key}, {"Content-Type", "application/json"}}, body}));
}

void TrackerWorld::act(std::uint64_t roll) {
  const auto issues = redmine_->snapshot().issues.size();
  const auto issue = "/issues/" + std::to_string(1 + (roll >> 8U) % issues) + ".json";
  const auto number = std::to_string((roll >> 24U) % 1000);
  switch (roll % 8) {
    case 0:
      return ask("POST", "/issues.json", keys_.customer,
                 R"({"issue":{"project_id":1,"tracker_id":)" + std::to_string(1 + (roll >> 40U) % 3) +
                     R"(,"subject":"How is this done )" + number + R"(?","description":"Please."}})");
    case 1:
    case 2:
      return ask("PUT", issue, keys_.staff, R"({"issue":{"notes":"We look into it )" + number + R"("}})");
    case 3:
      return ask("PUT", issue, keys_.customer, R"({"issue":{"notes":"And now? )" + number + R"("}})");
    case 4:
      return ask("PUT", issue, keys_.staff,
                 R"({"issue":{"notes":"Between us )" + number + R"(","private_notes":true}})");
    case 5:
    case 6:
      return ask("PUT", issue, keys_.staff, R"({"issue":{"status_id":)" + std::to_string(1 + (roll >> 40U) % 6) + "}}");
    default:
      return ask("PUT", issue, keys_.staff,
                 R"({"issue":{"priority_id":)" + std::to_string(1 + (roll >> 40U) % 5) + "}}");
  }
}

std::string TrackerWorld::shown() const {
  const auto state = redmine_->snapshot();
  const auto bridge = fake::user_by_login(state, keys_.bridge_login)->id;
  std::ostringstream text;
  for (const auto& [id, issue] : state.issues) {
    text << '#' << id << " assignee " << issue.assignee.value_or(0) << " watchers";
    for (const auto watcher : std::set<int>(issue.watchers.begin(), issue.watchers.end())) text << ' ' << watcher;
    for (const auto& [field, values] : issue.values) {
      text << "\n  " << field << '=';
      for (const auto& value : std::set<std::string>(values.begin(), values.end())) text << value << ';';
    }
    std::multiset<std::string> notes;
    for (const auto& journal : issue.journals) {
      if (journal.user == bridge && journal.notes && !journal.notes->empty())
        notes.insert((journal.is_private ? "private " : "public ") + reference_in(*journal.notes));
    }
    for (const auto& note : notes) text << "\n  note " << note;
    text << '\n';
  }
  return text.str();
}

std::string TrackerWorld::wrong() const {
  const auto state = redmine_->snapshot();
  const auto bridge = fake::user_by_login(state, keys_.bridge_login)->id;
  std::ostringstream text;
  const auto store = open_store("sqlite:" + folder_ + "/bridge.db", StoreAccess::read);
  for (const auto& [id, issue] : state.issues) {
    std::map<std::string, int> references;
    for (const auto& journal : issue.journals) {
      if (journal.user == bridge && journal.notes && !journal.notes->empty())
        ++references[reference_in(*journal.notes)];
    }
    for (const auto& [reference, times] : references) {
      if (reference.empty()) text << '#' << id << ": a note of ours bears no reference\n";
      if (times > 1) text << '#' << id << ": " << reference << " stands " << times << " times\n";
    }
    std::string unit;
    for (const auto& line : store->ledger({k_tracker, std::to_string(id)})) {
      if (line.action != "reserve" && line.action != "consume" && line.action != "release") continue;
      const bool legal =
          line.action == "release" ? !unit.empty() : unit != line.action + line.contract.value + line.period;
      if (!legal)
        text << '#' << id << ": ledger line " << line.action << " of " << line.contract.value << " once more\n";
      unit = line.action == "release" ? "" : line.action + line.contract.value + line.period;
    }
  }
  return text.str();
}

std::string TrackerWorld::settled() const {
  std::ostringstream text;
  const auto store = open_store("sqlite:" + folder_ + "/bridge.db", StoreAccess::read);
  for (const auto& [id, issue] : redmine_->snapshot().issues) {
    std::string unit;
    std::string billing;
    for (const auto& line : store->ledger({k_tracker, std::to_string(id)})) {
      if (line.action == "billing") billing = line.note.substr(line.note.rfind(' '));
      if (line.action == "release") unit.clear();
      if (line.action == "reserve" || line.action == "consume")
        unit = line.action + ' ' + line.contract.value + ' ' + line.period;
    }
    text << '#' << id << billing << ' ' << unit << '\n';
  }
  return text.str();
}

bool TrackerWorld::is_calm() const {
  try {
    const auto counts = open_store("sqlite:" + folder_ + "/bridge.db", StoreAccess::read)->counts(k_tracker);
    return counts.woken + counts.intended + counts.parked == 0;
  } catch (const StoreError&) {
    return false;  // not made yet
  }
}

bool TrackerWorld::knows_all_since(Instant then) const {
  try {
    const auto store = open_store("sqlite:" + folder_ + "/bridge.db", StoreAccess::read);
    const auto cursor = store->cursor(k_tracker);
    return cursor && cursor->completed_at > then && is_calm();
  } catch (const StoreError&) {
    return false;
  }
}

bool TrackerWorld::is_due_between(Instant from, Instant until) const {
  const auto next = open_store("sqlite:" + folder_ + "/bridge.db", StoreAccess::read)->next_due(k_tracker, from);
  return next && *next < until;
}

bool TrackerWorld::is_writing() const {
  try {
    const auto store = open_store("sqlite:" + folder_ + "/bridge.db", StoreAccess::read);
    for (const auto& intent : store->open_intents(k_tracker)) {
      if (intent.changes != "read, to be decided") return true;
    }
  } catch (const StoreError&) {
    return false;
  }
  return false;
}

}  // namespace cb::kills
