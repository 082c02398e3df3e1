package dev.jci.ci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.BinaryOperator;
import dev.jci.ir.CondBr;
import dev.jci.ir.Instruction;
import dev.jci.ir.Load;
import org.junit.jupiter.api.Test;

/** Loops that jump to the operation that a table names, as an interpreter with computed addresses does. */
class InterpretersTest {
    /** The operations {@code add} and {@code double} call, {@code shift} does not, and {@code walk} has loops of its own. */
    private final Instrumented result = Instrumented.of("""
            @cell = global i64 0
            define void @f1() {
              store volatile i64 1, ptr @cell
              ret void
            }
            define i64 @f0(i64 %x) {
            entry:
              br label %dispatch
            fetch:
              %at = phi i64 [ %next, %add ], [ %twice, %double ], [ %fourfold, %shift ], [ %i, %walk ]
              store volatile i64 %at, ptr @cell
              br label %dispatch
            dispatch:
              %place = phi i64 [ 0, %entry ], [ %at, %fetch ]
              %small = icmp ult i64 %place, 8
              %large = icmp ugt i64 %place, 15
              %onward = select i1 %small, ptr blockaddress(@f0, %add), ptr blockaddress(@f0, %double)
              %address = select i1 %large, ptr blockaddress(@f0, %stop), ptr %onward
              indirectbr ptr %address, [label %add, label %double, label %shift, label %walk, label %stop]
            add:
              call void @f1()
              store volatile i64 %place, ptr @cell
              call void @f1()
              %next = add i64 %place, 3
              br label %fetch
            double:
              call void @f1()
              call void @f1()
              %twice = shl i64 %place, 1
              br label %fetch
            shift:
              store volatile i64 %place, ptr @cell
              %fourfold = shl i64 %place, 2
              br label %fetch
            walk:
              %i = phi i64 [ %place, %dispatch ], [ %further, %inner ]
              %value = load volatile i64, ptr @cell
              %go = icmp eq i64 %value, 7
              br i1 %go, label %inner, label %fetch
            inner:
              %k = phi i64 [ %i, %walk ], [ %further, %inner ]
              %further = load volatile i64, ptr @cell
              %again = icmp eq i64 %further, 8
              br i1 %again, label %inner, label %walk
            stop:
              ret i64 %place
            }
            """);

    @Test
    void whatCallsOftenCountsFromABudgetAndNotInMemory() {
        for (String operation : new String[] {"add", "double", "shift"}) {
            for (Instruction at : result.block("f0", operation).instructions()) {
                assertThat(at instanceof Load)
                        .as(operation + " in " + result.text())
                        .isFalse();
            }
        }
        result.countsExactly();
    }

    /** Otherwise the code generator takes the jump out of the operation, and all of them share one. */
    @Test
    void somethingOfAnOperationIsLeftBehindItsCheck() {
        BasicBlock shift = result.block("f0", "shift");

        assertThat(shift.last()).as(result.text()).isInstanceOfSatisfying(CondBr.class, branch -> {
            BasicBlock behind = branch.ifFalse();
            assertThat(behind.firstNonPhi()).as(result.text()).isNotSameAs(behind.last());
            assertThat(behind.last()).isNotNull();
        });
        result.countsExactly();
    }

    @Test
    void nothingStandsBesideTheJumpOfAStateMachine() {
        Instrumented machine = Instrumented.of("""
                define i64 @f0(i64 %x) {
                entry:
                  br label %start
                start:
                  %sum = phi i64 [ %x, %entry ], [ %total, %dispatch ]
                  %odd = trunc i64 %sum to i1
                  br i1 %odd, label %triple, label %add
                triple:
                  %tripled = mul i64 %sum, 3
                  br label %first
                add:
                  %more = add i64 %sum, 5
                  %most = xor i64 %more, 9
                  br label %first
                first:
                  %one = phi i64 [ %tripled, %triple ], [ %most, %add ]
                  %to = phi ptr [ blockaddress(@f0, %number), %triple ], [ blockaddress(@f0, %start), %add ]
                  br label %dispatch
                number:
                  %small = icmp ult i64 %total, 300
                  br i1 %small, label %double, label %less
                double:
                  %twice = shl i64 %total, 1
                  br label %later
                less:
                  %half = lshr i64 %total, 1
                  %third = sub i64 %half, 7
                  br label %later
                later:
                  %other = phi i64 [ %twice, %double ], [ %third, %less ]
                  br label %dispatch
                dispatch:
                  %total = phi i64 [ %one, %first ], [ %other, %later ]
                  %next = phi ptr [ %to, %first ], [ blockaddress(@f0, %start), %later ]
                  %go = icmp ult i64 %total, 900
                  %address = select i1 %go, ptr %next, ptr blockaddress(@f0, %stop)
                  indirectbr ptr %address, [label %start, label %number, label %stop]
                stop:
                  ret i64 %total
                }
                """);

        for (String name : new String[] {"first", "later", "dispatch"}) {
            BasicBlock block = machine.block("f0", name);
            assertThat(block.last()).as(name).isNotInstanceOf(CondBr.class);
            assertThat(block.instructions()).as(machine.text()).noneMatch(InterpretersTest::counts);
        }
        machine.countsExactly();
    }

    private static boolean counts(Instruction at) {
        return at instanceof BinaryOperator && at.name() != null && at.name().startsWith("ci.");
    }
}
