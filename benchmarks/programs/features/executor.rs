//! async without a library: a hand-written executor with a queue and wakers, futures written by hand and by `async`
//! blocks, select of two, boxed recursion, a channel with await, cancellation by drop.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::future::Future;
use std::pin::{pin, Pin};
use std::rc::Rc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};

type Job = Pin<Box<dyn Future<Output = ()>>>;

struct Wakeup {
    id: usize,
    queue: Arc<Mutex<VecDeque<usize>>>,
    woken: AtomicUsize,
}

impl Wake for Wakeup {
    fn wake(self: Arc<Self>) {
        self.woken.fetch_add(1, Ordering::Relaxed);
        self.queue.lock().unwrap().push_back(self.id);
    }
}

#[derive(Default)]
struct Executor {
    jobs: Vec<Option<Job>>,
    queue: Arc<Mutex<VecDeque<usize>>>,
}

impl Executor {
    fn spawn(&mut self, job: impl Future<Output = ()> + 'static) {
        self.queue.lock().unwrap().push_back(self.jobs.len());
        self.jobs.push(Some(Box::pin(job)));
    }

    fn run(&mut self) -> usize {
        let mut polls = 0;
        loop {
            let Some(id) = self.queue.lock().unwrap().pop_front() else { return polls };
            let Some(mut job) = self.jobs[id].take() else { continue };
            let waker = Waker::from(Arc::new(Wakeup { id, queue: Arc::clone(&self.queue), woken: AtomicUsize::new(0) }));
            polls += 1;
            if job.as_mut().poll(&mut Context::from_waker(&waker)).is_pending() {
                self.jobs[id] = Some(job);
            }
        }
    }
}

struct Yield(u32);

impl Future for Yield {
    type Output = &'static str;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        if self.0 == 0 {
            return Poll::Ready("yielded");
        }
        self.0 -= 1;
        context.waker().wake_by_ref();
        Poll::Pending
    }
}

struct Channel<T> {
    items: RefCell<VecDeque<T>>,
    waiting: RefCell<Option<Waker>>,
}

impl<T> Channel<T> {
    fn send(&self, item: T) {
        self.items.borrow_mut().push_back(item);
        if let Some(waker) = self.waiting.borrow_mut().take() {
            waker.wake();
        }
    }

    async fn receive(&self) -> T {
        std::future::poll_fn(|context| match self.items.borrow_mut().pop_front() {
            Some(item) => Poll::Ready(item),
            None => {
                *self.waiting.borrow_mut() = Some(context.waker().clone());
                Poll::Pending
            }
        })
        .await
    }
}

async fn first<A: Future, B: Future<Output = A::Output>>(a: A, b: B) -> (A::Output, bool) {
    let mut a = pin!(a);
    let mut b = pin!(b);
    std::future::poll_fn(move |context| {
        if let Poll::Ready(value) = a.as_mut().poll(context) {
            return Poll::Ready((value, true));
        }
        b.as_mut().poll(context).map(|value| (value, false))
    })
    .await
}

fn fib(n: u32) -> Pin<Box<dyn Future<Output = u64>>> {
    Box::pin(async move {
        if n < 2 {
            Yield(1).await;
            return u64::from(n);
        }
        fib(n - 1).await + fib(n - 2).await
    })
}

fn main() {
    let channel = Rc::new(Channel { items: RefCell::default(), waiting: RefCell::default() });
    let log = Rc::new(RefCell::new(Vec::<String>::new()));
    let mut executor = Executor::default();
    for id in 0..3u32 {
        let channel = Rc::clone(&channel);
        executor.spawn(async move {
            for round in 0..4 {
                Yield(id).await;
                channel.send((id, round, fib(round + id).await));
            }
        });
    }
    let output = Rc::clone(&log);
    let receiver = Rc::clone(&channel);
    executor.spawn(async move {
        let mut sum = 0;
        for _ in 0..12 {
            let (id, round, value) = receiver.receive().await;
            sum += u64::from(id * 100 + round) * (value + 1);
        }
        output.borrow_mut().push(format!("sum {sum}"));
    });
    let output = Rc::clone(&log);
    executor.spawn(async move {
        let (text, left) = first(Yield(5), Yield(3)).await;
        output.borrow_mut().push(format!("{text} {left}"));
    });
    let polls = executor.run();
    println!("{polls} {:?}", log.borrow());
}
