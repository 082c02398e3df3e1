package dev.jci.emit;

/** Calling conventions that newer LLVMs added. They are part of the meaning of a call, so an unknown one is refused. */
final class ConventionDialect {
    private final Dialect dialect;

    ConventionDialect(Dialect dialect) {
        this.dialect = dialect;
    }

    /** Refuses a convention that the LLVM printed for does not have. */
    void check(String keyword, int position) {
        if (!dialect.isAsWritten()) {
            dialect.require(since(keyword), "the calling convention " + keyword, position);
        }
    }

    private static int since(String keyword) {
        return switch (keyword) {
            case "aarch64_sme_preservemost_from_x0", "aarch64_sme_preservemost_from_x2" -> 16;
            case "amdgpu_cs_chain", "amdgpu_cs_chain_preserve", "graalcc", "m68k_rtdcc" -> 18;
            case "aarch64_sme_preservemost_from_x1", "preserve_nonecc", "riscv_vector_cc" -> 19;
            default -> keyword.startsWith("riscv_vls_cc") ? 21 : keyword.startsWith("cheriot_") ? 22 : 0;
        };
    }
}
