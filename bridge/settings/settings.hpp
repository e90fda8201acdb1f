// The configuration as typed values. loader.hpp makes them from YAML and lists every problem with file:line:column.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "adapters/tracker.hpp"
#include "rules/contract_book.hpp"

namespace cb {

enum class TrackerKind { redmine, bugzilla, jira };
enum class InstantFormat { natural, local, iso };
enum class CommentMode { off, internal, everybody };

struct WriteField {
  std::string field;
  InstantFormat format = InstantFormat::natural;  // natural: the tracker's date-time type, else local
};

// A flag and the sign that it has while a state holds: + - ?
struct WriteFlag {
  std::string state;
  std::string flag;
  std::string sign;
  friend bool operator==(const WriteFlag&, const WriteFlag&) = default;
};

// A change of status while a state holds and the issue stands in `from`; neither status ends an issue.
struct WriteTransition {
  std::string state;
  std::string from;
  std::string to;
  friend bool operator==(const WriteTransition&, const WriteTransition&) = default;
};

struct WriteSettings {
  std::map<Slot, WriteField> fields;
  std::map<std::string, std::string> labels;  // state to label
  std::vector<WriteFlag> flags;               // Bugzilla; a state may have several
  std::vector<WriteTransition> transitions;   // Jira; the first that applies is done
  std::string property;                       // Jira: of the issue, where the decision stands as JSON; empty: nowhere
  std::string pages;                          // server.public_url: issues get links to pages below; empty: none
  std::map<std::string, CommentMode>
      comments;                    // receipt, offer, reminder, reclassified, risk, breach, mismatch, escalation, notice
  bool assign_consultant = false;  // issues that nobody was ever assigned to (A5)
  bool copy_escalation = false;    // who is called by an escalation, and the owner (D8)
};

// A value that may come from the environment (`${NAME}`) or a file (`file:/path`): kept as written until the
// tracker is opened, so that `check --offline` resolves nothing. See secret.hpp.
struct SecretReference {
  std::string text;
};

// What the tracker's webhooks prove themselves with; see bridge/web/webhooks.hpp.
struct WebhookSettings {
  SecretReference secret;
  SecretReference old_secret;  // still good while the secret is being replaced; empty: none
  std::string header;          // Bugzilla (BMO): whose value is the secret; empty: the address holds it
};

struct TrackerSettings {
  std::string name;
  TrackerKind kind = TrackerKind::redmine;
  std::string url;
  SecretReference api_key;
  std::string ca_file;                // a custom certificate authority; empty: the system's
  std::string login;                  // Bugzilla, Jira Cloud: of the key's account; empty: found out, or not needed
  std::vector<std::string> projects;  // Bugzilla: products
  std::string label_field;            // Redmine: the multi-value list field that holds labels; empty: no labels
  Seconds poll_every{60};
  WriteSettings write;
  std::string insider_group;               // Bugzilla: who sees private comments; empty: asked for
  std::string server_timezone;             // Bugzilla
  std::optional<WebhookSettings> webhook;  // none: deliveries are refused
  // read, staff, bots, statuses and priorities stand in book.trackers[name]
};

struct ServerSettings {
  std::string listen = "127.0.0.1:8480";
  std::string public_url;     // where people reach the pages, without a slash at the end; empty: they do not
  SecretReference token;      // for pages and API; empty: none, which only an address of loopback may have
  Seconds behind_after{900};  // not ready when a tracker was last read completely longer ago
};

enum class NotificationKind { json, chat };
enum class NotificationEvent { risk, breach, urgent, outage };

// Somebody who is told outside the tracker, by a request to an address.
struct NotificationTarget {
  std::string name;
  SecretReference url;  // may be written out: then `text` is the address itself
  NotificationKind kind = NotificationKind::json;
  SecretReference secret;  // signs each request; empty: not signed
  std::set<NotificationEvent> events;
};

// Templates by language, then name.
using Texts = std::map<std::string, std::map<std::string, std::string>>;

struct Settings {
  std::string folder;
  std::vector<TrackerSettings> trackers;
  std::string store;  // sqlite:PATH or postgresql://...
  ServerSettings server;
  std::vector<NotificationTarget> notifications;
  ContractBook book;
  Texts texts;
};

}  // namespace cb
