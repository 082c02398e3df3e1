; What KernelBenchmark calls: functions of (ptr, i64) -> i64.

; A counted loop, with a chain of multiplications that no compiler shortens.
define i64 @counted(ptr %data, i64 %n) {
entry:
  %some = icmp sgt i64 %n, 0
  br i1 %some, label %loop, label %exit

loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %sum = phi i64 [ 1, %entry ], [ %mixed, %loop ]
  %at = getelementptr inbounds i64, ptr %data, i64 %i
  %word = load i64, ptr %at, align 8
  %product = mul i64 %sum, 31
  %mixed = xor i64 %product, %word
  %next = add nuw nsw i64 %i, 1
  %more = icmp slt i64 %next, %n
  br i1 %more, label %loop, label %exit

exit:
  %result = phi i64 [ 0, %entry ], [ %mixed, %loop ]
  ret i64 %result
}

; A loop whose count nobody knows: follows a chain of n indices.
define i64 @uncounted(ptr %data, i64 %n) {
entry:
  br label %loop

loop:
  %place = phi i64 [ 0, %entry ], [ %following, %loop ]
  %steps = phi i64 [ 0, %entry ], [ %more, %loop ]
  %at = getelementptr inbounds i64, ptr %data, i64 %place
  %following = load i64, ptr %at, align 8
  %more = add nuw nsw i64 %steps, 1
  %end = icmp eq i64 %following, 0
  br i1 %end, label %exit, label %loop

exit:
  ret i64 %more
}

; A loop around a call of a small function that is not inlined.
define i64 @calls(ptr %data, i64 %n) {
entry:
  br label %loop

loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %sum = phi i64 [ 0, %entry ], [ %mixed, %loop ]
  %mixed = call i64 @step(i64 %sum, i64 %i)
  %next = add nuw nsw i64 %i, 1
  %more = icmp slt i64 %next, %n
  br i1 %more, label %loop, label %exit

exit:
  ret i64 %mixed
}

define internal i64 @step(i64 %sum, i64 %i) noinline {
  %odd = and i64 %i, 1
  %is.odd = icmp ne i64 %odd, 0
  br i1 %is.odd, label %mix, label %end

mix:
  %product = mul i64 %sum, 31
  ret i64 %product

end:
  %total = add i64 %sum, %i
  ret i64 %total
}

; Recursion: the Fibonacci number of 16.
define i64 @recursion(ptr %data, i64 %n) {
  %result = call i64 @fibonacci(i64 16)
  ret i64 %result
}

define i64 @fibonacci(i64 %n) {
entry:
  %small = icmp slt i64 %n, 2
  br i1 %small, label %end, label %again

again:
  %n.1 = add nsw i64 %n, -1
  %f.1 = call i64 @fibonacci(i64 %n.1)
  %n.2 = add nsw i64 %n, -2
  %f.2 = call i64 @fibonacci(i64 %n.2)
  %sum = add i64 %f.1, %f.2
  ret i64 %sum

end:
  ret i64 %n
}
