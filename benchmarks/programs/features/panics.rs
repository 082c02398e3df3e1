//! Panics: unwinding through frames with destructors, catch_unwind, resume_unwind, panics in Drop order, arithmetic
//! overflow, slice bounds, unwrap on None, Result with `?`, a panic in a thread seen by join.

use std::fmt;
use std::panic;
use std::thread;

struct Noisy(u32, &'static std::sync::atomic::AtomicU32);

impl Drop for Noisy {
    fn drop(&mut self) {
        self.1.fetch_add(self.0, std::sync::atomic::Ordering::Relaxed);
    }
}

static DROPPED: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);

#[derive(Debug)]
enum Failure {
    Parse(std::num::ParseIntError),
    Negative(i64),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Parse(error) => write!(f, "parse: {error}"),
            Failure::Negative(n) => write!(f, "negative: {n:+}"),
        }
    }
}

impl std::error::Error for Failure {}

impl From<std::num::ParseIntError> for Failure {
    fn from(error: std::num::ParseIntError) -> Self {
        Failure::Parse(error)
    }
}

fn root(text: &str) -> Result<u64, Failure> {
    let n: i64 = text.trim().parse()?;
    if n < 0 {
        return Err(Failure::Negative(n));
    }
    Ok((n as f64).sqrt() as u64)
}

#[inline(never)]
fn descend(depth: u32, kind: u32) -> u32 {
    let _noisy = Noisy(depth, &DROPPED);
    if depth == 0 {
        match kind {
            0 => panic!("at the bottom"),
            1 => {
                let v: Vec<u32> = Vec::new();
                return v[depth as usize];
            }
            2 => return None::<u32>.unwrap(),
            3 => return 10 / depth,
            4 => panic::panic_any(42u64),
            _ => return 1,
        }
    }
    descend(depth - 1, kind) + depth
}

fn main() {
    panic::set_hook(Box::new(|_| {}));
    for kind in 0..6 {
        match panic::catch_unwind(|| descend(5 + kind, kind)) {
            Ok(value) => println!("value {value}"),
            Err(payload) => {
                if let Some(text) = payload.downcast_ref::<&str>() {
                    println!("text {text}");
                } else if let Some(text) = payload.downcast_ref::<String>() {
                    println!("string of {}", text.len());
                } else {
                    let again = panic::catch_unwind(panic::AssertUnwindSafe(|| panic::resume_unwind(payload)));
                    println!("other {:?}", again.unwrap_err().downcast::<u64>().ok());
                }
            }
        }
    }
    for text in ["49", "-4", "x", " 1000000 "] {
        match root(text) {
            Ok(n) => println!("{n}"),
            Err(error) => println!("{error} {error:?}"),
        }
    }
    let outcome = thread::spawn(|| descend(3, 0)).join();
    println!("{} {}", outcome.is_err(), DROPPED.load(std::sync::atomic::Ordering::Relaxed));
}
