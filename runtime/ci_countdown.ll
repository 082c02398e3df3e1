; How threads begin, with the default probes: with nobody registered, the countdown as far away as possible. Put together with ci_runtime.ll by
; "jci runtime".

@jci_countdown = thread_local(initialexec) global i64 4611686018427387904, align 8
@jci_state = internal thread_local(initialexec) global %jci.state { i64 4611686018427387904, i64 0, i64 100000, i64 100000, i64 0, i64 0, i64 100000, i64 0, i64 0, i64 0, i64 0, i64 0, i64 0, i64 0, i64 0 }, align 64

; A probe below zero finds nobody registered, or interrupts disabled.
define internal void @jci_asleep() #0 {
  call void @ci_rearm()
  ret void
}

; Interrupts were off for that long, which nobody records.
define internal void @jci_paused(i64 %work, i64 %cycles) #2 {
  ret void
}
