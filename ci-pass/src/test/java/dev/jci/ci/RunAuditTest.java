package dev.jci.ci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jci.ci.interp.Listener;
import dev.jci.ci.interp.Machine;
import dev.jci.grammar.LlvmIrReader;
import dev.jci.ir.Module;
import dev.jci.ir.verify.Verifier;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an audited program counts is what it does, and the longest run is what no probe saw. */
class RunAuditTest {
    private static final String LOOP = """
            @fuel = global i64 0
            define i64 @f0(i64 %x) {
            entry:
              br label %loop
            loop:
              %i = phi i64 [ 0, %entry ], [ %i.next, %loop ]
              %sum = phi i64 [ 0, %entry ], [ %sum.next, %loop ]
              %sum.next = add i64 %sum, %i
              %i.next = add i64 %i, 1
              %more = icmp ult i64 %i.next, 5000
              br i1 %more, label %loop, label %done
            done:
              ret i64 %sum.next
            }
            """;

    /** Is put into itself several times. */
    private static final String FIBONACCI = """
            @fuel = global i64 0
            define internal i64 @fib(i64 %n) {
            entry:
              %small = icmp slt i64 %n, 2
              br i1 %small, label %base, label %more
            base:
              ret i64 %n
            more:
              %n1 = sub i64 %n, 1
              %a = call i64 @fib(i64 %n1)
              %n2 = sub i64 %n, 2
              %b = call i64 @fib(i64 %n2)
              %sum = add i64 %a, %b
              ret i64 %sum
            }
            define i64 @f0(i64 %x) {
              %y = call i64 @fib(i64 12)
              ret i64 %y
            }
            """;

    /** A search in a loop, which is unrolled. */
    private static final String SEARCHES = """
            @fuel = global i64 0
            define i64 @f0(i64 %x) {
            entry:
              br label %each
            each:
              %key = phi i64 [ 1, %entry ], [ %key.next, %found ]
              br label %search
            search:
              %d = phi i64 [ 2, %each ], [ %d.next, %more ]
              %rest = urem i64 %key, %d
              %divides = icmp eq i64 %rest, 0
              br i1 %divides, label %found, label %more
            more:
              %d.next = add i64 %d, 1
              %square = mul i64 %d, %d
              %beyond = icmp ugt i64 %square, %key
              br i1 %beyond, label %found, label %search
            found:
              %key.next = add i64 %key, 1
              %last = icmp eq i64 %key.next, 40
              br i1 %last, label %done, label %each
            done:
              ret i64 %key
            }
            """;

    private record Audited(long counted, long longest, long largestCost) {
        static Audited of(String source, Options options) {
            Module module = LlvmIrReader.read("t.ll", source).orThrow();
            RunAudit audit = RunAudit.of(module, options);
            audit.add(CompilerInterrupts.instrument(module, options));
            assertThat(Verifier.verify(module)).isEmpty();
            Machine machine = new Machine(module, Listener.NONE);
            for (String fire : List.of("jci_fire", "jci_fire_xmm")) {
                machine.with(fire, arguments -> {
                    machine.setGlobal("jci_countdown", 5000);
                    return 0;
                });
            }
            machine.call("f0", 3);
            return new Audited(
                    machine.global("jci_audit_work"), machine.global("jci_audit_longest"), audit.largestCost());
        }
    }

    /** Copies of instructions, which the pass makes of small loops and functions, are work as their originals are. */
    @ParameterizedTest
    @ValueSource(strings = {LOOP, FIBONACCI, SEARCHES})
    void whatIsCountedIsWhatTheProgramDoes(String source) {
        Options options = Options.defaults();
        long done = Observation.before(LlvmIrReader.read("t.ll", source).orThrow(), options.costs())
                .work();

        assertThat(Audited.of(source, options).counted()).isEqualTo(done);
    }

    @ParameterizedTest
    @ValueSource(strings = {LOOP, FIBONACCI, SEARCHES})
    void noRunIsLongerThanPromised(String source) {
        Options options = Options.defaults().withCommitInterval(40);
        Audited audited = Audited.of(source, options);

        assertThat(audited.longest()).isPositive().isLessThanOrEqualTo(40 + audited.largestCost());
    }

    @Test
    void probesThatAreFartherApartLetMoreWorkBeDone() {
        long near =
                Audited.of(FIBONACCI, Options.defaults().withCommitInterval(20)).longest();
        long far = Audited.of(FIBONACCI, Options.defaults().withCommitInterval(1000))
                .longest();

        assertThat(far).isGreaterThan(near);
    }
}
