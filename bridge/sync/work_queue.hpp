// Issues that wait for their turn, each once, in the order in which they came.
#pragma once

#include <algorithm>
#include <deque>
#include <set>
#include <utility>
#include <vector>

#include "rules/ids.hpp"

namespace cb {

class WorkQueue {
 public:
  // One that waits already keeps its place.
  void push(const IssueKey& key) {
    if (waiting_.insert(key).second) order_.push_back(key);
  }
  // Only of a queue that is not empty.
  IssueKey pop() {
    auto key = std::move(order_.front());
    order_.pop_front();
    waiting_.erase(key);
    return key;
  }
  // False: it does not wait.
  bool erase(const IssueKey& key) {
    if (waiting_.erase(key) == 0) return false;
    order_.erase(std::find(order_.begin(), order_.end(), key));
    return true;
  }
  [[nodiscard]] bool contains(const IssueKey& key) const { return waiting_.count(key) > 0; }
  // In their order.
  [[nodiscard]] std::vector<IssueKey> keys() const { return {order_.begin(), order_.end()}; }
  [[nodiscard]] bool empty() const { return order_.empty(); }
  [[nodiscard]] std::size_t size() const { return order_.size(); }

 private:
  std::deque<IssueKey> order_;
  std::set<IssueKey> waiting_;
};

}  // namespace cb
