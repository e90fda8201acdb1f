// `rebuild`: a damaged store is replaced, what can be read of it is carried over, and the trackers see nothing of it.
#include <filesystem>
#include <set>

#include "bridge/cli/rebuild.hpp"
#include "tests/faults/fault_world.hpp"
#include "tests/faults/store_files.hpp"
#include "tests/support/effort.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace cb;
using namespace cb::faults;

namespace {

const Instant k_later = *instant_from_iso("2026-06-08T10:12:00Z");
const ContractId k_contract{"ACME-2025"};

std::string claims_text(Store& store) {
  std::string text;
  for (const auto& claim : store.claims(k_contract))
    text += to_text(claim.issue) + " " + to_iso(claim.place) + (claim.hold == Hold::consumed ? " consumed\n" : "\n");
  return text;
}

std::string without_ledger(const std::string& state) {
  std::istringstream lines(state);
  std::string result;
  for (std::string line; std::getline(lines, line);)
    if (line.rfind("  ledger ", 0) != 0) result += line + "\n";
  return result;
}

const SavedTable& table(const RebuiltStore& rebuilt, const std::string& what) {
  for (const auto& each : rebuilt.tables)
    if (each.what == what) return each;
  FAIL("nothing is told of " << what);
  return rebuilt.tables.front();
}

std::size_t past_decisions(Store& store, const std::vector<IssueKey>& keys) {
  std::size_t count = 0;
  for (const auto& key : keys) count += store.decisions(key).size();
  return count;
}

struct Damage {
  const char* name;
  std::function<void(const std::string& path)> hurt;
  bool keeps_ledger;
  std::string said;
};

const Damage k_damages[] = {
    {"none", [](const std::string&) {}, true, "ledger lines: "},
    {"the issues", [](const std::string& path) { overwrite_root_of(path, "issue"); }, true, "issues: lost"},
    {"an index", [](const std::string& path) { overwrite_root_of(path, "issue_due"); }, true, "ledger lines: "},
    {"the ledger", [](const std::string& path) { overwrite_root_of(path, "ledger"); }, false, "ledger lines: "},
    {"the header", [](const std::string& path) { overwrite(path, 0, 100); }, false, "Nothing of it could be read"},
};

}  // namespace

TEST_CASE("after a rebuild the trackers and the pools are as before, and nothing was written") {
  int number = 0;
  for (const auto kind : k_kinds) {
    for (const auto& damage : k_damages) {
      if (!is_taken(number, k_world_stride)) continue;
      CAPTURE(name_of(kind));
      CAPTURE(damage.name);
      const TemporaryFolder folder;
      const auto path = folder.path("bridge.db");
      auto first = std::make_unique<OpenFile>(path);
      WorldOptions options{kind};
      options.store = first->store.get();
      FaultWorld world(options);
      world.run_until(the_end());
      first->store->audit(world.clock.now(), "somebody adopted a configuration");
      const auto before = world.end_state();
      const auto claims = claims_text(*first->store);
      const auto decisions = past_decisions(*first->store, world.issues());
      REQUIRE(!claims.empty());
      world.use_store(world.spare());
      first.reset();
      damage.hurt(path);

      const auto rebuilt = rebuild_store("sqlite:" + path, k_later);
      CHECK(rebuilt.moved_to == path + ".damaged-20260608T101200Z");
      CHECK(std::filesystem::exists(rebuilt.moved_to));
      CHECK(!std::filesystem::exists(path + ".rebuilding"));
      const auto store = open_store("sqlite:" + path);
      world.use_store(*store);
      world.fake().clear_log();
      std::ostringstream out;
      const auto fill = [&](std::ostream& to) { return world.backfill(to); };
      CHECK(rebuild(rebuilt, false, fill, out) == 0);
      CAPTURE(out.str());
      CHECK(out.str().find(damage.said) != std::string::npos);
      CHECK(out.str().find("6 read, 0 written, 6 unchanged") != std::string::npos);
      world.run_until(k_later + Seconds(600));
      for (const auto& each : world.fake().log()) {
        CAPTURE(each.method + " " + each.target);
        CHECK(each.meant == "GET");
      }
      CHECK(claims_text(*store) == claims);
      if (damage.keeps_ledger) {
        CHECK(difference(before, world.end_state()) == "");
        CHECK(past_decisions(*store, world.issues()) == decisions);
        CHECK(table(rebuilt, "past decisions").saved == static_cast<int>(decisions));
        CHECK(table(rebuilt, "audit lines").saved > 0);
        CHECK(store->audit_lines(100).back().what == "somebody adopted a configuration");
      } else {
        CHECK(difference(without_ledger(before), without_ledger(world.end_state())) == "");
        const auto& lines = table(rebuilt, "ledger lines");
        CHECK(lines.saved == 0);
        CHECK((lines.lost || lines.damaged > 0));
      }
    }
  }
}

TEST_CASE("rebuild refuses a store that is in use, one that is none, and a folder without one") {
  const TemporaryFolder folder;
  const auto path = folder.path("bridge.db");
  const auto words = [](const std::string& url) {
    try {
      rebuild_store(url, k_later);
    } catch (const StoreError& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  CHECK(words("sqlite:" + path).find("there is none yet") != std::string::npos);
  CHECK(words("sqlite::memory:").find("nothing to rebuild") != std::string::npos);
  {
    const auto store = open_store("sqlite:" + path);
    const auto text = words("sqlite:" + path);
    CAPTURE(text);
    CHECK(text.find("another contract-bridge uses it") != std::string::npos);
  }
  {
    Connection other(folder.path("other.db"), StoreAccess::exclusive);
    other.run("CREATE TABLE song (title TEXT)");
  }
  CHECK(words("sqlite:" + folder.path("other.db")).find("of another program") != std::string::npos);
  CHECK(std::filesystem::exists(folder.path("other.db")));
  CHECK(!std::filesystem::exists(folder.path("other.db.rebuilding")));
}

TEST_CASE("as JSON the rebuild and the backfill are one object") {
  const RebuiltStore rebuilt{"/a/b.db", "/a/b.db.damaged-x", {{"ledger lines", 3, 1, false}}, ""};
  std::ostringstream out;
  const auto fill = [](std::ostream& to) {
    to << R"({"trackers":[{"tracker":"support","written":0}]})";
    return 3;
  };
  CHECK(rebuild(rebuilt, true, fill, out) == 3);
  for (const auto* part : {R"("moved_to": "/a/b.db.damaged-x")", R"("saved": 3)", R"("damaged": 1)",
                           R"("unreadable": null)", R"("tracker": "support")"})
    CHECK(out.str().find(part) != std::string::npos);
}
