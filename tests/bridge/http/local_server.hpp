// A small server on 127.0.0.1 for the client's tests, with TLS when a certificate is given, and the certificates
// themselves, made on the spot.
#pragma once

#include <memory>
#include <string>

namespace cb {

struct SelfSigned {
  std::string file;  // PEM: certificate and key
  // Valid from two days ago for `days` from now; less than 0 is expired.
  static SelfSigned make(const std::string& host, const std::string& file, int days = 1);
};

class LocalServer {
 public:
  LocalServer();
  explicit LocalServer(const SelfSigned& certificate);
  ~LocalServer();
  LocalServer(const LocalServer&) = delete;
  LocalServer& operator=(const LocalServer&) = delete;

  [[nodiscard]] std::string url() const;
  [[nodiscard]] int port() const;
  [[nodiscard]] int requests() const;

 private:
  struct Content;
  std::unique_ptr<Content> content_;
};

}  // namespace cb
