// Forms of addresses in the configuration: what is wrong with one, in words for people, or empty. Never shows a value
// that may hold a password. Internal to the loader.
#pragma once

#include <string>

namespace cb {

// `${NAME}` or `file:/path`
bool is_secret_reference(const std::string& text);
// `https://host[:port][/path]`
std::string url_problem(const std::string& url);
bool is_plain_http_elsewhere(const std::string& url);  // http:// to another machine
// `sqlite:PATH` or `postgresql://user@host/db`
std::string store_problem(const std::string& store);
// `HOST:PORT`, `[::1]:PORT`
std::string listen_problem(const std::string& listen);
// Whether only this machine reaches it: localhost, 127.*, [::1]. Of a form without problem.
bool is_loopback_listen(const std::string& listen);
// The name of a header that a tracker sends: letters, digits and -, at most 100; not one that HTTP itself uses.
std::string header_problem(const std::string& name);
// An e-mail address
std::string address_problem(const std::string& address);
// `acme.example` or `*.acme.example`
std::string domain_problem(const std::string& domain);

}  // namespace cb
