#include "bridge/http/client.hpp"

#include <httplib.h>
#include <netdb.h>
#include <openssl/x509.h>
#include <sys/socket.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <fstream>
#include <optional>

#include "bridge/http/base_url.hpp"

namespace cb {

namespace {

using Milliseconds = std::chrono::milliseconds;
using Steady = std::chrono::steady_clock;

constexpr Steady::rep k_nothing = 0;
constexpr int k_no_socket = -1;

std::string seconds_text(Milliseconds time) {
  const auto whole = time.count() / 1000;
  return whole > 0 ? std::to_string(whole) + " s" : std::to_string(time.count()) + " ms";
}

bool breaks_request(const std::string& text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && byte != '\t') || byte == 0x7f;
  });
}

bool is_http_token(const std::string& text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
           std::string("!#$%&'*+-.^_`|~").find(c) != std::string::npos;
  });
}

// What would let a value become a second header or request; the values themselves may be secrets.
std::optional<Error> malformed(const HttpRequest& request) {
  const auto refused = [](const std::string& what) {
    return Error{ErrorKind::rejected, "the request was not sent: " + what, {}};
  };
  if (!is_http_token(request.method)) return refused("its method is not a word");
  if (request.target.empty() || request.target.front() != '/' || breaks_request(request.target) ||
      request.target.find_first_of(" \t") != std::string::npos)
    return refused("its path must begin with / and hold no blank or control character");
  for (const auto& [name, value] : request.headers) {
    if (!is_http_token(name)) return refused("a header's name holds a character that is not allowed");
    if (breaks_request(value)) return refused("the header " + name + " holds a line break or control character");
  }
  return {};
}

bool host_is_known(const std::string& host) {
  addrinfo* found = nullptr;
  const bool known = getaddrinfo(host.c_str(), nullptr, nullptr, &found) == 0;
  if (found != nullptr) freeaddrinfo(found);
  return known;
}

std::string advice_for(long verify_result) {
  if (verify_result == X509_V_ERR_CERT_HAS_EXPIRED)
    return "renew it on the server, or set the clock of this machine right";
  if (verify_result == X509_V_ERR_CERT_NOT_YET_VALID)
    return "set the clock of this machine right, or wait until it holds";
  return "if it comes from an authority of your own, name its file in ca_file of the tracker";
}

class Client final : public HttpClient {
 public:
  explicit Client(HttpOptions options) : options_(std::move(options)) {
    auto url = base_url_from(options_.base_url);
    if (!url) {
      unusable_ = url.error();
      return;
    }
    url_ = *std::move(url);
    if (!options_.ca_file.empty() && !std::ifstream(options_.ca_file).good()) {
      unusable_ = Error{ErrorKind::denied, "the certificate file " + options_.ca_file + " cannot be read", {}};
      return;
    }
    connect();
  }

  void interrupt() override {
    interrupted_ = true;
    break_off();
  }

  void break_off_late() override {
    const auto began = began_.load();
    const auto now = Steady::now().time_since_epoch().count();
    if (began == k_nothing || now - began <= Steady::duration(options_.total).count()) return;
    late_ = true;
    break_off();
  }

  Result<HttpResponse> send(const HttpRequest& request) override {
    if (unusable_) return Failure(*unusable_);
    const UnderWay under_way(*this);
    if (interrupted_) return failure(ErrorKind::retry_later, to_text(url_) + " was not asked: the program is ending");
    if (auto error = malformed(request)) return Failure(*std::move(error));
    Progress progress;
    const auto outgoing = to_httplib(request, progress);
    if (Steady::now() - last_use_ > options_.idle) client_->stop();
    const bool reused = client_->is_socket_open() != 0;
    progress.started = begin();
    auto answer = client_->send(outgoing);
    if (!answer && reused && !interrupted_ && request.method == "GET" && was_hung_up(answer.error(), progress)) {
      client_->stop();
      progress = {};
      progress.started = begin();
      answer = client_->send(outgoing);
    }
    last_use_ = Steady::now();
    if (!answer && options_.status_is_enough && progress.head) return response_of(*progress.head, progress);
    if (!answer) return Failure(error_for(answer.error(), progress));
    return response_of(*answer, progress);
  }

