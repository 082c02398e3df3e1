; What mode ci-cycles learns from the intervals that it measures: how much work the next one holds, how far that can be relied upon, and how long the
; handler takes. The state is that of ci_runtime.ll.
; Put together with the other parts by "jci runtime".

; Whether the handler took about as long call after call, so that the end of this one need not be read.
define internal i1 @jci_handler_is_regular() #2 {
  %regularity.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 14
  %regularity = load i64, ptr %regularity.at, align 8
  %regular = icmp sgt i64 %regularity, 8
  ret i1 %regular
}

; Begins the interval behind a handler that returned: where its end was read, ci_deliver has done so, and it is seen whether that was to be expected. Else as
; long after the look as the handler took before. Where the beginning was moved meanwhile, by a pause or another call, that says
; nothing, and the counter is read.
define internal void @jci_begin_behind_handler(i64 %looked, i1 %read) #2 {
entry:
  %lastcycles.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 5
  %lastcycles = load i64, ptr %lastcycles.at, align 8
  %took.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 13
  %took.before = load i64, ptr %took.at, align 8
  %regularity.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 14
  %regularity = load i64, ptr %regularity.at, align 8
  br i1 %read, label %compare, label %assume

compare:
  %took = sub i64 %lastcycles, %looked
  store i64 %took, ptr %took.at, align 8
  %more = sub i64 %took, %took.before
  %difference = call i64 @llvm.abs.i64(i64 %more, i1 false)
  %target.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 3
  %target = load i64, ptr %target.at, align 8
  %tolerance = lshr i64 %target, 6
  %same = icmp ule i64 %difference, %tolerance
  %last = icmp sge i64 %regularity, 8
  %next = add i64 %regularity, 1
  %raised = select i1 %last, i64 15, i64 %next
  %after = select i1 %same, i64 %raised, i64 0
  store i64 %after, ptr %regularity.at, align 8
  ret void

assume:
  %moved = icmp ne i64 %lastcycles, %looked
  br i1 %moved, label %unknown, label %known

unknown:
  %now = call i64 @ci_measure()
  store i64 0, ptr %regularity.at, align 8
  ret void

known:
  %less = sub i64 %regularity, 1
  store i64 %less, ptr %regularity.at, align 8
  %clock = call i64 @ci_clock()
  %ended = add i64 %looked, %took.before
  call void @jci_measure_from(i64 %clock, i64 %ended)
  ret void
}

; Whether the budget is relied upon: call after call came in time.
define internal i1 @jci_relies() #2 {
  %caution.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 7
  %caution = load i64, ptr %caution.at, align 8
  %relies = icmp slt i64 %caution, -8
  ret i1 %relies
}

; Learns from an interval: the work and the cycles between two calls of the handler. Where the budget is relied upon those without a look count, which
; are shorter.
define internal void @jci_note_call(i64 %work, i64 %elapsed) #2 {
entry:
  %target.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 3
  %target = load i64, ptr %target.at, align 8
  %caution.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 7
  %caution = load i64, ptr %caution.at, align 8
  %budget.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 6
  %budget = load i64, ptr %budget.at, align 8
  %lead.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 10
  %lead = load i64, ptr %lead.at, align 8
  %outside = call i64 @jci_cycles_of_call()
  %whole = add i64 %elapsed, %outside
  %over = sub i64 %whole, %target
  %limit.256ths = mul i64 %target, 23
  %allowed = lshr i64 %limit.256ths, 8
  %relied = icmp slt i64 %caution, -8
  br i1 %relied, label %reliable, label %other

reliable:
  %of.look = call i64 @jci_cycles_of_look()
  %over.relied = sub i64 %over, %of.look
  %too.late.relied = icmp sgt i64 %over.relied, %allowed
  call void @jci_note_relied(i64 %target, i64 %caution, i64 %budget, i64 %lead, i64 %work, i64 %elapsed, i64 %over.relied, i1 %too.late.relied)
  ret void

other:
  %too.late = icmp sgt i64 %over, %allowed
  %lead.after = call i64 @jci_move_lead(i64 %target, i64 %caution, i64 %lead, i64 %over)
  call void @jci_note_seen(i64 %target, i64 %caution, i64 %budget, i64 %lead.after, i64 %work, i64 %elapsed, i64 %over, i1 %too.late)
  ret void
}

