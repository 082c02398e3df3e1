package dev.jci.ir.verify;

import dev.jci.ir.LanguageVersion;
import dev.jci.ir.Module;
import org.jspecify.annotations.Nullable;

/**
 * What the functions of a module share while they are verified: where findings go, and what has been found out about nodes and
 * declarations that many instructions use.
 */
final class ModuleRules {
    private final Findings findings;
    private final IntrinsicNames intrinsicNames = new IntrinsicNames();
    private final DebugInfoRules debugInfo;
    private final InstructionMetadataRules metadata;
    private final NodeShapeRules nodeShapes;

    /**
     * @param module the module, null for a function without one
     * @param version the LLVM whose rules hold
     */
    ModuleRules(@Nullable Module module, LanguageVersion version) {
        this.findings = new Findings(version);
        this.debugInfo = new DebugInfoRules(module == null ? new Module() : module, findings);
        this.nodeShapes = new NodeShapeRules(findings);
        this.metadata = new InstructionMetadataRules(findings, debugInfo, nodeShapes);
    }

    Findings findings() {
        return findings;
    }

    IntrinsicNames intrinsicNames() {
        return intrinsicNames;
    }

    DebugInfoRules debugInfo() {
        return debugInfo;
    }

    NodeShapeRules nodeShapes() {
        return nodeShapes;
    }

    InstructionMetadataRules metadata() {
        return metadata;
    }
}
