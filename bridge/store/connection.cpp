#include "bridge/store/connection.hpp"

// Debian's SOCI is built with Boost's types; they are not used here, and Boost's headers need not be installed.
#include <soci/soci-config.h>
#undef SOCI_HAVE_BOOST
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <sys/stat.h>

#include <cerrno>
#include <charconv>
#include <deque>
#include <system_error>

#include "bridge/store/store_errors.hpp"

namespace cb {
namespace {

// What a statement is bound to; the addresses stay while it runs.
struct Bound {
  std::deque<std::string> texts;
  std::deque<long long> numbers;
  std::deque<soci::indicator> indicators;
};

void bind(soci::statement& statement, Bound& bound, const std::vector<Value>& values) {
  for (const auto& value : values) {
    if (const auto* text = std::get_if<std::string>(&value)) {
      statement.exchange(soci::use(bound.texts.emplace_back(*text)));
    } else if (const auto* number = std::get_if<std::int64_t>(&value)) {
      statement.exchange(soci::use(bound.numbers.emplace_back(*number)));
    } else {
      auto& nothing = bound.indicators.emplace_back(soci::i_null);
      statement.exchange(soci::use(bound.texts.emplace_back(), nothing));
    }
  }
}

int code_of(const soci::soci_error& error) {
  const auto* with_code = dynamic_cast<const soci::sqlite3_soci_error*>(&error);
  return with_code == nullptr ? 0 : with_code->result();
}

// Which file a path names.
struct FileIdentity {
  dev_t device = 0;
  ino_t number = 0;
  friend bool operator==(const FileIdentity&, const FileIdentity&) = default;
};

FileIdentity identity_of(const std::string& path) {
  struct stat found {};
  if (::stat(path.c_str(), &found) == 0) return {found.st_dev, found.st_ino};
  const auto why = std::generic_category().message(errno);
  throw StoreError("store " + path + ": the file is gone (" + why +
                   ") since it was opened; end the service first, then put the file or a backup of it there, and "
                   "start again");
}

}  // namespace

struct Connection::Impl {
  std::string path;
  soci::session session;
  std::optional<FileIdentity> opened;  // none: in memory
  bool in_transaction = false;

  // Before each transaction: it costs a microsecond. What SQLite writes after another file has got the name goes to one
  // that nobody sees, and its log to the other one.
  void check_file() const {
    if (!opened || in_transaction || identity_of(path) == *opened) return;
    throw StoreError("store " + path +
                     ": the file was replaced since it was opened; nothing is written to it. End the service first, "
                     "then put the file there, without the -wal and -shm of the old one, and start again");
  }

  template <class Work>
  auto in_words(Work work) {
    try {
      return work();
    } catch (const soci::soci_error& error) {
      throw_store_failure(path, code_of(error), error.get_error_message());
    }
  }
};

Connection::Connection(std::string path, StoreAccess access) : impl_(std::make_unique<Impl>()) {
  impl_->path = std::move(path);
  impl_->in_words([&] {
    // Another reader or a backup may hold the file for a moment: wait for it.
    impl_->session.open(soci::sqlite3, "dbname=\"" + impl_->path + "\" timeout=10");
  });
  if (impl_->path != ":memory:") impl_->opened = identity_of(impl_->path);
  run("PRAGMA foreign_keys = ON");
  run("PRAGMA trusted_schema = OFF");
  if (access == StoreAccess::read) {
    run("PRAGMA query_only = ON");
    return;
  }
  static_cast<void>(single("PRAGMA journal_mode = WAL"));
  // A ledger line or an intent must survive a loss of power: NORMAL may lose the last commits of the log.
  run("PRAGMA synchronous = FULL");
}

Connection::~Connection() = default;

void Connection::wait_when_busy(std::chrono::milliseconds longest) {
  run("PRAGMA busy_timeout = " + std::to_string(longest.count()));
}

void Connection::run(const std::string& sql, const std::vector<Value>& values) {
  impl_->check_file();
  impl_->in_words([&] {
    Bound bound;
    soci::statement statement(impl_->session);
    bind(statement, bound, values);
    statement.alloc();
    statement.prepare(sql);
    statement.define_and_bind();
    statement.execute(true);
  });
}

std::vector<Row> Connection::query(const std::string& sql, int columns, const std::vector<Value>& values) {
  impl_->check_file();
  return impl_->in_words([&] {
    std::vector<Row> rows;
    Bound bound;
    std::deque<std::string> texts(static_cast<std::size_t>(columns));
    std::deque<soci::indicator> indicators(static_cast<std::size_t>(columns), soci::i_ok);
    soci::statement statement(impl_->session);
    for (std::size_t i = 0; i < texts.size(); ++i) statement.exchange(soci::into(texts[i], indicators[i]));
    bind(statement, bound, values);
    statement.alloc();
    statement.prepare(sql);
    statement.define_and_bind();
    statement.execute();
    while (statement.fetch()) {
      auto& row = rows.emplace_back();
      for (std::size_t i = 0; i < texts.size(); ++i) {
        row.push_back(indicators[i] == soci::i_null ? std::nullopt : std::optional(texts[i]));
      }
    }
    return rows;
  });
}

std::optional<std::string> Connection::single(const std::string& sql, const std::vector<Value>& values) {
  const auto rows = query(sql, 1, values);
  return rows.empty() ? std::nullopt : rows.front().front();
}

namespace {

// A transaction that has begun comes to its end in the file in which it began.
class InTransaction {
 public:
  explicit InTransaction(bool& flag) : flag_(flag) { flag_ = true; }
  ~InTransaction() { flag_ = false; }
  InTransaction(const InTransaction&) = delete;
  InTransaction& operator=(const InTransaction&) = delete;

 private:
  bool& flag_;
};

}  // namespace

void Connection::atomically(const std::function<void()>& work) {
  run("BEGIN IMMEDIATE");
  const InTransaction here(impl_->in_transaction);
  try {
    work();
    run("COMMIT");
  } catch (...) {
    try {
      run("ROLLBACK");
    } catch (const StoreError&) {
      // SQLite has rolled back by itself (disk full, I/O error); the first failure is the one to tell.
    }
    throw;
  }
}

const std::string& Connection::path() const {
  return impl_->path;
}

Value value_of(Instant instant) {
  return std::int64_t{instant.time_since_epoch().count()};
}

Value value_of(const std::optional<Instant>& instant) {
  return instant ? value_of(*instant) : Value(nullptr);
}

std::int64_t number_in(const Row& row, int column) {
  const auto text = text_in(row, column);
  std::int64_t number = 0;
  const auto end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  if (read.ec != std::errc() || read.ptr != end) {
    throw StoreDamaged("the store holds `" + text + "` where a whole number belongs; put back a backup of it");
  }
  return number;
}

Instant instant_in(const Row& row, int column) {
  return Instant(Seconds(number_in(row, column)));
}

std::optional<Instant> optional_instant_in(const Row& row, int column) {
  if (!row.at(static_cast<std::size_t>(column))) return std::nullopt;
  return instant_in(row, column);
}

std::string text_in(const Row& row, int column) {
  return row.at(static_cast<std::size_t>(column)).value_or("");
}

}  // namespace cb
