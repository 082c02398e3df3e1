; What the runtime needs of the processor and of Linux, for x86-64. Put together with the other parts by "jci runtime".

define internal i64 @jci_cycles() #2 {
  %now = call i64 @llvm.readcyclecounter()
  ret i64 %now
}

; The counter when all that stands before has been done. By itself it is read ahead of what waits for memory.
define internal i64 @jci_cycles_in_order() #2 {
  call void @llvm.x86.sse2.lfence()
  %now = call i64 @jci_cycles()
  ret i64 %now
}

declare i64 @llvm.readcyclecounter()
declare void @llvm.x86.sse2.lfence()

; What passes between a look at the counter before a handler is called and its beginning, and from its end to the look behind it, together: the
; counter alone takes half of it to be read.
define internal i64 @jci_cycles_of_call() #2 {
  ret i64 108
}

; How much longer an interval is when the counter is looked at: what is done with it is part of the interval that begins.
define internal i64 @jci_cycles_of_look() #2 {
  ret i64 100
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
