package dev.jci.grammar;

import dev.jci.ir.MDNode;
import dev.jci.ir.Metadata;
import dev.jci.ir.MetadataAttachment;
import java.util.ArrayList;
import java.util.List;

/** The metadata attachments of what is being read. Equal lists that follow each other, as debug locations do, are shared. */
final class Attachments {
    private final List<MetadataAttachment> attachments = new ArrayList<>(2);
    private List<MetadataAttachment> previous = List.of();

    void add(String kind, Metadata node, int position) {
        if (!(node instanceof MDNode mdNode)) {
            throw new IrSyntaxError("expected metadata node", position);
        }
        attachments.add(new MetadataAttachment(kind, mdNode));
    }

    /** The attachments since the last call. */
    List<MetadataAttachment> take() {
        if (attachments.isEmpty()) {
            return List.of();
        }
        if (!attachments.equals(previous)) {
            previous = List.copyOf(attachments);
        }
        attachments.clear();
        return previous;
    }
}
