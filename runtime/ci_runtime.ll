; The runtime of the default probes: one countdown for each thread, and what happens when it falls below zero.
; Put together with ci_common.ll, ci_intervals.ll, ci_countdown.ll and the parts for a processor by "jci runtime".
;
;   clock    = base - countdown                 work done by the thread so far, in IR instructions
;   deadline = clock at which the handler is due next

%jci.state = type { i64, i64, i64, i64, i64, i64, i64, i64, i64, i64, i64, i64, i64, i64, i64 }
;   0 base  1 deadline  2 IR interval  3 cycles interval  4 clock at the last call  5 cycles at the last call
;   6 budget: the work from one call to the next, the IR interval or in mode ci-cycles what is expected to pass until the handler is due
;   7 caution: how much of the way to the next call is left to another look at the cycle counter, in 512ths; below zero it is trust: how many calls
;     came in time, and below -8 the budget is relied upon
;   8 clock when interrupts went off  9 cycles at that time
;   10 lead: how many cycles before the interval is over the handler is due, since it comes as late as that; negative when it comes early
;   11 how many calls are to come without a look at the cycle counter  12 cycles at the last look
;   13 cycles from a look to the end of the handler it called, as they were read last  14 regularity: how often in a row that was about the same;
;     above 8 it is taken to be so again
;
; Fields 4 and 5 move on by each pause, the time that interrupts are off: what has passed since the last call is what passed while they were on.

; The thread's logical clock: work committed since the thread began.
define i64 @ci_clock() #2 {
  %base = load i64, ptr @jci_state, align 8
  %left = load i64, ptr @jci_countdown, align 8
  %clock = sub i64 %base, %left
  ret i64 %clock
}

; Sets the countdown as the state wants it: to the deadline when armed, else as far away as possible.
define internal void @ci_rearm() #2 {
  %clock = call i64 @ci_clock()
  %deadline.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 1
  %deadline = load i64, ptr %deadline.at, align 8
  %distance = sub i64 %deadline, %clock
  %late = icmp slt i64 %distance, 0
  %due = select i1 %late, i64 0, i64 %distance
  %armed = call i1 @ci_is_armed()
  %count = select i1 %armed, i64 %due, i64 4611686018427387904
  %base = add i64 %clock, %count
  store i64 %base, ptr @jci_state, align 8
  store i64 %count, ptr @jci_countdown, align 8
  ret void
}

; Puts the deadline a number of IR instructions from now.
define internal void @jci_postpone(i64 %distance) #2 {
  %clock = call i64 @ci_clock()
  %deadline = add i64 %clock, %distance
  %deadline.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 1
  store i64 %deadline, ptr %deadline.at, align 8
  call void @ci_rearm()
  ret void
}

define internal void @ci_restart() #2 {
  %budget.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 6
  %budget = load i64, ptr %budget.at, align 8
  call void @jci_postpone(i64 %budget)
  ret void
}

; The same where it is known that interrupts are on.
define internal void @jci_restart_armed() #2 {
  %budget.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 6
  %budget = load i64, ptr %budget.at, align 8
  %clock = call i64 @ci_clock()
  %deadline = add i64 %clock, %budget
  %deadline.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 1
  store i64 %deadline, ptr %deadline.at, align 8
  store i64 %deadline, ptr @jci_state, align 8
  store i64 %budget, ptr @jci_countdown, align 8
  ret void
}

; How far away the next call is when the last one was late, or early: its interval begins as long before now, but not more than half of it.
; Probes hardly ever are early, so that intervals counted from each call would be too long on average; late ones in a row do not become a
; burst of calls.
define internal i64 @jci_distance(i64 %late) #2 {
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
  %lead.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 10
  store i64 0, ptr %lead.at, align 8
  %unseen.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 11
  store i64 0, ptr %unseen.at, align 8
  %regularity.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 14
  store i64 0, ptr %regularity.at, align 8
  %now = call i64 @ci_measure()
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
  call void @jci_restart_armed()
  call void @ci_deliver(i64 %clock, i1 false)
  ; What the handler did meanwhile is no part of the interval.
  %distance = call i64 @jci_distance(i64 %late)
  call void @jci_postpone(i64 %distance)
  ret void
}