; The lead moves by a 512th towards where as many calls come before as behind the goal: it follows the middle of the intervals, and the few that are
; very late do not matter. In a program that needs caution the middle is up to nine 512ths ahead of the goal: late is worse than early, and the looks
; at the cycle counter that this spares are worth more than the calls that come of it.
define internal i64 @jci_move_lead(i64 %target, i64 %caution, i64 %lead, i64 %over) #2 {
  %care = call i64 @jci_clamp(i64 %caution, i64 0, i64 36)
  %product = mul i64 %target, %care
  %ahead = lshr i64 %product, 11
  %behind = add i64 %over, %ahead
  %late = icmp sgt i64 %behind, 0
  %step = lshr i64 %target, 9
  %back = sub i64 0, %step
  %move = select i1 %late, i64 %step, i64 %back
  %lead.moved = add i64 %lead, %move
  %eighth = lshr i64 %target, 3
  %least = sub i64 0, %eighth
  %quarter = lshr i64 %target, 2
  %lead.after = call i64 @jci_clamp(i64 %lead.moved, i64 %least, i64 %quarter)
  %lead.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 10
  store i64 %lead.after, ptr %lead.at, align 8
  ret i64 %lead.after
}

; Of an interval whose end was looked for. One that is more than 23 256ths too long raises the caution, twelve that are not take that back. One that
; is twice as long as wanted says nothing: the thread was in a library, or had no processor. Where there is no caution, intervals in time become
; trust, as long as each holds as much work as was expected, to a fifth; after eight of them the budget is relied upon.
define internal void @jci_note_seen(i64 %target, i64 %caution, i64 %budget, i64 %lead, i64 %work, i64 %elapsed, i64 %over, i1 %too.late) #2 {
entry:
  %goal = sub i64 %target, %lead
  %expected = call i64 @jci_scale(i64 %goal, i64 %work, i64 %elapsed)
  %learnt = call i64 @jci_learn(i64 %expected, i64 %budget)
  %caution.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 7
  %less = sub i64 %caution, 1
  %lost = icmp sgt i64 %over, %target
  %counts = xor i1 %lost, true
  %worse = and i1 %too.late, %counts
  br i1 %worse, label %raise, label %in.time

raise:
  %at.least = call i64 @jci_clamp(i64 %caution, i64 0, i64 436)
  %raised = add i64 %at.least, 12
  store i64 %raised, ptr %caution.at, align 8
  ret void

in.time:
  %careful = icmp sgt i64 %caution, 0
  br i1 %careful, label %ease, label %trust

ease:
  %kept = select i1 %lost, i64 %caution, i64 %less
  store i64 %kept, ptr %caution.at, align 8
  ret void

trust:
  %more = sub i64 %expected, %budget
  %surprise = call i64 @llvm.abs.i64(i64 %more, i1 false)
  %fivefold = mul i64 %surprise, 5
  %expected.so = icmp sle i64 %fivefold, %budget
  %after = select i1 %expected.so, i64 %less, i64 0
  store i64 %after, ptr %caution.at, align 8
  %relies = icmp slt i64 %after, -8
  br i1 %relies, label %rely, label %done

; The countdown is for the whole interval from now on: nothing comes late behind another look.
rely:
  %of.call = call i64 @jci_cycles_of_call()
  %of.look = call i64 @jci_cycles_of_look()
  %target.seen = add i64 %target, %of.look
  %whole = sub i64 %target.seen, %of.call
  %budget.whole = call i64 @jci_scale(i64 %whole, i64 %work, i64 %elapsed)
  %budget.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 6
  store i64 %budget.whole, ptr %budget.at, align 8
  store i64 -16, ptr %caution.at, align 8
  br label %done

done:
  ret void
}

; Of an interval that was as long as the budget let it be. The budget moves by a 256th towards where as many intervals are too short as too long, and
; the more of them came in time the more go by without a look, to fifteen of sixteen. One that is too long by more than 23 256ths counts as
; ten that are not; when trust is used up, or one is off by half, the end of intervals is looked for again, for some time at least.
define internal void @jci_note_relied(i64 %target, i64 %caution, i64 %budget, i64 %lead, i64 %work, i64 %elapsed, i64 %over, i1 %too.late) #2 {
entry:
  %budget.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 6
  %caution.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 7
  %unseen.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 11
  %change = select i1 %too.late, i64 10, i64 -1
  %changed = add i64 %caution, %change
  %after = call i64 @llvm.smax.i64(i64 %changed, i64 -256)
  %half = lshr i64 %target, 1
  %off = call i64 @llvm.abs.i64(i64 %over, i1 false)
  %far.off = icmp sgt i64 %off, %half
  %used.up = icmp sge i64 %after, -8
  %leaves = or i1 %far.off, %used.up
  br i1 %leaves, label %leave, label %stay

