; The runtime of probes with the published ABI: the clock and the deadline are variables that instrumented code advances itself, and a probe
; past the deadline calls what intvActionHook points to. Put together with ci_common.ll and the part for a processor by "jci runtime".

@LocalLC = thread_local(initialexec) global i64 0, align 8
@NextInterval = thread_local(initialexec) global i64 0, align 8
@ci_ir_interval = thread_local(initialexec) global i64 100000, align 8
@ci_reset_ir_interval = thread_local(initialexec) global i64 50000, align 8
@ci_cycles_interval = thread_local(initialexec) global i64 10000, align 8
@ci_cycles_threshold = thread_local(initialexec) global i64 90000, align 8
@intvActionHook = thread_local(initialexec) global ptr @ci_idle, align 8

; The hook stays the same inside the handler: it finds out itself whether the handler is running.
define internal void @ci_rearm() #2 {
  %hook = call ptr @ci_action_hook()
  store ptr %hook, ptr @intvActionHook, align 8
  ret void
}

define internal void @ci_start(i64 %interval, i64 %cycles) #0 {
  %half = lshr i64 %interval, 1
  %ninefold = mul i64 %cycles, 9
  %threshold = udiv i64 %ninefold, 10
  store i64 %interval, ptr @ci_ir_interval, align 8
  store i64 %half, ptr @ci_reset_ir_interval, align 8
  store i64 %cycles, ptr @ci_cycles_interval, align 8
  store i64 %threshold, ptr @ci_cycles_threshold, align 8
  call void @ci_restart()
  ret void
}

define internal void @ci_restart() #2 {
  %clock = load i64, ptr @LocalLC, align 8
  %interval = load i64, ptr @ci_ir_interval, align 8
  %deadline = add i64 %clock, %interval
  store i64 %deadline, ptr @NextInterval, align 8
  ret void
}

; These probes go by work only: how long interrupts are off does not matter.
define internal void @ci_pause() #2 {
  ret void
}

define internal void @ci_resume() #2 {
  ret void
}

define internal i64 @ci_measure() #2 {
  ret i64 0
}

define i64 @ci_clock() #2 {
  %clock = load i64, ptr @LocalLC, align 8
  ret i64 %clock
}

define i64 @ci_deadline() #0 {
  %deadline = load i64, ptr @NextInterval, align 8
  ret i64 %deadline
}

define i64 @ci_interval() #0 {
  %interval = load i64, ptr @ci_ir_interval, align 8
  ret i64 %interval
}

define i64 @ci_target_cycles() #0 {
  %cycles = load i64, ptr @ci_cycles_interval, align 8
  ret i64 %cycles
}

define ptr @ci_action_hook() #0 {
  %armed = call i1 @ci_is_armed()
  %hook = select i1 %armed, ptr @ci_action, ptr @ci_idle
  ret ptr %hook
}
