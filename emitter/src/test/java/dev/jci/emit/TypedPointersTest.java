package dev.jci.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jci.ir.Module;
import dev.jci.ir.verify.Verifier;
import org.junit.jupiter.api.Test;

/** Opaque pointers printed as typed ones. */
class TypedPointersTest {
    /** The text with typed pointers; what is printed must be valid when it is read again. */
    private static String typed(String text) {
        Module module = Reprint.read(text);
        Lowering.prepare(module, 14);
        Lowering.typePointers(module);
        assertThat(Verifier.verify(module)).isEmpty();
        try {
            String printed = LlvmIrPrinter.print(module, PrintOptions.forLlvm(14));
            assertThat(Verifier.verify(Reprint.read(printed))).isEmpty();
            return printed;
        } catch (UnprintableException refused) {
            throw new AssertionError(refused);
        }
    }

    @Test
    void addressesOfWhatHasATypeKeepItAndTheirUsesInMemoryAreBytes() {
        assertThat(typed("""
                %T = type { ptr, i32 }

                @g = global i32 7
                @t = global %T { ptr @g, i32 1 }
                @self = global ptr @self
                @f = global ptr @call
                @null = global [2 x ptr] [ptr null, ptr getelementptr (%T, ptr @t, i64 0, i32 1)]
                @there = global i64 ptrtoint (ptr @g to i64)

                declare void @call(ptr)
                """)).isEqualTo("""
                %T = type { i8*, i32 }

                @g = global i32 7
                @t = global %T { i8* bitcast (i32* @g to i8*), i32 1 }
                @self = global i8* bitcast (i8** @self to i8*)
                @f = global i8* bitcast (void (i8*)* @call to i8*)
                @null = global [2 x i8*] [i8* null, i8* bitcast (i32* getelementptr (%T, %T* @t, i64 0, i32 1) to i8*)]
                @there = global i64 ptrtoint (i32* @g to i64)

                declare void @call(i8*)
                """);
    }

    @Test
    void loadsAndStoresCastWhatIsNotAPointerToTheirType() {
        assertThat(typed("""
                define i32 @f(ptr %p) {
                  %a = alloca i32
                  store i32 1, ptr %a
                  %x = load i32, ptr %p
                  %y = load float, ptr %a
                  %e = getelementptr inbounds { i8, ptr }, ptr %p, i64 0, i32 1
                  %z = load ptr, ptr %e
                  ret i32 %x
                }
                """)).isEqualTo("""
                define i32 @f(i8* %p) {
                  %a = alloca i32
                  store i32 1, i32* %a
                  %1 = bitcast i8* %p to i32*
                  %x = load i32, i32* %1
                  %2 = bitcast i32* %a to float*
                  %y = load float, float* %2
                  %3 = bitcast i8* %p to { i8, i8* }*
                  %e = getelementptr inbounds { i8, i8* }, { i8, i8* }* %3, i64 0, i32 1
                  %z = load i8*, i8** %e
                  ret i32 %x
                }
                """);
    }

    @Test
    void elementPointersMayHaveNoIndices() {
        assertThat(typed("""
                define ptr @f(ptr %p) {
                  %1 = getelementptr i16, ptr %p
                  ret ptr %1
                }
                """)).isEqualTo("""
                define i8* @f(i8* %p) {
                  %1 = bitcast i8* %p to i16*
                  %2 = getelementptr i16, i16* %1
                  %3 = bitcast i16* %2 to i8*
                  ret i8* %3
                }
                """);
    }

    @Test
    void castsToBytesStandBehindTheDefinitionOnceSoThatPhisCanUseThem() {
        assertThat(typed("""
                define ptr @f(i1 %c, ptr %p) {
                entry:
                  %a = alloca i32
                  br i1 %c, label %one, label %two

                one:
                  br label %two

                two:
                  %r = phi ptr [ %a, %entry ], [ %p, %one ]
                  %s = select i1 %c, ptr %a, ptr %r
                  ret ptr %s
                }
                """)).isEqualTo("""
                define i8* @f(i1 %c, i8* %p) {
                entry:
                  %a = alloca i32
                  %0 = bitcast i32* %a to i8*
                  br i1 %c, label %one, label %two

                one:
                  br label %two

                two:
                  %r = phi i8* [ %0, %entry ], [ %p, %one ]
                  %s = select i1 %c, i8* %0, i8* %r
                  ret i8* %s
                }
                """);
    }

    @Test
    void comparedPointersMayKeepTheTypeThatTheyShare() {
        assertThat(typed("""
                define void @f(ptr %p) {
                  %a = alloca i32
                  %b = alloca i32
                  %1 = icmp eq ptr %a, %b
                  %2 = icmp eq ptr %a, null
                  %3 = icmp eq ptr %p, %a
                  ret void
                }
                """)).isEqualTo("""
                define void @f(i8* %p) {
                  %a = alloca i32
                  %1 = bitcast i32* %a to i8*
                  %b = alloca i32
                  %2 = icmp eq i32* %a, %b
                  %3 = icmp eq i32* %a, null
                  %4 = icmp eq i8* %p, %1
                  ret void
                }
                """);
    }

