// Files of a configuration: the first line names one of them (plans.yaml), the rest is its text. It is read by itself,
// so what it refers to is not checked. Whatever it holds, problems have a place and are one line of words each.
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "bridge/settings/loading.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace cb::fuzz {

namespace {

namespace fs = std::filesystem;

// A folder of this process; the loader reads files.
class Folder {
 public:
  Folder() : path_(fs::temp_directory_path() / ("contract-bridge-fuzz-" + std::to_string(getpid()))) {
    fs::create_directories(path_ / "texts");
  }
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  void write(const std::string& name, const std::string& text) const {
    std::ofstream(path_ / name, std::ios::binary) << text;
  }
  [[nodiscard]] std::string path() const { return path_.string(); }

 private:
  fs::path path_;
};

struct Part {
  const char* file;
  void (*load)(Loading& loading);
};
constexpr Part k_parts[] = {{"bridge.yaml", load_bridge},       {"calendars.yaml", load_calendars},
                            {"plans.yaml", load_plans},         {"classification.yaml", load_classification},
                            {"contracts.yaml", load_contracts}, {"texts/en.yaml", load_texts}};

void check(const Problems& problems, const std::string& text) {
  const auto lines = 2 + static_cast<long>(std::count(text.begin(), text.end(), '\n'));
  for (const auto& problem : problems.sorted()) {
    must(is_one_clean_line(to_text(problem)), "a problem is one line of words: " + to_text(problem));
    must(problem.line >= 0 && problem.line <= lines, "a problem lies in its file: " + to_text(problem));
  }
}

}  // namespace

void one_input(const std::string& bytes) {
  static const Folder k_folder;
  const auto [name, text] = first_line(bytes);
  for (const auto& part : k_parts) {
    if (name != part.file) continue;
    k_folder.write(name, text);
    Loading loading;
    loading.folder = k_folder.path();
    part.load(loading);
    check(loading.problems, text);
    k_folder.write(name, "");
    return;
  }
  Problems problems;
  const auto root = read_yaml_text(text, "some.yaml", problems);
  must(root.has_value() || problems.any_error(), "what cannot be read is an error");
  check(problems, text);
}

}  // namespace cb::fuzz
