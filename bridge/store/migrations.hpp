// The numbered steps that bring a store up to date: forward only, each in one transaction that also moves the version.
// A new step is added at the end; one that was ever released is never changed. The version stands in the file's
// user_version, our mark in its application_id.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "bridge/store/connection.hpp"

namespace cb {

struct Migration {
  std::string title;
  std::vector<std::string> statements;
};

// Step n brings version n-1 to version n.
std::span<const Migration> all_migrations();

// StoreError when the file was written by a newer program or is no store of ours. Changes nothing.
int checked_version(Connection& connection, std::span<const Migration> known);

// StoreError when the file is ours and was written by a newer program.
void refuse_newer(Connection& connection, std::span<const Migration> known);

// Takes every step that is missing. `before_change` is called once before the first step on a store that has data
// already: it puts a copy aside.
void migrate(Connection& connection, std::span<const Migration> known,
             const std::function<void(int from, int to)>& before_change);

}  // namespace cb
