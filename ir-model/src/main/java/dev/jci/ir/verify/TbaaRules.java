package dev.jci.ir.verify;

import dev.jci.ir.AtomicRMW;
import dev.jci.ir.Call;
import dev.jci.ir.CmpXchg;
import dev.jci.ir.ConstantInt;
import dev.jci.ir.Instruction;
import dev.jci.ir.Load;
import dev.jci.ir.MDNode;
import dev.jci.ir.Store;
import dev.jci.ir.VAArg;
import dev.jci.ir.ValueAsMetadata;
import java.math.BigInteger;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules about access tags (LangRef, "'tbaa' Metadata"). A tag names the type that the access path begins at, the type accessed and
 * the offset between; the path must lead from the one to the other. What is wrong depends on the nodes alone, so each is looked at once.
 */
final class TbaaRules {
    /** What a base type is good for: the width of its offsets, 0 for a scalar; a complaint when it is malformed. */
    private record BaseType(int offsetBits, @Nullable String complaint) {}

    private static final int UNKNOWN_BITS = -1;

    private final Findings findings;
    private final IdentityHashMap<MDNode, Optional<String>> tags = new IdentityHashMap<>();
    private final IdentityHashMap<MDNode, BaseType> baseTypes = new IdentityHashMap<>();
    private final IdentityHashMap<MDNode, Boolean> scalars = new IdentityHashMap<>();

    TbaaRules(Findings findings) {
        this.findings = findings;
    }

    void check(Instruction at, MDNode tag) {
        boolean accesses = switch (at) {
            case Load load -> true;
            case Store store -> true;
            case Call call -> true;
            case VAArg argument -> true;
            case AtomicRMW update -> true;
            case CmpXchg exchange -> true;
            default -> false;
        };
        if (!accesses) {
            findings.error("This instruction shall not have a TBAA access tag!", at);
            return;
        }
        Optional<String> complaint = tags.get(tag);
        if (complaint == null) {
            complaint = Optional.ofNullable(complaint(upgraded(tag)));
            tags.put(tag, complaint);
        }
        complaint.ifPresent(message -> findings.error(message, at));
    }

    /** Tags from before there were paths name a scalar type alone; LLVM turns them into paths of length 0 while it reads. */
    private static MDNode upgraded(MDNode tag) {
        if (tag.operandCount() == 0 || (tag.operandCount() >= 3 && NodeOperands.node(tag, 0) != null)) {
            return tag;
        }
        ValueAsMetadata zero = new ValueAsMetadata(ConstantInt.i64(0));
        if (tag.operandCount() == 3) {
            MDNode scalar = MDNode.tuple(tag.operand(0), tag.operand(1));
            return MDNode.tuple(scalar, scalar, zero, tag.operand(2));
        }
        return MDNode.tuple(tag, tag, zero);
    }

    private @Nullable String complaint(MDNode tag) {
        if (tag.operandCount() == 0) {
            return "TBAA metadata cannot have 0 operands";
        }
        MDNode base = NodeOperands.node(tag, 0);
        MDNode accessed = NodeOperands.node(tag, 1);
        boolean sized = accessed != null && accessed.operandCount() >= 3 && NodeOperands.node(accessed, 0) != null;
        String wrong = sized ? sizedForm(tag) : pathForm(tag);
        if (wrong != null) {
            return wrong;
        }
        if (base == null || accessed == null) {
            return "Malformed struct tag metadata: base and access-type should be non-null and point to Metadata nodes";
        }
        if (!sized && !isScalar(accessed)) {
            return "Access type node must be a valid scalar type";
        }
        ConstantInt offset = NodeOperands.integer(tag, 2);
        return offset == null ? "Offset must be constant integer" : followPath(base, accessed, offset, sized);
    }

    private static @Nullable String sizedForm(MDNode tag) {
        if (tag.operandCount() != 4 && tag.operandCount() != 5) {
            return "Access tag metadata must have either 4 or 5 operands";
        }
        if (NodeOperands.integer(tag, 3) == null) {
            return "Access size field must be a constant";
        }
        return tag.operandCount() == 5 ? immutability(tag, 4) : null;
    }

    private static @Nullable String pathForm(MDNode tag) {
        if (tag.operandCount() >= 5) {
            return "Struct tag metadata must have either 3 or 4 operands";
        }
        return tag.operandCount() == 4 ? immutability(tag, 3) : null;
    }

    private static @Nullable String immutability(MDNode tag, int index) {
        ConstantInt flag = NodeOperands.integer(tag, index);
        if (flag == null) {
            return "Immutability tag on struct tag metadata must be a constant";
        }
        return NodeOperands.unsigned(flag).compareTo(BigInteger.ONE) <= 0
                ? null
                : "Immutability part of the struct tag metadata must be either 0 or 1";
    }

