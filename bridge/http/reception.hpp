// The one thread that touches sockets. It gathers each request whole before a worker sees it, and writes the answers,
// all without waiting for anybody, so that a slow client costs a place in a bounded list and nothing else. Each phase
// has a deadline for the whole of it, which dripping bytes do not move. When the list is full, who has been sending the
// same request for longest makes room. Internal to bridge/http/server.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "bridge/http/listener.hpp"
#include "bridge/http/request_reader.hpp"

namespace cb {

// How an answer of the server itself is told below an address, where a handler has words of its own for what goes
// wrong. `path` as sent, empty where it was not read yet. Called by the thread that touches sockets: it must not wait.
using AnswerWords = std::function<WebAnswer(const std::string& path, WebAnswer answer)>;

struct ReceptionLimits {
  RequestLimits request;
  std::size_t connections = 128;
  std::size_t held = 32U * 1024U * 1024U;   // bytes of all unfinished requests together
  int requests = 100;                       // on one connection
  std::chrono::milliseconds idle{15'000};   // between two requests, and before the first
  std::chrono::milliseconds read{10'000};   // from a request's first byte to its last
  std::chrono::milliseconds write{10'000};  // for a whole answer
};

class Reception {
 public:
  // Gives a request to who answers it; false when nobody has time for it.
  using Offer = std::function<bool(std::uint64_t connection, WebRequest request)>;
  // A request that nobody was given, by its path as sent (which may hold a secret) and what was answered. Must not
  // wait.
  using TurnedAway = std::function<void(const std::string& path, const WebAnswer& answer)>;

  Reception(Socket listener, ReceptionLimits limits, AnswerWords words = {}, TurnedAway turned_away = {});
  ~Reception();
  Reception(const Reception&) = delete;
  Reception& operator=(const Reception&) = delete;

  // Returns after close(), when all answers under way are sent, or after `grace` at the latest.
  void run(const Offer& offer, std::chrono::milliseconds grace);
  // From any thread:
  void answer(std::uint64_t connection, WebAnswer answer);
  void close();

 private:
  using Steady = std::chrono::steady_clock;
  enum class Phase { reading, at_work, writing, leaving };
  struct Connection {
    Connection(Socket taken, RequestLimits request) : socket(std::move(taken)), reader(request) {}
    Socket socket;
    RequestReader reader;
    std::string path;  // of the request that is answered
    Phase phase = Phase::reading;
    Steady::time_point begun;
    Steady::time_point deadline;
    std::string out;
    std::size_t sent = 0;
    int requests = 0;
    bool loopback = false;
    bool stays = false;         // after the answer
    bool without_body = false;  // asked by HEAD
    bool refused = false;       // what it still sends is not read, but thrown away
  };
  struct Watched;
  using Connections = std::map<std::uint64_t, Connection>;

  void wait();
  void take_orders();
  void admit();
  bool make_room();
  void serve(Connection& connection, std::uint64_t id, short events, const Offer& offer);
  void read_from(Connection& connection);
  void move_on(Connection& connection, std::uint64_t id, const Offer& offer);
  void turn_away(Connection& connection, const WebAnswer& answer);
  void tell_turned_away(const std::string& path, const WebAnswer& answer) const;
  void begin_answer(Connection& connection, WebAnswer answer);
  void write_to(Connection& connection);
  void finish_answer(Connection& connection);
  void throw_away(Connection& connection);
  void expire();
  [[nodiscard]] bool has_work() const;

  Socket listener_;
  Socket bell_;  // rings when there is an order
  ReceptionLimits limits_;
  AnswerWords words_;
  TurnedAway turned_away_;
  Connections connections_;
  std::uint64_t last_id_ = 0;
  Steady::time_point next_admission_;
  std::unique_ptr<Watched> watched_;

  std::mutex mutex_;
  bool closing_ = false;                                      // guarded
  std::vector<std::pair<std::uint64_t, WebAnswer>> answers_;  // guarded
};

}  // namespace cb
