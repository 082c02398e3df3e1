package dev.jci.ir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class DeepStackTest {
    private static int depth(int left) {
        return left == 0 ? 0 : 1 + depth(left - 1);
    }

    private static Thread threadOfRun(String name) {
        AtomicReference<Thread> found = new AtomicReference<>();
        DeepStack.run(name, List.of(() -> found.set(Thread.currentThread())));
        return found.get();
    }

    @Test
    void recursionMayGoAMillionCallsDeep() {
        List<Integer> depths = new ArrayList<>();

        DeepStack.run("deep", List.of(() -> depths.add(depth(1_000_000))));

        assertThat(depths).containsExactly(1_000_000);
    }

    @Test
    void tasksRunAtTheSameTime() {
        CountDownLatch both = new CountDownLatch(2);
        Runnable meeting = () -> {
            both.countDown();
            try {
                both.await();
            } catch (InterruptedException exception) {
                throw new IllegalStateException(exception);
            }
        };

        DeepStack.run("deep", Collections.nCopies(2, meeting));

        assertThat(both.getCount()).isZero();
    }

    @Test
    void whatATaskThrowsTheCallerGets() {
        assertThatThrownBy(() -> DeepStack.run("deep", List.of(() -> {
                    throw new IllegalArgumentException("no");
                })))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no");
        assertThatThrownBy(() -> DeepStack.run("deep", List.of(() -> {
                    throw new StackOverflowError();
                })))
                .isInstanceOf(StackOverflowError.class);
    }

    @Test
    void aThreadWithADeepStackNeedsNoOther() throws Exception {
        assertThat(threadOfRun("inner")).isNotSameAs(Thread.currentThread());
        assertThat(threadOfRun("inner").getName()).isEqualTo("inner");
        try (ExecutorService executor = Executors.newSingleThreadExecutor(DeepStack.threads("outer"))) {
            assertThat(executor.submit(() -> threadOfRun("inner").getName()).get())
                    .isEqualTo("outer");
            assertThat(executor.submit(() -> depth(1_000_000)).get()).isEqualTo(1_000_000);
        }
    }

    @Test
    void whoeverIsInterruptedIsToldAlsoOnAThreadWithADeepStack() throws Exception {
        Callable<Void> interrupted = () -> {
            DeepStack.run("inner", List.of(Thread.currentThread()::interrupt));
            return null;
        };

        try (ExecutorService executor = Executors.newSingleThreadExecutor(DeepStack.threads("outer"))) {
            assertThatThrownBy(() -> executor.submit(interrupted).get())
                    .hasCauseInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("interrupted: inner");
        }
    }
}
