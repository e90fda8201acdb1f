// A decision and what the tracker shows of it, for tests of labels, flags and values of ours that others changed.
#pragma once

#include "bridge/sync/plan.hpp"
#include "tests/bridge/sync/comment_world.hpp"

namespace cb {

struct MarkWorld : CommentWorld {
  WriteSettings write;
  std::map<Slot, Shown> shown;
  std::map<std::string, std::string> flags;
  std::optional<std::string> record;
  std::map<std::string, std::string> links;
  Capabilities capabilities;

  MarkWorld() {
    capabilities.private_comments = true;
    capabilities.labels = true;
    capabilities.flags = true;
    capabilities.record = true;
    capabilities.page_links = true;
    capabilities.transitions = true;
  }
  [[nodiscard]] Changes planned() const {
    Fetched fetched;
    fetched.issue = issue;
    fetched.shown = shown;
    fetched.flags = flags;
    fetched.record = record;
    fetched.links = links;
    return plan(decision, fetched, {write, book, texts, capabilities}, now).changes;
  }
};

using Labels = std::vector<std::string>;

}  // namespace cb
