#include "tests/simulation/deliveries.hpp"

#include "tests/simulation/signing.hpp"

namespace cb::simulation {

namespace {

constexpr std::int64_t k_second = 1'000'000;
constexpr Micros k_no_answer{30 * k_second};
constexpr Micros k_soon{120 * k_second};
constexpr int k_attempts = 5;

// A body says much more than which issue it is about, also what is for staff.
std::string body_about(const SiteForm& form, const std::string& id, bool is_comment) {
  const auto secret = std::string("\"notes\":\"") + k_staff_secret + "\"";
  if (form.kind == TrackerKind::bugzilla)
    return R"({"webhook_name":"bridge","event":{"action":"modify"},"bug":{"id":)" + id + R"(,"is_private":true,)" +
           secret + "}}";
  if (form.kind == TrackerKind::redmine && form.name == "second")
    return R"({"payload":{"action":"updated","issue":{"id":)" + id + R"(},"journal":{)" + secret + "}}}";
  if (form.kind == TrackerKind::redmine)
    return R"({"type":"issue.updated","data":{"issue":{"id":)" + id + "},\"journal\":{" + secret + "}}}";
  if (is_comment && !form.cloud)
    return R"({"webhookEvent":"comment_created","comment":{"self":"https://dc.example/rest/api/2/issue/)" + id +
           R"(/comment/7",)" + secret + "}}";
  return R"({"webhookEvent":"jira:issue_updated","issue":{"id":")" + id + "\"},\"comment\":{" + secret + "}}";
}

bool sends_again(const SiteForm& form) {
  return form.kind != TrackerKind::redmine;
}

bool has_webhooks(const SiteForm& form) {
  return form.kind != TrackerKind::bugzilla || form.flavour == "bmo" || form.flavour == "harmony";
}

}  // namespace

Deliveries::Deliveries(DeliveryParts parts, Dice dice)
    : parts_(std::move(parts)),
      dice_(dice),
      per_mille_(dice_.happens(500) ? static_cast<int>(dice_.between(100, 1000)) : 0) {}

