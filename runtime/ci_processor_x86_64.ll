; What the runtime needs of the processor and of Linux, for x86-64. Put together with the other parts by "jci runtime".

define internal i64 @jci_cycles() #2 {
  %now = call i64 @llvm.readcyclecounter()
  ret i64 %now
}

declare i64 @llvm.readcyclecounter()

; What passes between a look at the counter before a handler is called and its beginning, and from its end to the look behind it, together: the
; counter alone takes half of it to be read.
define internal i64 @jci_cycles_of_call() #2 {
  ret i64 90
}

; How much longer an interval is when the counter is looked at: what is done with it is part of the interval that begins.
define internal i64 @jci_cycles_of_look() #2 {
  ret i64 100
}

; How much longer a pause is by its two readings than it is: interrupts go off behind the first, and are on again before the second.
define internal i64 @jci_cycles_of_pause() #2 {
  ret i64 9
}

; Whether the eight bytes at an address can be read. The system call rt_sigprocmask, asked to do nothing that exists, reads them first and
; says EFAULT when it cannot.
define internal i1 @ci_is_readable(ptr %address) #0 {
  %result = call i64 asm sideeffect "syscall", "={rax},{rax},{rdi},{rsi},{rdx},{r10},~{rcx},~{r11},~{memory},~{dirflag},~{fpsr},~{flags}"(i64 14, i64 -1, ptr %address, i64 0, i64 8)
  %readable = icmp ne i64 %result, -14
  ret i1 %readable
}

; Adds to a number that threads share.
define internal void @ci_add(ptr %number, i64 %amount) #0 {
  %before = atomicrmw add ptr %number, i64 %amount monotonic
  ret void
}
