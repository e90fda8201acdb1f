#include "adapters/bugzilla/bugzilla_webhook.hpp"

#include "adapters/hook_ids.hpp"
#include "adapters/json_read.hpp"

namespace cb {

namespace {
constexpr JsonLimits k_limits{.bytes = 16U * 1024U * 1024U, .depth = 128};
}

Result<BugzillaHook> bugzilla_hook_from(const std::string& body) {
  TRY(document, JsonDocument::parse(body, "reading a webhook delivery of Bugzilla", k_limits));
  const auto root = document.root();
  root.require_object();
  BugzillaHook hook;
  hook.event = root["event"]["action"].text();
  add_hook_id(hook.issues, root["bug"]["id"]);
  if (auto problem = document.problem()) return Failure(*std::move(problem));
  return hook;
}

}  // namespace cb