; What a probe does first in mode ci-cycles whose countdown fell below zero: a look at the cycle counter, but where the budget is relied upon. 0: it is
; too early, and the countdown goes on for as long as the rate so far lets expect. 1: the handler is due. 2: no handler, interrupts disabled, the
; handler running, or the counter stands still. This runs several times for each call of the handler and with the vectors not saved: it calls
; nothing that uses them.
define hidden i32 @jci_look() #0 {
entry:
  %handler = load ptr, ptr @ci_state, align 8
  %depth = load i32, ptr @lc_disabled_count, align 4
  %running.at = getelementptr inbounds %ci.state, ptr @ci_state, i64 0, i32 1
  %running = load ptr, ptr %running.at, align 8
  %registered = icmp ne ptr %handler, null
  %enabled = icmp eq i32 %depth, 0
  %idle = icmp eq ptr %running, null
  %listening = and i1 %registered, %enabled
  %usual = and i1 %listening, %idle
  br i1 %usual, label %choose, label %other

other:
  ret i32 2

choose:
  %unseen.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 11
  %unseen = load i64, ptr %unseen.at, align 8
  %blind = icmp ne i64 %unseen, 0
  br i1 %blind, label %due, label %look

look:
  %now = call i64 @jci_cycles()
  %looked.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 12
  store i64 %now, ptr %looked.at, align 8
  %lastcycles.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 5
  %lastcycles = load i64, ptr %lastcycles.at, align 8
  %elapsed = sub i64 %now, %lastcycles
  %forward = icmp sgt i64 %elapsed, 0
  br i1 %forward, label %measure, label %other

measure:
  %target.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 3
  %target = load i64, ptr %target.at, align 8
  %lead.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 10
  %lead = load i64, ptr %lead.at, align 8
  %goal = sub i64 %target, %lead
  %remaining = sub i64 %goal, %elapsed
  ; So little is not worth another look.
  %threefold = mul i64 %target, 3
  %tolerance = lshr i64 %threefold, 6
  %early = icmp sgt i64 %remaining, %tolerance
  %relied = call i1 @jci_relies()
  %sure = xor i1 %relied, true
  %waits = and i1 %early, %sure
  br i1 %waits, label %extend, label %due

due:
  ret i32 1

extend:
  %base = load i64, ptr @jci_state, align 8
  %left = load i64, ptr @jci_countdown, align 8
  %clock = sub i64 %base, %left
  %lastclock.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 4
  %lastclock = load i64, ptr %lastclock.at, align 8
  %work = sub i64 %clock, %lastclock
  ; So that the product fits: cycles are below 2^32 here.
  %work.counted = call i64 @llvm.umin.i64(i64 %work, i64 2147483647)
  %product = mul i64 %remaining, %work.counted
  %rest = udiv i64 %product, %elapsed
  %expected = add i64 %work, %rest
  %budget.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 6
  %budget.before = load i64, ptr %budget.at, align 8
  %budget = call i64 @jci_learn(i64 %expected, i64 %budget.before)
  %bounded = call i64 @llvm.umin.i64(i64 %rest, i64 %budget)
  %distance = call i64 @jci_careful(i64 %bounded, i64 %budget)
  %deadline = add i64 %clock, %distance
  %deadline.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 1
  store i64 %deadline, ptr %deadline.at, align 8
  store i64 %deadline, ptr @jci_state, align 8
  store i64 %distance, ptr @jci_countdown, align 8
  ret i32 0
}

; What it does then, with all registers saved: the answer of the look is 1 or 2.
define hidden void @jci_slow_path_cycles(i32 %look) #1 {
entry:
  %due = icmp eq i32 %look, 1
  br i1 %due, label %deliver, label %other

other:
  %stack = call ptr @llvm.frameaddress.p0(i32 0)
  %situation = call i32 @ci_situation(ptr %stack)
  switch i32 %situation, label %asleep [
    i32 1, label %nested
    i32 2, label %again
  ]

asleep:
  call void @jci_asleep()
  ret void

nested:
  call void @ci_restart()
  ret void

again:
  ; A handler was left without its return, and is now forgotten; or the counter stood still or went back, and this measurement says nothing.
  %second = call i32 @jci_look()
  switch i32 %second, label %anew [
    i32 0, label %early
    i32 1, label %deliver
  ]

anew:
  %now = call i64 @ci_measure()
  call void @ci_restart()
  ret void

