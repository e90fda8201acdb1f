#include "tests/simulation/seeds.hpp"

#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <iomanip>
#include <map>
#include <ostream>
#include <sstream>
#include <stdexcept>
#include <thread>
#include <vector>

#include "tests/simulation/world.hpp"

namespace cb::simulation {

namespace {

constexpr int k_failed = 1;
constexpr int k_told_every = 20;

std::string words_of(const Breach& breach, const Options& options, std::uint64_t seed) {
  return "seed " + std::to_string(seed) + " fails at step " + std::to_string(breach.step) + ", " + text_of(breach.at) +
         ": " + breach.invariant + "\n" + breach.facts + "\nreplay: simulation --seed " + std::to_string(seed) +
         " --days " + std::to_string(options.days) + " --trace\n";
}

// One world, in lines for the parent: counts, then what is wrong.
std::string told(const Options& options, std::uint64_t seed, bool twice) {
  std::ostringstream out;
  const auto outcome = run_world({seed, options.days, nullptr});
  for (const auto& [what, count] : outcome.counts) out << "count " << count << " " << what << "\n";
  if (twice) {
    const auto again = run_world({seed, options.days, nullptr});
    if (again.hash != outcome.hash || again.steps != outcome.steps)
      out << "wrong seed " << seed << " is not the same when it is run again: " << outcome.steps << " steps, then "
          << again.steps << "\n";
  }
  if (outcome.breach) out << "wrong " << words_of(*outcome.breach, options, seed);
  return out.str();
}

struct Worker {
  std::uint64_t seed = 0;
  int pipe = -1;
  std::string said;
};

void write_all(int to, const std::string& text) {
  for (std::size_t done = 0; done < text.size();) {
    const auto written = write(to, text.data() + done, text.size() - done);
    if (written <= 0) return;
    done += static_cast<std::size_t>(written);
  }
}

class Seeds {
 public:
  Seeds(const Options& options, std::ostream& out) : options_(options), out_(out) {}

  int run() {
    const auto began = std::chrono::steady_clock::now();
    const auto processors = static_cast<int>(std::thread::hardware_concurrency());
    const auto workers = static_cast<std::size_t>(options_.workers > 0 ? options_.workers : std::max(1, processors));
    for (int next = 0; next < options_.seeds || !running_.empty();) {
      while (next < options_.seeds && running_.size() < workers) begin(next++);
      collect();
    }
    const auto took = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    for (const auto& [what, count] : counts_) out_ << std::setw(12) << count << "  " << what << "\n";
    out_ << options_.seeds << " seeds of " << options_.days << " days, " << wrong_ << " failed, in " << std::fixed
         << std::setprecision(1) << took << " s\n";
    return wrong_ == 0 ? 0 : k_failed;
  }

 private:
  void begin(int index) {
    int ends[2];
    if (pipe(ends) != 0) throw std::runtime_error("no pipe for a worker");
    const auto seed = options_.from + static_cast<std::uint64_t>(index);
    out_ << std::flush;
    const auto child = fork();
    if (child < 0) throw std::runtime_error("no process for a worker");
    if (child == 0) {
      close(ends[0]);
      write_all(ends[1], told(options_, seed, index < options_.twice));
      close(ends[1]);
      _exit(0);
    }
    close(ends[1]);
    running_[child] = {seed, ends[0], {}};
  }

  // Waits for any worker to say something, or to have said all.
  void collect() {
    std::vector<pollfd> ends;
    for (const auto& [child, worker] : running_) ends.push_back({worker.pipe, POLLIN, 0});
    if (poll(ends.data(), ends.size(), -1) < 0) return;
    for (const auto& end : ends)
      if (end.revents != 0) listen(end.fd);
  }

  void listen(int pipe) {
    const auto worker =
        std::find_if(running_.begin(), running_.end(), [&](const auto& each) { return each.second.pipe == pipe; });
    char buffer[4096];
    const auto got = read(pipe, buffer, sizeof buffer);
    if (got > 0) {
      worker->second.said.append(buffer, static_cast<std::size_t>(got));
      return;
    }
    close(pipe);
    int status = 0;
    waitpid(worker->first, &status, 0);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
      ++wrong_;
      out_ << "seed " << worker->second.seed << " ended its process (status " << status << ")\n";
    }
    take(worker->second.said);
    running_.erase(worker);
    if (++done_ % k_told_every == 0) out_ << done_ << " of " << options_.seeds << " seeds\n" << std::flush;
  }

  void take(const std::string& said) {
    std::istringstream lines(said);
    for (std::string word; lines >> word;) {
      std::string rest;
      if (word == "count") {
        std::int64_t count = 0;
        lines >> count >> std::ws;
        std::getline(lines, rest);
        counts_[rest] += count;
      } else {
        ++wrong_;
        lines >> std::ws;
        std::getline(lines, rest, '\0');
        out_ << rest << std::flush;
      }
    }
  }

  const Options& options_;
  std::ostream& out_;
  std::map<pid_t, Worker> running_;
  std::map<std::string, std::int64_t> counts_;
  int wrong_ = 0, done_ = 0;
};

}  // namespace

int run_seeds(const Options& options, std::ostream& out) {
  return Seeds(options, out).run();
}

int replay_seed(const Options& options, std::ostream& out) {
  const auto outcome = run_world({*options.single, options.days, options.trace ? &out : nullptr});
  for (const auto& [what, count] : outcome.counts) out << std::setw(12) << count << "  " << what << "\n";
  if (outcome.breach) out << words_of(*outcome.breach, options, *options.single);
  out << outcome.steps << " steps, hash " << std::hex << outcome.hash << std::dec << "\n";
  if (options.trace) return outcome.breach ? k_failed : 0;
  const auto again = run_world({*options.single, options.days, nullptr});
  const bool same = again.hash == outcome.hash && again.steps == outcome.steps;
  out << (same ? "the same when run again\n" : "not the same when run again\n");
  return outcome.breach || !same ? k_failed : 0;
}

}  // namespace cb::simulation
