package dev.jci.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jci.ir.ArrayType;
import dev.jci.ir.GlobalVariable;
import dev.jci.ir.IntegerType;
import dev.jci.ir.Module;
import dev.jci.ir.Type;
import org.junit.jupiter.api.Test;

/** What LLVM prints comes out again byte for byte: one text for each part of the language. */
class LayoutTest {
    private static void staysAsItIs(String text) {
        assertThat(Reprint.asWritten(text)).isEqualTo(text);
    }

    @Test
    void sectionsStandInOrderWithBlankLinesBetween() {
        staysAsItIs("""
                source_filename = "a \\22b\\22 \\\\ c.c"
                target datalayout = "e-m:e-i64:64"
                target triple = "x86_64-pc-linux-gnu"

                module asm ".globl x"
                module asm "x:"

                %struct.list = type { i32, ptr }
                %"class.std::vector" = type opaque
                %packed = type <{ i8, i32 }>

                $once = comdat any

                $both = comdat nodeduplicate

                @g = global i32 7, align 4
                @0 = private unnamed_addr constant [4 x i8] c"a\\00\\22\\\\", align 1

                @alias = alias i32, ptr @g

                @resolved = ifunc void (), ptr @resolver

                define ptr @resolver() {
                  ret ptr null
                }

                declare void @outside(i32, ...) #0

                attributes #0 = { nounwind "key" "frame-pointer"="all" }

                !llvm.module.flags = !{!0}
                !odd\\3Aname = !{!0}

                !0 = !{i32 1, !"wchar_size", i32 4}
                """);
    }

    @Test
    void globalsHaveTheirClausesInOrder() {
        staysAsItIs("""
                $c = comdat any

                @a = external global i32
                @b = extern_weak dso_local global i32
                @c = linkonce_odr hidden dllexport thread_local(initialexec) unnamed_addr constant i32 0, section ".x", partition "p", comdat, align 16
                @d = internal addrspace(3) externally_initialized global i32 undef
                @e = weak thread_local local_unnamed_addr global [2 x i8] zeroinitializer, comdat($c), !type !0
                @f = global i32 0, no_sanitize_address, no_sanitize_hwaddress, align 4
                @g = global i32 0, code_model "large" #0

                @h = internal alias i8, getelementptr inbounds (i8, ptr @f, i64 1)
                @i = alias i8, inttoptr (i64 ptrtoint (ptr @f to i64) to ptr)

                attributes #0 = { "bss-section"="x" }

                !0 = !{i64 0, !"t"}
                """);
    }

    @Test
    void functionsHaveTheirClausesInOrder() {
        staysAsItIs("""
                $f = comdat any

                define weak_odr dso_local hidden fastcc noundef zeroext i8 @f(ptr noalias sret(i32) align 4 %0, i32 %named, ...) unnamed_addr addrspace(2) nounwind #0 section "s" partition "p" comdat align 32 gc "statepoint-example" prefix i32 1 prologue i32 2 personality ptr @p !dbg !0 {
                  ret i8 0
                }

                declare !dbg !0 cc 10 ptr @p(i32 immarg, ptr nocapture readonly)

                attributes #0 = { alignstack=16 allocsize(0,1) uwtable vscale_range(1,16) }

                !0 = distinct !DISubprogram(name: "f", scope: null, spFlags: DISPFlagDefinition)
                """);
    }

    @Test
    void unnamedValuesAreNumberedAndLabelsStandAlone() {
        staysAsItIs("""
                define i32 @f(i32 %0, i1 %c) {
                  br i1 %c, label %2, label %"odd name"

                2:
                  %3 = add nuw nsw i32 %0, -1
                  br label %"odd name"

                "odd name":
                  %4 = phi i32 [ %3, %2 ], [ 0, %1 ]
                  ret i32 %4
                }
                """);
    }