Micros Deliveries::some_time() {
  return Micros(dice_.mostly_near(50'000, 600 * k_second));
}

void Deliveries::changed(const IssueKey& key) {
  constexpr int k_forged = 60;
  if (!has_webhooks(parts_.sites.at(key.tracker)->form()) || !dice_.happens(per_mille_)) return;
  plan(key);
  if (dice_.happens(k_forged)) plan_forged(key);
}

void Deliveries::plan(const IssueKey& key) {
  constexpr int k_twice = 100, k_unknown = 20;
  const auto delivery = make(key, Proof::right);
  parts_.turns.in(some_time(), [this, delivery] { send(delivery); });
  if (dice_.happens(k_twice))
    parts_.turns.in(some_time(), [this, twin = std::make_shared<Delivery>(*delivery)] { send(twin); });
  if (dice_.happens(k_unknown)) {
    const auto nobodys = make({key.tracker, "999999"}, Proof::right);
    parts_.turns.in(some_time(), [this, nobodys] { send(nobodys); });
  }
}

void Deliveries::plan_forged(const IssueKey& key) {
  const auto proof = static_cast<Proof>(dice_.between(1, 3));
  const auto forged = make(key, proof);
  if (dice_.happens(100)) {
    forged->proof = Proof::right;
    forged->request = make(key, Proof::right)->request;
    forged->is_strange = dice_.happens(500);
    forged->is_torn = !forged->is_strange;
    if (forged->is_strange) forged->request.path = "/webhooks/nobody" + std::string("/") + k_hook_secret;
    if (forged->is_torn) {
      forged->request.body.resize(forged->request.body.size() / 2);
      prove(*forged, parts_.sites.at(key.tracker)->form());
    }
  }
  parts_.turns.in(some_time(), [this, forged] { send(forged); });
}

Deliveries::Sent Deliveries::make(const IssueKey& key, Proof proof) {
  auto delivery = std::make_shared<Delivery>();
  const auto& form = parts_.sites.at(key.tracker)->form();
  delivery->key = key;
  delivery->proof = proof;
  delivery->request.method = "POST";
  delivery->request.body = body_about(form, key.id, dice_.happens(300));
  if (form.kind == TrackerKind::jira) delivery->identifier = "delivery-" + std::to_string(++last_);
  prove(*delivery, form);
  return delivery;
}

// Bugzilla and Redmine's plugin cannot sign: their secret comes along, and covers no body.
void Deliveries::prove(Delivery& delivery, const SiteForm& form) {
  auto& request = delivery.request;
  request.path = "/webhooks/" + form.name;
  request.headers.clear();
  if (!delivery.identifier.empty()) request.headers.emplace_back("X-Atlassian-Webhook-Identifier", delivery.identifier);
  if (delivery.proof == Proof::missing) return;
  const bool is_right = delivery.proof == Proof::right;
  const bool is_plugin = form.kind == TrackerKind::redmine && form.name == "second";
  if (form.kind == TrackerKind::bugzilla || is_plugin) {
    const auto secret = is_right ? std::string(k_hook_secret) : "guessed-by-somebody-else";
    if (form.flavour == "bmo") {
      request.headers.emplace_back(k_hook_header, secret);
    } else {
      request.path += "/" + secret;
    }
    return;
  }
  const auto secret = delivery.proof == Proof::of_another_secret ? "guessed-by-somebody-else" : k_hook_secret;
  const auto text = delivery.proof == Proof::of_another_body ? request.body + " " : request.body;
  request.headers.emplace_back(form.kind == TrackerKind::jira ? "X-Hub-Signature" : "X-Redmine-Signature-256",
                               "sha256=" + hex_of(hmac_of(secret, text)));
}

void Deliveries::send(const Sent& delivery) {
  const bool may_wake = delivery->proof == Proof::right && !delivery->is_torn && !delivery->is_strange;
  parts_.trace.count(may_wake ? "webhooks" : "webhooks that must be refused");
  parts_.trace.step(parts_.turns.now(),
                    (may_wake ? "a webhook names " : "a forged webhook names ") + to_text(delivery->key));
  delivery->is_answered = false;
  ++delivery->attempts;
  if (may_wake) in_hand_.insert(delivery);
  const auto told = [this, delivery](const WebAnswer& answer) { answered(delivery, answer); };
  if (parts_.turns.is_frozen() || !parts_.send(delivery->request, told)) {
    in_hand_.erase(delivery);
    again(delivery);
    return;
  }
  parts_.turns.in(k_no_answer, [this, delivery, attempt = delivery->attempts] {
    if (!delivery->is_answered && delivery->attempts == attempt) again(delivery);
  });
}

void Deliveries::again(const Sent& delivery) {
  if (delivery->proof != Proof::right || delivery->attempts >= k_attempts) return;
  if (!sends_again(parts_.sites.at(delivery->key.tracker)->form())) return;
  parts_.trace.count("webhooks sent again");
  parts_.turns.in(dice_.seconds(30, 1800), [this, delivery] { send(delivery); });
}

void Deliveries::answered(const Sent& delivery, const WebAnswer& answer) {
  delivery->is_answered = true;
  in_hand_.erase(delivery);
  parts_.trace.step(parts_.turns.now(),
                    "the webhook of " + to_text(delivery->key) + " is answered " + std::to_string(answer.status));
  for (const auto* secret : {k_hook_secret, k_staff_secret})
    if (answer.body.find(secret) != std::string::npos)
      parts_.judge.fail("no answer to a webhook tells a secret", answer.body);
  if (answer.status == 503 && answer.body.find("starting") != std::string::npos) return again(delivery);
  if (delivery->proof != Proof::right || delivery->is_torn || delivery->is_strange)
    return judge_refused(*delivery, answer);
  if (answer.status == 503) {
    parts_.trace.count("webhooks that the store could not keep");
    if (!parts_.may_not_keep())
      parts_.judge.fail("a webhook is kept while the store can be written", to_text(delivery->key));
    return again(delivery);
  }
  if (judge_taken(*delivery, answer) && parts_.is_calm()) look_later(delivery->key);
}

void Deliveries::judge_refused(const Delivery& delivery, const WebAnswer& answer) {
  const auto expected = delivery.is_strange ? 404 : delivery.is_torn ? 400 : 401;
  if (answer.status != expected)
    parts_.judge.fail("what is not proved to come from the tracker is refused",
                      "a webhook of " + to_text(delivery.key) + " was answered " + std::to_string(answer.status) +
                          " instead of " + std::to_string(expected) + ": " + answer.body);
}

// True: it asks for something.
bool Deliveries::judge_taken(const Delivery& delivery, const WebAnswer& answer) {
  const auto name = "the webhook of " + to_text(delivery.key);
  const bool came_before = answer.body.find("came before") != std::string::npos;
  if (answer.status != 200)
    parts_.judge.fail("a right webhook is taken", name + " was answered " + std::to_string(answer.status));
  if (came_before && accepted_.count(delivery.identifier) == 0)
    parts_.judge.fail("only what came before is taken for it", name + ", " + delivery.identifier);
  if (!came_before && !delivery.is_woken && parts_.disk().issue(delivery.key))
    parts_.judge.fail("a webhook that is taken wakes its issue", name + " woke nothing");
  if (!delivery.identifier.empty()) accepted_.insert(delivery.identifier);
  return !came_before;
}

void Deliveries::woken(const std::vector<IssueKey>& keys, const std::string& why) {
  if (why != "webhook") return;
  for (const auto& key : keys) {
    bool is_proved = false;
    for (const auto& delivery : in_hand_) {
      if (delivery->key != key) continue;
      is_proved = delivery->is_woken = true;
    }
    if (!is_proved) parts_.judge.fail("only a proved webhook wakes an issue", to_text(key) + " was woken by none");
  }
}

void Deliveries::read(const IssueKey& key, Instant at) {
  auto& last = read_[key];
  if (last < at || last > parts_.clock.now()) last = at;
}

// A list would find it too, later: what is woken must not wait for that.
void Deliveries::look_later(const IssueKey& key) {
  const auto told_at = parts_.clock.now();
  parts_.turns.in(k_soon, [this, key, told_at] {
    auto& site = *parts_.sites.at(key.tracker);
    if (!parts_.is_calm() || !site.exists(key.id)) return;
    const auto stored = parts_.disk().issue(key);
    if (!stored && site.form().index_lag > Seconds{0}) return;
    if (read_[key] >= told_at || (stored && stored->gone)) return;
    if (!parts_.disk().all_parked(key.tracker).empty()) return;
    parts_.judge.fail("what a webhook names is looked at soon",
                      to_text(key) + " was named at " + to_iso(told_at) +
                          (stored ? " and last read at " + to_iso(read_[key]) : " and is not known yet"));
  });
}

}  // namespace cb::simulation
