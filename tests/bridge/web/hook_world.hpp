// Webhooks of five trackers with what they woke and logged, and the bodies and signatures of deliveries.
#pragma once

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include "bridge/web/webhooks.hpp"
#include "tests/support/virtual_clock.hpp"

namespace cb {

inline const std::string k_secret = "correct-horse-battery";
inline const std::string k_old = "old-horse-battery-staple";
inline const std::string k_jira_body = R"({"webhookEvent":"jira:issue_updated","issue":{"id":"10068"}})";
inline const std::string k_redmine_body = R"({"type":"issue.updated","data":{"issue":{"id":12}}})";
inline const std::string k_plugin_body = R"({"payload":{"action":"updated","issue":{"id":191}}})";
inline const std::string k_bug_body = R"({"event":{"action":"modify"},"bug":{"id":35,"is_private":true}})";

inline std::string hmac(const std::string& secret, const std::string& body) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
       reinterpret_cast<const unsigned char*>(body.data()), body.size(), digest, &size);
  std::ostringstream out;
  for (unsigned int i = 0; i < size; ++i) out << std::hex << digest[i] / 16 << digest[i] % 16;
  return "sha256=" + out.str();
}

// Five trackers, what was woken, and the log.
class HookWorld {
 public:
  HookWorld()
      : log_(LogLevel::debug, Log::Form::human, lines_),
        hooks_(
            {{"jira", TrackerKind::jira, {k_secret, k_old}, ""},
             {"redmine", TrackerKind::redmine, {k_secret}, ""},
             {"bmo", TrackerKind::bugzilla, {k_secret}, "X-Bridge-Secret"},
             {"harmony", TrackerKind::bugzilla, {k_secret}, ""},
             {"bare", TrackerKind::jira, {}, ""}},
            [this](const std::vector<IssueKey>& keys) { return wake(keys); }, clock, log_),
        router_(Access("", "")) {
    hooks_.add_to(router_);
  }

  WebAnswer post(const std::string& path, const std::string& body, Headers headers = {}) {
    WebRequest request;
    request.method = "POST";
    request.path = path;
    request.body = body;
    request.headers = std::move(headers);
    return router_.answer(request);
  }
  WebAnswer answer(const WebRequest& request) { return router_.answer(request); }
  void turn_away(const std::string& path, const WebAnswer& answer) { hooks_.turned_away(path, answer); }
  WebAnswer jira(const std::string& body, const std::string& identifier) {
    return post("/webhooks/jira", body,
                {{"X-Hub-Signature", hmac(k_secret, body)}, {"X-Atlassian-Webhook-Identifier", identifier}});
  }
  [[nodiscard]] std::string log() const { return lines_.str(); }
  [[nodiscard]] int lines() const {
    const auto text = log();
    return static_cast<int>(std::count(text.begin(), text.end(), '\n'));
  }

  VirtualClock clock{*instant_from_iso("2026-11-27T12:00:00Z")};
  std::vector<std::string> woken;
  std::size_t calls = 0;
  bool store_is_good = true;

 private:
  bool wake(const std::vector<IssueKey>& keys) {
    ++calls;
    if (!store_is_good) return false;
    for (const auto& key : keys) woken.push_back(to_text(key));
    return true;
  }

  std::ostringstream lines_;
  Log log_;
  Webhooks hooks_;
  Router router_;
};

}  // namespace cb