early:
  ret void

deliver:
  %unseen.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 11
  %unseen = load i64, ptr %unseen.at, align 8
  %seen = icmp eq i64 %unseen, 0
  br i1 %seen, label %measured, label %relied

relied:
  %more = sub i64 %unseen, 1
  store i64 %more, ptr %unseen.at, align 8
  %clock.relied = call i64 @ci_clock()
  call void @jci_restart_armed()
  ; The next interval may be one that is measured.
  %last = icmp eq i64 %more, 0
  call void @ci_deliver(i64 %clock.relied, i1 %last)
  call void @ci_restart()
  ret void

measured:
  %lastclock.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 4
  %lastclock = load i64, ptr %lastclock.at, align 8
  %lastcycles.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 5
  %lastcycles = load i64, ptr %lastcycles.at, align 8
  %looked.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 12
  %looked = load i64, ptr %looked.at, align 8
  %clock = call i64 @ci_clock()
  call void @jci_restart_armed()
  ; The interval ended with the look; what the handler does is no part of one, and should it not return, another one has begun.
  call void @jci_measure_from(i64 %clock, i64 %looked)
  %unread = call i1 @jci_handler_is_regular()
  %read = xor i1 %unread, true
  call void @ci_deliver(i64 %clock, i1 %read)
  call void @jci_begin_behind_handler(i64 %looked, i1 %read)
  %work = sub i64 %clock, %lastclock
  %elapsed = sub i64 %looked, %lastcycles
  call void @jci_note_call(i64 %work, i64 %elapsed)
  %budget.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 6
  %budget = load i64, ptr %budget.at, align 8
  %first = call i64 @jci_careful(i64 %budget, i64 %budget)
  call void @jci_postpone(i64 %first)
  ret void
}

define internal i64 @ci_measure() #2 {
  %now = call i64 @jci_cycles()
  %clock = call i64 @ci_clock()
  call void @jci_measure_from(i64 %clock, i64 %now)
  ret i64 %now
}

; Begins an interval. When interrupts are off, what they have been off for so far is no part of it.
define internal void @jci_measure_from(i64 %clock, i64 %now) #2 {
  %lastclock.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 4
  store i64 %clock, ptr %lastclock.at, align 8
  %lastcycles.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 5
  store i64 %now, ptr %lastcycles.at, align 8
  call void @jci_pause_from(i64 %clock, i64 %now)
  ret void
}

define internal void @jci_pause_from(i64 %clock, i64 %now) #2 {
  %pauseclock.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 8
  store i64 %clock, ptr %pauseclock.at, align 8
  %pausecycles.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 9
  store i64 %now, ptr %pausecycles.at, align 8
  ret void
}

define internal void @ci_pause() #2 {
  %now = call i64 @jci_cycles_in_order()
  %clock = call i64 @ci_clock()
  call void @jci_pause_from(i64 %clock, i64 %now)
  ret void
}

; Takes the pause out of the interval. A counter that went back meanwhile takes the beginning of the interval with it. A hook that disables
; and enables is a pause within one: what it took out is not taken out again.
define internal void @ci_resume() #2 {
  %clock = call i64 @ci_clock()
  %pauseclock.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 8
  %pauseclock = load i64, ptr %pauseclock.at, align 8
  %work = sub i64 %clock, %pauseclock
  %lastclock.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 4
  call void @jci_advance(ptr %lastclock.at, i64 %work)
  call void @jci_end_reliance(i64 %work)
  %pausecycles.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 9
  %pausecycles = load i64, ptr %pausecycles.at, align 8
  %lastcycles.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 5
  ; As late as can be: what is done behind it is part of the interval.
  %now = call i64 @jci_cycles_in_order()
  %cycles = sub i64 %now, %pausecycles
  call void @jci_advance(ptr %lastcycles.at, i64 %cycles)
  call void @jci_pause_from(i64 %clock, i64 %now)
  call void @jci_paused(i64 %work, i64 %cycles)
  ret void
}

define internal void @jci_advance(ptr %number, i64 %amount) #2 {
  %before = load i64, ptr %number, align 8
  %after = add i64 %before, %amount
  store i64 %after, ptr %number, align 8
  ret void
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

declare i64 @llvm.umax.i64(i64, i64)
declare i64 @llvm.umin.i64(i64, i64)
