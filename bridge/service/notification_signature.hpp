// How what is told outside the tracker is signed, as Standard Webhooks has it. A secret that begins with whsec_ is
// base64 behind that, the form that the receivers' libraries ask for; any other is taken as it is.
#pragma once

#include <string>

#include "adapters/result.hpp"
#include "bridge/settings/settings.hpp"
#include "bridge/store/store.hpp"
#include "rules/time.hpp"

namespace cb {

// The secret of a target, which must have one. denied, with the target's name and never a value: it cannot be had,
// holds less than 16 bytes (also behind whsec_), or what stands behind whsec_ is no base64.
Result<std::string> notification_secret(const NotificationTarget& target);

// The value of webhook-signature. The secret is one that notification_secret() gave.
std::string webhook_signature(const std::string& secret, const std::string& id, Instant at, const std::string& body);
// Unique, and short enough for every receiver; the same for the same notification.
std::string webhook_id(const Notification& notification);

}  // namespace cb
