; Works for as many steps as its first argument says and prints a number; its second argument says in which way it behaves badly.
target triple = "x86_64-unknown-linux-gnu"

@.number = private constant [6 x i8] c"%lld\0A\00"
@.complaint = private constant [11 x i8] c"I give up\0A\00"

define i32 @main(i32 %argc, ptr %argv) {
entry:
  call void @register_ci(i32 1000, i32 1000, ptr @handler)
  %steps.at = getelementptr ptr, ptr %argv, i64 1
  %text = load ptr, ptr %steps.at
  %steps = call i64 @atoll(ptr %text)
  %way.at = getelementptr ptr, ptr %argv, i64 2
  %way = load ptr, ptr %way.at
  %letter = load i8, ptr %way
  br label %loop

loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %x = phi i64 [ 1, %entry ], [ %mixed, %loop ]
  %y = mul i64 %x, 6364136223846793005
  %mixed = add i64 %y, %i
  %next = add i64 %i, 1
  %more = icmp ult i64 %next, %steps
  br i1 %more, label %loop, label %done

done:
  switch i8 %letter, label %good [
    i8 97, label %abort
    i8 99, label %show.clock
    i8 112, label %process
    i8 95, label %vanish
  ]

good:
  %printed = call i32 (ptr, ...) @printf(ptr @.number, i64 %mixed)
  ret i32 3

abort:
  %complained = call i64 @write(i32 2, ptr @.complaint, i64 10)
  call void @abort()
  unreachable

show.clock:
  %clock = call i64 @ci_clock()
  %printed.clock = call i32 (ptr, ...) @printf(ptr @.number, i64 %clock)
  ret i32 0

process:
  %process.id = call i32 @getpid()
  %process.number = zext i32 %process.id to i64
  %printed.process = call i32 (ptr, ...) @printf(ptr @.number, i64 %process.number)
  ret i32 0

vanish:
  call void @_exit(i32 0)
  unreachable
}

; Would change what the program prints, and its exit code.
define internal void @handler(i64 %clock) {
  call void @_exit(i32 77)
  unreachable
}

declare void @register_ci(i32, i32, ptr)
declare i64 @ci_clock()
declare i64 @atoll(ptr)
declare i32 @printf(ptr, ...)
declare i64 @write(i32, ptr, i64)
declare i32 @getpid()
declare void @abort()
declare void @_exit(i32)
