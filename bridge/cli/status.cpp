#include "bridge/cli/status.hpp"

#include <ostream>
#include <variant>

#include "bridge/cli/options.hpp"
#include "bridge/cli/status_text.hpp"
#include "bridge/report/layout.hpp"
#include "bridge/web/service_state_json.hpp"

namespace cb {

namespace {

// Empty when no service runs, which is told; else the state or the exit code.
std::optional<std::variant<ServiceState, int>> asked_state(const StatusCommandParts& parts, std::ostream& err) {
  const auto& server = parts.settings.server;
  const auto answer = ask_service(server, parts.open_http, "GET", "/api/v1/status");
  if (!answer && answer.error().kind == ErrorKind::retry_later) {
    err << "contract-bridge: no service answers at " << address_of(server)
        << "; what follows is what the store alone knows (" << one_line(answer.error().what) << ")\n";
    return std::nullopt;
  }
  const auto refuse = [&](const std::string& what) {
    err << "contract-bridge: " << one_line(what) << "\n";
    return k_exit_trouble;
  };
  if (!answer) return refuse(answer.error().what);
  const auto attempt = "asking the service at " + address_of(server) + " for its status";
  if (answer->status != 200) return refuse(error_of(*answer, attempt).what);
  auto state = service_state_from_json(answer->body, attempt);
  if (!state) return refuse(state.error().what);
  return *std::move(state);
}

}  // namespace

int status(const StatusOptions& options, const StatusCommandParts& parts, std::ostream& out, std::ostream& err) {
  auto asked = asked_state(parts, err);
  if (!asked) {
    const auto store = parts.open_store();
    const StateParts state{"", options.now, {}, parts.settings, {}};
    asked = look_at_service(state, *store);
  }
  if (const auto* exit_code = std::get_if<int>(&*asked)) return *exit_code;
  const auto& state = std::get<ServiceState>(*asked);
  out << (options.json ? service_state_json(state, 2) + "\n" : status_text(state));
  return state.ready() ? k_exit_ok : k_exit_trouble;
}

}  // namespace cb
