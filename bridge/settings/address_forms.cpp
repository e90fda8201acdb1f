#include "bridge/settings/address_forms.hpp"

#include <algorithm>
#include <charconv>
#include <vector>

#include "bridge/settings/problem.hpp"
#include "rules/text.hpp"

namespace cb {
namespace {

bool has_blank(const std::string& text) {
  return text.find_first_of(" \t\r\n") != std::string::npos;
}

bool is_port(std::string_view text) {
  int port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  return error == std::errc() && end == text.data() + text.size() && port >= 1 && port <= 65535;
}

bool is_host(std::string_view text) {
  if (text.empty() || text.front() == '.' || text.front() == '-') return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_';
  });
}

// Host and port as they stand between `//` and the first `/`.
std::string authority_of(const std::string& url) {
  const auto begin = url.find("://") + 3;
  return url.substr(begin, std::min(url.find('/', begin), url.size()) - begin);
}

std::string authority_problem(const std::string& authority) {
  if (authority.starts_with('[')) {
    const auto close = authority.find(']');
    const bool port =
        close != std::string::npos &&
        (close + 1 == authority.size() || (authority[close + 1] == ':' && is_port(authority.substr(close + 2))));
    return port ? "" : "the address in brackets is not closed, or its port is wrong";
  }
  const auto colon = authority.find(':');
  const auto host = authority.substr(0, colon);
  if (host.empty()) return "no host is named";
  if (!is_host(host)) return "the host " + ticked(host) + " is not a host name";
  if (colon != std::string::npos && !is_port(authority.substr(colon + 1))) {
    return "the port " + ticked(authority.substr(colon + 1)) + " is no number from 1 to 65535";
  }
  return {};
}

}  // namespace

bool is_secret_reference(const std::string& text) {
  if (text.starts_with("file:/")) return text.size() > 6;
  if (!text.starts_with("${") || !text.ends_with('}') || text.size() < 4) return false;
  const auto name = text.substr(2, text.size() - 3);
  const bool digit_first = name.front() >= '0' && name.front() <= '9';
  return !digit_first && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  });
}

std::string url_problem(const std::string& url) {
  const std::string form = "; expected an address such as `https://redmine.vendor.example`";
  if (!url.starts_with("https://") && !url.starts_with("http://")) {
    return "the address " + ticked(url) + " does not begin with https:// or http://" + form;
  }
  const auto authority = authority_of(url);
  if (authority.find('@') != std::string::npos) return "an address here holds no user or password; use `api_key`";
  if (has_blank(url)) return "the address holds a blank" + form;
  if (url.find_first_of("?#") != std::string::npos) return "the address ends before `?` or `#`" + form;
  const auto wrong = authority_problem(authority);
  return wrong.empty() ? wrong : wrong + form;
}

bool is_plain_http_elsewhere(const std::string& url) {
  if (!url.starts_with("http://")) return false;
  const auto authority = authority_of(url);
  const auto host = authority.substr(0, authority.find(':'));
  return host != "localhost" && !host.starts_with("127.") && !authority.starts_with("[::1]");
}

std::string store_problem(const std::string& store) {
  const std::string form = "; expected `sqlite:/path/of/file.db` or `postgresql://user@host/database`";
  if (store.starts_with("sqlite:")) return store.size() > 7 ? "" : "the store names no file" + form;
  const bool postgres = store.starts_with("postgresql://") || store.starts_with("postgres://");
  if (!postgres) {
    const auto kind = store.substr(0, store.find(':'));
    return "unknown kind of store " + ticked(kind) + form;
  }
  const auto authority = authority_of(store);
  const auto at = authority.rfind('@');
  const auto user = at == std::string::npos ? std::string() : authority.substr(0, at);
  const auto colon = user.find(':');
  if (colon != std::string::npos && !user.substr(colon + 1).starts_with("${")) {
    return "the store must not hold a password; leave it out here and give it by PGPASSFILE or write `${NAME}`";
  }
  const auto wrong = authority_problem(at == std::string::npos ? authority : authority.substr(at + 1));
  return wrong.empty() ? wrong : wrong + form;
}

std::string listen_problem(const std::string& listen) {
  const std::string form = "; expected `HOST:PORT` such as `127.0.0.1:8480`";
  if (listen.find("://") != std::string::npos) return "the address to listen on begins without `http://`" + form;
  const auto colon = listen.rfind(':');
  if (colon == std::string::npos) return "no port is named in " + ticked(listen) + form;
  const auto wrong = authority_problem(listen);
  return wrong.empty() ? wrong : wrong + form;
}

bool is_loopback_listen(const std::string& listen) {
  const auto host = folded(listen.substr(0, listen.rfind(':')));
  if (host == "localhost" || host == "[::1]") return true;
  return host.starts_with("127.") && host.find_first_not_of("0123456789.") == std::string::npos;
}

std::string header_problem(const std::string& name) {
  const bool good = !name.empty() && name.size() <= 100 && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
  });
  if (!good) return "expected the name of a header such as `X-Bridge-Secret`, but found " + ticked(name);
  static const std::vector<std::string> k_taken{"host",       "content-length", "content-type", "content-encoding",
                                                "connection", "expect",         "user-agent",   "transfer-encoding"};
  const bool taken = std::find(k_taken.begin(), k_taken.end(), folded(name)) != k_taken.end();
  return taken ? "the header " + ticked(name) + " has a meaning of its own; take another such as `X-Bridge-Secret`"
               : "";
}

std::string address_problem(const std::string& address) {
  const auto at = address.find('@');
  const bool good = at != std::string::npos && at > 0 && address.find('@', at + 1) == std::string::npos &&
                    !has_blank(address) && is_host(address.substr(at + 1));
  return good ? "" : "expected an e-mail address such as `eva@acme.example`, but found " + ticked(address);
}

std::string domain_problem(const std::string& domain) {
  const auto name = domain.starts_with("*.") ? domain.substr(2) : domain;
  if (name.find('@') != std::string::npos) {
    return "expected a domain such as `acme.example`, but found " + ticked(domain) + "; addresses stand in `addresses`";
  }
  return is_host(name) ? ""
                       : "expected a domain such as `acme.example` or `*.acme.example`, but found " + ticked(domain);
}

}  // namespace cb
