package dev.jci.grammar;

import dev.jci.ir.Attribute;
import dev.jci.ir.AttributeSet;
import dev.jci.ir.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The words of a list of attributes as they come, and the attributes that they make. Equal sets become one object. */
final class AttributeWords {
    private final ModuleBuilder module;
    private final Map<List<Attribute>, AttributeSet> sets;
    private final List<Attribute> attributes = new ArrayList<>();
    private @Nullable String word;
    private @Nullable String key;
    private int argumentsFrom;

    AttributeWords(ModuleBuilder module, Map<List<Attribute>, AttributeSet> sets) {
        this.module = module;
        this.sets = sets;
    }

    Map<List<Attribute>, AttributeSet> sets() {
        return sets;
    }

    static Map<List<Attribute>, AttributeSet> newSets() {
        return new HashMap<>();
    }

    void word(String text, int position) {
        flush();
        word = text;
    }

    void number(String digits) {
        add(new Attribute.Numbered(takeWord(), Long.parseUnsignedLong(digits)));
    }

    void type(Type type) {
        add(new Attribute.Typed(takeWord(), type));
    }

    void string(String text) {
        flush();
        key = text;
    }

    void stringValue(String text) {
        String name = key == null ? "" : key;
        key = null;
        add(new Attribute.Text(name, text));
    }

    void beginArguments(int from) {
        argumentsFrom = from;
    }

    void endArguments(int to) {
        String arguments = module.spaced(argumentsFrom, to);
        String name = takeWord();
        boolean digits = !arguments.isEmpty()
                && arguments.length() < 19
                && arguments.chars().allMatch(c -> c >= '0' && c <= '9');
        boolean list = name.equals("allocsize") || name.equals("vscale_range") || name.equals("nofpclass");
        add(
                digits && !list
                        ? new Attribute.Numbered(name, Long.parseLong(arguments))
                        : new Attribute.WithArguments(name, arguments));
    }

    /** The words that are neither attributes with arguments nor strings, given back one by one to be understood otherwise. */
    List<Attribute> takeAll() {
        flush();
        List<Attribute> taken = List.copyOf(attributes);
        attributes.clear();
        return taken;
    }

    /** The attributes since the last call. */
    AttributeSet take() {
        flush();
        if (attributes.isEmpty()) {
            return AttributeSet.EMPTY;
        }
        AttributeSet set = set(attributes);
        attributes.clear();
        return set;
    }

    /** The set of these attributes; equal ones are one object. */
    AttributeSet set(List<Attribute> list) {
        if (list.isEmpty()) {
            return AttributeSet.EMPTY;
        }
        AttributeSet known = sets.get(list);
        if (known == null) {
            known = new AttributeSet(list);
            sets.put(known.attributes(), known);
        }
        return known;
    }

    private String takeWord() {
        String taken = word;
        word = null;
        return taken == null ? "" : taken;
    }

    private void add(Attribute attribute) {
        attributes.add(attribute);
    }

    private void flush() {
        if (word != null) {
            add(module.wordAttribute(takeWord()));
        }
        if (key != null) {
            String name = key;
            key = null;
            add(new Attribute.Text(name, ""));
        }
    }
}
