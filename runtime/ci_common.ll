; What both runtimes share: who is registered, how often interrupts are disabled, which hooks there are, and whether the handler is running.
; ci_runtime.ll and libci_runtime.ll bring the clock and define
;
;   ci_rearm()                        the registration or the depth changed
;   ci_start(interval, cycles)        a registration begins: the deadline is one interval from now
;   ci_restart()                      a handler ended: the deadline is one interval from now
;   ci_pause()                        interrupts are about to go off
;   ci_resume()                       they are on again
;   ci_measure()                      an interval between calls begins; returns the cycle counter
;
; ci_registration.ll brings register_ci and deregister_ci.
;
; README.md beside this file describes the state machine; include/ci.h the interface. Functions here are never instrumented.

; Something that is under way on the stack: the frame of the function that began it, null for nothing, and what that frame is filled with.
%ci.activity = type { ptr, i64 }

%ci.state = type { ptr, %ci.activity, %ci.activity, ptr, ptr, i64, i32, ptr }
;   0 handler  1 the running handler  2 the running hook  3 enable hook  4 disable hook  5 activities so far  6 leaves at thread exit
;   7 where the error number is

; A frame is marked all along, so that other code which later runs in its place hardly leaves the whole mark standing.
%ci.mark = type [64 x i64]

@ci_state = internal thread_local(initialexec) global %ci.state zeroinitializer, align 64
@ci_no_errno = internal thread_local(initialexec) global i32 0, align 4
@lc_disabled_count = thread_local(initialexec) global i32 0, align 4
@__dso_handle = external hidden global i8

; Notes that an activity begins in a frame, and marks the frame.
define internal void @ci_begin(ptr %activity, ptr %frame) #2 {
  %count.at = getelementptr inbounds %ci.state, ptr @ci_state, i64 0, i32 5
  %count = load i64, ptr %count.at, align 8
  %next = add i64 %count, 1
  store i64 %next, ptr %count.at, align 8
  %token = mul i64 %next, -7046029254386353131
  store ptr %frame, ptr %activity, align 8
  %token.at = getelementptr inbounds %ci.activity, ptr %activity, i64 0, i32 1
  store i64 %token, ptr %token.at, align 8
  ; No loop: how it ends would be foretold wrongly, which costs more than the rest.
  %word.0.at = getelementptr inbounds %ci.mark, ptr %frame, i64 0, i64 0
  store volatile i64 %token, ptr %word.0.at, align 8
  %word.4.at = getelementptr inbounds %ci.mark, ptr %frame, i64 0, i64 4
  store volatile i64 %token, ptr %word.4.at, align 8
  %word.8.at = getelementptr inbounds %ci.mark, ptr %frame, i64 0, i64 8
  store volatile i64 %token, ptr %word.8.at, align 8
  %word.12.at = getelementptr inbounds %ci.mark, ptr %frame, i64 0, i64 12
  store volatile i64 %token, ptr %word.12.at, align 8
  %word.16.at = getelementptr inbounds %ci.mark, ptr %frame, i64 0, i64 16
  store volatile i64 %token, ptr %word.16.at, align 8
  %word.20.at = getelementptr inbounds %ci.mark, ptr %frame, i64 0, i64 20
  store volatile i64 %token, ptr %word.20.at, align 8
  %word.24.at = getelementptr inbounds %ci.mark, ptr %frame, i64 0, i64 24
  store volatile i64 %token, ptr %word.24.at, align 8
  %word.28.at = getelementptr inbounds %ci.mark, ptr %frame, i64 0, i64 28
  store volatile i64 %token, ptr %word.28.at, align 8
  %word.32.at = getelementptr inbounds %ci.mark, ptr %frame, i64 0, i64 32
  store volatile i64 %token, ptr %word.32.at, align 8
  %word.36.at = getelementptr inbounds %ci.mark, ptr %frame, i64 0, i64 36
  store volatile i64 %token, ptr %word.36.at, align 8
  %word.40.at = getelementptr inbounds %ci.mark, ptr %frame, i64 0, i64 40
  store volatile i64 %token, ptr %word.40.at, align 8
  %word.44.at = getelementptr inbounds %ci.mark, ptr %frame, i64 0, i64 44
  store volatile i64 %token, ptr %word.44.at, align 8
  %word.48.at = getelementptr inbounds %ci.mark, ptr %frame, i64 0, i64 48
  store volatile i64 %token, ptr %word.48.at, align 8
  %word.52.at = getelementptr inbounds %ci.mark, ptr %frame, i64 0, i64 52
  store volatile i64 %token, ptr %word.52.at, align 8
  %word.56.at = getelementptr inbounds %ci.mark, ptr %frame, i64 0, i64 56
  store volatile i64 %token, ptr %word.56.at, align 8
  %word.60.at = getelementptr inbounds %ci.mark, ptr %frame, i64 0, i64 60
  store volatile i64 %token, ptr %word.60.at, align 8
  ret void
}

