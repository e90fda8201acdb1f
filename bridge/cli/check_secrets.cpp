#include "bridge/cli/check_secrets.hpp"

#include <filesystem>

#include "bridge/service/notification_signature.hpp"
#include "bridge/settings/secret.hpp"

namespace cb {

std::vector<Problem> secret_problems(const Settings& settings) {
  std::vector<Problem> problems;
  const auto file = (std::filesystem::path(settings.folder) / "bridge.yaml").string();
  const auto look = [&](const SecretReference& reference, const auto& resolve_whole) {
    if (reference.text.empty() || !resolve(reference)) return;
    if (const Result<std::string> secret = resolve_whole(); !secret)
      problems.push_back({Problem::Level::error, file, 0, 0, secret.error().what});
  };
  const auto look_at_length = [&](const SecretReference& reference, const std::string& whose) {
    look(reference, [&] { return resolve_long(reference, whose); });
  };
  look_at_length(settings.server.token, "server: token");
  for (const auto& tracker : settings.trackers) {
    if (!tracker.webhook) continue;
    const auto whose = "tracker " + tracker.name + ", webhook: ";
    look_at_length(tracker.webhook->secret, whose + "secret");
    look_at_length(tracker.webhook->old_secret, whose + "old_secret");
  }
  for (const auto& target : settings.notifications) look(target.secret, [&] { return notification_secret(target); });
  return problems;
}

}  // namespace cb
