// The configuration's own texts: what a text may name, and what was probably forgotten in one language.
#include <doctest/doctest.h>

#include <filesystem>

#include "bridge/settings/loader.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace cb;

namespace {

struct OwnFile {
  const char* name;  // cs.yaml
  const char* content;
};

// What is said about these texts, which stand instead of the example's own: a line each, without the folder's name.
std::string problems_with(const std::vector<OwnFile>& files) {
  const TemporaryFolder folder;
  namespace fs = std::filesystem;
  fs::copy(fs::path(CB_TEST_DATA) / "example", folder.name(), fs::copy_options::recursive);
  fs::remove_all(folder.path("texts"));
  for (const auto& file : files) folder.write(std::string("texts/") + file.name, file.content);
  std::string out;
  for (const auto& problem : load_settings(folder.name()).problems) {
    const auto text = to_text(problem);
    const auto at = text.find("texts/");
    if (at != std::string::npos) out += text.substr(at) + "\n";
  }
  return out;
}

}  // namespace

TEST_CASE("a fact that one language leaves out and all others name is warned of") {
  struct Row {
    std::string name;
    std::vector<OwnFile> files;
    std::string expected;
  };
  const Row rows[] = {
      {"one of three",
       {{"en.yaml", "receipt: \"Yours: {{reason}}, {{pool_left}}.\"\n"},
        {"cs.yaml", "offer: \"{{reason}}\"\nreceipt: \"Váš: {{reason}}.\"\n"},
        {"ru.yaml", "receipt: \"Ваш: {{pool_left}}, {{reason}}.\"\n"}},
       "texts/cs.yaml:2:10: warning: the text `receipt` of cs does not name `{{pool_left}}`, which the other "
       "languages do\n"},
      {"one of two, in a section",
       {{"en.yaml", "receipt: \"Yours.{{#free}} Free.{{/free}}\"\n"}, {"hu.yaml", "receipt: \"Öné.\"\n"}},
       "texts/hu.yaml:1:10: warning: the text `receipt` of hu does not name `{{free}}`, which the other language "
       "does\n"},
      {"each of two leaves out something else",
       {{"en.yaml", "receipt: \"{{reason}}\"\n"}, {"hu.yaml", "receipt: \"{{links}}\"\n"}},
       "texts/en.yaml:1:10: warning: the text `receipt` of en does not name `{{links}}`, which the other language "
       "does\n"
       "texts/hu.yaml:1:10: warning: the text `receipt` of hu does not name `{{reason}}`, which the other language "
       "does\n"},
      {"two of three: who is right is not known",
       {{"en.yaml", "receipt: \"{{reason}}\"\n"},
        {"hu.yaml", "receipt: \"Öné.\"\n"},
        {"cs.yaml", "receipt: \"Váš.\"\n"}},
       ""},
      {"a single language", {{"en.yaml", "receipt: \"Yours.\"\n"}}, ""},
      {"different texts", {{"en.yaml", "receipt: \"{{reason}}\"\n"}, {"hu.yaml", "offer: \"Öné.\"\n"}}, ""},
      {"notes for staff have one language",
       {{"en.yaml", "receipt: \"{{reason}}\"\n"}, {"staff.yaml", "risk: \"Hurry.\"\n"}},
       ""},
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    CHECK(problems_with(row.files) == row.expected);
  }
}

TEST_CASE("the example's texts give no cause for warnings") {
  for (const auto& problem : load_settings(std::string(CB_TEST_DATA) + "/example").problems) {
    CHECK_MESSAGE(problem.file.find("/texts/") == std::string::npos, to_text(problem));
  }
}
