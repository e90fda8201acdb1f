// A client of the web server that may be as slow and rude as a test wants, and a gate that holds handlers up.
#pragma once

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <poll.h>
#include <sys/socket.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <utility>

#include "bridge/http/listener.hpp"

namespace cb {

using Milliseconds = std::chrono::milliseconds;
using Steady = std::chrono::steady_clock;

constexpr Milliseconds k_patience{10'000};  // of a client; nothing here should take as long

class WebClient {
 public:
  explicit WebClient(int port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ = connect(socket_.number(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  }
  [[nodiscard]] bool is_connected() const { return connected_; }
  bool say(const std::string& text) const {
    return ::send(socket_.number(), text.data(), text.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(text.size());
  }
  // Until the text ends so, or the server closed.
  std::string hear(const std::string& end = "never") {
    const auto until = Steady::now() + k_patience;
    while (heard_.find(end) == std::string::npos && Steady::now() < until && hear_more(k_patience)) {
    }
    return std::exchange(heard_, {});
  }
  std::string ask(const std::string& text, const std::string& end = "never") {
    say(text);
    return hear(end);
  }
  bool hears_within(Milliseconds wait) { return hear_more(wait); }
  [[nodiscard]] bool is_closed() { return !hear_more(k_patience) && closed_; }

 private:
  bool hear_more(Milliseconds wait) {
    pollfd watched{socket_.number(), POLLIN, 0};
    if (poll(&watched, 1, static_cast<int>(wait.count())) <= 0) return false;
    std::string bytes(65'536, '\0');
    const auto count = recv(socket_.number(), bytes.data(), bytes.size(), 0);
    closed_ = count <= 0;
    if (count > 0) heard_.append(bytes, 0, static_cast<std::size_t>(count));
    return count > 0;
  }

  Socket socket_;
  bool connected_ = false;
  bool closed_ = false;
  std::string heard_;
};

// Holds handlers up until they are let go.
class Gate {
 public:
  void pass() {
    std::unique_lock lock(mutex_);
    ++inside_;
    changed_.notify_all();
    changed_.wait(lock, [this] { return open_; });
  }
  void wait_for(int inside) {
    std::unique_lock lock(mutex_);
    REQUIRE(changed_.wait_for(lock, k_patience, [&] { return inside_ >= inside; }));
  }
  void open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool open_ = false;
  int inside_ = 0;
};

}  // namespace cb
