#include "tests/simulation/fiber.hpp"

#include <cxxabi.h>
#include <setjmp.h>
#include <ucontext.h>

#include <cstdint>
#include <cstring>

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/common_interface_defs.h>
#endif
#if defined(__SANITIZE_THREAD__)
#include <sanitizer/tsan_interface.h>
#endif

namespace cb::simulation {

namespace {

#if defined(__SANITIZE_ADDRESS__)
constexpr std::size_t k_stack = std::size_t{4} << 20U;
#else
constexpr std::size_t k_stack = std::size_t{1} << 20U;
#endif

// What the C++ ABI keeps of exceptions for each thread (Itanium C++ ABI, exception handling, 2.2.2): a fiber that is
// left inside a handler takes its own along.
struct Exceptions {
  void* caught = nullptr;
  unsigned int uncaught = 0;
};

Exceptions exchange_exceptions(const Exceptions& with) {
  auto* const present = abi::__cxa_get_globals();
  Exceptions before;
  std::memcpy(static_cast<void*>(&before), present, sizeof before);
  std::memcpy(static_cast<void*>(present), &with, sizeof with);
  return before;
}

}  // namespace

struct Fiber::Parts {
  std::function<void()> body;
  std::unique_ptr<char[]> stack = std::make_unique_for_overwrite<char[]>(k_stack);  // untouched, it takes no memory
  // A jump from stack to stack, in either direction; swapcontext() would ask the kernel for the signals' mask each
  // time.
  jmp_buf inside{}, outside{};
  ucontext_t beginning{};
  Exceptions exceptions;  // of the side that does not run
  bool began = false, has_ended = false;
#if defined(__SANITIZE_ADDRESS__)
  void* fake_inside = nullptr;
  void* fake_outside = nullptr;
  const void* outside_bottom = nullptr;
  std::size_t outside_size = 0;
#endif
#if defined(__SANITIZE_THREAD__)
  void* tsan_inside = nullptr;
  void* tsan_outside = nullptr;
#endif

  static void enter(unsigned int high, unsigned int low) {
    auto* const parts = reinterpret_cast<Parts*>((static_cast<std::uintptr_t>(high) << 32U) | low);
#if defined(__SANITIZE_ADDRESS__)
    __sanitizer_finish_switch_fiber(nullptr, &parts->outside_bottom, &parts->outside_size);
#endif
    parts->body();
    parts->has_ended = true;
    parts->go_outside();
  }

  void go_inside() {
    exceptions = exchange_exceptions(exceptions);
#if defined(__SANITIZE_THREAD__)
    tsan_outside = __tsan_get_current_fiber();
    __tsan_switch_to_fiber(tsan_inside, 0);
#endif
#if defined(__SANITIZE_ADDRESS__)
    __sanitizer_start_switch_fiber(&fake_outside, stack.get(), k_stack);
#endif
    if (!began) {
      began = true;
      if (_setjmp(outside) == 0) setcontext(&beginning);
    } else if (_setjmp(outside) == 0) {
      _longjmp(inside, 1);
    }
#if defined(__SANITIZE_ADDRESS__)
    __sanitizer_finish_switch_fiber(fake_outside, nullptr, nullptr);
#endif
    exceptions = exchange_exceptions(exceptions);
  }

  void go_outside() {
#if defined(__SANITIZE_THREAD__)
    __tsan_switch_to_fiber(tsan_outside, 0);
#endif
#if defined(__SANITIZE_ADDRESS__)
    __sanitizer_start_switch_fiber(has_ended ? nullptr : &fake_inside, outside_bottom, outside_size);
#endif
    if (_setjmp(inside) == 0) _longjmp(outside, 1);
#if defined(__SANITIZE_ADDRESS__)
    __sanitizer_finish_switch_fiber(fake_inside, &outside_bottom, &outside_size);
#endif
  }
};

Fiber::Fiber(std::function<void()> body) : parts_(std::make_unique<Parts>()) {
  parts_->body = std::move(body);
#if defined(__SANITIZE_THREAD__)
  parts_->tsan_inside = __tsan_create_fiber(0);
#endif
}

Fiber::~Fiber() {
#if defined(__SANITIZE_THREAD__)
  __tsan_destroy_fiber(parts_->tsan_inside);
#endif
}

void Fiber::resume() {
  if (parts_->has_ended) return;
  if (!parts_->began) {
    getcontext(&parts_->beginning);
    parts_->beginning.uc_stack.ss_sp = parts_->stack.get();
    parts_->beginning.uc_stack.ss_size = k_stack;
    parts_->beginning.uc_link = nullptr;
    const auto address = reinterpret_cast<std::uintptr_t>(parts_.get());
    // makecontext hands over ints: a pointer goes in two halves.
    makecontext(&parts_->beginning, reinterpret_cast<void (*)()>(&Parts::enter), 2,
                static_cast<unsigned int>(address >> 32U), static_cast<unsigned int>(address & 0xffffffffU));
  }
  parts_->go_inside();
}

void Fiber::leave() {
  parts_->go_outside();
}

bool Fiber::ended() const {
  return parts_->has_ended;
}

}  // namespace cb::simulation
