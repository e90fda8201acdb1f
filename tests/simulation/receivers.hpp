// Who is told outside the trackers: an on-call service that takes JSON with a signature, and a chat. They are as far
// away as the trackers, and the same weather happens to them.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "bridge/service/notifier.hpp"
#include "tests/simulation/news_judge.hpp"
#include "tests/simulation/wire.hpp"

namespace cb::simulation {

inline const char* const k_on_call = "oncall";
inline const char* const k_chat = "chat";
inline const char* const k_chat_path = "/services/T0/secret-path-of-the-chat";

// As configured, and the bytes that sign.
std::string on_call_secret();
inline const char* const k_on_call_key = "key-of-the-on-call-service";

struct ReceiverParts {
  Turns& turns;
  Trace& trace;
  Machine& machine;
  NewsJudge& judge;
  std::map<std::string, Weather>& weather;  // by name of the receiver
};

class Receivers {
 public:
  Receivers(ReceiverParts parts, std::uint64_t seed) : parts_(parts), seed_(seed) {}
  // As the service opens it. The receivers must outlive it.
  NotificationChannel open(const std::string& base_url);

 private:
  ReceiverParts parts_;
  std::uint64_t seed_;
  int opened_ = 0;
};

}  // namespace cb::simulation
