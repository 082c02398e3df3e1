package dev.jci.testsupport;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.opentest4j.AssertionFailedError;

/** Skips, or fails, what {@link RequiresTool} marks when a tool is missing. */
final class RequiresToolCondition implements ExecutionCondition {
    /** JUnit configuration parameter that takes the environment's place: true to fail, false to skip. */
    static final String REQUIRE_PARAMETER = "dev.jci.requireTools";

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        List<String> missing = new ArrayList<>();
        for (RequiresTool required :
                AnnotationSupport.findRepeatableAnnotations(context.getElement(), RequiresTool.class)) {
            NativeTool tool = new NativeTool(required.value());
            if (tool.find().isEmpty()) {
                missing.add(tool.whyMissing());
            }
        }
        if (missing.isEmpty()) {
            return ConditionEvaluationResult.enabled("every tool is there");
        }
        String reason = String.join(", ", missing);
        boolean mustBeThere = context.getConfigurationParameter(REQUIRE_PARAMETER)
                .map(Boolean::parseBoolean)
                .orElseGet(NativeTool::mustBeThere);
        if (mustBeThere) {
            throw new AssertionFailedError(reason + " (" + NativeTool.REQUIRE_VARIABLE + "=1)");
        }
        return ConditionEvaluationResult.disabled(reason);
    }
}
