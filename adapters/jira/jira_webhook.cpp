#include "adapters/jira/jira_webhook.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <array>
#include <climits>

#include "adapters/json_read.hpp"
#include "rules/text.hpp"

namespace cb {

namespace {

using Digest = std::array<unsigned char, 32>;  // of SHA-256

constexpr JsonLimits k_limits{.bytes = 16U * 1024U * 1024U, .depth = 128};
constexpr std::size_t k_longest_id = 19;  // what 64 bits hold

std::string lower(std::string text) {
  for (auto& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

std::optional<Digest> digest_from(const std::string& hex) {
  Digest digest{};
  if (hex.size() != 2 * digest.size()) return {};
  for (std::size_t i = 0; i < digest.size(); ++i) {
    const int high = hex_value(hex[2 * i]);
    const int low = hex_value(hex[2 * i + 1]);
    if (high < 0 || low < 0) return {};
    digest[i] = static_cast<unsigned char>(high * 16 + low);
  }
  return digest;
}

// In constant time, so that nobody can find a signature byte by byte.
bool is_signed_with(const std::string& secret, const std::string& body, const Digest& digest) {
  if (secret.empty() || secret.size() > INT_MAX) return false;
  Digest own{};
  unsigned int size = 0;
  const auto* bytes = reinterpret_cast<const unsigned char*>(body.data());
  if (HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()), bytes, body.size(), own.data(), &size) ==
      nullptr)
    return false;
  return size == own.size() && CRYPTO_memcmp(own.data(), digest.data(), own.size()) == 0;
}

Failure refused(const std::string& why) {
  return failure(ErrorKind::denied, "webhook delivery refused: " + why);
}

bool is_id(const std::string& text) {
  return !text.empty() && text.size() <= k_longest_id &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// https://x/rest/api/2/issue/10013/comment/10082: the number behind /issue/.
std::string id_in_address(const std::string& address) {
  constexpr std::string_view k_before = "/issue/";
  const auto at = address.rfind(k_before);
  if (at == std::string::npos) return {};
  const auto from = at + k_before.size();
  const auto id = address.substr(from, address.find_first_of("/?#", from) - from);
  return is_id(id) ? id : std::string();
}

void add(std::vector<std::string>& ids, const std::string& id) {
  if (!id.empty() && std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
}

// An id as a number or a text; one of another form is a problem, because it becomes part of an address.
void add_id(std::vector<std::string>& ids, const JsonValue& value) {
  if (!value.present()) return;
  const auto id = value.scalar();
  if (!id.empty() && !is_id(id)) value.refuse("the id of an issue, a whole number");
  add(ids, id);
}

std::vector<std::string> issues_of(const JsonValue& root) {
  std::vector<std::string> ids;
  add_id(ids, root["issue"]["id"]);
  add_id(ids, root["worklog"]["issueId"]);
  add_id(ids, root["issueLink"]["sourceIssueId"]);
  add_id(ids, root["issueLink"]["destinationIssueId"]);
  for (const auto* part : {"issue", "comment", "worklog", "property"})
    if (ids.empty()) add(ids, id_in_address(root[part]["self"].text_or("")));
  return ids;
}

bool must_name_issue(const std::string& event) {
  for (const auto* prefix : {"jira:issue_", "comment_", "worklog_", "issuelink_", "issue_property_"})
    if (event.starts_with(prefix)) return true;
  return false;
}

}  // namespace

Result<std::size_t> jira_hook_signer(const std::optional<std::string>& signature, const std::string& body,
                                     const std::vector<std::string>& secrets) {
  if (!signature)
    return refused(
        "it has no X-Hub-Signature; set a secret for this webhook in Jira, the same as in the configuration");
  const auto equals = signature->find('=');
  if (equals == std::string::npos) return refused("its X-Hub-Signature is not of the form sha256=HEX");
  const auto method = lower(trimmed(signature->substr(0, equals)));
  if (method == "sha1" || method == "md5")
    return refused("it is signed with " + method + ", which can be forged; only sha256 is taken");
  if (method != "sha256") return refused("it is signed with a method that is not known; only sha256 is taken");
  const auto digest = digest_from(lower(trimmed(signature->substr(equals + 1))));
  if (!digest) return refused("its X-Hub-Signature does not hold the 64 hexadecimal digits of sha256");
  // All are tried whichever fits, so that time does not tell which did.
  std::optional<std::size_t> signer;
  for (std::size_t i = 0; i < secrets.size(); ++i)
    if (is_signed_with(secrets[i], body, *digest) && !signer) signer = i;
  if (signer) return *signer;
  if (std::all_of(secrets.begin(), secrets.end(), [](const std::string& secret) { return secret.empty(); }))
    return refused("no secret is configured, so nothing tells whether it comes from Jira");
  return refused(
      "its signature fits no configured secret; is the secret in Jira the same, and did a proxy change the "
      "body?");
}

Result<JiraHook> jira_hook_from(const std::string& body) {
  const std::string attempt = "reading a webhook delivery of Jira";
  TRY(document, JsonDocument::parse(body, attempt, k_limits));
  const auto root = document.root();
  root.require_object();
  JiraHook hook;
  hook.event = root["webhookEvent"].text();
  hook.issues = issues_of(root);
  hook.issue_deleted = hook.event == "jira:issue_deleted";
  if (auto problem = document.problem()) return Failure(*std::move(problem));
  if (hook.issues.empty() && must_name_issue(hook.event))
    return failure(ErrorKind::bad_reply, attempt + ": it does not tell which issue its event is about");
  return hook;
}

}  // namespace cb
