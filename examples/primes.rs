//! The same heartbeat in Rust: counts primes while a handler is called about every 100,000 IR instructions. It uses the
//! C runtime through `extern "C"` and neither the standard library nor a nightly feature, so that the printed LLVM IR is
//! small and links with nothing but libc:
//!
//!     ./jci build examples/primes_rust.ll -o primes && ./primes
#![no_std]
#![no_main]

use core::ffi::{c_char, c_int, c_long};
use core::sync::atomic::{AtomicI64, Ordering::Relaxed};

extern "C" {
    fn register_ci(ir_interval: c_int, cycles_interval: c_int, handler: extern "C" fn(c_long));
    fn deregister_ci();
    fn printf(format: *const c_char, ...) -> c_int;
}

static CALLS: AtomicI64 = AtomicI64::new(0);
static LAST: AtomicI64 = AtomicI64::new(0);
static LONGEST: AtomicI64 = AtomicI64::new(0);

extern "C" fn heartbeat(clock: c_long) {
    let distance = clock - LAST.swap(clock, Relaxed);
    if CALLS.fetch_add(1, Relaxed) > 0 {
        LONGEST.fetch_max(distance, Relaxed);
    }
}

fn is_prime(number: u32) -> bool {
    if number < 2 {
        return false;
    }
    let mut divisor = 2;
    while divisor * divisor <= number {
        if number.checked_rem(divisor) == Some(0) {
            return false;
        }
        divisor += 1;
    }
    true
}

#[no_mangle]
pub extern "C" fn main() -> c_int {
    let mut primes = 0;
    let mut number = 0;
    unsafe { register_ci(100_000, 100_000, heartbeat) };
    while number < 1_000_000 {
        primes += c_int::from(is_prime(number));
        number += 1;
    }
    unsafe { deregister_ci() };
    let (calls, longest) = (CALLS.load(Relaxed), LONGEST.load(Relaxed));
    unsafe {
        printf(c"%d primes below 1000000\n".as_ptr(), primes);
        printf(c"the handler ran %ld times, at most %ld IR instructions apart\n".as_ptr(), calls, longest);
    }
    c_int::from(primes != 78_498 || calls <= 100)
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    loop {}
}
