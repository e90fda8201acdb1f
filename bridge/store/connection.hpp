// One connection to an SQLite file, by way of SOCI, which no other file sees. Values are always bound. A failure throws
// StoreError in words for people (store_errors.hpp), and the transaction it happened in is rolled back. Not for use by
// several threads at a time.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "bridge/store/store.hpp"

namespace cb {

using Value = std::variant<std::nullptr_t, std::int64_t, std::string>;

// The columns of one answer, as text; empty where the value is NULL.
using Row = std::vector<std::optional<std::string>>;

class Connection {
 public:
  // `path` is a file that exists, or `:memory:`.
  Connection(std::string path, StoreAccess access);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // So long each statement waits while another program keeps the file locked, before it throws StoreBusy; ten seconds
  // at first.
  void wait_when_busy(std::chrono::milliseconds longest);
  void run(const std::string& sql, const std::vector<Value>& values = {});
  std::vector<Row> query(const std::string& sql, int columns, const std::vector<Value>& values = {});
  // The first column of the first row; empty when there is none.
  std::optional<std::string> single(const std::string& sql, const std::vector<Value>& values = {});
  // All of it or nothing; takes the right to write at once. Not nested.
  void atomically(const std::function<void()>& work);

  [[nodiscard]] const std::string& path() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

Value value_of(Instant instant);
Value value_of(const std::optional<Instant>& instant);
Instant instant_in(const Row& row, int column);
std::optional<Instant> optional_instant_in(const Row& row, int column);
std::int64_t number_in(const Row& row, int column);
std::string text_in(const Row& row, int column);  // NULL reads as empty

}  // namespace cb