 private:
  // What is under way is seen by break_off().
  class UnderWay {
   public:
    explicit UnderWay(Client& client) : client_(client) { client_.begin(); }
    ~UnderWay() {
      client_.began_ = k_nothing;
      if (client_.client_->is_socket_open() == 0) client_.socket_ = k_no_socket;
    }
    UnderWay(const UnderWay&) = delete;
    UnderWay& operator=(const UnderWay&) = delete;

   private:
    Client& client_;
  };
  Steady::time_point begin() {
    const auto now = Steady::now();
    late_ = false;
    began_ = now.time_since_epoch().count();
    return now;
  }
  // httplib's own stop() waits for whoever connects or shakes hands. A socket that was closed a moment ago may be
  // somebody else's by now: whoever meets that asks again.
  void break_off() const {
    const int socket = socket_;
    if (began_ != k_nothing && socket != k_no_socket) ::shutdown(socket, SHUT_RDWR);
  }

  struct Progress {
    Steady::time_point started;
    std::optional<httplib::Response> head{};  // where it is enough
    std::string body{};
    bool too_large = false;
    bool too_slow = false;
  };

  static HttpResponse response_of(const httplib::Response& answer, Progress& progress) {
    HttpResponse response;
    response.status = answer.status;
    for (const auto& [name, value] : answer.headers) response.headers.emplace_back(name, value);
    response.body = std::move(progress.body);
    return response;
  }

  // Before any of the answer came. With TLS a connection that was closed while idle looks alive until it is used.
  [[nodiscard]] bool was_hung_up(httplib::Error error, const Progress& progress) const {
    return (error == httplib::Error::Read || error == httplib::Error::Write) && progress.body.empty() &&
           !progress.too_large && !progress.too_slow && Steady::now() - progress.started < options_.read;
  }

  void connect() {
    if (url_.tls) {
      auto tls = std::make_unique<httplib::SSLClient>(url_.host, url_.port);
      tls_ = tls.get();
      tls->enable_server_certificate_verification(true);
      if (!options_.ca_file.empty()) tls->set_ca_cert_path(options_.ca_file);
      SSL_CTX_set_min_proto_version(tls->ssl_context(), TLS1_2_VERSION);
      client_ = std::move(tls);
    } else {
      client_ = std::make_unique<httplib::ClientImpl>(url_.host, url_.port);
    }
    client_->set_keep_alive(true);
    client_->set_follow_location(false);
    client_->set_url_encode(false);
    client_->set_decompress(true);
    client_->set_tcp_nodelay(true);
    client_->set_socket_options([this](int socket) {
      httplib::default_socket_options(socket);
      socket_ = socket;
    });
    client_->set_connection_timeout(options_.connect);
    client_->set_read_timeout(options_.read);
    client_->set_write_timeout(options_.write);
  }

  httplib::Request to_httplib(const HttpRequest& request, Progress& progress) const {
    httplib::Request out;
    out.method = request.method;
    out.path = url_.prefix + request.target;
    for (const auto& [name, value] : request.headers) out.headers.emplace(name, value);
    const auto unless_given = [&](const char* name, const std::string& value) {
      if (!out.has_header(name)) out.headers.emplace(name, value);
    };
    unless_given("Accept", "application/json");
    unless_given("Accept-Encoding", "gzip");
    unless_given("User-Agent", options_.user_agent);
    out.body = request.body;
    out.response_handler = [this, &progress](const httplib::Response& response) {
      if (options_.status_is_enough) progress.head = response;
      const auto length = response.get_header_value<std::uint64_t>("Content-Length", 0);
      progress.too_large = length > options_.largest_body;
      return !progress.too_large && !interrupted_;
    };
    // The pieces come decompressed, so the limit also stops what was small only while packed.
    out.content_receiver = [this, &progress](const char* data, std::size_t size, std::uint64_t, std::uint64_t) {
      progress.too_large = progress.body.size() + size > options_.largest_body;
      progress.too_slow = Steady::now() - progress.started > options_.total;
      if (progress.too_large || progress.too_slow || interrupted_) return false;
      progress.body.append(data, size);
      return true;
    };
    return out;
  }