leave:
  store i64 36, ptr %caution.at, align 8
  %goal = sub i64 %target, %lead
  %expected = call i64 @jci_scale(i64 %goal, i64 %work, i64 %elapsed)
  %learnt = call i64 @jci_learn(i64 %expected, i64 %budget)
  ret void

stay:
  store i64 %after, ptr %caution.at, align 8
  %step = lshr i64 %budget, 8
  %back = sub i64 0, %step
  %long = icmp sgt i64 %over, 0
  %move = select i1 %long, i64 %back, i64 %step
  %moved = add i64 %budget, %move
  %bounded = call i64 @llvm.umin.i64(i64 %moved, i64 2147483647)
  store i64 %bounded, ptr %budget.at, align 8
  %trust = sub i64 0, %after
  %quarter = lshr i64 %trust, 2
  %unseen = call i64 @llvm.umin.i64(i64 %quarter, i64 15)
  store i64 %unseen, ptr %unseen.at, align 8
  ret void
}

; How far away the next look at the cycle counter is, in work, when the handler is expected after the distance: there, unless there is caution. Far from that, at a part of the
; interval that grows with the caution, to 7/16: it would take a program half as fast to be late there. From then on, should the program become slower
; by 512 / (512 - caution) times, the look comes three 64ths of the interval too late at most. Not shorter than a 64th, or looks would crowd
; before the end.
define internal i64 @jci_careful(i64 %distance, i64 %budget) #2 {
  %caution.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 7
  %caution.or.trust = load i64, ptr %caution.at, align 8
  %caution = call i64 @llvm.smax.i64(i64 %caution.or.trust, i64 0)
  %threefold = mul i64 %budget, 3
  %slack = lshr i64 %threefold, 6
  %end = add i64 %distance, %slack
  %ease = sub i64 512, %caution
  %eased = mul i64 %end, %ease
  %safe = lshr i64 %eased, 9
  %kept = mul i64 %budget, %caution
  %reserve = lshr i64 %kept, 10
  %far = sub i64 %distance, %reserve
  %farther = call i64 @llvm.smax.i64(i64 %safe, i64 %far)
  %careful = call i64 @llvm.umin.i64(i64 %farther, i64 %distance)
  %least = lshr i64 %budget, 6
  %next = call i64 @llvm.umax.i64(i64 %careful, i64 %least)
  ret i64 %next
}

; Where the handler is due by its work alone, the work of the pause does not count for that. How long what is around a pause takes cannot be
; relied upon: from the next call on the cycle counter is looked at.
define internal void @jci_end_reliance(i64 %work) #2 {
entry:
  %relied = call i1 @jci_relies()
  br i1 %relied, label %end, label %done

end:
  %deadline.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 1
  call void @jci_advance(ptr %deadline.at, i64 %work)
  %caution.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 7
  store i64 0, ptr %caution.at, align 8
  %unseen.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 11
  %unseen = load i64, ptr %unseen.at, align 8
  %last = call i64 @llvm.umin.i64(i64 %unseen, i64 1)
  store i64 %last, ptr %unseen.at, align 8
  call void @ci_rearm()
  br label %done

done:
  ret void
}

; Moves the budget to what was measured, but makes it at most four times as long: a budget that is too short costs a few looks, one that is
; too long makes the next call late. Returns the new budget.
define internal i64 @jci_learn(i64 %expected, i64 %budget) #2 {
  %budget.at = getelementptr inbounds %jci.state, ptr @jci_state, i64 0, i32 6
  %fourfold = shl i64 %budget, 2
  %most = call i64 @llvm.umin.i64(i64 %fourfold, i64 2147483647)
  %bounded = call i64 @llvm.umin.i64(i64 %expected, i64 %most)
  %learnt = call i64 @llvm.umax.i64(i64 %bounded, i64 1)
  store i64 %learnt, ptr %budget.at, align 8
  ret i64 %learnt
}

; cycles * work / elapsed, at least 1, for cycles below 2^31. The other two are taken for less than 2^31, so that the product fits.
define internal i64 @jci_scale(i64 %cycles, i64 %work, i64 %elapsed) #2 {
  %work.counted = call i64 @jci_clamp(i64 %work, i64 1, i64 2147483647)
  %divisor = call i64 @jci_clamp(i64 %elapsed, i64 1, i64 2147483647)
  %product = mul i64 %cycles, %work.counted
  %quotient = udiv i64 %product, %divisor
  %positive = call i64 @llvm.umax.i64(i64 %quotient, i64 1)
  %scaled = call i64 @llvm.umin.i64(i64 %positive, i64 2147483647)
  ret i64 %scaled
}

declare i64 @llvm.abs.i64(i64, i1)
declare i64 @llvm.smax.i64(i64, i64)
