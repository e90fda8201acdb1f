// A decision and what the tracker shows of it, for tests of labels, flags and values of ours that others changed.
#pragma once

#include "bridge/sync/plan.hpp"
#include "tests/bridge/sync/comment_world.hpp"

namespace cb {

struct MarkWorld : CommentWorld {
  WriteSettings write;
  std::map<Slot, Shown> shown;
  std::map<std::string, std::string> flags;
  Capabilities capabilities;

  MarkWorld() {
    capabilities.private_comments = true;
    capabilities.labels = true;
    capabilities.flags = true;
  }
  [[nodiscard]] Changes planned() const {
    Fetched fetched;
    fetched.issue = issue;
    fetched.shown = shown;
    fetched.flags = flags;
    return plan(decision, fetched, {write, book, texts, capabilities}, now).changes;
  }
};

using Labels = std::vector<std::string>;

}  // namespace cb
