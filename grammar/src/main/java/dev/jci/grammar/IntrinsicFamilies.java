package dev.jci.grammar;

import java.util.Set;

/**
 * The words that names of intrinsics begin with, behind {@code llvm.}: those of LLVM 14 to 22. A function of another name cannot be called
 * without a declaration.
 */
final class IntrinsicFamilies {
    private static final Set<String> WORDS =
            Set.of(("aarch64 abs access acos addressofreturnaddress adjust alloc allow amdgcn"
                            + " annotation arithmetic arm arm64ec asan asin assume atan atan2 atanh bitreverse bpf bswap call callbr canonicalize"
                            + " ceil clear_cache clmul codeview convert copysign coro cos cosh ctlz ctpop cttz cuda dbg debugtrap directx"
                            + " donothing dx eh exp exp10 exp2 expect experimental fabs fake floor flt fma fmuladd fptosi fptoui fptrunc"
                            + " frameaddress frexp fshl fshr gcread gcroot gcwrite get global hexagon hwasan icall init instrprof invariant"
                            + " is isunordered launder ldexp lifetime llrint llround load localaddress localescape localrecover log log10"
                            + " log2 loongarch loop lrint lround masked matrix maximum maximumnum maxnum memcpy memmove memset"
                            + " minimum minimumnum minnum mips modf nearbyint nvvm objc objectsize pcmarker powi pow ppc prefetch preserve"
                            + " protected pseudoprobe ptr ptrauth ptrmask public r600 read_register read_volatile_register"
                            + " readcyclecounter readsteadycounter reloc reset returnaddress rint riscv round roundeven s390 sadd scmp"
                            + " sdiv seh set sideeffect sin sincos sincospi sinh smax smin smul sponentry spv sqrt ssa sshl ssub"
                            + " stackaddress stackguard stackprotector stackrestore stacksave start stepvector strip structured swift tan"
                            + " tanh thread threadlocal trap trunc type uadd ubsantrap ucmp udiv umax umin umul ushl usub va_copy va_end"
                            + " va_start var ve vector vp vscale wasm write_register x86 xcore xray")
                    .split(" ", -1));

    private IntrinsicFamilies() {}

    /** Whether that may be the name of an intrinsic. */
    static boolean mayHave(String name) {
        String rest = name.substring("llvm.".length());
        int dot = rest.indexOf('.');
        return WORDS.contains(dot < 0 ? rest : rest.substring(0, dot));
    }
}
