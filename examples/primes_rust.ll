source_filename = "primes.b2a54582e12d8ffa-cgu.0"
target datalayout = "e-m:e-p270:32:32-p271:32:32-p272:64:64-i64:64-i128:128-f80:128-n8:16:32:64-S128"
target triple = "x86_64-unknown-linux-gnu"

@_ZN6primes4LAST17h9046b26e173d6cd0E = internal global [8 x i8] zeroinitializer, align 8
@_ZN6primes5CALLS17hc2f27bcbb402b0a2E = internal global [8 x i8] zeroinitializer, align 8
@_ZN6primes7LONGEST17h39ded6097b68deb5E = internal global [8 x i8] zeroinitializer, align 8
@alloc_7d64b69d35e31be416f39d1f6f6fe49a = private unnamed_addr constant [25 x i8] c"%d primes below 1000000\0A\00", align 1
@alloc_10ef399bd6a0ebae4803b61f0727f37b = private unnamed_addr constant [62 x i8] c"the handler ran %ld times, at most %ld IR instructions apart\0A\00", align 1

; __rustc::rust_begin_unwind
; Function Attrs: nofree norecurse noreturn nosync nounwind nonlazybind memory(none) uwtable
define hidden void @_RNvCsfLfy6EI15iL_7___rustc17rust_begin_unwind(ptr noalias noundef readonly align 8 captures(none) dereferenceable(24) %_1) unnamed_addr #0 {
start:
  br label %bb1

bb1:                                              ; preds = %bb1, %start
  br label %bb1
}

; primes::heartbeat
; Function Attrs: mustprogress nofree norecurse nounwind nonlazybind willreturn memory(readwrite, argmem: none, inaccessiblemem: none, target_mem0: none, target_mem1: none) uwtable
define internal void @_ZN6primes9heartbeat17hd522f65f8a78b5b3E(i64 noundef %clock) unnamed_addr #1 {
start:
  %0 = atomicrmw xchg ptr @_ZN6primes4LAST17h9046b26e173d6cd0E, i64 %clock monotonic, align 8
  %1 = atomicrmw add ptr @_ZN6primes5CALLS17hc2f27bcbb402b0a2E, i64 1 monotonic, align 8
  %_4 = icmp sgt i64 %1, 0
  br i1 %_4, label %bb3, label %bb6

bb3:                                              ; preds = %start
  %distance = sub i64 %clock, %0
  %2 = atomicrmw max ptr @_ZN6primes7LONGEST17h39ded6097b68deb5E, i64 %distance monotonic, align 8
  br label %bb6

bb6:                                              ; preds = %start, %bb3
  ret void
}

; Function Attrs: nounwind nonlazybind uwtable
define dso_local noundef range(i32 0, 2) i32 @main() unnamed_addr #2 {
start:
  tail call void @register_ci(i32 noundef 100000, i32 noundef 100000, ptr noundef nonnull @_ZN6primes9heartbeat17hd522f65f8a78b5b3E) #4
  br label %bb3

bb6:                                              ; preds = %_ZN6primes8is_prime17h0415d995cec65f9fE.exit
  tail call void @deregister_ci() #4
  %0 = load atomic i64, ptr @_ZN6primes5CALLS17hc2f27bcbb402b0a2E monotonic, align 8
  %1 = load atomic i64, ptr @_ZN6primes7LONGEST17h39ded6097b68deb5E monotonic, align 8
  %_13 = tail call noundef i32 (ptr, ...) @printf(ptr noundef nonnull dereferenceable(1) @alloc_7d64b69d35e31be416f39d1f6f6fe49a, i32 noundef %8) #4
  %_16 = tail call noundef i32 (ptr, ...) @printf(ptr noundef nonnull dereferenceable(1) @alloc_10ef399bd6a0ebae4803b61f0727f37b, i64 noundef %0, i64 noundef %1) #4
  %2 = icmp ne i32 %8, 78498
  %3 = icmp slt i64 %0, 101
  %_18.sroa.0.0 = select i1 %2, i1 true, i1 %3
  %_0.i5 = zext i1 %_18.sroa.0.0 to i32
  ret i32 %_0.i5

bb3:                                              ; preds = %start, %_ZN6primes8is_prime17h0415d995cec65f9fE.exit
  %primes.sroa.0.08 = phi i32 [ 0, %start ], [ %8, %_ZN6primes8is_prime17h0415d995cec65f9fE.exit ]
  %number.sroa.0.06 = phi i32 [ 0, %start ], [ %9, %_ZN6primes8is_prime17h0415d995cec65f9fE.exit ]
  %_2.i = icmp samesign ult i32 %number.sroa.0.06, 2
  br i1 %_2.i, label %_ZN6primes8is_prime17h0415d995cec65f9fE.exit, label %bb3.preheader.i

