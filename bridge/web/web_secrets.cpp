#include "bridge/web/web_secrets.hpp"

#include "bridge/settings/address_forms.hpp"
#include "bridge/settings/secret.hpp"

namespace cb {

Result<std::vector<HookSource>> hook_sources(const Settings& settings) {
  std::vector<HookSource> sources;
  for (const auto& tracker : settings.trackers) {
    HookSource source{tracker.name, tracker.kind, {}, {}};
    if (tracker.webhook) {
      const auto whose = "tracker " + tracker.name + ", webhook: ";
      TRY(secret, resolve_long(tracker.webhook->secret, whose + "secret"));
      source.secrets.push_back(std::move(secret));
      source.header = tracker.webhook->header;
    }
    if (tracker.webhook && !tracker.webhook->old_secret.text.empty()) {
      TRY(old, resolve_long(tracker.webhook->old_secret, "tracker " + tracker.name + ", webhook: old_secret"));
      source.secrets.push_back(std::move(old));
    }
    sources.push_back(std::move(source));
  }
  return sources;
}

Result<Access> access_of(const ServerSettings& server) {
  if (server.token.text.empty()) {
    if (is_loopback_listen(server.listen)) return Access("", server.public_url);
    return failure(ErrorKind::denied, "server: listen: others than this machine reach " + server.listen +
                                          ", so pages and API need a token; add server: token");
  }
  TRY(token, resolve_long(server.token, "server: token"));
  return Access(std::move(token), server.public_url);
}

}  // namespace cb
