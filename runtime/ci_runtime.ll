; The runtime of Compiler Interrupts: one countdown for each thread, and what happens when it falls below zero.
; README.md beside this file describes the state machine; include/ci.h the interface. Functions here are never instrumented.
;
;   clock    = base - countdown                 work done by the thread so far, in IR instructions
;   deadline = clock at which the handler is due next
;   armed    = handler set, not disabled, not inside the handler

%jci.state = type { i64, i64, i64, i64, i64, i64, ptr, ptr, ptr, ptr, i32, i32 }
;   0 base  1 deadline  2 IR interval  3 cycles interval  4 clock at the last call  5 cycles at the last call
;   6 handler  7 stack of the running handler, null for none  8 enable hook  9 disable hook  10 disable depth  11 leaves at thread exit

@jci_countdown = thread_local(initialexec) global i64 4611686018427387904, align 8
@jci_state = internal thread_local(initialexec) global %jci.state { i64 4611686018427387904, i64 0, i64 0, i64 0, i64 0, i64 0, ptr null, ptr null, ptr null, ptr null, i32 0, i32 0 }, align 64
@__dso_handle = external hidden global i8

; The thread's logical clock: work committed since the thread began.
define i64 @ci_clock() #0 {
  %base = load i64, ptr @jci_state, align 8
  %left = load i64, ptr @jci_countdown, align 8
  %clock = sub i64 %base, %left
  ret i64 %clock
}

; Lets the countdown run for a number of IR instructions from now.
define internal void @jci_set_budget(i64 %budget) #0 {
  %clock = call i64 @ci_clock()
  %base = add i64 %clock, %budget
  store i64 %base, ptr @jci_state, align 8
  store i64 %budget, ptr @jci_countdown, align 8
  ret void
}

; Sets the countdown as the state wants it: to the deadline when armed, else as far away as possible.
define internal void @jci_rearm() #0 {
entry:
  %handler.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 6
  %handler = load ptr, ptr %handler.at, align 8
  %depth.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 10
  %depth = load i32, ptr %depth.at, align 8
  %registered = icmp ne ptr %handler, null
  %enabled = icmp eq i32 %depth, 0
  %armed = and i1 %registered, %enabled
  br i1 %armed, label %due, label %never

due:
  %deadline.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 1
  %deadline = load i64, ptr %deadline.at, align 8
  %clock = call i64 @ci_clock()
  %distance = sub i64 %deadline, %clock
  %late = icmp slt i64 %distance, 0
  %budget = select i1 %late, i64 0, i64 %distance
  call void @jci_set_budget(i64 %budget)
  ret void

never:
  call void @jci_set_budget(i64 4611686018427387904)
  ret void
}

; Puts the deadline a number of IR instructions from now.
define internal void @jci_postpone(i64 %interval) #0 {
  %clock = call i64 @ci_clock()
  %deadline = add i64 %clock, %interval
  %deadline.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 1
  store i64 %deadline, ptr %deadline.at, align 8
  call void @jci_rearm()
  ret void
}

; Whether the handler is running. It is not when the stack has been unwound past it: by longjmp, an exception or a panic.
define internal i1 @jci_in_handler(ptr %stack) #0 {
  %running.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 7
  %running = load ptr, ptr %running.at, align 8
  %below = icmp ult ptr %stack, %running
  ret i1 %below
}

; Calls the handler with the clock. Until it returns, probes count but do not call it again.
define internal void @jci_deliver(i64 %clock, ptr %stack) #0 {
  %interval.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 2
  %interval = load i64, ptr %interval.at, align 8
  %running.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 7
  %handler.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 6
  %handler = load ptr, ptr %handler.at, align 8
  store ptr %stack, ptr %running.at, align 8
  call void @jci_postpone(i64 %interval)
  call void %handler(i64 %clock)
  store ptr null, ptr %running.at, align 8
  ret void
}

; Where a probe ends up whose countdown fell below zero; all registers have been saved.
define hidden void @jci_slow_path() #1 {
entry:
  %stack = call ptr @llvm.frameaddress.p0(i32 0)
  %clock = call i64 @ci_clock()
  %handler.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 6
  %handler = load ptr, ptr %handler.at, align 8
  %depth.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 10
  %depth = load i32, ptr %depth.at, align 8
  %interval.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 2
  %interval = load i64, ptr %interval.at, align 8
  %unregistered = icmp eq ptr %handler, null
  %disabled = icmp ne i32 %depth, 0
  %running = call i1 @jci_in_handler(ptr %stack)
  %quiet = or i1 %unregistered, %disabled
  br i1 %quiet, label %sleep, label %awake