    @Test
    void parametersWhoseAttributesNameATypePointToIt() {
        assertThat(typed("""
                declare void @f(ptr sret({ ptr, i32 }), ptr byval(i64), ptr swifterror)

                define void @g(ptr sret({ ptr, i32 }) %r, ptr byval(i64) %v, ptr swifterror %e, ptr %other) {
                  call void @f(ptr sret({ ptr, i32 }) %r, ptr byval(i64) %v, ptr swifterror %e)
                  call void @f(ptr %r, ptr byval(i64) %other, ptr swifterror %e)
                  call void %other(ptr byval(i64) %v)
                  ret void
                }
                """)).isEqualTo("""
                declare void @f({ i8*, i32 }* sret({ i8*, i32 }), i64* byval(i64), i8** swifterror)

                define void @g({ i8*, i32 }* sret({ i8*, i32 }) %r, i64* byval(i64) %v, i8** swifterror %e, i8* %other) {
                  call void @f({ i8*, i32 }* sret({ i8*, i32 }) %r, i64* byval(i64) %v, i8** swifterror %e)
                  %1 = bitcast i8* %other to i64*
                  call void @f({ i8*, i32 }* %r, i64* byval(i64) %1, i8** swifterror %e)
                  %2 = bitcast i8* %other to void (i64*)*
                  call void %2(i64* byval(i64) %v)
                  ret void
                }
                """);
    }

    @Test
    void calleesOfAnotherTypeAreCast() {
        assertThat(typed("""
                declare i32 @printf(ptr, ...)

                define void @f(ptr %p) {
                  %a = alloca double
                  %1 = call i32 (ptr, ...) @printf(ptr %p, ptr %a, ptr null)
                  %2 = call i64 @printf()
                  ret void
                }
                """)).isEqualTo("""
                declare i32 @printf(i8*, ...)

                define void @f(i8* %p) {
                  %a = alloca double
                  %1 = call i32 (i8*, ...) @printf(i8* %p, double* %a, i8* null)
                  %2 = call i64 bitcast (i32 (i8*, ...)* @printf to i64 ()*)()
                  ret void
                }
                """);
    }

    @Test
    void intrinsicsAreNamedAfterThePointersThatTheyTake() {
        assertThat(typed("""
                declare void @llvm.memcpy.p0.p0.i64(ptr, ptr, i64, i1)

                declare <2 x i32> @llvm.masked.gather.v2i32.v2p0(<2 x ptr>, i32, <2 x i1>, <2 x i32>)

                declare void @llvm.masked.store.v2p0.p0(<2 x ptr>, ptr, i32, <2 x i1>)

                declare ptr @llvm.invariant.start.p0(i64, ptr)

                declare i32 @llvm.aarch64.ldxr.p0(ptr)

                define void @f(ptr %p) {
                  %1 = call i32 @llvm.aarch64.ldxr.p0(ptr elementtype(i32) %p)
                  ret void
                }
                """)).isEqualTo("""
                declare void @llvm.memcpy.p0i8.p0i8.i64(i8*, i8*, i64, i1)

                declare <2 x i32> @llvm.masked.gather.v2i32.v2p0i32(<2 x i32*>, i32, <2 x i1>, <2 x i32>)

                declare void @llvm.masked.store.v2p0i8.p0v2p0i8(<2 x i8*>, <2 x i8*>*, i32, <2 x i1>)

                declare {}* @llvm.invariant.start.p0i8(i64, i8*)

                declare i32 @llvm.aarch64.ldxr.p0i8(i8*)

                define void @f(i8* %p) {
                  %1 = bitcast i8* %p to i32*
                  %2 = call i32 @llvm.aarch64.ldxr.p0i32(i32* elementtype(i32) %1)
                  ret void
                }

                declare i32 @llvm.aarch64.ldxr.p0i32(i32*)
                """);
    }

    @Test
    void aliasesAndIfuncsPointToTheirType() {
        assertThat(typed("""
                @g = global [2 x i32] zeroinitializer

                @same = alias [2 x i32], ptr @g
                @part = alias i8, getelementptr (i8, ptr @g, i64 4)

                @chosen = ifunc i32 (ptr), ptr @resolver

                define ptr @resolver() {
                  ret ptr @same
                }
                """)).isEqualTo("""
                @g = global [2 x i32] zeroinitializer

                @same = alias [2 x i32], [2 x i32]* @g
                @part = alias i8, getelementptr (i8, i8* bitcast ([2 x i32]* @g to i8*), i64 4)

                @chosen = ifunc i32 (i8*), bitcast (i8* ()* @resolver to i32 (i8*)* ()*)

                define i8* @resolver() {
                  ret i8* bitcast ([2 x i32]* @same to i8*)
                }
                """);
    }