; Whether an activity goes on, asked by code with that stack pointer. It does not once the stack has been unwound past it: then its frame is
; no longer above the stack pointer, or other code has overwritten the mark. The frame may have been on a stack that is gone meanwhile.
define internal i1 @ci_goes_on(ptr %activity, ptr %stack) #2 {
entry:
  %frame = load ptr, ptr %activity, align 8
  %below = icmp ult ptr %stack, %frame
  br i1 %below, label %look, label %over

look:
  %token.at = getelementptr inbounds %ci.activity, ptr %activity, i64 0, i32 1
  %token = load i64, ptr %token.at, align 8
  %readable = call i1 @ci_is_readable(ptr %frame)
  br i1 %readable, label %compare, label %over

compare:
  %i = phi i64 [ 0, %look ], [ %i.next, %same ]
  %word.at = getelementptr inbounds %ci.mark, ptr %frame, i64 0, i64 %i
  %word = load volatile i64, ptr %word.at, align 8
  %equal = icmp eq i64 %word, %token
  br i1 %equal, label %same, label %over

same:
  %i.next = add i64 %i, 4
  %more = icmp ult i64 %i.next, 64
  br i1 %more, label %compare, label %on

on:
  ret i1 true

over:
  store ptr null, ptr %activity, align 8
  ret i1 false
}

; What a probe that fires finds: 0 not registered or disabled, 1 inside the handler, 2 the handler is to be called.
define internal i32 @ci_situation(ptr %stack) #2 {
entry:
  %handler = load ptr, ptr @ci_state, align 8
  %depth = load i32, ptr @lc_disabled_count, align 4
  %unregistered = icmp eq ptr %handler, null
  %disabled = icmp ne i32 %depth, 0
  %quiet = or i1 %unregistered, %disabled
  br i1 %quiet, label %asleep, label %awake

asleep:
  ret i32 0

awake:
  %running.at = getelementptr inbounds %ci.state, ptr @ci_state, i64 0, i32 1
  %running = call i1 @ci_goes_on(ptr %running.at, ptr %stack)
  %situation = select i1 %running, i32 1, i32 2
  ret i32 %situation
}

; Calls the handler with the clock and keeps errno. Until it returns, or an exception leaves it, no probe calls it again. When the interval behind it
; is measured, that begins as soon as it returns.
define internal void @ci_deliver(i64 %clock, i1 %measured) #0 personality ptr @__gcc_personality_v0 {
entry:
  %frame = alloca %ci.mark, align 16
  %running.at = getelementptr inbounds %ci.state, ptr @ci_state, i64 0, i32 1
  %handler = load ptr, ptr @ci_state, align 8
  call void @ci_begin(ptr %running.at, ptr %frame)
  %errno.at.at = getelementptr inbounds %ci.state, ptr @ci_state, i64 0, i32 7
  %errno.at = load ptr, ptr %errno.at.at, align 8
  %errno = load i32, ptr %errno.at, align 4
  invoke void %handler(i64 %clock) to label %returned unwind label %unwound

returned:
  br i1 %measured, label %measure, label %done

measure:
  %ended = call i64 @ci_measure()
  br label %done

done:
  store i32 %errno, ptr %errno.at, align 4
  store ptr null, ptr %running.at, align 8
  ret void

