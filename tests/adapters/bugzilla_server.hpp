// A Bugzilla 5.2 as ScriptedHttp knows it, from its recordings: version, fields, the product LMS, people, ourselves.
#pragma once

#include <string>

#include "adapters/bugzilla/bugzilla_terms.hpp"
#include "recording.hpp"
#include "scripted_http.hpp"

namespace cb {

inline Recording bugzilla_recording(const std::string& name) {
  return recording(name, "bugzilla");
}

inline BugzillaTerms bugzilla_terms() {
  BugzillaTerms terms;
  terms.name = "support";
  terms.base_url = "https://bugs.vendor.example/";
  terms.api_key = "SECRET+KEY";
  terms.login = "staff@example.com";
  terms.products = {"LMS"};
  return terms;
}

inline constexpr const char* k_bugzilla_staff =
    R"({"id":4,"name":"staff@example.com","real_name":"Staff Agent","email":"staff@example.com","saved_searches":[],
        "groups":[{"id":8,"name":"editbugs"},{"id":15,"name":"staff"}]})";
inline constexpr const char* k_bugzilla_customer =
    R"({"id":2,"name":"customer@example.com","real_name":"Customer Carla","email":"customer@example.com","groups":[]})";

inline std::string users_answer(const std::string& rows) {
  return "{\"users\":[" + rows + "]}";
}

inline void script_bugzilla(ScriptedHttp& http, const std::string& version = "5.2") {
  http.on("GET /rest/version", 200, "{\"version\":\"" + version + "\"}");
  http.on("GET /rest/valid_login", 200, R"({"result":true})");
  http.on("GET /rest/whoami", 200, R"({"id":4,"name":"staff@example.com","real_name":"Staff Agent"})");
  http.on("GET /rest/user", 200, users_answer(std::string(k_bugzilla_staff) + "," + k_bugzilla_customer));
  http.on("GET /rest/parameters", 200, R"({"parameters":{"insidergroup":"staff"}})");
  http.on("GET /rest/field/bug", 200, bugzilla_recording("025-field-bug-all").body);
  http.on("GET /rest/product", 200, bugzilla_recording("033-product-LMS").body);
  http.on("GET /rest/time", 200, R"({"db_time":"2026-11-22T09:21:25Z"})");
}

}  // namespace cb
