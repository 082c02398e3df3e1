package dev.jci.ir;

import java.util.Set;

/**
 * A calling convention as written: {@code fastcc}, {@code preserve_allcc}, {@code cc 10} (LangRef, "Calling Conventions").
 *
 * @param keyword the word, or {@code cc} and a number; empty for the C convention
 */
public record CallingConvention(String keyword) {
    private static final Set<String> WORDS =
            Set.of(("ccc fastcc coldcc webkit_jscc anyregcc preserve_mostcc preserve_allcc"
                            + " preserve_nonecc cxx_fast_tlscc tailcc swiftcc swifttailcc cfguard_checkcc x86_stdcallcc x86_fastcallcc"
                            + " x86_thiscallcc x86_vectorcallcc x86_regcallcc x86_intrcc x86_64_sysvcc win64cc arm_apcscc arm_aapcscc"
                            + " arm_aapcs_vfpcc aarch64_vector_pcs aarch64_sve_vector_pcs aarch64_sme_preservemost_from_x0"
                            + " aarch64_sme_preservemost_from_x1 aarch64_sme_preservemost_from_x2 msp430_intrcc avr_intrcc avr_signalcc"
                            + " ptx_kernel ptx_device spir_func spir_kernel intel_ocl_bicc hhvmcc hhvm_ccc ghccc amdgpu_vs amdgpu_ls"
                            + " amdgpu_hs amdgpu_es amdgpu_gs amdgpu_ps amdgpu_cs amdgpu_cs_chain amdgpu_cs_chain_preserve amdgpu_kernel"
                            + " amdgpu_gfx amdgpu_gfx_whole_wave m68k_rtdcc graalcc riscv_vector_cc riscv_vls_cc cheriot_compartmentcallcc"
                            + " cheriot_compartmentcalleecc cheriot_librarycallcc")
                    .split(" ", -1));

    /** The C calling convention, which is not written. */
    public static final CallingConvention C = new CallingConvention("");

    /**
     * Whether a word is the name of a calling convention; {@code cc 10} is two.
     *
     * @param word the word
     */
    public static boolean isWord(String word) {
        return WORDS.contains(word);
    }
}
