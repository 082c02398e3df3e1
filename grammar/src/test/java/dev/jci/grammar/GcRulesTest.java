package dev.jci.grammar;

import static dev.jci.grammar.Verdicts.accepts;
import static dev.jci.grammar.Verdicts.rejects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Safepoints for precise garbage collection. */
class GcRulesTest {
    private static final String CALLEE = "ptr elementtype(void ()) @g";

    private static String text(String statepoint, String relocate) {
        return """
                declare void @g()
                declare token @llvm.experimental.gc.statepoint.p0(i64, i32, ptr, i32, i32, ...)
                declare ptr addrspace(1) @llvm.experimental.gc.relocate.p1(token, i32, i32)
                define ptr addrspace(1) @f(ptr addrspace(1) %%p, ptr %%q, i64 %%n) gc "statepoint-example" {
                  %%t = call token (i64, i32, ptr, i32, i32, ...) @llvm.experimental.gc.statepoint.p0(%s
                  %%r = call ptr addrspace(1) @llvm.experimental.gc.relocate.p1(token %%t, %s)
                  ret ptr addrspace(1) %%r
                }
                """.formatted(statepoint, relocate);
    }

    @Test
    void aStatepointWrapsACallAndItsLiveValuesAreRelocated() {
        accepts(text(
                "i64 0, i32 0, " + CALLEE + ", i32 0, i32 0, i32 0, i32 0) [ \"gc-live\"(ptr addrspace(1) %p) ]",
                "i32 0, i32 0"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    i64 0, i32 -1, ptr elementtype(void ()) @g, i32 0, i32 0, i32 0, i32 0); gc.statepoint number of patchable bytes must be positive
                    i64 0, i32 0, ptr @g, i32 0, i32 0, i32 0, i32 0); gc.statepoint callee argument must have elementtype attribute
                    i64 0, i32 0, ptr elementtype(i8) @g, i32 0, i32 0, i32 0, i32 0); gc.statepoint callee elementtype must be function type
                    i64 0, i32 0, ptr elementtype(void ()) @g, i32 1, i32 0, i32 0, i32 0); gc.statepoint mismatch in number of call args
                    i64 0, i32 0, ptr elementtype(void (i8)) @g, i32 1, i32 0, i64 0, i32 0, i32 0); gc.statepoint call argument does not match wrapped function type
                    i64 0, i32 0, ptr elementtype(void ()) @g, i32 0, i32 8, i32 0, i32 0); unknown flag used in gc.statepoint flags argument
                    i64 0, i32 0, ptr elementtype(void ()) @g, i32 0, i32 0, i32 1, i32 0); gc.statepoint w/inline transition bundle is deprecated
                    i64 0, i32 0, ptr elementtype(void ()) @g, i32 0, i32 0, i32 0, i32 1); gc.statepoint w/inline deopt operands is deprecated
                    i64 0, i32 0, ptr elementtype(void ()) @g, i32 0, i32 0, i32 0, i32 0, i32 0); gc.statepoint too many arguments
                    """)
    void invalidStatepoints(String arguments, String message) {
        rejects(text(arguments, "i32 0, i32 0"), message, "%t = call");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    i32 3, i32 0; gc.relocate: statepoint base index out of bounds
                    i32 0, i32 3; gc.relocate: statepoint derived index out of bounds
                    i32 0, i32 1; gc.relocate: relocated value must be a pointer
                    i32 0, i32 2; gc.relocate: relocating a pointer shouldn't change its address space
                    """)
    void invalidRelocations(String indices, String message) {
        String live = "i64 0, i32 0, " + CALLEE
                + ", i32 0, i32 0, i32 0, i32 0) [ \"gc-live\"(ptr addrspace(1) %p, i64 %n, ptr %q) ]";
        rejects(text(live, indices), message, "%r = call");
    }

    @Test
    void resultsHaveTheTypeOfTheWrappedCall() {
        String text = """
                declare i8 @g()
                declare token @llvm.experimental.gc.statepoint.p0(i64, i32, ptr, i32, i32, ...)
                define void @f() gc "statepoint-example" {
                  %t = call token (i64, i32, ptr, i32, i32, ...) @llvm.experimental.gc.statepoint.p0(i64 0, i32 0, ptr elementtype(i8 ()) @g, i32 0, i32 0, i32 0, i32 0)
                  %r = call i8 @llvm.experimental.gc.result.i8(token %t)
                  ret void
                }
                """;
        accepts(text);
        rejects(
                text.replace("call i8 @llvm.experimental.gc.result.i8", "call i16 @llvm.experimental.gc.result.i16"),
                "gc.result result type does not match wrapped callee",
                "%r = call");
        rejects(text.replace(" gc \"statepoint-example\"", ""), "Enclosing function does not use GC.", "%t = call");
    }
}
