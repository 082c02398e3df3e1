; The runtime of the default probes: one countdown for each thread, and what happens when it falls below zero.
; Put together with ci_common.ll, ci_countdown.ll and the parts for a processor by "jci runtime".
;
;   clock    = base - countdown                 work done by the thread so far, in IR instructions
;   deadline = clock at which the handler is due next

%jci.state = type { i64, i64, i64, i64, i64, i64, i64, i64, i64, i64 }
;   0 base  1 deadline  2 IR interval  3 cycles interval  4 clock at the last call  5 cycles at the last call
;   6 budget: the work from one call to the next, the IR interval or in mode ci-cycles what the cycles interval is expected to hold
;   7 caution: grows with each late call in mode ci-cycles, and goes back slowly
;   8 clock when interrupts went off  9 cycles at that time
;
; Fields 4 and 5 move on by each pause, the time that interrupts are off: what has passed since the last call is what passed while they were on.

; The thread's logical clock: work committed since the thread began.
define i64 @ci_clock() #0 {
  %base = load i64, ptr @jci_state, align 8
  %left = load i64, ptr @jci_countdown, align 8
  %clock = sub i64 %base, %left
  ret i64 %clock
}

; Lets the countdown run for a number of IR instructions from now.
define internal void @jci_set_countdown(i64 %count) #0 {
  %clock = call i64 @ci_clock()
  %base = add i64 %clock, %count
  store i64 %base, ptr @jci_state, align 8
  store i64 %count, ptr @jci_countdown, align 8
  ret void
}

; Sets the countdown as the state wants it: to the deadline when armed, else as far away as possible.
define internal void @ci_rearm() #0 {
entry:
  %armed = call i1 @ci_is_armed()
  br i1 %armed, label %due, label %never

due:
  %deadline.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 1
  %deadline = load i64, ptr %deadline.at, align 8
  %clock = call i64 @ci_clock()
  %distance = sub i64 %deadline, %clock
  %late = icmp slt i64 %distance, 0
  %count = select i1 %late, i64 0, i64 %distance
  call void @jci_set_countdown(i64 %count)
  ret void

never:
  call void @jci_set_countdown(i64 4611686018427387904)
  ret void
}

; Puts the deadline a number of IR instructions from now.
define internal void @jci_postpone(i64 %distance) #0 {
  %clock = call i64 @ci_clock()
  %deadline = add i64 %clock, %distance
  %deadline.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 1
  store i64 %deadline, ptr %deadline.at, align 8
  call void @ci_rearm()
  ret void
}

define internal void @ci_restart() #0 {
  %budget.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 6
  %budget = load i64, ptr %budget.at, align 8
  call void @jci_postpone(i64 %budget)
  ret void
}

; How far away the next call is when the last one was late, or early: its interval begins as long before now, but not more than half of it.
; Probes hardly ever are early, so that intervals counted from each call would be too long on average; late ones in a row do not become a
; burst of calls.
define internal i64 @jci_distance(i64 %late) #0 {
  %budget.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 6
  %budget = load i64, ptr %budget.at, align 8
  %half = lshr i64 %budget, 1
  %least = sub i64 0, %half
  %earlier = call i64 @jci_clamp(i64 %late, i64 %least, i64 %half)
  %distance = sub i64 %budget, %earlier
  ret i64 %distance
}

define internal void @ci_start(i64 %interval, i64 %target) #0 {
  %interval.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 2
  store i64 %interval, ptr %interval.at, align 8
  %target.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 3
  store i64 %target, ptr %target.at, align 8
  %budget.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 6
  store i64 %interval, ptr %budget.at, align 8
  %caution.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 7
  store i64 0, ptr %caution.at, align 8
  call void @jci_measure_from_now()
  call void @jci_postpone(i64 %interval)
  ret void
}

; Where a probe ends up whose countdown fell below zero; all registers have been saved.
define hidden void @jci_slow_path() #1 {
entry:
  %stack = call ptr @llvm.frameaddress.p0(i32 0)
  %clock = call i64 @ci_clock()
  %situation = call i32 @ci_situation(ptr %stack)
  switch i32 %situation, label %asleep [
    i32 1, label %nested
    i32 2, label %deliver
  ]

asleep:
  call void @jci_asleep()
  ret void

nested:
  call void @ci_restart()
  ret void

deliver:
  %deadline.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 1
  %deadline = load i64, ptr %deadline.at, align 8
  %late = sub i64 %clock, %deadline
  call void @ci_restart()
  call void @ci_deliver(i64 %clock)
  ; What the handler did meanwhile is no part of the interval.
  %distance = call i64 @jci_distance(i64 %late)
  call void @jci_postpone(i64 %distance)
  ret void
}

