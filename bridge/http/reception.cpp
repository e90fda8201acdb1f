#include "bridge/http/reception.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <stdexcept>
#include <utility>

#include "bridge/http/answer_text.hpp"

namespace cb {

namespace {

constexpr std::chrono::milliseconds k_pause{100};      // when the system has no descriptors left
constexpr std::chrono::milliseconds k_leaving{1'000};  // for the client to read why it was refused
constexpr std::chrono::milliseconds k_tick{500};

bool would_wait() {
  return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
}

}  // namespace

// What poll() looks at: the bell, the connections of `ids` in their order, and the listener unless it rests.
struct Reception::Watched {
  std::vector<pollfd> places;
  std::vector<std::uint64_t> ids;
};

Reception::Reception(Socket listener, ReceptionLimits limits, AnswerWords words, TurnedAway turned_away)
    : listener_(std::move(listener)),
      bell_(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)),
      limits_(limits),
      words_(std::move(words)),
      turned_away_(std::move(turned_away)) {
  watched_ = std::make_unique<Watched>();
  if (!bell_.is_open()) throw std::runtime_error("the system gives no event descriptor for the web server");
}

Reception::~Reception() = default;

void Reception::answer(std::uint64_t connection, WebAnswer answer) {
  {
    const std::lock_guard lock(mutex_);
    answers_.emplace_back(connection, std::move(answer));
  }
  eventfd_write(bell_.number(), 1);
}

void Reception::close() {
  {
    const std::lock_guard lock(mutex_);
    closing_ = true;
  }
  eventfd_write(bell_.number(), 1);
}

bool Reception::has_work() const {
  return std::any_of(connections_.begin(), connections_.end(), [](const auto& each) {
    return each.second.phase == Phase::at_work || each.second.phase == Phase::writing;
  });
}

void Reception::run(const Offer& offer, std::chrono::milliseconds grace) {
  std::optional<Steady::time_point> end;
  for (;;) {
    wait();
    take_orders();
    {
      const std::lock_guard lock(mutex_);
      if (closing_ && !end) end = Steady::now() + grace;
    }
    if (end) {
      listener_.close();
      if (!has_work() || Steady::now() >= *end) break;
    }
    const auto& ids = watched_->ids;
    for (std::size_t i = 0; i < ids.size(); ++i) {
      const auto found = connections_.find(ids[i]);
      const auto events = watched_->places[i + 1].revents;
      if (found != connections_.end() && events != 0) serve(found->second, ids[i], events, offer);
    }
    if (!end) admit();
    expire();
  }
  connections_.clear();
}

// Until something happens or the next deadline.
void Reception::wait() {
  auto& places = watched_->places;
  places = {{bell_.number(), POLLIN, 0}};
  watched_->ids.clear();
  auto until = Steady::now() + k_tick;
  for (const auto& [id, connection] : connections_) {
    if (connection.phase == Phase::at_work) continue;
    const short events = connection.phase == Phase::writing ? POLLOUT : POLLIN;
    places.push_back({connection.socket.number(), events, 0});
    watched_->ids.push_back(id);
    until = std::min(until, connection.deadline);
  }
  if (listener_.is_open() && Steady::now() < next_admission_) {
    until = std::min(until, next_admission_);
  } else if (listener_.is_open()) {
    places.push_back({listener_.number(), POLLIN, 0});
  }
  const auto time = std::chrono::ceil<std::chrono::milliseconds>(until - Steady::now()).count();
  if (poll(places.data(), places.size(), static_cast<int>(std::max<long>(0, time))) < 0)
    for (auto& each : places) each.revents = 0;
}

void Reception::take_orders() {
  eventfd_t rings = 0;
  eventfd_read(bell_.number(), &rings);
  std::vector<std::pair<std::uint64_t, WebAnswer>> answers;
  {
    const std::lock_guard lock(mutex_);
    answers.swap(answers_);
  }
  for (const auto& [id, answer] : answers) {
    const auto found = connections_.find(id);
    if (found != connections_.end()) begin_answer(found->second, answer);
  }
}

// Whose request has been under way for longest, or who waits idly.
bool Reception::make_room() {
  auto oldest = connections_.end();
  for (auto each = connections_.begin(); each != connections_.end(); ++each) {
    if (each->second.phase != Phase::reading && each->second.phase != Phase::leaving) continue;
    if (oldest == connections_.end() || each->second.begun < oldest->second.begun) oldest = each;
  }
  if (oldest == connections_.end()) return false;
  connections_.erase(oldest);
  return true;
}

void Reception::admit() {
  const auto now = Steady::now();
  if (watched_->places.back().fd != listener_.number() || watched_->places.back().revents == 0) return;
  for (std::size_t i = 0; i < limits_.connections; ++i) {
    if (connections_.size() >= limits_.connections && !make_room()) {
      next_admission_ = now + k_pause;
      return;
    }
    auto accepted = accept_from(listener_);
    if (accepted.exhausted) next_admission_ = now + k_pause;
    if (!accepted.socket.is_open()) return;
    Connection connection(std::move(accepted.socket), limits_.request);
    connection.loopback = accepted.loopback;
    connection.begun = now;
    connection.deadline = now + limits_.idle;
    connections_.emplace(++last_id_, std::move(connection));
  }
}

void Reception::serve(Connection& connection, std::uint64_t id, short events, const Offer& offer) {
  if (connection.phase == Phase::leaving) {
    throw_away(connection);
  } else if (connection.phase == Phase::writing) {
    write_to(connection);
  } else if ((events & (POLLERR | POLLNVAL)) != 0) {
    connection.socket.close();
  } else {
    read_from(connection);
  }
  if (connection.socket.is_open() && connection.phase == Phase::reading) move_on(connection, id, offer);
  if (!connection.socket.is_open()) connections_.erase(id);
}

void Reception::read_from(Connection& connection) {
  std::array<char, 16U * 1024U> bytes{};
  const auto count = recv(connection.socket.number(), bytes.data(), bytes.size(), 0);
  if (count == 0 || (count < 0 && !would_wait())) connection.socket.close();
  if (count <= 0) return;
  const bool first = !connection.reader.has_begun();
  connection.reader.feed({bytes.data(), static_cast<std::size_t>(count)});
  if (!first) return;
  connection.begun = Steady::now();
  connection.deadline = connection.begun + limits_.read;
}

// What the bytes so far ask for.
void Reception::move_on(Connection& connection, std::uint64_t id, const Offer& offer) {
  auto& reader = connection.reader;
  if (reader.state() == RequestReader::State::refused) return turn_away(connection, WebAnswer(reader.refusal()));
  if (reader.state() == RequestReader::State::whole) {
    connection.stays = reader.keeps_alive() && ++connection.requests < limits_.requests;
    auto request = reader.take();
    request.from_loopback = connection.loopback;
    connection.path = request.path;
    connection.without_body = request.method == "HEAD";
    connection.phase = Phase::at_work;
    if (offer(id, std::move(request))) return;
    connection.stays = false;
    auto busy = plain_answer(503, "Too many requests wait here already; try again in a few seconds.");
    busy.headers.emplace_back("Retry-After", "5");
    tell_turned_away(connection.path, busy);
    return begin_answer(connection, busy);
  }
  std::size_t held = 0;
  for (const auto& [other, each] : connections_) held += each.reader.size();
  if (held > limits_.held) {
    auto full = plain_answer(503, "Too many requests are under way here; try again in a few seconds.");
    full.headers.emplace_back("Retry-After", "5");
    return turn_away(connection, full);
  }
  // Small enough for the buffer of any socket: it is sent at once or the client is gone.
  static constexpr std::string_view k_continue = "HTTP/1.1 100 Continue\r\n\r\n";
  if (reader.awaits_continue()) send(connection.socket.number(), k_continue.data(), k_continue.size(), MSG_NOSIGNAL);
}

// Nothing more is read of it, and what was is given back.
void Reception::turn_away(Connection& connection, const WebAnswer& answer) {
  connection.path = connection.reader.path();
  tell_turned_away(connection.path, answer);
  connection.reader = RequestReader(limits_.request);
  connection.refused = true;
  connection.stays = false;
  begin_answer(connection, answer);
}

void Reception::tell_turned_away(const std::string& path, const WebAnswer& answer) const {
  if (turned_away_ && !path.empty()) turned_away_(path, answer);
}

void Reception::begin_answer(Connection& connection, WebAnswer answer) {
  if (words_) answer = words_(std::exchange(connection.path, {}), std::move(answer));
  AnswerForm form;
  form.without_body = std::exchange(connection.without_body, false);
  form.keeps_alive = connection.stays;
  form.date = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  connection.out = answer_text(answer, form);
  connection.sent = 0;
  connection.phase = Phase::writing;
  connection.deadline = Steady::now() + limits_.write;
}

void Reception::write_to(Connection& connection) {
  const auto left = std::string_view(connection.out).substr(connection.sent);
  const auto count = send(connection.socket.number(), left.data(), left.size(), MSG_NOSIGNAL);
  if (count < 0 && !would_wait()) connection.socket.close();
  if (count > 0) connection.sent += static_cast<std::size_t>(count);
  if (connection.socket.is_open() && connection.sent == connection.out.size()) finish_answer(connection);
}

void Reception::finish_answer(Connection& connection) {
  connection.out = {};
  connection.begun = Steady::now();
  if (connection.stays) {
    connection.phase = Phase::reading;
    connection.deadline = connection.begun + (connection.reader.has_begun() ? limits_.read : limits_.idle);
  } else if (connection.refused) {
    // Closed at once, what it is still sending would make the system take back the answer.
    shutdown(connection.socket.number(), SHUT_WR);
    connection.phase = Phase::leaving;
    connection.deadline = connection.begun + k_leaving;
  } else {
    connection.socket.close();
  }
}

void Reception::throw_away(Connection& connection) {
  std::array<char, 16U * 1024U> bytes{};
  const auto count = recv(connection.socket.number(), bytes.data(), bytes.size(), 0);
  if (count == 0 || (count < 0 && !would_wait())) connection.socket.close();
}

void Reception::expire() {
  const auto now = Steady::now();
  for (auto each = connections_.begin(); each != connections_.end();) {
    auto& connection = each->second;
    const bool late = connection.phase != Phase::at_work && now >= connection.deadline;
    if (late && connection.phase == Phase::reading && connection.reader.has_begun()) {
      turn_away(connection, plain_answer(408, "The request took too long to come."));
      ++each;
    } else {
      each = late ? connections_.erase(each) : std::next(each);
    }
  }
}

}  // namespace cb
