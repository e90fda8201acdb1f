#include "bridge/web/hook_proof.hpp"

#include "adapters/jira/jira_webhook.hpp"
#include "adapters/redmine/redmine_webhook.hpp"
#include "adapters/signature.hpp"

namespace cb {

namespace {

const std::string k_refused = "webhook delivery refused: ";

Result<std::size_t> signer(TrackerKind kind, const std::optional<std::string>& signature, const WebRequest& request,
                           const std::vector<std::string>& secrets) {
  return kind == TrackerKind::jira ? jira_hook_signer(signature, request.body, secrets)
                                   : redmine_hook_signer(signature, request.body, secrets);
}

// A proxy and the bridge could read different ones of them.
std::optional<std::string> doubled(const WebRequest& request, const std::string& name) {
  const auto times = header_count(request, name);
  if (times < 2) return {};
  return k_refused + "it has the header " + name + " " + std::to_string(times) +
         " times, and one is expected; look for a proxy in between that adds one";
}

std::optional<std::string> bugzilla_unproved(const HookSource& source, const WebRequest& request, bool path_is_good) {
  if (source.header.empty()) {
    if (path_is_good) return {};
    return k_refused +
           "its address holds no secret; enter the address with the secret at its end in Bugzilla, or, where "
           "Bugzilla can send a header, name it in the configuration (webhook: header)";
  }
  if (auto twice = doubled(request, source.header)) return twice;
  const auto value = header(request, source.header);
  if (!value && path_is_good) return {};
  if (value && same_secret(*value, source.secrets)) return {};
  return k_refused + (value ? "the value of its header " + source.header + " is not the configured secret"
                            : "it has no header " + source.header + "; enter it in Bugzilla with the secret as value");
}

}  // namespace

std::string signature_header(TrackerKind kind) {
  if (kind == TrackerKind::jira) return "X-Hub-Signature";
  return kind == TrackerKind::redmine ? "X-Redmine-Signature-256" : "";
}

std::optional<std::string> unproved(const HookSource& source, const WebRequest& request,
                                    const std::optional<std::string>& path_secret) {
  const bool path_is_good = path_secret && same_secret(*path_secret, source.secrets);
  if (path_secret && !path_is_good) return k_refused + "what its address ends with is not the configured secret";
  if (source.kind == TrackerKind::bugzilla) return bugzilla_unproved(source, request, path_is_good);
  if (auto twice = doubled(request, signature_header(source.kind))) return twice;
  const auto signature = header(request, signature_header(source.kind));
  if (!signature && path_is_good) return {};
  const auto signed_by = signer(source.kind, signature, request, source.secrets);
  return signed_by ? std::nullopt : std::optional<std::string>(signed_by.error().what);
}

}  // namespace cb