  [[nodiscard]] Error error_for(httplib::Error error, const Progress& progress) const {
    const auto where = to_text(url_);
    const auto later = [&](const std::string& what) { return Error{ErrorKind::retry_later, where + " " + what, {}}; };
    if (progress.too_large)
      return {ErrorKind::bad_reply,
              where + " sends more than the " + std::to_string(options_.largest_body) +
                  " bytes that are read of one answer",
              {}};
    const auto too_slow = [&](const std::string& what) {
      auto unanswered = later(what);
      unanswered.unanswered = true;
      return unanswered;
    };
    if (progress.too_slow || late_) return too_slow("did not finish its answer within " + seconds_text(options_.total));
    switch (error) {
      case httplib::Error::ConnectionTimeout:
        return later("did not accept the connection within " + seconds_text(options_.connect) +
                     ": is the address right, does a firewall block it?");
      case httplib::Error::Connection:
        if (!host_is_known(url_.host)) return later("cannot be reached: the host name " + url_.host + " is unknown");
        if (Steady::now() - progress.started >= options_.connect)
          return later("did not accept the connection within " + seconds_text(options_.connect));
        return later("cannot be reached: the connection was refused; is the server running and the port right?");
      case httplib::Error::Read:
        if (Steady::now() - progress.started >= options_.read)
          return too_slow("did not answer within " + seconds_text(options_.read));
        return later("broke the connection off before its answer was complete");
      case httplib::Error::Write:
        return later("broke the connection off while the request was being sent");
      case httplib::Error::SSLConnection:
        return later("does not complete the TLS handshake: does this port speak https?");
      case httplib::Error::SSLLoadingCerts:
        return {ErrorKind::denied,
                "the certificate authorities cannot be loaded" +
                    (options_.ca_file.empty() ? std::string() : " from " + options_.ca_file) +
                    ": a PEM file with certificates is expected",
                {}};
      case httplib::Error::SSLServerVerification:
        return {ErrorKind::denied, verification_failed(where), {}};
      default:
        return later("failed: " + httplib::to_string(error));
    }
  }

  [[nodiscard]] std::string verification_failed(const std::string& where) const {
    const auto result = tls_->get_openssl_verify_result();
    if (result == X509_V_OK)
      return "TLS: the certificate of " + where + " is for another host than " + url_.host +
             "; use the name that stands in it, or give the server a certificate for this name";
    return "TLS: the certificate of " + where + " cannot be trusted (" + X509_verify_cert_error_string(result) + "); " +
           advice_for(result);
  }

  HttpOptions options_;
  BaseUrl url_;
  std::optional<Error> unusable_;
  std::atomic<bool> interrupted_ = false;
  std::atomic<Steady::rep> began_ = k_nothing;  // the request that is under way
  std::atomic<bool> late_ = false;              // it was broken off
  std::atomic<int> socket_ = k_no_socket;       // the last one that was made
  Steady::time_point last_use_;
  std::unique_ptr<httplib::ClientImpl> client_;
  httplib::SSLClient* tls_ = nullptr;  // the same client, when the address is https
};

}  // namespace

std::unique_ptr<HttpClient> make_http_client(HttpOptions options) {
  // A server that hangs up while we write must cost one error, not the process; httplib leaves this to its servers.
  std::signal(SIGPIPE, SIG_IGN);
  return std::make_unique<Client>(std::move(options));
}

}  // namespace cb
