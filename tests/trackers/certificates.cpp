#include "tests/trackers/certificates.hpp"

#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <cstdint>
#include <cstdio>
#include <stdexcept>

namespace cb {

namespace {

struct KeyAndCertificate {
  std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key{EVP_EC_gen("P-256"), EVP_PKEY_free};
  std::unique_ptr<X509, decltype(&X509_free)> certificate{X509_new(), X509_free};
};

constexpr long k_day = 24L * 60 * 60;

void add_extension(X509* certificate, int kind, const std::string& value) {
  auto* extension = X509V3_EXT_conf_nid(nullptr, nullptr, kind, value.c_str());
  if (extension == nullptr) throw std::runtime_error("a certificate cannot hold " + value);
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

// All but issuer and signature.
void fill(X509* certificate, EVP_PKEY* key, const std::string& name, int from, int until) {
  // Two of one issuer must not have the same number.
  std::uint32_t serial = 0;
  RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial);
  X509_set_version(certificate, 2);
  ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), serial + 1ULL);
  X509_gmtime_adj(X509_getm_notBefore(certificate), from * k_day);
  X509_gmtime_adj(X509_getm_notAfter(certificate), until * k_day);
  X509_set_pubkey(certificate, key);
  const auto* text = reinterpret_cast<const unsigned char*>(name.c_str());
  X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_ASC, text, -1, -1, 0);
}

class PemFile {
 public:
  explicit PemFile(const std::string& name) : file_(std::fopen(name.c_str(), "w")) {
    if (file_ == nullptr) throw std::runtime_error("the certificate " + name + " cannot be written");
  }
  ~PemFile() { std::fclose(file_); }
  PemFile(const PemFile&) = delete;
  PemFile& operator=(const PemFile&) = delete;
  void write(X509* certificate) { PEM_write_X509(file_, certificate); }
  void write(EVP_PKEY* key) { PEM_write_PrivateKey(file_, key, nullptr, nullptr, 0, nullptr, nullptr); }

 private:
  std::FILE* file_;
};

void write_signed(const CertificateTerms& terms, const KeyAndCertificate* issuer, const std::string& file) {
  const KeyAndCertificate leaf;
  auto* certificate = leaf.certificate.get();
  fill(certificate, leaf.key.get(), terms.host, terms.from, terms.until);
  const auto& signer = issuer == nullptr ? leaf : *issuer;
  X509_set_issuer_name(certificate, X509_get_subject_name(signer.certificate.get()));
  add_extension(certificate, NID_subject_alt_name, "DNS:" + terms.host);
  X509_sign(certificate, signer.key.get(), EVP_sha256());
  PemFile out(file);
  out.write(certificate);
  out.write(leaf.key.get());
}

}  // namespace

struct CertificateAuthority::Pair : KeyAndCertificate {};

CertificateAuthority::CertificateAuthority() : own_(std::make_unique<Pair>()) {
  auto* certificate = own_->certificate.get();
  fill(certificate, own_->key.get(), "contract-bridge test authority", -30, 30);
  X509_set_issuer_name(certificate, X509_get_subject_name(certificate));
  add_extension(certificate, NID_basic_constraints, "critical,CA:TRUE");
  add_extension(certificate, NID_key_usage, "critical,keyCertSign,cRLSign");
  X509_sign(certificate, own_->key.get(), EVP_sha256());
}

CertificateAuthority::~CertificateAuthority() = default;

void CertificateAuthority::write(const std::string& file) const {
  PemFile(file).write(own_->certificate.get());
}

void CertificateAuthority::sign(const CertificateTerms& terms, const std::string& file) const {
  write_signed(terms, own_.get(), file);
}

void write_self_signed(const CertificateTerms& terms, const std::string& file) {
  write_signed(terms, nullptr, file);
}

}  // namespace cb
