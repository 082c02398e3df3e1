package dev.jci.grammar;

import dev.jci.ir.Attribute;
import dev.jci.ir.AttributePlaces;
import dev.jci.ir.AttributeSet;
import dev.jci.ir.SpecialType;
import dev.jci.ir.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The words of a list of attributes as they come, and the attributes that they make. Equal sets become one object. */
final class AttributeWords {
    private final ModuleBuilder module;
    private final Map<AttributePlaces.Place, Map<List<Attribute>, AttributeSet>> sets;
    private final List<Attribute> attributes = new ArrayList<>();
    private @Nullable String word;
    private @Nullable String key;
    private int argumentsFrom;
    private int wordPosition;
    private int[] positions = new int[8];
    private List<Attribute> taken = List.of();

    AttributeWords(ModuleBuilder module, Map<AttributePlaces.Place, Map<List<Attribute>, AttributeSet>> sets) {
        this.module = module;
        this.sets = sets;
    }

    Map<AttributePlaces.Place, Map<List<Attribute>, AttributeSet>> sets() {
        return sets;
    }

    static Map<AttributePlaces.Place, Map<List<Attribute>, AttributeSet>> newSets() {
        Map<AttributePlaces.Place, Map<List<Attribute>, AttributeSet>> sets =
                new EnumMap<>(AttributePlaces.Place.class);
        for (AttributePlaces.Place place : AttributePlaces.Place.values()) {
            sets.put(place, new HashMap<>());
        }
        return sets;
    }

    void word(String text, int position) {
        flush();
        begin(position);
        word = text;
        wordPosition = position;
    }

    /** Notes where the next attribute stands. */
    private void begin(int position) {
        if (attributes.size() == positions.length) {
            positions = Arrays.copyOf(positions, 2 * positions.length);
        }
        positions[attributes.size()] = position;
    }

    void number(long value) {
        add(new Attribute.Numbered(takeWord(), value));
    }

    void type(Type type) {
        if (type == SpecialType.VOID) {
            throw new IrSyntaxError("void type only allowed for function results", module.lastStart());
        }
        add(new Attribute.Typed(takeWord(), type));
    }

    void string(String text) {
        flush();
        begin(module.lastStart());
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
        taken = List.copyOf(attributes);
        attributes.clear();
        return taken;
    }

    /** The attributes since the last call, which stand at such a place. */
    AttributeSet take(AttributePlaces.Place place) {
        flush();
        if (attributes.isEmpty()) {
            return AttributeSet.EMPTY;
        }
        taken = attributes;
        AttributeSet set = set(attributes, place);
        attributes.clear();
        taken = List.of();
        return set;
    }

    /** The set of these attributes; equal ones are one object. */
    AttributeSet set(List<Attribute> list, AttributePlaces.Place place) {
        if (list.isEmpty()) {
            return AttributeSet.EMPTY;
        }
        Map<List<Attribute>, AttributeSet> there = sets.getOrDefault(place, Map.of());
        AttributeSet known = there.get(list);
        if (known == null) {
            for (Attribute attribute : list) {
                check(attribute, place);
            }
            known = new AttributeSet(list);
            there.put(known.attributes(), known);
        }
        return known;
    }

    private void check(Attribute attribute, AttributePlaces.Place place) {
        String complaint = AttributePlaces.complaint(attribute, place, module.version());
        if (complaint != null) {
            int position = positionOf(attribute);
            throw new IrSyntaxError(
                    complaint,
                    complaint.equals(AttributePlaces.MISSING_ARGUMENTS)
                                    || complaint.equals(AttributePlaces.MISSING_NUMBER)
                            ? module.behind(position)
                            : position);
        }
    }

    /** Where one of the attributes taken last stands. */
    int positionOf(Attribute attribute) {
        for (int i = taken.size() - 1; i >= 0; i--) {
            if (taken.get(i) == attribute) {
                return positions[i];
            }
        }
        return module.lastStart();
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
            add(module.wordAttribute(takeWord(), wordPosition));
        }
        if (key != null) {
            String name = key;
            key = null;
            add(new Attribute.Text(name, ""));
        }
    }
}