sleep:
  call void @jci_rearm()
  ret void

awake:
  br i1 %running, label %nested, label %deliver

nested:
  call void @jci_postpone(i64 %interval)
  ret void

deliver:
  call void @jci_deliver(i64 %clock, ptr %stack)
  ; The interval counts from the end of the handler, whatever it did meanwhile.
  call void @jci_postpone_registered()
  ret void
}

define internal void @jci_postpone_registered() #0 {
  %interval.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 2
  %interval = load i64, ptr %interval.at, align 8
  call void @jci_postpone(i64 %interval)
  ret void
}

; The same with a look at the cycle counter: too early, and the countdown goes on for as long as the rate so far lets expect.
define hidden void @jci_slow_path_cycles() #1 {
entry:
  %stack = call ptr @llvm.frameaddress.p0(i32 0)
  %clock = call i64 @ci_clock()
  %now = call i64 @jci_cycles()
  %handler.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 6
  %handler = load ptr, ptr %handler.at, align 8
  %depth.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 10
  %depth = load i32, ptr %depth.at, align 8
  %interval.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 2
  %interval = load i64, ptr %interval.at, align 8
  %target.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 3
  %target = load i64, ptr %target.at, align 8
  %lastclock.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 4
  %lastclock = load i64, ptr %lastclock.at, align 8
  %lastcycles.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 5
  %lastcycles = load i64, ptr %lastcycles.at, align 8
  %unregistered = icmp eq ptr %handler, null
  %disabled = icmp ne i32 %depth, 0
  %running = call i1 @jci_in_handler(ptr %stack)
  %quiet = or i1 %unregistered, %disabled
  br i1 %quiet, label %sleep, label %awake

sleep:
  call void @jci_rearm()
  ret void

awake:
  br i1 %running, label %nested, label %look

nested:
  call void @jci_postpone(i64 %interval)
  ret void

look:
  %work = sub i64 %clock, %lastclock
  %elapsed.raw = sub i64 %now, %lastcycles
  %elapsed.positive = icmp sgt i64 %elapsed.raw, 0
  %elapsed = select i1 %elapsed.positive, i64 %elapsed.raw, i64 1
  %remaining = sub i64 %target, %elapsed
  %early = icmp sgt i64 %remaining, 0
  %wanted = select i1 %early, i64 %remaining, i64 %target
  ; Fixed point: both factors stay below 2^31, so the product fits.
  %work.small = call i64 @jci_clamp(i64 %work, i64 1, i64 2147483647)
  %elapsed.small = call i64 @jci_clamp(i64 %elapsed, i64 1, i64 2147483647)
  %wanted.small = call i64 @jci_clamp(i64 %wanted, i64 1, i64 2147483647)
  %product = mul i64 %wanted.small, %work.small
  %expected = udiv i64 %product, %elapsed.small
  %least = lshr i64 %interval, 4
  %least.1 = call i64 @jci_clamp(i64 %least, i64 1, i64 %interval)
  %most = shl i64 %interval, 4
  br i1 %early, label %extend, label %deliver

extend:
  %longer = call i64 @jci_clamp(i64 %expected, i64 %least.1, i64 %interval)
  call void @jci_postpone(i64 %longer)
  ret void

deliver:
  call void @jci_deliver(i64 %clock, ptr %stack)
  %after = call i64 @ci_clock()
  store i64 %after, ptr %lastclock.at, align 8
  %end = call i64 @jci_cycles()
  store i64 %end, ptr %lastcycles.at, align 8
  %next = call i64 @jci_clamp(i64 %expected, i64 %least.1, i64 %most)
  call void @jci_postpone(i64 %next)
  ret void
}

define internal i64 @jci_clamp(i64 %value, i64 %least, i64 %most) #0 {
  %low = icmp slt i64 %value, %least
  %raised = select i1 %low, i64 %least, i64 %value
  %high = icmp sgt i64 %raised, %most
  %clamped = select i1 %high, i64 %most, i64 %raised
  ret i64 %clamped
}

