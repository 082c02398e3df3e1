package dev.jci.ir.verify;

import dev.jci.ir.Cast;
import dev.jci.ir.CastOpcode;
import dev.jci.ir.ConstantFP;
import dev.jci.ir.ConstantInt;
import dev.jci.ir.FloatingPointType;
import dev.jci.ir.Instruction;
import dev.jci.ir.IntegerType;
import dev.jci.ir.Load;
import dev.jci.ir.MDNode;
import dev.jci.ir.MDOperand;
import dev.jci.ir.MDString;
import dev.jci.ir.MetadataAttachment;
import dev.jci.ir.PointerType;
import dev.jci.ir.Store;
import dev.jci.ir.ValueAsMetadata;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** The rules about what may be attached to which instruction, and in what form (LangRef, "Metadata"). */
final class InstructionMetadataRules {
    private static final BigInteger LARGEST_ALIGNMENT = BigInteger.ONE.shiftLeft(32);

    private final Findings findings;
    private final RangeRules ranges;
    private final TbaaRules tbaa;
    private final ScopeRules scopes;
    private final ProfileRules profiles;
    private final DebugInfoRules debugInfo;
    private final NodeShapeRules nodeShapes;

    InstructionMetadataRules(Findings findings, DebugInfoRules debugInfo, NodeShapeRules nodeShapes) {
        this.findings = findings;
        this.ranges = new RangeRules(findings);
        this.tbaa = new TbaaRules(findings);
        this.scopes = new ScopeRules(findings);
        this.profiles = new ProfileRules(findings);
        this.debugInfo = debugInfo;
        this.nodeShapes = nodeShapes;
    }

    void check(Instruction at) {
        for (MetadataAttachment attachment : at.attachments()) {
            String kind = attachment.kind();
            MDNode node = attachment.node();
            nodeShapes.check(node, at.position());
            if (kind.equals("dbg")) {
                continue;
            }
            check(at, kind, node);
            debugInfo.checkAttachment(kind, node, at.position());
        }
    }

    private void check(Instruction at, String kind, MDNode node) {
        switch (kind) {
            case "tbaa" -> tbaa.check(at, node);
            case "range" -> ranges.check(at, node);
            case "fpmath" -> checkAccuracy(at, node);
            case "invariant.group" -> {
                if (!(at instanceof Load) && !(at instanceof Store)) {
                    findings.error("invariant.group metadata is only for loads and stores", at);
                }
            }
            case "nonnull" -> checkNonNull(at, node);
            case "dereferenceable", "dereferenceable_or_null" -> checkDereferenceable(at, node);
            case "align" -> checkAlignment(at, node);
            case "alias.scope", "noalias" -> scopes.checkAliasScopes(node, at.position());
            case "llvm.access.group" -> scopes.checkAccessGroup(node, at.position());
            case "prof" -> profiles.checkProfile(at, node);
            case "memprof" -> profiles.checkMemoryProfile(at, node);
            case "callsite" -> profiles.checkCallSite(at, node);
            case "mmra" -> scopes.checkRelaxation(at, node);
            case "annotation" -> checkAnnotation(at, node);
            default -> {}
        }
    }

    private void checkAccuracy(Instruction at, MDNode node) {
        if (!at.type().isFloatingPointOrVector()) {
            findings.error("fpmath requires a floating point result!", at);
        } else if (node.operandCount() != 1) {
            findings.error("fpmath takes one operand!", at);
        } else if (!(node.operand(0) instanceof ValueAsMetadata wrapped
                && wrapped.value() instanceof ConstantFP accuracy)) {
            findings.error("invalid fpmath accuracy!", at);
        } else if (accuracy.type() != FloatingPointType.FLOAT) {
            findings.error("fpmath accuracy must have float type", at);
        } else {
            float ulps = Float.intBitsToFloat((int) accuracy.low());
            if (!(ulps > 0) || Float.isInfinite(ulps)) {
                findings.error("fpmath accuracy not a positive number!", at);
            }
        }
    }

    private void checkNonNull(Instruction at, MDNode node) {
        if (!(at.type() instanceof PointerType)) {
            findings.error("nonnull applies only to pointer types", at);
        } else if (!(at instanceof Load)) {
            findings.error("nonnull applies only to load instructions, use attributes for calls or invokes", at);
        } else if (node.operandCount() != 0 && findings.since(15)) {
            findings.error("nonnull metadata must be empty", at);
        }
    }

    private void checkDereferenceable(Instruction at, MDNode node) {
        if (!(at.type() instanceof PointerType)) {
            findings.error("dereferenceable, dereferenceable_or_null apply only to pointer types", at);
        } else if (!(at instanceof Load) && !(at instanceof Cast cast && cast.operation() == CastOpcode.INTTOPTR)) {
            findings.error(
                    "dereferenceable, dereferenceable_or_null apply only to load and inttoptr instructions, use"
                            + " attributes for calls or invokes",
                    at);
        } else if (node.operandCount() != 1) {
            findings.error("dereferenceable, dereferenceable_or_null take one operand!", at);
        } else if (!isLong(NodeOperands.integer(node, 0))) {
            findings.error("dereferenceable, dereferenceable_or_null metadata value must be an i64!", at);
        }
    }

    private static boolean isLong(@Nullable ConstantInt constant) {
        return constant != null && constant.type().equals(IntegerType.I64);
    }

    private void checkAlignment(Instruction at, MDNode node) {
        ConstantInt constant = NodeOperands.integer(node, 0);
        if (!(at.type() instanceof PointerType)) {
            findings.error("align applies only to pointer types", at);
        } else if (!(at instanceof Load)) {
            findings.error("align applies only to load instructions, use attributes for calls or invokes", at);
        } else if (node.operandCount() != 1) {
            findings.error("align takes one operand!", at);
        } else if (constant == null || !isLong(constant)) {
            findings.error("align metadata value must be an i64!", at);
        } else if (constant.value().bitCount() != 1 || constant.value().signum() < 0) {
            findings.error("align metadata value must be a power of 2!", at);
        } else if (constant.value().compareTo(LARGEST_ALIGNMENT) > 0) {
            findings.error("alignment is larger that implementation defined limit", at);
        }
    }

    private void checkAnnotation(Instruction at, MDNode node) {
        if (!node.isTuple()) {
            findings.error("annotation must be a tuple", at);
        } else if (node.operandCount() == 0) {
            findings.error("annotation must have at least one operand", at);
        } else {
            for (MDOperand operand : node.operands()) {
                boolean strings = operand instanceof MDNode tuple
                        && tuple.isTuple()
                        && tuple.operands().stream().allMatch(MDString.class::isInstance);
                if (!(operand instanceof MDString) && !strings) {
                    findings.error("operands must be a string or a tuple of strings", at);
                    return;
                }
            }
        }
    }
}
