// The stores that a case about the port runs over: the one in plain memory, SQLite in memory, an SQLite file that is
// closed and opened again where a case asks for it, and that one behind a lock.
#pragma once

#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>
#include <memory>
#include <utility>

#include "bridge/store/locked_store.hpp"
#include "bridge/store/store.hpp"
#include "tests/support/memory_store.hpp"

namespace cb {

// A store that can be closed and opened again; one in memory just stays.
class Opened {
 public:
  virtual ~Opened() = default;
  virtual Store& store() = 0;
  virtual void reopen() = 0;
};

struct Case {
  const char* name;
  void (*run)(Opened&);
};

class InMemory : public Opened {
 public:
  explicit InMemory(std::unique_ptr<Store> store) : store_(std::move(store)) {}
  Store& store() override { return *store_; }
  void reopen() override {}

 private:
  std::unique_ptr<Store> store_;
};

class OnDisk : public Opened {
 public:
  explicit OnDisk(std::filesystem::path folder) : folder_(std::move(folder)) {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
    store_ = open_store(url());
  }
  ~OnDisk() override {
    store_.reset();
    std::filesystem::remove_all(folder_);
  }
  Store& store() override { return *store_; }
  void reopen() override {
    store_.reset();
    store_ = open_store(url());
  }

 private:
  [[nodiscard]] std::string url() const { return "sqlite:" + (folder_ / "bridge.db").string(); }

  std::filesystem::path folder_;
  std::unique_ptr<Store> store_;
};

class Behind : public Opened {
 public:
  explicit Behind(Opened& inner) : inner_(inner), locked_(make_locked_store(inner.store())) {}
  Store& store() override { return *locked_; }
  void reopen() override {
    locked_.reset();
    inner_.reopen();
    locked_ = make_locked_store(inner_.store());
  }

 private:
  Opened& inner_;
  std::unique_ptr<Store> locked_;
};

inline std::filesystem::path store_test_folder() {
  return std::filesystem::temp_directory_path() / ("cb-store-test-" + std::to_string(::getpid()));
}

inline void over_every_store(void (*run)(Opened&)) {
  {
    INFO("in plain memory");
    InMemory opened(std::make_unique<MemoryStore>());
    run(opened);
  }
  {
    INFO("SQLite in memory");
    InMemory opened(open_store("sqlite::memory:"));
    run(opened);
  }
  {
    INFO("an SQLite file");
    OnDisk opened(store_test_folder());
    run(opened);
  }
  {
    INFO("an SQLite file behind a lock");
    OnDisk file(store_test_folder());
    Behind opened(file);
    run(opened);
  }
}

}  // namespace cb