unwound:
  %pad = landingpad { ptr, i32 } cleanup
  store ptr null, ptr %running.at, align 8
  %exception = extractvalue { ptr, i32 } %pad, 0
  call void @_Unwind_Resume(ptr %exception)
  unreachable
}

; Where the error number of the C library is, since a probe may stand between a failed call and the look at it; somewhere else without a C library.
define internal ptr @ci_errno_at() #2 {
entry:
  %known = icmp ne ptr @__errno_location, null
  br i1 %known, label %ask, label %done

ask:
  %told = call ptr @__errno_location()
  br label %done

done:
  %errno.at = phi ptr [ @ci_no_errno, %entry ], [ %told, %ask ]
  ret ptr %errno.at
}

; Calls the handler as a probe would, when it is due to be called at all.
define internal void @ci_action(i64 %clock) #1 {
entry:
  %stack = call ptr @llvm.frameaddress.p0(i32 0)
  %situation = call i32 @ci_situation(ptr %stack)
  %armed = icmp eq i32 %situation, 2
  br i1 %armed, label %deliver, label %done

deliver:
  call void @ci_deliver(i64 %clock, i1 false)
  call void @ci_restart()
  br label %done

done:
  ret void
}

define internal void @ci_idle(i64 %clock) #0 {
  ret void
}

; Whether a handler is registered and interrupts are not disabled.
define internal i1 @ci_is_armed() #2 {
  %handler = load ptr, ptr @ci_state, align 8
  %depth = load i32, ptr @lc_disabled_count, align 4
  %registered = icmp ne ptr %handler, null
  %enabled = icmp eq i32 %depth, 0
  %armed = and i1 %registered, %enabled
  ret i1 %armed
}

define internal i64 @jci_clamp(i64 %value, i64 %least, i64 %most) #2 {
  %low = icmp slt i64 %value, %least
  %raised = select i1 %low, i64 %least, i64 %value
  %high = icmp sgt i64 %raised, %most
  %clamped = select i1 %high, i64 %most, i64 %raised
  ret i64 %clamped
}

; Registers a handler for this thread.
define internal void @ci_register(i32 %ir, i32 %cycles, ptr %handler) #0 {
entry:
  %ir.64 = sext i32 %ir to i64
  %cycles.64 = sext i32 %cycles to i64
  %interval = call i64 @jci_clamp(i64 %ir.64, i64 1, i64 2147483647)
  %target = call i64 @jci_clamp(i64 %cycles.64, i64 1, i64 2147483647)
  %errno.at.at = getelementptr inbounds %ci.state, ptr @ci_state, i64 0, i32 7
  %errno.at = call ptr @ci_errno_at()
  store ptr %errno.at, ptr %errno.at.at, align 8
  store ptr %handler, ptr @ci_state, align 8
  call void @ci_start(i64 %interval, i64 %target)
  call void @ci_rearm()
  %leaves.at = getelementptr inbounds %ci.state, ptr @ci_state, i64 0, i32 6
  %leaves = load i32, ptr %leaves.at, align 4
  %first = icmp eq i32 %leaves, 0
  %known = icmp ne ptr @__cxa_thread_atexit_impl, null
  %register = and i1 %first, %known
  br i1 %register, label %exit.hook, label %done

exit.hook:
  ; Other thread-local data of the program may be gone before the thread's last probe: no handler after that.
  store i32 1, ptr %leaves.at, align 4
  %status = call i32 @__cxa_thread_atexit_impl(ptr @ci_leave, ptr null, ptr @__dso_handle)
  br label %done

done:
  ret void
}

define internal void @ci_leave(ptr %unused) #0 {
  call void @ci_deregister()
  ret void
}

define internal void @ci_deregister() #0 {
  store ptr null, ptr @ci_state, align 8
  call void @ci_start(i64 100000, i64 100000)
  call void @ci_rearm()
  ret void
}

; For a handler that is about to be left in a way that the runtime cannot see.
define void @ci_leave_handler() #0 {
  %running.at = getelementptr inbounds %ci.state, ptr @ci_state, i64 0, i32 1
  store ptr null, ptr %running.at, align 8
  call void @ci_restart()
  ret void
}

