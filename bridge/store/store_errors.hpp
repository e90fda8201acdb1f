// How a store fails, in words for the administrator: where it lies, what happened, what to do.
#pragma once

#include <string>

#include "bridge/store/store.hpp"

namespace cb {

// What is read makes no sense: the file is damaged. Who has no right, no room or no turn learns nothing about that.
class StoreDamaged : public StoreError {
 public:
  using StoreError::StoreError;
};

// A row breaks a rule of its table: a key that is there already, a text where a number belongs.
class StoreRefused : public StoreError {
 public:
  using StoreError::StoreError;
};

// Throws the StoreError that fits. `code` is SQLite's result code (0: none), `message` its own words.
[[noreturn]] void throw_store_failure(const std::string& path, int code, const std::string& message);

}  // namespace cb
