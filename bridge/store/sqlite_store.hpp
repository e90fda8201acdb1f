// The Store over one connection: which statements of the tables belong into one transaction.
#pragma once

#include <memory>

#include "bridge/store/connection.hpp"

namespace cb {

// The connection's schema is up to date (migrations.hpp). `held` is kept until the store is closed: the lock.
std::unique_ptr<Store> make_sqlite_store(std::unique_ptr<Connection> connection, std::shared_ptr<void> held = nullptr);

}  // namespace cb
