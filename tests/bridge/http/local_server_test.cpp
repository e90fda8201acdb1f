// The server behind local_server.hpp; a test file, because every test file of this folder is built into one program.
#include <doctest/doctest.h>
#include <httplib.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <atomic>
#include <cstdio>
#include <thread>

#include "local_server.hpp"

namespace cb {

namespace {

constexpr long k_day = 24L * 60 * 60;

void add_name(X509* certificate, const std::string& host) {
  auto* name = X509_get_subject_name(certificate);
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>(host.c_str()), -1, -1, 0);
  X509_set_issuer_name(certificate, name);
  auto* extension = X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, ("DNS:" + host).c_str());
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

void drip(httplib::Response& response) {
  response.set_chunked_content_provider("application/octet-stream", [](std::size_t, httplib::DataSink& sink) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    return sink.write("x", 1);
  });
}

void add_routes(httplib::Server& server, std::atomic<int>& requests) {
  server.set_pre_routing_handler([&requests](const httplib::Request&, httplib::Response&) {
    ++requests;
    return httplib::Server::HandlerResponse::Unhandled;
  });
  server.Put("/redmine/echo", [](const httplib::Request& request, httplib::Response& response) {
    std::string text = request.method + " " + request.target + "\n";
    for (const auto& [name, value] : request.headers) text += name + ": " + value + "\n";
    response.set_content(text + "\n" + request.body, "text/plain");
  });
  server.Get(R"(/status/(\d+))", [](const httplib::Request& request, httplib::Response& response) {
    response.status = std::stoi(request.matches[1]);
    if (response.status != 204) response.set_content("body", "text/plain");
  });
  server.Get("/port", [](const httplib::Request& request, httplib::Response& response) {
    response.set_content(std::to_string(request.remote_port), "text/plain");
  });
  server.Get("/redirect", [](const httplib::Request&, httplib::Response& response) {
    response.set_redirect("http://other.example/login");
  });
  server.Get(R"(/bytes/(\d+))", [](const httplib::Request& request, httplib::Response& response) {
    response.set_content(std::string(std::stoul(request.matches[1]), 'x'), "application/octet-stream");
  });
  server.Get(R"(/packed/(\d+))", [](const httplib::Request& request, httplib::Response& response) {
    response.set_content(std::string(std::stoul(request.matches[1]), 'x'), "text/plain");  // packed for its type
  });
  server.Get(R"(/chunked/(\d+))", [](const httplib::Request& request, httplib::Response& response) {
    const auto size = std::stoul(request.matches[1]);
    response.set_chunked_content_provider("application/octet-stream",
                                          [size](std::size_t offset, httplib::DataSink& sink) {
                                            if (offset >= size) {
                                              sink.done();
                                              return true;
                                            }
                                            const auto piece = std::min<std::size_t>(size - offset, 300);
                                            return sink.write(std::string(piece, 'x').data(), piece);
                                          });
  });
  server.Get("/slow", [](const httplib::Request&, httplib::Response& response) {
    std::this_thread::sleep_for(std::chrono::seconds(3));
    response.set_content("late", "text/plain");
  });
  server.Get("/drip", [](const httplib::Request&, httplib::Response& response) { drip(response); });
}

}  // namespace

SelfSigned SelfSigned::make(const std::string& host, const std::string& file, int days) {
  auto* key = EVP_EC_gen("P-256");
  auto* certificate = X509_new();
  X509_set_version(certificate, 2);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate), -2 * k_day);
  X509_gmtime_adj(X509_getm_notAfter(certificate), days * k_day);
  X509_set_pubkey(certificate, key);
  add_name(certificate, host);
  X509_sign(certificate, key, EVP_sha256());
  auto* out = std::fopen(file.c_str(), "w");
  REQUIRE(out != nullptr);
  PEM_write_X509(out, certificate);
  PEM_write_PrivateKey(out, key, nullptr, nullptr, 0, nullptr, nullptr);
  std::fclose(out);
  X509_free(certificate);
  EVP_PKEY_free(key);
  return {file};
}

struct LocalServer::Content {
  std::unique_ptr<httplib::Server> server;
  std::atomic<int> requests{0};
  std::string scheme;
  int port = 0;
  std::thread thread;

  Content(std::unique_ptr<httplib::Server> made, std::string words)
      : server(std::move(made)), scheme(std::move(words)) {
    add_routes(*server, requests);
    server->set_keep_alive_max_count(100);
    server->set_keep_alive_timeout(1);
    port = server->bind_to_any_port("127.0.0.1");
    REQUIRE(port > 0);
    thread = std::thread([this] { server->listen_after_bind(); });
    while (!server->is_running()) std::this_thread::yield();
  }
};

LocalServer::LocalServer() : content_(std::make_unique<Content>(std::make_unique<httplib::Server>(), "http")) {}

LocalServer::LocalServer(const SelfSigned& certificate)
    : content_(std::make_unique<Content>(
          std::make_unique<httplib::SSLServer>(certificate.file.c_str(), certificate.file.c_str()), "https")) {}

LocalServer::~LocalServer() {
  content_->server->stop();
  content_->thread.join();
}

// By name, so that certificates can be made for it; it is 127.0.0.1 everywhere.
std::string LocalServer::url() const {
  return content_->scheme + "://localhost:" + std::to_string(content_->port);
}

int LocalServer::port() const {
  return content_->port;
}

int LocalServer::requests() const {
  return content_->requests;
}

}  // namespace cb