    @Test
    void constructorsArePointersToFunctions() {
        assertThat(typed("""
                @llvm.global_ctors = appending global [1 x { i32, ptr, ptr }] [{ i32, ptr, ptr } { i32 65535, ptr @f, ptr null }]

                declare void @f()
                """)).isEqualTo("""
                @llvm.global_ctors = appending global [1 x { i32, void ()*, i8* }] [{ i32, void ()*, i8* } { i32 65535, void ()* @f, i8* null }]

                declare void @f()
                """);
    }

    @Test
    void atomicsPointToWhatTheyExchange() {
        assertThat(typed("""
                define void @f(ptr %p, ptr %q) {
                  %1 = cmpxchg ptr %p, ptr %q, ptr null seq_cst seq_cst
                  %2 = extractvalue { ptr, i1 } %1, 0
                  %3 = atomicrmw add ptr %2, i32 1 seq_cst
                  ret void
                }
                """)).isEqualTo("""
                define void @f(i8* %p, i8* %q) {
                  %1 = bitcast i8* %p to i8**
                  %2 = cmpxchg i8** %1, i8* %q, i8* null seq_cst seq_cst
                  %3 = extractvalue { i8*, i1 } %2, 0
                  %4 = bitcast i8* %3 to i32*
                  %5 = atomicrmw add i32* %4, i32 1 seq_cst
                  ret void
                }
                """);
    }

    @Test
    void exceptionsCarryBytes() {
        assertThat(typed("""
                @info = global i64 0

                define void @f(ptr %p) personality ptr @personality {
                  invoke void %p()
                          to label %end unwind label %pad

                end:
                  ret void

                pad:
                  %1 = landingpad { ptr, i32 }
                          catch ptr @info
                          filter [1 x ptr] [ptr @info]
                  resume { ptr, i32 } %1
                }

                declare i32 @personality(...)
                """)).isEqualTo("""
                @info = global i64 0

                define void @f(i8* %p) personality i32 (...)* @personality {
                  %1 = bitcast i8* %p to void ()*
                  invoke void %1()
                          to label %end unwind label %pad

                end:
                  ret void

                pad:
                  %2 = landingpad { i8*, i32 }
                          catch i8* bitcast (i64* @info to i8*)
                          filter [1 x i8*] [i8* bitcast (i64* @info to i8*)]
                  resume { i8*, i32 } %2
                }

                declare i32 @personality(...)
                """);
    }

    @Test
    void vectorsOfPointersAreCastAsAWhole() {
        assertThat(typed("""
                define <2 x ptr> @f(<2 x ptr> %v, ptr %p) {
                  %1 = getelementptr i32, <2 x ptr> %v, <2 x i64> <i64 1, i64 2>
                  %2 = getelementptr i32, ptr %p, <2 x i64> <i64 1, i64 2>
                  ret <2 x ptr> %2
                }
                """)).isEqualTo("""
                define <2 x i8*> @f(<2 x i8*> %v, i8* %p) {
                  %1 = bitcast <2 x i8*> %v to <2 x i32*>
                  %2 = getelementptr i32, <2 x i32*> %1, <2 x i64> <i64 1, i64 2>
                  %3 = bitcast i8* %p to i32*
                  %4 = getelementptr i32, i32* %3, <2 x i64> <i64 1, i64 2>
                  %5 = bitcast <2 x i32*> %4 to <2 x i8*>
                  ret <2 x i8*> %5
                }
                """);
    }

    @Test
    void addressSpacesStay() {
        assertThat(typed("""
                @g = addrspace(3) global i32 0

                define ptr @f() {
                  ret ptr addrspacecast (ptr addrspace(3) @g to ptr)
                }
                """)).isEqualTo("""
                @g = addrspace(3) global i32 0

                define i8* @f() {
                  ret i8* addrspacecast (i8 addrspace(3)* bitcast (i32 addrspace(3)* @g to i8 addrspace(3)*) to i8*)
                }
                """);
    }

    @Test
    void assemblyAndMetadataFollow() {
        assertThat(typed("""
                @g = global i32 0

                define void @f(ptr %p) {
                  call void asm sideeffect "", "=*m"(ptr elementtype(i32) %p)
                  ret void
                }

                !named = !{!0}

                !0 = !{ptr @g, ptr null, ptr @f}
                """)).isEqualTo("""
                @g = global i32 0

                define void @f(i8* %p) {
                  %1 = bitcast i8* %p to i32*
                  call void asm sideeffect "", "=*m"(i32* elementtype(i32) %1)
                  ret void
                }

                !named = !{!0}

                !0 = !{i32* @g, i8* null, void (i8*)* @f}
                """);
    }
}