; The same with a look at the cycle counter: too early, and the countdown goes on for as long as the rate so far lets expect.
define hidden void @jci_slow_path_cycles() #1 {
entry:
  %stack = call ptr @llvm.frameaddress.p0(i32 0)
  %clock = call i64 @ci_clock()
  %now = call i64 @jci_cycles()
  %situation = call i32 @ci_situation(ptr %stack)
  switch i32 %situation, label %asleep [
    i32 1, label %nested
    i32 2, label %look
  ]

asleep:
  call void @jci_asleep()
  ret void

nested:
  call void @ci_restart()
  ret void

look:
  %target.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 3
  %target = load i64, ptr %target.at, align 8
  %lastclock.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 4
  %lastclock = load i64, ptr %lastclock.at, align 8
  %lastcycles.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 5
  %lastcycles = load i64, ptr %lastcycles.at, align 8
  %work = sub i64 %clock, %lastclock
  %elapsed = sub i64 %now, %lastcycles
  %forward = icmp sgt i64 %elapsed, 0
  br i1 %forward, label %estimate, label %again

again:
  ; The counter stood still or went back: this measurement says nothing.
  call void @jci_measure_from_now()
  call void @ci_restart()
  ret void

estimate:
  %expected = call i64 @jci_scale(i64 %target, i64 %work, i64 %elapsed)
  %budget = call i64 @jci_learn(i64 %expected)
  %remaining = sub i64 %target, %elapsed
  ; So little is not worth another look.
  %tolerance = lshr i64 %target, 6
  %early = icmp sgt i64 %remaining, %tolerance
  br i1 %early, label %extend, label %deliver

extend:
  ; Not shorter than a sixteenth, or looks would crowd before the end.
  %least = lshr i64 %budget, 4
  %rest = call i64 @jci_scale(i64 %remaining, i64 %work, i64 %elapsed)
  %careful = call i64 @jci_careful(i64 %rest)
  %longer = call i64 @jci_clamp(i64 %careful, i64 %least, i64 %budget)
  call void @jci_postpone(i64 %longer)
  ret void

deliver:
  call void @jci_note_lateness(i64 %remaining, i64 %target)
  call void @jci_measure_from(i64 %clock, i64 %now)
  call void @ci_restart()
  %called = call i64 @jci_cycles()
  call void @ci_deliver(i64 %clock)
  call void @jci_measure_from_now()
  ; Late is what the handler was, not the look at the counter before it.
  %distance = sub i64 %called, %lastcycles
  %over = sub i64 %distance, %target
  %most = lshr i64 %target, 1
  %early.most = sub i64 0, %tolerance
  %late = call i64 @jci_clamp(i64 %over, i64 %early.most, i64 %most)
  %size = call i64 @llvm.abs.i64(i64 %late, i1 true)
  %size.work = call i64 @jci_scale(i64 %size, i64 %work, i64 %elapsed)
  %before.time = icmp slt i64 %late, 0
  %opposite = sub i64 0, %size.work
  %late.work = select i1 %before.time, i64 %opposite, i64 %size.work
  %clock.now = load i64, ptr %lastclock.at, align 8
  %clock.earlier = sub i64 %clock.now, %late.work
  store i64 %clock.earlier, ptr %lastclock.at, align 8
  %cycles.now = load i64, ptr %lastcycles.at, align 8
  %cycles.earlier = sub i64 %cycles.now, %late
  store i64 %cycles.earlier, ptr %lastcycles.at, align 8
  %interval = call i64 @jci_distance(i64 %late.work)
  %first = call i64 @jci_careful(i64 %interval)
  call void @jci_postpone(i64 %first)
  ret void
}

; A call that comes more than three thirty-seconds late makes the next looks earlier, by an eighth of the way each time; sixteen calls in time
; take that back. One that comes a whole interval late says nothing: the thread was in a library, or had no processor.
define internal void @jci_note_lateness(i64 %remaining, i64 %target) #0 {
  %sixteenth = lshr i64 %target, 4
  %thirty.second = lshr i64 %target, 5
  %allowed = add i64 %sixteenth, %thirty.second
  %over = sub i64 0, %remaining
  %late = icmp sgt i64 %over, %allowed
  %lost = icmp sgt i64 %over, %target
  %worse = select i1 %late, i64 16, i64 -1
  %change = select i1 %lost, i64 0, i64 %worse
  %caution.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 7
  %caution = load i64, ptr %caution.at, align 8
  %changed = add i64 %caution, %change
  %bounded = call i64 @jci_clamp(i64 %changed, i64 0, i64 64)
  store i64 %bounded, ptr %caution.at, align 8
  ret void
}

; As much of a distance as is passed without a look at the cycle counter; between all of it and half.
define internal i64 @jci_careful(i64 %distance) #0 {
  %caution.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 7
  %caution = load i64, ptr %caution.at, align 8
  %rounded = add i64 %caution, 15
  %eighths = lshr i64 %rounded, 4
  %product = mul i64 %distance, %eighths
  %part = lshr i64 %product, 3
  %careful = sub i64 %distance, %part
  ret i64 %careful
}