define void @register_ci(i32 %ir, i32 %cycles, ptr %handler) #0 {
entry:
  %ir.64 = sext i32 %ir to i64
  %cycles.64 = sext i32 %cycles to i64
  %interval = call i64 @jci_clamp(i64 %ir.64, i64 1, i64 2147483647)
  %target = call i64 @jci_clamp(i64 %cycles.64, i64 1, i64 2147483647)
  %interval.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 2
  store i64 %interval, ptr %interval.at, align 8
  %target.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 3
  store i64 %target, ptr %target.at, align 8
  %handler.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 6
  store ptr %handler, ptr %handler.at, align 8
  %clock = call i64 @ci_clock()
  %lastclock.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 4
  store i64 %clock, ptr %lastclock.at, align 8
  %now = call i64 @jci_cycles()
  %lastcycles.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 5
  store i64 %now, ptr %lastcycles.at, align 8
  call void @jci_postpone(i64 %interval)
  %leaves.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 11
  %leaves = load i32, ptr %leaves.at, align 4
  %first = icmp eq i32 %leaves, 0
  %known = icmp ne ptr @__cxa_thread_atexit_impl, null
  %register = and i1 %first, %known
  br i1 %register, label %exit.hook, label %done

exit.hook:
  ; Other thread-local data of the program may be gone before the thread's last probe: no handler after that.
  store i32 1, ptr %leaves.at, align 4
  %status = call i32 @__cxa_thread_atexit_impl(ptr @jci_leave, ptr null, ptr @__dso_handle)
  br label %done

done:
  ret void
}

define internal void @jci_leave(ptr %unused) #0 {
  call void @deregister_ci()
  ret void
}

define void @deregister_ci() #0 {
  %handler.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 6
  store ptr null, ptr %handler.at, align 8
  call void @jci_rearm()
  ret void
}

define void @register_ci_enable_hook(ptr %hook) #0 {
  %hook.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 8
  store ptr %hook, ptr %hook.at, align 8
  ret void
}

define void @register_ci_disable_hook(ptr %hook) #0 {
  %hook.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 9
  store ptr %hook, ptr %hook.at, align 8
  ret void
}

define internal void @jci_call_hook(ptr %hook) #0 {
entry:
  %none = icmp eq ptr %hook, null
  br i1 %none, label %done, label %call

call:
  call void %hook()
  br label %done

done:
  ret void
}

define void @ci_disable() #0 {
entry:
  %depth.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 10
  %depth = load i32, ptr %depth.at, align 8
  %outermost = icmp eq i32 %depth, 0
  br i1 %outermost, label %hook, label %count

hook:
  %hook.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 9
  %disable.hook = load ptr, ptr %hook.at, align 8
  call void @jci_call_hook(ptr %disable.hook)
  br label %count

count:
  %before = load i32, ptr %depth.at, align 8
  %deeper = add i32 %before, 1
  store i32 %deeper, ptr %depth.at, align 8
  call void @jci_rearm()
  ret void
}

define void @ci_enable() #0 {
entry:
  %depth.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 10
  %depth = load i32, ptr %depth.at, align 8
  %disabled = icmp sgt i32 %depth, 0
  br i1 %disabled, label %count, label %done

count:
  %less = sub i32 %depth, 1
  store i32 %less, ptr %depth.at, align 8
  %last = icmp eq i32 %less, 0
  br i1 %last, label %hook, label %done

hook:
  call void @jci_rearm()
  %hook.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 8
  %enable.hook = load ptr, ptr %hook.at, align 8
  call void @jci_call_hook(ptr %enable.hook)
  br label %done

done:
  ret void
}

define i32 @ci_disabled_depth() #0 {
  %depth.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 10
  %depth = load i32, ptr %depth.at, align 8
  ret i32 %depth
}

define i64 @ci_interval() #0 {
  %interval.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 2
  %interval = load i64, ptr %interval.at, align 8
  ret i64 %interval
}

; Marks for the pass; where they are still called they do nothing.
define void @instr_disable() #0 {
  ret void
}

define void @instr_enable() #0 {
  ret void
}

declare ptr @llvm.frameaddress.p0(i32)
declare extern_weak i32 @__cxa_thread_atexit_impl(ptr, ptr, ptr)

attributes #0 = { uwtable "jci-no-instrument" }
attributes #1 = { uwtable "frame-pointer"="all" "jci-no-instrument" }
