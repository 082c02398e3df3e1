package dev.jci.grammar;

import static dev.jci.grammar.Verdicts.accepts;
import static dev.jci.grammar.Verdicts.rejects;

import org.junit.jupiter.api.Test;

/** Pads of exception handling and the edges that lead to them. */
class ExceptionRulesTest {
    private static final String LANDING = """
            declare void @g()
            define void @f(i1 %c) personality ptr @g {
              invoke void @g() to label %next unwind label %pad
            next:
              br label %end
            pad:
              %p = landingpad { ptr, i32 } cleanup
              br label %end
            end:
              ret void
            }
            """;

    private static final String FUNCLETS = """
            declare void @g()
            define void @f() personality ptr @g {
            entry:
              invoke void @g() to label %end unwind label %dispatch
            dispatch:
              %s = catchswitch within none [label %handler] unwind label %cleanup
            handler:
              %h = catchpad within %s []
              catchret from %h to label %end
            cleanup:
              %k = cleanuppad within none []
              cleanupret from %k unwind to caller
            end:
              ret void
            }
            """;

    @Test
    void validHandlers() {
        accepts(LANDING);
        accepts(FUNCLETS);
    }

    @Test
    void onlyUnwindEdgesLeadToPads() {
        rejects(
                LANDING.replace("br label %end\npad:", "br label %pad\npad:"),
                "Block containing LandingPadInst must be jumped to only by the unwind edge of an invoke.",
                "%p = landingpad");
        rejects(
                FUNCLETS.replace("end:\n  ret void", "end:\n  br label %cleanup"),
                "EH pad must be jumped to via an unwind edge",
                "%k = cleanuppad");
        rejects(
                FUNCLETS.replace("end:\n  ret void", "end:\n  br label %handler"),
                "Block containg CatchPadInst must be jumped to only by its catchswitch.",
                "%h = catchpad");
    }

    @Test
    void funcletsNeedAPersonality() {
        String text = FUNCLETS.replace(" personality ptr @g", "");
        rejects(text, "CatchSwitchInst needs to be in a function with a personality.", "%s = catchswitch");
        rejects(text, "CatchPadInst needs to be in a function with a personality.", "%h = catchpad");
        rejects(text, "CleanupPadInst needs to be in a function with a personality.", "%k = cleanuppad");
    }

    @Test
    void padsStandFirst() {
        rejects(
                FUNCLETS.replace("  %k =", "  call void @g()\n  %k ="),
                "CleanupPadInst not the first non-PHI instruction in the block.",
                "%k = cleanuppad");
        rejects(
                FUNCLETS.replace("entry:\n", "  %z = cleanuppad within none []\n  br label %entry\nentry:\n"),
                "EH pad cannot be in entry block.",
                "%z = cleanuppad");
    }

    @Test
    void padsNest() {
        rejects(
                FUNCLETS.replace("catchpad within %s", "catchpad within %k"),
                "CatchPadInst needs to be directly nested in a CatchSwitchInst.",
                "%h = catchpad");
        rejects(
                FUNCLETS.replace("cleanuppad within none", "cleanuppad within %s"),
                "CleanupPadInst has an invalid parent.",
                "%k = cleanuppad");
        rejects(
                FUNCLETS.replace("catchswitch within none", "catchswitch within %s"),
                "CatchSwitchInst has an invalid parent.",
                "%s = catchswitch");
    }

    @Test
    void handlersAreCatchPads() {
        rejects(
                FUNCLETS.replace("[label %handler]", "[label %end]"),
                "CatchSwitchInst handlers must be catchpads",
                "%s = catchswitch");
        rejects(
                FUNCLETS.replace("unwind label %cleanup", "unwind label %end"),
                "CatchSwitchInst must unwind to an EH block which is not a landingpad.",
                "%s = catchswitch");
        rejects(
                FUNCLETS.replace("cleanupret from %k unwind to caller", "cleanupret from %k unwind label %end"),
                "CleanupReturnInst must unwind to an EH block which is not a landingpad.",
                "cleanupret");
    }

    @Test
    void returnsLeaveTheirPads() {
        rejects(
                FUNCLETS.replace("catchret from %h", "catchret from %k"),
                "CatchReturnInst needs to be provided a CatchPad",
                "catchret");
        rejects(
                FUNCLETS.replace("cleanupret from %k", "cleanupret from %h"),
                "CleanupReturnInst needs to be provided a CleanupPad",
                "cleanupret");
    }
}
