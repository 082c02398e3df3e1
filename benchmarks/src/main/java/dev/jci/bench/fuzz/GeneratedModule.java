package dev.jci.bench.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/**
 * Modules that are valid by construction, with every kind of global, instruction and terminator; the verifier has to accept them, and so
 * has LLVM 19 and later.
 */
final class GeneratedModule {
    private final SplittableRandom random;
    private final StringBuilder text = new StringBuilder();

    private GeneratedModule(SplittableRandom random) {
        this.random = random;
    }

    /** A module. */
    static byte[] text(SplittableRandom random) {
        GeneratedModule module = new GeneratedModule(random);
        module.globals();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            module.text.append(GeneratedBody.function("f" + i, random));
        }
        module.unwinding();
        module.metadata();
        return module.text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private String pick(String... from) {
        return from[random.nextInt(from.length)];
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    private void globals() {
        if (random.nextBoolean()) {
            line("source_filename = \"" + pick("a.c", "\\22x\\22", "\\FF\\00") + "\"");
        }
        if (random.nextBoolean()) {
            line(
                    "target datalayout = \"e-m:e-p270:32:32-p271:32:32-p272:64:64-i64:64-i128:128-f80:128-n8:16:32:64-S128\"");
            line("target triple = \"x86_64-unknown-linux-gnu\"");
        }
        if (random.nextInt(4) == 0) {
            line("module asm \"nop\"");
        }
        line("%pair = type { i32, ptr }");
        line("%list = type <{ i8, [2 x %pair], ptr }>");
        line("%opaque = type opaque");
        line("$group = comdat " + pick("any", "exactmatch", "largest", "nodeduplicate", "samesize"));
        line("@number = " + pick("", "internal ", "private ", "linkonce_odr ", "weak ", "common ", "dso_local ")
                + pick("", "unnamed_addr ", "local_unnamed_addr ") + "global i32 0"
                + pick("", ", align 4", ", section \"s\""));
        line("@pointers = " + pick("constant", "global") + " [2 x ptr] [ptr @number, ptr "
                + pick(
                        "null",
                        "poison",
                        "@pointers",
                        "getelementptr (i8, ptr @number, i64 1)",
                        "getelementptr inbounds (%pair, ptr @number, i64 0, i32 1)",
                        "inttoptr (i64 7 to ptr)")
                + "]");
        line("@bytes = private unnamed_addr constant [4 x i8] c\"a\\00\\FF\\22\", align 1");
        line("@pair = global %pair { i32 " + random.nextInt() + ", ptr @bytes }, comdat($group)");
        line("@wide = global <4 x i32> " + pick("zeroinitializer", "<i32 1, i32 2, i32 3, i32 4>", "undef", "poison"));
        line("@real = global double " + pick("0.0", "-1.5", "0x7FF8000000000000", "0xFFF0000000000000", "1.0e-300"));
        line("@big = global i128 " + pick("0", "-1", "170141183460469231731687303715884105727"));
        line("@local = thread_local" + pick("", "(localdynamic)", "(initialexec)", "(localexec)") + " global i64 -1");
        line("@outside = external " + pick("", "hidden ", "protected ") + "global "
                + pick("i8", "%opaque", "[0 x i8]"));
        line("@spaced = addrspace(1) global i8 1");
        line("@distance = constant i64 sub (i64 ptrtoint (ptr @number to i64), i64 ptrtoint (ptr @wide to i64))");
        line("@" + pick("again", "\"an alias\"") + " = " + pick("", "weak ", "hidden ") + "alias i32, ptr @number");
        line("declare void @callee(" + pick("i32", "i32 noundef", "i32 signext range(i32 0, 9)") + ")"
                + pick("", " #0"));
        line("declare i32 @variadic(ptr, ...)");
        line("declare i32 @personality(...)");
        line("declare i32 @llvm.smax.i32(i32, i32)");
        line("declare void @llvm.va_start.p0(ptr)");
        line("declare void @llvm.va_end.p0(ptr)");
        line("declare { i32, i1 } @llvm.sadd.with.overflow.i32(i32, i32)");
        line("attributes #0 = { nounwind " + pick("memory(none)", "willreturn", "\"key\"=\"value\"", "cold noinline")
                + " }");
    }

    /** Exception handling of both kinds, and the terminators that name addresses. */
    private void unwinding() {
        if (random.nextBoolean()) {
            line("""
                    define void @lands() personality ptr @personality {
                      invoke void @callee(i32 1) to label %done unwind label %pad
                    pad:
                      %caught = landingpad { ptr, i32 } CLAUSES
                      resume { ptr, i32 } %caught
                    done:
                      ret void
                    }""".replace(
                            "CLAUSES",
                            pick(
                                    "cleanup",
                                    "catch ptr null",
                                    "filter [1 x ptr] [ptr @pair]",
                                    "cleanup catch ptr @pair filter [0 x ptr] zeroinitializer")));
        }
        if (random.nextBoolean()) {
            line("""
                    define void @funclets() personality ptr @personality {
                      invoke void @callee(i32 2) to label %done unwind label %dispatch
                    dispatch:
                      %choice = catchswitch within none [label %handler] unwind UNWIND
                    handler:
                      %pad = catchpad within %choice [ptr null, i32 64, ptr null]
                      call void @callee(i32 3) [ "funclet"(token %pad) ]
                      catchret from %pad to label %done
                    cleanup:
                      %clean = cleanuppad within none []
                      cleanupret from %clean unwind to caller
                    done:
                      ret void
                    }""".replace("UNWIND", pick("to caller", "label %cleanup")));
        }
        if (random.nextBoolean()) {
            line("""
                    define i32 @jumps(ptr %where) {
                      indirectbr ptr %where, [label %one, label %two]
                    one:
                      callbr void asm "", "!i"() to label %two [label %three]
                    two:
                      ret i32 1
                    three:
                      ret i32 2
                    }
                    @address = global ptr blockaddress(@jumps, %one)""");
        }
        if (random.nextBoolean()) {
            line("""
                    define i32 @arguments(ptr %first, ...) {
                      %list = alloca [24 x i8], align 16
                      call void @llvm.va_start.p0(ptr %list)
                      %next = va_arg ptr %list, i32
                      call void @llvm.va_end.p0(ptr %list)
                      %code = call i32 asm CODE"(i32 %next)
                      ret i32 %code
                    }""".replace("CODE", pick("\"\", \"=r,r", "sideeffect \"bswap $0\", \"=r,0,~{flags}")));
        }
    }

    private void metadata() {
        line("!llvm.module.flags = !{!0}");
        line("!named = !{!1, !2, !3}");
        line("!0 = !{i32 " + pick("1", "2", "7") + ", !\"flag\", i32 3}");
        line("!1 = " + pick("", "distinct ") + "!{!1, null, !\"a\\00b\", double 1.0, ptr @number}");
        line("!2 = !{!3, !{!" + pick("0", "1", "2") + "}}");
        line("!3 = !DIFile(filename: \"a.c\", directory: \"/\")");
    }
}
