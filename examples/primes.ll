source_filename = "primes.c"
target datalayout = "e-m:e-p270:32:32-p271:32:32-p272:64:64-i64:64-f80:128-n8:16:32:64-S128"
target triple = "x86_64-pc-linux-gnu"

@.str = private unnamed_addr constant [25 x i8] c"%d primes below 1000000\0A\00", align 1
@.str.1 = private unnamed_addr constant [62 x i8] c"the handler ran %ld times, at most %ld IR instructions apart\0A\00", align 1
@calls = internal unnamed_addr global i64 0, align 8
@longest = internal unnamed_addr global i64 0, align 8
@last = internal unnamed_addr global i64 0, align 8

; Function Attrs: nounwind uwtable
define dso_local i32 @main() local_unnamed_addr #0 {
  call void @register_ci(i32 noundef 100000, i32 noundef 100000, void (i64)* noundef nonnull @heartbeat) #4
  br label %11

1:                                                ; preds = %31
  call void @deregister_ci() #4
  %2 = call i32 (i8*, ...) @printf(i8* noundef nonnull dereferenceable(1) getelementptr inbounds ([25 x i8], [25 x i8]* @.str, i64 0, i64 0), i32 noundef %33)
  %3 = load i64, i64* @calls, align 8, !tbaa !5
  %4 = load i64, i64* @longest, align 8, !tbaa !5
  %5 = call i32 (i8*, ...) @printf(i8* noundef nonnull dereferenceable(1) getelementptr inbounds ([62 x i8], [62 x i8]* @.str.1, i64 0, i64 0), i64 noundef %3, i64 noundef %4)
  %6 = icmp ne i32 %33, 78498
  %7 = load i64, i64* @calls, align 8
  %8 = icmp slt i64 %7, 101
  %9 = select i1 %6, i1 true, i1 %8
  %10 = zext i1 %9 to i32
  ret i32 %10

11:                                               ; preds = %0, %31
  %12 = phi i32 [ 0, %0 ], [ %34, %31 ]
  %13 = phi i32 [ 0, %0 ], [ %33, %31 ]
  %14 = icmp ult i32 %12, 2
  br i1 %14, label %31, label %15

15:                                               ; preds = %11
  %16 = icmp ult i32 %12, 4
  %17 = and i32 %12, 1
  %18 = icmp eq i32 %17, 0
  %19 = or i1 %16, %18
  br i1 %19, label %28, label %20

20:                                               ; preds = %15, %24
  %21 = phi i32 [ %27, %24 ], [ 3, %15 ]
  %22 = mul i32 %21, %21
  %23 = icmp ugt i32 %22, %12
  br i1 %23, label %28, label %24, !llvm.loop !9

24:                                               ; preds = %20
  %25 = urem i32 %12, %21
  %26 = icmp eq i32 %25, 0
  %27 = add i32 %21, 1
  br i1 %26, label %28, label %20, !llvm.loop !9

28:                                               ; preds = %20, %24, %15
  %29 = phi i1 [ %16, %15 ], [ %23, %24 ], [ %23, %20 ]
  %30 = zext i1 %29 to i32
  br label %31

31:                                               ; preds = %11, %28
  %32 = phi i32 [ 0, %11 ], [ %30, %28 ]
  %33 = add nuw nsw i32 %32, %13
  %34 = add nuw nsw i32 %12, 1
  %35 = icmp eq i32 %34, 1000000
  br i1 %35, label %1, label %11, !llvm.loop !12
}

declare void @register_ci(i32 noundef, i32 noundef, void (i64)* noundef) local_unnamed_addr #1

; Function Attrs: mustprogress nofree norecurse nosync nounwind uwtable willreturn
define internal void @heartbeat(i64 noundef %0) #2 {
  %2 = load i64, i64* @last, align 8, !tbaa !5
  %3 = sub nsw i64 %0, %2
  store i64 %0, i64* @last, align 8, !tbaa !5
  %4 = load i64, i64* @calls, align 8, !tbaa !5
  %5 = add nsw i64 %4, 1
  store i64 %5, i64* @calls, align 8, !tbaa !5
  %6 = icmp sgt i64 %4, 0
  %7 = load i64, i64* @longest, align 8
  %8 = icmp sgt i64 %3, %7
  %9 = select i1 %6, i1 %8, i1 false
  br i1 %9, label %10, label %11

10:                                               ; preds = %1
  store i64 %3, i64* @longest, align 8, !tbaa !5
  br label %11

11:                                               ; preds = %10, %1
  ret void
}

declare void @deregister_ci() local_unnamed_addr #1

; Function Attrs: nofree nounwind
declare noundef i32 @printf(i8* nocapture noundef readonly, ...) local_unnamed_addr #3

attributes #0 = { nounwind uwtable "frame-pointer"="none" "min-legal-vector-width"="0" "no-trapping-math"="true" "stack-protector-buffer-size"="8" "target-cpu"="x86-64" "target-features"="+cx8,+fxsr,+mmx,+sse,+sse2,+x87" "tune-cpu"="generic" }
attributes #1 = { "frame-pointer"="none" "no-trapping-math"="true" "stack-protector-buffer-size"="8" "target-cpu"="x86-64" "target-features"="+cx8,+fxsr,+mmx,+sse,+sse2,+x87" "tune-cpu"="generic" }
attributes #2 = { mustprogress nofree norecurse nosync nounwind uwtable willreturn "frame-pointer"="none" "min-legal-vector-width"="0" "no-trapping-math"="true" "stack-protector-buffer-size"="8" "target-cpu"="x86-64" "target-features"="+cx8,+fxsr,+mmx,+sse,+sse2,+x87" "tune-cpu"="generic" }
attributes #3 = { nofree nounwind "frame-pointer"="none" "no-trapping-math"="true" "stack-protector-buffer-size"="8" "target-cpu"="x86-64" "target-features"="+cx8,+fxsr,+mmx,+sse,+sse2,+x87" "tune-cpu"="generic" }
attributes #4 = { nounwind }

!llvm.module.flags = !{!0, !1, !2, !3}
!llvm.ident = !{!4}

!0 = !{i32 1, !"wchar_size", i32 4}
!1 = !{i32 7, !"PIC Level", i32 2}
!2 = !{i32 7, !"PIE Level", i32 2}
!3 = !{i32 7, !"uwtable", i32 1}
!4 = !{!"Debian clang version 14.0.6"}
!5 = !{!6, !6, i64 0}
!6 = !{!"long", !7, i64 0}
!7 = !{!"omnipotent char", !8, i64 0}
!8 = !{!"Simple C/C++ TBAA"}
!9 = distinct !{!9, !10, !11}
!10 = !{!"llvm.loop.mustprogress"}
!11 = !{!"llvm.loop.unroll.disable"}
!12 = distinct !{!12, !10, !11}
