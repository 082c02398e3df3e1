package dev.jci.emit;

import dev.jci.ir.Attribute;
import dev.jci.ir.AttributeGroup;
import dev.jci.ir.AttributeSet;
import dev.jci.ir.FunctionAttributes;
import java.util.IdentityHashMap;
import java.util.List;

/** Writes attributes in their three places: behind a type, behind a function or call, inside a group (LangRef, "Attribute Groups"). */
final class AttributeWriter {
    /** Where an attribute stands. */
    enum Place {
        /** Of a parameter, argument or result. */
        VALUE,
        /** Of a function or call, or of a global variable. */
        FUNCTION,
        /** In an attribute group, where {@code align} and {@code alignstack} take an equals sign. */
        GROUP
    }

    private final TextBuffer out;
    private final TypeWriter types;
    private final ModuleNumbers numbers;
    private final Dialect dialect;
    private final IdentityHashMap<AttributeGroup, AttributeSet> spoken = new IdentityHashMap<>();

    AttributeWriter(TextBuffer out, TypeWriter types, ModuleNumbers numbers, Dialect dialect) {
        this.out = out;
        this.types = types;
        this.numbers = numbers;
        this.dialect = dialect;
    }

    /** The attributes, each with a space before it. */
    void before(AttributeSet set, Place place) {
        if (set.isEmpty()) {
            return;
        }
        all(dialect.attributes().keptIn(set), place);
    }

    private void all(AttributeSet set, Place place) {
        List<Attribute> attributes = set.attributes();
        for (int i = 0; i < attributes.size(); i++) {
            out.put(' ');
            attribute(attributes.get(i), place);
        }
    }

    /** The attributes, each with a space behind it. */
    void behind(AttributeSet set, Place place) {
        if (set.isEmpty()) {
            return;
        }
        List<Attribute> attributes = dialect.attributes().keptIn(set).attributes();
        for (int i = 0; i < attributes.size(); i++) {
            attribute(attributes.get(i), place);
            out.put(' ');
        }
    }

    /** The attributes of a function or call: those on the spot, then the groups, each with a space before it. */
    void function(FunctionAttributes attributes) {
        before(attributes.direct(), Place.FUNCTION);
        List<AttributeGroup> groups = attributes.groups();
        for (int i = 0; i < groups.size(); i++) {
            AttributeGroup group = groups.get(i);
            if (isPrinted(group)) {
                out.put(" #").put(numbers.of(group));
            }
        }
    }

    /** Whether there is anything in the group; LLVM reads no empty ones. */
    boolean isPrinted(AttributeGroup group) {
        return !spoken(group).isEmpty();
    }

    /** The attributes of a group as the LLVM printed for can read them. */
    private AttributeSet spoken(AttributeGroup group) {
        return spoken.computeIfAbsent(group, it -> dialect.attributes().keptIn(it.attributes()));
    }

    /** The line that defines a group that has anything in it. */
    void define(AttributeGroup group) {
        out.put("attributes #").put(numbers.of(group)).put(" = {");
        all(spoken(group), Place.GROUP);
        out.put(" }\n");
    }

    private void attribute(Attribute attribute, Place place) {
        switch (attribute) {
            case Attribute.Word word -> out.put(word.name());
            case Attribute.Numbered numbered -> numbered(numbered, place);
            case Attribute.Text text -> {
                out.putQuoted(text.name());
                if (!text.value().isEmpty()) {
                    out.put('=').putQuoted(text.value());
                }
            }
            case Attribute.Typed typed -> {
                out.put(typed.name()).put('(');
                types.write(typed.type());
                out.put(')');
            }
            case Attribute.WithArguments with ->
                out.put(with.name()).put('(').put(with.arguments()).put(')');
        }
    }

    private void numbered(Attribute.Numbered numbered, Place place) {
        String name = numbered.name();
        boolean alignment = name.equals("align");
        out.put(name);
        if (place == Place.GROUP && (alignment || name.equals("alignstack"))) {
            out.put('=').putUnsigned(numbered.value());
        } else if (alignment) {
            out.put(' ').putUnsigned(numbered.value());
        } else {
            out.put('(').putUnsigned(numbered.value()).put(')');
        }
    }
}
