#include "bridge/web/webhooks.hpp"

#include <algorithm>

#include "adapters/bugzilla/bugzilla_webhook.hpp"
#include "adapters/jira/jira_webhook.hpp"
#include "adapters/redmine/redmine_webhook.hpp"
#include "bridge/web/hook_proof.hpp"
#include "bridge/web/web_path.hpp"
#include "rules/text.hpp"

namespace cb {

namespace {

constexpr Seconds k_silence{60};

struct Delivery {
  std::string event;
  std::vector<std::string> issues;
};

template <class Hook>
Result<Delivery> delivery_of(Result<Hook> hook) {
  if (!hook) return Failure(std::move(hook.error()));
  return Delivery{std::move(hook->event), std::move(hook->issues)};
}

Result<Delivery> delivery_from(TrackerKind kind, const std::string& body) {
  switch (kind) {
    case TrackerKind::jira:
      return delivery_of(jira_hook_from(body));
    case TrackerKind::bugzilla:
      return delivery_of(bugzilla_hook_from(body));
    case TrackerKind::redmine:
      break;
  }
  return delivery_of(redmine_hook_from(body));
}

// Unique within a site; other kinds of trackers have none.
std::string identifier_of(const HookSource& source, const WebRequest& request) {
  if (source.kind != TrackerKind::jira) return {};
  return header(request, "X-Atlassian-Webhook-Identifier").value_or("");
}

std::string empty_words(TrackerKind kind) {
  std::string words = "webhook delivery without a body: it tells no issue, so nothing was woken";
  if (kind == TrackerKind::jira) words += "; in Jira's administration of webhooks, take `exclude body` off this one";
  return words;
}

// Our own words alone: what the server answers by itself quotes nobody.
std::string turned_away_words(const HookSource& source, const WebAnswer& answer) {
  auto words = "webhook delivery not taken, answered " + std::to_string(answer.status) + ": " + trimmed(answer.body) +
               " Polling finds what it was about";
  if (source.kind == TrackerKind::bugzilla && answer.status == 413)
    words += "; Bugzilla sends it again and again, and those behind it wait: take it off the queue there";
  return words;
}

WebAnswer thanks(const std::string& what) {
  return plain_answer(200, what);
}

WebAnswer unknown() {
  return plain_answer(404, "There is nothing at this address.");
}

}  // namespace

Webhooks::Webhooks(std::vector<HookSource> sources, WakeIssues wake, Clock& clock, Log& log, std::size_t most_ids)
    : wake_(std::move(wake)), clock_(clock), log_(log), most_ids_(most_ids) {
  for (auto& source : sources) {
    for (const auto& secret : source.secrets) log_.keep_secret(secret);
    auto name = source.tracker;
    sources_.emplace(std::move(name), std::move(source));
  }
}

void Webhooks::add_to(Router& router) {
  router.add("POST", "/webhooks/{tracker}", Guard::open,
             [this](const WebCall& call) { return take(call.request, call.parts.at("tracker"), {}); });
  router.add("POST", "/webhooks/{tracker}/{secret}", Guard::open, [this](const WebCall& call) {
    return take(call.request, call.parts.at("tracker"), call.parts.at("secret"));
  });
}

WebAnswer Webhooks::take(const WebRequest& request, const std::string& tracker,
                         const std::optional<std::string>& path_secret) {
  const auto found = sources_.find(tracker);
  if (found == sources_.end()) return unknown();
  const auto& source = found->second;
  if (source.secrets.empty()) {
    say(tracker, Loss::refused,
        "webhook delivery refused: nothing tells whether it comes from the tracker; set `webhook: { secret: "
        "${NAME} }` for this tracker in bridge.yaml, and the same secret in the tracker");
    return plain_answer(403, "No secret is configured for the webhooks of this tracker.");
  }
  if (const auto why = unproved(source, request, path_secret)) {
    say(tracker, Loss::refused, *why);
    auto answer = plain_answer(401, "The delivery is not proved to come from the tracker; the log tells why.");
    answer.headers.emplace_back("WWW-Authenticate", "Webhook-Secret realm=\"contract-bridge\"");
    return answer;
  }
  return take_proved(source, request);
}

WebAnswer Webhooks::take_proved(const HookSource& source, const WebRequest& request) {
  if (trimmed(request.body).empty()) {
    say(source.tracker, Loss::empty, empty_words(source.kind));
    return thanks("It is about nothing.");
  }
  const auto identifier = identifier_of(source, request);
  {
    const std::lock_guard lock(mutex_);
    if (deliveries_.knows(source.tracker, identifier, clock_.now())) return thanks("It came before.");
  }
  const auto delivery = delivery_from(source.kind, request.body);
  if (!delivery) {
    say(source.tracker, Loss::not_understood, delivery.error().what);
    return plain_answer(400, "The body is not what this kind of tracker sends; the log tells why.");
  }
  if (delivery->issues.empty()) return thanks("It is about no issue.");
  auto answer = wake_issues(source, delivery->event, delivery->issues);
  if (answer.status == 200) {
    const std::lock_guard lock(mutex_);
    deliveries_.remember(source.tracker, identifier, clock_.now());
  }
  return answer;
}

WebAnswer Webhooks::wake_issues(const HookSource& source, const std::string& event,
                                const std::vector<std::string>& ids) {
  std::vector<IssueKey> keys;
  for (std::size_t i = 0; i < std::min(ids.size(), most_ids_); ++i) keys.push_back({source.tracker, ids[i]});
  if (!wake_(keys)) {
    auto answer = plain_answer(503, "It could not be stored; send it again.");
    answer.headers.emplace_back("Retry-After", "30");
    return answer;
  }
  std::string names;
  for (const auto& key : keys) names += (names.empty() ? "" : ", ") + to_text(key);
  log_.debug("webhook: " + names, {{"tracker", source.tracker}, {"event", event}});
  return thanks("Thank you.");
}

void Webhooks::turned_away(const std::string& path, const WebAnswer& answer) {
  const auto parts = path_parts(path);
  if (!parts || parts->size() < 2 || parts->front() != "webhooks") return;
  const auto found = sources_.find((*parts)[1]);
  if (found != sources_.end()) say(found->first, Loss::turned_away, turned_away_words(found->second, answer));
}

// A stranger can be refused as often as he likes; the log is not his.
void Webhooks::say(const std::string& tracker, Loss loss, const std::string& why) {
  const auto now = clock_.now();
  int unsaid = 0;
  {
    const std::lock_guard lock(mutex_);
    const auto [found, is_first] = silences_.try_emplace({tracker, loss}, Silence{now});
    if (!is_first && now - found->second.since < k_silence && now >= found->second.since) {
      ++found->second.more;
      return;
    }
    unsaid = found->second.more;
    found->second = {now};
  }
  const auto more = unsaid > 0 ? " (and " + std::to_string(unsaid) + " more since the last line)" : std::string();
  log_.warning(why + more, {{"tracker", tracker}});
}

}  // namespace cb