define void @register_ci_enable_hook(ptr %hook) #0 {
  %hook.at = getelementptr inbounds %ci.state, ptr @ci_state, i64 0, i32 3
  store ptr %hook, ptr %hook.at, align 8
  ret void
}

define void @register_ci_disable_hook(ptr %hook) #0 {
  %hook.at = getelementptr inbounds %ci.state, ptr @ci_state, i64 0, i32 4
  store ptr %hook, ptr %hook.at, align 8
  ret void
}

; Calls a hook, when there is one and none is running: what a hook disables and enables calls no hook.
define internal void @ci_call_hook(ptr %hook, ptr %stack) #0 personality ptr @__gcc_personality_v0 {
entry:
  %frame = alloca %ci.mark, align 16
  %running.at = getelementptr inbounds %ci.state, ptr @ci_state, i64 0, i32 2
  %none = icmp eq ptr %hook, null
  br i1 %none, label %done, label %look

look:
  %running = call i1 @ci_goes_on(ptr %running.at, ptr %stack)
  br i1 %running, label %done, label %call

call:
  call void @ci_begin(ptr %running.at, ptr %frame)
  invoke void %hook() to label %returned unwind label %unwound

returned:
  store ptr null, ptr %running.at, align 8
  br label %done

done:
  ret void

unwound:
  %pad = landingpad { ptr, i32 } cleanup
  store ptr null, ptr %running.at, align 8
  %exception = extractvalue { ptr, i32 } %pad, 0
  call void @_Unwind_Resume(ptr %exception)
  unreachable
}

define void @ci_disable() #1 {
entry:
  %stack = call ptr @llvm.frameaddress.p0(i32 0)
  %depth = load i32, ptr @lc_disabled_count, align 4
  %outermost = icmp eq i32 %depth, 0
  br i1 %outermost, label %hook, label %count

hook:
  ; Before either hook, so that a pause is neither longer nor shorter by what calling a hook takes.
  call void @ci_pause()
  %hook.at = getelementptr inbounds %ci.state, ptr @ci_state, i64 0, i32 4
  %disable.hook = load ptr, ptr %hook.at, align 8
  call void @ci_call_hook(ptr %disable.hook, ptr %stack)
  br label %count

count:
  %before = load i32, ptr @lc_disabled_count, align 4
  %deeper = add i32 %before, 1
  store i32 %deeper, ptr @lc_disabled_count, align 4
  call void @ci_rearm()
  ret void
}

define void @ci_enable() #1 {
entry:
  %stack = call ptr @llvm.frameaddress.p0(i32 0)
  %depth = load i32, ptr @lc_disabled_count, align 4
  %disabled = icmp sgt i32 %depth, 0
  br i1 %disabled, label %count, label %done

count:
  %less = sub i32 %depth, 1
  store i32 %less, ptr @lc_disabled_count, align 4
  call void @ci_rearm()
  %last = icmp eq i32 %less, 0
  br i1 %last, label %hook, label %done

hook:
  call void @ci_resume()
  %hook.at = getelementptr inbounds %ci.state, ptr @ci_state, i64 0, i32 3
  %enable.hook = load ptr, ptr %hook.at, align 8
  call void @ci_call_hook(ptr %enable.hook, ptr %stack)
  br label %done

done:
  ret void
}

define i32 @ci_disabled_depth() #0 {
  %depth = load i32, ptr @lc_disabled_count, align 4
  ret i32 %depth
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
declare extern_weak ptr @__errno_location()
declare extern_weak i32 @__gcc_personality_v0(...)
declare extern_weak void @_Unwind_Resume(ptr)

; Without implicit floating point: some of this runs while the vectors hold what the interrupted code has in them.
attributes #0 = { noimplicitfloat uwtable "jci-no-instrument" }
attributes #1 = { noimplicitfloat uwtable "frame-pointer"="all" "jci-no-instrument" }

; "jci runtime" puts these in the place of their calls.
attributes #2 = { alwaysinline noimplicitfloat uwtable "jci-no-instrument" }
