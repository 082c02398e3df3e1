; What the runtime needs of the processor and of Linux, for AArch64. Put together with the other parts by "jci runtime".

; Ticks of the virtual counter, not CPU cycles. LLVM 14 and 15 have no cycle counter that user code may read: 14 prints the privileged
; PMCCNTR_EL0 for llvm.readcyclecounter, 15 a constant zero.
define internal i64 @jci_cycles() #2 {
  %now = call i64 asm sideeffect "mrs $0, cntvct_el0", "=r"()
  ret i64 %now
}

; The counter when all that stands before has been done.
define internal i64 @jci_cycles_in_order() #2 {
  call void asm sideeffect "isb", "~{memory}"()
  %now = call i64 @jci_cycles()
  ret i64 %now
}

; What a call of a handler takes that no look at the counter sees: less than a tick or two.
define internal i64 @jci_cycles_of_call() #2 {
  ret i64 0
}

; How much longer an interval is when the counter is looked at: as little.
define internal i64 @jci_cycles_of_look() #2 {
  ret i64 0
}

; Whether the eight bytes at an address can be read. The system call rt_sigprocmask, asked to do nothing that exists, reads them first and
; says EFAULT when it cannot.
define internal i1 @ci_is_readable(ptr %address) #0 {
  %result = call i64 asm sideeffect "svc #0", "={x0},{x8},{x0},{x1},{x2},{x3},~{memory}"(i64 135, i64 -1, ptr %address, i64 0, i64 8)
  %readable = icmp ne i64 %result, -14
  ret i1 %readable
}

; Adds to a number that threads share. LLVM 14 cannot compile atomicrmw without typed pointers for this processor.
define internal void @ci_add(ptr %number, i64 %amount) #0 {
  %used = call { i64, i64 } asm sideeffect "1: ldxr $0, [$2]\0Aadd $0, $0, $3\0Astxr ${1:w}, $0, [$2]\0Acbnz ${1:w}, 1b", "=&r,=&r,r,r,~{memory}"(ptr %number, i64 %amount)
  ret void
}
