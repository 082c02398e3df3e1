; Hardly works itself, but has the C library write 200 MiB. Says whether the clock has counted that.
target triple = "x86_64-unknown-linux-gnu"

@room = internal global [1048576 x i8] zeroinitializer, align 64
@.calls = private constant [30 x i8] c"handler %s, clock %s, sum %d\0A\00"
@.yes = private constant [3 x i8] c"on\00"
@.no = private constant [4 x i8] c"off\00"
@calls = internal global i64 0

define internal void @handler(i64 %clock) {
  %before = load i64, ptr @calls
  %after = add i64 %before, 1
  store i64 %after, ptr @calls
  ret void
}

define i32 @main() personality ptr @__gcc_personality_v0 {
entry:
  call void @register_ci(i32 100000, i32 100000, ptr @handler)
  br label %loop

loop:
  %i = phi i32 [ 0, %entry ], [ %next, %continue ]
  %sum = phi i32 [ 0, %entry ], [ %sum.next, %continue ]
  %byte = and i32 %i, 127
  %written = call ptr @memset(ptr @room, i32 %byte, i64 1048576)
  %copied = invoke ptr @memmove(ptr @room, ptr @room, i64 64) to label %continue unwind label %thrown

continue:
  %value = load i8, ptr %copied
  %wide = zext i8 %value to i32
  %sum.next = add i32 %sum, %wide
  %next = add i32 %i, 1
  %more = icmp ult i32 %next, 200
  br i1 %more, label %loop, label %done

done:
  call void @deregister_ci()
  %clock = call i64 @ci_clock()
  %called = load i64, ptr @calls
  %often = icmp ugt i64 %called, 5
  %counted = icmp ugt i64 %clock, 1000000
  %handler.word = select i1 %often, ptr @.yes, ptr @.no
  %clock.word = select i1 %counted, ptr @.yes, ptr @.no
  %said = call i32 (ptr, ...) @printf(ptr @.calls, ptr %handler.word, ptr %clock.word, i32 %sum.next)
  ret i32 0

thrown:
  %pad = landingpad { ptr, i32 } cleanup
  resume { ptr, i32 } %pad
}

declare void @register_ci(i32, i32, ptr)
declare void @deregister_ci()
declare i64 @ci_clock()
declare ptr @memset(ptr, i32, i64)
declare ptr @memmove(ptr, ptr, i64)
declare i32 @printf(ptr, ...)
declare i32 @__gcc_personality_v0(...)