bb3.preheader.i:                                  ; preds = %bb3
  %_4.not5.i = icmp samesign ult i32 %number.sroa.0.06, 4
  br i1 %_4.not5.i, label %_ZN6primes8is_prime17h0415d995cec65f9fE.exit, label %bb4.i

bb3.i:                                            ; preds = %_RNvMs6_NtCsgEmfK2I1SDS_4core3numm11checked_rem.exit.i
  %4 = add i32 %divisor.sroa.0.06.i, 1
  %_5.i = mul i32 %4, %4
  %_4.not.i = icmp ugt i32 %_5.i, %number.sroa.0.06
  br i1 %_4.not.i, label %bb10.loopexit.i, label %bb4.i

bb4.i:                                            ; preds = %bb3.preheader.i, %bb3.i
  %divisor.sroa.0.06.i = phi i32 [ %4, %bb3.i ], [ 2, %bb3.preheader.i ]
  %5 = icmp ne i32 %divisor.sroa.0.06.i, 0
  br i1 %5, label %bb4.i.i, label %_RNvMs6_NtCsgEmfK2I1SDS_4core3numm11checked_rem.exit.i, !prof !4

bb4.i.i:                                          ; preds = %bb4.i
  %_4.i.i = urem i32 %number.sroa.0.06, %divisor.sroa.0.06.i
  %6 = icmp eq i32 %_4.i.i, 0
  br label %_RNvMs6_NtCsgEmfK2I1SDS_4core3numm11checked_rem.exit.i

_RNvMs6_NtCsgEmfK2I1SDS_4core3numm11checked_rem.exit.i: ; preds = %bb4.i.i, %bb4.i
  %_0.sroa.3.0.i.i = phi i1 [ %6, %bb4.i.i ], [ undef, %bb4.i ]
  %_0.sroa.0.0.i4.i = and i1 %5, %_0.sroa.3.0.i.i
  br i1 %_0.sroa.0.0.i4.i, label %bb10.loopexit.i, label %bb3.i

bb10.loopexit.i:                                  ; preds = %_RNvMs6_NtCsgEmfK2I1SDS_4core3numm11checked_rem.exit.i, %bb3.i
  %_0.sroa.0.0.ph.i = xor i1 %_0.sroa.0.0.i4.i, true
  %7 = zext i1 %_0.sroa.0.0.ph.i to i32
  br label %_ZN6primes8is_prime17h0415d995cec65f9fE.exit

_ZN6primes8is_prime17h0415d995cec65f9fE.exit:     ; preds = %bb3, %bb3.preheader.i, %bb10.loopexit.i
  %_0.sroa.0.0.i = phi i32 [ 0, %bb3 ], [ 1, %bb3.preheader.i ], [ %7, %bb10.loopexit.i ]
  %8 = add i32 %_0.sroa.0.0.i, %primes.sroa.0.08
  %9 = add nuw nsw i32 %number.sroa.0.06, 1
  %exitcond.not = icmp eq i32 %9, 1000000
  br i1 %exitcond.not, label %bb6, label %bb3
}

; Function Attrs: nounwind nonlazybind uwtable
declare void @register_ci(i32 noundef, i32 noundef, ptr noundef nonnull) unnamed_addr #2

; Function Attrs: nounwind nonlazybind uwtable
declare void @deregister_ci() unnamed_addr #2

; Function Attrs: nofree nounwind nonlazybind uwtable
declare noundef i32 @printf(ptr noundef readonly captures(none), ...) unnamed_addr #3

attributes #0 = { nofree norecurse noreturn nosync nounwind nonlazybind memory(none) uwtable "probe-stack"="inline-asm" "target-cpu"="x86-64" }
attributes #1 = { mustprogress nofree norecurse nounwind nonlazybind willreturn memory(readwrite, argmem: none, inaccessiblemem: none, target_mem0: none, target_mem1: none) uwtable "probe-stack"="inline-asm" "target-cpu"="x86-64" }
attributes #2 = { nounwind nonlazybind uwtable "probe-stack"="inline-asm" "target-cpu"="x86-64" }
attributes #3 = { nofree nounwind nonlazybind uwtable "probe-stack"="inline-asm" "target-cpu"="x86-64" }
attributes #4 = { nounwind }

!llvm.module.flags = !{!0, !1, !2}
!llvm.ident = !{!3}

!0 = !{i32 8, !"PIC Level", i32 2}
!1 = !{i32 7, !"PIE Level", i32 2}
!2 = !{i32 2, !"RtLibUseGOT", i32 1}
!3 = !{!"rustc version 1.95.0 (59807616e 2026-04-14)"}
!4 = !{!"branch_weights", !"expected", i32 2000, i32 1}
