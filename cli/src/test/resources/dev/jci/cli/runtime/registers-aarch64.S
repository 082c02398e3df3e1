// void fire_with(const struct registers *before, struct registers *after)
// Fills the registers, fires a probe and notes what the registers hold then.
// struct registers: 0 x0-x28, 232 unused, 240 v0-v31, 752 fpcr, 760 fpsr
#ifndef FIRE
#define FIRE jci_fire
#endif
    .text
    .globl fire_with
    .type fire_with,%function
fire_with:
    stp x29, x30, [sp, #-192]!
    mov x29, sp
    stp x19, x20, [sp, #16]
    stp x21, x22, [sp, #32]
    stp x23, x24, [sp, #48]
    stp x25, x26, [sp, #64]
    stp x27, x28, [sp, #80]
    stp d8, d9, [sp, #96]
    stp d10, d11, [sp, #112]
    stp d12, d13, [sp, #128]
    stp d14, d15, [sp, #144]
    mrs x9, fpcr
    mrs x10, fpsr
    stp x9, x10, [sp, #160]
    str x1, [sp, #176]
    ldr x9, [x0, #752]
    ldr x10, [x0, #760]
    msr fpcr, x9
    msr fpsr, x10
    add x1, x0, #240
    .irp n, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
    ldr q\n, [x1, #16*\n]
    .endr
    .irp n, 1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28
    ldr x\n, [x0, #8*\n]
    .endr
    ldr x0, [x0]
    bl FIRE
    ldr x30, [sp, #176]
    .irp n, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28
    str x\n, [x30, #8*\n]
    .endr
    add x1, x30, #240
    .irp n, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
    str q\n, [x1, #16*\n]
    .endr
    mrs x9, fpcr
    mrs x10, fpsr
    str x9, [x30, #752]
    str x10, [x30, #760]
    ldp x9, x10, [sp, #160]
    msr fpcr, x9
    msr fpsr, x10
    ldp x19, x20, [sp, #16]
    ldp x21, x22, [sp, #32]
    ldp x23, x24, [sp, #48]
    ldp x25, x26, [sp, #64]
    ldp x27, x28, [sp, #80]
    ldp d8, d9, [sp, #96]
    ldp d10, d11, [sp, #112]
    ldp d12, d13, [sp, #128]
    ldp d14, d15, [sp, #144]
    ldp x29, x30, [sp], #192
    ret
    .size fire_with,.-fire_with
    .section .note.GNU-stack,"",%progbits
