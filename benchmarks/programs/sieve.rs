//! Sieve of Eratosthenes, a quicksort and closure-driven folds in Rust: bounds checks with panicking branches, iterators
//! with several adapters, slices, `dyn` calls, a panic that unwinds through instrumented frames and is caught.

use std::panic::{catch_unwind, AssertUnwindSafe};

fn mix(sum: u64, value: u64) -> u64 {
    (sum ^ value
        .wrapping_add(0x9e37_79b9_7f4a_7c15)
        .wrapping_add(sum << 6)
        .wrapping_add(sum >> 2))
    .wrapping_mul(0xff51_afd7_ed55_8ccd)
}

fn sieve(composite: &mut [u8]) -> usize {
    let limit = composite.len();
    let mut n = 2;
    while n * n < limit {
        if composite[n] == 0 {
            for multiple in (n * n..limit).step_by(n) {
                composite[multiple] = 1;
            }
        }
        n += 1;
    }
    composite.iter().skip(2).filter(|&&c| c == 0).count()
}

fn quicksort(values: &mut [u32]) {
    if values.len() < 2 {
        return;
    }
    let pivot = values[values.len() / 2];
    let (mut low, mut high) = (0isize, values.len() as isize - 1);
    while low <= high {
        while values[low as usize] < pivot {
            low += 1;
        }
        while values[high as usize] > pivot {
            high -= 1;
        }
        if low <= high {
            values.swap(low as usize, high as usize);
            low += 1;
            high -= 1;
        }
    }
    let middle = low as usize;
    let (left, right) = values.split_at_mut(middle);
    quicksort(&mut left[..(high + 1) as usize]);
    quicksort(right);
}

trait Step {
    fn apply(&self, value: u64) -> u64;
}

struct Add(u64);
struct Rotate(u32);

impl Step for Add {
    fn apply(&self, value: u64) -> u64 {
        value.wrapping_add(self.0)
    }
}

impl Step for Rotate {
    fn apply(&self, value: u64) -> u64 {
        value.rotate_left(self.0) ^ 0x55
    }
}

fn find(values: &[u32], wanted: u32) -> Option<usize> {
    let (mut low, mut high) = (0, values.len());
    while low < high {
        let middle = (low + high) / 2;
        match values[middle].cmp(&wanted) {
            core::cmp::Ordering::Less => low = middle + 1,
            core::cmp::Ordering::Greater => high = middle,
            core::cmp::Ordering::Equal => return Some(middle),
        }
    }
    None
}

fn main() {
    let size = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(1_000_000usize);
    let mut composite = vec![0u8; size];
    let primes = sieve(&mut composite);

    let count = size / 4;
    let mut values = vec![0u32; count];
    let mut state = 12345u32;
    for value in values.iter_mut() {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        *value = state >> 4;
    }
    quicksort(&mut values);
    let sorted = values.windows(2).all(|pair| pair[0] <= pair[1]);

    let steps: [&dyn Step; 3] = [&Add(7), &Rotate(13), &Add(1 << 40)];
    let mut sum = mix(u64::from(sorted), primes as u64);
    for (index, value) in values.iter().enumerate() {
        sum = steps[index % 3].apply(sum ^ u64::from(*value));
    }
    let hits = (0..count as u32)
        .filter(|n| find(&values, n.wrapping_mul(2_654_435_761) >> 4).is_some())
        .fold(0u64, |hits, n| mix(hits, u64::from(n)));
    sum = mix(sum, hits);

    std::panic::set_hook(Box::new(|_| {}));
    for beyond in 0..50 {
        let outcome = catch_unwind(AssertUnwindSafe(|| values[count - 25 + beyond]));
        sum = mix(sum, outcome.map_or(1, u64::from));
    }
    println!("sieve {sum:016x}");
    std::process::exit(32 + (sum % 64) as i32);
}
