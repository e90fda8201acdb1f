#include "adapters/redmine/redmine_webhook.hpp"

#include "adapters/hook_ids.hpp"
#include "adapters/json_read.hpp"

namespace cb {

namespace {

constexpr JsonLimits k_limits{.bytes = 16U * 1024U * 1024U, .depth = 128};

// {"type":"issue.updated","data":{"issue":{"id":1}}}; what is booked on an issue concerns it, too.
RedmineHook native_hook(const JsonValue& root) {
  RedmineHook hook;
  hook.event = root["type"].text();
  const auto data = root["data"];
  add_hook_id(hook.issues, data["issue"]["id"]);
  add_hook_id(hook.issues, data["time_entry"]["issue"]["id"]);
  return hook;
}

// {"payload":{"action":"updated","issue":{"id":1}}}
RedmineHook plugin_hook(const JsonValue& payload) {
  RedmineHook hook;
  hook.event = payload["action"].text();
  add_hook_id(hook.issues, payload["issue"]["id"]);
  return hook;
}

}  // namespace

Result<std::size_t> redmine_hook_signer(const std::optional<std::string>& signature, const std::string& body,
                                        const std::vector<std::string>& secrets) {
  return hmac_signer({"Redmine", "X-Redmine-Signature-256"}, signature, body, secrets);
}

Result<RedmineHook> redmine_hook_from(const std::string& body) {
  const std::string attempt = "reading a webhook delivery of Redmine";
  TRY(document, JsonDocument::parse(body, attempt, k_limits));
  const auto root = document.root();
  root.require_object();
  const bool plugin = root["payload"].present();
  auto hook = plugin ? plugin_hook(root["payload"]) : native_hook(root);
  if (auto problem = document.problem()) return Failure(*std::move(problem));
  if (hook.issues.empty() && (plugin || hook.event.starts_with("issue.")))
    return failure(ErrorKind::bad_reply, attempt + ": it does not tell which issue its event is about");
  return hook;
}

}  // namespace cb