    @Test
    void terminators() {
        staysAsItIs("""
                define void @f(i32 %x, ptr %p) personality ptr @g {
                entry:
                  switch i32 %x, label %a [
                    i32 0, label %b
                    i32 -1, label %c
                  ]

                a:
                  indirectbr ptr %p, [label %b, label %c]

                b:
                  callbr void asm sideeffect "nop", "!i"()
                          to label %c [label %a]

                c:
                  invoke void @g(i32 1) [ "deopt"(i32 1, ptr %p), "x"() ]
                          to label %d unwind label %e

                d:
                  unreachable

                e:
                  %pad = landingpad { ptr, i32 }
                          cleanup
                          catch ptr null
                          filter [1 x ptr] [ptr @g]
                  resume { ptr, i32 } %pad
                }

                declare void @g(i32)
                """);
    }

    @Test
    void funclets() {
        staysAsItIs("""
                define void @f() personality ptr @p {
                entry:
                  invoke void @p()
                          to label %done unwind label %switch

                switch:
                  %s = catchswitch within none [label %handler] unwind label %cleanup

                handler:
                  %c = catchpad within %s [ptr null, i32 64]
                  catchret from %c to label %done

                cleanup:
                  %d = cleanuppad within none []
                  cleanupret from %d unwind to caller

                done:
                  ret void
                }

                declare void @p()
                """);
    }

    @Test
    void arithmeticAndConversions() {
        staysAsItIs("""
                define void @f(i32 %x, float %y, <4 x i32> %v, { i32, [2 x i8] } %s, ptr %p) {
                  %1 = udiv exact i32 %x, 3
                  %2 = or disjoint i32 %x, 4
                  %3 = fadd nnan nsz float %y, 1.500000e+00
                  %4 = fneg fast float %3
                  %5 = extractelement <4 x i32> %v, i64 1
                  %6 = insertelement <4 x i32> %v, i32 %5, i64 0
                  %7 = shufflevector <4 x i32> %v, <4 x i32> poison, <2 x i32> <i32 0, i32 poison>
                  %8 = extractvalue { i32, [2 x i8] } %s, 1, 0
                  %9 = insertvalue { i32, [2 x i8] } %s, i8 %8, 1, 1
                  %10 = zext nneg i32 %x to i64
                  %11 = trunc nuw nsw i64 %10 to i8
                  %12 = ptrtoint ptr %p to i64
                  %13 = icmp samesign ult i32 %x, 7
                  %14 = fcmp ninf olt float %y, 0.000000e+00
                  %15 = select nnan i1 %13, float %3, float %4
                  %16 = freeze i32 %x
                  %17 = va_arg ptr %p, i32
                  %18 = getelementptr inbounds nuw { i32, [2 x i8] }, ptr %p, i64 %12, i32 1
                  ret void
                }
                """);
    }

    @Test
    void memory() {
        staysAsItIs("""
                define void @f(ptr %p, ptr addrspace(1) %q) {
                  %1 = alloca i32, align 4
                  %2 = alloca inalloca [2 x i64], i32 3, align 8, addrspace(5)
                  %3 = load volatile i32, ptr %p, align 4
                  %4 = load atomic i32, ptr addrspace(1) %q syncscope("agent") acquire, align 4
                  store i32 %3, ptr %p, align 4, !nontemporal !0
                  store atomic volatile i32 %4, ptr %p seq_cst, align 4
                  fence syncscope("singlethread") acq_rel
                  %5 = cmpxchg weak volatile ptr %p, i32 0, i32 1 acq_rel monotonic, align 4
                  %6 = atomicrmw umax ptr %p, i32 9 monotonic, align 4
                  ret void
                }

                !0 = !{i32 1}
                """);
    }

    @Test
    void calls() {
        staysAsItIs("""
                define void @f(ptr %p, ...) {
                  %1 = tail call fast float @g(float noundef 1.000000e+00) #0
                  %2 = call i32 (ptr, ...) @printf(ptr nonnull align 8 dereferenceable(16) %p, i32 1)
                  call addrspace(0) void %p(metadata !"text", metadata ptr %p, metadata !0)
                  %3 = call { i32, i32 } asm sideeffect alignstack inteldialect unwind "x $0", "=r,=r"()
                  musttail call void (ptr, ...) @f(ptr %p, ...)
                  ret void
                }

                declare float @g(float)

                declare i32 @printf(ptr, ...)

                attributes #0 = { cold }

                !0 = !{}
                """);
    }

