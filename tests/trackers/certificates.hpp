// Certificates for tests of TLS, made on the spot: an authority of our own, and what it signs.
#pragma once

#include <memory>
#include <string>

namespace cb {

struct CertificateTerms {
  std::string host;  // as a DNS name
  // Days from now; `until` before today is expired, `from` after it not valid yet.
  int from = -2, until = 1;
};

class CertificateAuthority {
 public:
  CertificateAuthority();
  ~CertificateAuthority();
  CertificateAuthority(const CertificateAuthority&) = delete;
  CertificateAuthority& operator=(const CertificateAuthority&) = delete;

  // Its own certificate, PEM: what a client is told to trust. These throw std::runtime_error.
  void write(const std::string& file) const;
  // Certificate and key in one PEM file.
  void sign(const CertificateTerms& terms, const std::string& file) const;

 private:
  struct Pair;
  std::unique_ptr<Pair> own_;
};

// Signed by its own key.
void write_self_signed(const CertificateTerms& terms, const std::string& file);

}  // namespace cb