define internal void @jci_measure_from_now() #0 {
  %clock = call i64 @ci_clock()
  %now = call i64 @jci_cycles()
  call void @jci_measure_from(i64 %clock, i64 %now)
  ret void
}

; Begins an interval. When interrupts are off, what they have been off for so far is no part of it.
define internal void @jci_measure_from(i64 %clock, i64 %now) #0 {
  %lastclock.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 4
  store i64 %clock, ptr %lastclock.at, align 8
  %lastcycles.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 5
  store i64 %now, ptr %lastcycles.at, align 8
  call void @jci_pause_from(i64 %clock, i64 %now)
  ret void
}

define internal void @jci_pause_from(i64 %clock, i64 %now) #0 {
  %pauseclock.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 8
  store i64 %clock, ptr %pauseclock.at, align 8
  %pausecycles.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 9
  store i64 %now, ptr %pausecycles.at, align 8
  ret void
}

define internal void @ci_pause() #0 {
  %clock = call i64 @ci_clock()
  %now = call i64 @jci_cycles()
  call void @jci_pause_from(i64 %clock, i64 %now)
  ret void
}

; Takes the pause out of the interval. A counter that went back meanwhile takes the beginning of the interval with it. A hook that disables
; and enables is a pause within one: what it took out is not taken out again.
define internal void @ci_resume() #0 {
  %clock = call i64 @ci_clock()
  %now = call i64 @jci_cycles()
  %pauseclock.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 8
  %pauseclock = load i64, ptr %pauseclock.at, align 8
  %work = sub i64 %clock, %pauseclock
  %pausecycles.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 9
  %pausecycles = load i64, ptr %pausecycles.at, align 8
  %cycles = sub i64 %now, %pausecycles
  %lastclock.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 4
  call void @jci_advance(ptr %lastclock.at, i64 %work)
  %lastcycles.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 5
  call void @jci_advance(ptr %lastcycles.at, i64 %cycles)
  call void @jci_pause_from(i64 %clock, i64 %now)
  call void @jci_paused(i64 %work, i64 %cycles)
  ret void
}

define internal void @jci_advance(ptr %number, i64 %amount) #0 {
  %before = load i64, ptr %number, align 8
  %after = add i64 %before, %amount
  store i64 %after, ptr %number, align 8
  ret void
}

; Moves the budget to what was measured, but makes it at most four times as long: a budget that is too short costs a few looks, one that is
; too long makes the next call late. Returns the new budget.
define internal i64 @jci_learn(i64 %expected) #0 {
  %budget.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 6
  %budget = load i64, ptr %budget.at, align 8
  %fourfold = shl i64 %budget, 2
  %most = call i64 @jci_clamp(i64 %fourfold, i64 1, i64 2147483647)
  %learnt = call i64 @jci_clamp(i64 %expected, i64 1, i64 %most)
  store i64 %learnt, ptr %budget.at, align 8
  ret i64 %learnt
}

; cycles * work / elapsed, at least 1, for cycles below 2^31. The other two are brought below 2^31 together, so that the product fits.
define internal i64 @jci_scale(i64 %cycles, i64 %work, i64 %elapsed) #0 {
  %work.positive = call i64 @jci_clamp(i64 %work, i64 1, i64 9223372036854775807)
  %both = or i64 %work.positive, %elapsed
  %zeros = call i64 @llvm.ctlz.i64(i64 %both, i1 true)
  %excess = sub i64 33, %zeros
  %shift = call i64 @jci_clamp(i64 %excess, i64 0, i64 32)
  %work.small = lshr i64 %work.positive, %shift
  %elapsed.small = lshr i64 %elapsed, %shift
  %divisor = call i64 @jci_clamp(i64 %elapsed.small, i64 1, i64 2147483647)
  %product = mul i64 %cycles, %work.small
  %quotient = udiv i64 %product, %divisor
  %scaled = call i64 @jci_clamp(i64 %quotient, i64 1, i64 2147483647)
  ret i64 %scaled
}

; The clock at which the countdown ends.
define i64 @ci_deadline() #0 {
  %base = load i64, ptr @jci_state, align 8
  ret i64 %base
}

define i64 @ci_interval() #0 {
  %interval.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 2
  %interval = load i64, ptr %interval.at, align 8
  ret i64 %interval
}

define i64 @ci_target_cycles() #0 {
  %target.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 3
  %target = load i64, ptr %target.at, align 8
  ret i64 %target
}

define ptr @ci_action_hook() #0 {
  %armed = call i1 @ci_is_armed()
  %hook = select i1 %armed, ptr @ci_action, ptr @ci_idle
  ret ptr %hook
}

declare i64 @llvm.abs.i64(i64, i1 immarg)
declare i64 @llvm.ctlz.i64(i64, i1)