    @Test
    void constants() {
        staysAsItIs("""
                %named = type <{ i8, i32 }>

                @a = global [2 x i32] [i32 1, i32 -2]
                @b = global { i1, ptr, {} } { i1 true, ptr null, {} zeroinitializer }
                @c = global %named <{ i8 1, i32 undef }>
                @d = global <2 x ptr> <ptr @a, ptr null>
                @e = global <4 x float> splat (float 1.000000e+00)
                @f = global i128 -170141183460469231731687303715884105728
                @g = global ptr getelementptr inbounds inrange(-8, 16) ({ i32, i64 }, ptr @a, i64 0, i32 1)
                @h = global i64 add nsw (i64 ptrtoint (ptr @a to i64), i64 1)
                @i = global ptr blockaddress(@k, %1)
                @j = global [2 x ptr] [ptr dso_local_equivalent @k, ptr no_cfi @k]

                define void @k() {
                  br label %1

                1:
                  ret void
                }
                """);
    }

    @Test
    void metadata() {
        staysAsItIs("""
                @g = global i32 0, !dbg !3

                !named = !{!0, !DIExpression(DW_OP_plus_uconst, 8)}

                !0 = distinct !{!0, !1, null, i32 7, !"s\\0A"}
                !1 = !DIFile(filename: "a.c", directory: "/", checksumkind: CSK_MD5, checksum: "00000000000000000000000000000000")
                !2 = !DIDerivedType(tag: DW_TAG_pointer_type, baseType: null, size: 64, flags: DIFlagPublic | DIFlagVirtual, extraData: i32 3)
                !3 = !DIGlobalVariableExpression(var: !4, expr: !DIExpression())
                !4 = distinct !DIGlobalVariable(name: "g", scope: null, file: !1, line: 1, type: !2, isLocal: false, isDefinition: true)
                !5 = !DITemplateValueParameter(tag: DW_TAG_GNU_template_template_param, name: "T", value: !"std::vector")
                !6 = !GenericDINode(tag: DW_TAG_GNU_discriminator, header: "h", operands: {!1, null})
                """);
    }

    @Test
    void debugRecords() {
        staysAsItIs("""
                define void @f(i32 %x) {
                    #dbg_value(i32 %x, !0, !DIExpression(), !1)
                    #dbg_value(!DIArgList(i32 %x, i32 1), !0, !DIExpression(DW_OP_LLVM_arg, 0), !1)
                    #dbg_label(!2, !1)
                  ret void
                }

                !0 = !{}
                !1 = !{i32 1}
                !2 = !{i32 2}
                """);
    }

    @Test
    void useListOrdersAndSummary() {
        staysAsItIs("""
                @g = global i32 0

                define void @f(i32 %x) {
                  %a = add i32 %x, %x
                  store i32 %x, ptr @g, align 4
                  store i32 %a, ptr @g, align 4
                  ret void

                  ; uselistorder directives
                  uselistorder i32 %x, { 1, 0, 2 }
                }

                ; uselistorder directives
                uselistorder ptr @g, { 1, 0 }

                ^0 = module: (path: "a.o", hash: (0, 0, 0, 0, 0))
                """);
    }

    @Test
    void typedPointers() {
        staysAsItIs("""
                %list = type { i32, %list* }

                @g = global i32 addrspace(1)* null

                define void @f(i8** %p, void (i32)* %q, %list* %l) {
                  %1 = load i8*, i8** %p, align 8
                  %2 = bitcast i8* %1 to i32 (i8*, ...)*
                  %3 = call i32 (i8*, ...) %2(i8* %1, i32 1)
                  call void %q(i32 %3)
                  %4 = getelementptr inbounds %list, %list* %l, i64 0, i32 1
                  ret void
                }
                """);
    }

    @Test
    void deepNestingIsPrinted() throws UnprintableException {
        int depth = 50_000;
        Type type = IntegerType.I8;
        for (int i = 0; i < depth; i++) {
            type = new ArrayType(1, type);
        }
        Module module = new Module();
        module.add(new GlobalVariable("g", type, null));
        assertThat(LlvmIrPrinter.print(module, PrintOptions.AS_WRITTEN))
                .isEqualTo("@g = external global " + "[1 x ".repeat(depth) + "i8" + "]".repeat(depth) + "\n");
    }
}
