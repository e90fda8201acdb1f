// What costs the store something is asked once for all who ask within some seconds: a flood of requests costs it no
// more than a few of them do.
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "bridge/settings/settings.hpp"
#include "bridge/store/store.hpp"

namespace cb {

// `ask` gives Facts that say when they were asked (asked_at; the epoch: they are not to be kept). Any number of
// threads; who comes while another one asks waits for that answer.
template <class Facts, Facts (*ask)(const Settings&, Store&, Instant)>
class KeptOf {
 public:
  // Zero: nothing is kept.
  explicit KeptOf(Seconds kept) : kept_(kept) {}
  // Asked anew also for another configuration, and after the clock was set back.
  std::shared_ptr<const Facts> get(const Settings& settings, Store& store, Instant now) {
    const std::lock_guard lock(mutex_);
    const bool fresh =
        facts_ && version_ == settings.book.version && now >= facts_->asked_at && now - facts_->asked_at < kept_;
    if (!fresh) {
      facts_ = std::make_shared<const Facts>(ask(settings, store, now));
      version_ = settings.book.version;
    }
    return facts_;
  }

 private:
  Seconds kept_;
  std::mutex mutex_;
  std::shared_ptr<const Facts> facts_;
  std::string version_;  // of the configuration that they were asked for
};

}  // namespace cb
