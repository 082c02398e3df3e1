//! Threads: spawn and scoped threads, mpsc channels, Mutex, RwLock, Condvar, Arc, Once, atomics of several orderings,
//! thread_local with and without destructor, barriers.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::sync::atomic::{fence, AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc::{channel, sync_channel};
use std::sync::{Arc, Barrier, Condvar, Mutex, OnceLock, RwLock};
use std::thread;

thread_local! {
    static COUNT: Cell<u32> = const { Cell::new(0) };
    static TRACE: RefCell<Vec<String>> = RefCell::new(vec!["start".to_string()]);
}

static TOTAL: AtomicU64 = AtomicU64::new(0);
static NAME: OnceLock<String> = OnceLock::new();

struct SpinLock {
    locked: AtomicBool,
}

impl SpinLock {
    fn with<R>(&self, f: impl FnOnce() -> R) -> R {
        while self.locked.compare_exchange_weak(false, true, Ordering::Acquire, Ordering::Relaxed).is_err() {
            std::hint::spin_loop();
        }
        let result = f();
        self.locked.store(false, Ordering::Release);
        result
    }
}

fn collatz(mut n: u64) -> u64 {
    let mut steps = 0;
    while n != 1 {
        n = if n % 2 == 0 { n / 2 } else { 3 * n + 1 };
        steps += 1;
    }
    steps
}

fn main() {
    let (sender, receiver) = channel::<(usize, u64)>();
    let shared = Arc::new(Mutex::new(BTreeMap::new()));
    let handles: Vec<_> = (0..4)
        .map(|id| {
            let sender = sender.clone();
            let shared = Arc::clone(&shared);
            thread::spawn(move || {
                for n in (1 + id as u64..2000).step_by(4) {
                    let steps = collatz(n);
                    COUNT.with(|count| count.set(count.get() + 1));
                    TOTAL.fetch_add(steps, Ordering::AcqRel);
                    *shared.lock().unwrap().entry(steps % 10).or_insert(0u32) += 1;
                    if n % 100 < 4 {
                        sender.send((id, steps)).unwrap();
                        TRACE.with_borrow_mut(|trace| trace.push(format!("{id}:{n}")));
                    }
                }
                COUNT.get() as usize + TRACE.with_borrow(|trace| trace.len())
            })
        })
        .collect();
    drop(sender);
    let received: u64 = receiver.iter().map(|(id, steps)| id as u64 * steps).sum();
    let counts: usize = handles.into_iter().map(|handle| handle.join().unwrap()).sum();

    let barrier = Barrier::new(3);
    let spin = SpinLock { locked: AtomicBool::new(false) };
    let slots = RwLock::new(vec![0u32; 3]);
    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                let slot = next.fetch_add(1, Ordering::Relaxed);
                spin.with(|| slots.write().unwrap()[slot] += slot as u32 + 1);
                barrier.wait();
                fence(Ordering::SeqCst);
                assert_eq!(slots.read().unwrap().iter().sum::<u32>(), 6);
                NAME.get_or_init(|| "once".repeat(2));
            });
        }
    });

    let pair = Arc::new((Mutex::new(0), Condvar::new()));
    let (bounded, results) = sync_channel(2);
    let other = Arc::clone(&pair);
    let waiting = thread::spawn(move || {
        let (lock, changed) = &*other;
        let value = changed.wait_while(lock.lock().unwrap(), |value| *value < 5).unwrap();
        bounded.send(*value * 10).unwrap();
    });
    for _ in 0..5 {
        *pair.0.lock().unwrap() += 1;
        pair.1.notify_all();
    }
    waiting.join().unwrap();
    println!("{received} {counts} {} {:?} {:?} {}", TOTAL.load(Ordering::SeqCst), shared.lock().unwrap(), NAME.get(), results.recv().unwrap());
}
