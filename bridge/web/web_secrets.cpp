#include "bridge/web/web_secrets.hpp"

#include "bridge/settings/address_forms.hpp"
#include "bridge/settings/secret.hpp"

namespace cb {

namespace {

constexpr std::size_t k_shortest = 16;

Result<std::string> long_secret(const SecretReference& reference, const std::string& whose) {
  auto secret = resolve(reference);
  if (!secret) return failure(ErrorKind::denied, whose + ": " + secret.error().what);
  if (secret->size() < k_shortest)
    return failure(ErrorKind::denied, whose + ": " + reference.text + " holds less than " + std::to_string(k_shortest) +
                                          " signs, which can be guessed; make one with openssl rand -hex 32");
  return *std::move(secret);
}

}  // namespace

Result<std::vector<HookSource>> hook_sources(const Settings& settings) {
  std::vector<HookSource> sources;
  for (const auto& tracker : settings.trackers) {
    HookSource source{tracker.name, tracker.kind, {}, {}};
    if (tracker.webhook) {
      const auto whose = "tracker " + tracker.name + ", webhook: ";
      TRY(secret, long_secret(tracker.webhook->secret, whose + "secret"));
      source.secrets.push_back(std::move(secret));
      source.header = tracker.webhook->header;
    }
    if (tracker.webhook && !tracker.webhook->old_secret.text.empty()) {
      TRY(old, long_secret(tracker.webhook->old_secret, "tracker " + tracker.name + ", webhook: old_secret"));
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
  TRY(token, long_secret(server.token, "server: token"));
  return Access(std::move(token), server.public_url);
}

}  // namespace cb
