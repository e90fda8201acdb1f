// The shapes of Redmine's answers: JSON with an ETag, refusals with an empty body that still says JSON, errors of
// routing and parsing with a body.
#pragma once

#include <string>
#include <vector>

#include "tests/trackers/fake_redmine_json.hpp"
#include "tests/trackers/fake_redmine_query.hpp"

namespace cb::fake {

HttpResponse json_answer(int status, const Json& body);
HttpResponse empty_answer(int status);  // 401, 403, 404, 412: JSON by its header, nothing in it
HttpResponse error_answer(int status, const std::string& text);
HttpResponse done_answer();  // 204 without a content type
HttpResponse invalid_answer(const std::vector<std::string>& errors);
// 401 for nobody, 403 for somebody without the right.
HttpResponse denied(const User* user);
// `{"issues":[...],"total_count":n,"offset":o,"limit":l}`
HttpResponse page_answer(const char* name, const Json& rows, const Window& window);
// 304 where the caller knows the content already.
HttpResponse unless_known(HttpResponse response, const Call& call);

}  // namespace cb::fake
