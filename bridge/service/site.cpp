#include "bridge/service/site.hpp"

#include "bridge/settings/secret.hpp"
#include "bridge/web/api_answers.hpp"
#include "bridge/web/api_routes.hpp"
#include "bridge/web/issue_page.hpp"
#include "bridge/web/router.hpp"
#include "bridge/web/status_routes.hpp"
#include "bridge/web/web_parts.hpp"
#include "bridge/web/web_secrets.hpp"
#include "bridge/web/webhooks.hpp"

namespace cb {

struct Site::Generation {
  Generation(WebParts from, std::vector<HookSource> sources, WakeIssues wake, Clock& clock, Log& log)
      : parts(std::move(from)), webhooks(std::move(sources), std::move(wake), clock, log), router(parts.access) {
    add_status_routes(router, parts);
    add_api_routes(router, parts);
    add_page_routes(router, parts);
    webhooks.add_to(router);
  }

  WebParts parts;
  Webhooks webhooks;
  Router router;
};

Site::Site(SiteParts parts) : parts_(std::move(parts)), started_(parts_.clock.now()) {}
Site::~Site() = default;

std::vector<std::string> Site::problems_of(const Settings& settings) {
  std::vector<std::string> problems;
  if (const auto access = access_of(settings.server); !access) problems.push_back(access.error().what);
  if (const auto sources = hook_sources(settings); !sources) problems.push_back(sources.error().what);
  return problems;
}

void Site::use(const std::shared_ptr<const Settings>& settings) {
  auto access = access_of(settings->server);
  auto sources = hook_sources(*settings);
  if (!access || !sources) return;
  if (!settings->server.token.text.empty()) {
    if (const auto token = resolve(settings->server.token)) parts_.log.keep_secret(*token);
  }
  const auto wake = [this](const std::vector<IssueKey>& keys) {
    try {
      return wake_known(keys);
    } catch (const StoreError& error) {
      parts_.log.error(std::string("a webhook could not be stored, and its sender is told so: ") + error.what());
      return false;
    }
  };
  WebParts web{
      parts_.store, parts_.clock, parts_.requests, *access, parts_.version, started_, [settings] { return settings; },
      parts_.loops};
  auto next = std::make_shared<Generation>(std::move(web), *std::move(sources), wake, parts_.clock, parts_.log);
  const std::lock_guard lock(mutex_);
  present_ = std::move(next);
}

// What is known is served, and is looked at. Whether something new belongs to what is served only a list tells: a hook
// may be set for a whole site. The list is a hint like the delivery, and polling does the same by itself.
bool Site::wake_known(const std::vector<IssueKey>& keys) {
  std::vector<IssueKey> known;
  for (const auto& key : keys) {
    if (parts_.store.issue(key)) {
      known.push_back(key);
    } else if (parts_.list_soon) {
      parts_.list_soon(key.tracker);
    }
  }
  if (!known.empty()) parts_.store.wake(known, "webhook", parts_.clock.now());
  return true;
}

std::shared_ptr<Site::Generation> Site::present() const {
  const std::lock_guard lock(mutex_);
  return present_;
}

WebAnswer Site::answer(const WebRequest& request) const {
  if (const auto generation = present()) return in_api_words(request, generation->router.answer(request));
  auto starting = plain_answer(503, "the service is starting");
  starting.headers.emplace_back("Retry-After", "5");
  return in_api_words(request, std::move(starting));
}

void Site::turned_away(const std::string& path, const WebAnswer& answer) const {
  if (const auto generation = present()) generation->webhooks.turned_away(path, answer);
}

}  // namespace cb