    private @Nullable String followPath(MDNode from, MDNode accessed, ConstantInt start, boolean sized) {
        BigInteger offset = NodeOperands.unsigned(start);
        boolean seen = false;
        Set<MDNode> path = Collections.newSetFromMap(new IdentityHashMap<>());
        MDNode at = from;
        while (at != null && at.operandCount() >= 2) {
            if (!path.add(at)) {
                return "Cycle detected in struct path";
            }
            BaseType type = baseType(at, sized);
            if (type.complaint != null) {
                return type.complaint;
            }
            seen |= at == accessed;
            if ((isScalar(at) || at == accessed) && offset.signum() != 0) {
                return "Offset not zero at the point of scalar access";
            }
            boolean fits = type.offsetBits == start.type().bits()
                    || (type.offsetBits == 0 && offset.signum() == 0)
                    || (sized && type.offsetBits == UNKNOWN_BITS);
            if (!fits) {
                return "Access bit-width not the same as description bit-width";
            }
            if (sized && seen) {
                return null;
            }
            int field = field(at, offset, sized);
            if (field < 0) {
                return "Could not find TBAA parent in struct type node";
            }
            ConstantInt fieldOffset = at.operandCount() == 2 ? null : NodeOperands.integer(at, field + 1);
            offset = fieldOffset == null ? offset : offset.subtract(NodeOperands.unsigned(fieldOffset));
            at = NodeOperands.node(at, field);
        }
        return seen ? null : "Did not see access type in access path!";
    }

    /** Which operand holds the type of the field at that offset: the last that begins at or before it; -1 when all begin later. */
    private static int field(MDNode type, BigInteger offset, boolean sized) {
        if (type.operandCount() == 2) {
            return 1;
        }
        int step = sized ? 3 : 2;
        int found = -1;
        for (int i = sized ? 3 : 1; i + 1 < type.operandCount(); i += step) {
            ConstantInt begin = NodeOperands.integer(type, i + 1);
            if (begin == null || NodeOperands.unsigned(begin).compareTo(offset) > 0) {
                break;
            }
            found = i;
        }
        return found;
    }

    private BaseType baseType(MDNode node, boolean sized) {
        BaseType known = baseTypes.get(node);
        if (known == null) {
            known = computeBaseType(node, sized);
            baseTypes.put(node, known);
        }
        return known;
    }

    private BaseType computeBaseType(MDNode node, boolean sized) {
        if (node.operandCount() == 2) {
            return new BaseType(0, isScalar(node) ? null : "Base nodes must be valid scalar or struct types");
        }
        if (sized && node.operandCount() % 3 != 0) {
            return new BaseType(0, "Access tag nodes must have the number of operands that is a multiple of 3!");
        }
        if (!sized && node.operandCount() % 2 != 1) {
            return new BaseType(0, "Struct tag nodes must have an odd number of operands!");
        }
        if (sized && NodeOperands.integer(node, 1) == null) {
            return new BaseType(0, "Type size nodes must be constants!");
        }
        if (!sized && !NodeOperands.isString(node, 0)) {
            return new BaseType(0, "Struct tag nodes have a string as their first operand");
        }
        return fields(node, sized);
    }

    private static BaseType fields(MDNode node, boolean sized) {
        int bits = UNKNOWN_BITS;
        BigInteger last = BigInteger.ZERO;
        for (int i = sized ? 3 : 1; i < node.operandCount(); i += sized ? 3 : 2) {
            ConstantInt offset = NodeOperands.integer(node, i + 1);
            if (NodeOperands.node(node, i) == null) {
                return new BaseType(bits, "Incorrect field entry in struct type node!");
            }
            if (offset == null) {
                return new BaseType(bits, "Offset entries must be constants!");
            }
            bits = bits == UNKNOWN_BITS ? offset.type().bits() : bits;
            if (offset.type().bits() != bits) {
                return new BaseType(bits, "Bitwidth between the offsets and struct type entries must match");
            }
            BigInteger begin = NodeOperands.unsigned(offset);
            if (begin.compareTo(last) < 0) {
                return new BaseType(bits, "Offsets must be increasing!");
            }
            last = begin;
            if (sized && NodeOperands.integer(node, i + 2) == null) {
                return new BaseType(bits, "Member size entries must be constants!");
            }
        }
        return new BaseType(bits, null);
    }

    /** Whether the node is a scalar type: a name and a parent that is a scalar or a root, up to a root. */
    private boolean isScalar(MDNode node) {
        Boolean known = scalars.get(node);
        if (known == null) {
            known = computeScalar(node);
            scalars.put(node, known);
        }
        return known;
    }

    private static boolean computeScalar(MDNode node) {
        Set<MDNode> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        MDNode at = node;
        while (true) {
            int count = at.operandCount();
            if ((count != 2 && count != 3) || !NodeOperands.isString(at, 0)) {
                return false;
            }
            if (count == 3) {
                ConstantInt offset = NodeOperands.integer(at, 2);
                if (offset == null || !offset.isZero()) {
                    return false;
                }
            }
            at = NodeOperands.node(at, 1);
            if (at == null || !seen.add(at)) {
                return false;
            }
            if (at.operandCount() < 2) {
                return true;
            }
        }
    }
}
