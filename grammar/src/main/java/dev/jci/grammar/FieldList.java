package dev.jci.grammar;

import dev.jci.ir.MDOperand;
import java.util.ArrayList;
import java.util.List;

/** The fields of the specialised metadata node that is being read. */
final class FieldList {
    final String kind;
    final boolean distinct;
    final int position;
    final List<String> names = new ArrayList<>();
    final List<MDOperand> values = new ArrayList<>();

    FieldList(String kind, boolean distinct, int position) {
        this.kind = kind;
        this.distinct = distinct;
        this.position = position;
    }

    void name(String name) {
        names.add(name);
    }

    void value(MDOperand value) {
        values.add(value);
    }
}
