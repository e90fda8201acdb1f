#include "bridge/store/tables.hpp"

namespace cb::notification_table {

// One that was put before is left as it is: sent, or being tried.
void put(Connection& connection, const Notification& notification) {
  connection.run(
      "INSERT INTO notification (id, target, body, at, retry_at, useful_until) "
      "VALUES (:id, :target, :body, :at, :retry_at, :useful_until) ON CONFLICT (id, target) DO NOTHING",
      {notification.id, notification.target, notification.body, value_of(notification.at),
       value_of(notification.retry_at), value_of(notification.useful_until)});
}

bool is_known(Connection& connection, const std::string& id) {
  return connection.single("SELECT 1 FROM notification WHERE id = :id LIMIT 1", {id}).has_value();
}

std::vector<Notification> due(Connection& connection, const std::string& target, Instant now, int limit) {
  const auto rows = connection.query(
      "SELECT id, target, body, at, retry_at, attempts, error, useful_until FROM notification WHERE target = :target "
      "AND (retry_at <= :now OR retry_at > :beyond) AND retry_at IS NOT NULL ORDER BY retry_at, id LIMIT :limit",
      8, {target, value_of(now), value_of(now + k_longest_notification_wait), std::int64_t{limit}});
  std::vector<Notification> found;
  found.reserve(rows.size());
  for (const auto& row : rows) {
    found.push_back({text_in(row, 0), text_in(row, 1), text_in(row, 2), instant_in(row, 3), instant_in(row, 4),
                     static_cast<int>(number_in(row, 5)), text_in(row, 6), optional_instant_in(row, 7)});
  }
  return found;
}

std::map<std::string, Instant> next(Connection& connection) {
  std::map<std::string, Instant> found;
  for (const auto& row : connection.query(
           "SELECT target, min(retry_at) FROM notification WHERE retry_at IS NOT NULL GROUP BY target", 2)) {
    found[text_in(row, 0)] = instant_in(row, 1);
  }
  return found;
}

void sent(Connection& connection, const std::string& id, const std::string& target, Instant at) {
  connection.run(
      "UPDATE notification SET sent_at = :at, retry_at = NULL, body = '' WHERE id = :id AND target = :target",
      {value_of(at), id, target});
}

bool tried(Connection& connection, const std::string& id, const std::string& target, Instant retry_at) {
  return connection
      .single(
          "UPDATE notification SET retry_at = :retry_at, attempts = attempts + 1 WHERE id = :id AND target = :target "
          "AND "
          "sent_at IS NULL RETURNING 1",
          {value_of(retry_at), id, target})
      .has_value();
}

void failed(Connection& connection, const std::string& id, const std::string& target, const std::string& error,
            Instant retry_at) {
  connection.run(
      "UPDATE notification SET error = :error, retry_at = :retry_at WHERE id = :id AND target = :target AND sent_at IS "
      "NULL",
      {error, value_of(retry_at), id, target});
}

void withdraw(Connection& connection, const std::string& id, const std::optional<std::string>& target) {
  const std::string unsent = "DELETE FROM notification WHERE id = :id AND sent_at IS NULL";
  if (target) {
    connection.run(unsent + " AND target = :target", {id, *target});
  } else {
    connection.run(unsent, {id});
  }
}

void forget(Connection& connection, Instant before) {
  connection.run("DELETE FROM notification WHERE sent_at < :before AND sent_at IS NOT NULL", {value_of(before)});
}

}  // namespace cb::notification_table
