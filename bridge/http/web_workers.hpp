// A few threads that answer requests, in the order in which they came, and a queue of bounded length before them. They
// never touch a socket, so that no client can hold one up. An exception of the handler becomes a 500 without details;
// what it said goes to `fault`, for the log.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "bridge/http/web_request.hpp"

namespace cb {

class WebWorkers {
 public:
  using Handler = std::function<WebAnswer(const WebRequest&)>;
  using Fault = std::function<void(const std::string& what)>;
  // Called on a worker's thread.
  using Done = std::function<void(std::uint64_t connection, WebAnswer)>;

  struct Limits {
    unsigned threads = 4;
    std::size_t waiting = 64;
  };

  WebWorkers(Limits limits, Handler handler, Fault fault, Done done);
  ~WebWorkers() { stop(); }
  WebWorkers(const WebWorkers&) = delete;
  WebWorkers& operator=(const WebWorkers&) = delete;

  // False when the queue is full or they stopped.
  bool take(std::uint64_t connection, WebRequest request);
  // Drops what waits and returns when what runs has ended.
  void stop();

 private:
  struct Job {
    std::uint64_t connection;
    WebRequest request;
  };
  void work();
  WebAnswer answer_to(const WebRequest& request);

  Limits limits_;
  Handler handler_;
  Fault fault_;
  Done done_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool over_ = false;
  std::deque<Job> jobs_;
  std::vector<std::thread> threads_;
};

}  // namespace cb
