# void fire_with(const struct registers *before, struct registers *after)
# Fills the registers, fires a probe and notes what the registers hold then.
# struct registers: 0 rax rbx rcx rdx rsi rdi rbp r8-r15, 120 mxcsr, 124 x87 control word, 128 ymm0-ymm15, 640 st0 in 10 bytes
#ifndef FIRE
#define FIRE jci_fire
#endif
    .text
    .globl fire_with
    .type fire_with,@function
fire_with:
    pushq %rbx
    pushq %rbp
    pushq %r12
    pushq %r13
    pushq %r14
    pushq %r15
    subq $24, %rsp
    movq %rsi, 8(%rsp)
    stmxcsr (%rsp)
    fnstcw 4(%rsp)
    ldmxcsr 120(%rdi)
    fldcw 124(%rdi)
    fldt 640(%rdi)
    .irp n, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15
    vmovups 128+32*\n(%rdi), %ymm\n
    .endr
    movq 0(%rdi), %rax
    movq 8(%rdi), %rbx
    movq 16(%rdi), %rcx
    movq 24(%rdi), %rdx
    movq 32(%rdi), %rsi
    movq 48(%rdi), %rbp
    movq 56(%rdi), %r8
    movq 64(%rdi), %r9
    movq 72(%rdi), %r10
    movq 80(%rdi), %r11
    movq 88(%rdi), %r12
    movq 96(%rdi), %r13
    movq 104(%rdi), %r14
    movq 112(%rdi), %r15
    movq 40(%rdi), %rdi
    call FIRE
    pushq %rax
    movq 16(%rsp), %rax
    movq %rbx, 8(%rax)
    movq %rcx, 16(%rax)
    movq %rdx, 24(%rax)
    movq %rsi, 32(%rax)
    movq %rdi, 40(%rax)
    movq %rbp, 48(%rax)
    movq %r8, 56(%rax)
    movq %r9, 64(%rax)
    movq %r10, 72(%rax)
    movq %r11, 80(%rax)
    movq %r12, 88(%rax)
    movq %r13, 96(%rax)
    movq %r14, 104(%rax)
    movq %r15, 112(%rax)
    popq 0(%rax)
    stmxcsr 120(%rax)
    fnstcw 124(%rax)
    .irp n, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15
    vmovups %ymm\n, 128+32*\n(%rax)
    .endr
    fstpt 640(%rax)
    pushfq
    popq 656(%rax)
    vzeroupper
    ldmxcsr (%rsp)
    fldcw 4(%rsp)
    addq $24, %rsp
    popq %r15
    popq %r14
    popq %r13
    popq %r12
    popq %rbp
    popq %rbx
    ret
    .size fire_with,.-fire_with
    .section .note.GNU-stack,"",@progbits
