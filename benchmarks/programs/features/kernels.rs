//! Loops that vectorise, wide and wrapping integers, floating point, bit counting, atomics, thread locals, formatting,
//! chunked slices, u128, saturating and checked arithmetic, byte parsing, match on ranges, repr(C) and unions.

use std::cell::Cell;
use std::fmt::Write;
use std::sync::atomic::{AtomicI32, AtomicU8, AtomicPtr, Ordering};

thread_local!(static DEPTH: Cell<i32> = const { Cell::new(0) });
static LEVEL: AtomicI32 = AtomicI32::new(3);
static FLAGS: AtomicU8 = AtomicU8::new(0);

#[repr(C)]
union Bits {
    float: f32,
    word: u32,
}

#[repr(C, align(32))]
struct Block {
    lanes: [f32; 8],
}

#[inline(never)]
pub fn dot(a: &[f32], b: &[f32]) -> f32 {
    a.chunks_exact(8)
        .zip(b.chunks_exact(8))
        .fold([0f32; 8], |mut sums, (a, b)| {
            for i in 0..8 {
                sums[i] += a[i] * b[i];
            }
            sums
        })
        .iter()
        .sum()
}

#[inline(never)]
pub fn prefix(values: &mut [u32]) {
    let mut sum = 0u32;
    for value in values {
        sum = sum.wrapping_add(*value);
        *value = sum;
    }
}

#[inline(never)]
pub fn saturate(a: &mut [u8], b: &[u8]) {
    for (a, b) in a.iter_mut().zip(b) {
        *a = a.saturating_add(*b);
    }
}

#[inline(never)]
pub fn count_bits(words: &[u64]) -> u32 {
    words.iter().map(|word| word.count_ones() + word.leading_zeros()).sum()
}

#[inline(never)]
pub fn modular(base: u64, mut exponent: u64, modulus: u64) -> u64 {
    let (mut result, mut power) = (1u128, u128::from(base));
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = result * power % u128::from(modulus);
        }
        power = power * power % u128::from(modulus);
        exponent >>= 1;
    }
    result as u64
}

#[inline(never)]
pub fn parse(text: &[u8]) -> Option<(i64, usize)> {
    let mut value = 0i64;
    let mut digits = 0;
    for &byte in text {
        match byte {
            b'0'..=b'9' => {
                value = value.checked_mul(10)?.checked_add(i64::from(byte - b'0'))?;
                digits += 1;
            }
            b'_' | b' ' => continue,
            b'-' if digits == 0 => value = -value,
            _ => break,
        }
    }
    (digits > 0).then_some((value, digits))
}

#[inline(never)]
pub fn mandelbrot(re: f64, im: f64) -> u32 {
    let (mut x, mut y) = (0.0f64, 0.0f64);
    (0..200u32).find(|_| {
        let next = x.mul_add(x, -(y * y)) + re;
        y = 2.0 * x * y + im;
        x = next;
        x * x + y * y > 4.0
    }).unwrap_or(200)
}

fn nested<R>(f: impl FnOnce(i32) -> R) -> R {
    DEPTH.with(|depth| {
        depth.set(depth.get() + 1);
        let result = f(depth.get());
        depth.set(depth.get() - 1);
        result
    })
}

fn main() {
    let a: Vec<f32> = (0..64).map(|i| i as f32 * 0.25).collect();
    let b: Vec<f32> = a.iter().rev().map(|x| x.sqrt()).collect();
    let mut words: Vec<u32> = (0..100u32).map(|i| i.wrapping_mul(2_654_435_761)).collect();
    prefix(&mut words);
    let mut bytes = *b"saturating bytes of some length";
    saturate(&mut bytes, &[200; 16]);
    let block = Block { lanes: [1.5; 8] };
    let bits = Bits { float: dot(&a, &b) };
    let mut text = String::new();
    write!(text, "{:08x} {:e} {:?}", unsafe { bits.word }, block.lanes[3], &bytes[14..20]).unwrap();
    let picture: String = (0..3)
        .map(|y| (0..24).map(|x| char::from(b" .:-=+*#%@"[(mandelbrot(x as f64 / 8.0 - 2.0, y as f64 / 2.0) / 21) as usize])).collect::<String>() + "|")
        .collect();
    let mut value = 5;
    let pointer = AtomicPtr::new(&mut value);
    let before = FLAGS.fetch_or(0x81, Ordering::SeqCst) ^ FLAGS.fetch_nand(3, Ordering::Relaxed);
    let raised = LEVEL.fetch_max(9, Ordering::AcqRel) + LEVEL.fetch_update(Ordering::SeqCst, Ordering::Relaxed, |n| n.checked_mul(2)).unwrap();
    println!("{text} {picture} {} {}", count_bits(&[1, 2, u64::MAX]), modular(3, 1_000_003, 998_244_353));
    println!("{:?} {:?} {before} {raised} {}", parse(b"12_345x"), parse(b"99999999999999999999"), nested(|d| nested(|e| d * 10 + e)));
    println!("{}", unsafe { *pointer.load(Ordering::Acquire) });
}
